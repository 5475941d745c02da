"""Macros and ribbon in the package of a workbook: put in, taken out. Nothing here knows how they are written."""

from __future__ import annotations

from typing import NamedTuple

from drawing.package import packed
from kam_xl.ooxml.package import Package

PROJECT, RIBBON = "xl/vbaProject.bin", "customUI/customUI14.xml"
_BOOK = "xl/workbook.xml"
_WITH_MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_PROJECT_TYPE = "application/vnd.ms-office.vbaProject"
_TO_PROJECT = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_TO_RIBBON = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"


class Macros(NamedTuple):
    """The bytes of vbaProject.bin and of the ribbon's part."""

    project: bytes
    ribbon: bytes

    @classmethod
    def of(cls, package: bytes) -> Macros:
        """Those of a workbook with macros."""
        opened = Package.from_bytes(package)
        return cls(opened.read(PROJECT), opened.read(RIBBON))


def with_macros(package: bytes, macros: Macros) -> bytes:
    """The same workbook as one with macros; its sheets must bear the code names of the project's document modules."""
    opened = Package.from_bytes(package)
    opened.types.set(_BOOK, _WITH_MACROS)
    opened.put(PROJECT, macros.project, _PROJECT_TYPE)
    opened.relate(_BOOK, _TO_PROJECT, PROJECT)
    opened.put(RIBBON, macros.ribbon, "application/xml")
    opened.relate("", _TO_RIBBON, RIBBON)
    return packed(opened)
