"""Whose steps are asked for."""

import pytest

from kam_xl.plan.week.owners import NoSuchOwnerError, person_named

PEOPLE = ["Анна Орлова", "Семён Петров", "Anna", "ANNA", ""]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("орлова", {"Анна Орлова"}),
        ("семен", {"Семён Петров"}),
        ("  Анна   ОРЛОВА ", {"Анна Орлова"}),
        ("anna", {"Anna", "ANNA"}),
    ],
)
def test_a_part_in_any_case_means_the_one_person_who_has_it(name, meant):
    assert person_named(name, PEOPLE).cells == meant


def test_the_whole_name_of_one_person_is_not_a_part_of_another_s():
    assert person_named("Ann", ["Ann", "Anna Orlova"]).cells == {"Ann"}


@pytest.mark.parametrize(
    ("name", "candidates"), [("ова", '"Анна Орлова", "Вера Белова"'), ("Zoe", '"Анна Орлова", "Вера Белова"')]
)
def test_the_candidates_are_named_where_nobody_or_several_people_can_be_meant(name, candidates):
    with pytest.raises(NoSuchOwnerError, match=candidates):
        person_named(name, ["Вера Белова", "Анна Орлова"])


def test_a_short_form_and_the_one_person_it_can_be_are_both_meant():
    assert person_named("Сафин", ["Сафин", "Сафин Р.Р.", "Ли"]).cells == {"Сафин", "Сафин Р.Р."}
    assert person_named("Сафин", ["Сафин", "Сафин Р.Р.", "Сафин А.А."]).cells == {"Сафин"}


def test_blanks_between_initials_make_nobody_else():
    assert person_named("Сафин Р. Р.", ["Сафин Р.Р.", "Сафин Р. Р."]).cells == {"Сафин Р.Р.", "Сафин Р. Р."}


def test_several_people_in_one_cell_are_all_meant():
    assert person_named("Орлова", ["Орлова, Иванов", "орлова/Петров", "Иванов"]).cells == {
        "Орлова, Иванов",
        "орлова/Петров",
    }


def test_a_name_with_a_comma_is_found_as_it_stands():
    assert person_named("Orlova, Anna", ["Orlova, Anna", "Ben"]).cells == {"Orlova, Anna"}


def test_plans_without_people_name_nobody():
    with pytest.raises(NoSuchOwnerError, match=r"nobody in the plans has this name, got Zoe\.$"):
        person_named("Zoe", ["", ""])
