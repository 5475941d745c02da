"""A market's ledger into a client table: seconds, memory and statements, against plain SQL and pandas.

    python benchmarks/import_ledger.py [LEDGER.parquet] [--times 1 10 100] [--memory 1GB]

`sql` is the floor: it asks in plain SQL, in one scan each, for all that the import reports: rows and money by day and
body, suppliers, sums by client, party and month, and repeated payments. `duckdb` is the bare query of the sums by
client and party.

The ledger is that of the shared data, or any with the columns body, unit, payment_date, supplier, company_no, amount;
without one a ledger of the same form is made up. It is replicated with other buyers, so that clients and sums grow with
it. Each way runs in a process of its own, with the imports of packages inside the time; `imports` is their part of it.
`CPU` is what all its threads took: it says more than the clock where others use the machine. `peak` is that process's
largest resident memory. DuckDB has the same memory and the same number of threads each time; `asked` is how many
statements it was given.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
RECIPE = ROOT / "tests" / "ledger" / "public_it_2019.toml"
SHARED = ROOT.parent / "shared" / "data" / "ledger_2019.parquet"
# pandas holds the whole ledger: no more than so many times.
PANDAS_FITS = 10


class Asked:
    """A connection of DuckDB that counts what it is asked."""

    statements = 0

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, *asked: Any) -> Any:
        Asked.statements += 1
        return self._connection.execute(*asked)


def import_packages(way: str) -> None:
    """What a way imports before it looks at the ledger."""
    if way == "ours":
        import kam_xl.ledger.market
        import kam_xl.ledger.opening

        with kam_xl.ledger.opening.embedded():
            pass
    else:
        __import__("pandas" if way == "pandas" else "duckdb")


def ours(ledger: str, memory: str, wanted: list[str]) -> float:
    """Our import with everything that it finds out on the way."""
    from kam_xl.ledger import opening
    from kam_xl.ledger.counts.counting import ImportOptions
    from kam_xl.ledger.market import import_market
    from kam_xl.ledger.opening import Where
    from kam_xl.ledger.recipe import read_recipe

    embedded = opening.embedded

    @contextmanager
    def counted(*given: Any) -> Iterator[Any]:
        with embedded(*given) as connection:
            connection.con = Asked(connection.con)
            yield connection

    opening.embedded = counted
    gc.set_threshold(100_000)  # as the command line does
    with tempfile.TemporaryDirectory() as folder:
        where = Where([ledger], memory=memory, temporary=Path(folder))
        return float(import_market(where, read_recipe(RECIPE), ImportOptions()).used.amount or 0)


def patterns() -> list[str]:
    from kam_xl.ledger.recipe import read_recipe

    return [pattern.rstrip("*") for party in read_recipe(RECIPE).parties for pattern in party.match]


def duckdb(ledger: str, memory: str, wanted: list[str]) -> float:
    """The same sums by client and party in one query, and nothing besides."""
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        connection = Asked(duckdb.connect(config={"memory_limit": memory, "temp_directory": folder}))
        parties = " ".join(f"WHEN starts_with(lower(supplier), '{each}') THEN '{each}'" for each in wanted)
        rows = connection.execute(
            f"SELECT body, unit, CASE {parties} END AS party, sum(CAST(amount AS DECIMAL(18, 4))) "  # noqa: S608
            f"FROM '{ledger}' GROUP BY ALL HAVING party IS NOT NULL"
        ).fetchall()
    return float(sum(row[3] or 0 for row in rows))


def sql(ledger: str, memory: str, wanted: list[str]) -> float:
    """All that the import reports, in plain SQL; names are neither trimmed nor compared by likeness."""
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        connection = Asked(duckdb.connect(config={"memory_limit": memory, "temp_directory": folder}))
        money = "TRY_CAST(amount AS DECIMAL(18, 4))"
        keys = "payment_date, body, supplier, company_no"
        connection.execute(
            f"SELECT {keys}, count(*), sum({money}) FROM '{ledger}' "  # noqa: S608
            "GROUP BY GROUPING SETS ((payment_date, body), (supplier, company_no))"
        ).fetchall()
        parties = " ".join(f"WHEN starts_with(lower(supplier), '{each}') THEN '{each}'" for each in wanted)
        connection.execute(
            f"CREATE TABLE paid AS SELECT *, CASE {parties} END AS party, {money} AS money "  # noqa: S608
            f"FROM '{ledger}' WHERE party IS NOT NULL"
        )
        rows = connection.execute(
            "SELECT body, unit, party, date_trunc('month', payment_date), sum(money), count(*) FROM paid GROUP BY ALL"
        ).fetchall()
        repeated = f"SELECT {keys}, unit, money, count(*) FROM paid GROUP BY ALL HAVING count(*) > 1"  # noqa: S608
        connection.execute(repeated).fetchall()
    return float(sum(row[4] or 0 for row in rows))


def pandas(ledger: str, memory: str, wanted: list[str]) -> float:
    """The same sums with pandas, all in memory."""
    import pandas as pd

    frame = pd.read_parquet(ledger, columns=["body", "unit", "supplier", "amount"])
    names = {name: name.lower() for name in frame.supplier.dropna().unique()}
    parties = {name: next((each for each in wanted if lower.startswith(each)), None) for name, lower in names.items()}
    frame["party"] = frame.supplier.map(parties)
    return float(frame[frame.party.notna()].groupby(["body", "unit", "party"]).amount.sum().sum())


def make_up(path: Path) -> None:
    """A ledger of the shared one's form: a million payments of 300 units to 40 000 suppliers."""
    import duckdb

    names = patterns()
    duckdb.sql(
        f"""COPY (
        SELECT 'body ' || i % 14 AS body, 'unit ' || i % 301 AS unit,
            DATE '2019-01-01' + (i % 365)::INT AS payment_date,
            (hash(i) % 40000)::VARCHAR AS company_no,
            CASE WHEN i % 150 = 0 THEN {names}[1 + (i // 150) % {len(names)}] || ' ltd'
                ELSE 'supplier ' || hash(i) % 40000 END AS supplier,
            ((hash(i) % 2000000)::BIGINT - 20000) / 100.0 AS amount
        FROM range(1_000_000) t(i)) TO '{path}' (FORMAT parquet)"""  # noqa: S608
    )


def replicate(ledger: Path, times: int, path: Path) -> None:
    """The ledger `times` over, each time with other buyers."""
    import duckdb

    source = f"'{ledger}', range({times}) copies(n)"
    duckdb.sql(
        f"COPY (SELECT body, unit || CASE n WHEN 0 THEN '' ELSE ' ' || n END AS unit, payment_date, "  # noqa: S608
        f"supplier, company_no, amount "
        f"FROM {source}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)"
    )


def measured(way: str, ledger: Path, memory: str) -> dict[str, float]:
    """One way in a process of its own."""
    command = [sys.executable, "-W", "ignore", __file__, "--way", way, str(ledger), "--memory", memory]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def run(way: str, ledger: str, memory: str) -> None:
    wanted = [] if way == "ours" else patterns()
    start, cpu = time.perf_counter(), time.process_time()
    import_packages(way)
    imports = time.perf_counter() - start
    total = {"ours": ours, "duckdb": duckdb, "sql": sql, "pandas": pandas}[way](ledger, memory, wanted)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = {
        "seconds": seconds,
        "imports": imports,
        "cpu": cpu,
        "peak": peak,
        "total": total,
        "asked": Asked.statements,
    }
    sys.stdout.write(json.dumps(figures))


def compare(ledger: Path, times: list[int], memory: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        if not ledger.exists():
            ledger = Path(folder, "made_up.parquet")
            with ProcessPoolExecutor(1, get_context("spawn")) as apart:
                apart.submit(make_up, ledger).result()
        for factor in times:
            path = Path(folder, f"ledger_{factor}.parquet")
            # A child's peak starts from its parent's memory: this process stays small.
            with ProcessPoolExecutor(1, get_context("spawn")) as apart:
                apart.submit(replicate, ledger, factor, path).result()
            ways = ["duckdb", "sql", "ours", *(["pandas"] if factor <= PANDAS_FITS else [])]
            results = {way: measured(way, path, memory) for way in ways}
            floor = results["sql"]
            for way, each in results.items():
                assert abs(each["total"] - floor["total"]) < 1, results
                clock = f"{each['seconds']:8.2f} s {each['seconds'] / floor['seconds']:6.1f} x floor"
                imports = f"{each['imports']:8.2f} s imports"
                cpu = f"{each['cpu']:8.2f} s CPU {each['cpu'] / floor['cpu']:6.1f} x"
                asked = f"{each['asked']:4.0f} asked" if each["asked"] else ""
                sys.stdout.write(f"{factor:>4}x {way:<7}{clock}{imports}{cpu} {each['peak']:7.0f} MB{asked}\n")
            path.unlink()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledger", nargs="?", default=str(SHARED))
    parser.add_argument("--times", nargs="*", type=int, default=[1, 10])
    parser.add_argument("--memory", default="1GB")
    parser.add_argument("--way", default="")
    given = parser.parse_args()
    if given.way:
        run(given.way, given.ledger, given.memory)
    else:
        compare(Path(given.ledger), given.times, given.memory)
