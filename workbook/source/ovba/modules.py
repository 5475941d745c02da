"""VBA modules as a project keeps them: attributes first, then the code, in CRLF lines of one code page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

CODE_PAGE = 1252
ENCODING = f"cp{CODE_PAGE}"
LONGEST_NAME = 31

# The classes that document modules and class modules are made of ([MS-OVBA] 4.2, VB_Base).
_BASES = {
    "workbook": "0{00020819-0000-0000-C000-000000000046}",
    "sheet": "0{00020820-0000-0000-C000-000000000046}",
}
_CLASS_BASE = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"
_NAME = re.compile(r"[A-Za-z]\w*")
_ATTRIBUTE = re.compile(r"Attribute (VB_\w+) = (.*)")


class Kind(Enum):
    """The kinds of modules; the value is their key in the PROJECT stream ([MS-OVBA] 2.3.1.3)."""

    DOCUMENT = "Document"
    STANDARD = "Module"
    CLASS = "Class"


@dataclass(frozen=True)
class Module:
    """A module: `text` begins with its attributes; `doc` is its description ([MS-OVBA] 2.3.4.2.3.2.4).

    Raises
    ------
    ValueError
        For a name that VBA does not take, and for a character that is not ASCII: code pages differ from computer to
        computer, so that other characters would turn into others.
    """

    name: str
    kind: Kind
    text: str
    doc: str = ""

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or len(self.name) > LONGEST_NAME:
            raise ValueError(f"{self.name!r} is not a name for a VBA module")
        for number, line in enumerate(self.text.splitlines(), start=1):
            if not line.isascii():
                raise ValueError(f"{self.name}, line {number}: VBA sources are ASCII, got {line!r}")

    @classmethod
    def document(cls, name: str, of: str, code: str = "") -> Module:
        """The module of the workbook or of a sheet; its name is the codeName there."""
        yes = dict.fromkeys(("VB_PredeclaredId", "VB_Exposed", "VB_Customizable"), "True")
        return cls(name, Kind.DOCUMENT, _attributes(name, _BASES[of], yes) + code)

    @classmethod
    def standard(cls, name: str, code: str) -> Module:
        """A module of procedures."""
        return cls(name, Kind.STANDARD, f'Attribute VB_Name = "{name}"\n{code}')

    @classmethod
    def exported(cls, text: str) -> Module:
        """A module as the editor of VBA exports it to a .bas or .cls file.

        A class loses its VERSION block and gets the attributes that exports leave out.
        """
        lines = text.removeprefix("\ufeff").splitlines()
        is_class = lines[0].startswith("VERSION ")
        if is_class:
            lines = lines[lines.index("END") + 1 :]
        count = next(number for number, line in enumerate(lines) if not _ATTRIBUTE.fullmatch(line))
        given = {match[1]: match[2] for line in lines[:count] if (match := _ATTRIBUTE.fullmatch(line))}
        name, code = given["VB_Name"].strip('"'), "\n".join(lines[count:]) + "\n"
        if not is_class:
            return cls.standard(name, code)
        return cls(name, Kind.CLASS, _attributes(name, _CLASS_BASE, given) + code, _described(given))

    @property
    def source(self) -> bytes:
        """The text as its stream holds it."""
        lines = self.text.removesuffix("\n").splitlines()
        return "".join(f"{line}\r\n" for line in lines).encode(ENCODING)


def _attributes(name: str, base: str, given: dict[str, str]) -> str:
    """The attributes of a class or document module, in the order in which the editor keeps them."""
    usual = {"VB_Name": f'"{name}"', "VB_Base": f'"{base}"'}
    flags = ("GlobalNameSpace", "Creatable", "PredeclaredId", "Exposed", "TemplateDerived", "Customizable")
    usual |= {f"VB_{flag}": "False" for flag in flags}
    return "".join(f"Attribute {key} = {value}\n" for key, value in {**usual, **given}.items())


def _described(given: dict[str, str]) -> str:
    text = given.get("VB_Description", '""')[1:-1]
    return text.replace('""', '"').replace("\\r", "\r").replace("\\n", "\n")
