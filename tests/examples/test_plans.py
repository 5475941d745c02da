"""The workbook that is built from the example: its views agree, and so does a program that calculates it anew."""

import math
import subprocess
from datetime import date, datetime
from math import fsum
from pathlib import Path
from shutil import which

import openpyxl
import pytest
import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl import actions
from kam_xl.domain.classify import classify
from kam_xl.table.reader import read

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")  # by openpyxl
EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = date(2026, 6, 1)


@pytest.fixture(scope="module", params=["en", "ru"])
def built(request, tmp_path_factory):
    """The file, and the classification that it was built from."""
    source = EXAMPLES / f"clients_{request.param}.xlsx"
    path, table = tmp_path_factory.mktemp("plans") / "plans.xlsx", read(source, today=TODAY)
    app = xw.engines["file"].apps.add()
    book = app.books.open(source)
    actions.build_plans(book, actions.Options(table=table, lang=request.param, today=TODAY))
    book.save(path)
    app.quit()
    return path, classify(table.clients(), today=TODAY)


def named(sheet, name):
    """The values of the cells of a name."""
    area = sheet.defined_names[name].attr_text.rpartition("!")[2].replace("$", "")
    cells = sheet[area] if ":" in area else ((sheet[area],),)
    return [cell.value for row in cells for cell in row]


def listed(sheet, name, rows):
    """The values of so many rows of a list, below the header with a name."""
    header = sheet[sheet.defined_names[name].attr_text.rpartition("!")[2]]
    return [sheet.cell(header.row + row, header.column).value or 0.0 for row in range(1, rows + 1)]


def sheet_of(book, kind):
    return next(
        sheet for sheet in book if f'"{kind}"' in getattr(sheet.defined_names.get("kam_sheet"), "attr_text", "")
    )


def plans_of(book):
    """The plans by client; the template has none."""
    plans = {str(named(sheet, "kam_client_id")[0]): sheet for sheet in book if "kam_client_id" in sheet.defined_names}
    return {client_id: sheet for client_id, sheet in plans.items() if client_id != "None"}


def test_summary_list_portfolio_and_plans_tell_the_same_goals(built):
    path, table = built
    book = openpyxl.load_workbook(path, data_only=True)
    plans = plans_of(book)
    assert plans.keys() == {account.client.client_id for account in table.key_accounts}
    ways = [named(plan, "kam_trajectory_revenue")[1:4] for plan in plans.values()]
    by_year = [fsum(year) for year in zip(*ways, strict=True)]
    assert by_year == pytest.approx(list(table.goals.values()))
    portfolio = sheet_of(book, "portfolio")
    assert by_year == pytest.approx(named(portfolio, "kam_total_goals")[1:4])
    assert fsum(listed(sheet_of(book, "key_accounts"), "kam_col_goal", len(plans))) == pytest.approx(by_year[-1])
    of_managers = named(portfolio, "kam_by_manager_goal")
    assert fsum(each or 0.0 for each in of_managers) == pytest.approx(by_year[-1])


@pytest.mark.slow
@pytest.mark.skipif(not which("soffice"), reason="needs LibreOffice")
def test_a_program_that_calculates_it_anew_finds_the_values_that_it_shows(built, tmp_path):
    path, _ = built
    formulas = openpyxl.load_workbook(path)
    formulas.save(tmp_path / "without_values.xlsx")
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            *("--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "anew")),
            str(tmp_path / "without_values.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    shown = openpyxl.load_workbook(path, data_only=True)
    anew = openpyxl.load_workbook(tmp_path / "anew" / "without_values.xlsx", data_only=True)
    compared, different = 0, []
    for sheet in plans_of(shown).values():
        for row in formulas[sheet.title].iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    compared += 1
                    ours, theirs = (plain(each[sheet.title][cell.coordinate].value) for each in (shown, anew))
                    if not same(ours, theirs):
                        different.append((sheet.title, cell.coordinate, ours, theirs))
    assert compared > 1000
    assert different == []


def plain(value):
    """A day as a number; a blank for an empty text."""
    return openpyxl.utils.datetime.to_excel(value) if isinstance(value, (date, datetime)) else value or ""


def same(ours, theirs):
    if isinstance(ours, (int, float)) and isinstance(theirs, (int, float)):
        return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9)
    return ours == theirs
