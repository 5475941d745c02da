"""A quarter in the life of a team whose whole workbook is open in Calc."""

from contextlib import contextmanager

import pytest

from tests.actions.quarter import a_team, check_the_quarter

pytestmark = pytest.mark.slow


def test_nothing_typed_is_lost_in_a_quarter(app, tmp_path):
    @contextmanager
    def in_calc(path):
        book = app.books.open(path)
        try:
            yield book
        finally:
            book.close()

    check_the_quarter(in_calc, a_team(tmp_path / "whole.xlsx"), tmp_path / "team")
