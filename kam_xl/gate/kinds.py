"""What kind of workbook a file is: told by its content, never by its name."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from kam_xl.locale import Text
from kam_xl.ooxml.archive import OLE2, Archive
from kam_xl.ooxml.content_types import PART as CONTENT_TYPES
from kam_xl.ooxml.errors import NotAWorkbookError
from kam_xl.ooxml.package import Package

_ODF = b"application/vnd.oasis.opendocument.spreadsheet"
_MAIN = {
    "spreadsheetml.sheet.main": "xlsx",
    "sheet.macroEnabled.main": "xlsm",
    "spreadsheetml.template.main": "xltx",
    "template.macroEnabled.main": "xltm",
    "addin.macroEnabled.main": "xlsm",
    "sheet.binary.macroEnabled.main": "xlsb",
}


class FileKind(Enum):
    """A format of workbooks."""

    XLSX = "xlsx"
    XLSM = "xlsm"
    XLTX = "xltx"
    XLTM = "xltm"
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"

    @property
    def is_open_xml(self) -> bool:
        """Whether its parts are XML as Excel writes it, so that the file engine carries the whole workbook."""
        return self in (FileKind.XLSX, FileKind.XLSM, FileKind.XLTX, FileKind.XLTM)

    @property
    def has_macros(self) -> bool:
        """Whether files of this kind may hold macros, and a workbook made from one must be an .xlsm."""
        return self in (FileKind.XLSM, FileKind.XLTM)


def kind_of(path: Path) -> FileKind | None:
    """The kind of workbook in a file; None where it is not a workbook (text, parquet, a picture).

    Raises
    ------
    PackageError
        If it looks like a workbook, but is damaged, encrypted or unsafe.
    OSError
        If it cannot be read.
    """
    with path.open("rb") as stream:
        start = stream.read(8)
    if start.startswith(OLE2):
        return FileKind.XLS
    if not start.startswith(b"PK"):
        return None
    archive = Archive(path.read_bytes(), path.name)
    return kind_of_archive(archive)[0]


def kind_of_archive(archive: Archive) -> tuple[FileKind, Package | None]:
    """The kind of workbook in an archive, and its package where it is one.

    Raises
    ------
    NotAWorkbookError
        If it is an archive of something else.
    """
    names = {entry.name: entry for entry in archive.entries}
    if CONTENT_TYPES in names:
        package = Package(archive)
        main = package.part_of_type("", "officeDocument")
        content_type = package.content_type(main) if main else ""
        kind = next((kind for mark, kind in _MAIN.items() if mark in content_type), None)
        if kind:
            return FileKind(kind), package
    elif "mimetype" in names and archive.read(names["mimetype"]).startswith(_ODF):
        return FileKind.ODS, None
    raise NotAWorkbookError(
        Text("the workbook is damaged or is not a workbook"),
        where=archive.where,
        remedy=Text("Open it in Excel, save it as .xlsx and try again."),
    )
