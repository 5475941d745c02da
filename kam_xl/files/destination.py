"""A file to be written: what stood there when that was decided, and the one way in which another takes its place.

Every file goes beside its place under a name of its own, is flushed to the disk, and is renamed only if the place is
still as it was: nobody has the file open, and nobody has saved another one meanwhile.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kam_xl.errors import system_reason
from kam_xl.files.disk import copy_whole, keep_owner_and_mode, make_like, synchronize, synchronize_folder
from kam_xl.files.errors import LockedFileError, SaveError
from kam_xl.files.state import FileState
from kam_xl.files.swapping import appear, take_place
from kam_xl.locale import Text

_TEMPORARY = re.compile(r"\.kam_xl-[0-9a-f]{8}\.tmp")
_STALE = 24 * 3600  # seconds after which a temporary file of ours belongs to a run that was killed
_TRIES, _PAUSE = 3, 0.05  # seconds: a program that looks at new files may hold one for a moment
_APPEARED = Text("another file has appeared there meanwhile")
_CHANGED = Text("the file was changed by another program after it was read")
# Windows replaces no open file; elsewhere servers may refuse that, and folders in which everybody may only add files.
_IRREPLACEABLE, _CLOSE = (
    (Text("the file is open in another program"), Text("Close it there."))
    if os.name == "nt"
    else (
        Text("another program has the file open, or its folder does not let it be replaced"),
        Text("Close it there, or save into another folder."),
    )
)
_GONE = Text("the file is gone, or another program is saving it at this moment")
_FOLDER_GONE = Text("its folder is gone, or is not connected any more")
_AWKWARD = re.compile(r'[\x00-\x1f:*?"<>|\\]')  # Windows, memory sticks and many network folders take none of these
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
        with reported(destination.given):
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
            raise _changed(self.given, _GONE if self.path.parent.is_dir() else _FOLDER_GONE)
        elif not self.before.is_still(now):
            raise _changed(self.given, _CHANGED)

    @contextlib.contextmanager
    def temporary(self) -> Iterator[Path]:
        """A name beside the file to write it under; whatever is left there at the end is removed."""
        path = self.path.with_name(f".kam_xl-{secrets.token_hex(4)}.tmp")
        try:
            make_like(path, self.path)
            _clear_stale(path.parent, path.stat().st_mtime)
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
            keep_owner_and_mode(self.path, temporary)
        own = FileState.of(temporary)
        self.refuse_unwritable()
        self.refuse_changed()
        if self.before and own:
            self._replace(temporary, own, self.before)
        else:
            self._name(temporary)
        synchronize_folder(self.path.parent)
        return own

    def _name(self, temporary: Path) -> None:
        try:
            appear(temporary, self.path)
        except FileExistsError as error:
            raise _changed(self.given, _APPEARED) from error
        except OSError as error:
            if not _AWKWARD.search(self.path.name):
                raise
            raise SaveError(
                Text("no file of this name can be written there ({why})", why=system_reason(error)),
                where=str(self.given),
                remedy=Text("Use only letters, digits, spaces, dots and hyphens in the name."),
            ) from error

    def _replace(self, temporary: Path, own: FileState, seen: FileState) -> None:
        has_replaced = False
        try:
            has_replaced = take_place(temporary, self.path, own, seen)
        except FileNotFoundError as error:
            raise _changed(self.given, _GONE) from error
        except PermissionError as error:
            raise LockedFileError(_IRREPLACEABLE, where=str(self.given), remedy=_CLOSE) from error
        except FileExistsError:  # where it takes two steps to replace a file, somebody has saved between them
            pass
        finally:
            kept = None if has_replaced else self._kept(temporary, own, seen)
        if not has_replaced:
            raise _changed(self.given, kept or _CHANGED)

    def _kept(self, temporary: Path, own: FileState, seen: FileState) -> Text | None:
        """What to say of a file of somebody else that has only our temporary name, once it has the name of a backup."""
        there = FileState.of(temporary)
        if there is None or own.is_still(there) or seen.is_still(there):
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
            with path.open("wb") as stream:
                stream.write(content)
                synchronize(stream)
            self.put(path)

    def keep_backup(self) -> Path | None:
        """A copy of what stands there, beside it as ``name.bak.xlsx``; earlier copies stay, a half one never does."""
        if self.before is None:
            return None
        with self.temporary() as path:
            copy_whole(self.path, path)
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


def _clear_stale(folder: Path, now: float) -> None:
    """Remove what killed runs of ours left in a folder: only names that nobody else uses, and none of today.

    The time is that of whoever keeps the folder: the clock of a server may be wrong by years.
    """
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _TEMPORARY.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                with contextlib.suppress(OSError):
                    if entry.stat(follow_symlinks=False).st_mtime < now - _STALE:
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
