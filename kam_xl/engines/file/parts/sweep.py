"""What a whole book says about one of its sheets, when that sheet is renamed or deleted.

Formulas in cells, conditional formats, validations, tables, charts, controls and names follow, as they do in Excel.
Texts within formulas (``INDIRECT("Old!A1")``) and macros do not, neither do they in Excel.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kam_xl.engines.file.errors import UnsupportedError
from kam_xl.engines.file.parts.names.tabs import SheetEntry
from kam_xl.engines.file.parts.workbook import Workbook
from kam_xl.excel.references import in_text, moved, quoted, same, sheets, spans_renamed
from kam_xl.locale import Text
from kam_xl.ooxml import xml

# Parts that can hold formulas or the names of sheets, by a word of their content types.
_SPEAKING = re.compile(r"sheet\+xml|chart|drawing|table|pivotCacheDefinition|controlproperties", re.IGNORECASE)
_PIVOT = re.compile(r'(<(?:\w+:)?worksheetSource\b[^>]*?\ssheet=")([^"]*)(")')
_PIVOT_CHART = re.compile(r"(<(?:\w+:)?pivotSource>\s*<(?:\w+:)?name>\[[^\]<]*\])([^<!]*)(![^<]*<)")


def rename(workbook: Workbook, entry: SheetEntry, name: str) -> None:
    """Give a sheet another name; what the book says about the sheet follows, as in Excel."""
    workbook.tabs.check_name(name, entry)
    old = entry.name
    if old == name:
        return

    def change(formula: str) -> str:
        return spans_renamed(moved(formula, old, quoted(name) + "!"), old, name)

    def whole(text: str) -> str:
        text = in_text(text, lambda formula: _as_in_xml(formula, change))
        text = _PIVOT.sub(lambda match: match[1] + _exchanged(match[2], old, name) + match[3], text)
        return _PIVOT_CHART.sub(lambda match: match[1] + _exchanged(match[2], old, name) + match[3], text)

    _sweep(workbook, entry, old, whole)
    for defined in [*workbook.names.of(None), *workbook.names.of(entry)] if entry.fresh else workbook.names:
        defined.refers_to = change(defined.refers_to)
    workbook.tabs.rename(entry, name)


def sweep_formulas(workbook: Workbook, word: str, change: Callable[[str], str]) -> None:
    """Change every formula of the book that may refer to something called `word`."""
    _sweep(workbook, None, word, lambda text: in_text(text, lambda formula: _as_in_xml(formula, change)))
    for defined in workbook.names:
        if word.casefold() in defined.refers_to.casefold():
            defined.refers_to = change(defined.refers_to)


def delete(workbook: Workbook, entry: SheetEntry) -> None:
    """Take a sheet out of the book, with everything that belongs to it alone; references to it become ``#REF!``.

    Raises
    ------
    UnsupportedError
        If something that stays depends on the sheet: slicers, macros, sums through several sheets.
    """
    _refuse_bound(workbook, entry)
    old = entry.name

    def change(formula: str) -> str:
        struck = moved(formula, old, "#REF!")
        if ":" in struck and any(same(old, name) for name in sheets(struck)):
            raise UnsupportedError(
                Text("the sheet is the end of a range of sheets in a formula"), where=old, got=formula, remedy=_IN_EXCEL
            )
        return struck

    _sweep(workbook, entry, old, lambda text: in_text(text, lambda formula: _as_in_xml(formula, change)))
    for defined in list(workbook.names):
        if defined.sheet is entry:
            workbook.names.delete(defined)
        else:
            defined.refers_to = change(defined.refers_to)
    workbook.tabs.remove(entry)
    workbook.forget(entry)
    workbook.unrelate([entry.rel_id])


def _refuse_bound(workbook: Workbook, entry: SheetEntry) -> None:
    """Refuse to delete a sheet that something which stays depends on, and that Excel alone can untangle."""
    kinds = {rel.kind for rel in workbook.package.rels(entry.part)} if entry.part else set()
    caches = {rel.kind for rel in workbook.package.rels(workbook.part)} & {"slicerCache", "timelineCache"}
    fault = None
    if kinds & {"slicer", "timeline"} or ("pivotTable" in kinds and caches):
        fault = Text("the sheet has slicers or timelines")
    elif workbook.has_macros and not entry.fresh:
        fault = Text("the workbook's macros have a module for the sheet")
    if fault:
        raise UnsupportedError(fault, where=entry.name, remedy=_IN_EXCEL)
    workbook.tabs.check_removal(entry)


_IN_EXCEL = Text("Delete the sheet in Excel.")


def _sweep(workbook: Workbook, entry: SheetEntry | None, name: str, change: Callable[[str], str]) -> None:
    """Change the text of every part that refers to a sheet; all of them, or none where one cannot be changed."""
    package, loaded = workbook.package, workbook.loaded()
    # A sheet that came after the file was read is known to itself and to what was written since, to nothing else.
    written = [part for part, sheet in loaded.items() if sheet.changed or sheet.replaced]
    parts = {entry.part, *package.reachable(entry.part or ""), *written} if entry and entry.fresh else package.names()
    changed: dict[str, str] = {}
    word = max(re.split(r"[&<>\"']", name), key=len).casefold()  # what escaping leaves as it is
    for part in filter(None, parts):
        if part in package and _SPEAKING.search(package.content_type(part)):
            sheet = loaded.get(part)
            if not (sheet.may_mention(word) if sheet else word in package.text(part).casefold()):
                continue
            text = sheet.text if sheet else package.text(part)
            new = change(text)
            if new != text:
                changed[part] = new
    for part, new in changed.items():
        workbook.touch(part)
        if part in loaded:
            loaded[part].replace(new)
        else:
            package.put(part, new)


def _as_in_xml(formula: str, change: Callable[[str], str]) -> str:
    plain = xml.unescape(formula)
    changed = change(plain)
    if changed == plain:
        return formula
    # Quotes stand as they are between tags, and never within an attribute.
    return xml.escape(changed) if '"' in formula else xml.quote(changed)


def _exchanged(name: str, old: str, new: str) -> str:
    return xml.quote(new) if xml.unescape(name).casefold() == old.casefold() else name
