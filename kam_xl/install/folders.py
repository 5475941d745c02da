"""The person's own folders for the log and for safety copies, as each system keeps such things."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

_NAME = "kam_xl"


def state_folder(
    system: str = sys.platform, environment: Mapping[str, str] = os.environ, home: Path | None = None
) -> Path:
    """The folder of everything that the program keeps for a person.

    >>> state_folder("linux", {}, Path("/home/ann")).as_posix()
    '/home/ann/.local/state/kam_xl'
    >>> state_folder("darwin", {}, Path("/Users/ann")).as_posix()
    '/Users/ann/Library/Application Support/kam_xl'
    >>> state_folder("win32", {"LOCALAPPDATA": "C:/Users/ann/AppData/Local"}).as_posix()
    'C:/Users/ann/AppData/Local/kam_xl'
    """
    home = home or Path.home()
    if system == "darwin":
        return home / "Library" / "Application Support" / _NAME
    if system == "win32":
        return Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local") / _NAME
    return Path(environment.get("XDG_STATE_HOME") or home / ".local" / "state") / _NAME


def log_file() -> Path:
    """The log that failures of buttons are written to."""
    return state_folder() / "kam_xl.log"


def copies_folder() -> Path:
    """Where copies of workbooks are kept from before a button changed them."""
    return state_folder() / "copies"
