"""Whether a workbook of any format has a defined name, without reading the workbook."""

from __future__ import annotations

from pathlib import Path

from kam_xl.gate.compound import CompoundFile
from kam_xl.gate.kinds import kind_of_archive
from kam_xl.ooxml.archive import OLE2, Archive


def holds_name(path: Path, name: str) -> bool:
    """Whether a name stands in the part of a workbook that holds its names; `name` is ASCII.

    Raises
    ------
    PackageError, OSError
    """
    return times_named(path, name) > 0


def times_named(path: Path, name: str) -> int:
    """How often a name stands there: once for each sheet that has one of its own.

    Raises
    ------
    PackageError, OSError
    """
    data = path.read_bytes()
    content = _old(data, path.name) if data.startswith(OLE2) else _packed(Archive(data, path.name))
    return content.count(name.encode("ascii")) + content.count(name.encode("utf-16-le"))


def _old(data: bytes, where: str) -> bytes:
    file = CompoundFile(data, where)
    return b"".join(file.stream(name) for name in file.streams if name.casefold() in ("workbook", "book"))


def _packed(archive: Archive) -> bytes:
    _, package = kind_of_archive(archive)
    if package is not None:
        return package.read(package.part_of_type("", "officeDocument") or "")
    return b"".join(archive.read(entry) for entry in archive.entries if entry.name == "content.xml")
