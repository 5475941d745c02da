"""A file to be written: what stood there when that was decided, and the one way in which another takes its place.

Every file goes beside its place under a name of its own, is flushed to the disk, and is renamed only if the place is
still as it was: nobody has the file open, and nobody has saved another one meanwhile.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kam_xl.errors import system_reason
from kam_xl.files.errors import LockedFileError, SaveError
from kam_xl.files.state import FileState
from kam_xl.locale import Text

_TEMPORARY = re.compile(r"\.kam_xl-[0-9a-f]{8}\.tmp")
_STALE = 24 * 3600  # seconds after which a temporary file of ours belongs to a run that was killed
_LONGEST_NAME = 255  # bytes, to most file systems


@dataclass(frozen=True)
class Destination:
    """Where a file goes.

    Attributes
    ----------
    given : Path
        The file as the user named it, for messages.
    path : Path
        The file itself; links are resolved.
    before : FileState or None
        What stood there when it was decided to write; None for nothing.
    """

    given: Path
    path: Path
    before: FileState | None

    @classmethod
    def of(cls, path: Path | str) -> Destination:
        """A destination as it stands now.

        Raises
        ------
        SaveError
            Where no file can be written there, or somebody has it open.
        """
        given, real = Path(path), Path(os.path.realpath(path))
        with reported(given):
            destination = cls(given, real, FileState.of(real))
        destination.refuse_unwritable()
        return destination

    def refuse_unwritable(self) -> None:
        """Refuse a place where no file can be written, or a file that somebody has open.

        Raises
        ------
        SaveError
        """
        if not self.path.exists():
            return
        if not self.path.is_file():
            raise SaveError(
                Text("this is not a regular file, so nothing can be written there"),
                where=str(self.given),
                remedy=Text("Name a file."),
            )
        for lock, program in ((f"~${self.path.name}", "Excel"), (f".~lock.{self.path.name}#", "LibreOffice")):
            if self._has_beside(lock):
                raise LockedFileError(
                    Text("the file is open in {program}", program=program),
                    where=str(self.given),
                    remedy=Text("Close it there. If it is not open, delete the file {lock} beside it.", lock=lock),
                )
        if not os.access(self.path, os.W_OK):  # its folder may well allow replacing it
            raise LockedFileError(
                Text("the file is read-only"),
                where=str(self.given),
                remedy=Text("Save under another name, or allow writing to it."),
            )

    def _has_beside(self, name: str) -> bool:
        try:
            return self.path.with_name(name).exists()
        except OSError:  # a name that is too long for a lock cannot have one
            return False

    def refuse_changed(self) -> None:
        """Refuse a place that is no longer as it was.

        Raises
        ------
        LockedFileError
        """
        now = FileState.of(self.path)
        if now is None and self.before is None:
            return
        if self.before is None:
            raise _changed(self.given, Text("another file has appeared there meanwhile"))
        if now is not None and not self.before.is_still(now):
            raise _changed(self.given, Text("the file was changed by another program after it was read"))

    @contextlib.contextmanager
    def temporary(self) -> Iterator[Path]:
        """A name beside the file to write it under; whatever is left there at the end is removed."""
        _clear_stale(self.path.parent)
        path = self.path.with_name(f".kam_xl-{secrets.token_hex(4)}.tmp")
        try:
            yield path
        finally:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)

    def put(self, temporary: Path) -> None:
        """Let a finished file take the place, with the permissions and as far as possible the owner of the old one.

        Raises
        ------
        LockedFileError
            If the file is open elsewhere, or not as it was any more.
        """
        replaces = self.before is not None and self.path.exists()
        if replaces:
            _keep_owner(self.path, temporary)
            shutil.copymode(self.path, temporary)
        self.refuse_unwritable()
        self.refuse_changed()  # and nothing between this and the rename
        try:
            if replaces and self.path.exists():
                temporary.replace(self.path)
            else:
                _appear(temporary, self.path)
        except FileExistsError as error:
            raise _changed(self.given, Text("another file has appeared there meanwhile")) from error
        except PermissionError as error:  # Windows, where an open file cannot be replaced
            raise LockedFileError(
                Text("the file is open in another program"), where=str(self.given), remedy=Text("Close it there.")
            ) from error
        _synchronize(self.path.parent)

    def write(self, content: bytes, remedy: Text | None = None) -> None:
        """Write a whole file.

        Raises
        ------
        SaveError
            With the remedy given, where the file cannot be written.
        """
        with reported(self.given, remedy), self.temporary() as path:
            with path.open("xb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            self.put(path)

    def keep_backup(self) -> Path | None:
        """A copy of what stands there, beside it as ``name.bak.xlsx``; earlier copies stay, a half one never does."""
        if self.before is None:
            return None
        number = 1
        with self.temporary() as path:
            shutil.copy2(self.path, path)
            while True:
                place = self.path.with_name(_backup_name(self.path, number))
                try:
                    _appear(path, place)
                except FileExistsError:
                    number += 1
                else:
                    return place


def write_whole(path: Path, content: bytes, remedy: Text | None = None) -> None:
    """Write a file whole or not at all; one that stands there is replaced.

    Raises
    ------
    SaveError
    """
    Destination.of(path).write(content, remedy)


@contextlib.contextmanager
def reported(path: Path, remedy: Text | None = None) -> Iterator[None]:
    """Convert OSError to SaveError."""
    try:
        yield
    except OSError as error:
        raise SaveError(
            Text("the file cannot be written ({why})", why=system_reason(error)), where=str(path), remedy=remedy
        ) from error


def _changed(path: Path, what: Text) -> LockedFileError:
    return LockedFileError(what, where=str(path), remedy=Text("Run the command again, or save under another name."))


def _appear(temporary: Path, path: Path) -> None:
    """Give a file its name if nobody else has taken it, in one step where the system can."""
    if os.name == "nt":
        temporary.rename(path)  # which never replaces there
        return
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if path.exists():
            raise FileExistsError(path) from None
        temporary.rename(path)
    else:
        temporary.unlink()


def _keep_owner(old: Path, new: Path) -> None:
    """Give the new file the group of the old one, and its owner where the system lets us."""
    if os.name == "posix":
        before, now = old.stat(), new.stat()
        for owner, group in ((-1, before.st_gid), (before.st_uid, -1)):
            if (before.st_uid, before.st_gid) != (now.st_uid, now.st_gid):
                with contextlib.suppress(OSError):
                    os.chown(new, owner, group)


def _synchronize(folder: Path) -> None:
    """See to it that the rename itself reaches the disk; some network file systems cannot promise that."""
    if os.name == "posix":
        with contextlib.suppress(OSError):
            number = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(number)
            finally:
                os.close(number)


def _clear_stale(folder: Path) -> None:
    """Remove what killed runs of ours left in a folder: only names that nobody else uses, and none of today."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _TEMPORARY.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                with contextlib.suppress(OSError):
                    if entry.stat(follow_symlinks=False).st_mtime < time.time() - _STALE:
                        Path(entry.path).unlink()


def _backup_name(path: Path, number: int) -> str:
    """``name.bak.xlsx``, ``name.bak2.xlsx``; a name that would become too long loses its end."""
    end = f".bak{number if number > 1 else ''}{path.suffix}"
    return shortened(path.stem, _LONGEST_NAME - len(os.fsencode(end))) + end


def shortened(name: str, most: int) -> str:
    """The beginning of a file's name that takes at most so many bytes.

    >>> shortened("Клиенты", 5), shortened("plan", 5)
    ('Кл', 'plan')
    """
    while len(os.fsencode(name)) > most:
        name = name[:-1]
    return name
