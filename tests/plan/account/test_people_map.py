"""The relationship map of a plan: where people stand, and the lines between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_xl.locale import LANGUAGES
from kam_xl.plan.account.people_map import CELL, people_map
from kam_xl.plan.account.plan_fields import ATTITUDES, INFLUENCES, PEOPLE_ROWS


def values(*people, lang="en"):
    columns = zip(*people, strict=True) if people else ((),) * 4
    names = ("name", "reports_to", "attitude", "influence")
    return {f"kam_stakeholder_{name}": list(column) for name, column in zip(names, columns, strict=True)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_of_either_language_place_a_person(lang):
    attitude, influence = ATTITUDES[2].render(lang), INFLUENCES[0].render(lang)
    drawn = people_map(values(("Ann", None, attitude.upper(), f" {influence} ")))
    assert (drawn["kam_map_x"][0], drawn["kam_map_y"][0]) == (-0.8, 0.66)


def test_nobody_is_drawn_where_nobody_can_be_placed():
    drawn = people_map(values(("Ann", None, None, None)))
    assert drawn["kam_map_name"] == [None] * PEOPLE_ROWS
    assert drawn["kam_map_note"] is None


def test_a_line_leads_only_to_somebody_on_the_map():
    drawn = people_map(values(("Ann", "Zoe", "Neutral", "High"), ("Ben", "ANN", "Supporter", "Low")))
    assert drawn["kam_map_boss_x"][:2] == [None, 0.0]


WORDS = [st.sampled_from([*(each.render("en") for each in scale), "", None]) for scale in (ATTITUDES, INFLUENCES)]


@given(st.lists(st.tuples(st.just("Ann"), st.none(), *WORDS), max_size=PEOPLE_ROWS))
def test_no_two_people_stand_on_one_place_and_all_stay_on_the_map(people):
    drawn = people_map(values(*people))
    places = [at for at in zip(drawn["kam_map_x"], drawn["kam_map_y"], strict=True) if at[0] is not None]
    assert len(set(places)) == len(places) == sum(bool(row[2] and row[3]) for row in people)
    assert all(abs(y) <= 0.66 + CELL / 2 for _, y in places)
