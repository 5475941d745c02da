"""LibreOffice as a process of ours."""

from pathlib import Path

import pytest

from kam_xl.engines.calc.errors import NotAnsweringError
from kam_xl.engines.calc.process import connect, start

pytestmark = pytest.mark.slow


def test_an_office_leaves_no_process_and_no_profile_behind(tmp_path):
    with start(profile=tmp_path / "profile") as office:
        office.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ()).setModified(True)
        assert office.running
    assert (office.running, Path(f"/proc/{office.pid}").exists()) == (False, False)


def test_who_connects_to_nobody_is_told_how_to_start_one():
    with pytest.raises(NotAnsweringError, match='soffice --accept="pipe,name=nobody;urp"'):
        connect("pipe,name=nobody")
