"""Files are written to memory sticks and network folders as to local disks."""

import os
from unicodedata import normalize

import pytest

from kam_xl.files.destination import Destination
from kam_xl.files.errors import LockedFileError, SaveError
from kam_xl.files.names import is_same_file
from tests.mounts import MOUNTS, bound, exfat, fat, ssh

pytestmark = MOUNTS
DISKS = {
    "stick": exfat,
    "old stick": fat,
    "share": ssh,
    "share that replaces nothing": lambda folder: ssh(folder, "posix-rename", "hardlink"),
    "no permissions": lambda folder: bound(folder, "--chmod-deny", "--chown-deny", "--chgrp-deny", "--xattr-none"),
}
NAMES = ["plans.xlsx", "Планы й ё.xlsx", normalize("NFD", "Планы й ё.xlsx"), " plans .xlsx", "п" * 120 + ".xlsx"]


@pytest.fixture(params=DISKS)
def disk(request, tmp_path):
    with DISKS[request.param](tmp_path) as disk:
        yield disk


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_files_are_written_replaced_and_kept_as_backups(request, disk):
    for name in NAMES if "old stick" not in request.node.name else [NAMES[0]]:  # a driver for English names only
        path = disk.place / name
        Destination.of(path).write(b"old")
        kept = Destination.of(path).keep_backup()
        for _ in range(2):  # the second time as it stands there already
            Destination.of(path).write(b"new")
        assert contents(disk.place) == {name: b"new", kept.name: b"old"}
        path.unlink()
        kept.unlink()


def saved_anew(path):
    (made := path.with_name("made")).write_bytes(b"their")
    made.replace(path)


ACTS = {
    "saved anew": saved_anew,
    "saved in place": lambda path: path.write_bytes(b"thE"),
    "opened": lambda path: path.with_name("~$plans.xlsx").touch(),
    "saved with the same content": lambda path: path.write_bytes(b"old"),
    "touched": os.utime,
}


@pytest.mark.parametrize("act", ACTS)
def test_what_a_colleague_saved_stays_and_the_number_and_time_of_a_file_say_nothing(disk, act):
    path = disk.place / "plans.xlsx"
    path.write_bytes(b"old")
    seen = Destination.of(path)
    ACTS[act](disk.behind / path.name)
    before = contents(disk.behind)
    try:
        seen.write(b"new")
    except LockedFileError:
        assert (act in list(ACTS)[:3], contents(disk.behind)) == (True, before)
    else:
        assert (act in list(ACTS)[3:], contents(disk.behind)) == (True, {path.name: b"new"})


def test_a_file_that_appears_meanwhile_is_not_replaced(disk):
    destination = Destination.of(disk.place / "plans.xlsx")
    (disk.behind / "plans.xlsx").write_bytes(b"their")
    with pytest.raises(LockedFileError, match="another file has appeared"):
        destination.write(b"new")
    assert contents(disk.behind) == {"plans.xlsx": b"their"}


def test_a_full_stick_keeps_the_old_file(tmp_path):
    with exfat(tmp_path, size=3 << 20) as disk:
        (path := disk.place / "plans.xlsx").write_bytes(b"old")
        with pytest.raises(SaveError, match="the disk is full"):
            Destination.of(path).write(bytes(3 << 20))
        assert contents(disk.place) == {path.name: b"old"}


@pytest.mark.parametrize("kind", [exfat, fat])
def test_a_name_that_a_stick_does_not_take_is_told(tmp_path, kind):
    with kind(tmp_path) as disk:
        with pytest.raises(SaveError, match="no file of this name can be written there"):
            Destination.of(disk.place / "plans: may.xlsx").write(b"new")
        assert contents(disk.place) == {}


@pytest.mark.parametrize(
    ("denied", "says"),
    [("-r", "the file is read-only"), ("--rename-deny", "its folder does not let it be replaced")],
)
def test_a_folder_in_which_nothing_is_replaced_is_told(tmp_path, denied, says):
    with bound(tmp_path, denied) as disk:
        (disk.behind / "plans.xlsx").write_bytes(b"old")
        with pytest.raises(LockedFileError, match=says):
            Destination.of(disk.place / "plans.xlsx").write(b"new")
        assert contents(disk.behind) == {"plans.xlsx": b"old"}


def test_one_file_of_a_stick_is_known_by_all_spellings(tmp_path):
    with exfat(tmp_path) as disk:
        for name in ("Clients.csv", "other.csv"):
            (disk.place / name).touch()
        assert is_same_file(disk.place / "CLIENTS.csv", disk.place / "clients.csv")
        assert not is_same_file(disk.place / "CLIENTS.csv", disk.place / "other.csv")
