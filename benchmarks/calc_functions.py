"""The functions in LibreOffice Calc against Calc's own formulas for the same arithmetic.

``python benchmarks/calc_functions.py [ROWS]``: builds the extension, installs it into a fresh LibreOffice, and times
hard recalculations, the shortest of several. It runs itself in the Python that has `uno`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kam_xl.engines.calc.bridge import has_uno, office_python, properties
from kam_xl.engines.calc.process import start
from kam_xl.install import calc

ROOT = Path(__file__).parents[1]
RUNS = 4
# What stands in each cell, {r} being the row, as a function and in Calc's own words.
CELLS = {
    "penetration": (
        "=KAM_PENETRATION(B{r};C{r})",
        '=IF(OR(B{r}="";C{r}="");NA();IF(OR(B{r}<0;C{r}<0);SQRT(-1);B{r}/C{r}))',
    ),
    "position": (
        "=KAM_POSITION(D{r})",
        '=IF(D{r}>=0.5;"Strong";IF(D{r}>=0.2;"Medium";"Weak"))',
    ),
    "share of a total": (
        "=KAM_REVENUE_SHARE(B{r};$D$1)",
        "=B{r}/$D$1",
    ),
}
ARRAYS = {
    "penetration, one array": ("KAM_PENETRATION(B2:B{last};C2:C{last})", "B2:B{last}/C2:C{last}", 1),
    "share, one array": ("KAM_REVENUE_SHARE(B2:B{last})", "B2:B{last}/SUM(B2:B{last})", 1),
}
TABLE = "KAM_TABLE(A1:C{last})"
# Calc's own words for what the table's answer rests on: rank, position, potential.
TABLE_NATIVE = (
    "RANK(B2:B{last};B2:B{last})",
    'IF(D2:D{last}>=0.5;"Strong";IF(D2:D{last}>=0.2;"Medium";"Weak"))',
    'IF(C2:C{last}>=PERCENTILE(C2:C{last};0.8);"High";IF(C2:C{last}>=PERCENTILE(C2:C{last};0.5);"Medium";"Low"))',
)


def in_the_python_with_uno() -> None:
    """Run this script once more, where LibreOffice can be talked to."""
    python = office_python()
    if python is None:
        sys.exit("LibreOffice is not here.")
    packages = os.pathsep.join([str(ROOT), str(ROOT / ".venv/calc")])
    sys.exit(subprocess.run([python, __file__, *sys.argv[1:]], env={**os.environ, "PYTHONPATH": packages}).returncode)


class Sheet:
    """A sheet with so many clients, calculated by hand."""

    def __init__(self, document: Any, rows: int) -> None:
        self.document, self.rows, self.last = document, rows, rows + 1
        self.sheet = document.Sheets.getByIndex(0)
        document.enableAutomaticCalculation(False)
        data = [(f"client {n}", float(n % 977), float(1000 + n % 1999)) for n in range(rows)]
        self.area(f"A1:C{self.last}").setDataArray((("Client", "Revenue", "Procurement budget"), *data))
        self.area("D1").setFormula(f"=SUM(B2:B{self.last})")
        self.area(f"D2:D{self.last}").setDataArray(tuple((n % 100 / 100,) for n in range(rows)))

    def area(self, address: str) -> Any:
        return self.sheet.getCellRangeByName(address)

    def recalculated(self, prepare: Callable[[], object] = lambda: None) -> float:
        """Seconds of a hard recalculation, the shortest of several."""
        seconds = []
        for _ in range(RUNS):
            prepare()
            start_time = time.perf_counter()
            self.document.calculateAll()
            seconds.append(time.perf_counter() - start_time)
        return min(seconds)

    def cells(self, formula: str) -> float:
        target = self.area(f"F2:F{self.last}")
        target.setFormulaArray(tuple((formula.format(r=row, last=self.last),) for row in range(2, self.last + 1)))
        seconds = self.recalculated()
        target.clearContents(1 | 2 | 4 | 16)
        return seconds

    def array(self, *formulas: str, width: int = 1, prepare: Callable[[], object] = lambda: None) -> float:
        for number, formula in enumerate(formulas):
            target = self.sheet.getCellRangeByPosition(5 + number, 0, 4 + number + width, self.rows)
            target.setArrayFormula("=" + formula.format(last=self.last))
        seconds = self.recalculated(prepare)
        self.area(f"F1:Z{self.last}").clearContents(1 | 2 | 4 | 16)
        return seconds


def line(name: str, ours: float, native: float, rows: int) -> None:
    print(f"{name:<34}{ours:9.3f} s{ours / rows * 1e6:8.1f} us a row {native:9.3f} s native   x{ours / native:.1f}")


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        calc.install(Path(folder) / "profile")
        with start(profile=Path(folder) / "profile") as office:
            hidden = properties(Hidden=True)
            sheet = Sheet(office.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, hidden), rows)
            for name, (ours, native) in CELLS.items():
                line(f"{rows} cells: {name}", sheet.cells(ours), sheet.cells(native), rows)
            for name, (ours, native, width) in ARRAYS.items():
                line(name, sheet.array(ours, width=width), sheet.array(native, width=width), rows)
            one_array = sheet.array(*TABLE_NATIVE)
            counter = iter(range(1, 1000))
            change = lambda: sheet.area("B2").setValue(next(counter))  # noqa: E731 (so that nothing is remembered)
            line("KAM_TABLE, a client changed", sheet.array(TABLE, width=7, prepare=change), one_array, rows)
            line("KAM_TABLE, nothing changed", sheet.array(TABLE, width=7), one_array, rows)


if __name__ == "__main__":
    if not has_uno():
        in_the_python_with_uno()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
