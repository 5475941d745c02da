"""The language of a workbook: our own texts in another one, what people typed as it is.

Texts are changed where they still stand as we wrote them: titles, instructions, the words of drop-downs, formulas over
titles, names of sheets, the rows of the bundled example. Everything goes through xlwings' object model, so that it
works in Excel, in LibreOffice and on files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import xlwings as xw

from kam_xl.actions.book.lists import List
from kam_xl.actions.book.protection import refuse_protected
from kam_xl.actions.book.sheets import NamedSheet, cells_named
from kam_xl.engines.charts import put_chart_words
from kam_xl.engines.drop_downs import offer
from kam_xl.engines.values import put
from kam_xl.errors import KamError
from kam_xl.excel.references import Area
from kam_xl.locale import LANGUAGES, Text
from kam_xl.plan.account.plan_fields import PLAN_FIELDS, PLAN_NAMES
from kam_xl.plan.book_sheets import DATA_MARK, LANGUAGE_CELL, BookSheet
from kam_xl.plan.fields import Kind, OurSheet
from kam_xl.plan.reports.conflicts import CONFLICTS, HINT, Choice, conflicts_summary, title_of

if TYPE_CHECKING:
    from kam_xl.template.wording import SheetWording


def language_of(book: xw.Book) -> str:
    """The language that a workbook says it speaks; blank where it does not say, as books that are not ours."""
    cell = cells_named(book, LANGUAGE_CELL)
    lang = str(cell.value if cell else "").strip().lower()
    return lang if lang in LANGUAGES else ""


def switch(book: xw.Book, lang: str) -> int:
    """Put our texts of a workbook into another language; returns how many cells were changed.

    What people typed stays, and so do answers of the last build: building or refreshing again brings those.

    Parameters
    ----------
    book : xlwings.Book
        Any workbook with sheets of ours.
    lang : str
        One of `kam_xl.locale.LANGUAGES`.
    """
    from kam_xl.template.wording import wording

    changed, sheets = 0, list(_our_sheets(book))
    refuse_protected(book, (ours for _, ours in sheets))
    # Titles of the client table first: formulas of other sheets refer to them.
    for kind, ours in sorted(sheets, key=lambda each: each[0] != BookSheet.CLIENTS):
        for source in LANGUAGES:
            if source != lang and (words := wording(source, lang).get(kind)):
                changed += _switch_sheet(kind, ours, words)
        if kind == OurSheet.PLAN:
            changed += _switch_choices(ours, lang)
            _offer_words(ours, lang)
        if kind == OurSheet.CONFLICTS:
            changed += _switch_conflicts(ours, lang)
    if cell := cells_named(book, LANGUAGE_CELL):
        cell.value = lang
    return changed


def _our_sheets(book: xw.Book) -> Iterator[tuple[str, NamedSheet]]:
    for sheet in book.sheets:
        named = NamedSheet(sheet)
        if kind := named.kind or named.constant(DATA_MARK):
            yield kind, named


def _switch_sheet(kind: str, ours: NamedSheet, words: SheetWording) -> int:
    from kam_xl.actions.book.texts import Page, switch_table, switch_texts

    if ours.title == words.title[0]:
        ours.sheet.name = words.title[1]
    page = Page(ours.sheet)
    fields = _field_cells(ours) if kind in tuple(OurSheet) and kind != OurSheet.SETTINGS else set()
    switch_texts(page, words, fields)
    if words.table:
        switch_table(page, words.table)
    put_chart_words(ours.sheet, words.charts)
    return page.changed


def _field_cells(ours: NamedSheet) -> set[tuple[int, int]]:
    """Cells of fields and the rows of lists: they hold answers and what people typed, and none of our fixed texts."""
    if ours.kind == OurSheet.PLAN:
        ours.know(PLAN_NAMES)
        areas = list(ours.areas(PLAN_NAMES).values())
    else:
        fields = (name for name in ours.names() if name.startswith("kam_") and not name.startswith("kam_col_"))
        areas = list(ours.areas(fields).values())
    bodies = (table.data_body_range for table in ours.sheet.tables)
    areas += [Area("", body.row, body.column, *_last(body)) for body in bodies if body]
    return {place for area in areas for place in area.cells()}


def _last(cells: xw.Range) -> tuple[int, int]:
    """Row and column of the last cell."""
    return cells.row + cells.shape[0] - 1, cells.column + cells.shape[1] - 1


def _switch_choices(plan: NamedSheet, lang: str) -> int:
    """Answers that were chosen from the drop-downs of a plan, in the words that these offer from now on."""
    changed = 0
    for name, choices in _offered().items():
        words = _in_other_words([each for each in choices if isinstance(each, Text)], lang)
        for at, value in enumerate(plan.cells(name) if words and name in plan else ()):
            if isinstance(value, str) and value in words:
                put(plan[name][at], [[words[value]]])
                changed += 1
    return changed


def _switch_conflicts(sheet: NamedSheet, lang: str) -> int:
    """What the list of conflicts says itself: its head, what each cell is called, and choices."""
    the_list, changed = List(sheet, CONFLICTS), 0
    rows = the_list.rows()
    head = {"kam_summary": conflicts_summary(len(rows)), "kam_hint": HINT}
    for name, text in head.items():
        if name in sheet and (new := _in_other_words([text], lang).get(str(sheet.cells(name)[0]))):
            put(sheet[name][0], [[new]])
            changed += 1
    chosen = _in_other_words([each.label for each in Choice], lang)
    for row in rows:
        key = str(row.ours.get("key") or "")
        titles = {title_of(key, source): title_of(key, lang) for source in LANGUAGES if source != lang}
        for code, words in (("what", titles), ("choice", chosen)):
            if (new := words.get(str(row.ours.get(code)))) and code in the_list.offsets:
                put(sheet.sheet.range((row.number, the_list.left + the_list.offsets[code])), [[new]])
                changed += 1
    return changed


def _in_other_words(texts: Sequence[Text], lang: str) -> dict[str, str]:
    """What these texts are in every other language, and in this one."""
    return {text.render(source): text.render(lang) for text in texts for source in LANGUAGES if source != lang}


def _offered() -> Mapping[str, tuple[Any, ...]]:
    """The fields of a plan that have a drop-down, and what it offers."""
    return {name: field.choices for name, field in PLAN_FIELDS.items() if field.choices and field.kind != Kind.COMPUTED}


def _offer_words(plan: NamedSheet, lang: str) -> None:
    """The drop-downs of a plan in the language, where the program can be told."""
    for name, choices in _offered().items():
        words = [each.render(lang) if isinstance(each, Text) else str(each) for each in choices]
        if name in plan:
            with suppress(KamError, NotImplementedError):
                offer(plan[name], words)
