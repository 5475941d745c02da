"""Draws the settings sheet: every setting with a blank cell for the user's own value, its default and its meaning."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from drawing import style
from drawing.canvas import Canvas
from drawing.style import Look, Painter
from kam_xl.domain.model import Labelled, PathShape
from kam_xl.domain.settings import Setting, Settings
from kam_xl.locale import LANGUAGES, Text
from kam_xl.plan.commands import LANGUAGE_LABEL
from kam_xl.plan.fields import Number, OurSheet
from kam_xl.plan.reports import report_fields

COLUMNS = dict(zip(report_fields.SETTINGS, "ABCDEF", strict=True))
WIDTHS = {"A": 44, "B": 27, "C": 17, "D": 17, "E": 58, "F": 58}
ALL, LEFT, RIGHT = "A:F", "A:D", "E:F"
NOTE = Text(
    "A blank value means the default. Shares are typed as 15% or 0.15, amounts in the currency of the table. The last "
    "column is filled in when plans are built."
)
LANGUAGE = Text(
    "The language of this workbook: {codes}. The button {button} changes it, with all texts.",
    codes=LANGUAGES,
    button=LANGUAGE_LABEL,
)
LANGUAGE_TITLE = Text("Language")
ROW_HEIGHT = 2 * style.LINE_HEIGHT + 2


def add_settings(book: Workbook, painter: Painter, *, language: bool = False) -> Canvas:
    """Add the settings sheet, in the workbook KeyAccounts with its language; each value's cell is `kam_set_<name>`."""
    canvas = Canvas(book, OurSheet.SETTINGS, painter)
    canvas.widths(WIDTHS)
    canvas.line(ALL, OurSheet.SETTINGS.label, style.TITLE, 34)
    canvas.write(LEFT, NOTE, style.NOTE._replace(vertical="center"))
    canvas.field(report_fields.FRESHNESS, RIGHT, size=9, ink=style.MUTED, edge="", vertical="center")
    canvas.height(28)
    canvas.row += 1
    for field, column in COLUMNS.items():
        canvas.write(column, field.title, style.COLUMN_HEAD._replace(horizontal="right" if column in "CD" else "left"))
    canvas.height(22)
    canvas.row += 1
    top = canvas.row
    if language:
        _row(canvas, Setting("language", "", LANGUAGE, LANGUAGE_TITLE))
        canvas.sheet[f"C{top}"].value = canvas.lang
    for setting in Settings().listed():
        _row(canvas, setting)
    for field, column in COLUMNS.items():
        canvas.name(field.name, f"{column}{top}:{column}{canvas.row - 1}")
    canvas.sheet.freeze_panes = f"B{top}"
    canvas.page(f"A1:F{canvas.row - 1}", landscape=True, title_rows=f"{top - 1}:{top - 1}")
    return canvas


def _row(canvas: Canvas, setting: Setting) -> None:
    number, default = _number(setting), _default(canvas, setting.value)
    left, right = Look(edge="below"), Look(edge="below", horizontal="right")
    canvas.write("A", setting.title, left._replace(bold=True))
    canvas.write("B", setting.name, left._replace(size=8, ink=style.MUTED, wrap=False))
    cell = canvas.write("C", None, right._replace(edge="box", fill=style.ENTRY_FILL), number)
    canvas.name(f"kam_set_{setting.name}", cell)
    canvas.write("D", default, right._replace(ink=style.MUTED), Number.TEXT if isinstance(default, str) else number)
    canvas.write("E", setting.meaning, left)
    canvas.write("F", None, left)
    if isinstance(setting.value, PathShape):
        choices = ",".join(canvas.say(shape.label) for shape in PathShape)
        check = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True)
        check.add(cell)
        canvas.sheet.add_data_validation(check)
    canvas.height(_height(canvas, setting, default))
    canvas.row += 1


def _height(canvas: Canvas, setting: Setting, default: str | float | None) -> float:
    """What the longest text of the row needs, and room for two lines of its effect."""
    texts = ((canvas.say(setting.meaning), "E"), (str(default), "D"), (canvas.say(setting.title), "A"))
    lines = max(-(-len(text) * 1.05 // WIDTHS[column]) for text, column in texts)
    return max(ROW_HEIGHT, lines * style.LINE_HEIGHT + 2)


def _number(setting: Setting) -> Number:
    """How a setting is shown: whole numbers are counts, others are shares, what is off by default is an amount."""
    value = setting.value
    if value is None:
        return Number.YEAR if setting.name == "base_year" else Number.MONEY
    if isinstance(value, str):
        return Number.TEXT
    return Number.COUNT if isinstance(value, int) else Number.SHARE


def _default(canvas: Canvas, value: object) -> str | float | None:
    if isinstance(value, Labelled):
        return canvas.say(value.label)
    return value if isinstance(value, (int, float)) else "–"
