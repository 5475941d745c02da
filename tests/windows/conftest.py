"""These tests run programs of Windows under Wine, where `./dev windows` has set it up."""

import os
import subprocess
from dataclasses import replace
from pathlib import Path
from shutil import which
from urllib.parse import unquote, urlsplit

import pytest

from windows.wine import installed

_NOT_SET_UP = "Wine is not set up: ./dev windows does that"
_BROWSERS = r"HKCU\Software\Wine\WineBrowser"


@pytest.fixture(scope="session")
def screen():
    """A screen for windows and message boxes."""
    if which("Xvfb") is None:
        pytest.skip(_NOT_SET_UP)
    with subprocess.Popen(["Xvfb", "-displayfd", "1"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        yield f":{server.stdout.readline().decode().strip()}"
        server.terminate()


@pytest.fixture(scope="session")
def wine(request):
    """A Windows with Python and our packages."""
    if os.environ.get("PYTEST_XDIST_WORKER"):
        pytest.skip("Wine is for one process at a time: ./dev windows")
    if installed() is None:
        pytest.skip(_NOT_SET_UP)
    wine = replace(installed(), display=request.getfixturevalue("screen"))
    wine.stop()  # what still runs from before shows nothing on this screen
    yield wine
    wine.stop()


@pytest.fixture(scope="session")
def opened_page(wine, tmp_path_factory):
    """A browser that only notes what it is to show; gives the last page as a path of Linux."""
    note = tmp_path_factory.mktemp("browser") / "address"
    script = note.with_name("browser")
    script.write_text(f'#!/bin/sh\nprintf %s "$1" > {note}\n')
    script.chmod(0o755)
    for key in ((r"HKLM\Software\Classes\.html", "/ve", "htmlfile"), (_BROWSERS, "/v", "Browsers", str(script))):
        assert wine.run("reg", "add", *key[:-1], "/d", key[-1], "/f").returncode == 0
    return lambda: Path(unquote(urlsplit(note.read_text()).path))
