"""Files as sources: which reader a file needs is seen from its first bytes, not from its name."""

from __future__ import annotations

from codecs import BOM_UTF8
from pathlib import Path
from typing import Literal

from kam_xl.locale import Text
from kam_xl.table.errors import FileUnreadableError
from kam_xl.table.grid import Source
from kam_xl.table.parquet_file import read_parquet_file
from kam_xl.table.text_file import read_text_file
from kam_xl.table.workbook_file import WorkbookFile, protected

_ZIP, _PARQUET, _OLE2 = b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The stream that holds an encrypted workbook inside an OLE2 file, as its directory spells it.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# What some programs export under the name of a workbook.
_MARKUP = (b"<html", b"<!doctype", b"<?xml", b"<table", b"<meta")
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")


def open_file(path: Path) -> Source:
    """A file as a source.

    Raises
    ------
    FileUnreadableError
        Where there is no such file, or it is empty, damaged, protected by a password or of another kind.
    """
    path = Path(path)
    kind = kind_of(path)
    if kind == "text":
        return read_text_file(path, path.read_bytes())
    return WorkbookFile(path) if kind == "workbook" else read_parquet_file(path)


def kind_of(path: Path) -> Literal["workbook", "parquet", "text"]:
    """What a file is.

    Raises
    ------
    FileUnreadableError
        Where there is no such file, or it is empty, protected by a password or of another kind.
    """
    data = _start(path)
    if data.startswith(_OLE2) and _ENCRYPTED in path.read_bytes():
        raise protected(path)
    if data.startswith((_ZIP, _OLE2)):
        return "workbook"
    if data.startswith(_PARQUET):
        return "parquet"
    if data.startswith(_OTHERS):
        raise _unreadable(path, Text("this is neither a workbook nor a table"))
    if data.removeprefix(BOM_UTF8).lstrip().lower().startswith(_MARKUP):
        raise FileUnreadableError(
            Text("this is a web page or XML under another name"),
            where=str(path),
            remedy=Text("Open it in Excel, save it as .xlsx and try again."),
        )
    return "text"


def _start(path: Path) -> bytes:
    if path.is_dir():
        raise _unreadable(path, Text("this is a folder, not a file"))
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except FileNotFoundError as error:
        raise FileUnreadableError(
            Text("there is no such file"), where=str(path), remedy=Text("Check the name and the folder.")
        ) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise FileUnreadableError(Text("the file cannot be read ({why})", why=why), where=str(path)) from error
    if not start:
        raise _unreadable(path, Text("the file is empty"))
    return start


def _unreadable(path: Path, what: Text) -> FileUnreadableError:
    return FileUnreadableError(what, where=str(path), remedy=Text("Give an .xlsx, .xlsm, .csv or .parquet file."))
