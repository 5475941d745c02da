"""How long it takes to read an operational plan: ``python benchmarks/read_operational.py [CLIENTS]``.

10 000 clients, 24 months, plan and fact in one row each: seconds of the whole reading, of calamine alone on the same
sheet, and their ratio; and the peak memory of the process.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from python_calamine import load_workbook

from kam_xl.table import read

CLIENTS, MONTHS = 10_000, 24
TODAY = date(2026, 3, 20)
MEGABYTE = 1024


def make(path: Path, clients: int) -> None:
    """A workbook with a client table and an operational plan."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    month = book.add_format({"num_format": "mmm yyyy"})
    table = book.add_worksheet("Clients")
    table.write_row(0, 0, ["Client ID", "Client", "Revenue", "Procurement budget"])
    for number in range(clients):
        table.write_row(number + 1, 0, [f"C{number}", f"Client {number}", 12.0 * number, 100.0 * number])
    plan = book.add_worksheet("Operational plan")
    plan.write_row(0, 0, ["Client ID", "Indicator"])
    for at in range(MONTHS):
        plan.write_datetime(0, at + 2, datetime(2025 + at // 12, at % 12 + 1, 1), month)
    for row in range(2 * clients):
        indicator, amount = ("Revenue plan", 1.1) if row % 2 == 0 else ("Revenue fact", 1.0)
        plan.write_row(row + 1, 0, [f"C{row // 2}", indicator, *[amount * (row // 2)] * MONTHS])
    book.close()


def seconds(work: object) -> float:
    """How long a call takes."""
    start = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - start


def main(clients: int) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        make(path, clients)
        bare = seconds(
            lambda: [sheet.to_python() for sheet in map(load_workbook(str(path)).get_sheet_by_index, (0, 1))]
        )
        whole = seconds(lambda: read(path, today=TODAY).clients())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    print(f"{clients:,} clients x {MONTHS} months, plan and fact: {whole:.1f} s, {peak:.0f} MB at most")
    print(f"calamine alone, cells only: {bare:.1f} s; ratio {whole / bare:.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else CLIENTS)
