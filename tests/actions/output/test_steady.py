"""Packages of other libraries give the same bytes whenever they are written."""

from datetime import datetime
from io import BytesIO
from zipfile import ZipFile, ZipInfo

import xlsxwriter

from kam_xl.actions.output.steady import steady


def deck(second):
    """A package with a workbook in it, both as of a moment."""
    inner, outer = BytesIO(), BytesIO()
    with xlsxwriter.Workbook(inner) as book:
        book.set_properties({"created": datetime(2026, 1, 1, 0, 0, second)})
        book.add_worksheet().write(0, 0, "Nordwerk")
    with ZipFile(outer, "w") as archive:
        archive.writestr(ZipInfo("a.xml", (2026, 1, 1, 0, 0, second)), "<a/>")
        archive.writestr(ZipInfo("embedded/chart.xlsx", (2026, 1, 1, 0, 0, second)), inner.getvalue())
    return outer.getvalue()


def test_the_moment_of_writing_leaves_no_trace():
    assert deck(2) != deck(40)
    assert steady(deck(2)) == steady(deck(40))


def test_parts_stay_as_they_are():
    with ZipFile(BytesIO(steady(deck(2)))) as archive:
        assert archive.namelist() == ["a.xml", "embedded/chart.xlsx"]
        assert archive.read("a.xml") == b"<a/>"
        with ZipFile(BytesIO(archive.read("embedded/chart.xlsx"))) as book:
            assert b"Nordwerk" in book.read("xl/sharedStrings.xml")
            assert book.testzip() is None
