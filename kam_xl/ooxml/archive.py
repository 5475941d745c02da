"""Zip files as a package needs them: entries read with every check, or handed out still compressed.

A file is read into memory once and closed: nothing holds it open, and what other programs do to it meanwhile cannot
get mixed into ours.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import BinaryIO

from kam_xl.locale import Text
from kam_xl.ooxml.errors import DamagedFileError, EncryptedFileError, NotAWorkbookError, UnsafeFileError

isal: ModuleType | None
try:
    from isal import isal_zlib as isal
except ImportError:  # no wheel for this platform: the standard library is slower, the content the same
    isal = None
zlib_like: ModuleType = isal or zlib
_LARGE = 4 << 20
BLOCK = 1 << 20
"""How much of a long content is packed, unpacked or read at once."""

_LOCAL_HEADER = struct.Struct("<4s5HLLLHH")
OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")  # how a compound file begins: an .xls, or anything with a password
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,
    ValueError,
    struct.error,
    OSError,
    EOFError,
    OverflowError,
    IndexError,
)


@dataclass(frozen=True)
class Limits:
    """How far a file may expand before it is treated as an attack.

    `ratio` bounds how many times larger than the file its contents may be; it counts from `ratio_from` bytes on,
    because small parts of a workbook compress very well.
    """

    file_size: int = 2 << 30
    total_size: int = 8 << 30
    entries: int = 200_000
    ratio: float = 100.0
    ratio_from: int = 32 << 20


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the archive, as its directory describes it."""

    name: str
    info: zipfile.ZipInfo
    offset: int  # of the compressed data

    @property
    def stored_name(self) -> bytes:
        """The name's bytes as they stand in the file."""
        return self.info.orig_filename.encode("utf-8" if self.info.flag_bits & 0x800 else "cp437")


class FileBytes:
    """The bytes of an open file, read when they are asked for: a whole file of them takes no memory.

    >>> FileBytes(io.BytesIO(b"PK content"))[:2]
    b'PK'
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self._length = stream, stream.seek(0, io.SEEK_END)

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, place: slice) -> bytes:
        start, stop, _ = place.indices(self._length)
        self.stream.seek(start)
        return self.stream.read(max(stop - start, 0))

    def checksum(self) -> int:
        """The checksum of the whole."""
        checksum = 0
        for start in range(0, self._length, BLOCK):
            checksum = zlib_like.crc32(self[start : start + BLOCK], checksum)
        return checksum


def deflated(content: Iterable[bytes]) -> tuple[bytes, int, int]:
    """A part compressed, its length and its checksum: fast where the fast library is there, else the usual way, quicker
    for very large parts. How the fast library compresses depends on the processor, what comes out of it does not."""
    if isal is not None:
        packer = isal.compressobj(1, zlib.DEFLATED, -15)
    else:
        small = isinstance(content, Sequence) and sum(map(len, content)) < _LARGE
        packer = zlib.compressobj(6 if small else 3, zlib.DEFLATED, -15)
    packed, size, checksum = [], 0, 0
    for chunk in content:
        packed.append(packer.compress(chunk))
        size += len(chunk)
        checksum = zlib_like.crc32(chunk, checksum)
    return b"".join([*packed, packer.flush()]), size, checksum


class Packed:
    """A part's content that is compressed at once: as it will be written, and so that thousands take little memory.

    >>> b"".join(Packed(b"content"))
    b'content'
    """

    __slots__ = ("parts",)

    def __init__(self, content: bytes) -> None:
        self.parts = deflated([content])

    def __iter__(self) -> Iterator[bytes]:
        packed, size, _ = self.parts
        return _inflated(packed, size, BLOCK)


class Archive:
    """The entries of a zip file.

    Parameters
    ----------
    data : bytes or FileBytes
        The whole file.
    where : str
        Its name, for messages.
    limits : Limits
        What it may unfold into.

    Raises
    ------
    EncryptedFileError, NotAWorkbookError, DamagedFileError, UnsafeFileError
        If it is not a zip file that can be trusted.
    """

    def __init__(self, data: bytes | FileBytes, where: str = "", limits: Limits = LIMITS) -> None:
        self.data, self.where = data, where
        _refuse_other_formats(data, where)
        try:
            stream = io.BytesIO(data) if isinstance(data, bytes) else data.stream
            infos = zipfile.ZipFile(stream).infolist()
            self.entries = [self._entry(info) for info in infos]
        except _ZIP_FAULTS as error:
            raise DamagedFileError(
                Text("the file is damaged and cannot be unpacked"), where=where, remedy=_DAMAGED_REMEDY
            ) from error
        _refuse_bombs(infos, where, limits)
        self._refuse_overlaps()

    def _entry(self, info: zipfile.ZipInfo) -> Entry:
        header = _LOCAL_HEADER.unpack(self.data[info.header_offset : info.header_offset + _LOCAL_HEADER.size])
        if header[0] != b"PK\3\4":
            raise zipfile.BadZipFile("no local header")
        offset = info.header_offset + _LOCAL_HEADER.size + header[9] + header[10]
        if offset + info.compress_size > len(self.data):
            raise zipfile.BadZipFile("the entry ends behind the file")
        if info.flag_bits & 0x1:
            raise EncryptedFileError(Text("the file is encrypted"), where=self.where, remedy=_ENCRYPTED_REMEDY)
        return Entry(_safe_name(info, self.where), info, offset)

    def _refuse_overlaps(self) -> None:
        end = 0
        for entry in sorted(self.entries, key=lambda entry: entry.info.header_offset):
            if entry.info.header_offset < end:
                raise UnsafeFileError(Text("entries of the file overlap"), where=self.where, got=entry.name)
            end = entry.offset + entry.info.compress_size

    def raw(self, entry: Entry) -> bytes:
        """An entry as it stands in the file, still compressed."""
        return self.data[entry.offset : entry.offset + entry.info.compress_size]

    def read(self, entry: Entry) -> bytes:
        """An entry's content, its length and checksum checked."""
        return b"".join(self.chunks(entry, entry.info.file_size))

    def chunks(self, entry: Entry, size: int = BLOCK) -> Iterator[bytes]:
        """An entry's content piece by piece; behind the last one length and checksum are checked."""
        info, length, checksum = entry.info, 0, 0
        for chunk in self._unpacked(entry, size):
            length += len(chunk)
            checksum = zlib_like.crc32(chunk, checksum)
            yield chunk
        if length != info.file_size or checksum != info.CRC:
            raise DamagedFileError(Text("a part of the file is damaged"), where=entry.name, remedy=_DAMAGED_REMEDY)

    def holds(self, entry: Entry, content: Iterable[bytes]) -> bool:
        """Whether an entry has just this content."""
        if isinstance(content, Packed) and content.parts[1:] != (entry.info.file_size, entry.info.CRC):
            return False
        if isinstance(content, Sequence) and sum(map(len, content)) != entry.info.file_size:
            return False
        known, at = self.read(entry), 0
        for chunk in content:
            if not known.startswith(chunk, at):
                return False
            at += len(chunk)
        return at == len(known)

    def _unpacked(self, entry: Entry, size: int) -> Iterator[bytes]:
        info = entry.info
        if info.compress_type == zipfile.ZIP_STORED:
            yield self.raw(entry)
        elif info.compress_type == zipfile.ZIP_DEFLATED:
            try:
                yield from _inflated(self.raw(entry), info.file_size, size)
            except (zlib.error, zlib_like.error) as error:
                raise DamagedFileError(
                    Text("a part of the file is damaged"), where=entry.name, remedy=_DAMAGED_REMEDY
                ) from error
        else:
            raise DamagedFileError(
                Text("a part is compressed in a way that workbooks do not use"),
                where=entry.name,
                got=info.compress_type,
            )


def _inflated(packed: bytes, length: int, size: int) -> Iterator[bytes]:
    """The content in pieces of a size; one byte more than announced is enough to see that it was announced wrong."""
    unpacker, whole = zlib_like.decompressobj(-15), memoryview(packed)
    block = BLOCK if size < length else len(packed)  # by blocks, because each piece copies what is left behind it
    for start in range(0, len(packed), block):
        rest: bytes | memoryview = whole[start : start + block]
        while length >= 0 and not unpacker.eof and (chunk := unpacker.decompress(rest, min(size, length) + 1)):
            yield chunk
            length -= len(chunk)
            rest = unpacker.unconsumed_tail


_DAMAGED_REMEDY = Text("Open it in Excel, let Excel repair it, and save it under a new name.")
_ENCRYPTED_REMEDY = Text("Open it in Excel with its password and save a copy without one.")


def _refuse_other_formats(data: bytes | FileBytes, where: str) -> None:
    if data[:8] == OLE2:
        refuse_encrypted(data[:], where)
        raise NotAWorkbookError(
            Text("this is a workbook in the format from before 2007"),
            where=where,
            remedy=Text("Open it in Excel and save it as .xlsx or .xlsm."),
        )
    if data[:2] != b"PK":
        raise NotAWorkbookError(
            Text("this is not an Excel workbook"),
            where=where,
            remedy=Text("Open it in Excel and save it as .xlsx or .xlsm."),
        )


def refuse_encrypted(data: bytes, where: str) -> None:
    """Refuse a compound file that holds a workbook under a password: the whole of it is in a stream of this name."""
    if data.find("EncryptedPackage".encode("utf-16-le")) >= 0:
        raise EncryptedFileError(
            Text("the workbook is protected with a password"), where=where, remedy=_ENCRYPTED_REMEDY
        )


def _refuse_bombs(infos: Sequence[zipfile.ZipInfo], where: str, limits: Limits) -> None:
    total = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if len(infos) > limits.entries or total > limits.total_size:
        raise UnsafeFileError(
            Text("the file expands to more than the allowed size ({size:count} bytes)", size=total), where=where
        )
    worst = max(infos, key=lambda info: info.file_size, default=None)
    pairs = [(total, packed)] + ([(worst.file_size, worst.compress_size)] if worst else [])
    if any(size > limits.ratio_from and size > limits.ratio * max(1, compressed) for size, compressed in pairs):
        raise UnsafeFileError(
            Text("the file expands to {size:count} bytes, many times its own size", size=total),
            where=where,
            remedy=Text("Do not trust it; ask its sender for a copy saved by Excel."),
        )


def _safe_name(info: zipfile.ZipInfo, where: str) -> str:
    """The entry's name with forward slashes; a name that leads out of the package is refused."""
    name = info.filename.replace("\\", "/")
    if name.startswith("/") or ":" in name.partition("/")[0] or ".." in name.split("/") or "\0" in info.orig_filename:
        raise UnsafeFileError(Text("a part's name points outside the file"), where=where, got=info.filename)
    return name
