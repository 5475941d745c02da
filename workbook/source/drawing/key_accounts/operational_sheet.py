"""Draws the operational plan: a row for each client and indicator, twelve months, the year."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.utils import get_column_letter

from drawing import style
from drawing.canvas import Canvas
from drawing.key_accounts.data_sheets import FIRST_ROW, HEAD_ROW, NEEDED_HEAD, head
from drawing.key_accounts.draft import Draft
from drawing.key_accounts.example import MONTHS, Months, month_starts
from drawing.style import Look
from kam_xl.domain.operational import INDICATORS, MARGIN_FACT, REVENUE_PLAN, Indicator
from kam_xl.locale import Text
from kam_xl.plan.book_sheets import PLAN_MONTHS, BookSheet
from kam_xl.plan.fields import Number

INSTRUCTION = Text(
    "Plan and actual by month, the same currency as in the client table; other years go further to the right or on "
    "sheets of their own."
)
TITLES = (Text("Client ID"), Text("Client"), Text("Indicator"))
YEAR = Text("Year")
WIDTHS = (12, 38, 18, *[11] * MONTHS, 14)
MONTH_FORMAT = "mmm yy"
FIRST_MONTH = len(TITLES) + 1
LAST_MONTH = FIRST_MONTH + MONTHS - 1
BLANK_ROWS = 4  # so many clients have their rows ready in a blank workbook


def add_operational(draft: Draft, rows: Sequence[Months], year: int) -> None:
    """Add the sheet; without rows, there are some to type into."""
    canvas = draft.canvas(BookSheet.OPERATIONAL)
    for number, width in enumerate(WIDTHS, start=1):
        canvas.sheet.column_dimensions[get_column_letter(number)].width = width
    head(canvas, BookSheet.OPERATIONAL.label, INSTRUCTION, len(WIDTHS))
    canvas.sheet.row_dimensions[3].height = 4
    _titles(canvas, year)
    canvas.row = FIRST_ROW
    for months in rows or [Months(None, None, None, None, None, None)] * BLANK_ROWS:
        for indicator, amounts in zip(INDICATORS, months[2:], strict=True):
            _row(draft, canvas, months, indicator, amounts)
    last = get_column_letter(len(WIDTHS))
    canvas.sheet.auto_filter.ref = f"A{HEAD_ROW}:{last}{canvas.row - 1}"
    canvas.sheet.freeze_panes = f"{get_column_letter(FIRST_MONTH)}{FIRST_ROW}"
    canvas.page(landscape=True, title_rows=f"{HEAD_ROW}:{HEAD_ROW}")


def _titles(canvas: Canvas, year: int) -> None:
    canvas.row = HEAD_ROW
    right = NEEDED_HEAD._replace(horizontal="right")
    for number, title in enumerate(TITLES, start=1):
        canvas.write(get_column_letter(number), title, NEEDED_HEAD)
    for number, month in enumerate(month_starts(year), start=FIRST_MONTH):
        cell = canvas.sheet[canvas.write(get_column_letter(number), None, right, Number.DATE)]
        cell.value, cell.number_format = month, MONTH_FORMAT
    first, last = get_column_letter(FIRST_MONTH), get_column_letter(LAST_MONTH)
    canvas.name(PLAN_MONTHS, f"{first}{HEAD_ROW}:{last}{HEAD_ROW}")
    canvas.write(get_column_letter(LAST_MONTH + 1), YEAR, right)
    canvas.height(24)


def _row(draft: Draft, canvas: Canvas, months: Months, indicator: Indicator, amounts: Sequence[float] | None) -> None:
    """One indicator of a client; the client's last row ends with a line."""
    bold = indicator.measure == "revenue"
    left = Look(vertical="center", wrap=False, edge="below" if indicator == MARGIN_FACT else "")
    quiet = left if indicator == REVENUE_PLAN else left._replace(ink=style.MUTED)
    name = canvas.sheet[canvas.write("B", None, quiet)]
    number = canvas.sheet[canvas.write("A", None, quiet)]
    number.value, name.value = months.client_id, months.client
    if isinstance(months.client, str):
        name.data_type = "s"
    number.number_format = name.number_format = "@"
    canvas.write("C", indicator.label, left._replace(bold=bold))
    right = left._replace(horizontal="right", bold=bold)
    for month in range(MONTHS):
        value = amounts[month] if amounts else None
        canvas.write(get_column_letter(FIRST_MONTH + month), value, right, Number.MONEY)
    first, last = get_column_letter(FIRST_MONTH), get_column_letter(LAST_MONTH)
    year = canvas.write(get_column_letter(LAST_MONTH + 1), None, right._replace(fill=style.SOFT), Number.MONEY)
    area = f"{first}{canvas.row}:{last}{canvas.row}"
    draft.formula(canvas, year, f'=IF(COUNT({area})=0,"",SUM({area}))', sum(amounts) if amounts else "")
    canvas.row += 1
