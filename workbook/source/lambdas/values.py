"""The values of formulas that no Python twin gives: ironcalc calculates them when the workbook is built."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string


def fill(package: bytes, values: Mapping[str, dict[str, object]], sheets: list[str]) -> None:
    """Put a value where there is None.

    Parameters
    ----------
    package : bytes
        The workbook.
    values : mapping
        Values by sheet and cell, which are changed.
    sheets : list of str
        The sheets in the order of their tabs.
    """
    import ironcalc  # only for building this workbook

    with TemporaryDirectory() as folder:
        path = Path(folder, "book.xlsx")
        path.write_bytes(package)
        model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    for number, sheet in enumerate(sheets):
        cells = values.get(sheet, {})
        for cell in [cell for cell, value in cells.items() if value is None]:
            letter, row = coordinate_from_string(cell)
            cells[cell] = model.get_cell_value(number, row, column_index_from_string(letter))
