"""What can be wrong with a workbook file, in words that the user can act on."""

from __future__ import annotations

from kam_xl.errors import KamError
from kam_xl.locale import Text


class PackageError(KamError):
    """A file cannot be used as a workbook."""


class UnreadableFileError(PackageError):
    """The file cannot be read at all: missing, locked, not permitted."""


class NotAWorkbookError(PackageError):
    """The file is not an Excel workbook in the Open XML format (.xlsx, .xlsm, .xltx, .xltm)."""

    @classmethod
    def of(cls, where: str, *, is_binary: bool = False) -> NotAWorkbookError:
        """The error of a file that may be something else, or an .xlsb."""
        return cls(
            Text("this is a binary workbook (.xlsb)") if is_binary else Text("this is not an Excel workbook"),
            where=where,
            remedy=Text("Open it in Excel and save it as .xlsx or .xlsm."),
        )


class EncryptedFileError(PackageError):
    """The workbook is protected with a password for opening."""


class DamagedFileError(PackageError):
    """The file, or a part of it, is not what it says it is."""


class UnsafeFileError(PackageError):
    """The file is built to harm the program that opens it."""
