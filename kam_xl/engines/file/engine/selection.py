"""The cells that somebody had selected when a book was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kam_xl.engines.file.engine.range import Range
from kam_xl.excel import addresses
from kam_xl.excel.references import Area
from kam_xl.ooxml import xml

if TYPE_CHECKING:
    from kam_xl.engines.file.engine.sheets import Sheet


_FIRST = "topLeft"  # the pane that is active where a view does not say


class Selection(Range):
    """A range that may have several areas; as in Excel its address names them all, everything else means the first."""

    def __init__(self, sheet: Sheet, areas: list[Area]) -> None:
        super().__init__(sheet, areas[0].top, areas[0].left, *areas[0].shape)
        self.areas = areas

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        if external or len(self.areas) == 1:
            return super().get_address(row_absolute, col_absolute, external)
        return ",".join(addresses.address(area, row_absolute, col_absolute) for area in self.areas)


def selected(sheet: Sheet) -> Selection:
    """The selection of a sheet's first view, in its active pane; A1 where the file does not say."""
    frame = sheet.part.frame
    view = next(iter(xml.find_all(frame, "sheetView")), None)
    panes = list(xml.children(frame, view, "selection")) if view else []
    frozen = xml.child(frame, view, "pane") if view else None
    wanted = xml.attributes(xml.tag(frame, frozen)).get("activePane", _FIRST) if frozen else _FIRST
    selections = [xml.attributes(xml.tag(frame, each)) for each in panes]
    first = selections[0] if selections else {}
    active = next((each for each in selections if each.get("pane", _FIRST) == wanted), first)
    areas = [area for address in active.get("sqref", "A1").split() if (area := addresses.parse(address))]
    return Selection(sheet, areas or [Area("", 1, 1, 1, 1)])
