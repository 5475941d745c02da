"""`kam-xl check` and `classify -o` as whole commands, beside bare readers and a bare writer: ratios, in one run.

    python benchmarks/table_commands.py [ROWS]      100 000 by default

The table has 20 columns as a workbook, and eight of them as a csv file. Its peers read the same file and do nothing
with it: python-calamine the workbook, Python's csv module the text; beside `classify -o` XlsxWriter copies the cells
of its result. Each runs in a process of its own; `CPU` and `peak` are those of `plan_command.py`.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from pathlib import Path

from plan_command import measure
from read_classify import HEADERS, make, rows

_IN_TEXT = (
    *("Client ID", "Client", "Industry", "Manager"),
    *("Revenue", "Procurement budget", "Competitor revenue", "Reference"),
)
_CALAMINE = "import sys, python_calamine as c; c.load_workbook(sys.argv[1]).get_sheet_by_index(0).to_python()"
_CSV = "import sys, csv; list(csv.reader(open(sys.argv[1], encoding='utf-8', newline='')))"
_XLSXWRITER = """
import sys, python_calamine, xlsxwriter
rows = python_calamine.load_workbook(sys.argv[1]).get_sheet_by_index(0).to_python()
book = xlsxwriter.Workbook(sys.argv[2], {"constant_memory": True, "strings_to_formulas": False})
sheet = book.add_worksheet()
for number, row in enumerate(rows):
    sheet.write_row(number, 0, row)
book.close()
"""


def write_text(path: Path, count: int) -> Path:
    """The table as a csv file."""
    columns = [HEADERS.index(title) for title in _IN_TEXT]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_IN_TEXT)
        writer.writerows([row[column] for column in columns] for row in rows(count))
    return path


def command(*words: object) -> dict[str, float]:
    """What a command takes; findings are no failure."""
    return measure([sys.executable, "-m", "kam_xl", *map(str, words), "--lang", "en"], accepted=(0, 1))


def peer(script: str, *words: object) -> dict[str, float]:
    """What a script takes."""
    return measure([sys.executable, "-c", script, *map(str, words)])


def main(count: int) -> None:
    """Print a line for each command, and for its peer."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book, text = make(folder / "clients.xlsx", count), write_text(folder / "clients.csv", count)
        listed = folder / "list.xlsx"
        pairs = [
            ("check xlsx", command("check", book), "calamine", peer(_CALAMINE, book)),
            ("check csv", command("check", text), "csv", peer(_CSV, text)),
            ("classify csv", command("classify", text), "csv", peer(_CSV, text)),
            (
                "classify -o",
                command("classify", book, "-o", listed),
                "XlsxWriter",
                peer(_XLSXWRITER, listed, folder / "copy.xlsx"),
            ),
        ]
    print(f"{f'{count} rows':14} CPU s  peak MB   beside        CPU s  peak MB  ratio")
    for what, ours, other, theirs in pairs:
        print(
            f"{what:14} {ours['CPU']:5.1f} {ours['peak']:8.0f}   {other:12} {theirs['CPU']:6.1f} {theirs['peak']:8.0f}"
            f"  {ours['CPU'] / theirs['CPU']:5.2f}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
