"""Clients of one parent company as one client."""

import pytest

from kam_xl.domain.periods import MONTH, QUARTER, Period
from kam_xl.domain.settings import Settings
from kam_xl.table.errors import HeaderNotFoundError
from kam_xl.table.grid import Grid
from kam_xl.table.reader import read_grids

BY_PARENT = Settings(clients_by="parent")
HEADER = ["Client ID", "Client", "Parent company", "Revenue", "Procurement budget", "Manager", "Position"]
ROWS = [
    ["A1", "Alfa North", "Alfa", 10.0, 100.0, "Ann", "strong"],
    ["A", "Alfa", "", 5.0, None, "Ann", "strong"],
    ["B", "Beta", "", 7.0, 70.0, "Bob", ""],
    ["A2", "Alfa South", "A", 1.0, None, "Bob", "strong"],
    ["G1", "Gamma 1", "Gamma", 2.0, 20.0, "Bob", ""],
    ["G2", "Gamma 2", "Gamma", 3.0, None, "Bob", ""],
]


def table(*more, settings=BY_PARENT, rows=ROWS):
    return read_grids([Grid("Clients", [HEADER, *rows]), *more], settings=settings)


def test_amounts_are_added_up_and_equal_words_stay():
    clients = [
        (each.client_id, each.client, each.revenue, each.procurement_budget, each.manager, str(each.position or ""))
        for each in table().clients()
    ]
    assert clients == [
        ("A", "Alfa", 16.0, 100.0, "", "strong"),
        ("B", "Beta", 7.0, 70.0, "Bob", ""),
        ("Gamma", "Gamma", 5.0, 20.0, "Bob", ""),
    ]


def test_what_was_joined_left_blank_and_is_unknown_is_told():
    told = [(each.client, each.code) for each in table().findings if each.code not in ("missing-column",)]
    assert [each for each in told if each[1].startswith(("rolled", "budget-in"))] == [
        ("Alfa", "rolled-up"),
        ("Alfa", "rolled-up-differs"),
        ("Alfa", "budget-in-part"),
        ("Gamma", "rolled-up"),
        ("Gamma", "budget-in-part"),
    ]


def test_nothing_is_lost_or_counted_twice():
    assert sum(each.revenue for each in table().clients()) == sum(row[3] for row in ROWS)


def test_competitors_and_plans_of_the_companies_are_added_up():
    competitors = Grid(
        "Competitors",
        [
            ["Client", "Competitor", "Revenue"],
            ["Alfa North", "Rival", 3.0],
            ["Alfa", "Rival", 4.0],
            ["Beta", "Rival", 1.0],
        ],
    )
    plan = Grid(
        "Operational plan",
        [["Client", "Indicator", "Jan 2026"], ["Alfa North", "Revenue plan", 8.0], ["Alfa South", "Revenue plan", 2.0]],
    )
    alfa = table(competitors, plan).clients()[0]
    assert [(each.name, each.revenue) for each in alfa.competitors] == [("Rival", 7.0)]
    assert list(alfa.operational.revenue.plan.values()) == [10.0]


def test_months_of_one_company_and_a_quarter_of_another_make_a_quarter():
    plan = Grid(
        "Operational plan",
        [
            ["Client", "Indicator", "Jan 2026", "Feb 2026", "Mar 2026", "Q1 2026", "Apr 2026"],
            ["Alfa North", "Revenue plan", 1.0, 2.0, 4.0, 7.0, 5.0],
            ["Alfa South", "Revenue plan", None, None, None, 300.0, 6.0],
        ],
    )
    assert table(plan).clients()[0].operational.revenue.plan == {
        Period(2026, QUARTER, 1): 307.0,
        Period(2026, MONTH, 4): 11.0,
    }


def test_companies_of_companies_count_for_the_one_on_top_and_circles_end():
    rows = [
        ["1", "Top", "", 1.0, None, "", ""],
        ["2", "Mid", "Top", 2.0, None, "", ""],
        ["3", "Low", "Mid", 4.0, None, "", ""],
    ]
    assert [(each.client, each.revenue) for each in table(rows=rows).clients()] == [("Top", 7.0)]
    circle = [
        ["1", "One", "Two", 1.0, None, "", ""],
        ["2", "Two", "One", 2.0, None, "", ""],
        ["3", "Three", "", 4.0, None, "", ""],
    ]
    assert sum(each.revenue for each in table(rows=circle).clients()) == 7.0


def test_the_cells_of_the_sheet_stay_as_they_are():
    assert table().sheet_rows() == table(settings=Settings()).sheet_rows()


def test_what_one_company_does_not_say_is_unknown_for_the_whole_but_not_by_a_row_without_amounts():
    header = ["Client", "Parent company", "Revenue 2025", "Revenue 2024", "Margin"]
    rows = [
        ["Alfa", "", None, None, None],
        ["Alfa North", "Alfa", 10.0, 8.0, 2.0],
        ["Alfa South", "Alfa", 5.0, 4.0, 1.0],
        ["Gamma 1", "Gamma", 2.0, 1.0, 0.5],
        ["Gamma 2", "Gamma", 3.0, None, None],
    ]
    found = read_grids([Grid("Clients", [header, *rows])], settings=BY_PARENT)
    clients = [(each.client, each.revenue, each.margin, each.history) for each in found.clients()]
    assert clients == [("Alfa", 15.0, 3.0, ((2024, 12.0),)), ("Gamma", 5.0, None, ())]
    (told,) = (each for each in found.findings if each.code == "rolled-up-unknown")
    assert (told.client, told.message.render("en")) == (
        "Gamma",
        'Some companies of "Gamma" do not say Margin, Revenue 2024: unknown for the whole.',
    )


def test_without_a_column_of_parents_it_is_refused():
    with pytest.raises(HeaderNotFoundError, match="no column names parent companies"):
        read_grids([Grid("Clients", [["Client", "Revenue"], ["Nord", 5.0]])], settings=BY_PARENT)


@pytest.mark.parametrize(
    "word", ["нет", "н/д", "Не входит", "без холдинга", "none", "n/a", "Independent", "unbekannt", "—"]
)
def test_words_for_no_parent_are_no_holding(word):
    rows = [["1", "Alfa", word, 1.0, 10.0, "", ""], ["2", "Beta", word, 2.0, 20.0, "", ""]]
    assert [each.client for each in table(rows=rows).clients()] == ["Alfa", "Beta"]


def test_a_parent_is_one_with_and_without_its_legal_form():
    rows = [[str(at), f"Р{at}", name, 1.0, 10.0, "", ""] for at, name in enumerate(["ГК Р", "Группа компаний «Р»"])]
    assert [each.client for each in table(rows=rows).clients()] == ["ГК Р"]


def test_similar_names_that_were_joined_are_one_client_and_no_finding():
    header = ["Client", "Parent company", "Revenue"]
    rows = [header, ["Nord", None, 5.0], ["Nord Ltd", "Nord", 4.0], ["Süd", None, 3.0]]
    told = read_grids([Grid("S", rows)], settings=BY_PARENT).findings
    assert "similar-names" not in [finding.code for finding in told]
    apart = read_grids([Grid("S", [*rows, ["Süd GmbH", None, 2.0]])], settings=BY_PARENT).findings
    assert [finding.message.render("en") for finding in apart if finding.code == "similar-names"] == [
        'These may be one client: "Süd" (A4), "Süd GmbH" (A5).'
    ]
