"""Conditional formats and validations of copied sheets, from another document above all.

Four things go wrong on the way. Calc joins equal formats but leaves the old numbers with the cells, so that a cell
shows another's format; that happens within a document too. It compares texts by where they lie in memory, and those of
the formulas still lie with the other document: ``A1="Strong"`` is false whatever A1 says. The styles of the formats get
the default style of the document as their parent, whose font then covers the cells' own. And where the document has
styles of the same names, which Calc numbers in each, Calc confuses them. So all formats are made anew, with
styles that say what the cells under them look like.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from kam_xl.engines.calc.bridge import constant, properties, struct
from kam_xl.engines.calc.formats import Formatted, area_of, formatted
from kam_xl.excel.references import Area
from kam_xl.excel.shifting import shifted

_ENTRIES = ("DataBarEntries", "ColorScaleEntries", "IconSetEntries")
_CONDITION = 0  # com.sun.star.sheet.ConditionEntryType
_MEMBERS = ("Type", "Color", "Formula")
_FORMULAS = ("Formula1", "Formula2")
# What a default style may say about all cells, in the order that the call wants.
COVERED = (
    "CharColor",
    "CharFontName",
    "CharHeight",
    "CharPosture",
    "CharUnderline",
    "CharWeight",
    "HoriJustify",
    "IsTextWrapped",
    "VertJustify",
)


def renew(source: Any, document: Any, sheet: Any) -> None:
    """Make all conditional formats of a sheet anew, and the formulas of its validations.

    Their numbers begin with 1 then, without gaps: a copy of the sheet is right only so.
    """
    if sheet.ConditionalFormats.getConditionalFormats():
        _Renewal(source, document, sheet).run()
    _renew_validations(sheet)


def kept(original: Any, copy: Any) -> bool:
    """Whether the conditional formats of a copy are still those of its cells: numbered alike, from 1 without gaps."""
    numbers = [[each.ID for each in sheet.ConditionalFormats.getConditionalFormats()] for sheet in (original, copy)]
    return numbers[0] == numbers[1] == list(range(1, len(numbers[0]) + 1))


class Condition(NamedTuple):
    """A condition, a data bar, or a scale: its kind, what it says, and the steps of a scale."""

    kind: int
    properties: dict[str, object]
    steps: dict[str, list[dict[str, object]]]


class _Renewal:
    """The conditional formats of one sheet."""

    def __init__(self, source: Any, document: Any, sheet: Any) -> None:
        self._document, self._sheet, self._formats = document, sheet, sheet.ConditionalFormats
        self._originals = source.getStyleFamilies().getByName("CellStyles")
        self._styles = document.getStyleFamilies().getByName("CellStyles")
        default = self._styles.getByName("Default")
        covered = [name for name in COVERED if default.getPropertyState(name).value == "DIRECT_VALUE"]
        self._names = tuple(covered)
        self._groups = list(formatted(sheet))
        self._known: dict[tuple[str, str], str] = {}

    def run(self) -> None:
        before = list(self._formats.getConditionalFormats())
        known = [_read(each) for each in before]
        for each in before:
            self._formats.removeByID(each.ID)
        entries = self._sheet.ConditionalFormat
        entries.clear()
        self._sheet.ConditionalFormat = entries  # takes the old numbers from the cells
        for areas, entries in known:
            for looks, places in self._by_looks(areas):
                self._make(entries, _base(areas), looks, places)

    def _by_looks(self, areas: list[Area]) -> Iterator[tuple[tuple[object, ...], list[Area]]]:
        """The cells of a format by what they look like, as far as the default style would cover it."""
        groups: dict[str, tuple[tuple[object, ...], list[Area]]] = {}
        for group in self._groups:
            places = [both for one in areas for other in group.areas if (both := _common(one, other))]
            if places:
                looks = self._looks(group)
                groups.setdefault(repr(looks), (looks, []))[1].extend(places)
        yield from groups.values()

    def _looks(self, group: Formatted) -> tuple[object, ...]:
        return tuple(group.cells.getPropertyValues(self._names)) if self._names else ()

    def _make(self, entries: list[Condition], first: Area, looks: tuple[object, ...], places: list[Area]) -> None:
        base = _base(places)
        rows, columns = base.top - first.top, base.left - first.left
        new = self._new(places, base)
        # Bars and scales know no order; of conditions there is one already, which cannot be taken away.
        entries = sorted(entries, key=lambda entry: entry.kind != _CONDITION)
        for index, entry in enumerate(entries, start=entries[0].kind != _CONDITION):
            if index:
                new.createEntry(entry.kind, index)
            _fill(entry, new.getByIndex(index), rows, columns)
            if "StyleName" in entry.properties:
                new.getByIndex(index).StyleName = self._style(str(entry.properties["StyleName"]), looks)

    def _new(self, places: list[Area], base: Area) -> Any:
        """A format of cells with one condition that never holds.

        The call that makes empty ones does not tell the cells of them; this older one does.
        """
        known = {each.ID for each in self._formats.getConditionalFormats()}
        ranges = self._ranges(places)
        conditions = ranges.ConditionalFormat
        conditions.clear()
        formula = constant("com.sun.star.sheet.ConditionOperator.FORMULA")
        sheet = self._sheet.getRangeAddress().Sheet
        place = struct("table.CellAddress", Sheet=sheet, Row=base.top - 1, Column=base.left - 1)
        conditions.addNew(properties(Operator=formula, Formula1="1=0", StyleName="Default", SourcePosition=place))
        ranges.ConditionalFormat = conditions
        return next(each for each in self._formats.getConditionalFormats() if each.ID not in known)

    def _ranges(self, areas: list[Area]) -> Any:
        ranges = self._document.createInstance("com.sun.star.sheet.SheetCellRanges")
        for area in areas:
            address = self._groups[0].cells.getRangeAddresses()[0]
            address.StartRow, address.EndRow = area.top - 1, area.bottom - 1
            address.StartColumn, address.EndColumn = area.left - 1, area.right - 1
            ranges.addRangeAddress(address, False)
        return ranges

    def _style(self, name: str, looks: tuple[object, ...]) -> str:
        """The name of a style that says all that the source's one does, and of the rest what the cells look like.

        A style of the same name that is here already may be quite another one: Calc numbers them in each document.
        """
        key = name, repr(looks)
        if key not in self._known:
            styles = self._originals if self._originals.hasByName(name) else self._styles
            self._known[key] = self._new_style(styles.getByName(name), looks)
        return self._known[key]

    def _new_style(self, model: Any, looks: tuple[object, ...]) -> str:
        number = 1
        while self._styles.hasByName(free := f"{model.getName()} {number}"):
            number += 1
        self._styles.insertByName(free, self._document.createInstance("com.sun.star.style.CellStyle"))
        style = self._styles.getByName(free)
        for name, value in zip(self._names, looks, strict=True):
            style.setPropertyValue(name, value)
        for each in model.getPropertySetInfo().getProperties():
            if each.Name in _STYLED and model.getPropertyState(each.Name).value == "DIRECT_VALUE":
                style.setPropertyValue(each.Name, model.getPropertyValue(each.Name))
        return free


# What a conditional format may change.
_STYLED = frozenset((*COVERED, "CellBackColor", "CharStrikeout", "NumberFormat")) | {
    f"{side}Border" for side in ("Top", "Bottom", "Left", "Right")
}


def _base(areas: list[Area]) -> Area:
    """The cell from which Calc reads the formulas of a format: the corner of the block around all its cells."""
    top, left = min(area.top for area in areas), min(area.left for area in areas)
    return Area("", top, left, top, left)


def _common(one: Area, other: Area) -> Area | None:
    """The cells that two areas share."""
    top, left = max(one.top, other.top), max(one.left, other.left)
    bottom, right = min(one.bottom, other.bottom), min(one.right, other.right)
    return Area("", top, left, bottom, right) if top <= bottom and left <= right else None


def _read(format_: Any) -> tuple[list[Area], list[Condition]]:
    areas = [area_of(address) for address in format_.Range.getRangeAddresses()]
    return areas, [_entry(format_.getByIndex(index)) for index in range(format_.getCount())]


def _entry(model: Any) -> Condition:
    properties = {each.Name: model.getPropertyValue(each.Name) for each in model.getPropertySetInfo().getProperties()}
    steps = {name: [_step(step) for step in properties.pop(name)] for name in _ENTRIES if name in properties}
    return Condition(model.getType(), properties, steps)


def _step(step: Any) -> dict[str, object]:
    """A step of a scale: what it is, where it is, and of a colour scale its colour."""
    return {member: getattr(step, f"get{member}")() for member in _MEMBERS if hasattr(step, f"get{member}")}


def _fill(entry: Condition, target: Any, rows: int, columns: int) -> None:
    """Have an entry say what another one said, with formulas read from a cell further down and right."""
    for name, value in entry.properties.items():
        if name in _FORMULAS:
            target.setPropertyValue(name, shifted(str(value), rows, columns))
        elif value is not None:
            target.setPropertyValue(name, value)
    for name, steps in entry.steps.items():
        for members, step in zip(steps, target.getPropertyValue(name), strict=False):
            for member, value in members.items():
                getattr(step, f"set{member}")(value)


def _renew_validations(sheet: Any) -> None:
    for group in formatted(sheet):
        validation = group.cells.Validation
        if validation is not None and validation.Type.value == "CUSTOM" and '"' in validation.getFormula1():
            validation.setFormula1(validation.getFormula1())
            group.cells.Validation = validation
