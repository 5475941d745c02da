"""The engine on Calc against plain calls of UNO, and against the file engine: ratios, in one run.

    python benchmarks/calc_engine.py

Run it with the Python that has `uno`, with the packages in .venv/calc.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / ".venv/calc")]
ROWS, COLUMNS = 10_000, 20


def main() -> None:
    import xlwings as xw

    import kam_xl.engines.calc
    import kam_xl.engines.file  # noqa: F401 (registers the engines)

    app = xw.engines["calc"].apps.add()
    try:
        blocks(app.books.add().sheets[0])
        in_calc = plans(app)
    finally:
        app.quit()
    in_file = plans(xw.engines["file"].apps.add())
    print(f"plans of the example: Calc {in_calc:.1f} s, file engine {in_file:.2f} s, {in_calc / in_file:.0f} times")


def blocks(sheet: Any) -> None:
    """Write and read a block of numbers and texts through the engine and by Calc's own calls."""
    rows = [[float(row * column) if column % 2 else f"t{row}" for column in range(COLUMNS)] for row in range(ROWS)]
    target = sheet["A1"].resize(ROWS, COLUMNS)
    cells, data = target.api, tuple(map(tuple, rows))
    write, plain_write = timed(lambda: setattr(target, "value", rows)), timed(lambda: cells.setDataArray(data))
    read, plain_read = timed(lambda: target.value), timed(cells.getDataArray)
    print(f"{ROWS} x {COLUMNS} cells written: {write:.2f} s, {write / plain_write:.1f} times the plain call")
    print(f"{ROWS} x {COLUMNS} cells read: {read:.2f} s, {read / plain_read:.1f} times the plain call")


def plans(app: Any) -> float:
    """Seconds for the plans of the example."""
    from kam_xl import actions

    book = app.books.open(ROOT / "examples/clients_en.xlsx")
    options = actions.Options(lang="en", today=date(2026, 3, 2))
    try:
        return timed(lambda: actions.build_plans(book, options), times=1)
    finally:
        book.close()


def timed(call: Callable[[], object], times: int = 3) -> float:
    """Seconds of the quickest of some calls."""
    times_taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        times_taken.append(time.perf_counter() - start)
    return min(times_taken)


if __name__ == "__main__":
    main()
