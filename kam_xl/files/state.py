"""What a file was like at a moment, so that a later change by somebody else is noticed."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_WHOLE = 64 << 20  # bytes: to read more again, right before it is replaced, would take too long
_END = 4 << 20  # of larger files; in the last bytes of a workbook stand the checksums of all its parts
_AT_ONCE = 1 << 20
_TICK = 2_000_000_000  # nanoseconds: FAT keeps times so, and some systems round them when they look again


@dataclass(frozen=True)
class FileState:
    """A file at a moment.

    Its number says nothing: drivers of memory sticks and of network folders invent one each time that they look.

    Attributes
    ----------
    size, modified : int
        In bytes; in nanoseconds.
    digest : bytes or None
        Of its content, of very large files of their beginning and end; None of those that are not regular ones.
    """

    size: int
    modified: int
    digest: bytes | None

    @classmethod
    def of(cls, path: Path, content: bytes | None = None) -> FileState | None:
        """The state of a file now, None where there is none; `content`, if it was just read, saves reading it again.

        Raises
        ------
        OSError
        """
        try:
            status = path.stat()
            digest = None
            if content is not None:
                digest = _digest(io.BytesIO(content))
            elif stat.S_ISREG(status.st_mode):
                with path.open("rb", buffering=0) as stream:
                    digest = _digest(stream)
        except FileNotFoundError:
            return None
        return cls(status.st_size, status.st_mtime_ns, digest)

    def is_still(self, now: FileState | None) -> bool:
        """Whether nobody has changed the file: by its content, and by its time where that was not looked at whole."""
        if now is None or self.digest != now.digest:
            return False
        if self.digest and self.size <= _WHOLE:
            return True
        return self.size == now.size and abs(self.modified - now.modified) < _TICK


def _digest(stream: BinaryIO | io.RawIOBase) -> bytes:
    """Of a file's content, which is read piece by piece."""
    digest = hashlib.blake2b()
    size = stream.seek(0, os.SEEK_END)
    for start, most in [(0, _WHOLE)] if size <= _WHOLE else [(0, _END), (size - _END, _END)]:
        stream.seek(start)
        while most > 0 and (piece := stream.read(min(_AT_ONCE, most))):
            digest.update(piece)
            most -= len(piece)
    return digest.digest()
