"""Workbooks without a spreadsheet program, read by calamine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kam_xl.locale import Text
from kam_xl.table.errors import FileUnreadableError
from kam_xl.table.grid import HEAD_ROWS, NO_SHEET, Grid, pick
from kam_xl.table.package_parts import MANY_CELLS, PackageParts

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


class WorkbookFile:
    """A source over a workbook file (xlsx, xlsm, xlsb, xls).

    Calamine gives blanks for error values and leaves defined names out; where they matter the package's own parts are
    asked for them. A sheet is parsed once.
    """

    decimal = ""

    def __init__(self, path: Path) -> None:
        self.path, self.name = path, path.name
        self._parsed: dict[str, CalamineSheet] = {}

    @cached_property
    def _book(self) -> CalamineWorkbook:
        return _open(self.path, load_tables=False)

    def all_sheets(self) -> list[str]:
        """Names of all worksheets."""
        from python_calamine import SheetTypeEnum

        return [sheet.name for sheet in self._book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]

    def sheets(self) -> list[str]:
        """Names of the worksheets, ours left out."""
        ours = self._package.own_sheets()
        return [name for name in self.all_sheets() if name not in ours]

    def head(self, sheet: str) -> Grid:
        """The first rows of a sheet."""
        return self._grid(sheet, HEAD_ROWS)

    def grid(self, sheet: str) -> Grid:
        """A whole sheet, with errors such as "#N/A" as text."""
        grid = self._grid(sheet, None)
        for row, column, text in self._package.troubles(grid.sheet):
            if 0 <= row - grid.top < len(grid.rows) and 0 <= column - grid.left < len(grid.rows[0]):
                grid.rows[row - grid.top][column - grid.left] = text
        return grid

    def table(self, name: str) -> Grid:
        """A named Excel table; its header stands in the row above its data."""
        book = _open(self.path, load_tables=True)
        found = book.get_table_by_name(
            pick(name, book.table_names or [], self.name, Text("there is no such Excel table"))
        )
        row, column = found.start or (1, 0)
        with understanding(self.path):
            return Grid(found.sheet, [list(found.columns), *found.to_python()], top=row, left=column + 1)

    def _grid(self, name: str, rows: int | None) -> Grid:
        name = pick(name, self.all_sheets(), self.name, NO_SHEET)
        sheet = self._parsed[name] = self._parsed.get(name) or self._parse(name)
        top, left = sheet.start or (0, 0)
        with understanding(self.path):
            return Grid(name, sheet.to_python(nrows=rows), top=top + 1, left=left + 1)

    def _parse(self, name: str) -> CalamineSheet:
        last, cells = self._package.extent(name)
        if cells > MANY_CELLS:  # calamine would make room for all of them, and the process would die of it
            raise FileUnreadableError(
                Text("the sheet is too large: it reaches to {cell}", cell=last),
                where=f"{self.name} ({name})",
                remedy=Text("Delete what stands far from the table, save the workbook and try again."),
            )
        with understanding(self.path):
            return self._book.get_sheet_by_name(name)

    @cached_property
    def _package(self) -> PackageParts:
        return PackageParts(self.path)


def _open(path: Path, load_tables: bool) -> CalamineWorkbook:
    from python_calamine import load_workbook

    with understanding(path):
        return load_workbook(str(path), load_tables=load_tables)


@contextmanager
def understanding(path: Path) -> Iterator[None]:
    """Whatever calamine makes of a broken file becomes an error of ours."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
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
