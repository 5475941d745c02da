"""Names that a ledger spells in several ways: a typed file is summed as it is spelt, and says what its texts say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from pyarrow import parquet

from kam_xl.ledger.counts.counting import ImportOptions
from kam_xl.ledger.market import import_market
from kam_xl.ledger.opening import Where
from kam_xl.ledger.recipe import Party, Recipe

COLUMNS = ("Date", "Buyer", "Unit", "Supplier", "Company no", "Category", "Amount")
ROWS = [
    ("Alfa", "North", "Nordwerk", "07", "IT", 1.0),
    (" Alfa ", "North ", " Nordwerk", "07 ", "IT ", 2.0),
    ("Alfa", "N/A", "Nordwerk ", None, "IT", 4.0),
    ("Alfa", None, "Nordwerk", "", "Rent", 8.0),
    (None, " ", "Nordwerk", "07", "IT", 16.0),
    ("NULL", "null", "Nordwerk", "07", "IT", 32.0),
    ("Beta", "South", None, " ", "IT", 64.0),
    ("Beta", "South", "  ", None, "IT", 128.0),
    ("Beta", "South", None, "09", "IT", 256.0),
    ("Beta", "South", "Rival", "09", "IT", None),
    ("Beta", "South", "Rival", "09", "Rent", 512.0),
    ("Beta", " ", "Stranger", None, "IT", 1024.0),
    ("Alfa", "North", "Nordwerk", "07", "IT", 1.0),
]


def outcome(path, categories=()):
    parties = Party("Nordwerk", ("nordwerk",)), (Party("Rival", ("rival",), numbers=("09",)),)
    recipe = Recipe(
        columns={"client": ("Buyer", "Unit")}, seller=parties[0], competitors=parties[1], categories=categories
    )
    found = import_market(Where([str(path)]), recipe, ImportOptions())
    left_out = [(each.reason.render(), each.rows, each.amount) for each in found.left_out]
    names = [(link.supplier.name, link.supplier.number, link.supplier.rows) for link in found.links]
    messages = [(finding.code, finding.message.render()) for finding in found.findings]
    return found.clients, found.rows, found.used, left_out, names, messages


def typed_file(path, rows):
    columns = zip(COLUMNS, zip(*((date(2025, 3, 1), *row) for row in rows), strict=True), strict=True)
    parquet.write_table(pa.table({name: list(cells) for name, cells in columns}), path)
    return Where([str(path)])


@pytest.mark.parametrize("categories", [(), ("it",)])
def test_a_typed_file_says_what_the_same_texts_say(tmp_path, categories):
    typed, texts = tmp_path / "ledger.parquet", tmp_path / "ledger.csv"
    typed_file(typed, ROWS)
    lines = [";".join("" if cell is None else str(cell) for cell in ("2025-03-01", *row)) for row in ROWS]
    texts.write_text("\n".join([";".join(COLUMNS), *lines]), "utf-8")
    assert outcome(typed, categories) == outcome(texts, categories)


def test_spellings_of_one_supplier_and_client_are_summed(tmp_path):
    path = tmp_path / "ledger.parquet"
    typed_file(path, ROWS)
    clients, _, used, left_out, *_ = outcome(path)
    assert [(each.client, each.revenue, each.competitor_revenue) for each in clients] == [
        ("Alfa", Decimal(12), Decimal(0)),
        ("Alfa / North", Decimal(4), Decimal(0)),
        ("Beta / South", Decimal(0), Decimal(768)),
    ]
    assert used.rows == 7
    assert left_out == [
        ("no amount", 1, None),
        ("no client", 2, Decimal(48)),
        ("no supplier", 2, Decimal(192)),
        ("suppliers that are neither the seller nor competitors", 1, Decimal(1024)),
    ]


def test_payments_to_a_seller_of_a_thousand_spellings_count(tmp_path):
    rows = [("Alfa", "North", f"Nordwerk {place}", None, "IT", 1.0) for place in range(1001)]
    where = typed_file(tmp_path / "ledger.parquet", [*rows, ("Alfa", "North", "Stranger", None, "IT", 1.0)])
    found = import_market(where, Recipe(seller=Party("Nordwerk", ("nordwerk*",))), ImportOptions())
    assert [each.revenue for each in found.clients] == [Decimal(1001)]


def test_a_pattern_for_all_names_fits_payments_that_have_a_number_alone(tmp_path):
    rows = [("Alfa", "North", None, "09", "IT", 1.0), ("Alfa", "North", None, None, "IT", 2.0)]
    found = import_market(
        typed_file(tmp_path / "ledger.parquet", rows), Recipe(seller=Party("All", ("*",))), ImportOptions()
    )
    assert [each.revenue for each in found.clients] == [Decimal(1)]
