"""Draws the settings sheet: every setting with a blank cell for the person's own value, its default and its meaning."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from kam_xl.domain.model import Labelled, PathShape
from kam_xl.domain.settings import Setting, Settings
from kam_xl.locale import Text
from kam_xl.plan import report_fields
from kam_xl.plan.fields import Number, OurSheet
from kam_xl.template import style
from kam_xl.template.canvas import Canvas
from kam_xl.template.style import Look, Painter

WIDTHS = {"A": 29, "B": 16, "C": 16, "D": 62}
DEFAULT_TITLE = Text("Default")
NOTE = Text("A blank value means the default. Shares are typed as 15% or 0.15, amounts in the currency of the table.")


LANGUAGE = Text("The language of this workbook: en or ru. The button Language / Язык changes it, with all texts.")


def add_settings(book: Workbook, painter: Painter, *, language: bool = False) -> Canvas:
    """Add the settings sheet, in the workbook KeyAccounts with its language; each value's cell is `kam_set_<name>`."""
    canvas = Canvas(book, OurSheet.SETTINGS, painter)
    canvas.widths(WIDTHS)
    canvas.line("A:D", OurSheet.SETTINGS.label, style.TITLE, 34)
    canvas.line("A:D", NOTE, style.LABEL, 26)
    name, value, meaning = report_fields.SETTINGS
    right = style.COLUMN_HEAD._replace(horizontal="right")
    for column, title in (("A", name.title), ("B", value.title), ("C", DEFAULT_TITLE), ("D", meaning.title)):
        canvas.write(column, title, right if column in "BC" else style.COLUMN_HEAD)
    canvas.height(22)
    canvas.row += 1
    top = canvas.row
    if language:
        _row(canvas, Setting("language", "", LANGUAGE))
        canvas.sheet[f"B{top}"].value = canvas.lang
    for setting in Settings().listed():
        _row(canvas, setting)
    for column, field in (("A", name), ("B", value), ("D", meaning)):
        canvas.name(field.name, f"{column}{top}:{column}{canvas.row - 1}")
    canvas.sheet.freeze_panes = f"A{top}"
    canvas.page(f"A1:D{canvas.row - 1}")
    return canvas


def _row(canvas: Canvas, setting: Setting) -> None:
    number, default = _number(setting.value), _default(canvas, setting.value)
    right = Look(vertical="center", edge="below", horizontal="right")
    canvas.write("A", setting.name, right._replace(horizontal="left", bold=True, wrap=False))
    cell = canvas.write("B", None, right._replace(edge="box", fill=style.ENTRY_FILL), number)
    canvas.name(f"kam_set_{setting.name}", cell)
    canvas.write("C", default, right._replace(ink=style.MUTED), number)
    canvas.write("D", setting.meaning, right._replace(horizontal="left"))
    if isinstance(setting.value, PathShape):
        choices = ",".join(canvas.say(shape.label) for shape in PathShape)
        check = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True)
        check.add(cell)
        canvas.sheet.add_data_validation(check)
    canvas.height(28)
    canvas.row += 1


def _number(value: object) -> Number:
    """How a setting is shown: whole numbers are counts, others are shares, what is off by default is an amount."""
    if value is None:
        return Number.MONEY
    if isinstance(value, str):
        return Number.TEXT
    return Number.COUNT if isinstance(value, int) else Number.SHARE


def _default(canvas: Canvas, value: object) -> str | float | None:
    if isinstance(value, Labelled):
        return canvas.say(value.label)
    return value if isinstance(value, (int, float)) else "–"
