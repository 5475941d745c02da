"""What holds of every ledger: nothing is lost, and neither the order of rows nor that of columns matters."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from kam_xl.ledger.counts.counting import ImportOptions
from kam_xl.ledger.invoices import import_invoices
from kam_xl.ledger.opening import Where
from kam_xl.ledger.recipe import Recipe

TITLES = ["Date", "Number", "Customer", "Status", "Type", "Amount"]
CENTS = st.integers(-(10**7), 10**7)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["2025-01-15", "2025-06-30", "2024-12-31", "2027-01-01", ""]),
        st.sampled_from(["Nord", "Alfa Ltd", "Total Energies", "n/a", ""]),
        st.sampled_from(["Paid", "Draft", ""]),
        st.sampled_from(["Invoice", "Payment", "Credit memo", ""]),
        CENTS,
    ),
    max_size=12,
)


def imported(folder, rows, order):
    """The import of rows with their columns in an order."""
    path = folder / "sales.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([[row[at] for at in order] for row in [TITLES, *rows]])
    return import_invoices(Where([str(path)]), Recipe(), ImportOptions(today=date(2026, 11, 28)))


@settings(max_examples=6)
@given(rows=ROWS, shuffled=st.randoms(use_true_random=False))
def test_used_and_left_out_are_the_file_to_the_cent_in_any_order(tmp_path_factory, rows, shuffled):
    folder = tmp_path_factory.mktemp("ledger")
    first = ("2025-03-01", "Nord", "Paid", "Invoice", 100)
    lines = [
        [day, str(number), client, status, kind, f"{cents / 100:.2f}"]
        for number, (day, client, status, kind, cents) in enumerate([first, *rows], start=1)
    ]
    one = imported(folder, lines, range(len(TITLES)))
    parts = [one.used, *one.left_out]
    assert sum(each.rows for each in parts) == one.read.rows == len(lines)
    assert sum((each.amount or Decimal(0) for each in parts), Decimal(0)) == one.read.amount
    order = shuffled.sample(range(len(TITLES)), len(TITLES))
    other = imported(folder, shuffled.sample(lines, len(lines)), order)
    assert [(each.client, each.revenue) for each in other.clients] == [
        (each.client, each.revenue) for each in one.clients
    ]
    assert other.left_out == one.left_out
