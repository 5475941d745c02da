"""The dir stream of a VBA project ([MS-OVBA] 2.3.4.2): what the project is, what it refers to, which modules it has."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence

from ovba.modules import CODE_PAGE, ENCODING, Kind, Module

SYSTEM = 3  # 64-bit Windows (2.3.4.2.1.1); the sources say for themselves what a Mac does differently
ENGLISH_US = 0x409
VERSION = (0x65BE0257, 17)  # of the project's format (2.3.4.2.1.11)
COOKIE = 0xFFFF  # to be ignored by readers, who write their own
REFERENCES = (
    ("stdole", r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation"),
    # IRibbonControl and IRibbonUI come from here.
    (
        "Office",
        r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#C:\Program Files\Common Files\Microsoft Shared\OFFICE16"
        r"\MSO.DLL#Microsoft Office 16.0 Object Library",
    ),
)


def dir_stream(name: str, modules: Sequence[Module]) -> bytes:
    """The stream, not yet compressed (2.3.4.2)."""
    return b"".join((*_information(name), *map(_reference, REFERENCES), *_modules(modules), _record(0x10)))


def _information(name: str) -> Iterable[bytes]:
    """PROJECTINFORMATION (2.3.4.2.1)."""
    yield _record(0x01, _u32(SYSTEM))
    yield _record(0x02, _u32(ENGLISH_US))  # LCID
    yield _record(0x14, _u32(ENGLISH_US))  # LCIDINVOKE
    yield _record(0x03, _u16(CODE_PAGE))
    yield _record(0x04, name.encode(ENCODING))
    yield _both(0x05, 0x40, "")  # description
    yield _record(0x06) + _record(0x3D)  # help files
    yield _record(0x07, _u32(0))  # help context
    yield _record(0x08, _u32(0))  # library flags
    yield _u16(0x09) + _u32(4) + _u32(VERSION[0]) + _u16(VERSION[1])  # its size leaves the minor version out
    yield _both(0x0C, 0x3C, "")  # constants


def _reference(reference: tuple[str, str]) -> bytes:
    """REFERENCENAME and REFERENCEREGISTERED (2.3.4.2.2.2, 2.3.4.2.2.5)."""
    name, library = reference[0], reference[1].encode(ENCODING)
    return _both(0x16, 0x3E, name) + _record(0x0D, _u32(len(library)) + library + _u32(0) + _u16(0))


def _modules(modules: Sequence[Module]) -> Iterable[bytes]:
    """PROJECTMODULES (2.3.4.2.3) with a MODULE record for each (2.3.4.2.3.2)."""
    yield _record(0x0F, _u16(len(modules))) + _record(0x13, _u16(COOKIE))
    for module in modules:
        yield _both(0x19, 0x47, module.name)
        yield _both(0x1A, 0x32, module.name)  # the stream
        yield _both(0x1C, 0x48, module.doc)
        yield _record(0x31, _u32(0))  # the source begins at once: there is no cache before it
        yield _record(0x1E, _u32(0))  # help context
        yield _record(0x2C, _u16(COOKIE))
        yield _record(0x21 if module.kind is Kind.STANDARD else 0x22)
        yield _record(0x2B)


def _both(identifier: int, unicode_identifier: int, text: str) -> bytes:
    """A text in the code page and once more in UTF-16."""
    return _record(identifier, text.encode(ENCODING)) + _record(unicode_identifier, text.encode("utf-16-le"))


def _record(identifier: int, data: bytes = b"") -> bytes:
    return _u16(identifier) + _u32(len(data)) + data


def _u16(value: int) -> bytes:
    return struct.pack("<H", value)


def _u32(value: int) -> bytes:
    return struct.pack("<I", value)
