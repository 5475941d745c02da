"""Agenda and changes beside the build of the plans they are about: 800 clients, 120 key accounts, one run.

    python benchmarks/working_week.py [CLIENTS or WORKBOOK]

A build or an update brings agenda and changes along; alone, the agenda has to read every plan. Prints processor time as
a share of the build's, which stamps new plans, and of an update's, which reads and writes each: the least of several
runs, for other work on the machine only adds.

Given a workbook with a client table, it builds the plans and updates them for twelve months, in each of which every
figure moves, and prints how the file grows.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl import actions
from kam_xl.actions.book.sheets import OurSheets
from kam_xl.engines.values import put
from kam_xl.table import read_book

TODAY = date(2026, 3, 2)
SHARE = 0.15  # of the clients that are key: the limit
RUNS = 5
MONTH = timedelta(31)


def table(path: Path, clients: int) -> None:
    """A client table in which the references are key accounts."""
    rows: list[list[object]] = [["Client ID", "Client", "Industry", "Manager", "Revenue", "Budget", "Reference"]]
    for number in range(clients):
        is_key = "yes" if number < clients * SHARE else None
        amount = 1000.0 + number
        rows.append([f"C{number}", f"Client {number}", "Energy", f"Manager {number % 9}", amount, 3 * amount, is_key])
    app = xw.engines["file"].apps.add()
    book = app.books.add()
    put(book.sheets[0].range("A1"), rows)
    book.save(path)
    app.quit()


def taken(path: Path, button: Callable[..., object], today: date) -> float:
    """Seconds of the processor for a press, with opening and saving."""
    start = process_time()
    app = xw.engines["file"].apps.add()
    book = app.books.open(path)
    button(book, actions.Options(lang="en", today=today))
    book.save()
    app.quit()
    return process_time() - start


def least(source: Path, button: Callable[..., object], today: date) -> float:
    """The least of several presses, each on a fresh copy; the last one's book takes the place of `b.xlsx` beside it."""
    target = source.with_name("b.xlsx")
    times = []
    for _ in range(RUNS):
        shutil.copy(source, target)
        times.append(taken(target, button, today))
    return min(times)


def speed(path: Path, clients: int) -> None:
    """Agenda and changes beside a build and an update."""
    table(path, clients)
    build = least(path, actions.build_plans, TODAY)
    built = shutil.copy(path.with_name("b.xlsx"), path.with_name("built.xlsx"))
    print(f"build of {clients * SHARE:.0f} plans among {clients} clients: {build:.2f} s")
    buttons = {"update": actions.build_plans, "agenda alone": actions.agenda, "changes alone": actions.what_changed}
    spent = {name: least(Path(built), button, TODAY + MONTH) for name, button in buttons.items()}
    for name, seconds in spent.items():
        print(f"{name}: {seconds / build:.2f} of the build, {seconds / spent['update']:.2f} of an update")


def moved(path: Path, month: int) -> None:
    """Give every client other figures."""
    app = xw.engines["file"].apps.add()
    book = app.books.open(path)
    read = read_book(book)
    for row, client in enumerate(read.clients()):
        for field in ("revenue", "procurement_budget"):
            if amount := getattr(client, field):
                sheet, _, cell = read.address(row, field).rpartition("!")
                book.sheets[sheet.strip("'")].range(cell).value = round(
                    amount * (1 + ((row * 7 + month * 5) % 13 - 6) / 100)
                )
    book.save()
    app.quit()


def growth(path: Path) -> None:
    """The size of the file month by month, as every figure moves."""
    taken(path, actions.build_plans, TODAY)
    size, plans = path.stat().st_size, plans_in(path)
    print(f"built with {plans} plans: {size / 1024:.0f} KB")
    usual = []
    for month in range(1, 13):
        moved(path, month)
        taken(path, actions.build_plans, TODAY + month * MONTH)
        before, size, before_plans, plans = size, path.stat().st_size, plans, plans_in(path)
        more = f", new plans: {plans - before_plans}" if plans > before_plans else ""
        if month > 1 and not more:
            usual.append(size - before)
        print(f"month {month}: {(size - before) / 1024:+.1f} KB{more}")
    print(f"a month after the first, without new plans: {sum(usual) / len(usual) / 1024:.1f} KB")


def plans_in(path: Path) -> int:
    """How many clients have a plan."""
    app = xw.engines["file"].apps.add()
    count = len(OurSheets(app.books.open(path)).plans)
    app.quit()
    return count


def main(argument: str) -> None:
    with TemporaryDirectory() as folder:
        if argument.isdecimal():
            speed(Path(folder) / "clients.xlsx", int(argument))
        else:
            growth(Path(shutil.copy(argument, folder)))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "800")
