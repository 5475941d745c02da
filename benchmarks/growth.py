"""How time and memory of `kam-xl plan` grow with plans, with the sheets of the workbook and with its size: exponents.

    python benchmarks/growth.py [plans | updates | sheets | megabytes ...]       all by default

Each line is a process of its own: the seconds of CPU of all its threads, starting Python included, and its peak memory.
The exponents say how what is needed beyond the smallest job grows from line to line: 1 is linear, 2 quadratic. The
workbooks that plans are built in hold a client table of ten clients, beside it as many sheets, or as many megabytes of
figures, as is said; those that are updated hold the plans of an earlier run.
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
    "updates": (10, 150, 500, 1500),
    "sheets": (1, 10, 100, 1000),
    "megabytes": (1, 10, 100),
}
A_MEGABYTE = 42_000
"""Rows of figures that take about a megabyte in a file."""


def clients_only(path: Path, number: int) -> Path:
    """A csv file of so many clients."""
    table = path.with_suffix(".csv")
    write_clients(table, number)
    return table


def book_of_plans(path: Path, number: int) -> Path:
    """A workbook with so many plans."""
    measure(plan(clients_only(path, number), path, _all_key(path.parent)))
    return path


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
    "updates": book_of_plans,
    "sheets": book_of_sheets,
    "megabytes": book_of_size,
}


def _all_key(folder: Path) -> Path:
    settings = folder / "all_key.toml"
    settings.write_text("key_account_limit = 1.0\n", encoding="utf-8")
    return settings


def _needs(job: str, number: int) -> tuple[float, float, float]:
    """Seconds, peak megabytes, and the megabytes of the file written."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, target = MAKE[job](folder / "in.xlsx", number), folder / "out.xlsx"
        used = measure(plan(source, target, _all_key(folder)))
        return used["CPU"], used["peak"], target.stat().st_size / 1e6


def _exponent(numbers: Sequence[int], needs: Sequence[float], least: float) -> str:
    """How the last job grew from the one before, both beyond the first; blank where that is lost in the noise."""
    if len(needs) < 3 or min(needs[-2:]) - needs[0] < least:
        return ""
    before, last = (each - needs[0] for each in needs[-2:])
    return f"{math.log(last / before) / math.log(numbers[-1] / numbers[-2]):.2f}"


def main(jobs: Sequence[str]) -> None:
    """Print a table for each kind of growth."""
    measure([sys.executable, "-m", "kam_xl", "settings"])  # Python keeps what it compiles
    for job in jobs:
        print(f"\n{job:>9}  CPU s  exponent  peak MB  exponent  file MB", flush=True)
        seconds: list[float] = []
        peaks: list[float] = []
        for at, number in enumerate(STEPS[job], 1):
            cpu, peak, size = _needs(job, number)
            seconds.append(cpu)
            peaks.append(peak)
            of_time, of_memory = (
                _exponent(STEPS[job][:at], needs, least) for needs, least in ((seconds, 0.2), (peaks, 10))
            )
            print(f"{number:9}  {cpu:5.1f}  {of_time:>8}  {peak:7.0f}  {of_memory:>8}  {size:7.1f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or list(STEPS))
