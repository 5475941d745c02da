import shutil

import pytest
import xlwings as xw
from openpyxl.worksheet.merge import MergedCellRange

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl import actions
from tests.tables import TODAY, write_table


def built(source, target, button=actions.build_plans, **options):
    """Build the plans of a workbook into another (or the same); returns the report."""
    app = xw.engines["file"].apps.add()
    book = app.books.open(source)
    report = button(book, actions.Options(**{"lang": "en", "today": TODAY, **options}))
    book.save(target)
    app.quit()
    return report


@pytest.fixture(scope="session")
def build():
    return built


@pytest.fixture(scope="session")
def built_xlsx(tmp_path_factory):
    """The plans of the small table, built once; whoever changes them copies them first."""
    path = write_table(tmp_path_factory.mktemp("built") / "plans.xlsx")
    built(path, path)
    return path


@pytest.fixture
def plans_xlsx(built_xlsx, tmp_path):
    """The plans of the small table, to be changed."""
    return shutil.copy(built_xlsx, tmp_path / "plans.xlsx")


@pytest.fixture(autouse=True)
def borders_of_merged_cells_as_they_are(monkeypatch):
    """openpyxl draws them anew when it reads: half of the time of a book with plans, and no test here looks at them."""
    monkeypatch.setattr(MergedCellRange, "format", lambda self: None)
