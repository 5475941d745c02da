"""Builds the blank client tables, KeyAccounts_en.xlsx and KeyAccounts_ru.xlsx, always the same.

python workbook/source/build_workbook.py
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from client_columns import CLIENTS, COMPETITORS, Column, Said
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from kam_xl.domain.model import BudgetBasis, Position, Potential, Stance
from kam_xl.locale import LANGUAGES, Text
from kam_xl.plan.fields import Number
from kam_xl.table.vocabulary import KINDS
from kam_xl.template import style
from kam_xl.template.package import DATE, repacked
from kam_xl.template.style import Look, Painter

WORKBOOK = Path(__file__).parents[1]

HEAD_ROW = 4
LAST_ROW = 5000  # drop-downs reach as far as any table that a person fills in by hand
A4 = "9"
FIRST_DATE = "36526"  # 2000-01-01 as a spreadsheet counts days

CHOICES = {"budget_basis": BudgetBasis, "position": Position, "potential": Potential, "stance": Stance}
YES_NO = (Said("Yes", "Да"), Said("No", "Нет"))
OTHER_HEAD = style.COLUMN_HEAD._replace(ink=style.INK, fill=style.SOFT)
NUMBERS = {"money": Number.MONEY, "date": Number.DATE}


class Layout(NamedTuple):
    """A sheet with its table: its name, which is the table's too, what is said above it, how many columns stay in view
    and repeat on each page, how many pages wide it prints."""

    name: Said
    title: Said
    instruction: Said
    columns: tuple[Column, ...]
    kept: int
    pages_wide: int = 1


LAYOUTS = (
    Layout(
        Said("Clients", "Клиенты"),
        Said("Client table", "Таблица клиентов"),
        Said(
            "One client a row; dark columns first, light ones make the answer sharper. "
            "What you do not know stays blank. Point at a header to see what to enter.",
            "Один клиент – одна строка; сначала тёмные столбцы, светлые делают ответ точнее. "
            "Что неизвестно, остаётся пустым. Наведите курсор на заголовок, чтобы увидеть, что вводить.",
        ),
        CLIENTS,
        kept=2,
        pages_wide=2,
    ),
    Layout(
        Said("Competitors", "Конкуренты"),
        Said("Competitors at our clients", "Конкуренты у наших клиентов"),
        Said(
            "One row per client and competitor, as precisely as you can. May stay empty.",
            "Одна строка на клиента и конкурента, как можно точнее. Лист можно не заполнять.",
        ),
        COMPETITORS,
        kept=3,
    ),
)


def build(lang: str) -> bytes:
    """The workbook in one language."""
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "kam_xl"
    book.properties.created = DATE
    painter = Painter(lang)
    for layout in LAYOUTS:
        _add_sheet(book, layout, painter)
    file = BytesIO()
    book.save(file)
    return repacked(file.getvalue(), {})


def _add_sheet(book: Workbook, layout: Layout, painter: Painter) -> None:
    sheet = book.create_sheet(layout.name.render(painter.lang))
    last = get_column_letter(len(layout.columns))
    _say_above(sheet, layout, painter)
    for number, column in enumerate(layout.columns, start=1):
        _add_column(sheet, get_column_letter(number), column, painter)
    sheet.row_dimensions[HEAD_ROW].height = 32
    table = Table(displayName=sheet.title, name=sheet.title, ref=f"A{HEAD_ROW}:{last}{HEAD_ROW + 1}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(table)
    sheet.freeze_panes = f"{get_column_letter(layout.kept + 1)}{HEAD_ROW + 1}"
    _prepare_print(sheet, layout)


def _say_above(sheet: Worksheet, layout: Layout, painter: Painter) -> None:
    """Title and instruction; they run over the cells to their right, so nothing is merged."""
    for number in range(1, len(layout.columns) + 1):
        painter.paint(sheet.cell(1, number), style.TITLE._replace(wrap=False))
        painter.paint(sheet.cell(2, number), style.NOTE._replace(size=10, wrap=False, vertical="center"))
    sheet["A1"], sheet["A2"] = layout.title.render(painter.lang), layout.instruction.render(painter.lang)
    for row, height in ((1, 30), (2, 22), (3, 6)):
        sheet.row_dimensions[row].height = height


def _add_column(sheet: Worksheet, letter: str, column: Column, painter: Painter) -> None:
    head, body = sheet[f"{letter}{HEAD_ROW}"], sheet[f"{letter}{HEAD_ROW + 1}"]
    head.value = column.title.render(painter.lang)
    painter.paint(head, style.COLUMN_HEAD if column.needed else OTHER_HEAD)
    head.comment = _note(column.note.render(painter.lang))
    kind = KINDS.get(column.field, "text")
    number = NUMBERS.get(kind, Number.TEXT)
    look = Look(horizontal="left" if number is Number.TEXT else "right", vertical="top", wrap=False)
    dimension = sheet.column_dimensions[letter]
    dimension.width = column.width
    for styled in (dimension, body):  # rows that the table grows by take the column's style
        painter.paint(styled, look, number)
        if kind == "name":
            styled.number_format = "@"  # ids keep their leading zeros, and a name that begins with "=" is a name
    if check := _check(column.field, painter.lang):
        check.add(f"{letter}{HEAD_ROW + 1}:{letter}{LAST_ROW}")
        sheet.add_data_validation(check)


def _note(text: str) -> Comment:
    return Comment(text, "kam_xl", height=22 + 17 * -(-len(text) // 40), width=270)


def _check(field: str, lang: str) -> DataValidation | None:
    """The drop-down of a field; marks may also be levels, so theirs forbids nothing."""
    if field in CHOICES:
        words = ",".join(member.label.render(lang) for member in CHOICES[field])
        return _validation("list", f'"{words}"', Text("Please pick one of the list.").render(lang))
    if KINDS.get(field) == "mark":
        return _validation("list", f'"{",".join(word.render(lang) for word in YES_NO)}"', "")
    if KINDS.get(field) == "date":
        return _validation("date", FIRST_DATE, Text("Please type a date.").render(lang))
    return None


def _validation(kind: str, formula: str, error: str) -> DataValidation:
    return DataValidation(
        type=kind,
        operator=None if kind == "list" else "greaterThanOrEqual",
        formula1=formula,
        allow_blank=True,
        showErrorMessage=bool(error),
        error=error or None,
    )


def _prepare_print(sheet: Worksheet, layout: Layout) -> None:
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.print_title_cols = f"A:{get_column_letter(layout.kept)}"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = A4, "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = layout.pages_wide, 0


if __name__ == "__main__":
    for language in LANGUAGES:
        (WORKBOOK / f"KeyAccounts_{language}.xlsx").write_bytes(build(language))
