"""Values that mean the same to every engine."""

import datetime as dt

import pytest

from kam_xl.engines.values import Formula, put, text_value


class Range:
    """What `put` asks of a range, with an engine that keeps the results of formulas or does not."""

    def __init__(self, keeps):
        self.impl = type("Impl", (), {"keeps_formula_values": keeps} if keeps else {})()

    def resize(self, rows, columns):
        self.shape = (rows, columns)
        return self


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "'x", "007", "1/2", "May 5", " =x", "\t=x", "TRUE", "Истина", "#N/A"]
)
def test_text_that_some_program_would_run_or_convert_gets_an_apostrophe(text):
    assert text_value(text) == "'" + text


@pytest.mark.parametrize("text", ["", " ", "Nordwerk", "Ключевые клиенты", "A-B", "ok?"])
def test_other_text_stays_bare(text):
    assert text_value(text) == text


ROWS = [["=x", Formula("A1*2", 4.0), None], [5, dt.date(2024, 1, 1), True]]


def test_formulas_go_with_their_values_where_the_engine_keeps_them():
    target = Range(keeps=True)
    put(target, ROWS)
    assert (target.shape, target.value) == ((2, 3), [["'=x", Formula("A1*2", 4.0), None], ROWS[1]])


def test_formulas_go_alone_elsewhere():
    target = Range(keeps=False)
    put(target, ROWS)
    assert target.value == [["'=x", "=A1*2", None], ROWS[1]]


@pytest.mark.parametrize("rows", [[], [[]]])
def test_nothing_is_written_where_there_is_nothing(rows):
    target = Range(keeps=True)
    put(target, rows)
    assert not hasattr(target, "value")
