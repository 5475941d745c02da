"""LibreOffice as a process of ours."""

from pathlib import Path

import pytest

from kam_xl.engines.calc.process import start

pytestmark = pytest.mark.slow


def test_an_office_leaves_no_process_and_no_profile_behind(tmp_path):
    with start(profile=tmp_path / "profile") as office:
        office.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ()).setModified(True)
        assert office.running
    assert (office.running, Path(f"/proc/{office.pid}").exists()) == (False, False)
