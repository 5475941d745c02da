"""These tests run programs of Windows under Wine, where `./dev windows` has set it up."""

import os
import subprocess

import pytest

from windows.wine import found


@pytest.fixture(scope="session")
def wine():
    """A Windows with Python and our packages."""
    if os.environ.get("PYTEST_XDIST_WORKER"):
        pytest.skip("Wine is for one process at a time: ./dev windows")
    wine = found()
    if wine is None:
        pytest.skip("Wine is not set up: ./dev windows does that")
    return wine


@pytest.fixture(scope="session")
def screen():
    """A screen for windows and message boxes."""
    with subprocess.Popen(["Xvfb", "-displayfd", "1"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        yield f":{server.stdout.readline().decode().strip()}"
        server.terminate()
