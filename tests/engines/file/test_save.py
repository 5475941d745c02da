"""Saving: what was not touched stays byte for byte, and whatever goes wrong, the old file is still there."""

import os
import stat
import zipfile
from pathlib import Path

import pytest

from kam_xl.engines.file import save as saving
from kam_xl.engines.file.errors import UnexpectedChangeError
from kam_xl.engines.file.parts.workbook import WORKBOOK_TYPES, Workbook
from kam_xl.engines.file.save import save
from kam_xl.files.errors import LockedFileError, SaveError
from kam_xl.ooxml.archive import Archive
from kam_xl.ooxml.errors import DamagedFileError
from tests.engines.file import raw

CELL = raw.sheet('<row r="1"><c r="A1"><v>1</v></c></row>')


@pytest.fixture
def source(tmp_path):
    return raw.write(tmp_path / "book.xlsx", raw.parts(CELL, raw.sheet(), **{"custom/data.bin": os.urandom(999)}))


def changed(path, value=5):
    book = Workbook.open(path)
    book.sheet_part(book.sheets[0]).set(1, 1, value)
    return book


def files(folder):
    return sorted(path.name for path in folder.iterdir())


def test_one_cell_changes_one_part(source, tmp_path):
    report = save(changed(source), tmp_path / "out.xlsx")
    assert raw.differing(source, tmp_path / "out.xlsx") == ["xl/worksheets/sheet1.xml"]
    assert str(report) == "6 of 7 parts unchanged, 1 changed: xl/worksheets/sheet1.xml"


def test_untouched_parts_keep_their_compressed_bytes_and_their_order(source, tmp_path):
    save(changed(source), tmp_path / "out.xlsx")
    before, after = (Archive(path.read_bytes()) for path in (source, tmp_path / "out.xlsx"))
    assert [entry.name for entry in before.entries] == [entry.name for entry in after.entries]
    for old, new in zip(before.entries, after.entries, strict=True):
        assert (before.raw(old) == after.raw(new)) == (old.name != "xl/worksheets/sheet1.xml")


def test_a_part_written_as_it_was_counts_as_unchanged(source, tmp_path):
    book = Workbook.open(source)
    book.package.put("xl/worksheets/sheet1.xml", CELL)
    assert save(book, tmp_path / "out.xlsx").changed == ()


def test_a_book_is_saved_over_itself_again_and_again(source):
    book = changed(source)
    for value in (6, 7):
        book.sheet_part(book.sheets[0]).set(1, 1, value)
        save(book, source)
    assert b"<v>7</v>" in raw.contents(source)["xl/worksheets/sheet1.xml"]
    assert files(source.parent) == ["book.xlsx"]


def test_a_backup_is_kept_on_request_and_never_overwritten(source):
    before = source.read_bytes()
    assert save(changed(source), source, backup=True).backup == source.with_name("book.bak.xlsx")
    save(changed(source, 6), source, backup=True)
    assert files(source.parent) == ["book.bak.xlsx", "book.bak2.xlsx", "book.xlsx"]
    assert source.with_name("book.bak.xlsx").read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="only there the folder is synchronized")
def test_a_folder_that_cannot_be_synchronized_is_no_failure_of_a_file_that_stands(source, monkeypatch):
    def refuse(path, flags, *mode, opened=os.open):
        if Path(path).is_dir():
            raise OSError(22, "invalid argument")
        return opened(path, flags, *mode)

    book = changed(source)
    monkeypatch.setattr(os, "open", refuse)
    save(book, source)
    assert b"<v>5</v>" in raw.contents(source)["xl/worksheets/sheet1.xml"]


@pytest.mark.skipif(os.name != "posix", reason="permissions are of another kind here")
def test_permissions_stay_and_a_link_stays_a_link(source, tmp_path):
    source.chmod(0o640)
    link = tmp_path / "link.xlsx"
    link.symlink_to(source)
    save(changed(source), link)
    assert stat.S_IMODE(source.stat().st_mode) == 0o640
    assert link.is_symlink()
    assert b"<v>5</v>" in raw.contents(source)["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize(("lock", "program"), [("~$book.xlsx", "Excel"), (".~lock.book.xlsx#", "LibreOffice")])
def test_a_file_that_is_open_elsewhere_is_not_written_over(source, tmp_path, lock, program):
    (source.parent / lock).write_bytes(b"")
    with pytest.raises(LockedFileError, match=f"open in {program}"):
        save(changed(source), source)
    save(changed(source), tmp_path / "other.xlsx")


def test_a_file_that_somebody_changed_meanwhile_is_not_written_over(source):
    book = changed(source)
    raw.write(source, raw.parts(raw.sheet()))
    with pytest.raises(LockedFileError, match="changed by another program"):
        save(book, source)


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt(), MemoryError()])
@pytest.mark.parametrize("step", ["ArchiveWriter.write", "verify", "Destination.put"])
def test_whatever_goes_wrong_the_old_file_is_as_it_was(source, monkeypatch, fault, step):
    def fail(*_, **__):
        raise fault

    before, book = source.read_bytes(), changed(source)
    monkeypatch.setattr(f"{saving.__name__}.{step}", fail)
    with pytest.raises(SaveError if isinstance(fault, OSError) else type(fault)):
        save(book, source)
    assert source.read_bytes() == before
    assert files(source.parent) == ["book.xlsx"]


def test_a_folder_that_is_not_there_is_told_in_a_sentence(source, tmp_path):
    with pytest.raises(SaveError, match="cannot be written"):
        save(changed(source), tmp_path / "none" / "out.xlsx")


def test_a_change_that_nobody_declared_stops_before_the_file_is_replaced(source):
    book = changed(source)
    book.package.put("custom/data.bin", b"surprise")
    with pytest.raises(UnexpectedChangeError, match=r"custom/data\.bin"):
        save(book, source)
    book.touch("custom/data.bin")
    assert "custom/data.bin" in save(book, source).changed


def test_a_part_dropped_without_a_word_stops_it_too(source):
    book = Workbook.open(source)
    book.package.drop("custom/data.bin")
    with pytest.raises(UnexpectedChangeError):
        save(book, source)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (lambda package: package.put("xl/worksheets/sheet1.xml", "<worksheet>"), "XML is broken"),
        (lambda package: package.relate("xl/workbook.xml", "styles", "xl/none.xml"), "leads nowhere"),
        (lambda package: package.put("xl/new.bin", b""), "no content type"),
    ],
    ids=["broken", "dangling", "typeless"],
)
def test_a_package_made_wrong_is_found_out_before_the_file_is_replaced(source, fault, sentence):
    before, book = source.read_bytes(), Workbook.open(source)
    book.touch("xl/worksheets/sheet1.xml", "xl/workbook.xml")
    fault(book.package)
    with pytest.raises(UnexpectedChangeError, match=sentence):
        save(book, source)
    assert source.read_bytes() == before


def test_a_damaged_part_does_not_matter_until_it_is_needed(tmp_path):
    found = raw.parts(CELL, "<worksheet>")
    source = raw.write(tmp_path / "book.xlsx", found)
    save(changed(source), tmp_path / "out.xlsx")
    assert raw.differing(source, tmp_path / "out.xlsx") == ["xl/worksheets/sheet1.xml"]
    book = Workbook.open(source)
    with pytest.raises(DamagedFileError, match="XML is broken"):
        book.sheet_part(book.sheets[1]).value(1, 1)


def test_relationships_that_led_nowhere_before_may_go_on_doing_so(tmp_path):
    rels = raw.rels(("worksheet", "worksheets/sheet1.xml"), ("theme", "theme/none.xml"))
    source = raw.write(tmp_path / "book.xlsx", raw.parts(CELL, **{"xl/_rels/workbook.xml.rels": rels}))
    book = changed(source)
    book.strings.add("<t>x</t>")
    assert save(book, tmp_path / "out.xlsx").added == ("xl/sharedStrings.xml",)


# --- kinds of workbooks ----------------------------------------------------------------------------------------------


def with_macros(tmp_path):
    rels = raw.rels(("worksheet", "worksheets/sheet1.xml"), ("vbaProject", "vbaProject.bin"))
    found = raw.parts(CELL, **{"xl/_rels/workbook.xml.rels": rels, "xl/vbaProject.bin": b"macros"})
    found["[Content_Types].xml"] = (
        found["[Content_Types].xml"]
        .replace(WORKBOOK_TYPES[".xlsx"], WORKBOOK_TYPES[".xlsm"])
        .replace(
            "<Override", '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Override', 1
        )
    )
    return raw.write(tmp_path / "book.xlsm", found)


def test_macros_stay_byte_for_byte(tmp_path):
    source = with_macros(tmp_path)
    save(changed(source), tmp_path / "out.xlsm")
    assert raw.differing(source, tmp_path / "out.xlsm") == ["xl/worksheets/sheet1.xml"]


def test_a_book_whose_macros_were_dropped_is_a_plain_one(tmp_path):
    book = Workbook.open(with_macros(tmp_path))
    book.drop_macros()
    report = save(book, tmp_path / "out.xlsx")
    assert report.dropped == ("xl/vbaProject.bin",)
    assert not Workbook.open(tmp_path / "out.xlsx").has_macros


def test_a_book_with_macros_needs_a_name_that_says_so(tmp_path):
    with pytest.raises(SaveError, match="macros"):
        save(changed(with_macros(tmp_path)), tmp_path / "out.xlsx")


def test_a_template_saved_as_a_book_is_one(tmp_path):
    found = raw.parts(CELL)
    types = found["[Content_Types].xml"].replace(WORKBOOK_TYPES[".xlsx"], WORKBOOK_TYPES[".xltx"])
    source = raw.write(tmp_path / "book.xltx", found | {"[Content_Types].xml": types})
    save(Workbook.open(source), tmp_path / "out.xlsx")
    assert WORKBOOK_TYPES[".xlsx"] in raw.contents(tmp_path / "out.xlsx")["[Content_Types].xml"].decode()


def test_a_book_whose_name_does_not_fit_what_it_calls_itself_stays_as_it_is_under_such_a_name(tmp_path):
    source = with_macros(tmp_path).rename(tmp_path / "book.xlsx")
    save(changed(source), tmp_path / "out.xlsx")
    assert raw.differing(source, tmp_path / "out.xlsx") == ["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize("name", ["out.xls", "out.xlsb", "out.csv", "out"])
def test_other_kinds_of_files_are_not_written(source, tmp_path, name):
    with pytest.raises(SaveError, match="cannot be written"):
        save(changed(source), tmp_path / name)


def test_odd_entries_of_the_source_are_copied_as_they_are(tmp_path):
    path = Path(tmp_path / "book.xlsx")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("xl/", "")
        for name, text in raw.parts(CELL).items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 10)), text)
    save(changed(path), tmp_path / "out.xlsx")
    entries = zipfile.ZipFile(tmp_path / "out.xlsx").infolist()
    assert entries[0].filename == "xl/"
    assert {(entry.compress_type, entry.date_time[0]) for entry in entries[1:]} == {
        (zipfile.ZIP_STORED, 2024),
        (zipfile.ZIP_DEFLATED, 1980),
    }
