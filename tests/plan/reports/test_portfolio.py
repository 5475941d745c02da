"""The portfolio: every client in one cell of the grid, and the data of the charts."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kam_xl.domain.classify import classify
from kam_xl.domain.model import Client, Position, Potential
from kam_xl.plan.reports.portfolio import portfolio_values
from kam_xl.plan.reports.portfolio_fields import BUBBLE, GRID, KPIS, PARETO, REFERENCES

TODAY = date(2026, 3, 31)


def portfolio(clients, lang="en"):
    return portfolio_values(classify(clients, today=TODAY), lang)


def rows(values, *names):
    """The filled rows of some columns side by side."""
    return [row for row in zip(*(values[name] for name in names), strict=True) if row != (None,) * len(names)]


def grid(values):
    return {name: text for name, text in values.items() if name.startswith("kam_grid_") and text}


def rated(client_id, name, position=Position.WEAK, potential=Potential.LOW, **others):
    return Client(client_id, name, position=position, potential=potential, **others)


def test_each_pair_of_ratings_has_its_cell():
    clients = [rated(f"{position}{potential}", "X", position, potential) for position, potential in GRID]
    assert grid(portfolio(clients)) == dict.fromkeys(GRID.values(), "1 client\nrevenue 0:\nX")


def test_a_client_with_one_rating_only_is_unrated():
    assert grid(portfolio([Client("1", "Half", position=Position.STRONG)])) == {
        "kam_grid_unrated": "1 client\nrevenue 0:\nHalf"
    }


def test_key_accounts_come_first_then_the_larger_clients():
    clients = [
        rated("1", "Small", revenue=1.0),
        rated("2", "Large", revenue=9.0),
        rated("3", "Marked", reference=True),
        rated("4", "Big", revenue=90.0),
    ]
    assert grid(portfolio(clients)) == {
        "kam_grid_weak_low": "4 clients, 2 of them key\nrevenue 100:\n● 1 Big\n● 2 Marked\nLarge\nSmall"
    }


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "20 clients\nrevenue 20:\nC00\nC01\nC02\nC03\nC04\nC05\n… (+14 more)"),
        ("ru", "20 клиентов\nвыручка 20:\nC00\nC01\nC02\nC03\nC04\nC05\n… (и ещё 14)"),
    ],
)
def test_a_crowded_cell_counts_those_it_does_not_name(lang, text):
    clients = [rated(f"{number:02}", f"C{number:02}", revenue=1.0) for number in range(20)]
    assert grid(portfolio(clients, lang)) == {"kam_grid_weak_low": text}


def test_a_cell_names_all_where_it_has_room_for_all():
    clients = [rated(f"{number}", f"C{number}", revenue=1.0) for number in range(7)]
    assert grid(portfolio(clients)) == {
        "kam_grid_weak_low": "7 clients, 7 of them key\nrevenue 7:\n"
        + "\n".join(f"● {number + 1} C{number}" for number in range(7))
    }


def test_a_cell_says_how_much_the_clients_spend_as_far_as_that_is_known():
    clients = [rated("1", "A", procurement_budget=50.0), rated("2", "B", procurement_budget=-1.0), rated("3", "C")]
    assert grid(portfolio(clients))["kam_grid_weak_low"].splitlines()[1] == "revenue 0, budget 50:"


def test_clients_without_ratings_are_named_in_one_line():
    clients = [Client(f"{number}", f"C{number}", revenue=1.0) for number in range(9)]
    assert grid(portfolio(clients))["kam_grid_unrated"].endswith(
        ":\n● 1 C0; ● 2 C1; ● 3 C2; ● 4 C3; ● 5 C4; ● 6 C5; … (+3 more)"
    )


def test_a_long_name_is_cut_before_its_last_word():
    values = portfolio([rated("1", "International Petrochemical Company South", revenue=1.0)])
    assert grid(values) == {
        "kam_grid_weak_low": "1 client, 1 of them key\nrevenue 1:\n● 1 International P… Company South"
    }
    assert values["kam_pareto_client"][0] == "International P… Company South"


def test_key_figures():
    values = portfolio(
        [
            Client("1", "A", revenue=60.0, procurement_budget=100.0),
            Client("2", "B", revenue=30.0),
            Client("3", "C", revenue=10.0),
        ]
    )
    assert {field.name: values[field.name] for field in KPIS} == {
        "kam_kpi_clients": 3,
        "kam_kpi_revenue": 100.0,
        "kam_kpi_key_accounts": 2,
        "kam_kpi_limit_allowed": 1,
        "kam_kpi_above_limit": 1,
        "kam_kpi_key_revenue_share": 0.9,
        "kam_kpi_top_1": 0.6,
        "kam_kpi_top_5": 1.0,
        "kam_kpi_top_10": 1.0,
        "kam_kpi_hhi": pytest.approx(0.46),
        "kam_kpi_normalised_hhi": pytest.approx(0.19),
        "kam_kpi_known_budgets": 1,
        "kam_kpi_coverage_revenue": 0.6,
        "kam_kpi_group_penetration": 0.6,
    }
    assert (values["kam_summary"], values["kam_built"]) == (
        "Revenue and procurement budget are both known for 1 of 3 clients, 60% of revenue; "
        "our penetration index with them is 60%.",
        TODAY,
    )


def test_a_budget_beside_unknown_revenue_is_not_counted_among_those_that_the_index_rests_on():
    values = portfolio([Client("1", "A", revenue=60.0, procurement_budget=100.0), Client("2", "B", None, 900.0)])
    assert values["kam_kpi_known_budgets"] == 1
    assert values["kam_summary"] == (
        "Revenue and procurement budget are both known for 1 of 2 clients, 100% of revenue; "
        "our penetration index with them is 60%."
    )


def test_a_table_without_revenue_has_blank_shares():
    values = portfolio([Client("1", "A")])
    blank = {field.name for field in KPIS if values[field.name] is None}
    assert blank == {
        f"kam_kpi_{code}"
        for code in (
            *("key_revenue_share", "top_1", "top_5", "top_10", "hhi", "normalised_hhi"),
            *("coverage_revenue", "group_penetration"),
        )
    }
    assert values["kam_summary"].startswith("No client has both")


def bubbles(clients):
    return rows(portfolio(clients), *(field.name for field in BUBBLE))


def test_bubbles_are_key_accounts_with_known_penetration_the_large_ones_first():
    assert bubbles(
        [
            Client("1", "A", revenue=40.0, procurement_budget=100.0),
            Client("2", "B", revenue=60.0, procurement_budget=400.0),
            Client("3", "No budget", revenue=50.0),
            Client("4", "Not key", revenue=1.0, procurement_budget=4.0),
        ]
    ) == [("B", 0.15, 400.0, 40.0, 60.0, "B"), ("A", 0.4, 100.0, 10.0, 40.0, "A")]


def test_a_prospect_without_revenue_is_a_dot():
    sizes = [size for *_, size, _ in bubbles([Client("1", "A", 50.0, 100.0), Client("2", "B", 0.0, 400.0)])]
    assert sizes == [50.0, 0.5]


def test_bubbles_are_equal_dots_where_nobody_brings_revenue():
    clients = [Client(each, each, 0.0, 100.0, reference=True) for each in "AB"]
    assert [size for *_, size, _ in bubbles(clients)] == [1.0, 1.0]


def test_heights_are_in_a_unit_in_which_none_is_below_one():
    values = portfolio([Client("1", "A", 40.0, 1_000_000.0), Client("2", "B", 60.0, 3_500_000.0, reference=True)])
    assert values["kam_bubble_height"][:3] == [35.0, 10.0, None]
    assert "(times 100,000);" in values["kam_bubble_note"]


def test_a_chart_of_nothing_says_so():
    assert portfolio([Client("1", "A", 40.0)])["kam_bubble_note"].startswith("No key account has both")


def test_a_name_that_would_run_over_another_bubble_gives_way_to_the_rank():
    clients = [
        Client("1", "Small at the left", 1.0, 1000.0, reference=True),
        Client("2", "Large beside it", 150.0, 1000.0),
        Client("3", "Far beside", 500.0, 1000.0),
    ]
    assert {name: label for name, *_, label in bubbles(clients)} == {
        "Far beside": "Far beside",
        "Large beside it": "Large beside it",
        "Small at the left": "3",
    }


def test_of_names_that_would_stand_on_each_other_that_of_the_larger_budget_is_shown():
    clients = [
        Client("1", "First prospect", 0.0, 1000.0),
        Client("2", "Same place", 0.0, 990.0, reference=True),
        Client("3", "Far below", 0.0, 100.0, reference=True),
        Client("4", "Far beside", 500.0, 1000.0),
    ]
    assert {name: label for name, *_, label in bubbles(clients)} == {
        "Far beside": "Far beside",
        "First prospect": "First prospect",
        "Same place": None,  # its rank would stand there, too
        "Far below": "Far below",
    }


def test_pareto_shows_the_twenty_largest_with_their_share_of_all_revenue():
    values = portfolio(
        [*(Client(f"{number:02}", f"C{number:02}", revenue=4.0) for number in range(25)), Client("x", "X")]
    )
    assert rows(values, *(field.name for field in PARETO)) == [
        (f"C{number:02}", 4.0, pytest.approx(0.04 * (number + 1))) for number in range(20)
    ]


def test_references_are_counted_per_vertical_and_small_verticals_together():
    clients = [
        Client(f"{number}-{copy}", "R", industry=f"Industry {number}" if number else "", reference=True)
        for number in range(10)
        for copy in range(10 - number)
    ]
    assert rows(portfolio(clients), *(field.name for field in REFERENCES)) == [
        ("Vertical not given", 10),
        *((f"Industry {number}", 10 - number) for number in range(1, 7)),
        ("Other verticals", 3 + 2 + 1),
    ]


AMOUNTS = st.none() | st.floats(-1e6, 1e9)


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), max_size=40))
@example([(0.0, 5e-324)])
def test_any_table_fills_every_field_with_as_many_rows_as_it_has(amounts):
    values = portfolio([Client(f"{number}", "X", revenue, budget) for number, (revenue, budget) in enumerate(amounts)])
    for field in (*KPIS, *BUBBLE, *PARETO, *REFERENCES):
        value = values[field.name]
        assert (len(value) if isinstance(value, list) else 1) == field.rows
    cumulative = [each for each in values["kam_pareto_cumulative"] if each is not None]
    assert cumulative == sorted(cumulative)
    assert all(each <= 1 + 1e-9 for each in cumulative)


def test_the_note_tells_clients_without_figures_from_those_beyond_the_rows_of_the_chart():
    many = [Client(str(number), f"Client {number}", 1.0, 100.0 + number, reference=True) for number in range(27)]
    note = portfolio([*many, Client("x", "Unknown", 50.0, None, reference=True)])["kam_bubble_note"]
    assert note.endswith("Not drawn: 1, budget or revenue unknown. Not drawn: 2 with smaller budgets.")


def test_a_table_without_competitors_says_so():
    assert portfolio([Client("1", "A", 40.0, 100.0)])["kam_rival_name"][:2] == ["No competitor is named.", None]
