"""Help pages in the user's language: ours, and what the option parser has to say in English."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from kam_xl.locale import LANGUAGES, Text, in_context, system_language


def named_language(arguments: Sequence[str]) -> str:
    """The language of help texts, which are needed before the options are parsed.

    >>> named_language(["plan", "--lang", "ru", "clients.xlsx"]), named_language(["--lang=en"])
    ('ru', 'en')
    """
    for argument, following in zip_longest(arguments, arguments[1:], fillvalue=""):
        named = following if argument == "--lang" else argument.removeprefix("--lang=")
        if named in LANGUAGES:
            return named
    return system_language()


LANG = named_language(sys.argv[1:])


def help_text(text: Text) -> str:
    """A help text in the user's language."""
    return text.render(LANG)


EPILOG = help_text(
    Text(
        "Exit codes: 0 done; 1 the data check found errors; 2 wrong usage or settings; 3 the input cannot be read; "
        "4 the output cannot be written; 5 no such client; 130 interrupted."
    )
)
_USAGE, _HELP = in_context("help", "Usage"), Text("Show this message and exit.")
_HEADINGS = {
    "Arguments": in_context("help", "Arguments"),
    "Options": in_context("help", "Options"),
    "Commands": in_context("help", "Commands"),
}
_NOTES = {"required": in_context("help", "required"), "default": in_context("help", "default")}
_NOTE = re.compile(rf"(?<=\[)({'|'.join(_NOTES)})\b")  # what the parser puts behind the help of an option

# The parser's own classes: older versions of typer have them from click, newer ones hold a copy.
_Page: Any = typer.Context.formatter_class
_Command: Any = TyperCommand.__base__


class _HelpPage(_Page):  # type: ignore[misc]
    """A page with its headings in the user's language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or f"{help_text(_USAGE)}: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(help_text(_HEADINGS[heading]) if heading in _HEADINGS else heading)

    def write_dl(self, rows: Sequence[tuple[str, str]], *args: Any, **how: Any) -> None:
        noted = [(name, _NOTE.sub(lambda note: help_text(_NOTES[note[1]]), text)) for name, text in rows]
        super().write_dl(noted, *args, **how)


class _WithHelp(_Command):  # type: ignore[misc]
    """What has a help page."""

    def get_help(self, ctx: Any) -> str:
        ctx.formatter_class = _HelpPage
        return str(super().get_help(ctx))

    def get_help_option(self, ctx: Any) -> Any:
        if option := super().get_help_option(ctx):
            option.help = help_text(_HELP)
        return option


class HelpfulCommand(_WithHelp, TyperCommand):
    """A command whose whole help is in the user's language."""


class HelpfulGroup(_WithHelp, TyperGroup):
    """A group of commands whose whole help is in the user's language."""
