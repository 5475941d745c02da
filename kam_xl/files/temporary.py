"""Temporary folders of ours: removed when the work is done, and those of killed runs by a later one."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import gettempdir, mkdtemp

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_OURS = re.compile(r"kam_xl-(?:[a-z]+-)?[a-z0-9_]{8}\.tmp")
_STALE = 24 * 3600  # seconds in which any work of ours touches its folder, or holds it


@contextlib.contextmanager
def temporary_folder(kind: str = "", within: Path | None = None) -> Iterator[Path]:
    """A folder of our own that goes at the end; first, what killed runs left there is removed.

    Parameters
    ----------
    kind : str, optional
        A word for its name, which tells people what it is for.
    within : path, optional
        Where to make it; by default in the system's folder for temporary files.

    Examples
    --------
    >>> with temporary_folder("ledger") as folder:
    ...     print(folder.name[:14], folder.is_dir())
    kam_xl-ledger- True
    >>> folder.exists()
    False
    """
    parent = Path(within or gettempdir())
    with contextlib.suppress(OSError):
        _clear_stale(parent)
    folder = Path(mkdtemp(prefix=f"kam_xl-{kind}-" if kind else "kam_xl-", suffix=".tmp", dir=parent))
    try:
        with _held(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[bool]:
    """Hold a folder as long as this process needs it and lives; whether nobody else does."""
    if fcntl is None:
        yield True
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(number)


def _clear_stale(parent: Path) -> None:
    """Remove old folders of ours that nobody holds: those of killed runs."""
    with os.scandir(parent) as entries:
        for entry in [each for each in entries if _OURS.fullmatch(each.name)]:
            with contextlib.suppress(OSError):
                if _is_stale(Path(entry.path)):
                    _remove(Path(entry.path))


def _is_stale(folder: Path) -> bool:
    state = folder.lstat()
    if not stat.S_ISDIR(state.st_mode) or (os.name == "posix" and state.st_uid != os.getuid()):
        return False
    last = max([state.st_mtime, *(each.lstat().st_mtime for each in folder.iterdir())])
    return time.time() - last > _STALE


def _remove(folder: Path) -> None:
    with _held(folder) as is_ours:
        if not is_ours:
            return
        if os.name == "nt":  # where a folder with open files cannot be renamed
            folder = folder.rename(folder.with_name(f"{folder.name}-old"))
        shutil.rmtree(folder, ignore_errors=True)
