"""Scores from 0 to 5 by criterion: competitors' on their sheet, ours in the client table."""

import pytest

from kam_xl.domain.model import Score
from kam_xl.domain.settings import Settings
from kam_xl.table import Grid, read_grids


def table_of(ours, theirs, values=(4.0, 2.0), their_values=(5.0, 3.0), settings=None):
    clients = [["Client", "Revenue", "Industry", *ours], ["Nord", 5.0, "Steel", *values[: len(ours)]]]
    competitors = [["Client", "Competitor", *theirs], ["Nord", "Rival", *their_values[: len(theirs)]]]
    grids = [Grid("Clients", clients), Grid("Competitors", competitors)]
    return read_grids(grids, settings=settings or Settings())


def scores(table):
    (client,) = table.clients()
    return client.own_scores, client.competitors[0].scores


def codes(table):
    return [(each.code, each.address) for each in table.findings if each.code == "not-a-score"]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (["Our score: price", "Our score: service"], ["Price", "Service"]),
        (["Our score, price (0-5)", "Service: our rating"], ["Score: price", "Service score (0-5)"]),
        (["Наша оценка: цена", "Наша оценка: сервис"], ["Цена", "Оценка: сервис"]),
    ],
)
def test_both_sides_are_read_by_criterion_in_either_language(ours, theirs):
    table = table_of(ours, theirs)
    assert scores(table) == ((Score("price", 4.0), Score("service", 2.0)), (Score("price", 5.0), Score("service", 3.0)))
    assert codes(table) == []
    assert [column.field for column in table.interpretation.columns][-2:] == ["own_scores", "own_scores"]


def test_points_outside_0_to_5_and_words_are_told_and_count_as_blank():
    table = table_of(
        ["Our score: price", "Our score: terms"], ["Score: price", "Score: terms"], (6.0, "good"), (-1.0, 3)
    )
    assert scores(table) == ((), (Score("terms", 3.0),))
    assert codes(table) == [
        ("not-a-score", "Clients!D2"),
        ("not-a-score", "Clients!E2"),
        ("not-a-score", "Competitors!C2"),
    ]


def test_marks_of_a_school_are_points_and_that_is_told_once_a_column():
    table = table_of(["Our score: price", "Наша оценка: сервис"], ["Score: price"], ("4-", "отл."), ("5 +",))
    assert scores(table) == ((Score("price", 4.0), Score("service", 5.0)), (Score("price", 5.0),))
    told = [
        (each.code, each.cell, each.grade) for each in table.findings if each.code in ("school-marks", "not-a-score")
    ]
    assert told == [("school-marks", cell, "note") for cell in ("D1", "E1", "C1")]


def test_a_criterion_with_its_scale_is_our_score():
    table = table_of(["Цена (1-5)", "Сервис (0–5)"], ["Price"])
    assert scores(table)[0] == (Score("price", 4.0), Score("service", 2.0))
    assert scores(table_of(["Цена", "Сервис"], ["Price"]))[0] == ()


def test_a_column_named_by_the_criterion_alone_counts_where_it_holds_points():
    table = table_of([], ["Price", "Terms"], (), (1200.0, "30 days"))
    assert (scores(table), codes(table)) == (((), ()), [])


def test_criteria_of_the_settings_are_headers_and_others_are_not():
    settings = Settings(score_criteria="delivery")
    table = table_of(["Our score: delivery", "Our score: price"], ["Delivery", "Price"], settings=settings)
    assert scores(table) == ((Score("delivery", 4.0),), (Score("delivery", 5.0),))


def test_an_understanding_given_back_still_has_the_scores(tmp_path):
    table = table_of(["Our score: price"], ["Price"])
    assert '# Our scores: D "Our score: price"' in table.interpretation.toml()
