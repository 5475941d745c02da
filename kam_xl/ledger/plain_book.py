"""A new workbook of plain tables: a header that stays in sight, columns as wide as they need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from kam_xl.errors import KamError
from kam_xl.locale import Text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_NARROW, _WIDE, _MEASURED = 9, 60, 200  # widths in characters; how many rows are measured
_BUILT = datetime(2026, 1, 1)  # the same tables give the same bytes
_INK, _WHITE, _BAND = "#22303C", "#FFFFFF", "#34495E"
_LOOK: dict[str, object] = {"font_name": "Calibri", "font_size": 10, "valign": "vcenter"}
_HEADER = {**_LOOK, "bold": True, "font_color": _WHITE, "bg_color": _BAND, "text_wrap": True}
_BODY = {**_LOOK, "font_color": _INK}
_OWN_DATE = 14  # the built-in format that every program shows in its own order of day and month
ROWS = 1_048_576  # of a sheet; XlsxWriter passes over what is below without a word
Row = Sequence[object]


class TooManyRowsError(KamError):
    """A table has more rows than a sheet."""

    exit_code = 4

    def __init__(self, name: str, rows: int) -> None:
        super().__init__(
            Text("a sheet holds {most:count} rows, the table has {rows:count}", most=ROWS, rows=rows),
            where=name,
            remedy=Text("Write a .csv file instead."),
        )


class Formats(NamedTuple):
    """How texts, amounts and days look."""

    text: Format
    amount: Format
    day: Format


def plain_book(sheets: Mapping[str, Sequence[Row]]) -> bytes:
    """The file of a workbook with these sheets: rows of plain cells, the header first; no text becomes a formula.

    Examples
    --------
    >>> plain_book({"Clients": [["Client", "Revenue"], ["=Nord", 900.0]]})[:2]
    b'PK'
    """
    import xlsxwriter  # loaded only where a workbook is written

    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"author": "kam_xl", "created": _BUILT})
        header, body = _formats(book, _HEADER, "mmm yyyy"), _formats(book, _BODY, _OWN_DATE)
        for name, rows in sheets.items():
            if len(rows) > ROWS:
                raise TooManyRowsError(name, len(rows))
            sheet = book.add_worksheet(name)
            for down, row in enumerate(rows):
                _write(sheet, down, row, body if down else header)
            _arrange(sheet, rows)
    return file.getvalue()


def _formats(book: Workbook, look: dict[str, object], day: str | int) -> Formats:
    return Formats(*(book.add_format({**look, **more}) for more in ({}, {"num_format": "#,##0"}, {"num_format": day})))


def _write(sheet: Worksheet, down: int, row: Row, formats: Formats) -> None:
    for right, value in enumerate(row):
        if isinstance(value, (datetime, date)):
            sheet.write_datetime(down, right, value, formats.day)
        elif isinstance(value, bool):
            sheet.write_boolean(down, right, value, formats.text)
        elif isinstance(value, (int, float)):
            sheet.write_number(down, right, value, formats.amount)
        elif value is not None:
            sheet.write_string(down, right, str(value), formats.text)


def _arrange(sheet: Worksheet, rows: Sequence[Row]) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows) - 1, len(rows[0]) - 1)
    sheet.set_row(0, 30)
    for column in range(len(rows[0])):
        longest = max((len(_shown(row[column])) for row in rows[:_MEASURED] if column < len(row)), default=0)
        sheet.set_column(column, column, min(max(longest + 3, _NARROW), _WIDE))


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}"
    return "" if value is None else "mmm yyyy" if isinstance(value, date) else str(value)
