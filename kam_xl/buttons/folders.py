"""The person's own folders for the log and for safety copies, as each system keeps such things."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

_NAME = "kam_xl"


def log_file(system: str = sys.platform, environment: Mapping[str, str] = os.environ, home: Path | None = None) -> Path:
    """The log that failures are written to.

    >>> log_file("linux", {}, Path("/home/ann")).as_posix()
    '/home/ann/.local/state/kam_xl/kam_xl.log'
    >>> log_file("darwin", {}, Path("/Users/ann")).as_posix()
    '/Users/ann/Library/Logs/kam_xl/kam_xl.log'
    >>> log_file("win32", {"LOCALAPPDATA": "C:/Users/ann/AppData/Local"}).as_posix()
    'C:/Users/ann/AppData/Local/kam_xl/kam_xl.log'
    """
    if system == "darwin":
        return _home(home) / "Library" / "Logs" / _NAME / "kam_xl.log"
    return _state(system, environment, home) / "kam_xl.log"


def copies_folder(
    system: str = sys.platform, environment: Mapping[str, str] = os.environ, home: Path | None = None
) -> Path:
    """Where safety copies of workbooks are kept.

    >>> copies_folder("linux", {"XDG_STATE_HOME": "/var/ann"}).as_posix()
    '/var/ann/kam_xl/copies'
    """
    if system == "darwin":
        return _home(home) / "Library" / "Application Support" / _NAME / "copies"
    return _state(system, environment, home) / "copies"


def _state(system: str, environment: Mapping[str, str], home: Path | None) -> Path:
    if system == "win32":
        return Path(environment.get("LOCALAPPDATA") or _home(home) / "AppData" / "Local") / _NAME
    return Path(environment.get("XDG_STATE_HOME") or _home(home) / ".local" / "state") / _NAME


def _home(home: Path | None) -> Path:
    return home or Path.home()
