"""What a file was like at a moment, so that a later change by somebody else is noticed."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path

_HASHED = 64 << 20  # bytes: to read more again, right before it is replaced, would take too long
_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class FileState:
    """A file at a moment.

    Attributes
    ----------
    identity : tuple of int
        Device and number of the file: another file moved into its place has another one.
    size, modified : int
        In bytes; in nanoseconds.
    digest : bytes or None
        Of its content; None of very large files, and of those that are not regular ones.
    """

    identity: tuple[int, int]
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
                digest = hashlib.blake2b(content).digest() if len(content) <= _HASHED else None
            elif stat.S_ISREG(status.st_mode) and status.st_size <= _HASHED:
                digest = _digest(path)
        except FileNotFoundError:
            return None
        return cls((status.st_dev, status.st_ino), status.st_size, status.st_mtime_ns, digest)

    def is_still(self, now: FileState | None) -> bool:
        """Whether nobody has changed the file: by its content where that is known, else by all the rest."""
        if now is None:
            return False
        if self.digest and now.digest:
            return self.digest == now.digest
        return (self.identity, self.size, self.modified) == (now.identity, now.size, now.modified)


def _digest(path: Path) -> bytes:
    """Of a file's content, which is read piece by piece."""
    digest = hashlib.blake2b()
    with path.open("rb", buffering=0) as stream:
        while piece := stream.read(_AT_ONCE):
            digest.update(piece)
    return digest.digest()
