"""Conditional formats and validations of a sheet that came from another document.

Calc joins equal formats on the way but leaves the old numbers with the cells: a cell shows another's format. And
it compares texts by where they lie in memory; those of the formulas still lie with the other document, so that
``A1="Strong"`` is false whatever A1 says. Made anew, both are right.
"""

from __future__ import annotations

from typing import Any

from kam_xl.engines.calc.formats import formatted

_ENTRIES = ("DataBarEntries", "ColorScaleEntries", "IconSetEntries")
_MEMBERS = ("Type", "Color", "Formula")


def renew(document: Any, sheet: Any) -> None:
    """Make all conditional formats of a sheet anew, and the formulas of its validations."""
    formats = sheet.ConditionalFormats
    before = list(formats.getConditionalFormats())
    for old in before:  # all new ones before the first goes: a number that is free again would be given out
        ranges = document.createInstance("com.sun.star.sheet.SheetCellRanges")
        ranges.addRangeAddresses(old.Range.getRangeAddresses(), False)
        number = formats.createByRange(ranges)
        new = next(each for each in formats.getConditionalFormats() if number == each.ID)
        for index in range(old.getCount()):
            entry = old.getByIndex(index)
            new.createEntry(entry.getType(), index)
            _fill(entry, new.getByIndex(index))
    for old in before:
        formats.removeByID(old.ID)
    _renew_validations(sheet)


def _fill(model: Any, entry: Any) -> None:
    for each in model.getPropertySetInfo().getProperties():
        value = model.getPropertyValue(each.Name)
        if each.Name in _ENTRIES:
            for theirs, ours in zip(value, entry.getPropertyValue(each.Name), strict=False):
                _fill_step(theirs, ours)
        elif value is not None:
            entry.setPropertyValue(each.Name, value)


def _fill_step(model: Any, step: Any) -> None:
    """A step of a scale: what it is, where it is, and of a colour scale its colour."""
    for member in _MEMBERS:
        if hasattr(model, f"get{member}"):
            getattr(step, f"set{member}")(getattr(model, f"get{member}")())


def _renew_validations(sheet: Any) -> None:
    for group in formatted(sheet):
        validation = group.cells.Validation
        if validation is not None and validation.Type.value == "CUSTOM" and '"' in validation.getFormula1():
            validation.setFormula1(validation.getFormula1())
            group.cells.Validation = validation
