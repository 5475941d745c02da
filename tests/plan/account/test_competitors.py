"""The competitor block: rows that people wrote beside stay in place."""

from hypothesis import given
from hypothesis import strategies as st

from kam_xl.domain.model import Competitor, Stance
from kam_xl.plan.account.competitors import OTHERS, merge_competitors

MANY = [Competitor(f"C{number}", 100.0 - number) for number in range(10)]


def lines(rows):
    return [row and (row.name, row.revenue) for row in rows]


def block(*names, **columns):
    return {"kam_competitor_name": list(names), **{f"kam_competitor_{key}": value for key, value in columns.items()}}


def test_a_new_plan_lists_the_largest_first_and_the_unknown_last():
    rows = merge_competitors([Competitor("Small", 1), Competitor("Unknown"), Competitor("Large", 9)], {})
    assert lines(rows) == [("Large", 9), ("Small", 1), ("Unknown", None), *[None] * 5]


def test_more_than_eight_end_in_the_sum_of_the_others():
    rows = merge_competitors(MANY, {})
    assert lines(rows) == [*((each.name, each.revenue) for each in MANY[:7]), (OTHERS, 93.0 + 92.0 + 91.0)]


def test_exactly_eight_need_no_others():
    assert lines(merge_competitors(MANY[:8], {})) == [(each.name, each.revenue) for each in MANY[:8]]


def test_a_name_on_the_sheet_keeps_its_line_and_gets_its_new_revenue():
    rows = merge_competitors([Competitor("Beta", 7), Competitor("Alfa", 5)], block("ALFA ", "Beta", revenue=[1, 2]))
    assert lines(rows)[:3] == [("ALFA", 5), ("Beta", 7), None]


def test_a_name_that_the_table_does_not_know_stays_with_its_revenue():
    rows = merge_competitors([Competitor("Beta", 7)], block("Mine", revenue=[3.0]))
    assert lines(rows)[:3] == [("Mine", 3.0), ("Beta", 7), None]


def test_a_new_one_takes_no_line_in_which_somebody_wrote():
    rows = merge_competitors([Competitor("Beta", 7)], block(None, approach=["find out who", None]))
    assert lines(rows)[:3] == [None, ("Beta", 7), None]


def test_only_a_new_one_brings_proposals():
    alfa, beta = Competitor("Alfa", 5, "price"), Competitor("Beta", 7, "brand", stance=Stance.COEXIST)
    assert [row and row.known for row in merge_competitors([alfa, beta], block("Alfa"))][:3] == [alfa, beta, None]


def test_the_line_of_the_others_is_summed_again_in_any_language():
    rows = merge_competitors(MANY, block(*(each.name for each in MANY[:7]), "Прочие", revenue=[0] * 8))
    assert lines(rows)[7] == (OTHERS, 93.0 + 92.0 + 91.0)


def test_when_few_lines_are_free_the_last_is_for_the_others():
    rows = merge_competitors(MANY[:5], block(*(f"Mine {number}" for number in range(6))))
    assert lines(rows)[6:] == [("C0", 100.0), (OTHERS, 99.0 + 98.0 + 97.0 + 96.0)]


def test_a_full_block_takes_no_more():
    names = [f"Mine {number}" for number in range(8)]
    assert lines(merge_competitors(MANY, block(*names))) == [(name, None) for name in names]


def test_others_of_whom_nothing_is_known_have_no_sum():
    rows = merge_competitors([Competitor(f"C{number}") for number in range(9)], {})
    assert lines(rows)[7] == (OTHERS, None)


@given(
    st.lists(st.sampled_from(["Alfa", "Beta", "Gamma", "", None]), max_size=8), st.lists(st.sampled_from("ABCDEFGHIJ"))
)
def test_a_name_on_the_sheet_never_moves(names, competitors):
    rows = merge_competitors([Competitor(name, 1.0) for name in competitors], block(*names))
    assert len(rows) == 8
    assert [row.name for row, name in zip(rows, names, strict=False) if name] == [name for name in names if name]


@given(st.lists(st.floats(0, 1e6), max_size=20))
def test_a_new_plan_loses_no_revenue(revenues):
    rows = merge_competitors([Competitor(f"C{number}", each) for number, each in enumerate(revenues)], {})
    assert abs(sum(row.revenue for row in rows if row) - sum(revenues)) < 1e-6
