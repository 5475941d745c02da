"""What can go wrong between Python and LibreOffice, told so that a user can act on it."""

from __future__ import annotations

from typing import ClassVar

from kam_xl.errors import KamError


class OfficeError(KamError):
    """LibreOffice is not there, or does not answer."""

    exit_code: ClassVar[int] = 4


class NoUnoError(OfficeError, ImportError):
    """This Python cannot talk to LibreOffice."""


class NoOfficeError(OfficeError):
    """No LibreOffice was found, or it did not start."""


class NotAnsweringError(OfficeError):
    """No LibreOffice listens at an address, or it has gone since."""


class LoadError(OfficeError):
    """LibreOffice did not open a file."""


class StoreError(OfficeError):
    """LibreOffice did not save a file."""
