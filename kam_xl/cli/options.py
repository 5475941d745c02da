"""What the commands ask for: their arguments and options, with help in the user's language."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kam_xl.cli.screen import show
from kam_xl.errors import KamError
from kam_xl.locale import LANGUAGES, Text, system_language
from kam_xl.table.sources.files import check_readable

if TYPE_CHECKING:
    from kam_xl.table import ClientTable


class LanguageError(KamError):
    """A language that the program does not speak."""

    exit_code = 2


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


def checked_language(lang: str) -> str:
    """The language asked for, or the system's where none is."""
    if lang and lang not in LANGUAGES:
        raise LanguageError(
            Text("unknown language"), where="--lang", got=lang, remedy=Text("Use one of: {names}.", names=LANGUAGES)
        )
    return lang or system_language()


def existing_file(path: Path) -> Path:
    """A file that is named to be read."""
    check_readable(path)
    return path


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

Input = Annotated[
    Path,
    typer.Argument(
        metavar="INPUT",
        show_default=False,
        readable=False,  # the reader says it in the user's language
        help=help_text(
            Text("The client table, one client a row: a workbook (xlsx, xlsm, xls, xlsb, ods), csv or parquet.")
        ),
    ),
]
SheetName = Annotated[
    str, typer.Option("--sheet", help=help_text(Text("The sheet to read, if the right one is not detected.")))
]
TableName = Annotated[str, typer.Option("--table", help=help_text(Text("The named Excel table to read.")))]
Reading = Annotated[
    Path | None,
    typer.Option(
        "--reading",
        "--mapping",
        readable=False,
        metavar="FILE",
        help=help_text(
            Text(
                "A reading file (TOML) that says which column is what; kam-xl read INPUT -o reading.toml writes one. "
                'A few headers are enough: revenue = ["Net sales"]'
            )
        ),
    ),
]
ForgetReading = Annotated[
    bool,
    typer.Option("--forget-reading", help=help_text(Text("Drop the reading file that the workbook keeps."))),
]
Encoding = Annotated[
    str,
    typer.Option(
        "--encoding",
        metavar="NAME",
        help=help_text(Text("The encoding of a text file, such as cp1251 or cp866; by default it is detected.")),
    ),
]
By = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="parent",
        help=help_text(Text("parent: all rows with the same parent company are one client, their amounts added up.")),
    ),
]
Operational = Annotated[
    Path | None,
    typer.Option(
        readable=False,
        metavar="FILE",
        help=help_text(Text("A file with the operational plan, if it is not on a sheet of INPUT.")),
    ),
]
SettingsFile = Annotated[
    Path | None,
    typer.Option(
        "--settings",
        readable=False,
        help=help_text(Text("A TOML file with settings; its values override the workbook's own.")),
    ),
]


def _inherited(context: typer.Context, lang: str) -> str:
    """The language of a command, by default the one named before it: ``kam-xl --lang ru plan clients.xlsx``."""
    return lang or str(context.parent.params.get("lang") or "" if context.parent else "")


Lang = Annotated[
    str,
    typer.Option(
        metavar="en|ru",
        show_default=False,
        callback=_inherited,
        help=help_text(Text("Language of the results; by default that of your system.")),
    ),
]


def group(lang: Lang = "") -> None:
    """What a group of commands takes itself, so that its help is to be had in either language."""
    checked_language(lang)


Json = Annotated[bool, typer.Option("--json", help=help_text(Text("Print JSON for other programs.")))]


def show_understood(table: ClientTable, lang: str, *, err: bool = True, whole: bool = False) -> None:
    """One to three lines on how a table was understood; beside the results, so on standard error by default."""
    for line in table.interpretation.summary(whole=whole):
        show(line.render(lang), err=err)
