"""The functions lie beside the package, where Excel's xlwings finds them by its PYTHONPATH."""

import sys

import pytest

from tests.udfs.excel_process import UDFS, Excel

sys.path.insert(0, str(UDFS))


@pytest.fixture(scope="session")
def excel():
    with Excel.running() as server:
        yield server
