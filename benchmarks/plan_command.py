"""`kam-xl plan` as a whole, beside writing comparable sheets with XlsxWriter: ratios, in one run.

    python benchmarks/plan_command.py [CLIENTS ...]       150 and 1500 by default

The table is a csv file in which every client is a key account. *new* builds a workbook from it, with lists, portfolio,
agenda and the record; *update* runs the command again on that workbook; *changed* does so after every procurement
budget in its client table grew by a tenth. XlsxWriter, which cannot update, writes one sheet for every client with as
many texts, numbers, formulas with values, formats and names as the workbook of *new* has on a plan, without charts,
colours that follow rules, lists to choose from, and all that is calculated. Each runs in a process of its own. `CPU` is
what all its threads took, starting Python included: it says more than the clock where others use the machine. `peak` is
the process's largest resident memory.
"""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Collection
from pathlib import Path

ROOT = Path(__file__).parents[1]


def write_clients(path: Path, clients: int) -> None:
    """A client table whose rows are all marked as references, and so are key."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Client ID", "Client", "Manager", "Revenue", "Procurement budget", "Reference"])
        for n in range(clients):
            writer.writerow([f"C{n:05}", f"Client {n:05}", f"Manager {n % 9}", 1_000_000 + n, 3_000_000 + 2 * n, "x"])


def measure(command: list[str], accepted: Collection[int] = (0,)) -> dict[str, float]:
    """Run a process, whose exit code must be one of these; its seconds of CPU, and its peak memory in megabytes."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=_environment())
    assert process.stderr is not None
    errors = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in accepted:
        raise SystemExit(errors)
    peak = usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    return {"CPU": usage.ru_utime + usage.ru_stime, "peak": peak}


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}


def plan(source: Path, target: Path, settings: Path) -> list[str]:
    """The command."""
    options = ["--settings", str(settings), "--yes", "--overwrite", "--lang", "en"]
    return [sys.executable, "-m", "kam_xl", "plan", str(source), "-o", str(target), *options]


def with_other_budgets(source: Path, target: Path) -> None:
    """A copy of a workbook in whose client table, the last sheet, every procurement budget grew by a tenth."""
    import xlwings as xw

    import kam_xl.engines.file  # noqa: F401 (registers the engine)

    app = xw.engines["file"].apps.add()
    try:
        book = app.books.open(source)
        budgets = book.sheets[-1]["E2"].expand("down")
        assert book.sheets[-1]["E1"].value == "Procurement budget"
        budgets.options(transpose=True).value = [round(budget * 1.1) for budget in budgets.value]
        book.save(target)
    finally:
        app.quit()


def shape_of(workbook: Path) -> dict[str, int]:
    """How many cells of each kind the last plan of a workbook has, and how many names."""
    with zipfile.ZipFile(workbook) as archive:
        book = archive.read("xl/workbook.xml").decode()
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        text = archive.read(max(sheets, key=lambda name: int(re.sub(r"\D", "", name)))).decode()
    cells = re.findall(r"<c [^>]*?(?:/>|>.*?</c>)", text, re.DOTALL)
    formulas = [cell for cell in cells if "<f" in cell]
    texts = [cell for cell in cells if re.search(r' t="(s|inlineStr)"', cell) and "<f" not in cell]
    blank = [cell for cell in cells if "<v" not in cell and "<is" not in cell and "<f" not in cell]
    names = len(re.findall("<definedName ", book)) // max(len(sheets), 1)
    numbers = len(cells) - len(formulas) - len(texts) - len(blank)
    return {
        "texts": len(texts),
        "numbers": numbers,
        "formulas": len(formulas),
        "blank": len(blank),
        "names": names,
    }


def write_with_xlsxwriter(path: Path, clients: int, shape: dict[str, int]) -> None:
    """One sheet for every client, of so many cells of each kind, eight columns wide."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    formats = [book.add_format({"border": 1, "bold": bool(n % 2), "num_format": "#,##0"}) for n in range(12)]
    for client in range(clients):
        sheet, at = book.add_worksheet(f"Client {client:05}"), 0
        for kind, count in list(shape.items())[:4]:
            for number in range(count):
                row, column, form = at // 8, at % 8, formats[at % 12]
                if kind == "texts":
                    sheet.write_string(row, column, f"What is said of {number}: {client}", form)
                elif kind == "numbers":
                    sheet.write_number(row, column, client * 100 + number, form)
                elif kind == "formulas":
                    sheet.write_formula(row, column, f'=IF(A{row + 1}="","",A{row + 1})', form, number)
                else:
                    sheet.write_blank(row, column, None, form)
                at += 1
        for number in range(shape["names"]):
            book.define_name(f"'Client {client:05}'!field_{number}", f"='Client {client:05}'!$B${number + 1}")
    book.close()


def main(sizes: list[int]) -> None:
    """Print a table for each number of clients."""
    for clients in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            table, settings, built = folder / "clients.csv", folder / "all_key.toml", folder / "new.xlsx"
            write_clients(table, clients)
            settings.write_text("key_account_limit = 1.0\n", encoding="utf-8")
            measured = {"new": measure(plan(table, built, settings))}
            measured["update"] = measure(plan(built, folder / "update.xlsx", settings))
            with_other_budgets(built, changed := folder / "other_budgets.xlsx")
            measured["changed"] = measure(plan(changed, folder / "changed.xlsx", settings))
            shape = json.dumps(shape_of(built))
            peer = [sys.executable, __file__, "--xlsxwriter", str(folder / "XlsxWriter.xlsx"), str(clients), shape]
            measured["XlsxWriter"] = measure(peer)
            print(f"\n{f'{clients} clients':14} CPU s  times XlsxWriter  peak MB  file MB    on a plan: {shape}")
            for each, result in measured.items():
                ratio = result["CPU"] / measured["XlsxWriter"]["CPU"]
                size = (folder / f"{each}.xlsx").stat().st_size / 1e6
                print(f"{each:14} {result['CPU']:5.1f} {ratio:17.2f} {result['peak']:8.0f} {size:8.1f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--xlsxwriter"]:
        write_with_xlsxwriter(Path(sys.argv[2]), int(sys.argv[3]), json.loads(sys.argv[4]))
    else:
        main([int(size) for size in sys.argv[1:]] or [150, 1500])
