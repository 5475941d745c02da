"""What stands beside each setting."""

from dataclasses import replace
from datetime import date

import pytest

from kam_xl.domain.classify import classify
from kam_xl.domain.model import Client, Competitor
from kam_xl.domain.settings import Settings
from kam_xl.locale import LANGUAGES
from kam_xl.plan.reports.setting_effects import NOTHING, setting_effects

TABLE = [
    *(Client(str(number), "x", revenue=float(number), procurement_budget=10.0 * number) for number in range(1, 21)),
    Client("21", "Reference", reference=2),
]


def effects(**settings):
    found = setting_effects(classify(TABLE, Settings(**settings), date(2026, 6, 1)))
    return {name: text.render("en") for name, text in found.items()}


def test_who_would_be_key_is_told_for_a_lower_and_a_higher_value():
    assert effects()["key_revenue_share"] == "6 key accounts now; 11 at 5%, 6 at 20%."


def test_an_amount_that_is_off_is_told_from_where_as_many_pass_as_the_limit_allows():
    assert effects(key_account_limit=0.2)["key_revenue_amount"].endswith("6 from 17.")


def test_values_beyond_the_next_bound_are_left_out():
    assert effects(potential_high_percentile=0.95)["potential_high_percentile"].count(" at ") == 1


def test_levels_are_told_where_the_table_has_levels():
    assert effects()["mark_min_level"].endswith("6 from level 1, 5 from level 3.")
    without = [replace(client, reference=client.reference is not None) for client in TABLE]
    assert setting_effects(classify(without))["mark_min_level"] == NOTHING


def test_ratings_and_classes_are_counted_with_those_that_are_missing():
    assert effects()["position_strong_from"] == "Weak: 20, not rated: 1."


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_effect_is_a_sentence_of_a_setting(lang):
    found = setting_effects(classify(TABLE))
    assert found.keys() == {"language", *(setting.name for setting in Settings().listed())}
    assert all(text.render(lang).endswith(".") for text in found.values())


def test_a_table_without_anything_has_effects_too():
    assert setting_effects(classify([]))["key_account_limit"].render("en") == (
        "The limit allows 0 of 0 clients; 0 qualify."
    )


def test_a_setting_that_changes_no_number_says_so_first_and_what_it_does():
    fallen = Client("22", "Fallen", 50.0, history=((2024, 90.0), (2025, 100.0)))
    found = setting_effects(classify([*TABLE, fallen], Settings(alarm_fall=0.4), date(2027, 6, 1)))
    assert found["alarm_fall"].render("en") == (
        "Changes no number: only which falls What changed calls alarms; key accounts that fell by more than this since "
        "2025: 1 of 1."
    )
    assert effects()["alarm_fall"] == "Changes no number: only which falls What changed calls alarms."
    assert effects()["agenda_days"] == "Changes no number: only how far ahead This week looks."


def test_years_and_rows_are_told_as_they_are_read():
    assert effects()["financial_year_start"] == "Calendar years: the figures are those of 2025."
    assert (
        effects(financial_year_start=4)["financial_year_start"] == "Financial years: the figures are those of 2025/26."
    )
    assert effects(clients_by="parent")["clients_by"] == "21 parent companies."


def test_old_budgets_scored_competitors_and_the_goals_are_told():
    rival = Competitor("y", 1.0)
    client = Client("22", "Old", 5.0, 50.0, budget_date=date(2020, 1, 1), competitors=(rival,))
    found = setting_effects(classify([*TABLE, client], today=date(2026, 6, 1)))
    assert [found[name].render("en") for name in ("budget_max_age_months", "score_criteria", "target_path")] == [
        "Budgets with a date: 1; older than this: 1.",
        "Competitors at clients: 1; with scores: 0.",
        "The proposed goals add up to 120 in 2026 and 180 in 2028.",
    ]
