"""What file systems can do more or less of: permissions, owners, and bringing what was written to the disk at once.

A memory stick knows no permissions, a network folder often sets its own, and some cannot be asked to write at once:
none of that keeps a file from being written.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from pathlib import Path
from typing import BinaryIO

_USUAL_MODE = 0o666  # of which the system takes what the user's mask says
_NO_FSYNC = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)


def synchronize(stream: BinaryIO) -> None:
    """See to it that a written file is on the disk, as far as its file system can be asked for that.

    Raises
    ------
    OSError
    """
    stream.flush()
    try:
        os.fsync(stream.fileno())
    except OSError as error:
        if error.errno not in _NO_FSYNC:
            raise


def synchronize_folder(folder: Path) -> None:
    """See to it that a rename itself reaches the disk; some network file systems cannot promise that."""
    if os.name == "posix":
        with contextlib.suppress(OSError):
            number = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(number)
            finally:
                os.close(number)


def make_like(path: Path, old: Path) -> None:
    """Make an empty file that nobody may read who may not read the old one, if there is one.

    Raises
    ------
    OSError
    """
    try:
        mode = stat.S_IMODE(old.stat().st_mode) | stat.S_IWUSR
    except FileNotFoundError:
        mode = _USUAL_MODE
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))


def keep_owner_and_mode(old: Path, new: Path) -> None:
    """Give the new file the group and the permissions of the old one, and its owner where the system lets us."""
    if os.name == "posix":
        before, now = old.stat(), new.stat()
        for owner, group in ((-1, before.st_gid), (before.st_uid, -1)):
            if (before.st_uid, before.st_gid) != (now.st_uid, now.st_gid):
                with contextlib.suppress(OSError):
                    os.chown(new, owner, group)
    with contextlib.suppress(OSError):
        shutil.copymode(old, new)


def copy_whole(old: Path, new: Path) -> None:
    """Copy a file, and as far as possible its times and permissions.

    Raises
    ------
    OSError
    """
    with old.open("rb") as source, new.open("wb") as target:
        shutil.copyfileobj(source, target)
        synchronize(target)
    with contextlib.suppress(OSError):
        shutil.copystat(old, new)
