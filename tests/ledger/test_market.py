"""Who bought what from whom: suppliers are known by rules or by a person's word."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kam_xl.files.errors import LockedFileError
from kam_xl.ledger import market
from kam_xl.ledger.counts.counting import ImportOptions
from kam_xl.ledger.errors import NothingFoundError, RecipeError, UndecidedError
from kam_xl.ledger.market import import_market
from kam_xl.ledger.opening import Where
from kam_xl.ledger.recipe import Party, Recipe

PAYMENTS = """Buyer,Supplier,Company no,Date,Amount,Category
City,INSIGHT DIRECT UK LTD,02579852,2025-01-15,100.10,IT goods
City,Softcat,,2025-02-03,30.00,IT goods
City,Softcat Services,,2025-02-03,5.00,IT goods
City,Bakery,,2025-02-04,7.00,Food
Alfa,Other name,2579852,2025-03-05,50.00,IT services
Alfa,Another dealer,,2025-03-06,8.00,IT services
Alfa,,,2025-03-06,9.00,IT services
Old,Softcat,,2024-03-06,11.00,IT goods
"""
SOFTCAT = Party("Softcat", ("softcat",))
RECIPE = Recipe(seller=Party("Insight", ("insight *",), numbers=("2579852",)), competitors=(SOFTCAT,), period="2025")


@pytest.fixture
def ledger(write):
    return Where([write("payments.csv", PAYMENTS)])


def numbers(imported):
    return {
        each.client: (each.revenue, each.procurement_budget, each.competitor_revenue, dict(each.competitors))
        for each in imported.clients
    }


def test_the_budget_is_what_went_to_the_seller_and_the_competitors(ledger):
    assert numbers(import_market(ledger, RECIPE, ImportOptions())) == {
        "Alfa": (Decimal(50), Decimal(50), Decimal(0), {}),
        "City": (Decimal("100.1"), Decimal("130.1"), Decimal(30), {"Softcat": Decimal(30)}),
    }


def test_with_categories_the_budget_is_all_that_went_into_them(ledger):
    imported = import_market(ledger, replace(RECIPE, categories=("it *",)), ImportOptions())
    assert numbers(imported) == {
        "Alfa": (Decimal(50), Decimal(58), Decimal(0), {}),
        "City": (Decimal("100.1"), Decimal("135.1"), Decimal(30), {"Softcat": Decimal(30)}),
    }
    assert [(each.reason.render(), each.rows, each.amount) for each in imported.left_out] == [
        ("no supplier", 1, Decimal(9)),
        ("outside the period 2025", 1, Decimal(11)),
        ("other categories", 1, Decimal(7)),
    ]


def test_years_stand_beside_each_other(ledger):
    rows = import_market(ledger, RECIPE, ImportOptions()).sheets("en")["By period"]
    assert rows[0] == ["Client ID", "Client", "Indicator", "2024", "2025"]
    assert ["Old", "Old", "Procurement budget", 11.0, None] in rows


def test_names_without_rules_are_decided_by_a_person_first(ledger, tmp_path):
    path = tmp_path / "suppliers.csv"
    recipe = replace(RECIPE, seller=Party("Insight Direct"), competitors=(Party("Softcat"),))
    with pytest.raises(UndecidedError, match="2 supplier names"):
        import_market(ledger, recipe, ImportOptions(path))
    text = path.read_text("utf-8-sig")
    assert 'Softcat,,Softcat,yes,"the same name, but for the legal form"' in text
    path.write_text(text.replace("Softcat Services,,Softcat,?", "Softcat Services,,Softcat,no").replace("?", "YES"))
    first = import_market(ledger, recipe, ImportOptions(path))
    assert numbers(first)["City"] == (Decimal("100.1"), Decimal("130.1"), Decimal(30), {"Softcat": Decimal(30)})
    assert path.read_text("utf-8-sig") == text.replace("Services,,Softcat,?", "Services,,Softcat,no").replace(
        "?", "YES"
    )


def test_decisions_that_somebody_saves_meanwhile_stay(ledger, tmp_path, monkeypatch):
    path = tmp_path / "suppliers.csv"
    recipe = replace(RECIPE, seller=Party("Insight Direct"), competitors=(Party("Softcat"),))

    def save_then_link(*arguments):
        path.write_bytes(b"of a colleague")
        return link(*arguments)

    link = market.link
    monkeypatch.setattr(market, "link", save_then_link)
    with pytest.raises(LockedFileError, match=r"suppliers\.csv: another file has appeared"):
        import_market(ledger, recipe, ImportOptions(path))
    assert path.read_bytes() == b"of a colleague"


def test_decisions_may_come_back_from_a_russian_excel(ledger, tmp_path):
    path = tmp_path / "suppliers.csv"
    rows = "Поставщик;Рег. номер (ИНН);Относится к;Решение (да, нет)\nAnother  dealer;;Softcat;Да\n"
    path.write_bytes(rows.encode("cp1251"))
    assert numbers(import_market(ledger, RECIPE, ImportOptions(path)))["Alfa"][3] == {"Softcat": Decimal(8)}


def test_decisions_that_cannot_be_used_are_all_told(ledger, text_file):
    path = text_file("suppliers.csv", 'Supplier,Belongs to,"Decision (yes, no)"\nA,Nobody,yes\nB,Softcat,perhaps\n')
    with pytest.raises(RecipeError, match=r'row 2: "Nobody" is neither the seller nor a competitor, row 3: "perhaps"'):
        import_market(ledger, RECIPE, ImportOptions(path))


def test_a_supplier_of_two_parties_is_refused(ledger):
    recipe = replace(RECIPE, competitors=(SOFTCAT, Party("Soft", ("soft*",))))
    with pytest.raises(RecipeError, match="matches two parties: Softcat, Soft"):
        import_market(ledger, recipe, ImportOptions())


def test_a_period_without_payments_is_refused(ledger):
    with pytest.raises(NothingFoundError, match=r"goes from 2024-03 to 2025-03"):
        import_market(ledger, replace(RECIPE, period="2023"), ImportOptions())


def test_the_order_of_rows_does_not_matter(ledger, write):
    head, *rows = PAYMENTS.splitlines(keepends=True)
    turned = Where([write("payments.csv", head + "".join(reversed(rows)))])
    here, there = (import_market(each, RECIPE, ImportOptions()) for each in (ledger, turned))
    assert here.sheets("en") == there.sheets("en")
