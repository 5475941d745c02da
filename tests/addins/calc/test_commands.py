"""The commands of menu and toolbar, pressed as LibreOffice presses them, on the workbook that people get."""

import datetime as dt
import shutil
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl.buttons import COMMANDS, press
from kam_xl.calc_addin.configuration import PROTOCOL
from kam_xl.calc_addin.conversion import DAY_0
from kam_xl.engines.calc import main_thread
from kam_xl.engines.calc.bridge import properties, service, struct
from kam_xl.plan.fields import OurSheet
from tests.addins.calc.sheets import UNKNOWN

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
WORKBOOKS = {"en": ROOT / "workbook/KeyAccounts.xlsm", "ru": ROOT / "workbook/KeyAccounts_ru.xlsm"}


def dispatcher(office, document, code, protocol=PROTOCOL):
    """What the window of a document answers to an address, and the address."""
    address = struct("util.URL", Complete=protocol + code)
    _, address = service(office.context, "util.URLTransformer").parseStrict(address)
    return document.getCurrentController().getFrame().queryDispatch(address, "_self", 0), address


@pytest.fixture
def pressed(office):
    """Press a button of a document's window, in the office's main thread, where a person's click arrives."""

    def do(document, code, **given):
        dispatch, address = dispatcher(office, document, code)
        main_thread.run(office.context, lambda: dispatch.dispatch(address, properties(**given)))

    return do


def made_plan(document, before):
    """A plan among the sheets that are new."""
    made = [document.Sheets.getByName(title) for title in document.Sheets.ElementNames if title not in before]
    return next(sheet for sheet in made if sheet.NamedRanges.hasByName("kam_achieved"))


@pytest.fixture
def workbook(tmp_path):
    return Path(shutil.copy(WORKBOOKS["en"], tmp_path))


def grid(document, title):
    """The values of a sheet, from A1 to its last cell."""
    sheet = document.Sheets.getByName(title)
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    area = cursor.getRangeAddress()
    return sheet.getCellRangeByPosition(0, 0, area.EndColumn, area.EndRow).getDataArray()


def by_the_file_engine(path, *codes):
    """The sheets that buttons make of a file without any office, by title, as Calc would hold their values."""
    app = xw.engines["file"].apps.add()
    book = app.books.open(path)
    for code in codes:
        press(code, book=book)
    values = {sheet.name: [list(map(plain, row)) for row in cells_of(sheet)] for sheet in book.sheets}
    return {title: in_order(title, rows) for title, rows in values.items()}


def in_order(title, rows):
    """The rows of a sheet; those of the record, which stand as names of a sheet are listed, sorted."""
    return sorted(rows, key=lambda row: list(map(str, row))) if title == "KAM record" else rows


def cells_of(sheet):
    last = sheet.used_range.last_cell
    return sheet.range((1, 1), (last.row, last.column)).options(ndim=2).value


def plain(value):
    if isinstance(value, dt.date):
        moment = value if isinstance(value, dt.datetime) else dt.datetime(value.year, value.month, value.day)
        return (moment - DAY_0) / dt.timedelta(days=1)
    return "" if value is None else float(value) if isinstance(value, (bool, int)) else value


def cell(table, row, column):
    return table[row][column] if row < len(table) and column < len(table[row]) else ""


def different(found, expected):
    """Cells in which two grids differ; errors are no values to either."""
    places = ((row, column) for row in range(max(len(found), len(expected))) for column in range(60))
    pairs = {place: (cell(found, *place), cell(expected, *place)) for place in places}
    return {place: pair for place, pair in pairs.items() if not alike(*pair)}


def alike(left, right):
    if isinstance(left, float) and isinstance(right, float):
        return abs(left - right) <= max(1e-6, 1e-9 * abs(right))  # nothing of money is smaller
    return left == right or (left in (None, "") and right in ("", UNKNOWN))


def test_every_command_is_answered_and_nothing_else(office, opened):
    document = opened()
    answered = [command.code for command in COMMANDS if dispatcher(office, document, command.code)[0]]
    assert answered == [command.code for command in COMMANDS]
    assert dispatcher(office, document, "build_plans", "org.nobody:")[0] is None


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_plans_in_calc_are_those_of_the_file_engine(opened, pressed, tmp_path, lang):
    path = Path(shutil.copy(WORKBOOKS[lang], tmp_path))
    expected = by_the_file_engine(path, "build_plans")
    document = opened(path)
    pressed(document, "build_plans")
    assert set(document.Sheets.ElementNames) == set(expected)
    shown = [title for title in expected if title != OurSheet.PLAN.label.render(lang)]  # a form, not a plan
    found = {title: different(in_order(title, grid(document, title)), expected[title]) for title in shown}
    assert {title: cells for title, cells in found.items() if cells} == {}


def test_typed_text_survives_a_rebuild(opened, pressed, workbook):
    document = opened(workbook)
    before = set(document.Sheets.ElementNames)
    pressed(document, "build_plans")
    plan = made_plan(document, before)
    achieved = plan.NamedRanges.getByName("kam_achieved").getReferredCells().getCellByPosition(0, 0)
    revenue = plan.NamedRanges.getByName("kam_revenue").getReferredCells().getCellByPosition(0, 0)
    old, achieved.String = revenue.Value, "Two pilot lines since May"
    clients = document.Sheets.getByName("Clients")
    row = next(row for row in range(6, 60) if clients.getCellRangeByName(f"F{row}").Value == old)
    clients.getCellRangeByName(f"F{row}").Value = old + 1000
    pressed(document, "build_plans")
    assert (achieved.String, revenue.Value) == ("Two pilot lines since May", old + 1000)


def test_clients_come_in_from_a_file(opened, pressed, workbook, tmp_path):
    source = openpyxl.Workbook()
    for row in (("Client ID", "Client", "Revenue"), ("N-1", "Newcomer", 4321)):
        source.active.append(row)
    source.save(tmp_path / "new.xlsx")
    document = opened(workbook)
    pressed(document, "import_table", File=str(tmp_path / "new.xlsx"))
    assert [(row[1], row[5]) for row in grid(document, "Clients") if row[0] == "N-1"] == [("Newcomer", 4321.0)]


def test_deals_of_a_file_become_opportunities_of_a_plan(opened, pressed, workbook, tmp_path):
    document = opened(workbook)
    before = set(document.Sheets.ElementNames)
    pressed(document, "build_plans")
    names = made_plan(document, before).NamedRanges
    client_id = names.getByName("kam_client_id").getReferredCells().getCellByPosition(0, 0).String
    source = tmp_path / "deals.csv"
    source.write_text(f"Deal;Client ID;Amount\nPipes;{client_id};500000\nTaps;NOBODY;7\n", encoding="utf-8")
    pressed(document, "import_opportunities", File=str(source))
    columns = [names.getByName(f"kam_opportunity_{name}").getReferredCells() for name in ("what", "amount")]
    what, amount = (column.getCellByPosition(0, 0) for column in columns)
    assert (what.String, amount.Value) == ("Pipes", 500000)


def test_a_plan_goes_into_a_pdf_file_and_managers_get_workbooks(opened, pressed, workbook):
    document = opened(workbook)
    before = set(document.Sheets.ElementNames)
    pressed(document, "build_plans")
    document.getCurrentController().setActiveSheet(made_plan(document, before))
    pressed(document, "export_pdf")
    pressed(document, "split_by_manager")
    files = [path for folder in workbook.parent.iterdir() if folder.is_dir() for path in folder.iterdir()]
    assert sorted(path.suffix for path in files) == [".pdf", *[".xlsx"] * 4]


def test_the_language_is_switched_there_and_back(opened, pressed, workbook):
    document = opened(workbook)
    before = document.Sheets.ElementNames
    pressed(document, "language")
    switched = document.Sheets.ElementNames
    pressed(document, "language")
    assert (switched[1], document.Sheets.ElementNames) == ("Клиенты", before)


@pytest.mark.parametrize("code", ["check", "portfolio", "refresh", "settings", "build_selected", "nonsense"])
def test_whatever_is_pressed_the_office_goes_on(office, opened, pressed, workbook, code):
    document = opened(workbook)
    pressed(document, code)
    assert (office.running, document.hasControllersLocked(), document.isAutomaticCalculationEnabled()) == (
        True,
        False,
        True,
    )
