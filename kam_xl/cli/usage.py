"""Wrong usage of the command line, in the user's language: the option parser's own messages are English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import zip_longest
from typing import Any

from kam_xl.errors import KamError
from kam_xl.locale import Text


class UsageError(KamError):
    """A command, an option or a value that the command line does not know, or one that is missing."""

    exit_code = 2


def usage_error(error: Any, arguments: Sequence[str]) -> UsageError:
    """An error of the option parser in our words, with the way to what there is.

    Parameters
    ----------
    error : click.UsageError
    arguments : sequence of str
        What was typed, for the value that was refused.
    """
    context = error.ctx
    path = context.command_path if context else "kam-xl"
    what, where, got, hint = _told(error, arguments)
    remedy = Text("See: {command}", command=f"{path} --help")
    if hint:
        remedy = Text("{hint} {remedy}", hint=hint, remedy=remedy)
    return UsageError(what, where=where, got=got, remedy=remedy)


def _told(error: Any, arguments: Sequence[str]) -> tuple[Text, str, object, Text | str | None]:
    """What is wrong, where, the value that was typed, and what may have been meant."""
    kind, parameter = type(error).__name__, getattr(error, "param", None)
    if kind == "NoSuchOption":
        name, known = error.option_name, _options(error.ctx)
        return Text("there is no option {name}", name=name), "", ..., _meant(name, known)
    if kind == "MissingParameter" and parameter:
        return Text("{name} is missing", name=_name(parameter)), "", ..., None
    if kind == "BadParameter" and parameter:
        option = f"{_name(parameter)} {parameter.metavar or ''}".strip()
        return Text("this value is not allowed"), option, _typed(parameter, arguments), parameter.help
    if kind == "BadOptionUsage":
        takes_none = "not take" in error.message
        takes = Text("this option takes no value") if takes_none else Text("this option needs a value")
        return takes, error.option_name, ..., None
    words = re.search(r"'(.*?)'|\((?!s\))(.*)\)", error.message)  # the message is all that names them
    named = (words[1] or words[2]) if words else ""
    commands = getattr(error.ctx and error.ctx.command, "commands", None)
    if commands is None and named:
        return Text("unexpected: {words}", words=named), "", ..., Text("A path with spaces needs quotation marks.")
    if commands and named:
        return Text("there is no command {name}", name=named), "", ..., _meant(named, commands)
    if commands:
        return Text("the command is missing"), "", ..., None
    return Text("wrong usage: {reason}", reason=error.format_message().rstrip(".")), "", ..., None


def _name(parameter: Any) -> str:
    """An argument by the word in the usage line, an option by its name."""
    return max(parameter.opts, key=len) if parameter.param_type_name == "option" else str(parameter.metavar)


def _options(context: Any) -> Iterator[str]:
    return (name for parameter in context.command.params for name in (*parameter.opts, *parameter.secondary_opts))


def _meant(name: str, known: Any) -> Text | None:
    close = get_close_matches(name, list(known), n=1)
    return Text("Did you mean {name}?", name=close[0]) if close else None


def _typed(parameter: Any, arguments: Sequence[str]) -> object:
    """The value of an option as it was typed."""
    for argument, following in zip_longest(arguments, arguments[1:], fillvalue=""):
        option, equals, value = argument.partition("=")
        if option in parameter.opts:
            return value if equals else following
    return ...
