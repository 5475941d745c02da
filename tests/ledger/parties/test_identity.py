"""Who is one client: ids that identify, ids that do not, and numbers that never change."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kam_xl.ledger.counts.counting import ImportOptions
from kam_xl.ledger.errors import ColumnsError, NothingFoundError
from kam_xl.ledger.invoices import import_invoices
from kam_xl.ledger.market import import_market
from kam_xl.ledger.opening import Where
from kam_xl.ledger.parties.identity import KnownClients
from kam_xl.ledger.recipe import Party, Recipe


@pytest.fixture
def invoices(write):
    """Import rows of invoices; gives the clients with their revenue, and the codes of what was told."""

    def invoices(text, recipe=Recipe(), **options):  # noqa: B008 (frozen)
        imported = import_invoices(
            Where([write("sales.csv", text)]), recipe, ImportOptions(today=date(2026, 11, 28), **options)
        )
        clients = {each.client_id: (each.client, each.revenue) for each in imported.clients}
        return clients, [each.code for each in imported.findings if each.code != "period-incomplete"]

    return invoices


@pytest.mark.parametrize(
    "rows",
    [
        "Date,YEAR_ID,Customer,Amount\n2025-01-05,2025,Nord,1\n2025-01-06,2025,Süd,2\n2025-01-07,2025,Süd,3\n",
        "Date,Customer,ID,Amount\n2025-01-05,Nord,1,1\n2025-01-06,Süd,2,2\n2025-01-07,Süd,3,3\n",
        "Date,Customer,Account code,Amount\n2025-01-05,Nord,40,1\n2025-01-06,Süd,40,2\n2025-01-07,Süd,41,3\n",
    ],
    ids=["a year", "a row's number", "an account of the ledger"],
)
def test_a_column_that_contradicts_the_names_is_no_id(invoices, rows):
    assert invoices(rows) == ({"Nord": ("Nord", Decimal(1)), "Süd": ("Süd", Decimal(5))}, ["column-not-id"])


def test_a_clients_own_number_is_believed_and_several_names_are_told(invoices):
    rows = "Date,Client no,Client,Amount\n2025-01-05,7,Nord GmbH,1\n2025-01-06,7,Südwind AG,2\n2025-02-06,7,NORD,4\n"
    assert invoices(rows) == ({"7": ("NORD", Decimal(7))}, ["id-several-names"])


def test_spellings_of_one_name_are_no_contradiction(invoices):
    rows = 'Date,ID,Client,Amount\n2025-01-05,7,"Nord, GmbH",1\n2025-01-06,7,Nord,2\n2025-01-07,8,Süd,2\n'
    assert invoices(rows)[1] == []


def test_a_row_without_an_id_goes_to_the_only_one_that_its_name_has(invoices):
    rows = "Date,Client no,Client,Amount\n2025-01-05,7,Nord,1\n2025-01-06,,Nord,2\n2025-01-06,,Süd,4\n"
    assert invoices(rows) == ({"7": ("Nord", Decimal(3)), "Süd": ("Süd", Decimal(4))}, ["id-by-name"])


def test_ids_that_a_spreadsheet_program_damaged_join_nobody(invoices):
    rows = "Date,Client no,Client,Amount\n2025-01-05,7.70708E+09,Nord,1\n2025-01-06,7.70708E+09,Süd,2\n"
    assert invoices(rows) == (
        {"Nord": ("Nord", Decimal(1)), "Süd": ("Süd", Decimal(2))},
        ["ids-damaged", "id-several-names"],
    )


def test_an_id_alone_is_the_name(invoices):
    assert invoices("Date,Client no,Amount\n2025-01-05,N7,1\n")[0] == {"N7": ("N7", Decimal(1))}


def test_clients_keep_the_ids_under_which_the_target_knows_them_and_new_ones_get_the_next(invoices):
    rows = "Date,Client,Amount\n2025-01-05,Alfa,1\n2025-01-06,Beta,2\n2025-01-07,Gamma,4\n"
    known = KnownClients([("Beta", "C0001"), ("GAMMA", "C0007")])
    assert invoices(rows, Recipe(number="C"), known=known)[0] == {
        "C0008": ("Alfa", Decimal(1)),
        "C0001": ("Beta", Decimal(2)),
        "C0007": ("Gamma", Decimal(4)),
    }
    assert set(invoices(rows, known=known)[0]) == {"Alfa", "C0001", "C0007"}


def test_of_names_that_differ_in_letter_case_the_exact_one_keeps_its_id_and_no_number_is_given_twice(invoices):
    rows = "Date,Client,Amount\n2025-01-05,City And Port,1\n2025-01-06,City and Port,2\n2025-01-07,CITY AND PORT,4\n"
    known = KnownClients([("City And Port", "C0001"), ("City and Port", "C0002")])
    assert invoices(rows, Recipe(number="C"), known=known)[0] == {
        "C0001": ("City And Port", Decimal(1)),
        "C0002": ("City and Port", Decimal(2)),
        "C0003": ("CITY AND PORT", Decimal(4)),
    }


def test_a_name_that_may_be_several_known_clients_is_asked_about(write):
    rows = "Date,Client,Amount\n2025-01-05,NORD,1\n2025-01-06,Süd,2\n2025-01-06,West AG,2\n"
    known = KnownClients([("Nord GmbH", "C1"), ("Nord AG", "C2"), ("Süd", "C3"), ("West", "C4")])
    where = Where([write("sales.csv", rows)])
    found = import_invoices(where, Recipe(), ImportOptions(known=known))
    assert {each.client_id for each in found.clients} == {"NORD", "C3", "West AG"}
    [asked] = [each.message.render("en") for each in found.findings if each.code == "clients-unclear"]
    assert asked == (
        "Names may be spellings of clients that are there, and count as new clients until you say so: "
        '"NORD": "Nord GmbH" (C1), "Nord AG" (C2)?, "West AG": "West" (C4)?'
    )
    said = Recipe(same={"NORD": "Nord AG", "West AG": "West"})
    settled = import_invoices(where, said, ImportOptions(known=known))
    assert {each.client_id for each in settled.clients} == {"C2", "C3", "C4"}
    assert "clients-unclear" not in [each.code for each in settled.findings]


TWO_SYSTEMS = (
    "Date,Client ID,Client,Amount\n2025-01-05,C-1,Nord GmbH,100\n2025-01-06,70001,Nord Gesellschaft mbH,30\n"
    "2025-01-07,70002,West,7\n"
)


@pytest.mark.parametrize(
    "same",
    [
        {"70001": "C-1"},
        {"Nord Gesellschaft mbH": "Nord GmbH"},
        {"Nord Gesellschaft mbH": "C-1"},
        {"70001": "Nord GmbH"},
    ],
)
def test_a_client_that_two_systems_number_differently_has_one_id_where_the_recipe_says_so(invoices, same):
    assert len(invoices(TWO_SYSTEMS)[0]) == 3
    assert invoices(TWO_SYSTEMS, Recipe(same=same))[0] == {
        "C-1": ("Nord GmbH", Decimal(130)),
        "70002": ("West", Decimal(7)),
    }


def test_names_of_the_recipe_that_no_client_has_are_told(write):
    recipe = Recipe(same={"70001": "C-1", "Nrod": "Nord GmbH", "70009": "C-1", "West": "West AG"})
    found = import_invoices(Where([write("sales.csv", TWO_SYSTEMS)]), recipe, ImportOptions())
    [told] = [each.message.render("en") for each in found.findings if each.code == "clients-same-unused"]
    assert told == (
        'The section [clients.same] of the recipe names "Nrod", "70009": no client that counts here is called so.'
    )


def test_the_other_id_counts_also_where_only_the_target_has_it(invoices):
    rows = "Date,Client ID,Client,Amount\n2025-01-06,70001,Nord mbH,30\n"
    assert list(invoices(rows, Recipe(same={"70001": "C-1"}))[0]) == ["C-1"]
    known = KnownClients([("Nord GmbH", "C-1")])
    assert list(invoices(rows, Recipe(same={"Nord mbH": "Nord GmbH"}), known=known)[0]) == ["C-1"]


def test_spellings_of_the_only_client_that_they_can_mean_are_that_client(invoices):
    rows = "Date,Client,Amount\n2025-01-05,NORD,1\n2025-01-06,Nord,2\n"
    known = KnownClients([("Nord", "C0001")])
    assert invoices(rows, known=known) == ({"C0001": ("Nord", Decimal(3))}, [])


def test_in_every_period_a_client_of_several_spellings_has_the_ids_of_this_one(write):
    rows = "Date,Client,Amount\n2024-01-05,NORD,4\n2025-01-05,NORD,1\n2025-01-06,Nord,2\n"
    recipe = Recipe(number="C", by="year", period="2025")
    imported = import_invoices(Where([write("sales.csv", rows)]), recipe, ImportOptions(today=date(2026, 11, 28)))
    assert [(each.client_id, each.client) for each in imported.clients] == [("C0001", "NORD"), ("C0002", "Nord")]
    assert [(each.client_id, each.client) for each in imported.rows] == [("C0001", "NORD"), ("C0002", "Nord")]


def test_numbers_of_clients_of_other_years_are_nobody_elses(write):
    rows = "Date,Client,Amount\n2024-01-05,Aa,8\n2025-01-05,A,1\n2025-01-06,B,2\n"
    imported = import_invoices(Where([write("sales.csv", rows)]), Recipe(number="C", by="year"), ImportOptions())
    assert {each.client: each.client_id for each in imported.rows} == {"A": "C0001", "B": "C0002", "Aa": "C0003"}


def test_dates_to_come_never_choose_the_period_and_do_not_count(invoices):
    rows = "Date,Client,Amount\n2025-01-05,A,1\n2026-02-05,A,2\n2026-12-05,A,4\n2106-02-05,A,8\n"
    assert invoices(rows) == ({"A": ("A", Decimal(2))}, ["future-dates", "several-years"])


def test_a_header_that_the_recipe_names_and_the_file_lacks_stops(invoices):
    with pytest.raises(ColumnsError, match='does not have: "Netto"'):
        invoices("Date,Client,Amount\n2025-01-05,A,1\n", Recipe(columns={"amount": ("Netto",)}))


def test_a_seller_without_a_payment_stops(write):
    rows = "Date,Buyer,Supplier,Amount\n2025-01-05,A,Kontur,1\n"
    recipe = Recipe(seller=Party("Nordwrek"), competitors=(Party("Kontur"),))
    with pytest.raises(NothingFoundError, match="no payment in the period 2025 goes to the seller, got Nordwrek"):
        import_market(Where([write("market.csv", rows)]), recipe, ImportOptions())
