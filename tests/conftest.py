"""Fixtures that many tests need."""

from pathlib import Path

import pytest
from openpyxl.worksheet.merge import MergedCellRange

from tests.tables import write_table

# openpyxl draws the borders of merged cells anew when it loads a book: most of its time, for what no test looks at.
MergedCellRange.format = lambda self: None

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture
def clients_xlsx(tmp_path):
    return write_table(tmp_path / "clients.xlsx")


@pytest.fixture(scope="session")
def shared():
    """Real input that lies beside the checkout on some machines."""
    if not SHARED.is_dir():
        pytest.skip("the shared data are not here")
    return SHARED
