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
