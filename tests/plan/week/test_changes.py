"""What changed among the key accounts between two builds."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_xl.domain.classify import Client, classify
from kam_xl.domain.settings import Settings
from kam_xl.plan.account.account_states import State, states
from kam_xl.plan.week.changes import ChangeKind, alarm_text, change_row, changes, folded

CLIENTS = [
    Client("1", "Nordwerk", revenue=600, procurement_budget=1000, manager="Ann"),
    Client("2", "Alfa", revenue=300, procurement_budget=900, manager="Bob"),
    *(Client(str(n), f"Small {n}", revenue=20) for n in range(3, 8)),
]


def with_client(client_id, **values):
    return [replace(each, **values) if each.client_id == client_id else each for each in CLIENTS]


def compared(clients):
    before = states(classify(CLIENTS), {})
    return [(each.kind.value, each.client_id, each.what.render()) for each in changes(before, classify(clients))]


def test_nothing_changed_where_nothing_changed():
    assert compared(CLIENTS) == []


def test_the_order_of_rows_changes_nothing():
    assert compared(CLIENTS[::-1]) == []


def test_what_reads_the_same_has_not_changed():
    assert ("changed", "1", "Penetration index") in compared(with_client("1", revenue=610))
    found = {what for _, client, what in compared(with_client("1", revenue=600.4)) if client == "1"}
    assert "Penetration index" not in found  # 60% as before


@pytest.mark.parametrize(("revenue", "kind"), [(509, "alarm"), (511, "changed"), (510, "changed"), (700, "changed")])
def test_a_fall_of_more_than_the_bound_is_an_alarm(revenue, kind):
    assert (kind, "1", "Revenue") in compared(with_client("1", revenue=revenue))


def test_an_account_that_left_the_list_by_its_fall_is_an_alarm_too_and_is_named():
    found = compared(with_client("2", revenue=30))
    assert found[0] == ("alarm", "2", "Revenue")
    assert ("ceased", "2", "Key account") in found


def test_a_new_key_account_says_why():
    before = states(classify(with_client("2", revenue=30)), {})
    became = next(each for each in changes(before, classify(CLIENTS)) if each.kind is ChangeKind.BECAME)
    assert (became.client_id, [text.render() for text in became.why]) == ("2", ["Revenue"])


def test_an_account_that_left_the_table_is_named():
    assert ("gone", "2", "Key account") in compared([each for each in CLIENTS if each.client_id != "2"])


def test_a_renamed_client_is_told_with_both_names():
    (found,) = changes(states(classify(CLIENTS), {}), classify(with_client("1", client="Nordwerk Holding")))
    row = change_row(found, "en")
    assert (row["client"], row["what"], row["before"], row["after"]) == (
        "Nordwerk Holding",
        "Client name",
        "Nordwerk",
        "Nordwerk Holding",
    )


def test_before_and_after_are_told_of_manager_and_budget():
    found = changes(states(classify(CLIENTS), {}), classify(with_client("1", manager="Eve", procurement_budget=2000)))
    told = {each.what.render(): (each.before, each.after) for each in found if each.client_id == "1"}
    assert (told["Manager"], told["Procurement budget"]) == (("Ann", "Eve"), (1000, 2000))


def test_an_alarm_is_a_sentence_with_its_numbers():
    found = changes(states(classify(CLIENTS), {}), classify(with_client("1", revenue=300)))
    assert alarm_text(found[0]).render("en") == "revenue of the key account fell by 50%, from 600 to 300"


@pytest.mark.parametrize(
    ("values", "what", "why"),
    [
        ({"revenue": 300}, "Revenue", ["the budget stayed at 1,000", "our share of it: 60%, then 30%"]),
        (
            {"revenue": 300, "procurement_budget": 500},
            "Revenue",
            ["budget: 1,000, then 500", "our share of it: 60%, then 60%"],
        ),
        (
            {"revenue": 300, "procurement_budget": None},
            "Revenue",
            ["the budget is not known: the client buys less, or elsewhere"],
        ),
        ({"procurement_budget": 2000}, "Penetration index", ["revenue stayed at 600", "budget: 1,000, then 2,000"]),
        ({"revenue": 900}, "Revenue", []),
        (
            {"procurement_budget": 800},
            "Procurement budget",
            ["revenue stayed at 600", "our share of it: 60%, then 75%"],
        ),
        ({"procurement_budget": 2000}, "Procurement budget", []),
        ({"revenue": 290}, "Rank", ["ahead of it now: Alfa"]),
    ],
)
def test_a_fall_says_why_in_numbers(values, what, why):
    found = changes(states(classify(CLIENTS), {}), classify(with_client("1", **values)))
    (change,) = [each for each in found if (each.client_id, each.what.render("en")) == ("1", what)]
    assert [text.render("en") for text in change.why] == why


def test_a_fall_of_the_goal_gives_what_the_new_one_rests_on():
    now = classify(with_client("1", procurement_budget=700))
    found = changes(states(classify(CLIENTS), {}), now)
    (change,) = [each for each in found if (each.client_id, each.what.render("en")) == ("1", "Proposed goal")]
    account = next(each for each in now.accounts if each.client.client_id == "1")
    assert change.after < change.before
    assert change.why == (now.proposal(account).argument,)


@pytest.mark.parametrize(("then", "now"), [(600, None), (None, 600), (0, 600), (600, 0)])
def test_a_revenue_that_was_or_is_unknown_is_no_alarm_and_nothing_has_no_share(then, now):
    before = states(classify(with_client("1", revenue=then)), {})
    found = changes(before, classify(with_client("1", revenue=now)))
    (change,) = [each for each in found if (each.client_id, each.what.render("en")) == ("1", "Revenue")]
    fell = (then, now) == (600, 0)
    assert (change.before, change.after, change.share) == (then, now, -1 if fell else None)
    assert (change.kind is ChangeKind.ALARM) == fell


def test_a_row_of_the_sheet_shows_money_shares_and_ranks_each_in_its_own_way():
    found = changes(states(classify(CLIENTS), {}), classify(with_client("1", revenue=250)))
    rows = {change.what.render("en"): change_row(change, "en") for change in found if change.client_id == "1"}
    assert {what: (row["before"], row["after"]) for what, row in rows.items()} == {
        "Revenue": ("600", "250"),
        "Penetration index": ("60%", "25%"),
        "Position": ("Strong", "Medium"),
        "Proposed goal": ("700", "500"),
        "Rank": ("1", "2"),
    }


REVENUES = st.lists(st.integers(50, 99), min_size=9, max_size=9)


@given(st.tuples(REVENUES, REVENUES))
def test_whoever_falls_in_rank_fell_behind_somebody_who_is_named(months):
    before, after = ([Client(str(n), f"C{n}", revenue=each) for n, each in enumerate(month)] for month in months)
    found = changes(states(classify(before), {}), classify(after))
    fell = [each for each in found if each.what.render("en") == "Rank" and (each.before or 99) < (each.after or 0)]
    assert all(text.values["names"] for each in fell for text in each.why)
    assert all(each.why for each in fell)


def test_a_rating_that_changed_gives_its_argument():
    found = changes(states(classify(CLIENTS), {}), classify(with_client("1", revenue=300)))
    (change,) = [each for each in found if (each.client_id, each.what.render("en")) == ("1", "Position")]
    assert [text.render("en").partition(":")[0] for text in change.why] == ["Position medium"]


def test_a_state_comes_back_from_its_cell_and_other_cells_are_no_states():
    state = states(classify(CLIENTS), {})["1"]
    assert State.unpacked(state.packed()) == state
    no_states = ("", "x", "[1]", "{}", None, '"eleven sign"', state.packed().replace("1000", '"x"'))
    assert [State.unpacked(text) for text in no_states] == [None] * len(no_states)


@pytest.mark.parametrize("penetration", [None, 0.6, 0.61, 1.0, 0.0])
@pytest.mark.parametrize("budget", [None, 1000, 0])
def test_a_penetration_comes_back_as_it_was_whatever_it_was_made_of(penetration, budget):
    state = replace(states(classify(CLIENTS), {})["1"], penetration=penetration, budget=budget)
    found = State.unpacked(state.packed())
    assert (found, type(found.penetration)) == (state, type(penetration))


def ranked(order):
    """Key accounts whose revenue falls along a text, all above the criterion of revenue."""
    clients = [Client(name, name, revenue=100.0 + len(order) - at) for at, name in enumerate(order)]
    return classify(clients, Settings(key_revenue_share=0.01))


def lines(before, after, settings=None):
    found = folded(changes(states(ranked(before), {}), ranked(after)), settings or Settings())
    return [
        (each.client, each.before, each.after, "".join(text.render() for text in each.why))
        for each in found
        if each.what.render() == "Rank"
    ]


def test_many_small_moves_of_rank_are_one_line_with_their_number():
    assert lines("abcdefg", "Xabcdefg") == [
        ("", None, None, "7 key accounts moved by fewer than 3 places: 0 up, 7 down"),
    ]


def test_a_move_of_many_places_keeps_its_line():
    assert lines("abcdefg", "fabcdeg") == [
        ("f", 6, 1, ""),
        ("", None, None, "5 key accounts moved by fewer than 3 places: 0 up, 5 down"),
    ]


def test_few_small_moves_are_listed_one_by_one_and_so_is_every_move_from_1_place():
    assert [line[0] for line in lines("abcdefg", "bacdefg")] == ["a", "b"]
    assert [line[0] for line in lines("abcd", "badc", Settings(rank_moves=1))] == ["a", "b", "c", "d"]


def test_who_came_or_went_and_all_other_figures_stay_when_moves_are_folded():
    found = folded(changes(states(ranked("abcdefg"), {}), ranked("Xbcdefg")), Settings())
    kinds = [(each.kind.value, each.client) for each in found if each.kind is not ChangeKind.CHANGED]
    assert kinds == [("gone", "a"), ("became", "X")]
    assert len(folded(found, Settings())) == len(found)
