import openpyxl

from kam_xl.table.files import open_file
from tests.table.books import edit_part, make_xlsx

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
    options = {"name": "Sales", "total_row": True, "columns": [{"header": "Client"}, {"header": "Revenue"}]}
    path = make_xlsx(tmp_path / "book.xlsx", {"Data": rows}, tables=[("Data", "B3:C6", options)])
    grid = open_file(path).table("sales")
    assert (grid.sheet, grid.top, grid.left) == ("Data", 3, 2)
    assert grid.rows == [["Client", "Revenue"], ["Nord", 1.0], ["Süd", 2.0]]


def test_a_table_keeps_its_place_on_the_sheet(tmp_path):
    path = make_xlsx(tmp_path / "book.xlsx", {"Data": [[], [], [None, "Client"]]})
    grid = open_file(path).grid("Data")
    assert (grid.top, grid.left, grid.cell(0, 0)) == (3, 2, "B3")
