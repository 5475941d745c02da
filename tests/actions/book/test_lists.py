"""What people do to the lists: their columns, their rows, their formulas stay with what they belong to."""

import openpyxl
import pytest
import xlwings as xw
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import SortCondition, SortState
from openpyxl.worksheet.table import TableColumn

from kam_xl.plan.reports.report_fields import KEY_ACCOUNTS
from tests.actions.test_build import named
from tests.tables import edited, write_table

TOP = 5
CODES = [column.code for column in KEY_ACCOUNTS]
CLIENT, ID, PLAN, REVENUE = (CODES.index(code) + 1 for code in ("client", "client_id", "plan", "revenue"))
LAST, BESIDE = get_column_letter(len(CODES)), get_column_letter(len(CODES) + 1)


@pytest.fixture
def rebuilt(build, plans_xlsx, tmp_path):
    """Build, change the workbook as a person would, build again; returns the sheet of key accounts."""

    def rebuilt(change):
        again = tmp_path / "again.xlsx"
        with edited(plans_xlsx) as book:
            change(book, book["Key accounts"])
        rebuilt.report = build(plans_xlsx, again)
        rebuilt.book = openpyxl.load_workbook(again)
        return rebuilt.book["Key accounts"]

    return rebuilt


def column_of(sheet, title):
    return next(cell.column for cell in sheet[TOP] if cell.value == title)


def row_of(sheet, client):
    return next(row[0].row for row in sheet.iter_rows(min_row=TOP + 1) if row[CLIENT - 1].value == client)


def add_column(sheet, title):
    table = sheet.tables["kam_key_accounts"]
    first, last = table.ref.split(":")
    column = sheet[last].column + 1
    sheet.cell(TOP, column, title)
    table.ref = table.autoFilter.ref = f"{first}:{sheet.cell(sheet[last].row, column).coordinate}"
    table.tableColumns.append(TableColumn(id=len(table.tableColumns) + 1, name=title))
    return column


def lengthen(sheet, rows):
    table = sheet.tables["kam_key_accounts"]
    first, last = table.ref.split(":")
    end = sheet[last]
    table.ref = table.autoFilter.ref = f"{first}:{sheet.cell(end.row + rows, end.column).coordinate}"
    return end.row + 1


def overtake(book):
    book["Clients"]["E3"] = 5000  # Alfa becomes the first


def test_formulas_in_a_person_s_column_follow_their_row(rebuilt):
    def change(book, sheet):
        column = add_column(sheet, "Twice")
        for row in range(TOP + 1, TOP + 5):
            sheet.cell(row, column, f"={get_column_letter(REVENUE)}{row}*2+$A$1")
        overtake(book)

    sheet = rebuilt(change)
    column = column_of(sheet, "Twice")
    assert [sheet.cell(row, column).value for row in range(TOP + 1, TOP + 5)] == [
        f"={get_column_letter(REVENUE)}{row}*2+$A$1" for row in range(TOP + 1, TOP + 5)
    ]


def test_a_new_row_gets_the_formula_of_a_person_s_column(rebuilt):
    def change(book, sheet):
        column = add_column(sheet, "Twice")
        for row in range(TOP + 1, TOP + 5):
            sheet.cell(row, column, f"={get_column_letter(REVENUE)}{row}*2")
        book["Clients"].append(["C07", "Newcomer", "Gas", "Ann", 300, 400, None, None])

    sheet = rebuilt(change)
    row = row_of(sheet, "Newcomer")
    assert sheet.cell(row, column_of(sheet, "Twice")).value == f"={get_column_letter(REVENUE)}{row}*2"


def test_rows_that_a_person_added_stay_at_the_end(rebuilt):
    def change(book, sheet):
        column = add_column(sheet, "Note")
        first = lengthen(sheet, 3)
        sheet.cell(first, column, "a remark of its own")
        sheet.cell(first + 1, CLIENT, "A prospect")
        sheet.cell(first + 2, CLIENT, "Another prospect")
        overtake(book)

    sheet = rebuilt(change)
    column = column_of(sheet, "Note")
    assert [(sheet.cell(row, CLIENT).value, sheet.cell(row, column).value) for row in range(TOP + 5, TOP + 9)] == [
        (None, "a remark of its own"),
        ("A prospect", None),
        ("Another prospect", None),
        (None, None),
    ]
    assert sheet.tables["kam_key_accounts"].ref.endswith(str(TOP + 7))


def test_a_formula_or_text_over_a_computed_cell_stays_and_is_reported(rebuilt):
    def change(book, sheet):
        row = row_of(sheet, "Alfa")
        sheet.cell(row, PLAN, "see the folder")  # in place of the link to the plan
        sheet.cell(row, REVENUE, "=5+5")
        named(book["Nordwerk"], "kam_revenue")[0].value = "=500+100"
        book["Clients"]["E2"] = 650
        overtake(book)

    sheet = rebuilt(change)
    row = row_of(sheet, "Alfa")
    assert (sheet.cell(row, PLAN).value, sheet.cell(row, REVENUE).value) == ("see the folder", "=5+5")
    assert named(rebuilt.book["Nordwerk"], "kam_revenue")[0].value == "=500+100"
    kept = rebuilt.report.kept
    assert [address.partition("!")[0] for address in kept] == ["Nordwerk", "Key accounts", "Key accounts"]


def add_totals(sheet):
    row = lengthen(sheet, 1)
    table = sheet.tables["kam_key_accounts"]
    table.totalsRowCount, table.totalsRowShown = 1, True
    table.autoFilter.ref = f"A{TOP}:{LAST}{row - 1}"
    table.tableColumns[0].totalsRowLabel, table.tableColumns[REVENUE - 1].totalsRowFunction = "All", "sum"
    sheet.cell(row, 1, "All")
    sheet.cell(row, REVENUE, "=SUBTOTAL(109,kam_key_accounts[Revenue])")


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_a_row_of_totals_stays_below_the_last_account(rebuilt, more):
    def change(book, sheet):
        add_totals(sheet)
        if more > 0:
            book["Clients"].append(["C07", "Newcomer", "Gas", "Ann", 300, 400, None, None])
        if more < 0:
            del book["Alfa"]
            book["Clients"]["F3"] = None
            sheet.cell(row_of(sheet, "Alfa"), ID, None)  # somebody emptied the row of Alfa
            for cell in sheet[row_of(sheet, "Alfa")]:
                cell.value = None

    sheet = rebuilt(change)
    table, last = sheet.tables["kam_key_accounts"], TOP + 5 + more
    assert (table.ref, table.totalsRowCount) == (f"A{TOP}:{LAST}{last}", 1)
    assert (sheet.cell(last, 1).value, sheet.cell(last, REVENUE).value) == (
        "All",
        "=SUBTOTAL(109,kam_key_accounts[Revenue])",
    )
    assert all(sheet.cell(row, ID).value for row in range(TOP + 1, last))
    assert sheet.cell(last + 1, 1).value is None


@pytest.mark.parametrize("totals", [False, True])
def test_a_column_typed_beside_the_table_stays_with_its_clients_and_joins_the_table(rebuilt, totals):
    def change(book, sheet):
        column = sheet[sheet.tables["kam_key_accounts"].ref.split(":")[1]].column + 1
        if totals:
            add_totals(sheet)
            sheet.cell(TOP + 5, column, "in all")
            book["Clients"].append(["C07", "Newcomer", "Gas", "Ann", 3000, 4000, None, None])
        sheet.cell(TOP, column, "Mood")
        sheet.cell(TOP, column + 1, 2027)
        for row in range(TOP + 1, TOP + 5):
            sheet.cell(row, column, "mood of " + sheet.cell(row, CLIENT).value)
            sheet.cell(row, column + 1, f"=LEN(A{row})")
        overtake(book)

    sheet = rebuilt(change)
    mood, last = column_of(sheet, "Mood"), TOP + 4 + 2 * totals
    assert sheet.tables["kam_key_accounts"].ref == f"A{TOP}:{get_column_letter(mood + 1)}{last}"
    rows = {sheet.cell(row, CLIENT).value: sheet.cell(row, mood).value for row in range(TOP + 1, last + 1 - totals)}
    assert next(iter(rows)) == "Alfa"
    assert rows == {client: None if client == "Newcomer" else f"mood of {client}" for client in rows}
    assert sheet.cell(TOP, mood + 1).value == "2027"
    assert sheet.cell(TOP + 3, mood + 1).value == f"=LEN(A{TOP + 3})"
    if totals:
        assert sheet.cell(last, mood).value == "in all"
    assert not [each for each in rebuilt.report.findings if each.code == "beside-the-list"]


def test_cells_beside_the_list_without_a_header_are_named_where_their_rows_move(rebuilt):
    def change(book, sheet):
        for client in ("Alfa", "Nordwerk"):
            sheet[f"{BESIDE}{row_of(sheet, client)}"] = "mood of " + client
        change.cells = {sheet[f"{BESIDE}{row_of(sheet, client)}"].coordinate for client in ("Alfa", "Nordwerk")}
        overtake(book)

    sheet = rebuilt(change)
    found = next(each for each in rebuilt.report.findings if each.code == "beside-the-list")
    assert (found.sheet, found.grade) == ("Key accounts", "warning")
    assert all(cell in found.message.render("en") for cell in change.cells)
    assert sorted(change.cells) == sorted(cell.coordinate for cell in sheet[BESIDE] if cell.value)


def test_cells_beside_the_list_are_no_matter_where_no_row_moves(rebuilt):
    rebuilt(lambda book, sheet: sheet.__setitem__(f"{BESIDE}{TOP + 1}", "mood"))
    assert not [each for each in rebuilt.report.findings if each.code == "beside-the-list"]


def test_a_list_made_a_plain_range_becomes_a_table_again(rebuilt):
    def change(book, sheet):
        del sheet.tables["kam_key_accounts"]
        sheet[f"{BESIDE}{TOP}"] = "Note"
        sheet[f"{BESIDE}{row_of(sheet, 'Alfa')}"] = "about Alfa"
        overtake(book)

    sheet = rebuilt(change)
    assert [table.ref for table in sheet.tables.values()] == [f"A{TOP}:{BESIDE}{TOP + 4}"]
    assert sheet[f"{BESIDE}{row_of(sheet, 'Alfa')}"].value == "about Alfa"


def filter_but(sheet, client):
    """Filter the list for one client and sort it, as Excel stores that."""
    table = sheet.tables["kam_key_accounts"]
    table.autoFilter.add_filter_column(CLIENT - 1, [client])
    table.sortState = SortState(ref=f"A{TOP + 1}:{LAST}{TOP + 4}", sortCondition=[SortCondition(ref=f"B{TOP + 1}")])
    for row in range(TOP + 1, TOP + 5):
        sheet.row_dimensions[row].hidden = sheet.cell(row, CLIENT).value != client


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_a_filtered_list_shows_all_accounts_again_and_keeps_its_buttons(rebuilt, more):
    def change(book, sheet):
        filter_but(sheet, "Nordwerk")
        if more >= 0:
            overtake(book)
        if more > 0:
            book["Clients"].append(["C07", "Newcomer", "Gas", "Ann", 3000, 4000, None, None])
            sheet.row_dimensions[TOP + 5].hidden = True  # a row below that the list grows into
        if more < 0:
            del book["Alfa"]
            book["Clients"]["F3"] = None
            for cell in sheet[row_of(sheet, "Alfa")]:
                cell.value = None

    sheet = rebuilt(change)
    table = sheet.tables["kam_key_accounts"]
    assert [row for row, said in sheet.row_dimensions.items() if said.hidden and row > TOP] == []
    assert (table.autoFilter.filterColumn, table.sortState) == ([], None)
    assert table.ref == table.autoFilter.ref == f"A{TOP}:{LAST}{TOP + 4 + more}"


def test_findings_are_not_repeated_where_links_lost_their_values(rebuilt):
    def change(book, sheet):  # openpyxl keeps no values of formulas
        book["Clients"]["E4"] = -5

    rebuilt(change)
    first = [row[5].value for row in rebuilt.book["Data check"].iter_rows(min_row=TOP + 1) if row[5].value]
    assert len(first) == len(set(first)) == len(rebuilt.report.findings)


def test_comments_on_two_rows_of_one_id_both_stay(build, clients_xlsx, tmp_path):
    with edited(clients_xlsx) as book:
        book["Clients"].append(["C01", "Nordwerk again", "Energy", "Ann", 300, 400, "yes", None])
    plans, again = tmp_path / "plans.xlsx", tmp_path / "again.xlsx"
    build(clients_xlsx, plans)
    with edited(plans) as book:
        sheet = book["Key accounts"]
        column = add_column(sheet, "Note")
        for row in range(TOP + 1, TOP + 6):
            sheet.cell(row, column, f"about {sheet.cell(row, CLIENT).value}")
    build(plans, again)
    sheet = openpyxl.load_workbook(again)["Key accounts"]
    assert [sheet.cell(row, column).value for row in range(TOP + 1, TOP + 6)] == [
        f"about {sheet.cell(row, CLIENT).value}" for row in range(TOP + 1, TOP + 6)
    ]


def test_bold_words_in_a_comment_stay_bold_where_nothing_moves(rebuilt, tmp_path):
    note = CellRichText("first ", TextBlock(InlineFont(b=True), "call Ann"))

    def change(book, sheet):
        sheet.cell(TOP + 1, add_column(sheet, "Note"), note)
        book["Clients"]["E2"] = 650  # numbers of the same row change

    rebuilt(change)
    sheet = openpyxl.load_workbook(tmp_path / "again.xlsx", rich_text=True)["Key accounts"]
    assert sheet.cell(TOP + 1, column_of(sheet, "Note")).value == note


def test_rows_of_ids_that_look_numbered_keep_their_comments(rebuilt):
    def change(book, sheet):
        column, first = add_column(sheet, "Note"), lengthen(sheet, 3)
        for row, client_id in enumerate(("A", "A", "A (2)"), first):
            sheet.cell(row, ID, client_id)
            sheet.cell(row, column, f"note {row - first}")

    sheet = rebuilt(change)
    column = column_of(sheet, "Note")
    assert [sheet.cell(row, column).value for row in range(TOP + 5, TOP + 8)] == ["note 0", "note 1", "note 2"]


def test_a_plan_that_lost_its_id_is_no_template(build, plans_xlsx, tmp_path):
    again = tmp_path / "again.xlsx"
    app = xw.engines["file"].apps.add()
    book = app.books.open(plans_xlsx)
    plan = book.sheets["Nordwerk"]
    cells = {name.name.rpartition("!")[2]: name for name in plan.names}
    cells["kam_goal"].refers_to_range.value = "a secret of Nordwerk"
    cells["kam_client_id"].delete()
    book.sheets["Plan template"].delete()
    book.save(plans_xlsx)
    build(plans_xlsx, again)
    book = openpyxl.load_workbook(again)
    assert [sheet.title for sheet in book for row in sheet for cell in row if cell.value == "a secret of Nordwerk"] == [
        "Nordwerk"
    ]


def test_the_record_holds_nothing_of_rows_that_are_gone(build, clients_xlsx, tmp_path):
    with edited(clients_xlsx) as book:
        book["Clients"]["E4"] = -5
    sizes = []
    for lang in ("en", "ru", "en"):  # each finding has other words in each language
        build(clients_xlsx, clients_xlsx, lang=lang)
        sizes.append(openpyxl.load_workbook(clients_xlsx)["KAM record"].max_row)
    assert sizes[0] == sizes[2]


def test_colours_reach_every_row_of_a_long_list(build, tmp_path):
    # Negative budgets: a finding for each client, in more rows than fit on two screens.
    clients = [[f"C{number:03}", f"Client {number}", "Energy", "Ann", 10, -1, None, None] for number in range(150)]
    report = build(write_table(tmp_path / "long.xlsx", clients, competitors=None), tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Data check"]
    last = sheet[sheet.tables["kam_findings"].ref.split(":")[1]].row
    ends = {int(each.max_row) for area in sheet.conditional_formatting for each in area.sqref.ranges}
    assert (len(report.findings) >= len(clients), min(ends) >= last > len(clients)) == (True, True)
