"""Exports of named programs, rebuilt with invented figures: each gives its truth and says what it left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kam_xl.ledger.counts.counting import ImportOptions
from kam_xl.ledger.errors import NothingFoundError
from kam_xl.ledger.invoices import import_invoices
from kam_xl.ledger.opening import Where
from kam_xl.ledger.recipe import Recipe

FOLDER = Path(__file__).with_name("exports")
# File to the revenue of each client, and codes of findings or reasons that must be told.
TRUTHS: dict[str, tuple[dict[str, float], list[str]]] = {
    "qbo_transaction_list.csv": (
        {"Alfa Ltd": 1000, "Nordwerk GmbH": 800},
        ["documents that are not sales: Payment", "not posted (No)"],
    ),
    "qbo_sales_detail.csv": ({"Alfa Ltd": 200, "Nordwerk GmbH": -12}, ["how-read", "totals"]),
    "qb_desktop_detail.csv": ({"Alfa Ltd": 150, "Nordwerk": 60}, ["totals"]),
    "xero_invoices.csv": ({"Alfa Ltd": 300, "Nordwerk": 100}, ["status Draft", "status Voided"]),
    "xero_import.csv": ({"Alfa Ltd": 200, "Nordwerk": 90}, ["how-read"]),
    "stripe_payments.csv": ({"Alfa Ltd": 100, "Nordwerk GmbH": 30}, ["status Failed", "how-read"]),
    "stripe_balance.csv": ({"Alfa Ltd": 100, "Nordwerk GmbH": 30}, ["how-read"]),
    "shopify_orders.csv": ({"Alfa Ltd": 120, "Nordwerk GmbH": 80}, ["status voided", "no amount"]),
    "1c_realizacia.csv": ({'ООО "Ромашка"': 1200, 'АО "Лютик"': 800}, ["not posted (Нет)"]),
    "moysklad_otgruzki.csv": ({"ООО Ромашка": 1200, "АО Лютик": 600}, ["status Отменен"]),
    "sap_fbl5n.txt": ({"Alfa Ltd": 1200, "Nordwerk GmbH": 700}, ["documents that are not sales: DZ"]),
    "sage50_audit.csv": ({"ALF001": 1200, "NOR001": 700}, ["documents that are not sales: SR", "how-read"]),
    "zoho_invoices.csv": ({"Alfa Ltd": 300, "Nordwerk": 100}, ["status Void", "how-read"]),
    "datev_opos.csv": ({"Alfa GmbH": 1200, "Nordwerk AG": 800}, ["documents that are not sales: Zahlung", "how-read"]),
    "datev_extf.csv": ({"10001": 1200, "10002": 700}, ["how-read"]),
    "lexware.csv": ({"Alfa GmbH": 1000, "Nordwerk AG": 500}, ["status Entwurf", "status storniert"]),
    "bank_de.csv": ({"Alfa GmbH": 1190, "Nordwerk AG": 595}, ["payments made, not received", "how-read"]),
    "bank_ru.csv": ({"ООО Ромашка": 1200, "АО Лютик": 600}, ["payments made, not received", "how-read"]),
    "own_no_year.csv": ({"Ромашка": 100, "Лютик": 50}, ["how-read"]),
    "freshbooks.csv": ({"Alfa Ltd": 200, "Nordwerk": 90}, ["status draft"]),
    "paypal.csv": ({"Alfa Ltd": 100, "Nordwerk GmbH": 1400}, ["documents that are not sales: General Withdrawal"]),
    "netsuite.csv": ({"Alfa Ltd": 1000, "Nordwerk": 450}, []),
    "diadoc_upd.csv": ({'ООО "Ромашка"': 1200, 'АО "Лютик"': 600}, ["status Аннулирован"]),
    "woo_orders.csv": ({"Alfa Ltd": 120, "Nordwerk": 80}, ["status Cancelled"]),
    "returns_positive.csv": ({"Ромашка": 1000, "Лютик": 450}, ["how-read"]),
    "payments_ru.csv": (
        {"Ромашка": 1000, "Лютик": 500},
        ["documents that are not sales: Поступление на расчетный счет"],
    ),
    "1c_provodki.csv": (
        {"Ромашка": 1000, "Лютик": 300},
        ["entries on the credit of the account 62.01, which is not sales"],
    ),
    "journal_sides.csv": (
        {"Alfa Ltd": 1000, "Nordwerk": 300},
        ["entries on the credit of the account 1200 Receivables, which is not sales"],
    ),
    "own_weeks.csv": ({"Alfa": 150, "Nordwerk": 30}, ["how-read"]),
    "own_fiscal_quarters.csv": ({"Alfa": 150, "Nordwerk": 30}, ["how-read"]),
    "oracle_ar.csv": ({"Alfa Ltd": 950, "Nordwerk": 450}, ["documents that are not sales: Receipt"]),
    "sap_vbrk.csv": ({"Hafen Logistik": 1200.5, "Nordlicht": 700}, []),
    "amazon_settlement.csv": ({"Alfa": 100, "Nordwerk": 60}, ["documents that are not sales: Transfer", "how-read"]),
    "netsuite_currencies.csv": ({"Alfa": 950, "Nordwerk": 450}, []),
    "crm_deals_ru.csv": (
        {"Вектор": 120000, "Сатурн": 30000},
        ["deals at the stage Переговоры", "deals at the stage Сделка провалена"],
    ),
    "pipedrive_deals.csv": ({"Alfa": 1000, "Nordwerk": 300}, ["status Open", "status Lost"]),
    "bank_client_ru.csv": ({"ООО Ромашка": 1200, "АО Лютик": 800}, ["payments made, not received"]),
    "esf_kz.csv": ({"ТОО Астык": 1000, "АО Казмет": 500}, ["status Аннулирован"]),
    "shopify_paid.csv": ({"Alfa Ltd": 100, "Nordwerk": 80}, ["how-read"]),
    "own_months.csv": ({"Ромашка": 2000, "Лютик": 2000}, ["how-read", "totals"]),
    "own_subtotals.csv": ({"Alfa": 150, "Nordwerk": 30}, ["totals"]),
    "ebp_factures.csv": ({"Alfa SARL": 1000, "Nordwerk SA": 450}, ["how-read"]),
}


@pytest.mark.parametrize("name", TRUTHS)
def test_every_export_gives_its_truth_and_says_what_it_left_out(name):
    found = import_invoices(Where([str(FOLDER / name)]), Recipe(), ImportOptions(today=date(2026, 11, 28)))
    revenue, said = TRUTHS[name]
    told = [*(each.code for each in found.findings), *(each.reason.render() for each in found.left_out)]
    assert {each.client: float(each.revenue) for each in found.clients} == revenue
    assert [each for each in said if each not in told] == []
    assert found.used.rows + sum(each.rows for each in found.left_out) == found.read.rows


def test_every_export_has_its_truth():
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(TRUTHS)


def test_entries_with_both_sides_are_refused_with_what_to_give(text_file):
    path = text_file(
        "journal.csv",
        "Date,Entry,Name,Debit,Credit\n2025-01-15,1,Receivables,120,\n2025-01-15,1,Goods,,100\n2025-01-15,1,Tax,,20\n",
    )
    with pytest.raises(NothingFoundError, match="both sides of each entry"):
        import_invoices(Where([str(path)]), Recipe(), ImportOptions(today=date(2026, 11, 28)))


def test_an_account_whose_sales_are_the_other_side_is_refused_with_what_to_write(text_file):
    path = text_file(
        "card.csv", "Date,Client,Debit,Credit\n2025-01-15,Alfa,120,\n2025-02-15,Nord,80,\n2025-02-20,Alfa,,90\n"
    )
    with pytest.raises(NothingFoundError, match='"Debit" adds up to more'):
        import_invoices(Where([str(path)]), Recipe(), ImportOptions(today=date(2026, 11, 28)))
    sales = Recipe(columns={"amount": ("Debit",)})
    found = import_invoices(Where([str(path)]), sales, ImportOptions(today=date(2026, 11, 28)))
    assert {each.client: float(each.revenue) for each in found.clients} == {"Alfa": 120, "Nord": 80}
