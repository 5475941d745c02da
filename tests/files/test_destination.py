"""Small files are written whole or not at all."""

import contextlib
import errno
import os
import stat
import time
from pathlib import Path

import pytest

from kam_xl.files import destination as destination_module
from kam_xl.files import swapping
from kam_xl.files.destination import Destination, write_whole
from kam_xl.files.errors import LockedFileError, SaveError

posix = pytest.mark.skipif(os.name != "posix", reason="permissions are of another kind here")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes(b"old")
    return path


def test_a_file_is_replaced_and_nothing_else_is_left(file):
    write_whole(file, b"new")
    assert [(path.name, path.read_bytes()) for path in file.parent.iterdir()] == [("table.csv", b"new")]


@pytest.mark.parametrize("fault", [OSError(28, "no space left"), KeyboardInterrupt()])
def test_whatever_goes_wrong_the_old_file_is_as_it_was(file, monkeypatch, fault):
    def fail(*_):
        raise fault

    monkeypatch.setattr(swapping, "exchange", fail)
    with pytest.raises((SaveError, KeyboardInterrupt)):
        write_whole(file, b"new")
    assert [(path.name, path.read_bytes()) for path in file.parent.iterdir()] == [("table.csv", b"old")]


@posix
def test_permissions_stay_and_those_of_a_new_file_are_the_usual_ones(file):
    file.chmod(0o640)
    write_whole(file, b"new")
    (usual := file.with_name("usual")).touch()
    write_whole(new := file.with_name("new.csv"), b"new")
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (file, new, usual)]
    assert modes == [0o640, modes[2], modes[2]]


@posix
def test_a_read_only_file_stays_and_is_told(file, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write anywhere
    with pytest.raises(SaveError, match="the file is read-only"):
        write_whole(file, b"new")
    assert file.read_bytes() == b"old"


def files(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_that_somebody_saved_meanwhile_is_not_replaced(file):
    destination = Destination.of(file)
    file.write_bytes(b"their")  # as long, and perhaps within the same tick of the clock
    os.utime(file, ns=(destination.before.modified,) * 2)
    with pytest.raises(LockedFileError, match="changed by another program"):
        destination.write(b"new")
    assert (file.read_bytes(), files(file.parent)) == (b"their", ["table.csv"])


def test_a_file_saved_again_with_the_same_content_is_no_change(file):
    destination = Destination.of(file)
    file.unlink()
    file.write_bytes(b"old")
    destination.write(b"new")
    assert file.read_bytes() == b"new"


def test_a_file_that_appears_meanwhile_is_not_replaced(tmp_path):
    destination = Destination.of(tmp_path / "new.csv")
    (tmp_path / "new.csv").write_bytes(b"their")
    with pytest.raises(LockedFileError, match="another file has appeared"):
        destination.write(b"ours")
    assert (files(tmp_path), (tmp_path / "new.csv").read_bytes()) == (["new.csv"], b"their")


def test_a_file_that_appears_in_the_last_moment_is_not_replaced(tmp_path, monkeypatch):
    destination = Destination.of(tmp_path / "new.csv")
    looked = Destination.refuse_changed

    def look_then_appear(self):
        looked(self)
        self.path.write_bytes(b"their")

    monkeypatch.setattr(Destination, "refuse_changed", look_then_appear)
    with pytest.raises(LockedFileError, match="another file has appeared"):
        destination.write(b"ours")
    assert (files(tmp_path), (tmp_path / "new.csv").read_bytes()) == (["new.csv"], b"their")


@pytest.mark.parametrize(("lock", "program"), [("~$table.csv", "Excel"), (".~lock.table.csv#", "LibreOffice")])
@pytest.mark.parametrize("late", [False, True])
def test_a_file_that_is_open_elsewhere_is_refused_at_first_and_at_last(file, lock, program, late):
    destination = Destination.of(file) if late else None
    file.with_name(lock).touch()
    with pytest.raises(LockedFileError, match=f"open in {program}"):
        destination.write(b"new") if destination else write_whole(file, b"new")
    assert file.read_bytes() == b"old"


@posix
def test_a_pipe_is_no_place_for_a_file(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(SaveError, match="not a regular file"):
        Destination.of(tmp_path / "pipe.csv")


def test_a_backup_that_fails_leaves_no_half_file(file, monkeypatch):
    def half(source, target):
        Path(target).write_bytes(Path(source).read_bytes()[:1])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kam_xl.files.destination.copy_whole", half)
    with pytest.raises(OSError, match="No space"):
        Destination.of(file).keep_backup()
    assert files(file.parent) == ["table.csv"]


def test_backups_of_long_names_find_a_name(tmp_path):
    path = tmp_path / ("п" * 125 + ".csv")
    path.write_bytes(b"old")
    places = [Destination.of(path).keep_backup() for _ in range(2)]
    assert [place.name for place in places] == ["п" * 123 + ".bak.csv", "п" * 123 + ".bak2.csv"]
    assert len(files(tmp_path)) == 3


def test_what_killed_runs_left_is_cleared_a_day_later_and_nothing_else(file):
    folder = file.parent
    for name in (".kam_xl-00000000.tmp", ".kam_xl-11111111.tmp", ".kam_xl-note.tmp", "kam_xl-22222222.tmp"):
        (folder / name).touch()
    long_ago = time.time() - 2 * 24 * 3600
    for path in folder.iterdir():
        if "11111111" not in path.name:
            os.utime(path, (long_ago, long_ago))
    write_whole(file, b"new")
    assert files(folder) == [".kam_xl-11111111.tmp", ".kam_xl-note.tmp", "kam_xl-22222222.tmp", "table.csv"]


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_and_the_group_stay(file):
    os.chown(file, 12345, 23456)
    write_whole(file, b"new")
    assert (file.stat().st_uid, file.stat().st_gid, file.read_bytes()) == (12345, 23456, b"new")


def refuse_with(number):
    def refuse(*_, **__):
        raise OSError(number, os.strerror(number))

    return refuse


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EPERM, errno.ENOTSUP])
def test_a_file_system_without_permissions_and_owners_is_written_to_and_has_backups(file, monkeypatch, number):
    for name in ("chmod", "chown", "utime"):
        monkeypatch.setattr(os, name, refuse_with(number))
    destination = Destination.of(file)
    backup = destination.keep_backup()
    destination.write(b"new")
    assert (file.read_bytes(), backup.read_bytes()) == (b"new", b"old")
    assert files(file.parent) == ["table.bak.csv", "table.csv"]


@pytest.mark.parametrize(("number", "content"), [(errno.EINVAL, b"new"), (errno.ENOTSUP, b"new"), (errno.EIO, b"old")])
def test_only_a_disk_that_failed_keeps_a_file_from_being_written(file, monkeypatch, number, content):
    monkeypatch.setattr(os, "fsync", refuse_with(number))
    with contextlib.suppress(SaveError):
        write_whole(file, b"new")
    assert (file.read_bytes(), files(file.parent)) == (content, ["table.csv"])


@posix
def test_what_only_its_owner_may_read_is_nobody_elses_to_read_half_written(file):
    file.chmod(0o600)
    with Destination.of(file).temporary() as path:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_clock_that_is_wrong_on_the_server_does_not_age_what_others_are_writing(file, monkeypatch):
    there = file.with_name(".kam_xl-00000000.tmp")
    there.touch()
    of_server = time.time() - 10 * 365 * 24 * 3600
    os.utime(there, (of_server, of_server))
    real = destination_module.make_like
    monkeypatch.setattr(
        destination_module, "make_like", lambda path, old: (real(path, old), os.utime(path, (of_server, of_server)))
    )
    write_whole(file, b"new")
    assert files(file.parent) == [there.name, "table.csv"]


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EINVAL, errno.EPERM])
def test_a_name_that_the_file_system_does_not_take_is_told(tmp_path, monkeypatch, number):
    monkeypatch.setattr(destination_module, "appear", refuse_with(number))
    with pytest.raises(SaveError, match=r"no file of this name can be written there .* Use only letters"):
        write_whole(tmp_path / "plans: may.csv", b"new")
    with pytest.raises(SaveError, match="the file cannot be written"):
        write_whole(tmp_path / "plans may.csv", b"new")
    assert files(tmp_path) == []


def test_a_folder_that_went_away_is_told_from_a_file_that_did(tmp_path, monkeypatch):
    (share := tmp_path / "share").mkdir()
    (file := share / "table.csv").write_bytes(b"old")
    destination = Destination.of(file)
    real = Destination.refuse_changed
    monkeypatch.setattr(Destination, "refuse_changed", lambda self: (share.rename(tmp_path / "away"), real(self)))
    with pytest.raises(LockedFileError, match="its folder is gone, or is not connected any more"):
        destination.write(b"new")
    assert (tmp_path / "away" / "table.csv").read_bytes() == b"old"
