"""No printed page ends within a part of a sheet that has room on a page."""

import re

import openpyxl
import pytest
import xlwings as xw
from openpyxl.worksheet.pagebreak import Break

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl.engines.pages import end_pages
from kam_xl.engines.stamp import Fill, stamp

HIGH = 40.0  # points a row: a page of A4 has room for about twenty
STARTS = {"first": 3, "second": 15, "third": 22}


def sheet(path, breaks=(2,), **setup):
    """A sheet of 30 rows, the first on each page, with names for the parts on it."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Plan"
    for row in range(1, 31):
        page.cell(row, 1).value = row
        page.row_dimensions[row].height = HIGH
    for name, row in STARTS.items():
        page.defined_names[name] = openpyxl.workbook.defined_name.DefinedName(name, attr_text=f"Plan!$A${row + 1}")
    page.print_area, page.print_title_rows = "A1:I30", "1:1"
    page.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    page.page_setup.paperSize, page.page_setup.fitToHeight, page.page_setup.fitToWidth = 9, 0, 1
    for name, value in setup.items():
        setattr(page.page_setup, name, value)
    for row in breaks:
        page.row_breaks.append(Break(id=row))
    book.save(path)
    return path


@pytest.fixture
def opened(tmp_path):
    app = xw.engines["file"].apps.add()

    def opened(**how):
        return app.books.open(sheet(tmp_path / "book.xlsx", **how))

    yield opened
    app.quit()


def ends(page):
    return [int(row) for row in re.findall(r'<(?:\w+:)?brk id="(\d+)"', page.impl.part.text)]


def test_a_page_ends_before_the_part_that_has_no_room_on_it(opened):
    page = opened().sheets[0]
    end_pages(page, [*STARTS.values()])
    assert ends(page) == [2, 14]


def test_hidden_rows_take_no_room(opened):
    page = opened().sheets[0]
    page.range("A5:A14").impl.show_rows(shown=False)
    end_pages(page, [*STARTS.values()])
    assert ends(page) == [2, 21]


def test_an_end_that_a_person_has_put_within_a_part_stays_and_so_do_all(opened):
    page = opened(breaks=(2, 17, 21)).sheets[0]
    end_pages(page, [*STARTS.values()])
    assert ends(page) == [2, 17, 21]


@pytest.mark.parametrize("setup", [{"fitToHeight": 2}, {"paperSize": 8}])
def test_a_sheet_that_is_printed_in_another_way_stays_as_it_is(opened, setup):
    page = opened(breaks=(2, 21), **setup).sheets[0]
    end_pages(page, [*STARTS.values()])
    assert ends(page) == [2, 21]


def test_each_copy_of_a_template_has_the_ends_that_its_rows_ask_for(opened):
    book = opened()
    parts = dict.fromkeys(STARTS, 1)
    page = book.sheets[0]
    page.range("A5:A14").name = "'Plan'!rows"
    fills = [Fill("All", {}, {"rows": 10}, parts), Fill("Few", {}, {"rows": 0}, parts)]
    stamp(page, fills, after=page)
    assert [ends(book.sheets[name]) for name in ("Plan", "All", "Few")] == [[2], [2, 14], [2, 21]]
