"""One file in the place of another, and none lost: what stood there is looked at when nobody can reach it any more.

Between the last look at a file and a rename over it somebody may save. So the two are exchanged in one step where the
system can, and if what came out is not what was seen before, it goes back.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path

from kam_xl.files.state import FileState

# The system's call for renames of these two kinds, and the numbers it knows them by.
_CALLS = {"linux": "renameat2", "darwin": "renamex_np"}
_EXCHANGE, _EXCLUSIVE = {"linux": 2, "darwin": 2}, {"linux": 1, "darwin": 4}
_HERE = -100  # AT_FDCWD
# What systems answer where they, or the file system, know no such rename.
_UNKNOWN = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM, errno.EXDEV)
_IGNORE_MERGE_ERRORS = 2  # REPLACEFILE_IGNORE_MERGE_ERRORS: of permissions that we may not set
_NOT_FOUND, _IN_USE = (2, 3), (32, 33)


class CannotSwapError(Exception):
    """The system, or the file system, has no such rename; nothing has changed."""


def take_place(new: Path, path: Path, own: FileState, seen: FileState) -> bool:
    """Put a new file in the place of one that was seen there, and see whether that was the one that came out.

    Parameters
    ----------
    new, path : Path
        The new file beside its place, and the place.
    own, seen : FileState
        The state of the new file, and of what was seen in its place.

    Returns
    -------
    bool
        Whether the new file has the place. If not, what somebody has saved there meanwhile stands there.

    Raises
    ------
    OSError
    """
    with contextlib.suppress(CannotSwapError):
        return _has_replaced(new, path, own, seen)
    try:
        new.replace(path)  # right after the last look at it
    except (PermissionError, FileExistsError):
        if sys.platform == "win32":  # which replaces every file that nobody has open
            raise
        return _has_replaced(new, path, own, seen, in_turn=True)
    return True


def _has_replaced(new: Path, path: Path, own: FileState, seen: FileState, *, in_turn: bool = False) -> bool:
    is_seen = False
    try:
        (_change_in_turn if in_turn else exchange)(new, path)
        is_seen = seen.is_still(FileState.of(new))
    finally:  # also when interrupted
        if not is_seen and own.is_still(FileState.of(path)) and not own.is_still(FileState.of(new)):
            _give_back(new, path, own, in_turn=in_turn)
    return is_seen


def _give_back(other: Path, path: Path, own: FileState, *, in_turn: bool) -> None:
    """Put what came out back where ours stands; what is saved there at this very moment goes back in turn."""
    theirs = FileState.of(other)
    try:
        if theirs:
            _has_replaced(other, path, theirs, own, in_turn=in_turn)
    except FileNotFoundError:
        appear(other, path)


def exchange(one: Path, other: Path) -> None:
    """Let two files of one folder change names.

    Raises
    ------
    CannotSwapError
    OSError
    """
    if sys.platform == "win32":
        _replace(one, other)
    else:
        _rename(one, other, _EXCHANGE)


def _change_in_turn(one: Path, other: Path) -> None:
    """Let two files change names where no rename replaces a file: for a moment, nothing has the name of the second.

    Where the process is killed in that moment, the second file lies aside, under a name that nobody removes.
    """
    aside = _aside(one)
    try:
        other.rename(aside)
        appear(one, other)
    finally:
        with contextlib.suppress(FileNotFoundError):  # what did not move aside needs no way back
            if one.exists() and not other.exists():
                appear(aside, other)
            else:  # who has saved there meanwhile keeps the name
                one.unlink(missing_ok=True)
                aside.rename(one)


def _aside(path: Path) -> Path:
    return path.with_name(f"{path.stem}-old{path.suffix}")


def appear(temporary: Path, path: Path) -> None:
    """Give a file its name if nobody else has taken it, in one step where the system can.

    Raises
    ------
    FileExistsError
    OSError
    """
    if sys.platform == "win32":
        temporary.rename(path)  # which never replaces there
        return
    try:
        _rename(temporary, path, _EXCLUSIVE)
    except CannotSwapError:
        _link(temporary, path)


def _link(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if path.exists():
            raise FileExistsError(path) from None
        temporary.rename(path)
    else:
        with contextlib.suppress(OSError):  # the file has its name, and a later run removes the other
            temporary.unlink()


def _rename(one: Path, other: Path, kind: dict[str, int]) -> None:
    """A rename of one of these kinds."""
    if sys.platform not in _CALLS:
        raise CannotSwapError
    import ctypes  # takes time, and only writing needs it

    call = getattr(ctypes.CDLL(None, use_errno=True), _CALLS[sys.platform], None)
    if call is None:  # an old C library
        raise CannotSwapError
    names = [os.fsencode(one), os.fsencode(other)]
    folders = [_HERE] if sys.platform == "linux" else []
    if call(*folders, names[0], *folders, names[1], ctypes.c_uint(kind[sys.platform])):
        number = ctypes.get_errno()
        if number in _UNKNOWN:
            raise CannotSwapError
        raise OSError(number, os.strerror(number), str(one), None, str(other))


def _replace(one: Path, other: Path) -> None:
    """Windows' own way in two steps: the other file moves aside, and from there to the name of the first.

    What lies aside is removed by nobody: where the process is killed between the two, no other name has it.
    """
    if sys.platform != "win32":
        raise CannotSwapError
    import ctypes

    aside = _aside(one)
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    try:
        if not kernel.ReplaceFileW(str(other), str(one), str(aside), _IGNORE_MERGE_ERRORS, None, None):
            number = ctypes.get_last_error()
            if number in (*_NOT_FOUND, *_IN_USE):
                raise ctypes.WinError(number)
            raise CannotSwapError
    finally:
        with contextlib.suppress(FileNotFoundError):
            aside.rename(other if one.exists() else one)  # back, where the new file could not follow
