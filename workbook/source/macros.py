"""The macros of the workbook: our modules, xlwings' own, the wrappers of the functions; its document modules."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import xlwings

from drawing.key_accounts import CODE_NAMES, WORKBOOK_CODE_NAME, XLWINGS_VERSION
from kam_xl.buttons import COMMANDS, FILE_TYPES
from ovba import Module, project
from vba_wrappers import MODULES

SOURCES = Path(__file__).parent / "vba"
OURS = ("KamOpening", "KamRibbon", "KamRunning", "KamTexts")


def modules() -> list[Module]:
    """All modules, documents first."""
    return [*_documents(), *_ours(), *_of_xlwings()]


def vba_project() -> bytes:
    """The part vbaProject.bin."""
    return project(modules())


def _documents() -> Iterator[Module]:
    yield Module.document(WORKBOOK_CODE_NAME, "workbook", _code(f"{WORKBOOK_CODE_NAME}.cls"))
    for name in CODE_NAMES.values():
        yield Module.document(name, "sheet", _code(f"{name}.cls"))


def _ours() -> Iterator[Module]:
    for name in OURS:
        yield Module.standard(name, _code(f"{name}.bas"))
    for name, code in {"KamCommands": commands, **MODULES}.items():
        yield Module.standard(name, code())


def _of_xlwings() -> Iterator[Module]:
    """The standalone module of xlwings and the class that it needs on a Mac, from the package that is installed.

    Their licences stand in them, and in NOTICE. The module loads a library that bears its very version, so the
    workbook tells which one it wants (`XLWINGS_VERSION`).
    """
    if version("xlwings") != XLWINGS_VERSION:
        raise SystemExit(f"The workbook is made for xlwings {XLWINGS_VERSION}, here is {version('xlwings')}.")
    package = Path(xlwings.__file__).parent
    for path in (package / "xlwings.bas", package / "addin" / "Dictionary.cls"):
        yield Module.exported(path.read_text("ascii"))


def _code(name: str) -> str:
    path = SOURCES / name
    return path.read_text("ascii") if path.exists() else "Option Explicit\n"


def commands() -> str:
    """The module that knows the table of commands."""
    asks = "".join(f'        Case "{each.code}": KamAsks = "{each.ask}"\n' for each in COMMANDS if each.ask)
    return (
        "' Made from the table of commands by build_workbook.py.\n"
        "Option Explicit\n\n"
        "' What a command wants to know first.\n"
        "Public Function KamAsks(ByVal command As String) As String\n"
        f"    Select Case command\n{asks}    End Select\n"
        "End Function\n\n"
        "Public Function KamFileTypes() As String\n"
        f'    KamFileTypes = "{";".join(f"*.{each}" for each in FILE_TYPES)}"\n'
        "End Function\n"
    )
