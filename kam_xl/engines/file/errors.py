"""What can go wrong with a workbook file, told so that a person can act on it."""

from __future__ import annotations

from typing import ClassVar

from kam_xl.engines.errors import EditError as EditError
from kam_xl.engines.errors import NoSuchItemError as NoSuchItemError
from kam_xl.engines.errors import UnsupportedError as UnsupportedError
from kam_xl.errors import KamError


class PackageError(KamError):
    """A file cannot be used as a workbook."""


class UnreadableFileError(PackageError):
    """The file cannot be read at all: missing, locked, not permitted."""


class NotAWorkbookError(PackageError):
    """The file is something else than an Excel workbook in the Open XML format (.xlsx, .xlsm, .xltx, .xltm)."""


class EncryptedFileError(PackageError):
    """The workbook is protected with a password for opening."""


class DamagedFileError(PackageError):
    """The file, or a part of it, is not what it says it is."""


class UnsafeFileError(PackageError):
    """The file is built to harm the program that opens it."""


class SaveError(KamError):
    """The workbook could not be written; what was there before is as it was."""

    exit_code: ClassVar[int] = 4


class LockedFileError(SaveError):
    """The file is open in Excel or LibreOffice, or has changed since it was read."""


class UnexpectedChangeError(SaveError):
    """The file about to be written would differ from its source where it must not."""
