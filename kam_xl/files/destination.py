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
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kam_xl.errors import system_reason
from kam_xl.files.errors import LockedFileError, SaveError
from kam_xl.files.state import FileState
from kam_xl.files.swapping import CannotSwapError, appear, take_place
from kam_xl.locale import Text

_TEMPORARY = re.compile(r"\.kam_xl-[0-9a-f]{8}\.tmp")
_STALE = 24 * 3600  # seconds after which a temporary file of ours belongs to a run that was killed
_TRIES, _PAUSE = 3, 0.05  # seconds: a program that looks at new files may hold one for a moment
_APPEARED = Text("another file has appeared there meanwhile")
_CHANGED = Text("the file was changed by another program after it was read")
_GONE = Text("the file is gone, or another program is saving it at this moment")
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
        destination = cls.seen(path)
        destination.refuse_unwritable()
        return destination

    @classmethod
    def seen(cls, path: Path | str) -> Destination:
        """The same for a file that is read first and perhaps never written: only that asks whether it can be.

        Raises
        ------
        SaveError
        """
        given, real = Path(path), Path(os.path.realpath(path))
        with reported(given):
            return cls(given, real, FileState.of(real))

    def refuse_unwritable(self) -> None:
        """Refuse a place where no file can be written, or a file that somebody has open.

        Raises
        ------
        SaveError
        """
        try:
            mode = self.path.stat().st_mode
        except FileNotFoundError:
            return
        if not stat.S_ISREG(mode):
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
        if self.before is None:
            if now:
                raise _changed(self.given, _APPEARED)
        elif now is None:
            raise _changed(self.given, _GONE)
        elif not self.before.is_still(now):
            raise _changed(self.given, _CHANGED)

    @contextlib.contextmanager
    def temporary(self) -> Iterator[Path]:
        """A name beside the file to write it under; whatever is left there at the end is removed."""
        _clear_stale(self.path.parent)
        path = self.path.with_name(f".kam_xl-{secrets.token_hex(4)}.tmp")
        try:
            yield path
        finally:
            for rest in reversed(range(_TRIES)):
                try:
                    path.unlink(missing_ok=True)
                    break
                except OSError:  # a later run removes it
                    time.sleep(_PAUSE if rest else 0)

    def put(self, temporary: Path) -> FileState | None:
        """Let a finished file take the place, with the permissions and as far as possible the owner of the old one.

        Returns
        -------
        FileState or None
            The file that was put there; somebody may have saved another one since.

        Raises
        ------
        LockedFileError
            If the file is open elsewhere, or not as it was any more.
        """
        if self.before and self.path.exists():
            _keep_owner(self.path, temporary)
            shutil.copymode(self.path, temporary)
        own = FileState.of(temporary)
        self.refuse_unwritable()
        self.refuse_changed()
        try:
            if self.before and own:
                self._replace(temporary, own, self.before)
            else:
                appear(temporary, self.path)
        except FileExistsError as error:
            raise _changed(self.given, _APPEARED) from error
        except PermissionError as error:  # Windows, where an open file cannot be replaced
            raise LockedFileError(
                Text("the file is open in another program"), where=str(self.given), remedy=Text("Close it there.")
            ) from error
        _synchronize(self.path.parent)
        return own

    def _replace(self, temporary: Path, own: FileState, seen: FileState) -> None:
        has_replaced = False
        try:
            has_replaced = take_place(temporary, self.path, own, seen)
        except CannotSwapError:  # nothing may come between the last question and this
            temporary.replace(self.path)
            return
        except FileNotFoundError as error:
            raise _changed(self.given, _GONE) from error
        finally:
            kept = None if has_replaced else self._kept(temporary, own)
        if not has_replaced:
            raise _changed(self.given, kept or _CHANGED)

    def _kept(self, temporary: Path, own: FileState) -> Text | None:
        """What to say of a file of somebody else that has only our temporary name, once it has the name of a backup."""
        there = FileState.of(temporary)
        if there is None or own.is_still(there):
            return None
        name = self._as_backup(temporary).name
        return Text("others have saved the file twice meanwhile; the earlier version is {name} now", name=name)

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
        with self.temporary() as path:
            shutil.copy2(self.path, path)
            return self._as_backup(path)

    def _as_backup(self, file: Path) -> Path:
        """Give a finished file the first free name of a backup."""
        number = 1
        while True:
            place = self.path.with_name(_backup_name(self.path, number))
            try:
                appear(file, place)
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
