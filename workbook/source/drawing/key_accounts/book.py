"""Puts the sheets of the workbook together and makes a file of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from io import BytesIO

from openpyxl.worksheet.worksheet import Worksheet

from drawing.bubble_labels import labelled
from drawing.key_accounts import CODE_NAMES, WORKBOOK_CODE_NAME, example
from drawing.key_accounts.cached import with_members
from drawing.key_accounts.cached import with_values as with_cached
from drawing.key_accounts.card_sheet import add_card
from drawing.key_accounts.conf_sheet import add_conf
from drawing.key_accounts.data_sheets import FIRST_ROW, LAST_ROW, add_clients, add_competitors
from drawing.key_accounts.draft import Draft
from drawing.key_accounts.example import Cells
from drawing.key_accounts.example_values import Totals, with_values
from drawing.key_accounts.functions_sheet import add_functions
from drawing.key_accounts.lists_sheet import add_lists, add_live_lists
from drawing.key_accounts.live_list import add_live_list
from drawing.key_accounts.live_portfolio import add_live_portfolio
from drawing.key_accounts.live_start import add_live_start
from drawing.key_accounts.macros import Macros, with_macros
from drawing.key_accounts.operational_sheet import add_operational
from drawing.key_accounts.start_sheet import add_start
from drawing.package import DATE, Change, repacked
from drawing.plan_sheet import add_plan_template
from drawing.settings_sheet import add_settings
from kam_xl.functions import FUNCTIONS
from kam_xl.plan.book_sheets import DATA_MARK, SETTINGS_RANGE
from kam_xl.plan.commands import TAB

ZOOM = 100
_NUMBERS_AS_TEXT = '<ignoredErrors><ignoredError sqref="{area}" numberStoredAsText="1"/></ignoredErrors>'
# A blank cell that openpyxl calls a number: some programs take it for 0.
_BLANK = re.compile(r'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?) t="n" ?(?:/>|></c>)')
# What may follow ignoredErrors in a sheet ([ECMA-376] 18.3.1.99).
_BEHIND = re.compile(
    r"<(?:smartTags|drawing|legacyDrawing|picture|oleObjects|controls|tableParts|extLst)\b|</worksheet>"
)


def build(lang: str, blank: bool, macros: Macros | None) -> bytes:
    """The file; see `drawing.key_accounts.build_workbook`."""
    package = _saved(draw(lang, blank=blank))
    return with_macros(package, macros) if macros else package


def build_live(lang: str, blank: bool) -> bytes:
    """The file without macros, whose functions are LAMBDA names; see `drawing.key_accounts.build_live_workbook`."""
    from lambdas.values import fill

    draft = draw_live(lang, blank=blank)
    fill(_saved(draft), draft.values, draft.book.sheetnames)
    return _saved(draft)


def _saved(draft: Draft) -> bytes:
    file = BytesIO()
    draft.book.save(file)
    return repacked(file.getvalue(), _changes(draft))


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


def draw_live(lang: str, *, blank: bool = False) -> Draft:
    """All sheets of the workbook without macros."""
    from lambdas.book import add_names
    from lambdas.functions import LEFT_OUT

    draft = Draft(lang, lambdas=True)
    draft.book.properties.title = TAB.render(lang)
    clients = [] if blank else example.clients(lang)
    totals = Totals.of(clients)
    add_live_start(draft)
    # ironcalc takes the column of a table of one row for a cell, so a blank one begins with two
    add_clients(draft, [with_values(row, totals, lang) for row in clients] or [{}, {}])
    add_live_list(draft)
    add_live_portfolio(draft)
    add_card(draft, "" if blank else _contested(example.competitors(lang)))
    add_competitors(draft, [] if blank else example.competitors(lang))
    add_operational(draft, [] if blank else example.operational(lang), DATE.year if blank else example.YEAR)
    _add_settings(draft)
    add_plan_template(draft.book, draft.painter)
    add_functions(draft, {name: each for name, each in FUNCTIONS.items() if name not in LEFT_OUT})
    add_live_lists(draft, totals)
    add_names(draft)
    _finish(draft, code_names={})
    return draft


def _contested(competitors: Sequence[Cells]) -> str:
    """The client with the most competitors: its card has something everywhere."""
    return str(Counter(row["client"] for row in competitors).most_common(1)[0][0])


def _add_settings(draft: Draft) -> None:
    """The settings, whose values formulas of all sheets use: their names are the book's."""
    canvas = add_settings(draft.book, draft.painter, language=True)
    names = canvas.sheet.defined_names
    for name in [name for name in names if name.startswith("kam_set_")]:
        draft.name(name, names.pop(name).attr_text)
    first, last = names["kam_setting_name"].attr_text, names["kam_setting_value"].attr_text
    draft.name(SETTINGS_RANGE, f"{first.partition(':')[0]}:{last.rpartition(':')[2]}")


def _finish(draft: Draft, code_names: Mapping[str, str] = CODE_NAMES) -> None:
    """Code names, names to go to, the sheet to begin with."""
    draft.book.code_name = WORKBOOK_CODE_NAME if code_names else None
    for sheet in draft.book:
        mark = mark_of(sheet)
        sheet.sheet_properties.codeName = code_names.get(mark)
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
    changes: dict[str, Change] = {"xl/charts/": labelled(draft.book)}
    for number, sheet in enumerate(draft.book, start=1):
        values = draft.kept(sheet.title)
        ids = f"A{FIRST_ROW}:B{LAST_ROW}" if DATA_MARK in sheet.defined_names else ""
        changes[f"xl/worksheets/sheet{number}.xml"] = _sheet_change(values, ids)
    return changes


def _sheet_change(values: dict[str, object], ids: str) -> Change:
    def change(text: str) -> str:
        text = with_members(with_cached(_BLANK.sub(r"\1/>", text), values), values)
        if ids:
            place = _BEHIND.search(text)
            at = place.start() if place else len(text)
            text = text[:at] + _NUMBERS_AS_TEXT.format(area=ids) + text[at:]
        return text

    return change
