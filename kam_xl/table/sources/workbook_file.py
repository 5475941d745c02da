"""Workbooks without a spreadsheet program, read by calamine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from kam_xl.gate import admit
from kam_xl.locale import Text
from kam_xl.ooxml.errors import PackageError
from kam_xl.table.errors import FileUnreadableError
from kam_xl.table.grid import HEAD_ROWS, NO_SHEET, Grid, Outline, pick
from kam_xl.table.sources.package_parts import PackageParts
from kam_xl.table.values.shown import ShownNumber

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


class WorkbookFile:
    """A source over a workbook file (xlsx, xlsm, xlsb, xls).

    Calamine gives blanks for error values and leaves defined names out; where they matter the package's own parts are
    asked for them. A sheet is parsed once, and only after the gate has passed it.

    Raises
    ------
    FileUnreadableError
        If it is damaged, protected by a password, or unsafe to read.
    """

    decimal = encoding = ""

    def __init__(self, path: Path) -> None:
        self.path, self.name = path, path.name
        with understanding(path):
            self._package = PackageParts(admit(path))
        self._parsed: dict[str, CalamineSheet] = {}
        self._heads: dict[str, Grid] = {}

    @cached_property
    def _book(self) -> CalamineWorkbook:
        from python_calamine import load_workbook

        with understanding(self.path):
            renamed = self._package.under_usual_names()
            if not renamed and _is_unspoken(self.path):
                renamed = self.path.read_bytes()
            return load_workbook(BytesIO(renamed) if renamed else str(self.path))

    def all_sheets(self) -> list[str]:
        """Names of all worksheets."""
        return self._all_sheets

    @cached_property
    def _all_sheets(self) -> list[str]:
        from python_calamine import SheetTypeEnum

        return [sheet.name for sheet in self._book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]

    def sheets(self) -> list[str]:
        """Names of the visible worksheets, ours left out."""
        from python_calamine import SheetVisibleEnum

        hidden = {each.name for each in self._book.sheets_metadata if each.visible != SheetVisibleEnum.Visible}
        left_out = self._package.own_sheets.keys() | hidden
        return [name for name in self.all_sheets() if name not in left_out]

    def own_sheet(self, kind: str, title: str) -> str | None:
        """The sheet of ours of a kind, whatever it is called; by its title in formats that do not tell names."""
        if not self._package.tells_names:
            return next((name for name in self.all_sheets() if name == title), None)
        return next((name for name, own in self._package.own_sheets.items() if own == kind), None)

    def head(self, sheet: str) -> Grid:
        """The first rows of a sheet; they are asked for again for each kind of table that it may hold."""
        if sheet not in self._heads:
            self._heads[sheet] = self._grid(sheet, HEAD_ROWS)
        return self._heads[sheet]

    def grid(self, sheet: str) -> Grid:
        """A whole sheet, with errors such as "#N/A" as text, and numbers with what their formats say of them."""
        name = self.head(sheet).sheet
        troubles, outline = list(self._package.troubles(name)), self._outline(name)
        shown = list(self._package.shown(name))
        self._package.let_go()
        grid = self._grid(name, None)
        for row, column, text in troubles:
            if 0 <= row - grid.top < len(grid.rows) and 0 <= column - grid.left < len(grid.rows[0]):
                grid.rows[row - grid.top][column - grid.left] = text
        for row, column, look in shown:
            if 0 <= row - grid.top < len(grid.rows) and 0 <= column - grid.left < len(grid.rows[0]):
                cells, at = grid.rows[row - grid.top], column - grid.left
                cells[at] = ShownNumber(cells[at], look) if cells[at].__class__ is float else cells[at]
        return _outlined(grid, *outline)

    def table(self, name: str) -> Grid:
        """A named Excel table, without its totals; its header stands in the row above its data."""
        with understanding(self.path):
            tables = self._package.tables
        table = tables[pick(name, list(tables), self.name, Text("there is no such Excel table"))]
        return table.cut_out(self.grid(table.sheet))

    def _outline(self, sheet: str) -> tuple[dict[int, int], bool]:
        with understanding(self.path):
            return self._package.outline(sheet)

    def _grid(self, name: str, rows: int | None) -> Grid:
        name = pick(name, self.all_sheets(), self.name, NO_SHEET)
        sheet = self._parsed[name] = self._parsed.get(name) or self._parse(name)
        top, left = sheet.start or (0, 0)
        with understanding(self.path):
            return Grid(name, sheet.to_python(nrows=rows), top=top + 1, left=left + 1, merged=merged_ranges(sheet))

    def _parse(self, name: str) -> CalamineSheet:
        with understanding(self.path):
            self._package.check(name)
            return self._book.get_sheet_by_name(name)


def _outlined(grid: Grid, levels: Mapping[int, int], heads_below: bool) -> Grid:
    """A grid with the depths of its rows where any are grouped."""
    numbers = range(grid.top, grid.top + len(grid.rows))
    return replace(grid, outline=Outline([levels.get(row, 0) for row in numbers], heads_below)) if levels else grid


def _is_unspoken(path: Path) -> bool:
    """Whether a path has letters of no encoding, from a disk of another system: calamine would not find it."""
    return any("\ud800" <= letter <= "\udfff" for letter in str(path))


def merged_ranges(sheet: CalamineSheet) -> Sequence[tuple[tuple[int, int], tuple[int, int]]]:
    """The merged ranges of a sheet; none where its kind of file does not tell."""
    return getattr(sheet, "merged_cell_ranges", None) or ()


@contextmanager
def understanding(path: Path) -> Iterator[None]:
    """Whatever the gate and calamine make of a broken file becomes an error of the table's."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PackageError as error:
        raise FileUnreadableError(error.what, where=error.where, got=error.got, remedy=error.remedy) from error
    except PasswordError as error:
        raise protected(path) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise damaged(path, error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how its Rust fails, and no Exception
            raise
        raise damaged(path, error) from error


def damaged(path: Path, error: BaseException) -> FileUnreadableError:
    """The error for a file that cannot be understood."""
    return FileUnreadableError(
        Text("the workbook is damaged or is not a workbook ({why})", why=str(error)),
        where=path.name,
        remedy=Text("Open it in Excel, save it as .xlsx and try again."),
    )


def protected(path: Path) -> FileUnreadableError:
    """The error for a workbook that a password encrypts."""
    return FileUnreadableError(
        Text("the workbook is protected by a password"),
        where=path.name,
        remedy=Text("Save a copy without the password to open (File, Info, Protect Workbook) and use that."),
    )
