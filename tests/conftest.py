"""Fixtures that many tests need."""

from pathlib import Path
from unittest.mock import patch

import pytest
from openpyxl.worksheet._reader import WorksheetReader
from openpyxl.worksheet.merge import MergedCellRange

from tests.tables import write_table

_bind = WorksheetReader.bind_merged_cells


def _bind_merged_cells(reader):
    """Without drawing the borders of merged cells anew: half of a book's loading, and no test looks at them."""
    with patch.object(MergedCellRange, "format", lambda self: None):
        _bind(reader)


WorksheetReader.bind_merged_cells = _bind_merged_cells

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
