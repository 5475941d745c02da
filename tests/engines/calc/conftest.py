import pytest

from kam_xl.engines.calc.process import start
from tests.uno_python import *  # noqa: F403 (the hooks that run these tests in the Python with uno)


@pytest.fixture(scope="session")
def office():
    """A LibreOffice for all tests of a session."""
    with start() as running:
        yield running
