"""One run of the command line, from the arguments to the exit code."""

from __future__ import annotations

import sys

from kam_xl.cli.commands import app
from kam_xl.cli.options import named_language
from kam_xl.cli.targets import TargetError
from kam_xl.errors import KamError
from kam_xl.locale import Text


def run() -> None:
    """Run the command that the arguments name."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console may not know every letter of a client's name
            stream.reconfigure(errors="replace")
    try:
        app()
    except KamError as error:
        _fail(error)
    except BrokenPipeError:  # the reader of our output has gone: `kam-xl classify … | head`
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:  # a full disk for temporary files, a network drive that went away
        why = error.strerror or str(error)
        _fail(TargetError(Text("the system refuses ({why})", why=why), where=str(error.filename or "")))


def _fail(error: KamError) -> None:
    sys.stderr.write(f"kam-xl: {error.render(named_language(sys.argv[1:]))}\n")
    sys.exit(error.exit_code)
