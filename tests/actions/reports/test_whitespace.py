"""The sheets of white spots: a map with its sums, a list whose proposals can be taken into plans."""

import openpyxl
import pytest

from kam_xl import actions
from kam_xl.actions.book.sheets import OurSheets
from kam_xl.actions.reports.whitespace import whitespace
from kam_xl.plan.fields import OurSheet
from kam_xl.plan.reports.whitespace import MAP_CLIENTS, MAP_PRODUCTS
from kam_xl.table.products import DocumentsError
from tests.actions.teamwork import opened, typed
from tests.tables import TODAY, edited

OPTIONS = actions.Options(lang="en", today=TODAY)


def book_of(path, clients, groups, products=("Client ID", "Product group", "Revenue")):
    """Clients that buy all product groups, but for the first client, which buys the first one alone."""
    book = openpyxl.Workbook()
    book.active.title = "Clients"
    book.active.append(["Client ID", "Client", "Industry", "Revenue", "Reference"])
    sheet = book.create_sheet("Products")
    sheet.append(products)
    for client in range(1, clients + 1):
        own = [f"Group {number:02}" for number in range(1, groups + 1)][: 1 if client == 1 else None]
        book.active.append(
            [f"C{client:02}", f"Client {client:02}", "Food", 100 * groups, "yes" if client == 1 else None]
        )
        for name in own:
            sheet.append([f"C{client:02}", name, 100])
    book.save(path)
    return path


def press(path, change=lambda sheets: None):
    with opened(path) as book:
        change(OurSheets(book))
        report = whitespace(book, OPTIONS)
        sheets = OurSheets(book)
        page = sheets.find(OurSheet.WHITESPACE)
        spots = sheets.find(OurSheet.WHITE_SPOTS).sheet.tables[0].data_body_range.options(ndim=2).value
        cells = {name: page.cells(f"kam_map_{name}") for name in ("client", "client_sum", "total")}
        cells["last"] = page["kam_map_amount"][-1, :].value
        book.save()
    return report, cells, spots


def mark(client, text="yes"):
    def change(sheets):
        table = sheets.find(OurSheet.WHITE_SPOTS).sheet.tables[0]
        at = [row[0] for row in table.data_body_range.options(ndim=2).value].index(client)
        table.data_body_range[at, table.header_row_range.value.index("Into the plan")].value = text

    return change


@pytest.fixture
def plans(tmp_path):
    path = book_of(tmp_path / "book.xlsx", 4, 2)
    with opened(path) as book:
        actions.build_plans(book, OPTIONS)
        book.save()
    return path


def test_sums_are_of_all_clients_and_groups_also_of_those_without_a_row(tmp_path):
    clients, groups = MAP_CLIENTS + 5, MAP_PRODUCTS + 2
    _, cells, _ = press(book_of(tmp_path / "book.xlsx", clients, groups))
    assert cells["total"] == [100.0 * (groups * (clients - 1) + 1)]
    assert sum(filter(None, cells["client_sum"])) == cells["total"][0]
    assert (cells["client"][0], cells["client"][-1]) == ("Client 01", "6 other clients")
    assert cells["last"] == [600.0] * MAP_PRODUCTS


def test_a_proposal_marked_with_yes_becomes_an_opportunity_once(plans):
    press(plans)
    report, _, spots = press(plans, mark("Client 01"))
    assert [(deal.what, deal.amount) for deal in report.taken.new] == [("Group 02", 100.0)]
    assert (spots[0][:3], spots[0][4], report.kept) == (["Client 01", "Group 02", 100.0], "in the plan", [])
    cells = typed(plans)["C01"]
    assert (cells["kam_opportunity_what[0]"], cells["kam_opportunity_stage[0]"]) == ("Group 02", "Lead")
    assert press(plans)[0].taken is None


def test_a_proposal_without_a_plan_to_take_it_stays_marked_and_is_told(tmp_path):
    path = book_of(tmp_path / "book.xlsx", 4, 2)
    press(path)
    report, _, spots = press(path, mark("Client 01"))
    assert (list(report.taken.left_out), spots[0][4]) == (["no-plan"], "yes")


def test_documents_are_not_added_up_by_a_button(tmp_path):
    path = book_of(tmp_path / "book.xlsx", 4, 2, ("Client ID", "Product group", "Revenue", "Status"))
    with opened(path) as book, pytest.raises(DocumentsError, match="see the columns"):
        whitespace(book, OPTIONS)


@pytest.mark.parametrize("button", [actions.refresh, actions.build_plans])
def test_a_refresh_and_a_build_bring_the_sheets_up_to_date(plans, button):
    press(plans)
    press(plans, mark("Client 01", "perhaps"))
    with opened(plans) as book:
        book.sheets["Products"]["C2"].value = 150
        report = button(book, OPTIONS)
        sheets = OurSheets(book)
        spots = sheets.find(OurSheet.WHITE_SPOTS).sheet.tables[0].data_body_range.options(ndim=2).value
        assert sheets.find(OurSheet.WHITESPACE).cells("kam_map_total") == [750.0]
        assert (spots[0][:2], spots[0][4], report.kept) == (["Client 01", "Group 02"], "perhaps", [])


def test_without_product_groups_in_the_workbook_the_sheets_stay_as_they_were_and_that_is_told(plans):
    press(plans)
    with opened(plans) as book:
        book.sheets["Products"].delete()
        report = actions.refresh(book, OPTIONS)
        assert [finding.code for finding in report.findings][-1] == "whitespace-old"
        assert OurSheets(book).find(OurSheet.WHITESPACE).cells("kam_map_total") == [700.0]


def test_rows_of_the_map_without_a_client_are_hidden_and_shown_when_one_comes(tmp_path):
    path = book_of(tmp_path / "book.xlsx", 4, 2)

    def shown():
        press(path)
        sheet = openpyxl.load_workbook(path)["Whitespace"]
        first = next(row for (row,) in sheet["A1:A60"] if row.value == "Client 01").row
        return [not sheet.row_dimensions[row].hidden for row in range(first, first + MAP_CLIENTS)]

    assert shown() == [True] * 4 + [False] * (MAP_CLIENTS - 4)
    with edited(path) as book:
        book["Clients"].append(["C05", "Client 05", "Food", 200, "yes"])
    assert shown() == [True] * 5 + [False] * (MAP_CLIENTS - 5)


def test_a_row_of_the_map_is_as_high_as_its_client_s_name_needs(tmp_path):
    path = book_of(tmp_path / "book.xlsx", 4, 2)
    with edited(path) as book:
        book["Clients"]["B3"] = "Joint-Stock Company International Petrochemical Holding of the North and the East"
    press(path)
    sheet = openpyxl.load_workbook(path)["Whitespace"]
    heights = {cell.value: sheet.row_dimensions[cell.row].height for (cell,) in sheet["A1:A60"] if cell.value}
    long = next(name for name in heights if str(name).startswith("Joint-Stock"))
    assert heights[long] > 1.7 * (heights["Client 01"] or 15)
