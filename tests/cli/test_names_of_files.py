import os
import shutil
import sys

import pytest

from tests.docs.pages import ROOT


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no names of such bytes")
def test_a_workbook_whose_name_is_not_utf_8_is_read_and_written_under_such_a_name(run, tmp_path):
    source = os.fsdecode(os.fsencode(tmp_path) + b"/clients\xff.xlsx")
    shutil.copy(ROOT / "examples" / "clients_en.xlsx", source)
    assert run("plan", source, "--lang", "en")[0] == 0
    assert b"clients\xff-plans.xlsx" in map(os.fsencode, (path.name for path in tmp_path.iterdir()))
