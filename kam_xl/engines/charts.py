"""Charts and the values they keep of their cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlwings as xw


def refresh_charts(sheet: xw.Sheet) -> None:
    """Have the charts of a sheet show what its cells hold now.

    A spreadsheet program does so by itself; an engine without one offers a `refresh_charts` of its own.
    """
    native = getattr(sheet.impl, "refresh_charts", None)
    if native is not None:
        native()


def put_chart_words(sheet: xw.Sheet, words: Mapping[str, str]) -> None:
    """Put other words into the texts that charts bear themselves, where the engine can (`put_chart_words`)."""
    native = getattr(sheet.impl, "put_chart_words", None)
    if native is not None:
        native(words)
