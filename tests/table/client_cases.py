"""Tables as people have them, with what a correct reading of each is.

    python tests/table/client_cases.py    prints where we stand

The files lie beside the project; nothing of them is committed. Each stands for a kind of fault, see their README.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date
from math import isclose
from pathlib import Path
from typing import NamedTuple

from kam_xl.errors import KamError
from kam_xl.table import ClientTable, read

FOLDER = Path(__file__).parents[3] / "shared" / "cases" / "clients"
TODAY = date(2026, 11, 28)
# What must be told of a table, as codes of findings: any of them will do.
TOLD = {
    "01_salesforce_report.csv": {"clients-own-turnover"},
    "15_1c_summa_column.xlsx": {"amount-chosen", "ambiguous-column"},
    "61_inn_scientific.csv": {"damaged-ids"},
    "69_names_case_dupes.xlsx": {"similar-names"},
    "85_total_mismatch.xlsx": {"total-differs"},
    "A6_currency_column.xlsx": {"currencies-differ"},
}
REFUSED = {
    "08_amocrm_deals.xlsx": "import invoices",
    "49_account_plan_form.xlsx": "not a client table",
    "83_invoice_list.xlsx": "import invoices",
    "A1_oom.xls": "damaged",
    "A2_title_message.xlsx": "Debtor, Net value",
}
# The truth of these names some of the clients only.
PARTLY = ("34_potential_money.xlsx", "37_group_heading_rows.xlsx")
SPACES = "29_spaces.xlsx"
CURRENCIES = "31_currencies.xlsx"
_AMOUNTS_OF_CURRENCIES = dict(
    zip(
        "abcdefghijklmnopqrstuvwx",
        (
            *(1234.56, 1234.56, 1234.56, 1234.5, 1234.5, 1234, 1234, 5000, 1234, 1234, 1234, 1234, 1234, 1234, 1234),
            *(1234, 1234, 1234, 12345, 1234, 1234, 1234, 1234, 1234),
        ),
        strict=True,
    )
)


class Outcome(NamedTuple):
    """How a case ended: `verdict` is right, refused or WRONG, `why` says what is wrong."""

    verdict: str
    why: str


def expectations() -> dict[str, dict[str, object]]:
    """What a correct reading of each file is."""
    if not FOLDER.exists():
        return {}
    return json.loads((FOLDER / "expected.json").read_text("utf-8")) | {SPACES: {}, CURRENCIES: {}}


def outcome(name: str, expected: dict[str, object]) -> Outcome:
    """Read one file and compare."""
    try:
        table = read(FOLDER / name, today=TODAY)
    except KamError as error:
        text = error.render("en")
        wanted = REFUSED.get(name)
        return Outcome("refused", "") if wanted and wanted in text else Outcome("WRONG", f"refused: {text}")
    if name in REFUSED:
        return Outcome("WRONG", f"read {len(table)} clients, was to be refused")
    faults = [
        fault
        for field, known in (("revenue", "revenue"), ("budget", "procurement_budget"))
        if (fault := _difference(name, table, known, _truth(name, field, expected)))
    ]
    codes = {finding.code for finding in table.findings}
    if name in TOLD and not codes & TOLD[name]:
        faults.append(f"not told; only {sorted(codes)}")
    territories = [client.territory for client in table.checked()]
    if name == "36_merged_groups.xlsx" and territories != ["Север"] * 3 + ["Юг"] * 2:
        faults.append("the merged territory is not every client's")
    if name == "66_dates_text.xlsx" and any(finding.grade == "error" for finding in table.findings):
        faults.append(str([finding.message.render("en") for finding in table.findings if finding.grade == "error"]))
    return Outcome("WRONG", "; ".join(faults)) if faults else Outcome("right", ", ".join(sorted(codes)))


def _truth(name: str, field: str, expected: dict[str, object]) -> dict[str, float | None] | None:
    if name == CURRENCIES and field == "revenue":
        return _AMOUNTS_OF_CURRENCIES
    if name == SPACES:
        names = ("NBSP", "NNBSP", "THIN", "FIGURE", "ZWSP", "LRM", "BOM", "PAD", "APOS", "WJ", "SOFT")
        return dict.fromkeys(names, 1234567.89 if field == "revenue" else 3e6)
    return expected.get(field)  # type: ignore[return-value]


def _difference(name: str, table: ClientTable, field: str, truth: dict[str, float | None] | None) -> str:
    if truth is None:
        return ""
    got = {each.client: getattr(each, field) for each in table.checked()}
    if field == "procurement_budget" or name in PARTLY:
        got = {client: value for client, value in got.items() if client in truth}
    same = got.keys() == truth.keys() and all(_equal(got[client], truth[client]) for client in truth)
    return "" if same else f"{field}: {got}"


def _equal(got: float | None, truth: float | None) -> bool:
    return got is truth if got is None or truth is None else isclose(got, truth)


def main() -> None:
    """Print one line a case."""
    found = {name: outcome(name, expected) for name, expected in sorted(expectations().items())}
    for name, (verdict, why) in found.items():
        print(f"{verdict:8}{name:40}{why[:300]}")
    print(Counter(verdict for verdict, _ in found.values()))


if __name__ == "__main__":
    sys.exit(main())
