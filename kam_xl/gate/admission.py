"""Whether a file may be opened by a reader, and its sheets be read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kam_xl.gate import binary, excel_97, open_document, open_xml
from kam_xl.gate.kinds import FileKind, kind_of_archive
from kam_xl.gate.limits import LIMITS, ReadingLimits
from kam_xl.ooxml.archive import OLE2, Archive, refuse_encrypted
from kam_xl.ooxml.package import Package


@dataclass(frozen=True)
class Admission:
    """A workbook file that a reader may open.

    Attributes
    ----------
    kind : FileKind
        Its format.
    package : Package or None
        Its parts; None of .xls and .ods.
    """

    path: Path
    kind: FileKind
    package: Package | None
    limits: ReadingLimits

    @cached_property
    def _texts(self) -> open_xml.Texts:
        assert self.package is not None  # noqa: S101 (only asked for Open XML)
        return open_xml.shared_texts(self.package)

    def check_sheet(self, content: bytes, name: str) -> None:
        """Refuse a sheet of an Open XML workbook that is too large to read; other formats were checked as a whole."""
        extent = open_xml.extent(content, self._texts, self.limits)
        extent.check(f"{self.path.name} ({name})", self.limits)


def admit(path: Path, limits: ReadingLimits = LIMITS) -> Admission:
    """Check a workbook file before any reader sees it.

    Formats that readers load as a whole (.xls, .xlsb, .ods) are checked as a whole; sheets of an Open XML workbook when
    they are asked for, by `Admission.check_sheet`.

    Raises
    ------
    PackageError
        If it is not a workbook, damaged, encrypted, or would take far more memory than it is worth.
    OSError
        If it cannot be read.
    """
    data = path.read_bytes()
    if data.startswith(OLE2):
        refuse_encrypted(data, path.name)
        excel_97.check(data, path.name, limits)
        return Admission(path, FileKind.XLS, None, limits)
    archive = Archive(data, path.name)
    kind, package = kind_of_archive(archive)
    if kind is FileKind.ODS:
        open_document.check(archive, limits)
    elif package is not None and kind is FileKind.XLSB:
        binary.check(package, limits)
    elif package is not None:
        open_xml.check_sheets(package, limits)
        open_xml.check_texts(package)
    return Admission(path, kind, package, limits)


def admit_whole(path: Path, limits: ReadingLimits = LIMITS) -> None:
    """Check a workbook file with all its sheets, for a program that opens it as a whole; other files are not for us.

    Raises
    ------
    PackageError, OSError
        As `admit`.
    """
    with path.open("rb") as file:
        if not file.read(len(OLE2)).startswith((OLE2, b"PK")):
            return
    admission = admit(path, limits)
    package = admission.package
    if package is None or admission.kind is FileKind.XLSB:  # checked as a whole
        return
    workbook = package.part_of_type("", "officeDocument") or ""
    package.text(workbook)  # which must be sound, and define no entities
    for rel in package.rels(workbook):
        if rel.kind == "worksheet" and rel.part:
            admission.check_sheet(package.read(rel.part), rel.part)
