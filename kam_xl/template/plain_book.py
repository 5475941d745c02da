"""A new workbook of plain tables: a header that stays in sight, columns as wide as they need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kam_xl.plan.fields import Number
from kam_xl.template.package import DATE, repacked
from kam_xl.template.style import COLUMN_HEAD, Look, Painter

_TEXT, _AMOUNT = Look(wrap=False), Look(horizontal="right", wrap=False)
_NARROW, _WIDE, _LOOKED_AT = 9, 60, 200
_MONTH = "mmm yyyy"


def build_plain_book(sheets: Mapping[str, Sequence[Sequence[object]]], lang: str) -> bytes:
    """The file of a workbook with these sheets: rows of plain cells, the header first; no text becomes a formula."""
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "kam_xl"
    book.properties.created = DATE
    painter = Painter(lang)
    for name, rows in sheets.items():
        _draw(book.create_sheet(name), rows, painter)
    file = BytesIO()
    book.save(file)
    return repacked(file.getvalue(), {})


def _draw(sheet: Worksheet, rows: Sequence[Sequence[object]], painter: Painter) -> None:
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            if value is not None:
                _fill(sheet.cell(row, column), value, painter, header=row == 1)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(rows[0]))}{len(rows)}"
    sheet.row_dimensions[1].height = 30
    for column in range(len(rows[0])):
        longest = max((len(_said(row[column])) for row in rows[:_LOOKED_AT] if column < len(row)), default=0)
        sheet.column_dimensions[get_column_letter(column + 1)].width = min(max(longest + 3, _NARROW), _WIDE)


def _fill(cell: Cell, value: object, painter: Painter, *, header: bool) -> None:
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    if header:
        painter.paint(cell, COLUMN_HEAD)
        if isinstance(value, date):
            cell.number_format = _MONTH
    elif isinstance(value, (int, float)):
        painter.paint(cell, _AMOUNT, Number.MONEY)
    else:
        painter.paint(cell, _TEXT)


def _said(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}"
    return "" if value is None else "mmm yyyy" if isinstance(value, date) else str(value)
