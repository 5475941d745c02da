"""The base of every error that kam_xl raises on purpose: where, what, got, remedy."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import ClassVar

from kam_xl.locale import Quoted, Text


class KamError(Exception):
    """An error a user can act on.

    Parameters
    ----------
    what : Text
        The fact, without a full stop: "procurement budget must be above 0".
    where : Text or str, optional
        The place: a client, a cell, a file.
    got : object, optional
        The offending value, shown as it is; a Text in the language of the message.
    remedy : Text, optional
        What to do about it, a whole sentence.

    Examples
    --------
    >>> print(KamError(Text("procurement budget must be above 0"), where="Clients!D7", got=0,
    ...                remedy=Text("Enter the yearly budget or leave it blank.")))
    Clients!D7: procurement budget must be above 0, got 0. Enter the yearly budget or leave it blank.
    """

    exit_code: ClassVar[int] = 3

    def __init__(self, what: Text, *, where: Text | str = "", got: object = ..., remedy: Text | None = None) -> None:
        super().__init__(what, where, got, remedy)
        self.what, self.where, self.got, self.remedy = what, where, got, remedy

    @property
    def sentence(self) -> Text:
        """Where, what and the offending value, without the remedy: one of several errors in a sentence."""
        what = self.what
        if self.got is not ...:
            got = self.got if isinstance(self.got, (Text, Quoted)) else str(self.got)
            what = Text("{what}, got {value}", what=what, value=got)
        return Text("{where}: {what}", where=self.where, what=what) if self.where else what

    def render(self, lang: str = "en") -> str:
        """The whole message in one language."""
        message = f"{self.sentence.render(lang)}."
        return f"{message} {self.remedy.render(lang)}" if self.remedy else message

    def __str__(self) -> str:
        return self.render()


class MissingPackageError(KamError):
    """An optional package is not installed; `extra` is what brings it.

    Examples
    --------
    >>> print(MissingPackageError(Text("reading parquet needs the package pyarrow"), "parquet"))
    reading parquet needs the package pyarrow. Install it with: pip install "kam_xl[parquet]"
    """

    def __init__(self, what: Text, extra: str, *, where: str = "") -> None:
        remedy = Text('Install it with: pip install "kam_xl[{extra}]"', extra=extra)
        super().__init__(what, where=where, remedy=remedy)


_FAILED = Text("the disk or the network failed")
# Of network folders and memory sticks that went away; no system has all of these names.
_GONE = (
    "ENOTCONN",
    "ESTALE",
    "ECONNRESET",
    "ECONNABORTED",
    "ETIMEDOUT",
    "ENETDOWN",
    "ENETUNREACH",
    "EHOSTDOWN",
    "EHOSTUNREACH",
    "ENXIO",
    "ENODEV",
    "EREMOTEIO",
    "ENOMEDIUM",
)
# Only what a user may meet. EACCES is also Windows' answer for a file that another program holds.
_REASONS = {
    errno.EACCES: Text("another program has it open, or access is denied")
    if os.name == "nt"
    else Text("access is denied"),
    errno.EPERM: Text("access is denied"),
    errno.ENOENT: Text("there is no such file or folder"),
    errno.EEXIST: Text("it exists already"),
    errno.EISDIR: Text("it is a folder"),
    errno.ENOTDIR: Text("a part of the path is a file, not a folder"),
    errno.ELOOP: Text("its links lead in a circle"),
    errno.ESPIPE: Text("it is a pipe or a device"),
    errno.ENAMETOOLONG: Text("the path is too long"),
    errno.ENOSPC: Text("the disk is full"),
    errno.EROFS: Text("the disk is read-only"),
    errno.EBUSY: Text("another program is using it"),
    errno.EMFILE: Text("too many files are open"),
    errno.EIO: _FAILED,
    **{getattr(errno, name): _FAILED for name in _GONE if hasattr(errno, name)},
}
if hasattr(errno, "EDQUOT"):
    _REASONS[errno.EDQUOT] = Text("your share of the disk is used up")


_LONGEST_PATH = 259  # in a Windows that was not told otherwise


def _is_too_long(error: OSError) -> bool:
    """Whether Windows refused a path for its length: it says so in many ways, also that there is no such folder."""
    known = isinstance(error, PermissionError) or error.errno == errno.ENOSPC
    return os.name == "nt" and not known and len(str(Path(error.filename or "").absolute())) > _LONGEST_PATH


def system_reason(error: OSError) -> Text | str:
    """Why the system refused, in words that can be translated; an uncommon reason in the system's own words.

    >>> system_reason(OSError(errno.ENOSPC, "No space left on device"))
    Text('the disk is full')
    """
    if _is_too_long(error):
        return _REASONS[errno.ENAMETOOLONG]
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def refuse_pipe(path: Path) -> None:
    """Refuse what would keep us waiting, and can be read only once.

    Raises
    ------
    OSError
        Also where there is nothing, or it may not be looked at.
    """
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.ESPIPE, os.strerror(errno.ESPIPE), str(path))


def why_unreadable(path: Path) -> tuple[Text, Text | None] | None:
    """Why a path cannot be read as a file, and what to do about it; None where it can.

    >>> why_unreadable(Path("."))
    (Text('this is a folder, not a file'), Text('Name a file.'))
    """
    try:
        if path.is_dir():
            return Text("this is a folder, not a file"), Text("Name a file.")
        refuse_pipe(path)
        with path.open("rb"):
            return None
    except FileNotFoundError:
        return Text("there is no such file"), Text("Check the name and the folder.")
    except OSError as error:
        if error.errno == errno.ESPIPE:
            return Text("this is a pipe or a device, not a file"), Text("Name a file.")
        return Text("the file cannot be read ({why})", why=system_reason(error)), None
