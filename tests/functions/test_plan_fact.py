import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_xl.domain.goals import planned_of
from kam_xl.domain.operational import PlanFact
from kam_xl.domain.periods import MONTH, YEAR, Period, Series
from kam_xl.functions.plan_fact import KAM_PLAN_FACT, KAM_PLAN_GAP


class TestPlanFact:
    def test_money_and_share(self):
        assert (KAM_PLAN_FACT(100, 90), KAM_PLAN_FACT(100, 90, True), KAM_PLAN_FACT(100, 120, 1)) == (-10, -0.1, 0.2)

    def test_a_column_gives_a_column(self):
        assert KAM_PLAN_FACT([[100], [0], [None]], [[90], [5], [5]]) == [[-10], [5], ["#N/A"]]

    def test_there_is_no_share_of_nothing(self):
        assert KAM_PLAN_FACT([[0], [-5], [None]], [[5], [5], [5]], True) == [["#N/A"]] * 3

    def test_blank_is_not_0(self):
        assert (KAM_PLAN_FACT(100, None), KAM_PLAN_FACT(100, "н/д"), KAM_PLAN_FACT(100, 0)) == ("#N/A", "#N/A", -100)

    def test_to_date_compares_the_periods_that_have_both(self):
        plan, fact = [[100, 100, 100, None]], [[90, 80, None, 7]]
        assert KAM_PLAN_FACT(plan, fact, None, True) == -30
        assert KAM_PLAN_FACT(plan, fact, True, True) == -0.15

    def test_to_date_of_nothing_known_is_unknown(self):
        assert KAM_PLAN_FACT([100, 100], [None, None], False, True) == "#N/A"

    def test_ranges_to_date_must_fit(self):
        assert KAM_PLAN_FACT([100, 100], [90], False, True) == "#VALUE!"

    def test_text_is_no_amount_and_errors_come_through(self):
        assert KAM_PLAN_FACT([["much"], ["#REF!"]], [[1], [1]]) == [["#VALUE!"], ["#REF!"]]


class TestPlanGap:
    def test_the_plan_alone(self):
        assert KAM_PLAN_GAP(100, [[20, 20, 20, 20]]) == 20

    def test_facts_go_before_the_plan(self):
        assert KAM_PLAN_GAP(100, [[20, 20, 20, 20]], [[35, 30, None, None]]) == -5

    def test_a_fact_without_a_plan_leads_somewhere_too(self):
        assert KAM_PLAN_GAP(100, [[None, 20]], [[35, None]]) == 45

    def test_half_a_year_is_not_set_against_the_goal_of_a_whole_one(self):
        assert KAM_PLAN_GAP(100, [[20, None]]) == "#N/A"

    def test_a_column_of_goals_has_a_plan_in_each_row(self):
        assert KAM_PLAN_GAP([[100], [None], [60]], [[20, 20], [1, 1], [30, None]]) == [[60], ["#N/A"], ["#N/A"]]

    def test_ranges_must_fit(self):
        assert KAM_PLAN_GAP(100, [20, 20], [20]) == "#VALUE!"
        assert KAM_PLAN_GAP([[100], [60]], [[20, 20]]) == "#VALUE!"
        assert KAM_PLAN_GAP([[100, 60]], [[20, 20]]) == "#VALUE!"

    def test_an_unknown_goal_has_no_gap(self):
        assert (KAM_PLAN_GAP(None, [20]), KAM_PLAN_GAP("#DIV/0!", [20])) == ("#N/A", "#DIV/0!")


_CELL = st.none() | st.integers(0, 10**6).map(float)


class TestSheets:
    @given(st.lists(st.tuples(_CELL, _CELL), min_size=12, max_size=12))
    def test_the_function_and_the_plan_sheet_say_the_same_of_the_same_blanks(self, months):
        plan, fact = zip(*months, strict=True)
        periods = Period(2026, YEAR).parts(MONTH)
        sales = PlanFact(
            *(
                Series({at: each for at, each in zip(periods, cells, strict=True) if each is not None})
                for cells in (plan, fact)
            )
        )
        planned = planned_of([sales.compare(Period(2026, YEAR))])
        found = KAM_PLAN_GAP(5e6, [list(plan)], [list(fact)])
        assert found == ("#N/A" if planned is None else pytest.approx(5e6 - planned.lead))
