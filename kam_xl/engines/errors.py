"""Errors that scripts meet on every engine of ours."""

from __future__ import annotations

from typing import ClassVar

from kam_xl.errors import KamError


class EditError(KamError, ValueError):
    """A change that Excel would not allow or could not read back."""

    exit_code: ClassVar[int] = 4


class NoSuchItemError(KamError, KeyError):
    """A book, sheet, name or table that is not there."""

    def __str__(self) -> str:  # KeyError would show the representation of its first argument
        return self.render()


class UnsupportedError(KamError, NotImplementedError):
    """Something this engine does not do; it never does half of it."""

    exit_code: ClassVar[int] = 4
