"""The facts about a workbook file on which its macros depend."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl.engines.file.parts.workbook import Workbook
from kam_xl.install.xlwings_config import INACTIVE, SHEET, read_book_config, read_user_config

# A module's text begins with this word in its compressed form, whole because nothing came before it.
_MODULE = re.compile(rb"\x01..\x00Attribut", re.DOTALL)
_XLWINGS = re.compile(rb'XLWINGS_VERSION As String = "([\w.]+)"')


@dataclass(frozen=True)
class BookFacts:
    """A workbook, as far as its macros depend on it.

    Attributes
    ----------
    path : Path
    has_macros : bool
    xlwings : str
        The version of the xlwings macros in it, blank where there are none.
    config : mapping or None
        Its own xlwings configuration, keys in capitals; None where it has none.
    switched_off : bool
        Whether it has a configuration under a name that xlwings passes over.
    zone : int or None
        Windows' mark of where the file came from: 3 the internet, 4 a dangerous place.
    folder_config : mapping
        What a file xlwings.conf beside it says, keys in capitals.
    """

    path: Path
    has_macros: bool = False
    xlwings: str = ""
    config: Mapping[str, str] | None = None
    switched_off: bool = False
    zone: int | None = None
    folder_config: Mapping[str, str] = field(default_factory=dict)


def facts_of(path: Path) -> BookFacts:
    """The facts about a workbook file.

    Raises
    ------
    KamError
        Where it cannot be read.
    """
    app = xw.engines["file"].apps.add()
    try:
        book = app.books.open(path)
        project = _project(book.api)
        config = read_book_config(book)
        names = [sheet.name.casefold() for sheet in book.sheets]
    finally:
        app.quit()
    beside = read_user_config(path.absolute().with_name(SHEET))
    return BookFacts(path, bool(project), xlwings_of(project), config, INACTIVE in names, zone_of(path), beside)


def _project(workbook: Workbook) -> bytes:
    part = workbook.package.part_of_type(workbook.part, "vbaProject")
    return workbook.package.read(part) if part else b""


def xlwings_of(project: bytes) -> str:
    """The version of xlwings' macros in a VBA project, blank where they are not there."""
    heads = (decompressed(project[match.start() + 1 :]) for match in _MODULE.finditer(project))
    return next((version[1].decode() for head in heads if (version := _XLWINGS.search(head))), "")


def decompressed(chunk: bytes) -> bytes:
    """The first 4096 bytes of a module's text; [MS-OVBA] 2.4.1 says how a chunk is compressed.

    >>> packed = "2fb000236161616263646582660070616768696a013808616b6c00306d6e6f700671027004107273747576107778797a003c"
    >>> decompressed(bytes.fromhex(packed))
    b'#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa'
    """
    size = (int.from_bytes(chunk[:2], "little") & 0x0FFF) + 3
    text = bytearray()
    at, end = 2, min(size, len(chunk))
    while at < end:
        flags, at = chunk[at], at + 1
        for bit in range(8):
            if at >= end:
                break
            if not flags >> bit & 1:
                text.append(chunk[at])
                at += 1
                continue
            token, at = int.from_bytes(chunk[at : at + 2], "little"), at + 2
            bits = max((len(text) - 1).bit_length(), 4)
            length = (token & (0xFFFF >> bits)) + 3
            start = len(text) - (token >> (16 - bits)) - 1
            if start < 0:
                return bytes(text)  # not what it looked like
            for offset in range(length):
                text.append(text[start + offset])
    return bytes(text)


def zone_of(path: Path) -> int | None:
    """Windows' mark on a file that came from elsewhere, in a stream beside its contents; None where there is none."""
    try:
        text = Path(f"{path}:Zone.Identifier").read_text("utf-8", errors="replace")
    except OSError:
        return None
    match = re.search(r"ZoneId=(\d)", text)
    return int(match[1]) if match else None


def unblock(path: Path) -> None:
    """Take the mark off, as the box Unblock in the file's properties does."""
    Path(f"{path}:Zone.Identifier").unlink(missing_ok=True)
