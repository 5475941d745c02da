"""A file that others left alone is still what it was, whatever a driver says of its number and a server of its time."""

import os

import pytest

from kam_xl.files import state
from kam_xl.files.state import FileState

SECOND = 1_000_000_000


@pytest.fixture
def file(tmp_path, monkeypatch):
    """One that counts as large: only its ends are looked at."""
    monkeypatch.setattr(state, "_WHOLE", 10)
    monkeypatch.setattr(state, "_END", 4)
    path = tmp_path / "plans.xlsx"
    path.write_bytes(b"begin, middle, end")
    os.utime(path, ns=(5 * SECOND, 5 * SECOND))
    return path


def saved_again(path, content, modified):
    path.unlink()
    path.with_name("other").touch()  # takes its number
    path.write_bytes(content)
    os.utime(path, ns=(modified, modified))
    return FileState.of(path)


@pytest.mark.parametrize(
    ("content", "modified", "is_still"),
    [
        (b"begin, middle, end", 5 * SECOND, True),
        (b"begin, middle, end", 4 * SECOND, True),  # FAT keeps every other second
        (b"begin, middle, end", 8 * SECOND, False),
        (b"begin, widdle, end", 8 * SECOND, False),
        (b"begin, middle, enD", 5 * SECOND, False),
        (b"Begin, middle, end", 5 * SECOND, False),
        (b"begin, middle,  end", 5 * SECOND, False),
    ],
)
def test_a_large_file_is_known_by_its_ends_its_size_and_its_time(file, content, modified, is_still):
    before = FileState.of(file)
    assert before.is_still(saved_again(file, content, modified)) is is_still


@pytest.mark.parametrize("content", [b"begin, middle, end", b"short"])
def test_what_was_just_read_need_not_be_read_again(file, content):
    file.write_bytes(content)
    assert FileState.of(file, content) == FileState.of(file)


def test_the_content_of_other_files_is_all_that_counts(file):
    file.write_bytes(b"short")
    before = FileState.of(file)
    assert before.is_still(saved_again(file, b"short", 99 * SECOND))
    assert not before.is_still(saved_again(file, b"Short", before.modified))
    assert not before.is_still(None)
