"""A strict decoder of VBA projects after [MS-OVBA], which shares nothing with the writer: every inconsistency fails."""

from __future__ import annotations

import re
import struct
from io import BytesIO
from typing import NamedTuple

import olefile


class Decoded(NamedTuple):
    """A project: sources by module, kinds by module, names of referenced libraries."""

    sources: dict[str, bytes]
    kinds: dict[str, str]
    references: list[str]


def decompressed(data: bytes) -> bytes:
    """2.4.1.3.1 and the following."""
    assert data[0] == 1
    out, at = bytearray(), 1
    while at < len(data):
        (header,) = struct.unpack_from("<H", data, at)
        end = at + (header & 0xFFF) + 3
        assert header >> 12 & 7 == 3
        assert end <= len(data)
        at += 2
        start = len(out)
        if not header >> 15:
            assert end - at == 4096
            out += data[at:end]
            at = end
        while at < end:
            flags, at = data[at], at + 1
            assert at < end, "a flag byte without a token"
            for bit in range(8):
                if at >= end:
                    break
                if not flags >> bit & 1:
                    out.append(data[at])
                    at += 1
                    continue
                (token,) = struct.unpack_from("<H", data, at)
                at += 2
                bits = 4
                while 1 << bits < len(out) - start:
                    bits += 1
                offset, length = (token >> 16 - bits) + 1, (token & (0xFFFF >> bits)) + 3
                assert offset <= len(out) - start, "a reference before the chunk"
                for _ in range(length):
                    out.append(out[-offset])
        assert at == end
        assert len(out) - start <= 4096
        assert len(out) - start == 4096 or end == len(data), "only the last chunk is short"
    return bytes(out)


class _Records:
    """The records of the dir stream, read one after the other in the order that 2.3.4.2 demands."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def next(self) -> int:
        return struct.unpack_from("<H", self.data, self.at)[0] if self.at < len(self.data) else -1

    def read(self, identifier: int) -> bytes:
        found, size = struct.unpack_from("<HI", self.data, self.at)
        assert found == identifier, f"{identifier:#x} expected, found {found:#x} at {self.at}"
        if identifier == 9:
            size = 6  # 2.3.4.2.1.11: the size field leaves the minor version out
        content = self.data[self.at + 6 : self.at + 6 + size]
        assert len(content) == size
        self.at += 6 + size
        return content

    def both(self, identifier: int, unicode: int) -> str:
        text = self.read(identifier).decode("cp1252")
        assert self.read(unicode).decode("utf-16-le") == text
        return text


def decode(project: bytes) -> Decoded:
    """Sources, kinds and references of vbaProject.bin."""
    file = olefile.OleFileIO(BytesIO(project), raise_defects=olefile.DEFECT_POTENTIAL)
    assert not file.parsing_issues
    streams = {"/".join(path): file.openstream(path).read() for path in file.listdir()}
    assert streams["VBA/_VBA_PROJECT"] == bytes.fromhex("cc61ffff000000")
    records = _Records(decompressed(streams["VBA/dir"]))
    name, references = _information(records)
    modules = _modules(records)
    assert records.at == len(records.data)
    kinds = _project_stream(streams["PROJECT"].decode("cp1252"), name)
    assert _names(streams["PROJECTwm"]) == list(modules)
    assert set(kinds) == set(modules)
    assert set(streams) == {f"VBA/{each}" for each in modules} | {"VBA/dir", "VBA/_VBA_PROJECT", "PROJECT", "PROJECTwm"}
    sources = {each: decompressed(streams[f"VBA/{each}"]) for each in modules}
    for each, kind in kinds.items():
        assert modules[each] == (0x21 if kind == "Module" else 0x22)
        _check_source(each, kind, sources[each].decode("ascii"))
    return Decoded(sources, kinds, references)


def _information(records: _Records) -> tuple[str, list[str]]:
    for identifier in (0x01, 0x02, 0x14):
        records.read(identifier)
    assert records.read(0x03) == struct.pack("<H", 1252)
    name = records.read(0x04).decode("cp1252")
    records.both(0x05, 0x40)
    assert records.read(0x06) == records.read(0x3D)
    for identifier in (0x07, 0x08, 0x09):
        records.read(identifier)
    records.both(0x0C, 0x3C)
    references = []
    while records.next() == 0x16:
        references.append(records.both(0x16, 0x3E))
        registered = records.read(0x0D)
        (size,) = struct.unpack_from("<I", registered)
        assert re.fullmatch(rb"\*\\G\{[0-9A-F-]{36}\}#[\d.]+#\d+#[^#]+#[^#]+", registered[4 : 4 + size])
        assert registered[4 + size :] == bytes(6)
    return name, references


def _modules(records: _Records) -> dict[str, int]:
    """Each module with the record that tells its type."""
    (count,) = struct.unpack("<H", records.read(0x0F))
    records.read(0x13)
    found = {}
    for _ in range(count):
        name = records.both(0x19, 0x47)
        assert records.both(0x1A, 0x32) == name
        records.both(0x1C, 0x48)
        assert records.read(0x31) == bytes(4)
        records.read(0x1E)
        records.read(0x2C)
        found[name] = records.next()
        assert records.read(found[name]) == b""
        assert records.read(0x2B) == b""
    assert records.read(0x10) == b""
    assert len(found) == count
    return found


def _project_stream(text: str, name: str) -> dict[str, str]:
    """2.3.1: kind of each module; the states of protection must decode to none."""
    assert "\n" not in text.replace("\r\n", "")
    head, *sections = text.split("\r\n\r\n")
    lines = head.split("\r\n")
    identity = re.fullmatch(r'ID="(\{[0-9A-F-]{36}\})"', lines[0])
    assert identity
    kinds, values = {}, {}
    for line in lines[1:]:
        key, _, value = line.partition("=")
        if key in ("Document", "Module", "Class"):
            kinds[value.removesuffix("/&H00000000")] = key
            assert value.endswith("/&H00000000") == (key == "Document")
        else:
            values[key] = value.strip('"')
    assert values["Name"] == name
    states = [_revealed(values[key], identity[1]) for key in ("CMG", "DPB", "GC")]
    assert states == [bytes(4), b"\0", b"\xff"]  # not protected, no password, visible
    assert [section.partition("\r\n")[0] for section in sections] == ["[Host Extender Info]", "[Workspace]"]
    return kinds


def _revealed(digits: str, identity: str) -> bytes:
    """2.4.3.3, decryption."""
    data = bytes.fromhex(digits)
    seed, version, key = data[0], data[0] ^ data[1], data[0] ^ data[2]
    assert (version, key) == (2, sum(identity.encode()) & 0xFF)
    out, plain, last, before = bytearray(), key, data[2], data[1]
    for byte in data[3:]:
        plain = byte ^ (before + plain & 0xFF)
        before, last = last, byte
        out.append(plain)
    ignored = (seed & 6) // 2
    (length,) = struct.unpack_from("<I", out, ignored)
    assert len(out) == ignored + 4 + length
    return bytes(out[ignored + 4 :])


def _names(stream: bytes) -> list[str]:
    """2.3.3: each name in the code page and in UTF-16."""
    found, at = [], 0
    while stream[at : at + 2] != b"\0\0":
        end = stream.index(b"\0", at)
        name = stream[at:end].decode("cp1252")
        wide = name.encode("utf-16-le") + b"\0\0"
        assert stream[end + 1 : end + 1 + len(wide)] == wide
        found.append(name)
        at = end + 1 + len(wide)
    assert stream[at:] == b"\0\0"
    return found


def _check_source(name: str, kind: str, text: str) -> None:
    attributes = dict(re.findall(r"^Attribute (VB_\w+) = (.*?)\r$", text, re.MULTILINE))
    assert attributes["VB_Name"] == f'"{name}"'
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    base = attributes.get("VB_Base", "")
    assert base.startswith({"Document": '"0{000208', "Class": '"0{FCFB3D2A', "Module": ""}[kind])
    assert (attributes.get("VB_PredeclaredId") == "True") == (kind == "Document")
