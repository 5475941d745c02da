"""Formulas calculated by ironcalc, an independent spreadsheet engine that knows LAMBDA."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.formula import ArrayFormula

from kam_xl.domain.model import Labelled
from kam_xl.domain.settings import Settings
from kam_xl.functions import ERRORS
from lambdas.book import lookups
from lambdas.functions import names
from lambdas.ranking import LIVE_NAMES

Block = list[list[Any]]


class Call:
    """A function and its arguments: None is left out, a list of rows a range, anything else one cell."""

    def __init__(self, name: str, *arguments: Any, shape: tuple[int, int] = (1, 1)) -> None:
        self.name, self.arguments, self.shape = name, arguments, shape

    def __repr__(self) -> str:
        return f"{self.name}{self.arguments}"


def calculated(calls: Sequence[Call], folder: Path) -> list[Any]:
    """What ironcalc answers to each call, in the shape that Python's answer has."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Cases"
    _add_names(book)
    row = 1
    tops = []
    for call in calls:
        tops.append(row)
        row += _write(sheet, row, call)
    import ironcalc

    path = folder / "cases.xlsx"
    book.save(path)
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    return [_answer(model, top, call) for top, call in zip(tops, calls, strict=True)]


def _add_names(book: Workbook) -> None:
    sheet = book.create_sheet("Settings")
    sheet.append(["language", "en", None])
    for setting in Settings().listed():
        value = setting.value.label.render("en") if isinstance(setting.value, Labelled) else setting.value
        sheet.append([setting.name, None, value])
    last = sheet.max_row
    tables: dict[str, str] = {}
    for number, (name, lines) in enumerate(lookups().items()):
        table = book.create_sheet(f"Table{number}")
        for line in lines:
            table.append(line)
        tables[name] = f"{table.title}!$A$1:${get_column_letter(len(lines[0]))}${len(lines)}"
    places = {
        "kam_settings": f"Settings!$A$1:$B${last}",
        "kam_defaults": f"Settings!$A$1:$C${last}",
        "kam_set_language": "Settings!$B$1",
        **tables,
    }
    for name, text in {**places, **names(), **LIVE_NAMES}.items():
        book.defined_names[name] = DefinedName(name, attr_text=text)


def _write(sheet: Any, row: int, call: Call) -> int:
    """The arguments from the second block of columns on, the formula in column A; returns the rows used."""
    column, height, parts = 12, call.shape[0], []
    for argument in call.arguments:
        if argument is None:
            parts.append("")
            continue
        block = argument if isinstance(argument, list) else [[argument]]
        for down, line in enumerate(block):
            for right, value in enumerate(line):
                _put(sheet.cell(row + down, column + right), value)
        first = f"{get_column_letter(column)}{row}"
        last = f"{get_column_letter(column + len(block[0]) - 1)}{row + len(block) - 1}"
        parts.append(first if first == last else f"{first}:{last}")
        column, height = column + len(block[0]), max(height, len(block))
    while parts and parts[-1] == "":
        parts.pop()
    rows, columns = call.shape
    area = f"A{row}:{get_column_letter(columns)}{row + rows - 1}"
    formula = f"={call.name}({','.join(parts)})"
    sheet.cell(row, 1).value = formula if call.shape == (1, 1) else ArrayFormula(area, formula)
    return height


def _put(cell: Any, value: Any) -> None:
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "e" if value in ERRORS else "s"


def _answer(model: Any, top: int, call: Call) -> Any:
    rows, columns = call.shape
    block = [[model.get_cell_value(0, top + row, 1 + column) for column in range(columns)] for row in range(rows)]
    return block[0][0] if call.shape == (1, 1) else block
