"""Filters of tables, on engines of their own and in programs."""

from types import SimpleNamespace

import pytest
import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl.engines.filters import show_all_rows


class Program:
    """A table of a spreadsheet program, as xlwings shows it."""

    def __init__(self, buttons):
        self.impl, self.buttons, self.switched = SimpleNamespace(), buttons, []

    @property
    def show_autofilter(self):
        return self.buttons

    @show_autofilter.setter
    def show_autofilter(self, value):
        self.buttons = value
        self.switched.append(value)


@pytest.mark.parametrize(("buttons", "switched"), [(True, [False, True]), (False, [])])
def test_a_program_s_filter_is_switched_off_and_on_where_there_is_one(buttons, switched):
    table = Program(buttons)
    show_all_rows(table)
    assert (table.buttons, table.switched) == (buttons, switched)


def test_the_file_engine_shows_the_rows_itself():
    sheet = xw.engines["file"].apps.add().books.add().sheets[0]
    sheet["A1"].value = [["Client"], ["Nordwerk"]]
    table = sheet.tables.add(sheet["A1:A2"], name="T")
    table.api._store(
        table.api.text.replace(
            '<autoFilter ref="A1:A2"/>',
            '<autoFilter ref="A1:A2"><filterColumn colId="0"><top10 val="3"/></filterColumn></autoFilter>',
        )
    )
    show_all_rows(table)
    assert (table.show_autofilter, "filterColumn" in sheet.tables["T"].api.text) == (True, False)
