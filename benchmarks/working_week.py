"""Agenda and changes beside the build of the plans they are about: 800 clients, 120 key accounts, one run.

    python benchmarks/working_week.py [CLIENTS]

A build or an update brings agenda and changes along; alone, the agenda has to read every plan. Prints processor time as
a share of the build's, which stamps new plans, and of an update's, which reads and writes each. The size of a month is
told of the first, in which trends appear, and as the average of five in which every figure moves.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl import actions
from kam_xl.engines.values import put

TODAY = date(2026, 3, 2)
SHARE = 0.15  # of the clients that are key: the limit


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


def moved(path: Path, clients: int) -> None:
    """Give every client another revenue."""
    app = xw.engines["file"].apps.add()
    book = app.books.open(path)
    cells = next(sheet for sheet in book.sheets if sheet["A1"].value == "Client ID").range((2, 5), (clients + 1, 5))
    amounts = cells.options(ndim=1).value
    put(cells, [[round(amount * (1 + (number * 7 % 13 - 6) / 100))] for number, amount in enumerate(amounts)])
    book.save()
    app.quit()


def main(clients: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "clients.xlsx"
        table(path, clients)
        build = taken(path, actions.build_plans, TODAY)
        size = path.stat().st_size
        print(f"build of {clients * SHARE:.0f} plans among {clients} clients: {build:.1f} s, {size / 1024:.0f} KB")
        month = TODAY + timedelta(days=31)
        agenda, changes = (taken(path, button, month) for button in (actions.agenda, actions.what_changed))
        update = taken(path, actions.build_plans, month)
        print(f"an update of them: {update / build:.2f} of the build")
        for name, spent in (("agenda", agenda), ("changes", changes)):
            print(f"{name} alone: {spent / build:.2f} of the build, {spent / update:.2f} of an update")
        print(f"the first month of history: {(path.stat().st_size - size) / 1024:.1f} KB")
        sizes = []
        for number in range(2, 8):
            moved(path, clients)
            taken(path, actions.build_plans, TODAY + timedelta(days=31 * number))
            sizes.append(path.stat().st_size)
        print(f"a later month, every figure another: {(sizes[-1] - sizes[0]) / 5 / 1024:.1f} KB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 800)
