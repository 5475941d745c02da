"""Copies of sheets, within a document and from one into another."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from kam_xl.engines.calc import charts, conditions, views
from kam_xl.engines.calc.bridge import uno
from kam_xl.engines.calc.document import Document
from kam_xl.engines.calc.formats import formatted


def within(document: Document, original: Any, name: str, index: int) -> Any:
    """A copy of a sheet in its own document, at a place counted from 0."""
    sheets = document.model.getSheets()
    sheets.copyByName(original.getName(), name, index)
    copy = sheets.getByIndex(index)
    if not conditions.kept(original, copy):
        conditions.renew(document.model, document.model, copy)
    charts.follow(document, original, copy)
    return copy


def across(source: Document, original: Any, target: Document, name: str, index: int) -> Any:
    """A copy of a sheet in another document.

    Names, conditional formats and validations come by themselves. Page style, frozen rows, names of series that are
    texts, and names of tables are brought after them; a table is called otherwise where its name is taken.
    """
    sheets = target.model.getSheets()
    with _named(original, name):
        index = sheets.importSheet(source.model, name, index)
    copy = sheets.getByIndex(index)
    if copy.getName() != name:
        copy.setName(name)
    _base(source, original, target, copy)
    copy.PageStyle = _page_style(source, original.PageStyle, target)
    views.carry(target.context, source.model, original, target.model, copy)
    copy.IsVisible = original.IsVisible
    _tables(source, original, target, copy)
    conditions.renew(source.model, target.model, copy)
    charts.follow(target, original, copy)
    return copy


class _named:  # noqa: N801 (used as a function)
    """The original under the name of the copy: what refers to the sheet by name refers to the copy then."""

    def __init__(self, sheet: Any, name: str) -> None:
        self._sheet, self._name, self._own = sheet, name, sheet.getName()

    def __enter__(self) -> None:
        if self._name != self._own:
            self._sheet.setName(self._name)

    def __exit__(self, *_: object) -> None:
        if self._name != self._own:
            self._sheet.setName(self._own)


def _base(source: Document, original: Any, target: Document, copy: Any) -> None:
    """Give cells of the copy what they took from the source's default style, where the target has another one."""
    theirs, ours = (
        each.model.getStyleFamilies().getByName("CellStyles").getByName("Default") for each in (source, target)
    )
    names = tuple(name for name in conditions.COVERED if theirs.getPropertyValue(name) != ours.getPropertyValue(name))
    if not names:
        return
    for group in formatted(original):
        looks = group.cells.getPropertyValues(names)
        for area in group.cells.getRangeAddresses():
            corners = (area.StartColumn, area.StartRow, area.EndColumn, area.EndRow)
            copy.getCellRangeByPosition(*corners).setPropertyValues(names, looks)


def _page_style(source: Document, name: str, target: Document) -> str:
    """The name of a page style in the target that is as the source's of this name."""
    ours = target.model.getStyleFamilies().getByName("PageStyles")
    theirs = source.model.getStyleFamilies().getByName("PageStyles").getByName(name)
    fresh = _free(name, ours.hasByName)
    ours.insertByName(fresh, target.model.createInstance("com.sun.star.style.PageStyle"))
    style = ours.getByName(fresh)
    refused = tuple(
        uno().getClass(f"com.sun.star.{error}")
        for error in ("beans.PropertyVetoException", "uno.RuntimeException", "lang.IllegalArgumentException")
    )
    for each in theirs.getPropertySetInfo().getProperties():
        with suppress(*refused):  # some cannot be set, or not in this state of others
            style.setPropertyValue(each.Name, theirs.getPropertyValue(each.Name))
    return fresh


def _tables(source: Document, original: Any, target: Document, copy: Any) -> None:
    """Name the tables of a copied sheet as they were, where the name is free."""
    place, theirs = original.getRangeAddress().Sheet, source.model.DatabaseRanges
    ours, new_place = target.model.DatabaseRanges, copy.getRangeAddress().Sheet
    for name in theirs.getElementNames():
        table = theirs.getByName(name)
        area = table.getDataArea()
        if area.Sheet != place:
            continue
        area.Sheet = new_place
        present = [each for each in map(ours.getByName, ours.getElementNames()) if _same(each.getDataArea(), area)]
        if not present:
            fresh = _free(name, ours.hasByName)
            ours.addNewByName(fresh, area)
            made = ours.getByName(fresh)
            for setting in ("ContainsHeader", "TotalsRow", "AutoFilter"):
                made.setPropertyValue(setting, table.getPropertyValue(setting))


def _same(one: Any, other: Any) -> bool:
    fields = ("Sheet", "StartRow", "StartColumn", "EndRow", "EndColumn")
    return all(getattr(one, field) == getattr(other, field) for field in fields)


def _free(name: str, taken: Any) -> str:
    number, free = 2, name
    while taken(free):
        free, number = f"{name}_{number}", number + 1
    return free
