from pathlib import Path

import pytest

from tests.uno_python import hooks

pytest_runtest_protocol, pytest_runtest_logreport = hooks(Path(__file__).parent)


@pytest.fixture(scope="session")
def app():
    """A LibreOffice for all tests of a session."""
    import xlwings as xw

    import kam_xl.engines.calc  # noqa: F401 (registers the engine)

    app = xw.engines["calc"].apps.add()
    yield app
    app.quit()


@pytest.fixture
def book(app):
    """A new book with one empty sheet."""
    book = app.books.add()
    yield book
    book.close()


@pytest.fixture
def sheet(book):
    return book.sheets[0]
