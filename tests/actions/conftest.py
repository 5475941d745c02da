import pytest
import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl import actions
from tests.tables import TODAY


@pytest.fixture
def build(tmp_path):
    """Build the plans of a workbook into another (or the same); returns the report."""

    def build(source, target, button=actions.build_plans, **options):
        app = xw.engines["file"].apps.add()
        book = app.books.open(source)
        report = button(book, actions.Options(**{"lang": "en", "today": TODAY, **options}))
        book.save(target)
        app.quit()
        return report

    return build
