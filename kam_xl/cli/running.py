"""One run of the command line, from the arguments to the exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import cast

import typer

from kam_xl.cli import commands, streams
from kam_xl.cli.help_pages import named_language
from kam_xl.cli.screen import show
from kam_xl.cli.targets import OutputError
from kam_xl.errors import KamError, system_reason
from kam_xl.locale import Text

_PARSER_ERROR = cast("type[Exception]", typer.BadParameter.__base__)
"""click's UsageError, of which newer versions of typer hold a copy of their own."""


def run() -> None:
    """Run the command that the arguments name."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console may not know every letter of a client's name
            stream.reconfigure(errors=streams.LOOKALIKES)
    try:
        sys.exit(_run(sys.argv[1:]))
    except KamError as error:
        _fail(error)
    except BrokenPipeError:  # the reader of our output has gone: `kam-xl classify … | head`
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:  # a full disk for temporary files, a network drive that went away
        why = system_reason(error)
        _fail(OutputError(Text("the operating system refused ({why})", why=why), where=str(error.filename or "")))


def _run(arguments: Sequence[str]) -> int:
    """Run a command; its exit code."""
    try:
        return int(_app(arguments)(standalone_mode=False) or 0)
    except typer.Abort:
        show(Text("Cancelled.").render(named_language(arguments)), err=True)
        return 1
    except _PARSER_ERROR as error:
        from kam_xl.cli.usage import usage_error

        if type(error).__name__ == "NoArgsIsHelpError":
            show(str(error), err=True)
            return 2
        raise usage_error(error, arguments) from error


def _app(arguments: Sequence[str]) -> typer.Typer:
    """The command line: of its commands the most frequent ones, and those in the module of the one that is called."""
    own = {command.name or getattr(command.callback, "__name__", "") for command in commands.app.registered_commands}
    name, *_ = arguments or [""]
    if name in own:
        return commands.app
    from kam_xl.cli.all_commands import app_with

    return app_with(name)


def _fail(error: KamError) -> None:
    show(f"kam-xl: {error.render(named_language(sys.argv[1:]))}", err=True)
    sys.exit(error.exit_code)
