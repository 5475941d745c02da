"""Filters of tables, which hide rows by what stood in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlwings as xw


def show_all_rows(table: xw.main.Table) -> None:
    """Take the criteria of a table's filter away, so that all its rows show; the filter buttons stay.

    For a table whose rows get other contents: what was hidden, and what it was sorted by, is no longer true. A
    spreadsheet program forgets the criteria when its filter is switched off and on, which every version of xlwings can
    do; an engine without one offers a `show_all_rows` of its own.
    """
    native = getattr(table.impl, "show_all_rows", None)
    if native is not None:
        native()
    elif table.show_autofilter:
        table.show_autofilter = False
        table.show_autofilter = True
