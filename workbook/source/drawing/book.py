"""Puts the sheets of the template together and makes a file of them."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook

from drawing.bubble_labels import labelled
from drawing.canvas import Canvas
from drawing.dashboard_sheet import add_dashboard
from drawing.list_sheet import (
    add_agenda,
    add_changes,
    add_conflicts,
    add_data_check,
    add_key_accounts,
    add_white_spots,
)
from drawing.package import DATE, repacked
from drawing.plan_sheet import add_plan_template
from drawing.portfolio_sheet import add_portfolio
from drawing.settings_sheet import add_settings
from drawing.style import Painter
from drawing.whitespace_sheet import add_whitespace
from kam_xl.plan.fields import OurSheet


def build_template(lang: str) -> bytes:
    """The template workbook of the package; see `kam_xl.template.template_book`."""
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
        add_agenda,
        add_changes,
        add_whitespace,
        add_white_spots,
        add_data_check,
        add_conflicts,
        add_settings,
        _add_record,
    ):
        add(book, painter)
    return book


def _add_record(book: Workbook, painter: Painter) -> None:
    Canvas(book, OurSheet.RECORD, painter).sheet.sheet_state = "hidden"


def saved(book: Workbook) -> bytes:
    """The file of the drawn book, with names at the points of its charts."""
    file = BytesIO()
    book.save(file)
    return repacked(file.getvalue(), {"xl/charts/": labelled(book)})
