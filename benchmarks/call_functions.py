"""What a call of a cell function costs, against a bare xlwings function doing the same arithmetic.

    python benchmarks/call_functions.py [CLIENTS]

Runs xlwings' own `call_udf` in this process, Windows' COM replaced by empty stand-ins; what Excel, VBA and COM add to
each call is the same for both and not in here. Then KAM_TABLE on CLIENTS (10 000) clients against as many calls for
single cells, and the time to import `kam_udfs` against `import xlwings` alone.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from math import inf
from pathlib import Path
from time import process_time
from types import ModuleType

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "udfs")]

from tests.udfs.excel_server import OMITTED, ComRange, load_xlwings_udfs  # noqa: E402

UDFS = load_xlwings_udfs()
CALLER = ComRange(None)
Call = tuple[str, str, tuple[object, ...]]
HEADER = ("Client ID", "Client", "Revenue", "Procurement budget", "Reference", "Expertise")


def bare_module() -> str:
    """A module with the arithmetic alone, as a person would write it for xlwings."""
    import xlwings as xw

    module = ModuleType("bare_udfs")
    module.__file__ = __file__

    @xw.func
    def BARE(revenue, budget):  # type: ignore[no-untyped-def]  # noqa: N802
        return revenue / budget

    @xw.func
    @xw.arg("revenue", ndim=2)
    @xw.arg("budget", ndim=2)
    def BARE_COLUMN(revenue, budget):  # type: ignore[no-untyped-def]  # noqa: N802
        return [[mine[0] / whole[0]] for mine, whole in zip(revenue, budget, strict=True)]

    module.__dict__.update(BARE=BARE, BARE_COLUMN=BARE_COLUMN)
    sys.modules[module.__name__] = module
    return module.__name__


def call(name: str, *arguments: object, module: str = "kam_udfs") -> list[list[object]]:
    """What xlwings gives back to Excel."""
    return UDFS.call_udf(module, name, arguments, None, CALLER)  # type: ignore[no-any-return]


def seconds(steps: Sequence[Callable[[], object]], times: int, rounds: int = 7) -> list[float]:
    """Processor seconds for each step, by turns and the best of several rounds: the machine may have other work."""
    best = [inf] * len(steps)
    for _ in range(rounds):
        for place, step in enumerate(steps):
            start = process_time()
            for _ in range(times):
                step()
            best[place] = min(best[place], (process_time() - start) / times)
    return best


def line(name: str, value: float, base: float) -> None:
    """One line of the report."""
    unit, factor = ("us", 1e6) if value < 1e-3 else ("ms", 1e3)
    print(f"{name:58}{value * factor:9.1f} {unit}{value / base:9.2f} x")


def compared(bare: Callable[[], object], calls: Sequence[Call], times: int) -> None:
    """Lines for some calls and, first, the bare function that they are compared with."""
    steps = [bare, *(partial(call, name, *arguments) for _, name, arguments in calls)]
    taken = seconds(steps, times)
    for name, value in zip(
        ["bare xlwings function, revenue / budget", *(each[0] for each in calls)], taken, strict=True
    ):
        line(name, value, taken[0])


def single_cells(bare: str) -> None:
    """A call for one cell."""
    print("One cell")
    calls = [
        ("KAM_PENETRATION(30, 120)", "KAM_PENETRATION", (30.0, 120.0)),
        ("KAM_PENETRATION(-30, 120), an error", "KAM_PENETRATION", (-30.0, 120.0)),
        ("KAM_HEADROOM(30, 120)", "KAM_HEADROOM", (30.0, 120.0)),
        ("KAM_POSITION(0.25)", "KAM_POSITION", (0.25, OMITTED, OMITTED)),
        ('KAM_STRATEGY("Strong", "High")', "KAM_STRATEGY", ("Strong", "High", OMITTED, OMITTED)),
        ("KAM_STATUS(30, 900)", "KAM_STATUS", (30.0, 900.0, *[OMITTED] * 4)),
        (
            'KAM_CLASSIFY(30, 900, 120, "High", "yes")',
            "KAM_CLASSIFY",
            (30.0, 900.0, 120.0, "High", "yes", *[OMITTED] * 4),
        ),
        ("KAM_TARGET(1000, 0.1, 0.4)", "KAM_TARGET", (1000.0, 0.1, 0.4, *[OMITTED] * 5)),
    ]
    compared(lambda: call("BARE", 30.0, 120.0, module=bare), calls, times=500)


def clients(count: int) -> list[tuple[object, ...]]:
    """Invented clients; every twentieth budget is unknown."""
    dice = random.Random(1)
    rows: list[tuple[object, ...]] = []
    for number in range(count):
        budget = round(dice.lognormvariate(13, 1.5), 2)
        revenue = round(budget * dice.random() ** 2, 2)
        known = budget if number % 20 else None
        rows.append((f"C{number:06}", f"Client {number}", revenue, known, "yes" if number % 30 == 0 else None, None))
    return rows


def columns_and_table(bare: str, count: int) -> None:
    """A whole table: cell by cell, column by column, at once."""
    rows = clients(count)
    revenue, budget = (tuple((row[place],) for row in rows) for place in (2, 3))
    all_budgets = tuple((each[0] or 1.0,) for each in budget)
    print(f"\nOne call for {count} clients")
    calls = [
        ("KAM_PENETRATION, columns", "KAM_PENETRATION", (revenue, budget)),
        ("KAM_POTENTIAL, columns", "KAM_POTENTIAL", (budget, *[OMITTED] * 4)),
        ("KAM_CLASSIFY, columns", "KAM_CLASSIFY", (revenue, OMITTED, budget, *[OMITTED] * 6)),
    ]
    compared(lambda: call("BARE_COLUMN", revenue, all_budgets, module=bare), calls, times=1)
    print(f"\nAll answers for {count} clients")
    total = sum(row[2] for row in rows)  # type: ignore[misc]
    scalar, _ = timed(lambda: [call("KAM_CLASSIFY", row[2], total, row[3], "High", row[4], row[5]) for row in rows])
    table, _ = timed(lambda: call("KAM_TABLE", (HEADER, *rows), OMITTED, OMITTED, OMITTED))
    again, _ = timed(lambda: call("KAM_TABLE", (HEADER, *rows), OMITTED, OMITTED, OMITTED))
    keys, _ = timed(lambda: call("KAM_IS_KEY", tuple((row[0],) for row in rows), (HEADER, *rows), OMITTED, OMITTED))
    line("KAM_TABLE, seven answers a client", table, table)
    line("KAM_TABLE again on the same table", again, table)
    line("KAM_IS_KEY, a column, on the same table", keys, table)
    line(f"{count} calls of KAM_CLASSIFY, one answer a client", scalar, table)


def timed(step: Callable[[], object]) -> tuple[float, object]:
    """Seconds for a step, and what it gave."""
    start = process_time()
    result = step()
    return process_time() - start, result


def imports(rounds: int = 7) -> None:
    """Fresh processes, one after the other by turns."""
    code = "import time; start = time.process_time(); import {}; print(time.process_time() - start)"
    taken: dict[str, list[float]] = {"xlwings": [], "kam_udfs": []}
    for _ in range(rounds):
        for module, times in taken.items():
            done = subprocess.run(
                [sys.executable, "-c", code.format(module)], cwd=ROOT / "udfs", capture_output=True, check=True
            )
            times.append(float(done.stdout))
    print("\nImport")
    base = min(taken["xlwings"])
    line("import xlwings", base, base)
    line("import kam_udfs (and with it xlwings)", min(taken["kam_udfs"]), base)


def main(count: int) -> None:
    """Print times and their ratios."""
    bare = bare_module()
    single_cells(bare)
    columns_and_table(bare, count)
    imports()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
