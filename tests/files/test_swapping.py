"""Whatever somebody saves between the last look at a file and its replacement stays."""

import contextlib
import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kam_xl.files import swapping
from kam_xl.files.destination import Destination
from kam_xl.files.errors import LockedFileError, SaveError
from kam_xl.files.swapping import CannotSwapError, appear, exchange

swaps = pytest.mark.skipif(sys.platform not in ("linux", "darwin", "win32"), reason="files cannot be exchanged here")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes(b"old")
    return path


def save_anew(path, content):
    """As most programs save: another file takes the place."""
    made = path.with_name("colleague")
    made.write_bytes(content)
    made.replace(path)


def save_in_place(path, content):
    path.write_bytes(content)


def disturbed(monkeypatch, *acts):
    """Have each exchange preceded by an act of somebody else, as long as there are any."""
    acts, real = list(acts), swapping.exchange

    def late(one, other):
        if acts:
            acts.pop(0)(other)
        real(one, other)

    monkeypatch.setattr(swapping, "exchange", late)
    return acts


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def saves(how, content):
    return lambda path: how(path, content)


@swaps
@pytest.mark.parametrize("how", [save_anew, save_in_place])
@pytest.mark.parametrize("again", [save_anew, save_in_place])
@pytest.mark.parametrize("times", [1, 2, 3])
def test_what_is_saved_in_the_last_instant_stays_and_so_does_what_is_saved_after(file, monkeypatch, how, again, times):
    acts = [saves(each, f"saved {at}".encode()) for at, each in enumerate([how, again, how][:times])]
    left = disturbed(monkeypatch, *acts)
    says = "the file was changed by another program" if times == 1 else r"the earlier version is table\.bak\.csv now"
    with pytest.raises(LockedFileError, match=rf"{says}.*save under another name"):
        Destination.of(file).write(b"new")
    # What stood there while others saved is kept; what they replaced themselves is not.
    kept = {} if times == 1 else {"table.bak.csv": f"saved {times - 2}".encode()}
    assert (left, contents(file.parent)) == ([], {"table.csv": f"saved {times - 1}".encode(), **kept})


@swaps
def test_a_file_that_goes_in_the_last_instant_may_be_back_in_the_next(file, monkeypatch):
    """Some programs save so: the old file goes, and a moment later the new one comes."""
    disturbed(monkeypatch, Path.unlink)
    with pytest.raises(LockedFileError, match="the file is gone, or another program is saving it"):
        Destination.of(file).write(b"new")
    assert contents(file.parent) == {}


@swaps
def test_what_was_saved_stays_even_where_somebody_removes_ours_meanwhile(file, monkeypatch):
    disturbed(monkeypatch, saves(save_anew, b"their"), Path.unlink)
    with pytest.raises(LockedFileError, match="changed by another program"):
        Destination.of(file).write(b"new")
    assert contents(file.parent) == {"table.csv": b"their"}


@swaps
@pytest.mark.parametrize("when", ["before", "after"])
def test_an_interruption_leaves_what_was_saved(file, monkeypatch, when):
    real = swapping.exchange

    def interrupted(one, other):
        monkeypatch.setattr(swapping, "exchange", real)
        save_anew(other, b"their")
        if when == "after":
            real(one, other)
        raise KeyboardInterrupt

    monkeypatch.setattr(swapping, "exchange", interrupted)
    with pytest.raises(KeyboardInterrupt):
        Destination.of(file).write(b"new")
    assert contents(file.parent) == {"table.csv": b"their"}


def cannot(*_):
    raise CannotSwapError


@pytest.fixture
def plain_renames(monkeypatch):
    """As on memory sticks and network folders."""
    monkeypatch.setattr(swapping, "exchange", cannot)
    monkeypatch.setattr(swapping, "_rename", cannot)


@pytest.fixture
def no_replacing(plain_renames, monkeypatch):
    """As on servers whose renames replace no file."""

    def refuse(self, target):
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(self), None, str(target))

    monkeypatch.setattr(Path, "replace", refuse)


@pytest.mark.usefixtures("plain_renames")
@pytest.mark.parametrize("path", ["table.csv", "new.csv"])
@pytest.mark.parametrize("content", [b"new", b"old"])  # what stands there already is no reason to give it back
def test_files_are_written_where_the_system_cannot_exchange_them(file, path, content):
    (place := file.with_name(path)).with_name("other").write_bytes(b"other")
    Destination.of(place).write(content)
    assert contents(file.parent) == {"table.csv": b"old", path: content, "other": b"other"}


@pytest.mark.usefixtures("no_replacing")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows refuses only what is open")
@pytest.mark.parametrize("content", [b"new", b"old"])
def test_files_are_written_where_no_rename_replaces_a_file(file, content):
    Destination.of(file).write(content)
    assert contents(file.parent) == {"table.csv": content}


@pytest.mark.usefixtures("no_replacing")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows refuses only what is open")
@pytest.mark.parametrize("step", ["before", "between"])
def test_what_is_saved_where_no_rename_replaces_a_file_stays(file, monkeypatch, step):
    def late(self, target, rename=Path.rename):
        if step == "before":
            self.write_bytes(b"their")
        rename(self, target)
        if step == "between":
            self.write_bytes(b"their")
        monkeypatch.setattr(Path, "rename", rename)

    monkeypatch.setattr(Path, "rename", late)
    with pytest.raises(LockedFileError, match="the file was changed by another program"):
        Destination.of(file).write(b"new")
    assert contents(file.parent) == {"table.csv": b"their"}


@pytest.mark.usefixtures("no_replacing")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows refuses only what is open")
@pytest.mark.parametrize("step", [1, 2])
def test_a_step_that_fails_where_no_rename_replaces_a_file_leaves_the_old_one(file, monkeypatch, step):
    done, rename = [], Path.rename

    def no_links(*_):
        raise PermissionError(errno.EPERM, "no links")

    def fails(self, target):
        done.append(self.name)
        if len(done) == step:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return rename(self, target)

    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(SaveError, match="the disk or the network failed"):
        Destination.of(file).write(b"new")
    assert contents(file.parent) == {"table.csv": b"old"}


@pytest.mark.usefixtures("no_replacing")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows refuses only what is open")
def test_a_folder_that_renames_nothing_is_told(file, monkeypatch):
    monkeypatch.setattr(Path, "rename", Path.replace)
    with pytest.raises(LockedFileError, match=r"its folder does not let it be replaced\..*save into another folder"):
        Destination.of(file).write(b"new")
    assert contents(file.parent) == {"table.csv": b"old"}


@pytest.mark.usefixtures("plain_renames")
@pytest.mark.skipif(os.name != "posix", reason="hard links")
def test_a_new_file_stands_even_where_its_other_name_cannot_be_removed(file, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(errno.EPERM, "no")

    monkeypatch.setattr(Path, "unlink", refuse)
    Destination.of(file.with_name("new.csv")).write(b"new")
    assert sorted(contents(file.parent).values()) == [b"new", b"new", b"old"]


@pytest.mark.skipif(sys.platform != "linux", reason="a kernel that knows no such rename is asked for one")
def test_a_file_system_that_refuses_is_told_from_a_fault(file, monkeypatch):
    """The kernel itself answers to flags that it does not know as file systems do to exchanges that they do not."""
    other = file.with_name("other")
    other.touch()
    monkeypatch.setattr(swapping, "_EXCHANGE", {"linux": 1 << 30})
    with pytest.raises(CannotSwapError):
        exchange(other, file)
    Destination.of(file).write(b"new")
    assert contents(file.parent) == {"table.csv": b"new", "other": b""}


@swaps
def test_two_files_change_names(file):
    other = file.with_name("other")
    other.write_bytes(b"new")
    exchange(other, file)
    assert contents(file.parent) == {"table.csv": b"new", "other": b"old"}


@pytest.mark.parametrize("can_rename", [True, False])
@pytest.mark.parametrize("can_link", [True, False])
def test_a_name_that_is_taken_is_never_taken_again(file, monkeypatch, can_rename, can_link):
    if not can_rename:
        monkeypatch.setattr(swapping, "_CALLS", {})
    if not can_link:
        monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError(errno.EPERM, "no links")))
    made = file.with_name("made")
    made.write_bytes(b"made")
    with pytest.raises(FileExistsError):
        appear(made, file)
    assert contents(file.parent) == {"table.csv": b"old", "made": b"made"}
    appear(made, file.with_name("free"))
    assert contents(file.parent) == {"table.csv": b"old", "free": b"made"}


# Writes into a file again and again, and tells what was there each time that it could; refused is what somebody came
# between.
WRITES = """
import sys
from dataclasses import replace
from pathlib import Path
from kam_xl.files.destination import Destination
from kam_xl.files.errors import SaveError
from kam_xl.files.state import FileState
path, times, done = Path(sys.argv[1]), int(sys.argv[2]), []
print("ready", flush=True)
sys.stdin.readline()
for number in range(times):
    try:
        read, written = path.read_bytes(), f"{sys.argv[3]}{number}"
        replace(Destination.of(path), before=FileState.of(path, read)).write(written.encode())
    except (SaveError, OSError):
        continue
    done.append(f"{read.decode()} {written}")
print("\\n".join(done))
"""


@swaps
@pytest.mark.slow
def test_of_two_programs_that_write_as_fast_as_they_can_none_loses_what_the_other_wrote(file):
    """What was written stands there in the end, was read by who replaced it, or has the name of a backup."""
    times, pipe = 2000, subprocess.PIPE
    file.write_text("start")
    calls = [[sys.executable, "-c", WRITES, str(file), str(times), name] for name in ("Ann", "Bob")]
    with contextlib.ExitStack() as running:
        programs = [running.enter_context(subprocess.Popen(call, stdin=pipe, stdout=pipe, text=True)) for call in calls]
        for program in programs:
            program.stdout.readline()
        for program in programs:
            program.stdin.write("\n")
            program.stdin.flush()
        done = [tuple(line.split()) for program in programs for line in program.communicate()[0].splitlines()]
    assert [program.returncode for program in programs] == [0, 0]
    assert times < len(done) < 2 * times  # both wrote, and came between each other
    replaced = {read for read, _ in done}
    there = {content.decode() for content in contents(file.parent).values()}
    assert {written for _, written in done} - replaced <= there
