"""Offices that are there already: one that somebody else started, and the one in which we run."""

import os

import pytest
import xlwings as xw

from kam_xl.engines import calc
from kam_xl.engines.calc.errors import NotAnsweringError
from kam_xl.engines.calc.process import connect, start

pytestmark = pytest.mark.slow


@pytest.fixture
def theirs(tmp_path):
    """An office of somebody else, and the address at which it listens."""
    address = f"pipe,name={tmp_path.name.replace('_', '')}"
    with start(options=(f"--accept={address};urp",)) as office:
        yield address, office


def test_who_connects_works_in_an_office_of_theirs_and_leaves_it_running(theirs):
    address, office = theirs
    app = xw.engines["calc"].apps.add(spec=address)
    book = app.books.add()
    book.sheets[0]["A1"].value = 7
    app.quit()
    for _ in range(5):  # at once, while the bridge of who left may still be closing
        again = xw.engines["calc"].apps.add(spec=address)
        assert [each.sheets[0]["A1"].value for each in again.books] == [7]
        again.quit()
    assert (again in xw.engines["calc"].apps, office.running) == (False, True)


def test_within_an_office_its_books_are_found_by_its_context_and_their_documents(app, book):
    book.sheets[0]["A1"].value = "in front"
    context, document = app.impl.office.context, book.impl.api
    within = [calc.active_book(context), calc.book_of(context, document)]
    assert [each.sheets[0]["A1"].value for each in within] == ["in front", "in front"]
    assert within[0] == within[1]
    assert within[0].app.pid == os.getpid()
    within[0].app.impl._leave()


def test_who_connects_to_nobody_is_told_how_to_start_one():
    with pytest.raises(NotAnsweringError, match='soffice --accept="pipe,name=nobody;urp"'):
        connect("pipe,name=nobody")
