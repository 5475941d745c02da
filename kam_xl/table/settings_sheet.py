"""The sheet on which a user sets the rules: names in one column, values in the next."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from kam_xl.domain.settings import Settings
from kam_xl.table.grid import Grid, Source
from kam_xl.table.setting_amounts import with_amounts
from kam_xl.table.sources.files import kind_of, open_file
from kam_xl.table.words.vocabulary import SETTINGS_SHEETS

if TYPE_CHECKING:
    import xlwings as xw

    from kam_xl.table.sources.workbook_file import WorkbookFile

_KNOWN = frozenset(field.name for field in fields(Settings))
_KIND = "settings"  # what the mark of our own sheet says, whatever somebody called it
_NAME = re.compile(r"currency|[a-z]+(_[a-z0-9]+)+")


def read_settings(book: xw.Book | WorkbookFile | str | Path) -> dict[str, object] | None:
    """Names and values from the sheet "KAM settings" of a file or an open book, renamed or not; None without one.

    Parameters
    ----------
    book : xlwings.Book, WorkbookFile or path

    Returns
    -------
    dict or None
        For `Settings.from_mapping`: unknown names are left in, so that it can refuse them; blank values and all other
        columns are left out.
    """
    source = open_file(Path(book)) if isinstance(book, (str, Path)) else book
    grid = _in_book(source) if hasattr(source, "impl") else _in_file(source)
    return None if grid is None else _values(grid)


def may_have_settings(path: Path) -> bool:
    """Whether a file can have a settings sheet; a text is a single sheet, which is called as the file is."""
    return path.is_dir() or kind_of(path) != "text" or _is_settings(path.stem)


def _in_file(source: Source) -> Grid | None:
    name = next(filter(_is_settings, source.all_sheets()), None) or source.own_sheet(_KIND, "")
    return None if name is None else source.grid(name)


def _in_book(book: xw.Book) -> Grid | None:
    from kam_xl.table.sources.open_book import OpenBook

    source = OpenBook(book)
    name = None if (grid := source.first(_is_settings)) else source.own_sheet(_KIND, "")
    return source.grid(name) if name else grid


def _is_settings(sheet: str) -> bool:
    return sheet.strip().casefold() in {name.casefold() for name in SETTINGS_SHEETS}


def _values(grid: Grid) -> dict[str, object]:
    """What stands to the right of each name in the column that has most names of settings."""
    places = [
        (row, column, cell.strip())
        for row, cells in enumerate(grid.rows)
        for column, cell in enumerate(cells)
        if isinstance(cell, str) and _NAME.fullmatch(cell.strip())
    ]
    columns = Counter(column for _, column, name in places if name in _KNOWN)
    names = max(columns, key=lambda column: columns[column], default=-1)
    values = with_amounts({name: _cell(grid, row, column + 1) for row, column, name in places if column == names})
    return {name: value for name, value in values.items() if value is not None}


def _cell(grid: Grid, row: int, column: int) -> object:
    cells = grid.rows[row]
    value = cells[column] if column < len(cells) else None
    return value.strip() or None if isinstance(value, str) else value
