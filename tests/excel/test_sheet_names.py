"""Sheet names: Excel's rules on the names that clients have."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_xl.excel.sheet_names import unique_names

NAMES = st.lists(st.text(max_size=60), max_size=12)


def units(text):
    return len(text.encode("utf-16-le")) // 2


@given(NAMES, NAMES)
def test_every_name_is_one_that_excel_takes(wanted, taken):
    for name in unique_names(wanted, taken):
        assert 1 <= units(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name.strip(" '") == name
        assert name.casefold() not in ("history", "журнал")
        assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in name)


@given(NAMES, NAMES)
def test_no_two_names_are_equal_without_case(wanted, taken):
    names = [name.casefold() for name in unique_names(wanted, taken)]
    assert len(names) == len(wanted)
    assert len(set(names)) == len(names)
    assert not set(names) & {name.casefold() for name in taken}


@given(NAMES)
def test_a_name_that_excel_takes_stays_as_it_is(wanted):
    names = unique_names(wanted)
    assert unique_names(names) == names


@pytest.mark.parametrize(
    ("client", "name"),
    [
        ("Nordwerk", "Nordwerk"),
        ('ООО "Ромашка"', 'ООО "Ромашка"'),
        ("ООО «Газпром межрегионгаз Санкт-Петербург»", "ООО «Газпром межрегионгаз"),
        ("Rhine/Main [Holding]: logistics*", "Rhine-Main (Holding)- logistics"),
        ("'Quoted'", "Quoted"),
        ("O'Neill & Sons", "O'Neill & Sons"),
        ("two\nlines\tand\x00more", "two lines and more"),
        ("soft\xadhyphen\u200b", "softhyphen"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("", "Client"),
        ("' '", "Client"),
        ("\u200b\u0301", "Client"),
        ("*?", "Client"),
        ("history", "history (2)"),
        ("ЖУРНАЛ", "ЖУРНАЛ (2)"),
        ("=SUM(A1)", "=SUM(A1)"),
        ("x" * 32, "x" * 31),
        ("x" * 30 + "'s", "x" * 30),
    ],
)
def test_the_name_of_one_client(client, name):
    assert unique_names([client]) == [name]


def test_an_astral_character_counts_two_and_is_never_halved():
    assert unique_names(["😀" * 20]) == ["😀" * 15]


def test_an_accent_stays_with_its_letter():
    assert unique_names(["x" * 30 + "e\N{COMBINING ACUTE ACCENT}"]) == ["x" * 30]


def test_a_joined_emoji_stays_whole():
    family = "👨\N{ZERO WIDTH JOINER}👩\N{ZERO WIDTH JOINER}👧"
    assert unique_names(["x" * 25 + family]) == ["x" * 25]


def test_a_long_word_is_cut_rather_than_left_out():
    assert unique_names(["Северо-Западная телекоммуникационная компания"]) == ["Северо-Западная телекоммуникаци"]


def test_namesakes_get_numbers_without_regard_to_case():
    assert unique_names(["Вектор", "ВЕКТОР", "вектор (2)", "вектор"], taken=["Вектор"]) == [
        "Вектор (2)",
        "ВЕКТОР (3)",
        "вектор (2) (2)",
        "вектор (4)",
    ]


def test_the_number_fits_into_the_limit():
    assert unique_names(["x" * 40] * 11)[9:] == ["x" * 26 + " (10)", "x" * 26 + " (11)"]


def test_a_thousand_namesakes_are_named_at_once():
    assert unique_names(["Client"] * 5000)[-1] == "Client (5000)"
