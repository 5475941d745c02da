"""The facts about a machine on which an installation depends, gathered once; everything else decides on them alone."""

from __future__ import annotations

import importlib.util
import locale
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

import xlwings

from kam_xl.engines.calc.bridge import program_folder
from kam_xl.engines.calc.errors import OfficeError
from kam_xl.install import registry
from kam_xl.install.calc import version_of
from kam_xl.install.xlwings_config import read_user_config, user_config_file
from kam_xl.locale import system_encoding

WINDOWS, MACOS = "win32", "darwin"


@dataclass(frozen=True)
class Excel:
    """The Excel of a machine: where, which, and how macros are handled there."""

    path: str
    version: str = ""
    macros: int | None = None  # Excel's VBAWarnings: 1 all run, 2 ask, 3 signed ones only, 4 none
    macros_by_policy: bool = False

    @property
    def from_store(self) -> bool:
        """Whether it came from the Microsoft Store, whose Excel starts no other programs."""
        return "WindowsApps" in self.path


@dataclass(frozen=True)
class Machine:
    """A machine, as far as kam_xl depends on it.

    Attributes
    ----------
    system : str
        As `sys.platform` names it: "win32", "darwin", "linux".
    python : str
        The interpreter that runs this, and has kam_xl.
    xlwings : str
        Its version: the macros of a workbook must be of the same.
    modules : frozenset of str
        Of the modules that matter, those that this interpreter finds.
    excel : Excel or None
    libreoffice : str
        The version of LibreOffice, blank where there is none.
    config : mapping
        What the user's own xlwings configuration says, keys in capitals.
    clouds : tuple of str
        Folders that are kept in a cloud.
    scripts : frozenset of str
        macOS: what Excel may start, by the names of the files.
    """

    system: str
    python: str
    python_version: str
    home: Path
    xlwings: str
    modules: frozenset[str] = frozenset()
    excel: Excel | None = None
    libreoffice: str = ""
    config_file: Path = field(default_factory=Path)
    config: Mapping[str, str] = field(default_factory=dict)
    clouds: tuple[str, ...] = ()
    scripts: frozenset[str] = frozenset()
    encoding: str = "utf-8"  # of what VBA writes and hands to other programs
    separators: tuple[str, str] = (".", ",")  # decimal mark, and what stands between the arguments of a formula

    @property
    def interpreter_key(self) -> str:
        """How xlwings' configuration calls the interpreter on this system."""
        return "INTERPRETER_MAC" if self.system == MACOS else "INTERPRETER_WIN"

    @property
    def from_store(self) -> bool:
        """Whether this Python came from the Microsoft Store, where Excel cannot start it as a server."""
        return "WindowsApps" in self.python or "PythonSoftwareFoundation.Python" in self.python

    @property
    def interpreter(self) -> str:
        """The interpreter as a configuration should name it: without a console, the home folder not spelled out."""
        path = self.python
        if self.system == WINDOWS:
            path = re.sub(r"python\.exe$", "pythonw.exe", path, flags=re.IGNORECASE)
        home, variable = str(self.home), "%USERPROFILE%" if self.system == WINDOWS else "$HOME"
        return variable + path[len(home) :] if home and _plain(path).startswith(_plain(home)) else path

    def expanded(self, path: str) -> str:
        """A path of a configuration without its variables."""
        for variable in ("%USERPROFILE%", "$HOME"):
            path = path.replace(variable, str(self.home))
        return path


def _plain(path: str) -> str:
    return path.replace("\\", "/").casefold()


def this_machine() -> Machine:
    """The machine that this runs on."""
    config_file = user_config_file()
    return Machine(
        sys.platform,
        sys.executable,
        ".".join(map(str, sys.version_info[:3])),
        Path.home(),
        xlwings.__version__,
        frozenset(name for name in ("win32com", "kam_udfs") if importlib.util.find_spec(name)),
        _excel(),
        _libreoffice(),
        config_file,
        read_user_config(config_file),
        tuple(dict.fromkeys(path for name, path in os.environ.items() if name.upper().startswith("ONEDRIVE") and path)),
        _scripts(),
        system_encoding(),
        _separators(),
    )


def in_cloud(path: PurePath, machine: Machine) -> bool:
    """Whether a file lies in a folder that OneDrive or SharePoint keeps.

    >>> machine = Machine("win32", "", "", Path(), "", clouds=("C:/Users/ann/OneDrive - Firm",))
    >>> in_cloud(PurePath("C:/Users/ann/OneDrive - Firm/plans/KeyAccounts.xlsm"), machine)
    True
    """
    text = path.as_posix().casefold()
    folders = (folder.replace("\\", "/").casefold().rstrip("/") for folder in machine.clouds)
    return any(text.startswith(f"{folder}/") for folder in folders) or "/library/cloudstorage/onedrive" in text


def _excel() -> Excel | None:
    if sys.platform == WINDOWS:
        path = registry.excel_path()
        macros, by_policy = registry.macro_setting()
        return Excel(path, registry.excel_version(), macros, by_policy) if path else None
    path = "/Applications/Microsoft Excel.app"
    return Excel(path) if sys.platform == MACOS and Path(path).exists() else None


def _libreoffice() -> str:
    folder = program_folder()
    try:
        return ".".join(map(str, version_of(folder))) if folder else ""
    except (OSError, OfficeError):
        return "?"


def _scripts() -> frozenset[str]:
    folder = Path.home() / "Library" / "Application Scripts" / "com.microsoft.Excel"
    return frozenset(path.name for path in folder.glob("*.applescript")) if sys.platform == MACOS else frozenset()


def _separators() -> tuple[str, str]:
    if sys.platform == WINDOWS:
        return registry.separators()
    decimal = _decimal_mark()
    return decimal, ";" if decimal == "," else ","


def _decimal_mark() -> str:
    """Of the user's own region; a program has none until it asks for it."""
    before = locale.setlocale(locale.LC_NUMERIC)
    try:
        locale.setlocale(locale.LC_NUMERIC, "")
        return str(locale.localeconv()["decimal_point"])
    except locale.Error:
        return "."
    finally:
        locale.setlocale(locale.LC_NUMERIC, before)
