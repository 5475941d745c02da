"""Values that mean the same to every engine."""

import datetime as dt
from types import SimpleNamespace

import pytest

from kam_xl.engines.bases.apps import EngineBase
from kam_xl.engines.values import Formula, put, text_value


class Sheet:
    """What `put` asks of a sheet, with an engine that keeps the results of formulas or does not; notes what it gets."""

    def __init__(self, keeps):
        engine = SimpleNamespace(impl=EngineBase())
        self.book = SimpleNamespace(app=SimpleNamespace(engine=engine))
        self.block = SimpleNamespace()
        self.written = []
        if keeps:
            self.block.write_literally = self.written.extend
        self.asked = []

    def range(self, address):
        self.asked.append(address)
        return SimpleNamespace(impl=self.block)

    def put(self, rows):
        put(SimpleNamespace(sheet=self, row=2, column=3), rows)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "'x", "007", "1/2", "May 5", " =x", "\t=x", "TRUE", "Истина", "#N/A"]
)
def test_text_that_some_program_would_run_or_convert_gets_an_apostrophe(text):
    assert text_value(text) == "'" + text


@pytest.mark.parametrize("text", ["", " ", "Nordwerk", "Ключевые клиенты", "A-B", "ok?"])
def test_other_text_stays_bare(text):
    assert text_value(text) == text


ROWS = [["=x", Formula("A1*2", 4.0), None], [5, dt.date(2024, 1, 1), True]]


def test_formulas_go_with_their_values_where_the_engine_keeps_them_in_one_call():
    sheet = Sheet(keeps=True)
    sheet.put(ROWS)
    assert (sheet.asked, sheet.written) == (["$C$2:$E$3"], ROWS)


def test_formulas_go_alone_elsewhere():
    sheet = Sheet(keeps=False)
    sheet.put(ROWS)
    assert sheet.block.raw_value == [["'=x", "=A1*2", None], ROWS[1]]


@pytest.mark.parametrize("rows", [[], [[]]])
def test_nothing_is_written_where_there_is_nothing(rows):
    sheet = Sheet(keeps=True)
    sheet.put(rows)
    assert sheet.asked == []
