"""Addresses of cells as people and xlwings write them."""

from __future__ import annotations

import re

from kam_xl.excel.references import COLUMNS, ROWS, Area, column_letters, column_number, quoted

_CELLS = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?")
_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")
_SHEET = re.compile(r"'(?:[^'\[\]:]|'')+'|\w[\w.]*|")  # LibreOffice writes 1e5!A1 without apostrophes
_ROWS = re.compile(r"\$?(\d{1,7}):\$?(\d{1,7})")


def parse(address: str) -> Area | None:
    """The cells of an address, None where the text is none or leads off the sheet.

    >>> parse("$B$2:C9"), parse("A:B").bottom, parse("kam_client"), parse("ZZZ1")
    (Area(sheet='', top=2, left=2, bottom=9, right=3), 1048576, None, None)
    """
    area = None
    if match := _CELLS.fullmatch(address):
        left, top, right, bottom = match.groups()
        area = _area(int(top), column_number(left), int(bottom or top), column_number(right or left))
    elif match := _COLUMNS.fullmatch(address):
        area = _area(1, column_number(match[1]), ROWS, column_number(match[2]))
    elif match := _ROWS.fullmatch(address):
        area = _area(int(match[1]), 1, int(match[2]), COLUMNS)
    return area if area and area.top >= 1 and area.bottom <= ROWS and area.right <= COLUMNS else None


def located(formula: str) -> Area | None:
    """The one range that a formula refers to, with its sheet, None where it is anything else.

    >>> located("'My sheet'!$A:$A").sheet, located("Plan!$B$2*2"), located("rate")
    ('My sheet', None, None)
    >>> located("1e5!$A$1").sheet
    '1e5'
    """
    sheet, _, cells = formula.rpartition("!")
    area = parse(cells)
    if area is None or not _SHEET.fullmatch(sheet):
        return None
    return area._replace(sheet=sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet)


def _area(top: int, left: int, bottom: int, right: int) -> Area:
    return Area("", min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def address(area: Area, row_absolute: bool = True, column_absolute: bool = True) -> str:
    """The address of an area, whole columns and rows in their short form.

    >>> address(Area("", 1, 1, 3, 2)), address(Area("", 1, 1, 1, 1), False, False), address(Area("", 1, 2, ROWS, 2))
    ('$A$1:$B$3', 'A1', '$B:$B')
    """
    row, column = "$" * row_absolute, "$" * column_absolute
    left, right = column + column_letters(area.left), column + column_letters(area.right)
    top, bottom = f"{row}{area.top}", f"{row}{area.bottom}"
    if area.top == 1 and area.bottom == ROWS:
        return f"{left}:{right}"
    if area.left == 1 and area.right == COLUMNS:
        return f"{top}:{bottom}"
    return left + top if (left, top) == (right, bottom) else f"{left}{top}:{right}{bottom}"


def external(cells: str, sheet: str, book: str) -> str:
    """An address with its sheet and its book before it.

    >>> external("$A$1", "Plan", "Book1"), external("A1", "Plan", "My book.xlsx")
    ('[Book1]Plan!$A$1', "'[My book.xlsx]Plan'!A1")
    """
    written = quoted(sheet)
    plain = written == sheet and " " not in book
    return f"[{book}]{sheet}!{cells}" if plain else f"'[{book}]{written.strip(chr(39))}'!{cells}"
