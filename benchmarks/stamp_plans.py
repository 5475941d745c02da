"""Many plan sheets: stamped from a template, against writing the same sheets with XlsxWriter and openpyxl.

A plan is 60 rows x 8 columns, 240 of the cells formatted, 20 formulas with their values, 2 conditional formats, 2
validations, 1 chart, and 30 names for the 30 cells that differ from plan to plan. Each contender runs in a process of
its own; memory is what it takes at its peak above what its imports took. The floor is deflating the same bytes, with
zlib at its usual level and, where it is installed, with ISA-L, which the file engine prefers.

    python benchmarks/stamp_plans.py [PLANS ...]       150 and 1500 by default
"""

from __future__ import annotations

import gc
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

Job = Callable[[int, Path], Iterator[None] | None]

ROWS, COLUMNS, FILLED = 60, 8, 10  # FILLED rows in each of the columns B, C and D
COLORS, NUMBERS = ("#DDEBF7", "#E2EFDA", "#FFF2CC", "#FCE4D6"), ("General", "#,##0.00", "0%")


def values(plan: int) -> list[tuple[float, float, str]]:
    """What differs: ten rows of two numbers and a text."""
    return [(plan * 10.0 + row, plan + row / 7, f"Note {row} on client {plan}") for row in range(FILLED)]


def results(plan: int) -> list[tuple[str, float]]:
    """The formulas of a plan and their values."""
    products = [first * second for first, second, _ in values(plan)] + [0.0] * FILLED
    return [(f"=B{row + 1}*C{row + 1}", product) for row, product in enumerate(products)]


def cells(plan: int) -> Iterator[tuple[int, int, int | None, Any]]:
    """Row, column, format and content of every cell of a plan; a formula comes as a pair with its value."""
    filled, formulas = values(plan), results(plan)
    for row in range(ROWS):
        for column in range(COLUMNS):
            number = row * COLUMNS + column
            style = number // 2 % 12 if number % 2 == 0 else None
            if 1 <= column <= 3 and row < FILLED:
                yield row, column, style, filled[row][column - 1]
            elif column == 5 and row < len(formulas):
                yield row, column, style, formulas[row]
            elif column % 2 or column == 1:
                yield row, column, style, f"Label {number}"
            else:
                yield row, column, style, float(number)


# The names of a plan and their cells.
NAMES = {f"plan_{letter}_{row}": f"${letter}${row}" for row in range(1, FILLED + 1) for letter in "BCD"}
NAMES["results"] = "$F$1:$F$20"


# --- the contenders: each imports what it needs, and gives the job that is measured ----------------------------------


def ours() -> Job:
    """Open the book with the template, stamp the plans, save."""
    import xlwings as xw

    import kam_xl.engines.file  # noqa: F401 - registers the engine
    from kam_xl.engines.stamp import Fill, stamp
    from kam_xl.engines.values import Formula

    def run(plans: int, folder: Path) -> None:
        book = xw.engines["file"].apps.add().books.open(str(folder / "template.xlsx"))
        fills = []
        for plan in range(plans):
            filled = dict(zip(NAMES, chain.from_iterable(values(plan)), strict=False))
            formulas = [Formula(text, value) for text, value in results(plan)]
            fills.append(Fill(f"Plan {plan}", filled | {"results": formulas}))
        stamp(book.sheets["Plan"], fills, after=book.sheets[-1])
        book.save(str(folder / "kam_xl.xlsx"))

    return run


def with_xlsxwriter() -> Job:
    """Write the sheets with XlsxWriter."""
    import xlsxwriter  # noqa: F401 - so that its import is not measured

    def run(plans: int, folder: Path) -> None:
        _write_with_xlsxwriter(folder / "XlsxWriter.xlsx", [(f"Plan {plan}", plan) for plan in range(plans)])

    return run


def _write_with_xlsxwriter(target: Path, sheets: list[tuple[str, int]]) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(target))
    formats = [
        book.add_format({"bg_color": COLORS[k % 4], "num_format": NUMBERS[k % 3], "border": 1, "bold": k > 5})
        for k in range(12)
    ]
    red = book.add_format({"bg_color": "#FFC7CE"})
    for name, plan in sheets:
        sheet = book.add_worksheet(name)
        for row, column, style, content in cells(plan):
            form = None if style is None else formats[style]
            if type(content) is tuple:
                sheet.write_formula(row, column, content[0], form, content[1])
            elif type(content) is str:
                sheet.write_string(row, column, content, form)
            elif content is None:
                sheet.write_blank(row, column, None, form)
            else:
                sheet.write_number(row, column, content, form)
        sheet.conditional_format("B1:G60", {"type": "3_color_scale"})
        sheet.conditional_format("H1:H20", {"type": "cell", "criteria": ">", "value": 2500, "format": red})
        sheet.data_validation("B1:B60", {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1e6})
        sheet.data_validation("E21:E60", {"validate": "list", "source": ["open", "done", "late"]})
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"categories": [name, 0, 3, 9, 3], "values": [name, 0, 1, 9, 1]})
        sheet.insert_chart("J2", chart)
        for defined, address in NAMES.items():
            book.define_name(f"'{name}'!{defined}", f"='{name}'!{address}")
    book.close()


def with_openpyxl() -> Job:
    """Write the sheets with openpyxl; it keeps no values of formulas and of charts."""
    import openpyxl  # noqa: F401 - so that its import is not measured

    def run(plans: int, folder: Path) -> None:
        _write_with_openpyxl(folder / "openpyxl.xlsx", [(f"Plan {plan}", plan) for plan in range(plans)])

    return run


def _write_with_openpyxl(target: Path, sheets: list[tuple[str, int]]) -> None:
    from openpyxl import Workbook
    from openpyxl.chart import BarChart, Reference
    from openpyxl.formatting.rule import CellIsRule, ColorScaleRule
    from openpyxl.styles import Border, Font, NamedStyle, PatternFill, Side
    from openpyxl.workbook.defined_name import DefinedName
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    side = Side(style="thin")
    styles = []
    for k in range(12):
        style = NamedStyle(f"plan {k}", number_format=NUMBERS[k % 3], font=Font(bold=k > 5))
        style.fill = PatternFill("solid", fgColor=COLORS[k % 4][1:])
        style.border = Border(left=side, right=side, top=side, bottom=side)
        book.add_named_style(style)
        styles.append(style.name)
    red = PatternFill("solid", bgColor="FFC7CE")
    book.remove(book.active)
    for name, plan in sheets:
        sheet = book.create_sheet(name)
        for row, column, number, content in cells(plan):
            cell = sheet.cell(row + 1, column + 1, content[0] if type(content) is tuple else content)
            if number is not None:
                cell.style = styles[number]
        scale = ColorScaleRule("min", None, "F8696B", "percentile", 50, "FFEB84", "max", None, "63BE7B")
        sheet.conditional_formatting.add("B1:G60", scale)
        sheet.conditional_formatting.add("H1:H20", CellIsRule(operator="greaterThan", formula=["2500"], fill=red))
        decimal = DataValidation(type="decimal", operator="between", formula1="0", formula2="1000000", sqref="B1:B60")
        sheet.add_data_validation(decimal)
        sheet.add_data_validation(DataValidation(type="list", formula1='"open,done,late"', sqref="E21:E60"))
        chart = BarChart()
        chart.add_data(Reference(sheet, range_string=f"'{sheet.title}'!$B$1:$B$10"))
        chart.set_categories(Reference(sheet, range_string=f"'{sheet.title}'!$D$1:$D$10"))
        sheet.add_chart(chart, "J2")
        for defined, address in NAMES.items():
            sheet.defined_names[defined] = DefinedName(defined, attr_text=f"'{sheet.title}'!{address}")
    book.save(target)


def deflating(library: str, level: int) -> Callable[[], Job]:
    """Deflate the parts of our own result, and nothing else."""

    def prepare() -> Job:
        compressobj = importlib.import_module(library).compressobj

        def run(plans: int, folder: Path) -> Iterator[None]:
            with zipfile.ZipFile(folder / "kam_xl.xlsx") as archive:
                contents = [archive.read(name) for name in archive.namelist()]
            yield  # from here on it is measured
            for content in contents:
                packer = compressobj(level, zlib.DEFLATED, -15)
                packer.compress(content), packer.flush()

        return run

    return prepare


CONTENDERS: dict[str, Callable[[], Job]] = {
    "kam_xl": ours,
    "XlsxWriter": with_xlsxwriter,
    "openpyxl": with_openpyxl,
    "deflating alone, zlib 6": deflating("zlib", 6),
}
if importlib.util.find_spec("isal"):
    CONTENDERS["deflating alone, ISA-L 1"] = deflating("isal.isal_zlib", 1)


# --- running them ----------------------------------------------------------------------------------------------------


def measure(name: str, plans: int, folder: Path) -> dict[str, float]:
    """What one contender takes in this process: seconds, and megabytes above what its imports took."""
    job = CONTENDERS[name]()
    gc.collect()
    before, start = _peak_memory(), time.perf_counter()
    measured = job(plans, folder)
    if measured is not None:
        next(measured)
        start = time.perf_counter()
        list(measured)
    return {"seconds": time.perf_counter() - start, "memory": _peak_memory() - before}


def _peak_memory() -> float:
    """Of this process, in megabytes; 0 where the system does not tell."""
    if os.name != "posix":
        return 0.0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def _in_own_process(name: str, plans: int, folder: Path) -> dict[str, float]:
    """The best of three runs, each in a process of its own."""
    command = [sys.executable, __file__, "--run", name, str(plans), str(folder)]
    runs = [json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(3)]
    return min(runs, key=lambda result: result["seconds"])


def main(sizes: list[int]) -> None:
    """Print a table for each number of plans."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_with_xlsxwriter(folder / "template.xlsx", [("Clients", 0), ("Plan", 0)])
        for plans in sizes:
            print(f"\n{f'{plans} plans':28} seconds  times kam_xl  memory MB  file MB")
            results = {each: _in_own_process(each, plans, folder) for each in CONTENDERS}
            for each, result in results.items():
                ratio = result["seconds"] / results["kam_xl"]["seconds"]
                file = folder / f"{each}.xlsx"
                sizes_in_mb = f"{result['memory']:10.0f} {file.stat().st_size / 1e6:8.1f}" if file.exists() else ""
                print(f"{each:28} {result['seconds']:7.2f} {ratio:13.2f} {sizes_in_mb}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        print(json.dumps(measure(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))))
    else:
        main([int(size) for size in sys.argv[1:]] or [150, 1500])
