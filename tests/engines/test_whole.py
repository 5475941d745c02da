"""Small files are written whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from kam_xl.engines.whole import WriteError, write_whole

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

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises((WriteError, KeyboardInterrupt)):
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
    with pytest.raises(WriteError, match="Permission denied"):
        write_whole(file, b"new")
    assert file.read_bytes() == b"old"
