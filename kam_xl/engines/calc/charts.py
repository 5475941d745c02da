"""Charts of copied sheets: what a copy loses or leaves behind, put right after its original.

A copy within a document goes on showing the cells of the original; one from another document follows its sheet, but its
series lose names that are texts and no cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any


def follow(original: Any, copy: Any) -> None:
    """Have the charts of a sheet show the same places on it as the charts of the sheet it was copied from.

    Parameters
    ----------
    original, copy : com.sun.star.sheet.Spreadsheet
    """
    theirs, ours = _charts(original), _charts(copy)
    for model, chart in zip(theirs, ours, strict=False):
        chart.lockControllers()
        try:
            _follow(model, chart, _Turn(original.getName(), copy.getName()))
        finally:
            chart.unlockControllers()


def _charts(sheet: Any) -> list[Any]:
    """The charts of a sheet, in the order of their drawing."""
    page, found = sheet.getDrawPage(), []
    for index in range(page.getCount()):
        shape = page.getByIndex(index)
        if shape.supportsService("com.sun.star.drawing.OLE2Shape") and hasattr(shape.Model, "getFirstDiagram"):
            found.append(shape.Model)
    return found


class _Turn:
    """Turns a place on one sheet to the same place on another."""

    def __init__(self, old: str, new: str) -> None:
        self._old = re.compile(rf"\$?(?:'{re.escape(_doubled(old))}'|(?<![\w'.]){re.escape(old)})\.")
        self._new = f"$'{_doubled(new)}'."

    def __call__(self, place: str) -> str:
        if place.startswith('"'):  # a text
            return place
        return self._old.sub(lambda _: self._new, place)


def _doubled(name: str) -> str:
    return name.replace("'", "''")


def _follow(model: Any, chart: Any, turn: _Turn) -> None:
    provider = chart.getDataProvider()
    if provider is None:
        return
    for theirs, ours in zip(_sequences(model), _sequences(chart), strict=False):
        for read, write, now in (
            (theirs.getValues, ours.setValues, ours.getValues),
            (theirs.getLabel, ours.setLabel, ours.getLabel),
        ):
            sequence, present = read(), now()
            if sequence is None:
                continue
            place = turn(sequence.getSourceRangeRepresentation())
            if present is None or present.getSourceRangeRepresentation() != place:
                made = provider.createDataSequenceByRangeRepresentation(place)
                made.Role = sequence.Role
                write(made)


def _sequences(chart: Any) -> Iterator[Any]:
    """Every labelled sequence of cells of a chart: its categories, then its series."""
    diagram = chart.getFirstDiagram()
    for system in diagram.getCoordinateSystems() if diagram else ():
        for dimension in range(system.getDimension()):
            for index in range(system.getMaximumAxisIndexByDimension(dimension) + 1):
                axis = system.getAxisByDimension(dimension, index)
                categories = axis.getScaleData().Categories if axis else None
                if categories is not None:
                    yield categories
        for kind in system.getChartTypes():
            for series in kind.getDataSeries():
                yield from series.getDataSequences()
