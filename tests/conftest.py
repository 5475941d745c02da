"""Fixtures that many tests need."""

from contextlib import suppress
from pathlib import Path

import pytest

from tests.tables import write_table

with suppress(ModuleNotFoundError):  # the Python of LibreOffice has none
    from hypothesis import HealthCheck, settings

    # A busy machine is not a fault of the rules. The same examples every time: a change is judged by what it changed.
    settings.register_profile("kam_xl", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
    # New examples, and many: `./dev test --hypothesis-profile search` looks for faults that no test knows yet.
    settings.register_profile("search", deadline=None, max_examples=2000, suppress_health_check=list(HealthCheck))
    settings.load_profile("kam_xl")

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture
def clients_xlsx(tmp_path):
    return write_table(tmp_path / "clients.xlsx")


@pytest.fixture
def text_file(tmp_path):
    """Write a text into a file of this name."""

    def written(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def opened():
    """Open a workbook as a program has it open."""
    import xlwings as xw

    import kam_xl.engines.file  # noqa: F401 (registers the engine)

    app = xw.engines["file"].apps.add()
    yield app.books.open
    app.quit()


@pytest.fixture(scope="session")
def shared():
    """Real input that lies beside the checkout on some machines."""
    if not SHARED.is_dir():
        pytest.skip("the shared data are not here")
    return SHARED
