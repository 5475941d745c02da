"""The workbook that is built from the example: all of its views tell the same goals."""

from datetime import date
from math import fsum
from pathlib import Path

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
