"""The buttons on a document that is open in Calc: what they build is what they build in files."""

import subprocess
from dataclasses import replace

import pytest
import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl import actions
from kam_xl.actions.book.language import switch
from kam_xl.actions.book.sheets import OurSheets
from kam_xl.actions.output.pdf import export_pdf
from kam_xl.actions.reports.whitespace import whitespace
from tests.actions.reports.test_whitespace import book_of, mark
from tests.tables import TODAY

pytestmark = pytest.mark.slow

OPTIONS = actions.Options(lang="en", today=TODAY)


@pytest.fixture
def opened(app, clients_xlsx):
    book = app.books.open(clients_xlsx)
    yield book
    book.close()


def contents(book):
    """Values of all sheets but the record, which is in no order, by sheet and cell."""
    rows = {sheet.name: sheet.range("A1:W120").value for sheet in book.sheets if sheet.name != "KAM record"}
    return {
        (name, i, j): round(value, 9) if isinstance(value, float) else value
        for name, block in rows.items()
        for i, row in enumerate(block)
        for j, value in enumerate(row)
        if value is not None and name not in ("Plan template", "Шаблон плана")
    }


def test_plans_are_those_of_the_file_engine(opened, clients_xlsx):
    report = actions.build_plans(opened, OPTIONS)
    other = xw.engines["file"].apps.add().books.open(clients_xlsx)
    expected = actions.build_plans(other, OPTIONS)
    assert contents(opened) == contents(other)
    assert opened.sheet_names == other.sheet_names
    assert (report.plans.new, report.kept) == (expected.plans.new, [])
    assert not opened.sheets["KAM record"].visible


def test_white_spots_are_those_of_the_file_engine_also_in_another_language(app, tmp_path):
    path = book_of(tmp_path / "book.xlsx", 4, 2)
    books = [app.books.open(path), xw.engines["file"].apps.add().books.open(path)]
    for book in books:
        actions.build_plans(book, OPTIONS)
        whitespace(book, OPTIONS)
        mark("Client 01")(OurSheets(book))
        whitespace(book, OPTIONS)
        switch(book, "ru")
        whitespace(book, replace(OPTIONS, lang="ru"))
    ours, other = map(contents, books)
    assert ours == other
    assert OurSheets(books[0]).plans["C01"][0].cells("kam_opportunity_what")[0] == "Group 02"
    books[0].close()


def test_a_plan_sheet_is_renamed_with_its_client(opened):
    actions.build_plans(opened, OPTIONS)
    opened.sheets["Clients"]["B2"].value = "Holding"
    opened.sheets.add("Mine")["A1"].formula = "=Nordwerk!A1"
    first, second = (actions.build_plans(opened, OPTIONS) for _ in range(2))
    assert ("Holding" in opened.sheet_names, "Nordwerk" in opened.sheet_names) == (True, False)
    assert "Holding" in opened.sheets["Mine"]["A1"].formula
    assert (first.plans.renamed, second.plans.renamed) == ({"Nordwerk": "Holding"}, {})
    assert (first.kept, second.kept) == ([], [])


def test_a_rebuild_keeps_what_a_person_typed_and_brings_new_numbers(opened):
    actions.build_plans(opened, OPTIONS)
    plan = opened.sheets["Nordwerk"]
    plan.names["kam_goal"].refers_to_range[0].value = "Win the second plant"
    plan.names["kam_position_argument"].refers_to_range[0].value = "They love us"
    opened.sheets["Clients"]["E2"].value = 700
    for _ in range(2):
        report = actions.build_plans(opened, OPTIONS)
        assert plan.names["kam_goal"].refers_to_range[0].value == "Win the second plant"
        assert [address.split("!")[0] for address in report.kept] == ["Nordwerk"]
        assert plan.names["kam_revenue"].refers_to_range[0].value == 700
        assert plan.names["kam_penetration"].refers_to_range[0].value == 0.7


def test_lists_grow_and_shrink_with_what_there_is_to_list(opened):
    def heights():
        for value in (200, "many", 200):
            opened.sheets["Clients"]["F5:F6"].value = value
            actions.check(opened, OPTIONS)
            yield len(opened.sheets["Data check"].tables[0].data_body_range.rows)

    few, many, again = heights()
    assert few == again
    assert few < many


def test_plans_are_printed_by_calc_itself_from_what_is_open(opened, tmp_path):
    actions.build_plans(opened, OPTIONS)
    visible = [sheet.visible for sheet in opened.sheets]
    opened.sheets["Nordwerk"].names["kam_goal"].refers_to_range[0].value = "Win the second plant"
    (made,) = export_pdf(opened, only=["C01"], folder=tmp_path / "pdf")
    text = subprocess.run(["pdftotext", made, "-"], capture_output=True, text=True, check=True).stdout
    assert "Win the second plant" in " ".join(text.split())
    assert [sheet.visible for sheet in opened.sheets] == visible


def test_cycles_leave_no_document_behind(app, clients_xlsx, tmp_path):
    before = len(app.books)
    for cycle in range(15):
        book = app.books.open(clients_xlsx)
        book.sheets[0].copy(name="Copy")
        book.save(tmp_path / f"{cycle}.xlsx")
        book.close()
    assert len(app.books) == before
    assert len(app.impl._documents) == before
