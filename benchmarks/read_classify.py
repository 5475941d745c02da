"""How long a client table takes to read, check and classify, against calamine alone reading the same file.

    python benchmarks/read_classify.py [ROWS]

Makes a workbook of ROWS (100 000) rows and 20 columns in a temporary folder; needs XlsxWriter.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

import python_calamine
import xlsxwriter

from kam_xl.domain.classify import classify
from kam_xl.domain.settings import Settings
from kam_xl.table import read
from kam_xl.table.block import read_block
from kam_xl.table.checks import check
from kam_xl.table.headers.choose import client_sheet
from kam_xl.table.sources.files import open_file

HEADERS = [
    *("Client ID", "Client", "Industry", "Territory", "Manager", "Revenue", "Procurement budget", "Competitor revenue"),
    *("Margin", "Sales plan", "Reference", "Expertise", "Budget basis", "Budget date", "Budget low", "Budget high"),
    *("Segment code", "Phone", "Employees", "Comment"),
]
INDUSTRIES = ("Telecom", "Gas", "Public sector", "Retail", "Banking", "Transport")


def rows(count: int) -> Iterator[list[object]]:
    """Invented clients; every twentieth budget is unknown, every fiftieth revenue is above it."""
    dice = random.Random(1)
    for number in range(count):
        budget = round(dice.lognormvariate(13, 1.5), 2)
        revenue = round(budget * (1.2 if number % 50 == 0 else dice.random() ** 2), 2)
        known = number % 20 != 0
        yield [
            *(f"C{number:06}", f"Client {number}", dice.choice(INDUSTRIES), f"Region {number % 80}"),
            *(f"Manager {number % 40}", revenue, budget if known else "n/a", round(max(budget - revenue, 0) * 0.9, 2)),
            *(round(revenue * 0.3, 2), round(revenue * 1.1, 2), "yes" if number % 30 == 0 else "no", number % 4),
            *("confirmed" if number % 3 else "estimated", date(2024, 1 + number % 12, 1)),
            *(round(budget * 0.8, 2), round(budget * 1.3, 2)),
            *(f"S{number % 9}", f"+7 {number:010}", number % 5000, f"Comment {number}"),
        ]


def make(path: Path, count: int) -> Path:
    """The workbook."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("Clients")
    sheet.write_row(0, 0, HEADERS)
    for number, row in enumerate(rows(count), start=1):
        sheet.write_row(number, 0, row)
    book.close()
    return path


def timed(step: Callable[[], Any]) -> tuple[Any, float]:
    """What a step gives and how many seconds of CPU it took; the clock says less where others use the machine."""
    start = process_time()
    result = step()
    return result, process_time() - start


def main(count: int) -> None:
    """Print seconds and their ratio to calamine alone."""
    with tempfile.TemporaryDirectory() as folder:
        path = make(Path(folder, "clients.xlsx"), count)
        _, alone = timed(lambda: python_calamine.load_workbook(str(path)).get_sheet_by_name("Clients").to_python())
        source, opened = timed(lambda: open_file(path))
        place, finding = timed(lambda: client_sheet(source))
        _, block = timed(lambda: read_block(place.grid, place.header))
        table, whole = timed(lambda: read(path))
        settings = Settings()
        _, checked = timed(lambda: list(check(table.checked(), settings, date.today())))
        result, classified = timed(lambda: classify(table.clients(), settings))
        _, framed = timed(lambda: table.frame)
    print(
        f"{count} rows, {len(HEADERS)} columns, {len(table.findings)} findings, {len(result.key_accounts)} key accounts"
    )
    for name, seconds in (
        ("python-calamine alone", alone),
        ("read: open, find, all cells", opened + finding),
        ("read: columns into values", block),
        ("read: checks", checked),
        ("read, whole", whole),
        ("classify", classified),
        ("read and classify", whole + classified),
        ("frame, when asked for", framed),
    ):
        print(f"{name:30}{seconds:8.2f} s{seconds / alone:8.2f} x")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
