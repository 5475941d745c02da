"""Files written whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from kam_xl.errors import KamError
from kam_xl.locale import Text


class WriteError(KamError):
    """A file that cannot be written; what stood there is as it was."""

    exit_code = 4


def write_whole(path: Path, content: bytes, remedy: Text | None = None) -> None:
    """Write a file beside its place, then put it there; one that stood there is replaced, its permissions stay.

    Raises
    ------
    WriteError
        With the remedy given, where the file cannot be written.
    """
    target = Path(os.path.realpath(path))
    partial = target.with_name(f".{target.stem[:100]}.{secrets.token_hex(4)}.tmp")
    try:
        partial.write_bytes(content)
        if target.exists():
            if not os.access(target, os.W_OK):  # its folder may well allow to replace it
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            shutil.copymode(target, partial)
        partial.replace(target)
    except OSError as error:
        raise WriteError(
            Text("the file cannot be written ({why})", why=error.strerror or str(error)), where=str(path), remedy=remedy
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
