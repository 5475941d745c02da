"""What is printed of a sheet, and books as PDF."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from kam_xl.engines.calc.bridge import properties, uno, url
from kam_xl.engines.calc.formats import address_of, area_of
from kam_xl.engines.calc.gaps import named_gaps
from kam_xl.engines.errors import EditError
from kam_xl.excel.addresses import address, parse
from kam_xl.locale import Text

if TYPE_CHECKING:
    from kam_xl.engines.calc.sheets import Sheet

_QUALITY = {"standard": 90, "minimum": 50}  # of pictures, in percent


@named_gaps
class PageSetup(base_classes.PageSetup):
    """What is printed of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> Any:
        """The page style of the sheet."""
        styles = self._sheet.book.api.getStyleFamilies().getByName("PageStyles")
        return styles.getByName(self._sheet.api.PageStyle)

    @property
    def print_area(self) -> str | None:
        areas = self._sheet.api.getPrintAreas()
        return ",".join(address(area_of(area)) for area in areas) or None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        self._sheet.api.setPrintAreas(tuple(self._address(part) for part in (value or "").split(",") if part))

    def _address(self, part: str) -> Any:
        area = parse(part.strip())
        if area is None:
            raise EditError(Text("this is not a range of cells"), where=self._sheet.name, got=part)
        return address_of(area, self._sheet.position)


def to_pdf(document: Any, path: str, quality: str, selection: Any = None) -> None:
    """Write a document, or some cells of it, as a PDF; hidden sheets are left out."""
    options: dict[str, object] = {"Quality": _QUALITY[quality]}
    if selection is not None:
        options["Selection"] = selection
    data = uno().Any("[]com.sun.star.beans.PropertyValue", properties(**options))
    with _without_areas_of_hidden_sheets(document):
        document.storeToURL(url(path), properties(FilterName="calc_pdf_Export", FilterData=data))


@contextmanager
def _without_areas_of_hidden_sheets(document: Any) -> Iterator[None]:
    """Calc prints hidden sheets, too, if they have a print area."""
    sheets = document.getSheets()
    hidden = [sheet for sheet in map(sheets.getByIndex, range(sheets.getCount())) if not sheet.IsVisible]
    areas = [(sheet, printed) for sheet in hidden if (printed := sheet.getPrintAreas())]
    try:
        for sheet, _ in areas:
            sheet.setPrintAreas(())
        yield
    finally:
        for sheet, printed in areas:
            sheet.setPrintAreas(printed)
