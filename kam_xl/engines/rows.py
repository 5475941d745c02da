"""Rows shown and hidden, in every engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kam_xl.engines.many_ranges import takes_many, together

if TYPE_CHECKING:
    import xlwings as xw


def show_rows(cells: xw.Range, *, shown: bool) -> None:
    """Show or hide the rows of some cells; a row that is shown again has the height that it had.

    xlwings has no word for it. Its own engines are asked through the program's object model; others offer a
    `show_rows` of their own.
    """
    native = getattr(cells.impl, "show_rows", None)
    if native is not None:
        native(shown=shown)
    elif (rows := getattr(cells.api, "EntireRow", None)) is not None:  # Excel on Windows
        rows.Hidden = not shown
    else:  # Excel on macOS, through AppleScript
        cells.api.entire_row.hidden.set(not shown)


def show_spans(sheet: xw.Sheet, spans: Sequence[str], *, shown: bool) -> None:
    """Show or hide the rows of cells in several places."""
    if takes_many(sheet):
        for _, cells in together(sheet, spans):
            cells.row_hidden = not shown
    else:
        for span in spans:
            show_rows(sheet.range(span), shown=shown)


def visible(areas: Mapping[str, range], hidden: Mapping[str, int]) -> dict[int, bool]:
    """Which rows are to be shown, by the first hidden row of some areas.

    Parameters
    ----------
    areas : mapping of str to range
        The rows of the sheet that a name stands for.
    hidden : mapping of str to int
        By name, how many of its rows are shown from the top; the others are hidden. Later names overrule earlier ones,
        so that a part may be hidden within a whole that is shown. Names that are in no area are passed over.

    Examples
    --------
    >>> visible({"part": range(4, 8), "table": range(6, 8)}, {"part": 4, "table": 1})
    {4: True, 5: True, 6: True, 7: False}
    """
    rows: dict[int, bool] = {}
    for name, count in hidden.items():
        rows |= {row: place < count for place, row in enumerate(areas.get(name, range(0)))}
    return rows


def runs(rows: Mapping[int, bool]) -> list[tuple[int, int, bool]]:
    """Rows that follow each other and are shown or hidden alike: first, last, shown.

    >>> runs({4: True, 5: True, 6: False, 9: False})
    [(4, 5, True), (6, 6, False), (9, 9, False)]
    """
    blocks: list[tuple[int, int, bool]] = []
    for row in sorted(rows):
        if blocks and blocks[-1][1] == row - 1 and blocks[-1][2] == rows[row]:
            blocks[-1] = blocks[-1][0], row, rows[row]
        else:
            blocks.append((row, row, rows[row]))
    return blocks
