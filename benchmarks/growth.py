"""How the time of `kam-xl plan` grows with plans, with the sheets of the workbook and with its size: exponents.

    python benchmarks/growth.py [plans | sheets | megabytes ...]       all three by default

Each line is a process of its own: the seconds of CPU of all its threads, starting Python included, and its peak memory.
The exponent says how the time beyond that of the smallest job grows: 1 is linear, 2 quadratic. The workbooks that plans
are built in hold a client table of ten clients, beside it as many sheets, or as many megabytes of figures, as is said.
"""

from __future__ import annotations

import math
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from plan_command import measure, plan, write_clients

STEPS: dict[str, tuple[int, ...]] = {
    "plans": (10, 150, 500, 1500, 5000),
    "sheets": (1, 10, 100, 1000),
    "megabytes": (1, 10, 100),
}
A_MEGABYTE = 26_000
"""Rows of figures that take about a megabyte in a file."""


def clients_only(path: Path, number: int) -> Path:
    """A csv file of so many clients."""
    table = path.with_suffix(".csv")
    write_clients(table, number)
    return table


def book_of_sheets(path: Path, number: int) -> Path:
    """A workbook with a small client table and so many other sheets."""
    return _book(path, sheets=number, rows=20)


def book_of_size(path: Path, number: int) -> Path:
    """A workbook with a small client table and so many megabytes of figures."""
    return _book(path, sheets=number, rows=A_MEGABYTE)


def _book(path: Path, sheets: int, rows: int) -> Path:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    clients = book.add_worksheet("Clients")
    clients.write_row(0, 0, ["Client ID", "Client", "Manager", "Revenue", "Procurement budget", "Reference"])
    for n in range(10):
        clients.write_row(n + 1, 0, [f"C{n:05}", f"Client {n:05}", "Ann", 1_000_000 + n, 3_000_000 + n, "x"])
    for number in range(sheets):
        sheet = book.add_worksheet(f"Figures {number}")
        for row in range(rows):
            sheet.write_row(row, 0, [row * 7919 % 104729 / 7, row * 104729 % 7919 / 3, row, number])
    book.close()
    return path


MAKE: dict[str, Callable[[Path, int], Path]] = {
    "plans": clients_only,
    "sheets": book_of_sheets,
    "megabytes": book_of_size,
}


def main(jobs: Sequence[str]) -> None:
    """Print a table for each kind of growth."""
    measure([sys.executable, "-m", "kam_xl", "settings"])  # Python keeps what it compiles
    for job in jobs:
        print(f"\n{job:>9}  CPU s  peak MB  file MB  exponent", flush=True)
        first: tuple[int, float] | None = None
        before: tuple[int, float] | None = None
        for number in STEPS[job]:
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                settings, target = folder / "all_key.toml", folder / "out.xlsx"
                settings.write_text("key_account_limit = 1.0\n", encoding="utf-8")
                source = MAKE[job](folder / "in.xlsx", number)
                used = measure(plan(source, target, settings))
                first = first or (number, used["CPU"])
                beyond = used["CPU"] - first[1]
                known = before and before[1] > 0.2 and beyond > 0
                grown = math.log(beyond / before[1]) / math.log(number / before[0]) if before and known else math.nan
                size = target.stat().st_size / 1e6
                print(f"{number:9}  {used['CPU']:5.1f}  {used['peak']:7.0f}  {size:7.1f}  {grown:8.2f}", flush=True)
                before = number, beyond


if __name__ == "__main__":
    main(sys.argv[1:] or list(STEPS))
