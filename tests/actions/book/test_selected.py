"""Plans of the clients that a person selected; the others are not touched."""

import shutil

import openpyxl
import pytest
import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl import actions
from kam_xl.actions.book.selection import NothingSelectedError
from tests.tables import TODAY, edited

OPTIONS = actions.Options(lang="en", today=TODAY)


@pytest.fixture
def selecting(clients_xlsx):
    """Open the workbook with cells selected on a sheet, as a person left it."""
    app = xw.engines["file"].apps.add()

    def selecting(cells, sheet="Clients", path=clients_xlsx):
        with edited(path) as book:
            book.active = book[sheet]
            book[sheet].sheet_view.selection[-1].sqref = cells
        return app.books.open(path)

    yield selecting
    app.quit()


def plans(book):
    return [sheet.name for sheet in book.sheets if "kam_client_id" in {n.name.split("!")[-1] for n in sheet.names}]


@pytest.mark.parametrize(
    ("cells", "made"),
    [
        ("A2", ["Nordwerk"]),
        ("B3:D3", ["Alfa"]),
        ("E2 C5", ["=1+1", "Nordwerk"]),
        ("2:3", ["Alfa", "Nordwerk"]),
        ("B:B", ["=1+1", "Alfa", "Nordwerk", "Северсталь- Юг-Север"]),
    ],
)
def test_any_cell_of_a_row_selects_its_client(selecting, cells, made):
    book = selecting(cells)
    actions.build_selected(book, OPTIONS)
    assert sorted(plans(book)) == sorted([*made, "Plan template"])


def test_a_book_of_one_plan_opens_with_it_and_begins_with_no_hidden_sheet(selecting):
    book = selecting("A2")
    actions.build_selected(book, OPTIONS)
    assert book.sheets.active.name == "Nordwerk"
    assert [sheet.name for sheet in book.sheets][:3] == ["Plan template", "Nordwerk", "KAM record"]


def test_a_selected_client_that_is_not_key_gets_no_plan_and_is_named(selecting):
    book = selecting("A2:A7")
    report = actions.build_selected(book, OPTIONS)
    assert (len(report.plans.new), report.not_key) == (4, ["Small", "Tiny"])
    assert "Tiny" not in plans(book)


@pytest.mark.parametrize("cells", ["A1", "H40", "J2:K3"])
def test_a_selection_counts_by_its_rows(selecting, cells):
    book = selecting(cells)
    if cells == "J2:K3":
        assert len(actions.build_selected(book, OPTIONS).plans.new) == 2
    else:
        with pytest.raises(NothingSelectedError, match="rows of clients on the sheet Clients"):
            actions.build_selected(book, OPTIONS)


def test_rows_that_a_filter_hides_are_not_meant(selecting, clients_xlsx):
    with edited(clients_xlsx) as book:
        book["Clients"].row_dimensions[3].hidden = True
    book = selecting("A2:A4")
    actions.build_selected(book, OPTIONS)
    assert "Alfa" not in plans(book)


def test_other_plans_stay_as_they_are(selecting, built_xlsx, clients_xlsx):
    shutil.copy(built_xlsx, clients_xlsx)
    with edited(clients_xlsx) as old:
        old["Clients"]["E2"], old["Clients"]["E3"] = 700, 20
    book = selecting("A2")
    report = actions.build_selected(book, OPTIONS)
    assert report.plans.updated == ["C01"]
    assert [book.sheets[name]["kam_revenue"].value for name in ("Nordwerk", "Alfa")] == [700, 10]


def test_the_list_of_key_accounts_selects_too_and_gets_links(selecting, build, clients_xlsx):
    build(clients_xlsx, clients_xlsx, button=actions.classify)
    cell = next(
        c.coordinate for row in openpyxl.load_workbook(clients_xlsx)["Key accounts"] for c in row if c.value == "C02"
    )
    book = selecting(cell, "Key accounts")
    actions.build_selected(book, OPTIONS)
    assert sorted(plans(book)) == ["Alfa", "Plan template"]
    assert any("'Alfa'" in str(row) or "#Alfa" in str(row) for row in book.sheets["Key accounts"].used_range.formula)


def test_on_a_plan_its_own_client_is_meant(selecting, built_xlsx, clients_xlsx):
    shutil.copy(built_xlsx, clients_xlsx)
    report = actions.build_selected(selecting("C12", "Alfa"), OPTIONS)
    assert (report.plans.updated, report.plans.new) == (["C02"], [])
