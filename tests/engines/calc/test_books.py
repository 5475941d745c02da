"""Books, sheets, names, tables, and what a copy carries."""

import subprocess

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName

from kam_xl.engines.abilities import save_copy
from kam_xl.engines.calc.bridge import properties
from kam_xl.engines.errors import EditError
from kam_xl.engines.stamp import Fill, stamp

pytestmark = pytest.mark.slow

RED, GREEN = (PatternFill("solid", bgColor=colour) for colour in ("FFFF0000", "FF00FF00"))


@pytest.fixture
def template(tmp_path, app):
    """A book from Excel with a sheet that has names, a chart with a named series, conditions, frozen rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Plan"
    for row in (["Client", None], ["Revenue", 1], ["Budget", "=B2*2"]):
        sheet.append(row)
    for name, cell in (("client", "B1"), ("revenue", "B2")):
        sheet.defined_names[name] = DefinedName(name, attr_text=f"Plan!${cell[0]}${cell[1]}")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=2, max_row=3))
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=3))
    chart.series[0].tx = openpyxl.chart.series.SeriesLabel(v="Money, in all")
    sheet.add_chart(chart, "D2")
    for cell in ("B1", "B5", "A7"):
        sheet.conditional_formatting.add(cell, FormulaRule([f'{cell}="Nord"'], fill=RED))
    sheet["B1"].font = Font(size=9)
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    book.save(tmp_path / "template.xlsx")
    opened = app.books.open(tmp_path / "template.xlsx")
    yield opened
    opened.close()


def test_sheets_come_and_go(book):
    book.sheets.add("Мой 'лист' А", after=book.sheets[-1])
    book.sheets[0].name = "First"
    book.sheets["First"].move(after=book.sheets[-1])
    assert [(sheet.name, sheet.index) for sheet in book.sheets] == [("Мой 'лист' А", 1), ("First", 2)]
    book.sheets["first"].delete()
    assert book.sheet_names == ["Мой 'лист' А"]
    with pytest.raises(EditError, match="not a valid sheet name"):
        book.sheets[0].name = "'a"


def test_names_of_the_book_and_of_a_sheet(book, sheet):
    book.names.add("rate", "=Sheet1!$A$1:$B$2")
    sheet.names.add("rate", "=Sheet1!$C$3")
    sheet.names.add("kind", '="plan"')
    assert [name.name for name in book.names] == ["rate", "Sheet1!kind", "Sheet1!rate"]
    assert [name.refers_to for name in book.names] == ["=Sheet1!$A$1:$B$2", '="plan"', "=Sheet1!$C$3"]
    assert book.names["rate"].refers_to_range.address == "$A$1:$B$2"
    sheet.names["kind"].delete()
    assert "kind" not in sheet.names


def test_a_name_whose_cells_are_gone_says_so(sheet):
    sheet.names.add("gone", "=Sheet1!$A$5")
    sheet["A5"].delete("up")
    assert "#REF!" in sheet.names["gone"].refers_to


def test_a_table_grows_with_its_totals_and_looks(sheet):
    sheet["A1"].value = [["a", "b"], [1, 2], ["sum", "=SUM(B2:B2)"]]
    sheet["A2:B2"].color = (255, 0, 0)
    table = sheet.tables.add(sheet["A1:B3"], name="Sales")
    table.impl.api.TotalsRow = True
    table.resize(sheet["A1:B5"])
    assert (table.data_body_range.address, table.totals_row_range.value) == ("$A$2:$B$4", ["sum", 2])
    assert sheet["A4"].color == (255, 0, 0)


def test_a_file_is_saved_as_what_its_name_says(book, tmp_path):
    book.sheets[0]["A1"].value = "x"
    for name in ("a.ods", "a.xlsx"):
        book.save(tmp_path / name)
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").active["A1"].value == "x"
    assert (tmp_path / "a.ods").read_bytes()[30:84] == b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
    assert (book.name, book.fullname) == ("a.xlsx", str(tmp_path / "a.xlsx"))


def test_a_copy_is_the_book_as_it_is_now_which_stays_unsaved(book, tmp_path):
    book.sheets[0]["A1"].value = "x"
    save_copy(book, tmp_path / "copy.xlsx")
    assert openpyxl.load_workbook(tmp_path / "copy.xlsx").active["A1"].value == "x"
    assert (book.impl.path, bool(book.api.isModified())) == (None, True)


def test_a_sheet_is_printed_alone_even_if_others_have_print_areas(book, tmp_path):
    book.sheets.add("Second", after=book.sheets[0])
    for sheet in book.sheets:
        sheet["A1"].value = f"text of {sheet.name}"
        sheet.page_setup.print_area = "$A$1:$B$2"
    book.to_pdf(tmp_path / "second.pdf", include=["Second"])
    assert printed(tmp_path / "second.pdf") == ["Second", "text of Second", "Page 1"]  # with head and foot
    assert [(sheet.visible, sheet.page_setup.print_area) for sheet in book.sheets] == [(True, "$A$1:$B$2")] * 2


def printed(path):
    """The lines of text in a PDF."""
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True)
    return [line.strip() for line in done.stdout.splitlines() if line.strip()]


def places(sheet):
    """Where the categories and series of a sheet's chart come from, and their names."""
    chart = sheet.api.getDrawPage().getByIndex(0).Model
    found = [(each.getValues(), each.getLabel()) for each in chart.getDataSequences()]
    return [(v.getSourceRangeRepresentation(), n and n.getSourceRangeRepresentation()) for v, n in found]


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_copy_shows_and_calculates_with_its_own_cells(template, book, elsewhere):
    target = book if elsewhere else template
    copy = template.sheets["Plan"].copy(after=target.sheets[-1], name="Nord's")
    copy["B2"].value = 5
    assert (copy["B3"].value, copy.names["revenue"].refers_to) == (10, "='Nord''s'!$B$2")
    again = copy.copy(after=target.sheets[-1], name="Süd")
    assert places(copy) == [("$'Nord''s'.$A$2:$A$3", None), ("$'Nord''s'.$B$2:$B$3", '"Money, in all"')]
    assert places(again) == [("$Süd.$A$2:$A$3", None), ("$Süd.$B$2:$B$3", '"Money, in all"')]
    assert template.sheets["Plan"]["B2"].value == 1


def test_conditions_of_a_sheet_from_another_book_belong_to_their_own_cells(template, book):
    copy = template.sheets["Plan"].copy(after=book.sheets[-1])
    conditions = {cell: copy[cell].api.ConditionalFormat.getCount() for cell in ("B1", "B5", "A7", "C1")}
    assert conditions == {"B1": 1, "B5": 1, "A7": 1, "C1": 0}
    formats = copy.api.ConditionalFormats.getConditionalFormats()
    assert [each.ID for each in formats] == list(range(1, len(formats) + 1))


def test_conditions_of_a_sheet_from_another_book_are_those_that_it_had(template, book, tmp_path):
    template.sheets["Plan"].copy(after=book.sheets[-1])
    book.save(tmp_path / "copy.xlsx")
    formats = openpyxl.load_workbook(tmp_path / "copy.xlsx")["Plan"].conditional_formatting
    found = [(sorted(str(each.sqref).split()), rule.formula) for each in formats for rule in each.rules]
    assert found == [(["A7", "B1", "B5"], ['A1="Nord"'])]  # as seen from the corner of the block around them


def test_a_copy_shows_the_tints_of_its_original(app, tmp_path):
    """Calc joins equal conditions of a copy and leaves old numbers with the cells: only a picture tells."""
    file = openpyxl.Workbook()
    for cell, least, tint in (("A2", 5, RED), ("A6", 5, RED), ("C2", 0, GREEN), ("D4", 3, RED)):
        file.active[cell] = 1
        file.active.conditional_formatting.add(cell, FormulaRule([f"{cell}>{least}"], fill=tint))
    file.save(tmp_path / "tinted.xlsx")
    book = app.books.open(tmp_path / "tinted.xlsx")
    stamp(book.sheets[0], [Fill("First", {}), Fill("Second", {})], after=book.sheets[0])
    original, first, second = tinted(book, tmp_path)
    assert original[1]
    assert first == second == original
    book.close()


def tinted(book, folder):
    """How many dots of each printed page are red, and how many green."""
    target = properties(FilterName="calc_pdf_Export")
    book.api.storeToURL((folder / "printed.pdf").as_uri(), target)
    subprocess.run(["pdftoppm", "-r", "30", folder / "printed.pdf", folder / "page"], check=True)
    for page in sorted(folder.glob("page*.ppm")):
        dots = page.read_bytes().split(b"\n", 3)[3]
        dots = [dots[at : at + 3] for at in range(0, len(dots), 3)]
        yield dots.count(b"\xff\0\0"), dots.count(b"\0\xff\0")


def test_a_sheet_from_another_book_keeps_its_font_frozen_rows_and_paper(template, book, tmp_path):
    template.sheets["Plan"].copy(after=book.sheets[-1])
    book.save(tmp_path / "copy.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "copy.xlsx")["Plan"]
    assert (sheet["B1"].font.size, sheet.freeze_panes, sheet.page_setup.orientation) == (9, "A2", "landscape")


def test_stamped_sheets_are_filled_through_their_names(template):
    plan = template.sheets["Plan"]
    stamp(plan, [Fill("Nord", {"client": "=Nord", "revenue": 3}), Fill("Süd", {"revenue": 4, "none": 1})], after=plan)
    assert template.sheet_names == ["Plan", "Nord", "Süd"]
    assert [template.sheets[name]["B1:B3"].value for name in ("Nord", "Süd")] == [["=Nord", 3, 6], [None, 4, 8]]


def test_the_screen_is_restored(app, book):
    with app.properties(screen_updating=False, status_bar="working", calculation="manual"):
        assert (app.screen_updating, app.status_bar, app.calculation) == (False, "working", "manual")
    assert (app.screen_updating, app.status_bar, app.calculation) == (True, False, "automatic")
    assert not book.api.hasControllersLocked()


def test_a_message_that_nobody_can_see_is_printed(app, capsys):
    assert app.alert("Done: 14 plans", title="KAM") == "ok"
    assert capsys.readouterr().err == "KAM: Done: 14 plans\n"
