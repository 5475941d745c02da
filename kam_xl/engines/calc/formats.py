"""Number formats: their codes as Excel writes them in US-English, and what kind of value a cell shows through them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from kam_xl.engines.calc.bridge import service, struct, uno
from kam_xl.engines.errors import EditError
from kam_xl.excel.references import Area
from kam_xl.locale import Text

GENERAL = "General"
_DATE, _TIME, _TEXT, _LOGICAL = 2, 4, 256, 1024  # com.sun.star.util.NumberFormat, which are flags


class Formatted(NamedTuple):
    """Cells of one number format: its key, the cells, and Calc's object for them."""

    key: int
    areas: list[Area]
    cells: Any


class Formats:
    """The number formats of one document."""

    def __init__(self, document: Any, context: Any) -> None:
        self._formats, self._context = document.getNumberFormats(), context
        self._own = document.CharLocale
        self._kinds: dict[int, str] = {}
        self._codes: dict[int, str] = {}
        self._keys: dict[str, int] = {}

    def kind(self, key: int) -> str:
        """What values look like: "date" (with or without a time), "logical", "text", or "" for all others."""
        if key not in self._kinds:
            type_ = self._formats.getByKey(key).Type
            kinds = ((_DATE, "date"), (_TIME, "date"), (_LOGICAL, "logical"), (_TEXT, "text"))
            self._kinds[key] = next((kind for flag, kind in kinds if type_ & flag), "")
        return self._kinds[key]

    def standard(self, kind: str) -> int:
        """The key of the usual format of a kind: "general", "date", "datetime", "time", "logical"."""
        flags = {"general": 0, "date": _DATE, "time": _TIME, "datetime": _DATE | _TIME, "logical": _LOGICAL}
        if kind == "general":
            return int(self._formats.getStandardIndex(self._own))
        return int(self._formats.getStandardFormat(flags[kind], self._own))

    def code(self, key: int) -> str:
        """A format's code in US-English."""
        if key not in self._codes:
            self._codes[key] = self._code(key)
        return self._codes[key]

    def _code(self, key: int) -> str:
        format_ = self._formats.getByKey(key)
        standard = self._formats.getStandardIndex(format_.Locale)
        if key == standard or self.kind(key) == "logical":  # Excel has no format for true and false
            return GENERAL
        # Converted elsewhere, so that the document gets no formats for being asked.
        scratch = service(self._context, "util.NumberFormatsSupplier").getNumberFormats()
        converted = scratch.addNewConverted(format_.FormatString, format_.Locale, _english())
        return str(scratch.getByKey(converted).FormatString)

    def key(self, code: str) -> int:
        """The key of a format by its code in US-English.

        Raises
        ------
        EditError
            If it is not a format.
        """
        if code not in self._keys:
            self._keys[code] = self._key(code)
        return self._keys[code]

    def _key(self, code: str) -> int:
        if code.casefold() == GENERAL.casefold():
            return self.standard("general")
        try:
            return int(self._formats.addNewConverted(code, _english(), self._own))
        except uno().getClass("com.sun.star.util.MalformedNumberFormatException") as error:
            raise EditError(Text("this is not a number format"), got=code) from error


def _english() -> Any:
    return struct("lang.Locale", Language="en", Country="US")


def formatted(cells: Any) -> Iterator[Formatted]:
    """The cells of a range by their number formats."""
    groups = cells.getUniqueCellFormatRanges()
    for index in range(groups.getCount()):
        group = groups.getByIndex(index)
        areas = [area_of(address) for address in group.getRangeAddresses()]
        yield Formatted(group.NumberFormat, areas, group)


def address_of(area: Area, sheet: int) -> Any:
    """The ``CellRangeAddress`` of an area on a sheet, which is counted from 0."""
    return struct(
        "table.CellRangeAddress",
        Sheet=sheet,
        StartColumn=area.left - 1,
        StartRow=area.top - 1,
        EndColumn=area.right - 1,
        EndRow=area.bottom - 1,
    )


def area_of(address: Any) -> Area:
    """The area of a ``CellRangeAddress``, without its sheet."""
    return Area("", address.StartRow + 1, address.StartColumn + 1, address.EndRow + 1, address.EndColumn + 1)
