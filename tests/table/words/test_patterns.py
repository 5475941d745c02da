import re

from kam_xl.table.words.patterns import any_of


def test_a_longer_phrase_is_found_before_its_beginning():
    assert re.match(any_of(["year", "year to date"]), "year to  date")[0] == "year to  date"


def test_marks_within_words_are_no_pattern():
    assert not re.fullmatch(any_of(["p.a"]), "pxa")


def test_yo_may_be_written_with_or_without_its_dots():
    assert [bool(re.fullmatch(any_of(["учет"]), text)) for text in ("учет", "учёт")] == [True, True]
