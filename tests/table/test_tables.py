"""Tables of programs and of people are read right, or refused with what to do: see `tables`.

    python -m tests.table.test_tables    prints where we stand

A case is a table (cells between bars, a text where it begins with an apostrophe) or the text of a file, and its truth:
by client what a field says, `nan` where it is unknown; `tells` are codes of which one must be told, `refuses` words of
the refusal. Its cells hold nothing else than what a program or a person wrote.
"""

from __future__ import annotations

import math
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kam_xl.domain.toml_file import read_toml
from kam_xl.errors import KamError
from kam_xl.table import ClientTable, read
from tests.table.books import make_xlsx

TODAY = date(2026, 11, 28)
_FIELDS = {"budget": "procurement_budget"}
CASES = {
    case["name"]: case
    for path in sorted(Path(__file__).with_name("tables").glob("*.toml"))
    for case in read_toml(path)["case"]
}


@pytest.mark.parametrize("name", CASES)
def test_a_table_is_read_right_or_refused_with_what_to_do(name, tmp_path):
    assert faults(CASES[name], tmp_path) == []


@pytest.mark.parametrize("name", [name for name in CASES if "refuses" not in CASES[name]])
def test_an_understanding_given_back_reads_the_same(name, tmp_path):
    table, reading = read_case(CASES[name], tmp_path), tmp_path / "reading.toml"
    reading.write_text(table.interpretation.toml(), "utf-8")
    again = read_case(CASES[name], tmp_path, reading)
    assert again.checked().made() == table.checked().made()
    assert [each.code for each in again.findings if each.grade == "error"] == [
        each.code for each in table.findings if each.grade == "error"
    ]


def faults(case: dict[str, Any], folder: Path) -> list[str]:
    """What is wrong with the reading of a case."""
    try:
        table = read_case(case, folder)
    except KamError as error:
        text = error.render("en")
        return [] if case.get("refuses", "\0") in text else [f"refused: {text}"]
    if "refuses" in case:
        return [f"{len(table)} clients were read"]
    codes = {finding.code for finding in table.findings}
    wrong = [f"not told: only {sorted(codes)}"] if "tells" in case and not codes & {*case["tells"]} else []
    return wrong + [
        f"{field}: {got}"
        for field, truth in case.items()
        if isinstance(truth, dict) and not _same(got := _of_clients(table, _FIELDS.get(field, field)), truth, field)
    ]


def read_case(case: dict[str, Any], folder: Path, reading: Path | None = None) -> ClientTable:
    """The table of a case, as a file."""
    if "text" in case:
        path = folder / "table.csv"
        path.write_text(case["text"].removeprefix("\n"), "utf-8")
    else:
        path = make_xlsx(folder / "table.xlsx", {"Sheet1": cells(case["table"])})
    return read(path, mapping=reading, today=TODAY)


def cells(table: str) -> list[list[Any]]:
    """The cells of a table as calamine gives them."""
    return [[_cell(part) for part in line.split("|")] for line in table.strip("\n").splitlines()]


def _cell(text: str) -> Any:
    text = text.strip()
    if text.startswith("'"):
        return text[1:]
    if len(text) == 10 and text[4] == text[7] == "-":
        return date.fromisoformat(text)
    try:
        return float(text)
    except ValueError:
        return text.replace("\\n", "\n")


def _of_clients(table: ClientTable, field: str) -> dict[str, Any]:
    return {client.client: getattr(client, field) for client in table.checked()}


def _same(got: dict[str, Any], truth: dict[str, Any], field: str) -> bool:
    """Revenue is of all clients; of other fields some are enough."""
    if field == "revenue" and got.keys() != truth.keys():
        return False
    return all(client in got and _equal(got[client], value) for client, value in truth.items())


def _equal(got: Any, truth: Any) -> bool:
    if isinstance(truth, str):
        return str(getattr(got, "value", got)) == truth
    return got is None if math.isnan(truth) else got is not None and math.isclose(got, truth)


def main() -> None:
    """Print one line for each case that is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        found = {name: faults(case, Path(folder)) for name, case in CASES.items()}
    for name, wrong in found.items():
        for each in wrong:
            print(f"{name}\n    {each[:400]}")
    print(f"{sum(not wrong for wrong in found.values())} of {len(found)} right")


if __name__ == "__main__":
    sys.exit(main())
