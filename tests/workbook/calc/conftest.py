from pathlib import Path

import pytest

from kam_xl.engines.calc.process import start
from tests.uno_python import hooks

pytest_runtest_protocol, pytest_runtest_logreport = hooks(Path(__file__).parent)


@pytest.fixture(scope="session")
def office():
    """A LibreOffice for all tests of a session."""
    with start() as running:
        yield running


@pytest.fixture
def opened(office):
    """Open a file, hidden; closed afterwards."""
    import uno  # noqa: F401 (makes the next import possible)
    from com.sun.star.beans import PropertyValue

    documents = []

    def opened(file, macros=0):
        said = {"Hidden": True, "MacroExecutionMode": macros}
        options = tuple(PropertyValue(Name=name, Value=value) for name, value in said.items())
        documents.append(office.desktop.loadComponentFromURL(file.as_uri(), "_blank", 0, options))
        return documents[-1]

    yield opened
    for document in documents:
        document.close(True)
