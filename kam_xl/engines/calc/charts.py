"""Charts of sheets: what a copy loses or leaves behind, and labels that Calc does not take from the cells by itself.

A copy within a document goes on showing the cells of the original; one from another document follows its sheet, but its
series lose names that are texts and no cells. Labels from cells show the texts that the file brought.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from kam_xl.engines.calc.bridge import uno
from kam_xl.excel.addresses import located

if TYPE_CHECKING:
    from kam_xl.engines.calc.document import Document


def follow(document: Document, original: Any, copy: Any) -> None:
    """Have the charts of a sheet show the same places on it as the charts of the sheet it was copied from.

    Parameters
    ----------
    document : Document
        In which the copy is.
    original, copy : com.sun.star.sheet.Spreadsheet
    """
    turn = _Turn(original.getName(), copy.getName())
    for model, chart in zip(_charts(original), _charts(copy), strict=False):
        if chart.getDataProvider() is None:
            continue
        chart.lockControllers()
        try:
            _follow(document, chart, turn, _by_place(model, turn))
            for _, _, field in _cell_labels(chart):
                field.CellRange = turn.in_excel(field.CellRange)
        finally:
            chart.unlockControllers()


def refresh(document: Document, sheet: Any) -> None:
    """Have labels that come from cells show what these hold now."""
    for chart in _charts(sheet):
        shown: dict[str, list[str]] = {}
        for index, point, field in _cell_labels(chart):
            place = field.CellRange
            if place not in shown:
                shown[place] = _texts(document, place)
            text = shown[place][index] if index < len(shown[place]) else ""
            if field.String != text:
                field.String = text
                point.CustomLabelFields = point.CustomLabelFields  # tells the chart


def _cell_labels(chart: Any) -> Iterator[tuple[int, Any, Any]]:
    """Labels that come from cells: the number of the point in its series, the point, the field of its label."""
    from_cells = uno().Enum("com.sun.star.chart2.DataPointCustomLabelFieldType", "CELLRANGE")
    for series in _series(chart):
        for index in series.AttributedDataPoints or ():
            point = series.getDataPointByIndex(index)
            # A series whose cells are all blank or hidden has no points, though some bear labels.
            for field in (point.CustomLabelFields or ()) if point else ():
                if field.FieldType == from_cells and field.CellRange:
                    yield index, point, field


def _texts(document: Document, place: str) -> list[str]:
    """The texts of a column or row of cells, given in Excel's grammar."""
    area = located(place)
    sheets = document.model.getSheets()
    if area is None or not sheets.hasByName(area.sheet):
        return []
    cells = sheets.getByName(area.sheet).getCellRangeByName(area._replace(sheet="").address())
    return [str(value) for row in cells.getDataArray() for value in row]


def _charts(sheet: Any) -> list[Any]:
    """The charts of a sheet, in the order of their drawing."""
    page, charts = sheet.getDrawPage(), []
    for index in range(page.getCount()):
        shape = page.getByIndex(index)
        if shape.supportsService("com.sun.star.drawing.OLE2Shape") and hasattr(shape.Model, "getFirstDiagram"):
            charts.append(shape.Model)
    return charts


class _Turn:
    """Turns a place on one sheet to the same place on another."""

    def __init__(self, old: str, new: str) -> None:
        doubled = re.escape(old.replace("'", "''"))
        self._old = re.compile(rf"\$?(?:'{doubled}'|(?<![\w'.]){re.escape(old)})(?=[.!])")
        self._new = "'" + new.replace("'", "''") + "'"

    def __call__(self, place: str) -> str:
        """In Calc's grammar; a text is not a place."""
        return place if place.startswith('"') else self._old.sub(lambda _: f"${self._new}", place)

    def in_excel(self, place: str) -> str:
        return self._old.sub(lambda _: self._new, place)


def _by_place(model: Any, turn: _Turn) -> dict[tuple[str, str], Any]:
    """The sequences of a chart by their place, which may be turned already, and by their role."""
    sequences = {}
    for sequence in _sequences(model):
        values = sequence.getValues()
        if values is not None:
            place = values.getSourceRangeRepresentation()
            sequences[place, _role(values)] = sequences[turn(place), _role(values)] = sequence
    return sequences


def _role(values: Any) -> str:
    """What a sequence is to its chart; a copy of the categories has lost the word."""
    return values.Role or "categories"


def _follow(document: Document, chart: Any, turn: _Turn, originals: dict[tuple[str, str], Any]) -> None:
    for sequence in _sequences(chart):
        values = sequence.getValues()
        if values is None:
            continue
        original = originals.get((values.getSourceRangeRepresentation(), _role(values)))
        if original is not None:
            _put(document, chart, turn, original.getValues(), values, sequence.setValues)
            _put(document, chart, turn, original.getLabel(), sequence.getLabel(), sequence.setLabel)


def _put(document: Document, chart: Any, turn: _Turn, original: Any, present: Any, put: Callable[[Any], None]) -> None:
    if original is None:
        return
    place = turn(original.getSourceRangeRepresentation())
    if present is None or present.getSourceRangeRepresentation() != place:
        made = _sequence(document, chart.getDataProvider(), place)
        if made is not None:
            made.Role = _role(original)
            put(made)


def _sequence(document: Document, provider: Any, place: str) -> Any:
    if place.startswith('"'):  # the other call would take a text with a comma for two
        tokens = document.formulas.tokens(place)
        return provider.createDataSequenceByFormulaTokens(tokens)
    return provider.createDataSequenceByRangeRepresentation(place)


def _systems(chart: Any) -> Iterator[Any]:
    diagram = chart.getFirstDiagram()
    yield from diagram.getCoordinateSystems() if diagram else ()


def _series(chart: Any) -> Iterator[Any]:
    for system in _systems(chart):
        for kind in system.getChartTypes():
            yield from kind.getDataSeries()


def _sequences(chart: Any) -> Iterator[Any]:
    """Every labelled sequence of cells of a chart: its categories, then its series."""
    for system in _systems(chart):
        for dimension in range(system.getDimension()):
            for index in range(system.getMaximumAxisIndexByDimension(dimension) + 1):
                axis = system.getAxisByDimension(dimension, index)
                categories = axis.getScaleData().Categories if axis else None
                if categories is not None:
                    yield categories
    for series in _series(chart):
        yield from series.getDataSequences()
