"""Where a workbook's files go, and what is said where there is no such place."""

from types import SimpleNamespace
from unicodedata import normalize

import pytest
import xlwings as xw

from kam_xl.actions.output.places import PlaceError, file_names, filled_folder, folder_of, made_folder


class InTheWeb:
    """A book as xlwings gives it where it finds no local folder for a web address."""

    name = "plans.xlsm"

    @property
    def fullname(self):
        raise xw.XlwingsError("Couldn't find your local OneDrive for Business file")


@pytest.mark.parametrize(
    "book", [InTheWeb(), SimpleNamespace(name="plans.xlsm", fullname="https://firm.sharepoint.com/sites/x/plans.xlsm")]
)
def test_a_workbook_in_the_web_is_told_with_the_remedy(book):
    with pytest.raises(PlaceError, match="OneDrive or SharePoint and has no folder on this computer") as told:
        folder_of(book)
    assert "save a copy to a local folder" in str(told.value)


def test_a_workbook_that_was_never_saved_has_no_folder():
    with pytest.raises(PlaceError, match="has not been saved yet"):
        folder_of(xw.engines["file"].apps.add().books.add())


def test_a_folder_is_made_with_those_above_it(tmp_path):
    assert made_folder(tmp_path / "a" / "b").is_dir()


def test_names_that_one_disk_takes_for_the_same_differ():
    """macOS takes composed and decomposed letters for the same, and capitals for small ones."""
    values = [normalize("NFC", "Андрей"), normalize("NFD", "Андрей"), "АНДРЕЙ"]
    assert list(file_names("", values, ".pdf").values()) == ["Андрей.pdf", "Андрей (2).pdf", "АНДРЕЙ (3).pdf"]


def interrupted(folder, writes):
    with filled_folder(folder):
        if writes:
            (folder / "plans.xlsx").touch()
        raise KeyboardInterrupt


def test_folders_that_were_made_go_where_nothing_is_written_and_stay_with_what_was(tmp_path):
    for name, writes in (("empty", False), ("filled", True)):
        with pytest.raises(KeyboardInterrupt):
            interrupted(tmp_path / name / "within", writes)
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == [
        "filled",
        "filled/within",
        "filled/within/plans.xlsx",
    ]


def test_a_folder_that_was_there_stays(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        interrupted(tmp_path, writes=False)
    assert tmp_path.is_dir()
