"""The client table: reading it from any file or open book, and everything doubtful in it."""

from kam_xl.table.client_table import ClientTable, TableSource
from kam_xl.table.errors import TableError
from kam_xl.table.finding import Finding
from kam_xl.table.grid import Grid
from kam_xl.table.reader import read, read_book, read_grid, read_grids
from kam_xl.table.settings_sheet import read_settings

__all__ = [
    "ClientTable",
    "Finding",
    "Grid",
    "TableError",
    "TableSource",
    "read",
    "read_book",
    "read_grid",
    "read_grids",
    "read_settings",
]
