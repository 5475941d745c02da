"""What can go wrong with an open workbook, in words that the user can act on."""

from __future__ import annotations

from kam_xl.engines.errors import EditError as EditError
from kam_xl.engines.errors import NoSuchItemError as NoSuchItemError
from kam_xl.engines.errors import UnsupportedError as UnsupportedError
from kam_xl.files.errors import SaveError


class UnexpectedChangeError(SaveError):
    """The file about to be written would differ from its source where it must not."""
