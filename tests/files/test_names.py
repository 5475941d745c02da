"""One file may have several spellings, and two files names that look the same."""

from pathlib import Path
from unicodedata import normalize

import pytest

from kam_xl.files.names import as_spelt, is_same_file

COMPOSED, DECOMPOSED = normalize("NFC", "Клиенты Андрей ё.xlsx"), normalize("NFD", "Клиенты Андрей ё.xlsx")


@pytest.fixture
def other_numbers(monkeypatch):
    """As drivers of memory sticks do: each spelling of a name has a number of its own."""
    monkeypatch.setattr(Path, "samefile", lambda self, other: str(self) == str(other))


@pytest.fixture
def no_case(monkeypatch, other_numbers):
    """A folder where capitals are found as small letters, whatever the disk of this machine does."""

    real = Path.exists
    monkeypatch.setattr(Path, "exists", lambda self: real(self.with_name(self.name.lower())))


@pytest.mark.usefixtures("no_case")
def test_two_spellings_of_the_only_such_name_are_one_file(tmp_path):
    (tmp_path / "clients.csv").touch()
    (tmp_path / "others.csv").touch()
    assert is_same_file(tmp_path / "CLIENTS.csv", tmp_path / "Clients.csv")
    assert not is_same_file(tmp_path / "CLIENTS.csv", tmp_path / "others.csv")
    assert not is_same_file(tmp_path / "clients.csv", tmp_path / "nothing.csv")


@pytest.mark.usefixtures("no_case")
def test_spellings_of_a_folder_are_one_folder(tmp_path):
    (tmp_path / "table").mkdir()
    (tmp_path / "table" / "clients.csv").touch()
    assert is_same_file(tmp_path / "table" / "CLIENTS.csv", tmp_path / "table" / "clients.csv")
    assert not is_same_file(tmp_path / "clients.csv", tmp_path / "table" / "clients.csv")


@pytest.mark.usefixtures("other_numbers")
def test_where_both_spellings_are_there_they_are_two_files(tmp_path):
    for name in ("clients.csv", "Clients.csv"):
        (tmp_path / name).touch()
    if len(list(tmp_path.iterdir())) < 2:
        pytest.skip("this disk takes capitals and small letters for the same")
    assert not is_same_file(tmp_path / "clients.csv", tmp_path / "Clients.csv")


@pytest.mark.parametrize(("there", "given"), [(COMPOSED, DECOMPOSED), (DECOMPOSED, COMPOSED), (COMPOSED, COMPOSED)])
def test_a_name_is_found_however_its_letters_are_composed(tmp_path, there, given):
    folder = tmp_path / there
    folder.mkdir()
    (folder / there).touch()
    assert as_spelt(tmp_path / given / given).samefile(folder / there)
    assert as_spelt(tmp_path / given / "new.xlsx").parent.samefile(folder)
    assert as_spelt(tmp_path / given / "новый.xlsx") == as_spelt(tmp_path / given) / "новый.xlsx"


def test_a_name_that_two_files_look_like_stays_as_given(tmp_path):
    for name in (normalize("NFD", "йё.csv"), "й" + normalize("NFD", "ё.csv")):
        (tmp_path / name).touch()
    if len(list(tmp_path.iterdir())) < 2:
        pytest.skip("this disk takes both for the same")
    assert as_spelt(tmp_path / "йё.csv") == tmp_path / "йё.csv"


def test_a_relative_name_stays_relative(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path(DECOMPOSED).touch()
    assert as_spelt(Path(DECOMPOSED)) == Path(DECOMPOSED)
    assert not as_spelt(Path(COMPOSED)).is_absolute()
    assert as_spelt(Path("нет/такого")) == Path("нет/такого")


def test_what_is_no_file_is_not_the_same_file(tmp_path):
    (file := tmp_path / "clients.csv").touch()
    for name in ("nothing", "loop"):
        (tmp_path / name).symlink_to(name if name == "loop" else "none")
    for other in (tmp_path / "no" / "clients.csv", file / "clients.csv", tmp_path / "nothing", tmp_path / "loop"):
        assert not is_same_file(file, other)
        assert not is_same_file(other, file)
