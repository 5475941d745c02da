"""The extension as it is built, installed into a fresh LibreOffice."""

from pathlib import Path

import pytest

from kam_xl import locale
from kam_xl.engines.calc.bridge import properties, url
from kam_xl.engines.calc.process import start
from kam_xl.install import calc
from tests.uno_python import hooks

pytest_runtest_protocol, pytest_runtest_logreport = hooks(Path(__file__).parent)


@pytest.fixture(scope="session")
def profile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office") / "profile"
    calc.install(folder)
    return folder


@pytest.fixture(scope="session")
def office(profile):
    locale.use_host_language("en")  # as this LibreOffice does
    with start(profile=profile) as running:
        yield running


def _opener(office):
    documents = []

    def load(path=None):
        address = url(path) if path else "private:factory/scalc"
        documents.append(office.desktop.loadComponentFromURL(address, "_blank", 0, properties(Hidden=True)))
        return documents[-1]

    yield load
    for document in documents:
        document.close(True)


opened = pytest.fixture(_opener)
"""Open a file, or a blank spreadsheet, for the time of a test."""

opened_for_all = pytest.fixture(_opener, scope="module")
"""The same for the time of a module's tests, which only look at it."""
