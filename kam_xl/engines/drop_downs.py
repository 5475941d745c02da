"""Drop-downs of cells that have one: other words, in every engine."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlwings as xw

_LIST, _BETWEEN = 3, 1  # xlValidateList, xlBetween
_WINDOWS_SETTINGS = r"Control Panel\International"


def offer(cells: xw.Range, words: Sequence[str]) -> None:
    """Have the drop-down of some cells offer other words.

    Excel on Windows is told itself: xlwings 0.37 joins the words by the sixth of Excel's international settings, where
    the fifth is the list separator. A drop-down that was taken away stays away there.

    Raises
    ------
    KamError
        In engines that cannot.
    """
    validation = getattr(cells.api, "Validation", None)
    if validation is None:
        # Past xlwings' own object, which the one for Python 3.10 does not have.
        cells.impl.data_validation.set_list(words, in_cell_dropdown=True)
        return
    with suppress(Exception):  # whatever Excel calls the lack of a drop-down
        # In their order: an argument left out between others does not arrive everywhere as left out.
        validation.Modify(_LIST, validation.AlertStyle, _BETWEEN, list_separator().join(words))


def list_separator() -> str:
    """What stands between words of a list and arguments of a formula in this Windows, and so in its Excel."""
    if sys.platform != "win32":
        return ","
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _WINDOWS_SETTINGS) as key:
            return str(winreg.QueryValueEx(key, "sList")[0])
    except OSError:
        return ","
