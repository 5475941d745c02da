"""Puts the sheets of the template together and makes a file of them."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook

from kam_xl.plan.fields import OurSheet
from kam_xl.plan.report_fields import BUBBLE_ROWS
from kam_xl.template.bubble_labels import with_labels
from kam_xl.template.canvas import Canvas
from kam_xl.template.dashboard_sheet import add_dashboard
from kam_xl.template.list_sheet import add_data_check, add_key_accounts
from kam_xl.template.package import DATE, repacked
from kam_xl.template.plan_sheet import add_plan_template
from kam_xl.template.portfolio_sheet import add_portfolio
from kam_xl.template.settings_sheet import add_settings
from kam_xl.template.style import Painter


def build_book(lang: str) -> bytes:
    """The template workbook; see `kam_xl.template.build`."""
    return saved(draw(lang))


def draw(lang: str) -> Workbook:
    """All sheets of the template."""
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "kam_xl"
    book.properties.title = OurSheet.PLAN.label.render(lang)
    book.properties.created = DATE
    painter = Painter(lang)
    for add in (
        add_plan_template,
        add_key_accounts,
        add_portfolio,
        add_dashboard,
        add_data_check,
        add_settings,
        _add_record,
    ):
        add(book, painter)
    return book


def _add_record(book: Workbook, painter: Painter) -> None:
    Canvas(book, OurSheet.RECORD, painter).sheet.sheet_state = "hidden"


def saved(book: Workbook) -> bytes:
    """The file of the drawn book, with the clients' names at the bubbles of the portfolio."""
    file = BytesIO()
    book.save(file)
    labels = next(
        sheet.defined_names["kam_bubble_label"] for sheet in book if "kam_bubble_label" in sheet.defined_names
    )

    def name_bubbles(chart: str) -> str:
        return with_labels(chart, labels.attr_text, BUBBLE_ROWS) if "<bubbleChart>" in chart else chart

    return repacked(file.getvalue(), {"xl/charts/": name_bubbles})
