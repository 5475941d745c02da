"""A whole VBA project: its streams ([MS-OVBA] 2.2, 2.3) in a compound file."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence

from ovba.compound import compound_file
from ovba.compression import compress
from ovba.dir_stream import dir_stream
from ovba.modules import ENCODING, Kind, Module

NAME = "VBAProject"
PROJECT_ID = "{4B414D31-0000-4000-8000-000000000001}"
SEED = 0x5C  # of what is written obscured (2.4.3.2); fixed, so that builds repeat
_NOT_PROTECTED, _NO_PASSWORD, _VISIBLE = bytes(4), bytes(1), b"\xff"  # 2.3.1.15 to 2.3.1.17
_NO_CACHE = bytes.fromhex("cc61ffff000000")  # the _VBA_PROJECT stream of a writer (2.3.4.1)
_HOST = "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000"


def project(modules: Sequence[Module]) -> bytes:
    """The bytes of vbaProject.bin.

    Raises
    ------
    ValueError
        Where two modules have one name.
    """
    names = [module.name.casefold() for module in modules]
    if doubled := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"several modules are called {', '.join(sorted(doubled))}")
    streams = {module.name: compress(module.source) for module in modules}
    streams |= {"_VBA_PROJECT": _NO_CACHE, "dir": compress(dir_stream(NAME, modules))}
    listed = "".join(f"{line}\r\n" for line in _project_stream(modules))
    return compound_file({"PROJECT": listed.encode(ENCODING), "PROJECTwm": _names(modules), "VBA": streams})


def _project_stream(modules: Sequence[Module]) -> Iterable[str]:
    """The lines of the PROJECT stream (2.3.1)."""
    yield f'ID="{PROJECT_ID}"'
    for module in modules:
        yield f"{module.kind.value}={module.name}" + ("/&H00000000" if module.kind is Kind.DOCUMENT else "")
    yield f'Name="{NAME}"'
    yield 'HelpContextID="0"'
    yield 'VersionCompatible32="393222000"'
    for key, state in (("CMG", _NOT_PROTECTED), ("DPB", _NO_PASSWORD), ("GC", _VISIBLE)):
        yield f'{key}="{obscured(state)}"'
    yield from ("", "[Host Extender Info]", _HOST, "", "[Workspace]")
    for module in modules:
        yield f"{module.name}=0, 0, 0, 0, C"


def _names(modules: Sequence[Module]) -> bytes:
    """The PROJECTwm stream (2.3.3): each name in the code page and in UTF-16."""
    pairs = (module.name.encode(ENCODING) + b"\0" + module.name.encode("utf-16-le") + b"\0\0" for module in modules)
    return b"".join(pairs) + b"\0\0"


def obscured(data: bytes) -> str:
    """A state of the project, encrypted as 2.4.3.2 says, in hexadecimal digits."""
    key = sum(PROJECT_ID.encode(ENCODING)) & 0xFF
    written = [SEED, SEED ^ 2, SEED ^ key]  # seed, version, project key
    plain, last, before = key, written[2], written[1]
    ignored = bytes([7]) * ((SEED & 6) // 2)
    for byte in ignored + struct.pack("<I", len(data)) + data:
        encrypted = byte ^ ((before + plain) & 0xFF)
        written.append(encrypted)
        before, last, plain = last, encrypted, byte
    return bytes(written).hex().upper()
