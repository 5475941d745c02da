"""xlwings' configuration: the user's own file, and the sheet of a workbook, which overrides it.

VBA and xlwings both read the file in the encoding of the system, not in UTF-8.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

import xlwings as xw

import kam_xl.engines.excel_processes  # noqa: F401 (ends no Excel on exit)
from kam_xl.actions.output.places import PlaceError, made_folder
from kam_xl.files.destination import Destination
from kam_xl.locale import Text, system_encoding

SHEET, INACTIVE = "xlwings.conf", "_xlwings.conf"
"""The sheet that xlwings reads, and what people call it to switch it off."""

_LINE = re.compile(r'"([^"]*)"\s*,\s*"([^"]*)"')


def user_config_file() -> Path:
    """The user's own file; Excel on macOS may read no other place."""
    return Path(xw.USER_CONFIG_FILE)


def read_user_config(path: Path) -> dict[str, str]:
    """What the file says, keys in capitals; nothing where there is none."""
    try:
        text = path.read_text(system_encoding(), errors="replace")
    except OSError:
        return {}
    return {key.upper(): value for key, value in _LINE.findall(text)}


def write_user_config(path: Path, values: Mapping[str, str]) -> None:
    """Put values into the file; everything else in it stays as it is.

    Raises
    ------
    PlaceError, SaveError
        The file is as it was then.
    """
    destination = Destination.seen(path)
    try:
        old = path.read_text(system_encoding(), errors="surrogateescape").splitlines()
    except FileNotFoundError:
        old = []
    new = {key.upper(): f'"{key}","{value}"' for key, value in values.items()}
    kept = [line for line in old if not ((match := _LINE.match(line)) and match[1].upper() in new)]
    try:
        content = "".join(f"{line}{os.linesep}" for line in [*kept, *new.values()]).encode(
            system_encoding(), "surrogateescape"
        )
    except UnicodeEncodeError as error:
        raise PlaceError(
            Text("a path has characters that xlwings' configuration cannot store on this computer"),
            where=str(path),
            got=error.object[error.start : error.end],
            remedy=Text("Install Python into a folder whose path has English letters only."),
        ) from error
    made_folder(path.parent)
    destination.write(content)


def read_book_config(book: xw.Book) -> dict[str, str] | None:
    """What the sheet of a workbook says, keys in capitals; None where there is no sheet that xlwings reads."""
    sheet = _sheet(book, SHEET)
    if sheet is None:
        return None
    rows = sheet.range("A1:B40").options(ndim=2).value
    return {str(key).upper(): str(value if value is not None else "") for key, value in rows if key}


def write_book_config(book: xw.Book, values: Mapping[str, str]) -> None:
    """Put values into the sheet of a workbook, which is added where there is none and gets the name that counts."""
    sheet = _sheet(book, SHEET) or _sheet(book, INACTIVE)
    if sheet is None:
        # Not after one: there xlwings takes the number among all sheets for that among worksheets, and a chart that has
        # a sheet of its own sends the new one astray.
        sheet = book.sheets.add(SHEET, before=book.sheets[-1])
        sheet.visible = False
    elif sheet.name != SHEET:
        sheet.name = SHEET
    rows = sheet.range("A1:B40").options(ndim=2).value
    keys = [str(key or "").upper() for key, _ in rows]
    for key, value in values.items():
        row = keys.index(key.upper()) if key.upper() in keys else keys.index("")
        keys[row] = key.upper()
        sheet.range((row + 1, 1), (row + 1, 2)).value = [key, value]


def _sheet(book: xw.Book, name: str) -> xw.Sheet | None:
    return next((sheet for sheet in book.sheets if sheet.name.casefold() == name), None)
