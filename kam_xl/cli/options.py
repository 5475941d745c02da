"""What the commands ask for: their arguments and options, with help in the person's language."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Annotated

import typer

from kam_xl.errors import KamError
from kam_xl.locale import LANGUAGES, Text, system_language
from kam_xl.table.errors import FileUnreadableError


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
    if not path.is_file():
        raise FileUnreadableError(
            Text("there is no such file"), where=str(path), remedy=Text("Check the name and the folder.")
        )
    return path


LANG = named_language(sys.argv[1:])


def say(text: Text) -> str:
    """A help text in the person's language."""
    return text.render(LANG)


EPILOG = say(
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
        readable=False,  # the reader says it in the person's language
        help=say(Text("The client table: an xlsx, xlsm, csv or parquet file, one client a row.")),
    ),
]
SheetName = Annotated[
    str, typer.Option("--sheet", help=say(Text("The sheet to read, where the right one is not found by itself.")))
]
TableName = Annotated[str, typer.Option("--table", help=say(Text("The named Excel table to read.")))]
Mapping = Annotated[
    Path | None,
    typer.Option(
        readable=False, help=say(Text('A TOML file with your own column headers, such as: revenue = ["Net sales"]'))
    ),
]
Operational = Annotated[
    Path | None,
    typer.Option(
        readable=False,
        metavar="FILE",
        help=say(Text("A file with the operational plan, where it is not in a sheet of INPUT.")),
    ),
]
SettingsFile = Annotated[
    Path | None,
    typer.Option(
        "--settings",
        readable=False,
        help=say(Text("A TOML file with settings; its values go before the workbook's own.")),
    ),
]
Lang = Annotated[
    str,
    typer.Option(
        metavar="en|ru", show_default=False, help=say(Text("Language of the results; by default that of your system."))
    ),
]
Json = Annotated[bool, typer.Option("--json", help=say(Text("Print JSON for other programs.")))]
