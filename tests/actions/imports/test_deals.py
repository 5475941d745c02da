"""A CRM's deals in the plans: merged by client and name; what somebody typed stays, what is left out is told."""

from dataclasses import replace
from datetime import datetime

import pytest

from kam_xl.actions.imports.deals import DealReport, _by_client, import_deals
from kam_xl.table import read, read_grid
from kam_xl.table.deals import Deal, Deals, money
from kam_xl.table.grid import Grid
from tests.actions.teamwork import opened, type_into, typed

VALVES = Deal("", "Nordwerk", "Valves", 500.0, 0.4, "proposal", datetime(2026, 12, 1), "Ann")


def imported(path, *deals, confirm=lambda report: True):
    """Import deals into a workbook; gives the report."""
    table = read(path)
    with opened(path) as book:
        report = import_deals(book, table, Deals("crm.csv", deals), lang="en", confirm=confirm)
        book.save()
    return report


def opportunities(path, client_id="C01"):
    """The filled cells of a client's opportunities, without their weight."""
    cells = typed(path)[client_id]
    return {
        key.removeprefix("kam_opportunity_"): cell
        for key, cell in cells.items()
        if key.startswith("kam_opportunity") and key.endswith("]")
    }


def test_a_deal_stands_in_its_clients_plan_by_a_name_spelt_in_another_way(plans_xlsx):
    report = imported(
        plans_xlsx, Deal("", "NORDWERK, Ltd", "Valves", 500.0, 0.4, "proposal", datetime(2026, 12, 1), "Ann")
    )
    assert (len(report.new), report.plans, report.left_out) == (1, 1, {})
    assert opportunities(plans_xlsx) == {
        "what[0]": "Valves",
        "with[0]": "Ann",
        "stage[0]": "Proposal",
        "when[0]": datetime(2026, 12, 1),
        "amount[0]": 500,
        "probability[0]": 0.4,
    }


def test_the_next_import_changes_what_the_last_one_wrote_and_nothing_else(plans_xlsx):
    imported(plans_xlsx, VALVES)
    type_into(
        plans_xlsx, {("C01", "kam_opportunity_probability[0]"): 0.9, ("C01", "kam_opportunity_what[1]"): "Own idea"}
    )
    report = imported(plans_xlsx, Deal("", "Nordwerk", "valves", 700.0, 0.5, "negotiation", VALVES.when, "Ann"))
    found = opportunities(plans_xlsx)
    assert (found["amount[0]"], found["stage[0]"], found["probability[0]"], found["what[1]"]) == (
        700,
        "Negotiation",
        0.9,
        "Own idea",
    )
    assert (len(report.updated), len(report.kept)) == (1, 1)
    again = imported(plans_xlsx, Deal("", "Nordwerk", "valves", 700.0, 0.9, "negotiation", VALVES.when, "Ann"))
    assert (again.is_empty, again.kept) == (True, [])


def test_plans_are_counted_that_take_a_deal(plans_xlsx):
    lost = Deal("C02", "Alfa", "Old", 5.0, 0.0, "lost")
    report = imported(plans_xlsx, VALVES, lost)
    assert (report.plans, report.left_out) == (1, {"closed": [lost]})


def test_every_deal_is_imported_or_told_with_its_money(plans_xlsx):
    deals = [
        VALVES,
        Deal("", "Stranger", "Pipes", 30.0),
        Deal("", "Tiny", "Pipes", 7.0),
        Deal("C01", "", "Old", 5.0, 1.0, "won"),
        *(Deal("C02", "Alfa", f"Deal {number}", float(number)) for number in range(20)),
    ]
    report = imported(plans_xlsx, *deals)
    assert {reason: money(each) for reason, each in report.left_out.items() if reason != "no-room"} == {
        "unknown-client": 30,
        "no-plan": 7,
        "closed": 5,
    }
    told = [*report.new, *report.updated, *report.same, *(deal for each in report.left_out.values() for deal in each)]
    assert (len(told), money(told)) == (len(deals), pytest.approx(money(deals)))


@pytest.mark.parametrize("client", ["Nordwerk", "NORDWERK, Ltd"])
def test_deals_of_one_name_stay_two_however_their_client_is_spelt(plans_xlsx, client):
    deals = Deal("", client, "Valves", 300.0, 0.2, "lead", datetime(2027, 1, 1), "Ann"), VALVES
    for _ in range(2):
        imported(plans_xlsx, *deals)
        found = opportunities(plans_xlsx)
        assert [(found[f"what[{at}]"], found[f"amount[{at}]"]) for at in (0, 1)] == [
            ("Valves", 500),
            ("Valves (2)", 300),
        ]


def test_nothing_is_written_where_somebody_says_no(plans_xlsx):
    assert imported(plans_xlsx, VALVES, confirm=lambda report: False) is None
    assert opportunities(plans_xlsx) == {}


def test_a_deal_that_was_lost_meanwhile_says_so_in_its_row(plans_xlsx):
    imported(plans_xlsx, VALVES)
    report = imported(plans_xlsx, Deal("", "Nordwerk", "Valves", 500.0, 0.0, "lost", VALVES.when, "Ann"))
    assert (len(report.updated), opportunities(plans_xlsx)["stage[0]"]) == (1, "Lost")


def test_of_clients_that_differ_in_letter_case_the_exact_name_wins_and_another_is_left_out():
    table = read_grid(
        Grid("", [["ID", "Client", "Revenue"], ["C1", "Leeds And Housing", 5.0], ["C2", "Leeds and Housing", 6.0]])
    )
    first, second, neither = (Deal("", f"Leeds {word} Housing", "Valves", 7.0) for word in ("And", "and", "AND"))
    report = DealReport("crm.csv")
    assert _by_client([first, second, neither], table, report) == {"C1": [first], "C2": [second]}
    assert report.left_out == {"unclear-client": [neither]}
    assert report.lines()[1].render("en") == (
        "Left out, several clients may be meant, or one of another legal form; give the exact name or the ID (1, 7): "
        '"Leeds AND Housing".'
    )


def test_an_id_beside_the_name_of_another_client_is_told():
    table = read_grid(Grid("", [["ID", "Client", "Revenue"], ["C1", "Nord", 5.0], ["C2", "Süd", 6.0]]))
    deals = [Deal("C1", "Süd", "Valves", 7.0), Deal("C1", "NORD Ltd", "Pumps", 7.0)]
    report = DealReport("crm.csv")
    assert _by_client(deals, table, report) == {"C1": deals}  # the ID decides
    assert report.lines()[-1].render("en") == (
        'IDs with another name in the file than in the table, check them: C1 = "Nord", "Süd"'
    )


def test_deals_in_another_currency_than_the_tables_are_left_out():
    table = read_grid(Grid("", [["ID", "Client", "Revenue, EUR"], ["C1", "Nord", 5.0]]))
    euros, dollars, unsaid = (Deal("", "Nord", "Valves", 7.0, currency=code) for code in ("EUR", "USD", ""))
    report = DealReport("crm.csv")
    assert _by_client([euros, dollars, unsaid], table, report) == {"C1": [euros, unsaid]}
    assert report.left_out == {"other_currency": [dollars]}


def test_the_files_own_words_for_stages_become_those_of_the_list_and_are_told(plans_xlsx):
    report = imported(plans_xlsx, replace(VALVES, stage="negotiation", word="Договор"))
    assert opportunities(plans_xlsx)["stage[0]"] == "Negotiation"
    assert report.lines()[1].render("en") == 'Stages: "Договор" -> Negotiation.'


def test_a_stage_that_is_none_of_the_list_is_kept_and_told(plans_xlsx):
    report = imported(plans_xlsx, replace(VALVES, stage="Z1", word="Z1"))
    assert opportunities(plans_xlsx)["stage[0]"] == "Z1"
    assert report.lines()[1].render("en") == 'Stages that are not in the list count as open: "Z1".'


def test_a_company_of_another_legal_form_is_another_one():
    rows = [["C1", "ООО «Вятка»", 5.0], ["C2", "АО «Север»", 6.0], ["C3", "ПАО «Север»", 7.0]]
    table, report = read_grid(Grid("", [["ID", "Client", "Revenue"], *rows])), DealReport("crm.csv")
    sole, plain, stock, none = (
        Deal("", name, "Valves", 7.0) for name in ('ИП "Вятка"', "Вятка", 'АО "Север"', "Север")
    )
    assert _by_client([sole, plain, stock, none], table, report) == {"C1": [plain], "C2": [stock]}
    assert report.left_out == {"unclear-client": [sole, none]}


def test_deals_with_vat_for_a_table_without_it_are_told(plans_xlsx):
    table = read_grid(Grid("Clients", [["Client", "Revenue excl. VAT"], ["Nordwerk", 5.0]]))
    with opened(plans_xlsx) as book:
        report = import_deals(book, table, Deals("crm.csv", [VALVES], vat=("gross", "Sum incl. VAT")), lang="en")
    told = '"Sum incl. VAT" is with VAT, "Revenue excl. VAT" is without; nothing is converted.'
    assert told in [line.render("en") for line in report.lines()]


def test_deals_of_a_subsidiary_are_those_of_its_parent():
    rows = [["Client ID", "Client", "Parent company", "Revenue"], ["1", "Nord East", "Nord", 5.0]]
    table = read_grid(Grid("Clients", [*rows, ["2", "Nord West", "Nord", 4.0]])).by_parent()
    deals = [Deal("", "Nord West, Ltd", "A", 1.0), Deal("1", "", "B", 2.0), Deal("", "NORD", "C", 3.0)]
    report = DealReport("crm.csv")
    assert _by_client(deals, table, report) == {"Nord": deals}
    assert report.left_out == {}
