"""The compression of [MS-OVBA] 2.4.1: chunks of 4096 bytes, each of literals and references to what stands before."""

from __future__ import annotations

import struct
from collections import defaultdict

CHUNK = 4096
SIGNATURE = b"\x01"  # 2.4.1.1.1, SignatureByte
SHORTEST = 3  # bytes that a CopyToken stands for at least
_COMPRESSED, _RAW = 0xB000, 0x3FFF  # CompressedChunkHeader: flag, signature, and for raw chunks the size


def compress(data: bytes) -> bytes:
    """A CompressedContainer (2.4.1.1.1).

    >>> compress(b"aaaaaaaa").hex()
    '0103b002610400'
    """
    return SIGNATURE + b"".join(_chunk(data[start : start + CHUNK]) for start in range(0, len(data), CHUNK))


def _chunk(data: bytes) -> bytes:
    """A CompressedChunk with its header (2.4.1.1.4); one that would grow is kept as it is (2.4.1.3.10)."""
    tokens = _token_sequences(data)
    if len(tokens) < CHUNK or (len(tokens) == CHUNK and len(data) < CHUNK):
        return struct.pack("<H", _COMPRESSED | (len(tokens) - 1)) + tokens
    if len(data) < CHUNK:
        raise ValueError("the last chunk cannot be compressed, and kept as it is it would be padded with zeros")
    return struct.pack("<H", _RAW) + data


def _token_sequences(data: bytes) -> bytes:
    """Groups of a FlagByte and up to eight tokens (2.4.1.1.7)."""
    written, matches, at = bytearray(), _Matches(data), 0
    while at < len(data):
        flags, tokens = 0, bytearray()
        for bit in range(8):
            if at >= len(data):
                break
            offset, length = matches.best(at)
            if length:
                flags |= 1 << bit
                tokens += _copy_token(at, offset, length)
                at += length
            else:
                tokens.append(data[at])
                at += 1
        written.append(flags)
        written += tokens
    return bytes(written)


def _offset_bits(at: int) -> int:
    """How many bits of a CopyToken at this place of the chunk are its offset (2.4.1.3.19.1)."""
    return max((at - 1).bit_length(), 4)


def _copy_token(at: int, offset: int, length: int) -> bytes:
    """A packed CopyToken (2.4.1.3.19.3)."""
    return struct.pack("<H", (offset - 1) << (16 - _offset_bits(at)) | (length - SHORTEST))


class _Matches:
    """What stands before each place of a chunk (2.4.1.3.19.4, Matching): the longest match, of equals the nearest."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._places: defaultdict[bytes, list[int]] = defaultdict(list)
        self._known = 0

    def best(self, at: int) -> tuple[int, int]:
        """Offset and length of the best match, zeros where there is none."""
        while self._known < at:
            self._places[self._data[self._known : self._known + SHORTEST]].append(self._known)
            self._known += 1
        offset = length = 0
        most = min((0xFFFF >> _offset_bits(at)) + SHORTEST, len(self._data) - at)
        if most < SHORTEST:
            return 0, 0
        for place in reversed(self._places.get(self._data[at : at + SHORTEST], [])):
            if (reach := self._length(place, at, most)) > length:
                offset, length = at - place, reach
            if length == most:
                break
        return offset, length

    def _length(self, place: int, at: int, most: int) -> int:
        length = SHORTEST
        while length < most and self._data[place + length] == self._data[at + length]:
            length += 1
        return length
