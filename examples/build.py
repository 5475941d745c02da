"""Writes clients_en.xlsx and clients_ru.xlsx, the same client table in two languages: ``python examples/build.py``.

The files look like what a sales department keeps: a title above the headers, a total below the rows, here and there a
number typed as text. The same source gives the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

sys.path.insert(0, str(Path(__file__).parents[1] / "workbook" / "source"))
from drawing import package
from drawing.key_accounts import seller_plan
from drawing.key_accounts.seller import CLIENTS, COMPETITORS, SHEETS, TITLE, TOTAL, Words

LANGUAGES = ("en", "ru")

MONEY, DATE, TEXT = "#,##0", {"en": "yyyy-mm-dd", "ru": "dd.mm.yyyy"}, "General"


class Column(NamedTuple):
    """A column of a sheet: the field it shows, its header, width in characters and number format."""

    field: str
    header: Words
    width: float
    format: str | dict[str, str] = TEXT


CLIENT_COLUMNS = (
    Column("client_id", Words("Client ID", "Код клиента"), 11),
    Column("client", Words("Client", "Клиент"), 48),
    Column("industry", Words("Industry", "Отрасль"), 26),
    Column("territory", Words("Territory", "Регион"), 15),
    Column("manager", Words("Manager", "Менеджер"), 18),
    Column("revenue", Words("Revenue 2025, EUR", "Выручка 2025, руб."), 17, MONEY),
    Column("margin", Words("Margin, EUR", "Маржинальный доход, руб."), 17, MONEY),
    Column("sales_plan", Words("Sales plan, EUR", "План продаж, руб."), 17, MONEY),
    Column("procurement_budget", Words("Procurement budget, EUR", "Бюджет закупок, руб."), 17, MONEY),
    Column("budget_basis", Words("Budget basis", "Основание бюджета"), 15),
    Column("budget_date", Words("Budget date", "Дата бюджета"), 12, DATE),
    Column("budget_low", Words("Budget min, EUR", "Бюджет мин., руб."), 17, MONEY),
    Column("budget_high", Words("Budget max, EUR", "Бюджет макс., руб."), 17, MONEY),
    Column("competitor_revenue", Words("Competitor revenue, EUR", "Доход конкурентов, руб."), 17, MONEY),
    Column("reference", Words("Reference", "Референс"), 13),
    Column("expertise", Words("Expertise level", "Уровень экспертизы"), 13),
    Column("position", Words("Position", "Позиция"), 13),
    Column("position_reason", Words("Position reason", "Обоснование позиции"), 54),
    Column("potential", Words("Potential", "Потенциал"), 13),
    Column("potential_reason", Words("Potential reason", "Обоснование потенциала"), 54),
    Column("contract", Words("Framework contract", "Рамочный договор"), 18),
    Column("reference_reason", Words("Reason for reference", "Обоснование референса"), 44),
    Column("expertise_reason", Words("Reason for expertise", "Обоснование экспертизы"), 44),
    Column("our_price", Words("Our score: price", "Наша оценка: цена"), 10),
    Column("our_quality", Words("Our score: quality", "Наша оценка: качество"), 10),
    Column("our_service", Words("Our score: service", "Наша оценка: сервис"), 10),
    Column("revenue_2024", Words("Revenue 2024, EUR", "Выручка 2024, руб."), 17, MONEY),
    Column("revenue_2023", Words("Revenue 2023, EUR", "Выручка 2023, руб."), 17, MONEY),
)
COMPETITOR_COLUMNS = (
    Column("client_id", Words("Client ID", "Код клиента"), 11),
    Column("competitor", Words("Competitor", "Конкурент"), 24),
    Column("revenue", Words("Revenue, EUR", "Выручка, руб."), 17, MONEY),
    Column("strengths", Words("Strengths", "Сильные стороны"), 46),
    Column("weaknesses", Words("Weaknesses", "Слабые стороны"), 46),
    Column("stance", Words("Stance", "Подход"), 16),
    Column("price", Words("Score: price", "Оценка: цена"), 10),
    Column("quality", Words("Score: quality", "Оценка: качество"), 10),
    Column("service", Words("Score: service", "Оценка: сервис"), 10),
)
OPERATIONAL_COLUMNS = (
    Column("client_id", Words("Client ID", "Код клиента"), 11),
    Column("client", Words("Client", "Клиент"), 48),
    Column("indicator", Words("Indicator", "Показатель"), 17),
)
TOTALLED = ("revenue", "margin", "sales_plan", "procurement_budget")

FONT, INK = "Calibri", "1F3864"
HEADER_FILL = PatternFill("solid", fgColor=INK)
THIN = Side(style="thin", color="BFBFBF")


def workbook(lang: str) -> Workbook:
    """The client table in one language."""
    book = Workbook()
    clients, competitors = book.active, book.create_sheet()
    for sheet, title in zip((clients, competitors), SHEETS, strict=True):
        sheet.title = in_language(title, lang)
        sheet.sheet_view.showGridLines = False
    header = write_title(clients, lang)
    write_table(clients, header, CLIENT_COLUMNS, CLIENTS, lang)
    write_total(clients, header + len(CLIENTS) + 1, lang)
    clients.freeze_panes = clients.cell(header + 1, 3)
    write_table(competitors, 1, COMPETITOR_COLUMNS, COMPETITORS, lang)
    competitors.freeze_panes = "C2"
    write_operational(book.create_sheet(), lang)
    return book


def write_title(sheet: Worksheet, lang: str) -> int:
    """Three lines and a blank one; returns the header's row."""
    for row, line in enumerate(TITLE, start=1):
        put(sheet, row, 1, in_language(line, lang)).font = Font(FONT, 14 if row == 1 else 10, bold=row == 1, color=INK)
    return len(TITLE) + 2


def write_table(
    sheet: Worksheet, header: int, columns: Sequence[Column], rows: Sequence[NamedTuple], lang: str
) -> None:
    """Headers with their widths and styles, then one row per client or competitor."""
    for index, column in enumerate(columns, start=1):
        cell = put(sheet, header, index, in_language(column.header, lang))
        cell.font, cell.fill = Font(FONT, bold=True, color="FFFFFF"), HEADER_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        sheet.column_dimensions[get_column_letter(index)].width = column.width
        number_format = column.format if isinstance(column.format, str) else column.format[lang]
        for number, row in enumerate(rows, start=header + 1):
            cell = put(sheet, number, index, in_language(getattr(row, column.field), lang))
            cell.number_format = number_format
            cell.border = Border(bottom=THIN)
            if column.format != MONEY:
                cell.alignment = Alignment(horizontal="left", indent=1)
    sheet.row_dimensions[header].height = 34
    sheet.auto_filter.ref = f"A{header}:{get_column_letter(len(columns))}{header + len(rows)}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{header}:{header}"


def write_operational(sheet: Worksheet, lang: str) -> None:
    """The operational plan: a column a month and a year, a row per client and indicator, totals below."""
    sheet.title, sheet.sheet_view.showGridLines = in_language(seller_plan.SHEET, lang), False
    for row, line in enumerate(seller_plan.TITLE, start=1):
        put(sheet, row, 1, in_language(line, lang)).font = Font(FONT, 14 if row == 1 else 10, bold=row == 1, color=INK)
    header = len(seller_plan.TITLE) + 2
    periods = [(year, month) for year in seller_plan.YEARS[:2] for month in (*range(1, 13), 0)]
    periods.append((seller_plan.YEARS[2], 0))
    for column, title in enumerate([*OPERATIONAL_COLUMNS, *periods], start=1):
        head(sheet, header, column, title, lang)
    rows = seller_plan.rows()
    for number, row in enumerate(rows, start=header + 1):
        for column, value in enumerate((row.client_id, row.client, row.indicator), start=1):
            put(sheet, number, column, in_language(value, lang)).border = Border(bottom=THIN)
        write_amounts(sheet, number, row.amounts, periods, lang)
    for number, (indicator, amounts) in enumerate(seller_plan.totals(rows), start=header + len(rows) + 1):
        put(sheet, number, 1, in_language(TOTAL, lang)).font = Font(FONT, bold=True)
        put(sheet, number, 3, in_language(indicator, lang)).font = Font(FONT, bold=True)
        write_amounts(sheet, number, amounts, periods, lang)
    sheet.freeze_panes = sheet.cell(header + 1, 4)


def head(sheet: Worksheet, row: int, column: int, title: object, lang: str) -> None:
    """The header of a month (a true date), of a year, or of another column."""
    width = 13.0
    if isinstance(title, Column):
        cell, width = put(sheet, row, column, in_language(title.header, lang)), title.width
    else:
        year, month = title
        cell = put(
            sheet,
            row,
            column,
            datetime(year, month, 1) if month else in_language(Words(f"Year {year}", f"Год {year}"), lang),
        )
        cell.number_format = "mmm yyyy" if month else TEXT
    cell.font, cell.fill = Font(FONT, bold=True, color="FFFFFF"), HEADER_FILL
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    sheet.column_dimensions[get_column_letter(column)].width = width


def write_amounts(
    sheet: Worksheet, row: int, amounts: seller_plan.Amounts, periods: Sequence[tuple[int, int]], lang: str
) -> None:
    """The amounts of one row; a period without one stays blank."""
    for column, period in enumerate(periods, start=len(OPERATIONAL_COLUMNS) + 1):
        if period in amounts:
            cell = put(sheet, row, column, in_language(amounts[period], lang))
            cell.number_format = MONEY
            cell.border, cell.font = Border(bottom=THIN), Font(FONT, bold=not period[1])


def write_total(sheet: Worksheet, row: int, lang: str) -> None:
    """The sums of the cells that are numbers, as an AutoSum would show them."""
    put(sheet, row, 1, in_language(TOTAL, lang))
    for index, column in enumerate(CLIENT_COLUMNS, start=1):
        if column.field in TOTALLED:
            amounts = [getattr(client, column.field) for client in CLIENTS]
            cell = put(sheet, row, index, sum(amount for amount in amounts if isinstance(amount, (int, float))))
            cell.number_format = MONEY
        sheet.cell(row, index).font = Font(FONT, bold=True)
        sheet.cell(row, index).border = Border(top=Side(style="medium", color=INK))


def put(sheet: Worksheet, row: int, column: int, value: object) -> Cell:
    """Write one cell; a text stays text even where it begins like a formula."""
    cell = sheet.cell(row, column, value)
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def in_language(value: object, lang: str) -> object:
    """A cell's content in one language, None for an empty text."""
    if isinstance(value, Words):
        return getattr(value, lang) or None
    return value


def same_bytes(book: Workbook) -> bytes:
    """The saved workbook without the time of saving."""
    book.properties.creator, book.properties.created = "Sigma Automation", package.DATE
    saved = BytesIO()
    book.save(saved)
    return package.repacked(saved.getvalue(), {})


if __name__ == "__main__":
    for language in LANGUAGES:
        Path(__file__).with_name(f"clients_{language}.xlsx").write_bytes(same_bytes(workbook(language)))
