"""Puts the sheets of the workbook together and makes a file of them."""

from __future__ import annotations

import re
from io import BytesIO

from openpyxl.worksheet.worksheet import Worksheet

from kam_xl.plan.book_sheets import DATA_MARK, SETTINGS_RANGE
from kam_xl.plan.commands import TAB
from kam_xl.template.package import DATE, Change, repacked
from kam_xl.template.plan_sheet import add_plan_template
from kam_xl.template.settings_sheet import add_settings
from kam_xl.template.workbook import CODE_NAMES, WORKBOOK_CODE_NAME, example
from kam_xl.template.workbook.cached import with_values as with_cached
from kam_xl.template.workbook.conf_sheet import add_conf
from kam_xl.template.workbook.data_sheets import FIRST_ROW, LAST_ROW, add_clients, add_competitors
from kam_xl.template.workbook.draft import Draft
from kam_xl.template.workbook.example_values import Totals, with_values
from kam_xl.template.workbook.functions_sheet import add_functions
from kam_xl.template.workbook.lists_sheet import add_lists
from kam_xl.template.workbook.macros import Macros, with_macros
from kam_xl.template.workbook.operational_sheet import add_operational
from kam_xl.template.workbook.start_sheet import add_start

ZOOM = 100
_NUMBERS_AS_TEXT = '<ignoredErrors><ignoredError sqref="{area}" numberStoredAsText="1"/></ignoredErrors>'
# What may follow ignoredErrors in a sheet ([ECMA-376] 18.3.1.99).
_BEHIND = re.compile(
    r"<(?:smartTags|drawing|legacyDrawing|picture|oleObjects|controls|tableParts|extLst)\b|</worksheet>"
)


def build(lang: str, blank: bool, macros: Macros | None) -> bytes:
    """The file; see `kam_xl.template.workbook.build_workbook`."""
    draft = draw(lang, blank=blank)
    file = BytesIO()
    draft.book.save(file)
    package = repacked(file.getvalue(), _changes(draft))
    return with_macros(package, macros) if macros else package


def draw(lang: str, *, blank: bool = False) -> Draft:
    """All sheets, in the order of their tabs."""
    draft = Draft(lang)
    draft.book.properties.title = TAB.render(lang)
    clients = [] if blank else example.clients(lang)
    totals = Totals.of(clients)
    add_start(draft)
    add_clients(draft, [with_values(row, totals, lang) for row in clients])
    add_competitors(draft, [] if blank else example.competitors(lang))
    add_operational(draft, [] if blank else example.operational(lang), DATE.year if blank else example.YEAR)
    _add_settings(draft)
    add_plan_template(draft.book, draft.painter)
    add_functions(draft)
    add_lists(draft, totals)
    add_conf(draft)
    _finish(draft)
    return draft


def _add_settings(draft: Draft) -> None:
    """The settings, whose values formulas of all sheets use: their names are the book's."""
    canvas = add_settings(draft.book, draft.painter, language=True)
    names = canvas.sheet.defined_names
    for name in [name for name in names if name.startswith("kam_set_")]:
        draft.name(name, names.pop(name).attr_text)
    first, last = names["kam_setting_name"].attr_text, names["kam_setting_value"].attr_text
    draft.name(SETTINGS_RANGE, f"{first.partition(':')[0]}:{last.rpartition(':')[2]}")


def _finish(draft: Draft) -> None:
    """Code names, names to go to, the sheet to begin with."""
    draft.book.code_name = WORKBOOK_CODE_NAME
    for sheet in draft.book:
        mark = mark_of(sheet)
        sheet.sheet_properties.codeName = CODE_NAMES[mark]
        sheet.sheet_view.zoomScale = ZOOM
        sheet.sheet_view.tabSelected = mark == "start"
        if sheet.sheet_state == "visible":
            draft.name(f"kam_go_{mark}", f"'{sheet.title}'!$A$1")
    draft.book.active = 0


def mark_of(sheet: Worksheet) -> str:
    """Which of our sheets it is: the code of an `OurSheet` or a `BookSheet`."""
    names = sheet.defined_names
    return str((names.get("kam_sheet") or names[DATA_MARK]).attr_text).strip('"')


def _changes(draft: Draft) -> dict[str, Change]:
    """What is put into the parts that openpyxl saved."""
    changes: dict[str, Change] = {}
    for number, sheet in enumerate(draft.book, start=1):
        values = draft.values.get(sheet.title, {})
        ids = f"A{FIRST_ROW}:B{LAST_ROW}" if DATA_MARK in sheet.defined_names else ""
        changes[f"xl/worksheets/sheet{number}.xml"] = _sheet_change(values, ids)
    return changes


def _sheet_change(values: dict[str, object], ids: str) -> Change:
    def change(text: str) -> str:
        text = with_cached(text, values)
        if ids:
            place = _BEHIND.search(text)
            at = place.start() if place else len(text)
            text = text[:at] + _NUMBERS_AS_TEXT.format(area=ids) + text[at:]
        return text

    return change
