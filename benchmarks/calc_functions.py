"""The functions in LibreOffice Calc against Calc's own formulas for the same arithmetic.

``python benchmarks/calc_functions.py [ROWS]``: builds the extension, installs it into a fresh LibreOffice, and takes
LibreOffice's processor seconds for hard recalculations. The floor is the same extension with
functions that answer at once: what Calc and its bridge to Python take for a call. It runs itself in the Python that has
`uno`, on Linux.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kam_xl.engines.calc.bridge import has_uno, office_python, properties
from kam_xl.engines.calc.process import Office, start
from kam_xl.install import calc

ROOT = Path(__file__).parents[1]
MOST_RUNS, ENOUGH = 60, 0.5  # seconds of the processor, which Linux counts in hundredths
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


# Put behind the functions of an installed extension: none calculates anything.
FLOOR = """
for _function in FUNCTIONS.values():
    _kind = answer_type(_function)
    _rows = lambda self, *given: tuple((0.0,) for _ in given[0]) if isinstance(given[0], tuple) else ((0.0,),)
    setattr(KamFunctions, identifier(_function.name), (lambda self, *_: 0.0) if _function.cell_by_cell else _rows)
"""


def processor_seconds(pid: int) -> float:
    """What a process and its children have taken of the processor."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(processor_seconds(int(child)) for child in children)


class Sheet:
    """A sheet with so many clients, calculated by hand."""

    def __init__(self, office: Office, rows: int) -> None:
        document = office.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, properties(Hidden=True))
        self.document, self.rows, self.last, self._pid = document, rows, rows + 1, office.pid or os.getpid()
        self.sheet = document.Sheets.getByIndex(0)
        document.enableAutomaticCalculation(False)
        data = [(f"client {n}", float(n % 977), float(1000 + n % 1999)) for n in range(rows)]
        self.area(f"A1:C{self.last}").setDataArray((("Client", "Revenue", "Procurement budget"), *data))
        self.area("D1").setFormula(f"=SUM(B2:B{self.last})")
        self.area(f"D2:D{self.last}").setDataArray(tuple((n % 100 / 100,) for n in range(rows)))

    def area(self, address: str) -> Any:
        return self.sheet.getCellRangeByName(address)

    def recalculated(self, prepare: Callable[[], object] = lambda: None) -> float:
        """Processor seconds of a hard recalculation, over as many as the clock of processes needs."""
        runs, seconds = 0, 0.0
        while runs < MOST_RUNS and seconds < ENOUGH:
            prepare()
            before = processor_seconds(self._pid)
            self.document.calculateAll()
            seconds += processor_seconds(self._pid) - before
            runs += 1
        return seconds / runs

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


def line(name: str, ours: float, floor: float, native: float, rows: int) -> None:
    print(
        f"{name:<34}{ours / rows * 1e6:8.1f} us a row, floor {floor / rows * 1e6:7.1f}, "
        f"native {native / rows * 1e6:6.1f}"
        f"   x{ours / floor:.1f} of the floor, x{ours / native:.0f} of native"
    )


@contextmanager
def calculating(rows: int, *, floor: bool) -> Iterator[Sheet]:
    """A sheet in a fresh LibreOffice with the extension, or with one whose functions calculate nothing."""
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "profile"
        calc.install(profile)
        if floor:
            for file in profile.rglob("kam_functions.py"):
                text = file.read_text(encoding="utf-8")
                head, mark, tail = text.rpartition("g_ImplementationHelper = ")
                file.write_text(f"{head}{FLOOR}\n{mark}{tail}", encoding="utf-8")
        with start(profile=profile) as office:
            yield Sheet(office, rows)


def taken(rows: int, *, floor: bool) -> dict[str, float]:
    """Seconds by what was calculated."""
    counter = iter(range(1, 1000))
    with calculating(rows, floor=floor) as sheet:
        change = lambda: sheet.area("B2").setValue(next(counter))  # noqa: E731 (so that nothing is remembered)
        return {
            **{f"{rows} cells: {name}": sheet.cells(ours) for name, (ours, _) in CELLS.items()},
            **{name: sheet.array(ours, width=width) for name, (ours, _, width) in ARRAYS.items()},
            "KAM_TABLE, a client changed": sheet.array(TABLE, width=7, prepare=change),
            "KAM_TABLE, nothing changed": sheet.array(TABLE, width=7),
        }


def native(rows: int) -> dict[str, float]:
    """The same in Calc's own words."""
    with calculating(rows, floor=False) as sheet:
        table = sheet.array(*TABLE_NATIVE)
        return {
            **{f"{rows} cells: {name}": sheet.cells(theirs) for name, (_, theirs) in CELLS.items()},
            **{name: sheet.array(theirs, width=width) for name, (_, theirs, width) in ARRAYS.items()},
            "KAM_TABLE, a client changed": table,
            "KAM_TABLE, nothing changed": table,
        }


def main(rows: int) -> None:
    ours, floor, theirs = taken(rows, floor=False), taken(rows, floor=True), native(rows)
    for name, seconds in ours.items():
        line(name, seconds, max(floor[name], 1e-4), max(theirs[name], 1e-4), rows)


if __name__ == "__main__":
    if not has_uno():
        in_the_python_with_uno()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
