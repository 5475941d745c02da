"""What a user names, as files to read: patterns, folders, gz and zip, each file once and in the order of names."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator, Sequence
from glob import glob, has_magic
from pathlib import Path
from typing import NamedTuple

from kam_xl.files.archives import opening, unpack
from kam_xl.files.names import as_spelt
from kam_xl.files.secrets import without_password
from kam_xl.ledger.errors import SourceError
from kam_xl.locale import Text

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_READ = (".csv", ".txt", ".tsv", ".parquet", ".xlsx", ".xlsm", ".xlsb", ".xls", ".gz", ".zip")
# An archive that unfolds to more than this many times its size, and to more than the least, is not a ledger.
_MOST, _LEAST = 200, 1 << 20


class Named(NamedTuple):
    """A file to read, and the name that the user knows it by: that of the archive where it comes from one."""

    path: Path
    shown: Path


def files_named(names: Sequence[str], folder: Path) -> list[Named]:
    """All files that are named, those of archives unpacked into a temporary folder.

    Raises
    ------
    SourceError
        Where no file matches this name, or an archive is damaged or far too large.
    """
    files: dict[Path, Named] = {}
    for name in names:
        for path in _paths(name if name.isascii() else str(as_spelt(Path(name)))):
            for each in _unpacked(path, folder):
                files.setdefault(each.path.absolute(), each)
    return list(files.values())


def _paths(name: str) -> list[Path]:
    paths = sorted(glob(name, recursive=True)) if has_magic(name) and not Path(name).exists() else [name]  # noqa: PTH207
    files: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            if str(path) == name.rstrip("/\\") or str(path) == str(Path(name)):
                files += sorted(filter(_is_table, path.iterdir()))
        else:
            files.append(path)
    if not files:
        got = without_password(name)
        raise SourceError(Text("no file matches this name"), got=got, remedy=Text("Check the name and the folder."))
    return files


def _is_table(path: Path) -> bool:
    """Whether a file of a folder or an archive may be a table: not what programs and systems leave beside them."""
    hidden = path.name.startswith(("~$", ".")) or "__MACOSX" in path.parts
    return path.suffix.lower() in _READ and not hidden


def _unpacked(path: Path, folder: Path) -> Iterator[Named]:
    start = _start(path)
    if start.startswith(_GZIP):
        target = folder / f"{len(list(folder.iterdir()))}-{path.stem}"
        with opening(path, SourceError), gzip.open(path) as stream:
            unpack(stream, target, _most(path), path, SourceError)
        yield Named(target, path)
    elif start.startswith(_ZIP) and not _is_workbook(path):
        with opening(path, SourceError), zipfile.ZipFile(path) as archive:
            members = [each for each in archive.infolist() if _is_table(Path(each.filename))]
            if not members:
                raise SourceError(Text("the archive holds no table"), where=str(path))
            for member in members:
                target = folder / f"{len(list(folder.iterdir()))}-{Path(member.filename).name}"
                with archive.open(member) as stream:
                    unpack(stream, target, _most(path), path, SourceError)
                yield Named(target, path.with_name(f"{path.name}:{Path(member.filename).name}"))
    else:
        yield Named(path, path)


def _start(path: Path) -> bytes:
    if not path.is_file():  # whoever reads it tells
        return b""
    try:
        with path.open("rb") as file:
            return file.read(4)
    except OSError:  # the same
        return b""


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "[Content_Types].xml" in archive.namelist() or "mimetype" in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return True  # whoever reads it tells


def _most(archive: Path) -> int:
    return max(archive.stat().st_size * _MOST, _LEAST)
