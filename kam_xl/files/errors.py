"""Why a file could not be written; what stood there is as it was."""

from __future__ import annotations

from typing import ClassVar

from kam_xl.errors import KamError


class SaveError(KamError):
    """The file could not be written."""

    exit_code: ClassVar[int] = 4


class LockedFileError(SaveError):
    """The file is open in another program, is read-only, or was changed by somebody else meanwhile."""
