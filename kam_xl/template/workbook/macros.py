"""Macros and ribbon in the package of a workbook: put in, taken out. Nothing here knows how they are written."""

from __future__ import annotations

from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kam_xl.template.package import DATE

PROJECT, RIBBON = "xl/vbaProject.bin", "customUI/customUI14.xml"
_PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_WITH_MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_BINARY = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
_TO_PROJECT = (
    '<Relationship Id="rIdKamMacros" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
    'Target="vbaProject.bin"/>'
)
_TO_RIBBON = (
    '<Relationship Id="rIdKamRibbon" Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility" '
    f'Target="{RIBBON}"/>'
)


class Macros(NamedTuple):
    """The bytes of vbaProject.bin and of the ribbon's part."""

    project: bytes
    ribbon: bytes

    @classmethod
    def of(cls, package: bytes) -> Macros:
        """Those of a workbook with macros."""
        with ZipFile(BytesIO(package)) as opened:
            return cls(opened.read(PROJECT), opened.read(RIBBON))


def with_macros(package: bytes, macros: Macros) -> bytes:
    """The same workbook as one with macros; its sheets must bear the code names of the project's document modules."""
    packed = BytesIO()
    with ZipFile(BytesIO(package)) as source, ZipFile(packed, "w") as target:
        for name in source.namelist():
            target.writestr(_entry(name), _changed(name, source.read(name)), ZIP_DEFLATED)
        target.writestr(_entry(PROJECT), macros.project, ZIP_DEFLATED)
        target.writestr(_entry(RIBBON), macros.ribbon, ZIP_DEFLATED)
    return packed.getvalue()


def _entry(name: str) -> ZipInfo:
    return ZipInfo(name, DATE.timetuple()[:6])


def _changed(name: str, data: bytes) -> bytes:
    if name == "[Content_Types].xml":
        text = data.decode().replace(_PLAIN, _WITH_MACROS)
        return text.replace("<Default ", _BINARY + "<Default ", 1).encode()
    added = {"_rels/.rels": _TO_RIBBON, "xl/_rels/workbook.xml.rels": _TO_PROJECT}.get(name)
    return data.replace(b"</Relationships>", f"{added}</Relationships>".encode()) if added else data
