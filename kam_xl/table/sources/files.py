"""Files as sources: which reader a file needs is seen from its first bytes, not from its name."""

from __future__ import annotations

from codecs import BOM_UTF8
from pathlib import Path
from typing import Literal
from zipfile import BadZipFile, ZipFile

from kam_xl.errors import system_reason, why_unreadable
from kam_xl.files.secrets import without_password
from kam_xl.locale import Text
from kam_xl.table.errors import FileUnreadableError
from kam_xl.table.grid import Source
from kam_xl.table.sources.many_files import read_folder, read_gzip, read_zip
from kam_xl.table.sources.markup_file import read_markup_file
from kam_xl.table.sources.parquet_file import read_parquet_file
from kam_xl.table.sources.text_file import check_size, read_text_file
from kam_xl.table.sources.workbook_file import WorkbookFile, protected

_GZIP = b"\x1f\x8b"
_PACKAGE = ("[Content_Types].xml", "mimetype")
_LOCAL_HEADER, _LONGEST = 30, max(map(len, _PACKAGE))
_ZIP, _PARQUET, _OLE2 = b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The stream that holds an encrypted workbook inside an OLE2 file, as its directory spells it.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# What some programs export under the name of a workbook.
_MARKUP = (b"<html", b"<!doctype", b"<?xml", b"<table", b"<meta")
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"7z\xbc\xaf", b"Rar!")


def open_file(path: Path, encoding: str = "") -> Source:
    """A file as a source; `encoding` is that of a text, found out by default.

    Raises
    ------
    FileUnreadableError
        Where there is no such file, or it is empty, damaged, protected by a password or of another kind.
    UnsafeFileError
        Where it is too large.
    """
    path = Path(path)
    if path.is_dir():
        return read_folder(path, lambda each: open_file(each, encoding))
    kind = kind_of(path)
    if kind in ("gzip", "zip"):
        return (read_gzip if kind == "gzip" else read_zip)(path, lambda each: open_file(each, encoding))
    if kind in ("text", "markup"):
        check_size(path)
        return (read_text_file if kind == "text" else read_markup_file)(path, path.read_bytes(), encoding)
    return WorkbookFile(path) if kind == "workbook" else read_parquet_file(path)


def kind_of(path: Path) -> Literal["workbook", "parquet", "text", "markup", "gzip", "zip"]:
    """What a file is.

    Raises
    ------
    FileUnreadableError
        Where there is no such file, or it is empty, protected by a password or of another kind.
    """
    data = _start(path)
    if data.startswith(_OLE2) and _ENCRYPTED in path.read_bytes():
        raise protected(path)
    if data.startswith(_ZIP) and not _is_package(path):
        return "zip"
    if data.startswith((_ZIP, _OLE2)):
        return "workbook"
    if data.startswith(_GZIP):
        return "gzip"
    if data.startswith(_PARQUET):
        return "parquet"
    if data.startswith(_OTHERS):
        raise _unreadable(path, Text("this is neither a workbook nor a table"))
    if data.removeprefix(BOM_UTF8).lstrip().lower().startswith(_MARKUP):
        return "markup"
    return "text"


def is_workbook(path: Path) -> bool:
    """Whether a path is a workbook itself, not a text, a folder or an archive of them."""
    return not path.is_dir() and kind_of(path) == "workbook"


def _is_package(path: Path) -> bool:
    """Whether a zip file is a workbook: a package of Open XML or an OpenDocument; what is damaged counts as one."""
    try:
        with path.open("rb") as file:
            if _first_entry(file.read(_LOCAL_HEADER + _LONGEST)) in _PACKAGE:
                return True  # as most programs write it: no need to read the names of thousands of sheets
        with ZipFile(path) as archive:
            names = archive.namelist()
            return any(name in _PACKAGE or name.startswith(("xl/", "word/", "ppt/")) for name in names)
    except (BadZipFile, OSError):
        return True


def _first_entry(start: bytes) -> str:
    """The name of the first entry of a zip file that begins so."""
    length = int.from_bytes(start[_LOCAL_HEADER - 4 : _LOCAL_HEADER - 2], "little")
    return start[_LOCAL_HEADER : _LOCAL_HEADER + length].decode("cp437")


def check_readable(path: Path) -> None:
    """Refuse a name that is not that of a file to read; a connection string in its place keeps its password.

    >>> check_readable(Path("postgresql://kam:secret@server/sales"))
    Traceback (most recent call last):
    kam_xl.table.errors.FileUnreadableError: postgresql:/kam:…@server/sales: there is no such file. Check the name
    and the folder.

    Raises
    ------
    FileUnreadableError
    """
    if why := why_unreadable(path):
        what, remedy = why
        name = path.as_posix()
        hidden = without_password(name)
        raise FileUnreadableError(what, where=str(path) if hidden == name else hidden, remedy=remedy)


def _start(path: Path) -> bytes:
    check_readable(path)
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError as error:
        why = system_reason(error)
        raise FileUnreadableError(Text("the file cannot be read ({why})", why=why), where=str(path)) from error
    if not start:
        raise _unreadable(path, Text("the file is empty"))
    return start


def _unreadable(path: Path, what: Text) -> FileUnreadableError:
    return FileUnreadableError(what, where=str(path), remedy=Text("Give an .xlsx, .xlsm, .csv or .parquet file."))
