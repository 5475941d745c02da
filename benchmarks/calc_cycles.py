"""An afternoon with Calc: many cycles of opening, building, saving and closing in one LibreOffice.

    python benchmarks/calc_cycles.py [cycles] [seconds]

A cycle opens a workbook with six clients, builds all sheets (plans of the key accounts, the portfolio, the check of the
data and the others), saves the workbook as another file and closes it. Memory is that of the office.

Run it with the Python that has `uno`, with the packages in .venv/calc. It stops after the seconds given, prints the
memory of the office as it goes, and fails where a process is left behind or memory goes on growing.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / ".venv/calc")]
WARM, LIMIT = 5, 1.3  # cycles until all is loaded, and how much larger than then the office may become


def main(cycles: int, seconds: float) -> None:
    import xlwings as xw

    import kam_xl.engines.calc  # noqa: F401 (registers the engine)
    from tests.tables import write_table

    with tempfile.TemporaryDirectory() as folder:
        source = write_table(Path(folder, "clients.xlsx"))
        app, sizes, end = xw.engines["calc"].apps.add(), [], time.monotonic() + seconds
        try:
            while len(sizes) < cycles and time.monotonic() < end:
                cycle(app, source, Path(folder, f"built{len(sizes) % 3}.xlsx"))
                sizes.append(memory(app.pid))
                print(f"{len(sizes):4d} cycles, {sizes[-1] / 2**20:6.0f} MB", flush=True)
        finally:
            app.quit()
    assert not Path(f"/proc/{app.pid}").exists(), "the office is still there"
    if len(sizes) > 2 * WARM:
        growth = sizes[-1] / sizes[WARM]
        print(f"{len(sizes)} cycles; memory grew {growth:.2f}-fold after the first {WARM}")
        assert growth < LIMIT, "memory goes on growing"


def cycle(app: Any, source: Path, target: Path, build: str = "build_plans") -> None:
    """Open, build, save elsewhere, close; `build` is one of `kam_xl.actions`."""
    from kam_xl import actions

    book = app.books.open(source)
    getattr(actions, build)(book, actions.Options(lang="en", today=date(2026, 3, 2)))
    book.save(target)
    book.close()


def memory(pid: int) -> int:
    """Bytes of a process that are in memory, on Linux."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE")


if __name__ == "__main__":
    given = sys.argv[1:]
    main(int(given[0]) if given else 200, float(given[1]) if len(given) > 1 else 1800)
