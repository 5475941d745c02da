"""An afternoon with Calc: many cycles of opening, building, saving and closing in one LibreOffice.

    python benchmarks/calc_cycles.py [cycles] [seconds]

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

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / ".venv/calc")]
WARM, LIMIT = 5, 1.5  # cycles until all is loaded, and how much larger than then the office may become


def main(cycles: int, seconds: float) -> None:
    import xlwings as xw

    from kam_xl import actions
    from tests.tables import write_table

    with tempfile.TemporaryDirectory() as folder:
        source = write_table(Path(folder, "clients.xlsx"))
        app, sizes, end = xw.engines["calc"].apps.add(), [], time.monotonic() + seconds
        try:
            while len(sizes) < cycles and time.monotonic() < end:
                book = app.books.open(source)
                actions.build_plans(book, actions.Options(lang="en", today=date(2026, 3, 2)))
                book.save(Path(folder, f"built{len(sizes) % 3}.xlsx"))
                book.close()
                sizes.append(memory(app.pid))
                print(f"{len(sizes):4d} cycles, {sizes[-1] / 2**20:6.0f} MB", flush=True)
        finally:
            app.quit()
    assert not Path(f"/proc/{app.pid}").exists(), "the office is still there"
    if len(sizes) > 2 * WARM:
        growth = sizes[-1] / sizes[WARM]
        print(f"{len(sizes)} cycles; memory grew {growth:.2f}-fold after the first {WARM}")
        assert growth < LIMIT, "memory goes on growing"


def memory(pid: int) -> int:
    """Bytes of a process that are in memory, on Linux."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE")


if __name__ == "__main__":
    main(*(kind(text) for kind, text in zip((int, float), (sys.argv[1:] + ["200", "1800"][len(sys.argv) - 1 :]))))
