"""The functions in a real Calc: they bind, calculate as in Python, and are written back."""

from pathlib import Path

import openpyxl
import pytest

from kam_xl.engines.calc.bridge import properties, service, url
from kam_xl.functions import FUNCTIONS
from tests.addins.calc.sheets import Made, differences, shown, table_of, value_of

pytestmark = pytest.mark.slow

EXAMPLE = Path(__file__).parents[3] / "examples/clients_en.xlsx"
XLSX, ODS = "Calc MS Excel 2007 XML", "calc8"


def columns(header, **titles):
    return {name: header.index(title) for name, title in titles.items()}


@pytest.fixture(scope="module")
def example():
    table = table_of(EXAMPLE)
    places = columns(
        table[0],
        id="Client ID",
        revenue=next(title for title in table[0] if title and title.startswith("Revenue")),
        budget=next(title for title in table[0] if title and title.startswith("Procurement budget")),
        competitors=next(title for title in table[0] if title and title.startswith("Competitor revenue")),
    )
    return Made(table, places)


@pytest.fixture(scope="module")
def calculated(example, tmp_path_factory, opened_for_all):
    """The example's workbook, which holds no values, as Calc opens and calculates it."""
    path = tmp_path_factory.mktemp("made") / "made_for_excel.xlsx"
    example.book.save(path)
    document = opened_for_all(path)
    document.calculateAll()
    return document


def test_a_workbook_made_for_excel_calculates_as_python_does(example, calculated):
    assert differences(shown(calculated, example.answers), example.answers) == {}


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("clients_public_it_2019", ("Client ID", "Revenue", "Procurement budget", "Competitor revenue")),
        ("clients_wide_800", ("Код", "Выручка 2025, руб.", "Бюджет закупок, руб.", "Выручка 2025, руб.")),
    ],
)
def test_clients_of_a_file_calculate_as_python_does(shared, tmp_path, opened, name, titles):
    table = table_of(shared / f"data/{name}.xlsx")[:250]  # each row looks at all the others
    titles = dict(zip(("id", "revenue", "budget", "competitors"), titles, strict=True))
    made = Made(table, columns(table[0], **titles))
    made.book.save(tmp_path / "real.xlsx")
    document = opened(tmp_path / "real.xlsx")
    document.calculateAll()
    assert differences(shown(document, made.answers), made.answers) == {}


@pytest.mark.parametrize(("kind", "ending"), [(XLSX, "xlsx"), (ODS, "ods")])
def test_formulas_and_values_survive_a_round_trip(example, calculated, tmp_path, opened, kind, ending):
    target = tmp_path / f"stored.{ending}"
    calculated.storeToURL(url(target), properties(FilterName=kind))
    again = opened(target)
    again.calculateAll()
    assert differences(shown(again, example.answers), example.answers) == {}


def test_formulas_are_written_back_for_excel_as_they_came(example, calculated, tmp_path):
    calculated.storeToURL(url(tmp_path / "stored.xlsx"), properties(FilterName=XLSX))
    stored = openpyxl.load_workbook(tmp_path / "stored.xlsx")
    found = {
        (sheet, address): stored[sheet][address].value for sheet, address in example.formulas if sheet == "Clients"
    }
    assert found == {place: text for place, text in example.formulas.items() if place[0] == "Clients"}


@pytest.mark.parametrize("name", ["KeyAccounts.xlsm", "KeyAccounts_ru.xlsm"])
def test_the_workbook_calculates_to_the_values_it_was_built_with(opened, name):
    document = opened(EXAMPLE.parents[1] / "workbook" / name)
    places = [
        (sheet.Name, cells.AbsoluteName.rpartition(".")[2])
        for sheet in document.Sheets
        for cells in sheet.queryFormulaCells(7).Cells
    ]
    before = shown(document, places)
    document.calculateAll()
    assert differences(shown(document, places), before) == {}


@pytest.mark.parametrize("budget", ["", 0])
@pytest.mark.parametrize("revenue", ["", 0, 5])
def test_a_blank_budget_meets_no_criterion_in_the_workbook(opened, revenue, budget):
    """One blank cell is 0 to an optional argument there."""
    sheet = opened(EXAMPLE.parents[1] / "workbook/KeyAccounts.xlsm").Sheets.getByName("Clients")
    (titles,) = sheet.getCellRangeByName("A5:AE5").getDataArray()
    cells = {title: sheet.getCellByPosition(column, 5) for column, title in enumerate(titles)}
    typed = {"Revenue": revenue, "Procurement budget": budget, "Reference": "", "Expertise": "", "Potential": "High"}
    for title, value in typed.items():
        cells[title].setDataArray(((value,),))
    assert (value_of(cells["Rated potential"]), value_of(cells["Criteria met"])) == ("High", "")


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # of Calc's own in the file
def test_the_workbook_s_formulas_are_written_back_as_they_came(opened, tmp_path):
    source = EXAMPLE.parents[1] / "workbook/KeyAccounts.xlsm"
    opened(source).storeToURL(url(tmp_path / "stored.xlsx"), properties(FilterName=XLSX))
    theirs, ours = (openpyxl.load_workbook(path)["Clients"] for path in (source, tmp_path / "stored.xlsx"))
    assert [[cell.value for cell in row] for row in ours["J6:N44"]] == [
        [cell.value for cell in row] for row in theirs["J6:N44"]
    ]


def test_a_changed_input_changes_the_answer(opened):
    sheet = opened().Sheets.getByIndex(0)
    sheet.getCellRangeByName("A1:B1").setDataArray(((30, 120),))
    answer = sheet.getCellRangeByName("C1")
    answer.Formula = "=KAM_PENETRATION(A1;B1)"
    before = answer.Value
    sheet.getCellRangeByName("A1").Value = 60
    assert (before, answer.Value) == (0.25, 0.5)


CELLS = ((0, "", "x", "н/д"), (10, 20, 30, ""))  # A1:D2


@pytest.mark.parametrize(
    ("formula", "answer"),
    [
        ("KAM_PENETRATION(30;120)", 0.25),
        ("KAM_PENETRATION(A1;A2)", 0.0),
        ("KAM_PENETRATION(B1;A2)", "#N/A"),  # blank is not 0
        ("KAM_PENETRATION(D1;A2)", "#N/A"),
        ("KAM_PENETRATION(C1;A2)", "#VALUE!"),
        ("KAM_PENETRATION(-1;A2)", "#NUM!"),
        ("KAM_PENETRATION(1/0;A2)", "#DIV/0!"),
        ("KAM_PENETRATION(NA();A2)", "#N/A"),
        ("KAM_PENETRATION(A2;B2)*2", 1.0),
        ("KAM_POSITION(KAM_PENETRATION(A2;B2))", "Strong"),
        ('KAM_POSITION(0.3;;"ru")', "Средняя"),
        ("KAM_HHI(A2:D2)", 1400 / 3600),
        ("ROUND(KAM_HHI(A2:D2);2)", 0.39),
        ("IF(KAM_HHI(A2:D2)>0.2;1;2)", 1.0),
        ("KAM_REVENUE_SHARE(A2;A2:D2)", 10 / 60),
        ("SUM(KAM_PENETRATION(A2;B2);KAM_PENETRATION(-1;1))", "#NUM!"),
        ("IFERROR(KAM_PENETRATION(-1;1);7)", 7.0),
        ("IFERROR(KAM_HHI(B1);7)", 7.0),
        ("ISNA(KAM_PENETRATION(B1;1))", 1.0),
        ("ISNA(KAM_HHI(B1))", 1.0),
        ("KAM_PENETRATION(7000000000;70000000000)", 0.1),
    ],
)
def test_calc_sees_values_and_true_errors(opened, formula, answer):
    sheet = opened().Sheets.getByIndex(0)
    sheet.getCellRangeByName("A1:D2").setDataArray(CELLS)
    cell = sheet.getCellRangeByName("F1")
    cell.Formula = f"={formula}"
    assert value_of(cell) == pytest.approx(answer, rel=1e-13) if isinstance(answer, float) else value_of(cell) == answer


def test_an_error_in_a_column_stays_in_its_row(opened):
    sheet = opened().Sheets.getByIndex(0)
    sheet.getCellRangeByName("A1:A4").setDataArray(((0.6,), ("",), (0,), (0.1,)))
    sheet.getCellRangeByName("A3").Formula = "=1/0"
    sheet.getCellRangeByName("B1:B4").setArrayFormula("=KAM_POSITION(A1:A4)")
    found = [value_of(sheet.getCellRangeByName(f"B{row}")) for row in (1, 2, 3, 4)]
    assert found == ["Strong", "#N/A", "#DIV/0!", "Weak"]


def test_a_table_may_hold_errors_and_dates(opened):
    sheet = opened().Sheets.getByIndex(0)
    table = (("Client", "Revenue", "Procurement budget", "Share"), ("Nord", 60, 100, ""), ("Sud", 5, "", ""))
    sheet.getCellRangeByName("A1:D3").setDataArray(table)
    sheet.getCellRangeByName("D3").Formula = "=KAM_PENETRATION(B3;C3)"
    answer = sheet.getCellRangeByName("F1")
    answer.Formula = '=KAM_EXPLAIN("Nord";A1:D3)'
    assert answer.String.startswith("Revenue: 92.3% of all revenue (60 of 65) is more than 10%.")


def test_the_function_wizard_describes_every_function(office):
    found = {}
    for described in service(office.context, "sheet.FunctionDescriptions"):
        about = {each.Name: each.Value for each in described}
        if about["Name"] in FUNCTIONS:
            found[about["Name"]] = (about["Description"], [each.Description for each in about["Arguments"]])
    assert found == {
        name: (each.text.render("en"), [argument.text.render("en") for argument in each.arguments])
        for name, each in FUNCTIONS.items()
    }
