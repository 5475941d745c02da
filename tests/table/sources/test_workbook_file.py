import openpyxl
import pytest

from kam_xl.table.errors import FileUnreadableError
from kam_xl.table.reader import read
from kam_xl.table.sources.files import open_file
from tests.table.books import edit_part, make_xlsx

HEADERS = [{"header": "Client"}, {"header": "Revenue"}]
ROWS = [["Client", "Revenue"], ["Nord", 1.5], ["Süd", None]]


def test_error_values_which_calamine_leaves_blank_are_put_back(tmp_path):
    path = make_xlsx(tmp_path / "book.xlsx", {"Other": [], "A & B": ROWS}, errors=[("A & B", "B3", "#DIV/0!")])
    assert open_file(path).grid("A & B").rows == [*ROWS[:2], ["Süd", "#DIV/0!"]]


def test_formulas_without_values_are_told_from_blanks(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Client", "Revenue"])
    book.active.append(["Nord", "=1+1"])
    book.save(tmp_path / "book.xlsx")
    assert open_file(tmp_path / "book.xlsx").grid("Sheet").rows == [["Client", "Revenue"], ["Nord", "#FORMULA!"]]


def test_an_empty_text_from_a_formula_is_a_blank(tmp_path):
    path = make_xlsx(tmp_path / "book.xlsx", {"Clients": ROWS}, errors=[("Clients", "B3", "")])
    # Excel says that the empty value is a text.
    edit_part(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'<c r="B3">', b'<c r="B3" t="str">'))
    assert open_file(path).grid("Clients").rows == [*ROWS[:2], ["Süd", ""]]


def test_sheets_of_our_own_are_not_looked_at(tmp_path):
    path = make_xlsx(
        tmp_path / "book.xlsx",
        {"Clients": ROWS, "Nord & Co's": ROWS, "Key accounts": ROWS},
        names=[("'Nord & Co's'!kam_sheet", '="plan"'), ("'Key accounts'!kam_sheet", '="key_accounts"')],
    )
    source = open_file(path)
    assert (source.sheets(), source.all_sheets()) == (["Clients"], ["Clients", "Nord & Co's", "Key accounts"])


def test_an_excel_table_is_read_with_its_header_and_without_its_totals(tmp_path):
    rows = [["Notes"], [], [None, "Client", "Revenue"], [None, "Nord", 1.0], [None, "Süd", 2.0], [None, "Total", 3.0]]
    options = {"name": "Sales", "total_row": True, "columns": HEADERS}
    path = make_xlsx(tmp_path / "book.xlsx", {"Data": rows}, tables=[("Data", "B3:C6", options)])
    grid = open_file(path).table("sales")
    assert (grid.sheet, grid.top, grid.left) == ("Data", 3, 2)
    assert grid.rows == [["Client", "Revenue"], ["Nord", 1.0], ["Süd", 2.0]]


def test_an_excel_table_without_a_header_row_has_the_titles_of_its_columns(tmp_path):
    options = {"name": "Sales", "header_row": False, "columns": HEADERS}
    path = make_xlsx(
        tmp_path / "book.xlsx", {"Data": [[], ["Nord", 1.0], ["Süd", 2.0]]}, tables=[("Data", "A2:B3", options)]
    )
    grid = open_file(path).table("Sales")
    assert (grid.top, grid.left, grid.rows) == (1, 1, [["Client", "Revenue"], ["Nord", 1.0], ["Süd", 2.0]])


def test_error_values_in_an_excel_table_are_no_blanks(tmp_path):
    errors, tables = [("Data", "B3", "#DIV/0!")], [("Data", "A1:B3", {"name": "Sales", "columns": HEADERS})]
    path = make_xlsx(tmp_path / "book.xlsx", {"Data": ROWS}, errors=errors, tables=tables)
    assert open_file(path).table("Sales").rows == [*ROWS[:2], ["Süd", "#DIV/0!"]]


def test_an_excel_table_on_a_sheet_that_is_too_large_is_refused(tmp_path):
    tables = [("Data", "A1:B3", {"name": "Sales", "columns": HEADERS})]
    path = make_xlsx(tmp_path / "book.xlsx", {"Data": ROWS}, tables=tables)
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    edit_part(path, "xl/worksheets/sheet1.xml", lambda part: part.replace(b"</sheetData>", far))
    with pytest.raises(FileUnreadableError, match="the sheet is too large"):
        open_file(path).table("Sales")


def test_a_table_keeps_its_place_on_the_sheet(tmp_path):
    path = make_xlsx(tmp_path / "book.xlsx", {"Data": [[], [], [None, "Client"]]})
    grid = open_file(path).grid("Data")
    assert (grid.top, grid.left, grid.cell(0, 0)) == (3, 2, "B3")


REGIONS = [("North", 9, 0), ("Alfa", 4, 1), ("Beta", 5, 1), ("South", 3, 0), ("Gamma", 3, 1)]


def outlined(path, rows, *, heads_below):
    """A sheet with a title above its table, its rows grouped as Excel groups them."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.sheet_properties.outlinePr.summaryBelow = heads_below
    for row in (["Sales in 2025"], [], ["Client", "Revenue"], *(row[:2] for row in rows)):
        sheet.append(row)
    for number, (*_, depth) in enumerate(rows, start=4):
        sheet.row_dimensions[number].outlineLevel = depth
    book.save(path)
    return path


@pytest.mark.parametrize("heads_below", [True, False])
def test_rows_that_head_groups_of_an_outline_are_left_out_and_told(tmp_path, heads_below):
    rows = [*(REGIONS[::-1] if heads_below else REGIONS), ("Total", 12, 0)]
    table = read(outlined(tmp_path / "book.xlsx", rows, heads_below=heads_below))
    assert sorted((client.client, client.revenue) for client in table.clients()) == [
        ("Alfa", 4.0),
        ("Beta", 5.0),
        ("Gamma", 3.0),
    ]
    heads = [(each.cell, each.value) for each in table.findings if each.code == "group-row"]
    assert heads == ([("A5", "South"), ("A8", "North")] if heads_below else [("A4", "North"), ("A7", "South")])
    assert table.interpretation.total_agrees


@pytest.mark.parametrize("heads_below", [True, False])
def test_the_only_group_of_an_outline_is_left_out(tmp_path, heads_below):
    # Too few rows for their sums alone to tell.
    rows = REGIONS[2::-1] if heads_below else REGIONS[:3]
    table = read(outlined(tmp_path / "book.xlsx", rows, heads_below=heads_below))
    assert {client.client for client in table.clients()} == {"Alfa", "Beta"}


def test_rows_folded_away_are_clients_as_the_others(tmp_path):
    rows = [("Alfa", 4, 0), ("Beta", 5, 1), ("Gamma", 6, 1), ("Delta", 7, 0)]
    table = read(outlined(tmp_path / "book.xlsx", rows, heads_below=True))
    assert [client.client for client in table.clients()] == ["Alfa", "Beta", "Gamma", "Delta"]


def test_a_sheet_without_groups_has_no_outline(tmp_path):
    grid = open_file(make_xlsx(tmp_path / "book.xlsx", {"Clients": ROWS})).grid("Clients")
    assert (grid.outline.depths, grid.depth(1)) == ((), 0)


def test_sheets_joined_into_one_table_keep_their_outlines(tmp_path):
    book = openpyxl.load_workbook(outlined(tmp_path / "book.xlsx", REGIONS[:3], heads_below=False))
    west = book.create_sheet("West")
    for row in (["Sales"], [], ["Client", "Revenue"], ["West", 9], ["Delta", 2], ["Echo", 7]):
        west.append(row)
    for number in (5, 6):
        west.row_dimensions[number].outlineLevel = 1
    book.save(tmp_path / "book.xlsx")
    table = read(tmp_path / "book.xlsx")
    assert [client.client for client in table.clients()] == ["Alfa", "Beta", "Delta", "Echo"]


def test_indented_names_stand_below_their_heads(tmp_path):
    book = openpyxl.Workbook()
    for row in (["Client", "Sales 2025"], ["North", 300], ["Acme", 100], ["Birch", 200], ["South", 50], ["Cedar", 50]):
        book.active.append(row)
    for row in (3, 4, 6):
        book.active.cell(row, 1).alignment = openpyxl.styles.Alignment(indent=1)
    book.save(tmp_path / "indented.xlsx")
    table = read(tmp_path / "indented.xlsx")
    assert table.fields["client"] == ["Acme", "Birch", "Cedar"]
    assert [each.code for each in table.interpretation.left_out] == ["group-row"]


def formatted(path, rows, formats):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cell, code in formats.items():
        book.active[cell].number_format = code
    book.save(path)
    return path


def test_a_share_shown_as_a_percentage_is_one_beside_percentages_in_words_and_in_numbers(tmp_path):
    rows = [["Client", "Revenue", "Share of wallet, %"], ["Nord", 600, 40], ["Süd", 600, "40%"], ["Ost", 600, 0.4]]
    table = read(formatted(tmp_path / "book.xlsx", rows, {"C4": "0%"}))
    assert [client.procurement_budget for client in table.clients()] == [1500, 1500, 1500]


def test_a_percentage_is_no_amount_also_where_only_its_format_says_so(tmp_path):
    rows = [["Client", "Revenue", "Margin"], ["Nord", 600, 0.4], ["Süd", 600, 90], ["Ost", 600, 80]]
    table = read(formatted(tmp_path / "book.xlsx", rows, {"C2": "0%"}))
    assert [client.margin for client in table.clients()] == [None, 90, 80]
    assert [finding.cell for finding in table.findings if finding.code == "not-a-number"] == ["C2"]


def test_currencies_that_only_number_formats_name_are_never_added_up(tmp_path):
    rows = [["Client", "Revenue"], ["Nord", 600], ["Süd", 600]]
    table = read(formatted(tmp_path / "book.xlsx", rows, {"B2": "$#,##0", "B3": '#,##0 "₽"'}))
    assert table.several_currencies


def test_the_currency_of_all_number_formats_is_that_of_the_table(tmp_path):
    rows = [["Client", "Revenue"], ["Nord", 600], ["Süd", 600]]
    assert read(formatted(tmp_path / "book.xlsx", rows, {"B2": "[$€-2] #,##0", "B3": "[$€-2] #,##0"})).currency == "EUR"


@pytest.mark.parametrize(("header", "revenue"), [("Revenue, kEUR", None), ("Revenue, EUR", 1220000)])
def test_amounts_shown_in_thousands_below_a_header_of_thousands_are_unknown_and_told(tmp_path, header, revenue):
    rows = [["Client", header], ["Nord", 1220000], ["Süd", 2440000]]
    table = read(formatted(tmp_path / "book.xlsx", rows, {"B2": "#,##0,", "B3": "#,##0,"}))
    assert table.clients()[0].revenue == revenue
    assert ("shown-divided" in [finding.code for finding in table.findings]) == (revenue is None)
