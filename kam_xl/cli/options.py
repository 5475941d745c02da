"""What the commands ask for: their arguments and options, with help in the user's language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kam_xl.cli.help_pages import EPILOG, HelpfulCommand, help_text
from kam_xl.cli.option_groups import Command, with_groups
from kam_xl.cli.screen import show
from kam_xl.errors import KamError
from kam_xl.locale import LANGUAGES, Text, system_language
from kam_xl.table.sources.files import check_readable

if TYPE_CHECKING:
    from kam_xl.table import ClientTable


class LanguageError(KamError):
    """A language that the program does not speak."""

    exit_code = 2


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


def option(text: Text, *names: str, **how: Any) -> Any:
    """An option with its help; whether a file can be read, its reader says in the user's language."""
    return typer.Option(*names, readable=False, help=help_text(text), **how)


def argument(text: Text, **how: Any) -> Any:
    """An argument with its help."""
    return typer.Argument(readable=False, show_default=False, help=help_text(text), **how)


def command(app: typer.Typer, text: Text, name: str | None = None) -> Callable[[Command], Command]:
    """Put a function into the commands of `app`; its arguments may be groups of options."""
    add = app.command(name, cls=HelpfulCommand, epilog=EPILOG, help=help_text(text))
    return lambda function: add(with_groups(function))


Input = Annotated[
    Path,
    argument(
        Text("The client table, one client a row: a workbook (xlsx, xlsm, xls, xlsb, ods), csv or parquet."),
        metavar="INPUT",
    ),
]
SheetName = Annotated[str, option(Text("The sheet to read, if the right one is not detected."), "--sheet")]
TableName = Annotated[str, option(Text("The named Excel table to read."), "--table")]
Reading = Annotated[
    Path | None,
    option(
        Text(
            "A reading file (TOML) that says which column is what; kam-xl read INPUT -o reading.toml writes one. "
            'A few headers are enough: revenue = ["Net sales"]'
        ),
        "--reading",
        "--mapping",
        metavar="FILE",
    ),
]
ForgetReading = Annotated[bool, option(Text("Drop the reading file that the workbook keeps."), "--forget-reading")]
Encoding = Annotated[
    str,
    option(
        Text("The encoding of a text file, such as cp1251 or cp866; by default it is detected."),
        "--encoding",
        metavar="NAME",
    ),
]
By = Annotated[
    str,
    option(
        Text("parent: all rows with the same parent company are one client, their amounts added up."),
        "--by",
        metavar="parent",
    ),
]
Operational = Annotated[
    Path | None, option(Text("A file with the operational plan, if it is not on a sheet of INPUT."), metavar="FILE")
]
SettingsFile = Annotated[
    Path | None, option(Text("A TOML file with settings; its values override the workbook's own."), "--settings")
]


def _inherited(context: typer.Context, lang: str) -> str:
    """The language of a command, by default the one named before it: ``kam-xl --lang ru plan clients.xlsx``."""
    return lang or str(context.parent.params.get("lang") or "" if context.parent else "")


Lang = Annotated[
    str,
    option(
        Text("Language of the results; by default that of your system."),
        metavar="en|ru",
        show_default=False,
        callback=_inherited,
    ),
]


def group(lang: Lang = "") -> None:
    """What a group of commands takes itself, so that its help is to be had in either language."""
    checked_language(lang)


Overwrite = Annotated[bool, option(Text("Replace the output if it exists."))]
Backup = Annotated[bool, option(Text("Keep the previous output as a .bak file."))]
Verify = Annotated[bool, option(Text("List the parts of the workbook that changed."))]
Json = Annotated[bool, option(Text("Print JSON for other programs."), "--json")]


def show_understood(table: ClientTable, lang: str, *, err: bool = True, whole: bool = False) -> None:
    """One to three lines on how a table was understood; beside the results, so on standard error by default."""
    for line in table.interpretation.summary(whole=whole):
        show(line.render(lang), err=err)
