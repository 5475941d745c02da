from datetime import date

import pytest

from kam_xl.domain.freshness import budget_note, is_old, months_before
from kam_xl.domain.model import BudgetBasis
from kam_xl.domain.settings import Settings

TODAY = date(2024, 6, 15)
CONFIRMED, ESTIMATED, PROXY = BudgetBasis


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 6, 15), 12, date(2023, 6, 15)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2024, 1, 1), 1, date(2023, 12, 1)),
    ],
)
def test_months_before_keeps_the_day_where_the_month_has_it(day, months, expected):
    assert months_before(day, months) == expected


@pytest.mark.parametrize(
    ("budget_date", "old"),
    [(date(2023, 6, 14), True), (date(2023, 6, 15), False), (date(2024, 6, 15), False), (None, False)],
)
def test_a_budget_is_old_after_more_than_twelve_months(budget_date, old):
    assert is_old(budget_date, TODAY) == old


def test_the_age_is_a_setting():
    assert is_old(date(2024, 4, 1), TODAY, Settings(budget_max_age_months=1))


@pytest.mark.parametrize(
    ("basis", "budget_date", "note"),
    [
        (CONFIRMED, date(2024, 1, 1), None),
        (None, date(2024, 1, 1), None),
        (CONFIRMED, None, "Procurement budget: undated."),
        (None, None, "Procurement budget: undated."),
        (ESTIMATED, date(2024, 1, 1), "Procurement budget: estimated."),
        (PROXY, None, "Procurement budget: derived from a proxy, undated."),
        (CONFIRMED, date(2022, 1, 1), "Procurement budget: dated 2022-01-01 (older than 12 months)."),
        (ESTIMATED, date(2022, 1, 1), "Procurement budget: estimated, dated 2022-01-01 (older than 12 months)."),
    ],
)
def test_the_note_says_what_weakens_a_budget(basis, budget_date, note):
    text = budget_note(basis, budget_date, TODAY)
    assert (text and text.render()) == note


def test_the_note_misses_no_date_where_the_table_has_none_at_all():
    assert budget_note(None, None, TODAY, dated=False) is None
