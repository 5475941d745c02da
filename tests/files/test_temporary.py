"""Temporary folders go at the end; those of killed runs go a day later, and nothing else does."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kam_xl.files.temporary import temporary_folder

YESTERDAY = time.time() - 25 * 3600
HOLDS = """
import sys
from pathlib import Path
from kam_xl.files.temporary import temporary_folder
with temporary_folder("office", Path(sys.argv[1])) as folder:
    print(folder.name, flush=True)
    sys.stdin.read()
"""


def left_behind(parent, name, folder=YESTERDAY, file=YESTERDAY):
    (parent / name).mkdir()
    (parent / name / "plans.xlsx").write_bytes(b"x")
    os.utime(parent / name / "plans.xlsx", (file, file))
    os.utime(parent / name, (folder, folder))


def names_after_a_run(parent):
    with temporary_folder(within=parent):
        pass
    return sorted(path.name for path in parent.iterdir())


@pytest.mark.parametrize("fault", [OSError("disk"), KeyboardInterrupt()])
def test_a_folder_goes_whatever_happens(tmp_path, fault):
    def work():
        with temporary_folder("office", tmp_path) as folder:
            (folder / "file").write_bytes(b"x")
            raise fault

    with pytest.raises(type(fault)):
        work()
    assert list(tmp_path.iterdir()) == []


def test_what_killed_runs_left_goes_after_a_day_and_nothing_else_does(tmp_path):
    now = time.time()
    for name, *age in (
        ("kam_xl-abcd1234.tmp",),
        ("kam_xl-ledger-abcd1234.tmp",),
        ("kam_xl-abcd5678.tmp", now, now),
        ("kam_xl-ledger-abcd5678.tmp", YESTERDAY, now),  # its database is being written
        ("kam_xl-template",),
        ("kam_xl-ledger-backup",),
        ("other",),
    ):
        left_behind(tmp_path, name, *age)
    (tmp_path / "kam_xl-abcd9999.tmp").write_bytes(b"a file")
    os.utime(tmp_path / "kam_xl-abcd9999.tmp", (YESTERDAY, YESTERDAY))
    assert names_after_a_run(tmp_path) == [
        "kam_xl-abcd5678.tmp",
        "kam_xl-abcd9999.tmp",
        "kam_xl-ledger-abcd5678.tmp",
        "kam_xl-ledger-backup",
        "kam_xl-template",
        "other",
    ]


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="links")
def test_what_a_link_of_our_name_leads_to_stays(tmp_path):
    left_behind(tmp_path, "other")
    (tmp_path / "kam_xl-abcd1234.tmp").symlink_to("other")
    os.utime(tmp_path / "kam_xl-abcd1234.tmp", (YESTERDAY, YESTERDAY), follow_symlinks=False)
    assert names_after_a_run(tmp_path) == ["kam_xl-abcd1234.tmp", "other"]
    assert (tmp_path / "other" / "plans.xlsx").read_bytes() == b"x"


def test_an_old_folder_stays_as_long_as_its_process_lives_and_goes_when_that_was_killed(tmp_path):
    call = [sys.executable, "-c", HOLDS, str(tmp_path)]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        name = process.stdout.readline().strip()
        os.utime(tmp_path / name, (YESTERDAY, YESTERDAY))
        while_it_lives = names_after_a_run(tmp_path)
        process.kill()
        process.wait()
    assert while_it_lives == [name]
    assert names_after_a_run(tmp_path) == []


def test_a_parent_that_cannot_be_listed_is_told_by_whoever_makes_the_folder(tmp_path):
    with pytest.raises(OSError, match="no-such"), temporary_folder(within=tmp_path / "no-such"):
        pass
    assert list(Path(tmp_path).iterdir()) == []
