"""Zip files: what is no workbook, damaged or dangerous is told apart and refused in a sentence."""

import io
import struct
import warnings
import zipfile
import zlib

import pytest

from kam_xl.engines.file.parts.workbook import Workbook
from kam_xl.ooxml import archive
from kam_xl.ooxml.archive import Archive, FileBytes, Limits
from kam_xl.ooxml.errors import (
    DamagedFileError,
    EncryptedFileError,
    NotAWorkbookError,
    PackageError,
    UnreadableFileError,
    UnsafeFileError,
)
from kam_xl.ooxml.package import Package
from tests.engines.file import raw

OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")


def test_entries_stored_or_deflated_are_read():
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        archive = Archive(raw.zipped({"a.xml": "<a/>", "b/c.bin": b"\0" * 99}, method))
        assert [(entry.name, archive.read(entry)) for entry in archive.entries] == [
            ("a.xml", b"<a/>"),
            ("b/c.bin", b"\0" * 99),
        ]


def test_a_file_on_disk_is_read_as_one_in_memory(tmp_path):
    data = raw.zipped({"a.xml": "<a/>" * 70_000, "b/c.bin": b"\0" * 99})
    path = tmp_path / "file.zip"
    path.write_bytes(data)
    with path.open("rb") as stream:
        on_disk, in_memory = Archive(FileBytes(stream)), Archive(data)
        assert [on_disk.read(entry) for entry in on_disk.entries] == [
            in_memory.read(each) for each in in_memory.entries
        ]
        assert [on_disk.raw(entry) for entry in on_disk.entries] == [in_memory.raw(each) for each in in_memory.entries]
        assert (on_disk.data[:], on_disk.data.checksum()) == (data, zlib.crc32(data))


@pytest.mark.parametrize("library", [archive.isal, zlib])
@pytest.mark.parametrize("block", [10, archive.BLOCK])
@pytest.mark.parametrize("size", [0, 1, 999, 1000, 1001, 100_000])
def test_a_content_read_in_pieces_is_the_whole_one(monkeypatch, library, block, size):
    monkeypatch.setattr(archive, "zlib_like", library)
    monkeypatch.setattr(archive, "BLOCK", block)
    content = (b"<name/>" * 20_000 + bytes(range(256)) * 200)[-size:] if size else b""
    whole = Archive(raw.zipped({"a.xml": content}))
    pieces = list(whole.chunks(whole.entries[0], 999))
    assert b"".join(pieces) == content
    assert max(map(len, pieces), default=0) <= 1000


def test_damage_is_found_behind_the_last_piece():
    data = bytearray(raw.zipped({"a.xml": b"<a/>" * 1000}, zipfile.ZIP_STORED))
    data[data.index(b"<a/><a/>") + 2000] ^= 1
    damaged = Archive(bytes(data))
    with pytest.raises(DamagedFileError, match="damaged"):
        list(damaged.chunks(damaged.entries[0], 100))


@pytest.mark.parametrize(
    ("pieces", "same"),
    [
        ([b"<a/>", b"<b/>"], True),
        ([b"<a/><b/>"], True),
        ([b"<a/>"], False),
        ([b"<a/>", b"<c/>"], False),
        ([b"<a/><b/>", b" "], False),
    ],
)
def test_an_entry_holds_what_its_pieces_make_together(pieces, same):
    whole = Archive(raw.zipped({"a.xml": "<a/><b/>"}))
    assert whole.holds(whole.entries[0], pieces) is same
    assert whole.holds(whole.entries[0], iter(pieces)) is same


def test_entries_followed_by_data_descriptors_are_read():
    class Pipe:
        data = b""

        def write(self, piece):
            self.data += piece
            return len(piece)

        def flush(self):
            pass

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.xml", "<a/>")
    assert b"PK\7\x08" in pipe.data
    archive = Archive(pipe.data)
    assert archive.read(archive.entries[0]) == b"<a/>"


def test_a_password_protected_workbook_is_named_as_such():
    data = OLE2 + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    with pytest.raises(EncryptedFileError, match="password"):
        Archive(data, "secret.xlsx")


def test_a_workbook_of_before_2007_is_named_as_such():
    with pytest.raises(NotAWorkbookError, match="before 2007"):
        Archive(OLE2 + b"\0" * 2000, "old.xls")


@pytest.mark.parametrize("data", [b"", b"PK", b"Client;Revenue\n", b"<html/>", b"%PDF-1.7", b"\0" * 100])
def test_what_is_no_zip_file_is_refused(data):
    with pytest.raises(PackageError):
        Archive(data, "file.xlsx")


def test_a_truncated_file_is_damaged():
    data = raw.zipped(raw.parts())
    with pytest.raises(DamagedFileError, match="damaged"):
        Archive(data[: len(data) // 2], "half.xlsx")


def test_a_part_whose_checksum_is_wrong_is_damaged():
    data = bytearray(raw.zipped({"a.xml": "<a>text</a>"}, zipfile.ZIP_STORED))
    data[data.index(b"text")] = ord("T")
    archive = Archive(bytes(data))
    with pytest.raises(DamagedFileError, match=r"a\.xml"):
        archive.read(archive.entries[0])


def test_a_part_that_is_larger_than_announced_is_not_unfolded():
    data = bytearray(raw.zipped({"a.xml": b"x" * 100_000}))
    at = data.index(b"PK\1\2") + 24
    data[at : at + 4] = struct.pack("<L", 10)
    archive = Archive(bytes(data))
    with pytest.raises(DamagedFileError):
        archive.read(archive.entries[0])


def test_a_bomb_is_refused_before_it_is_unfolded():
    data = raw.zipped({"a.xml": b" " * (40 << 20)})
    with pytest.raises(UnsafeFileError, match="many times its own size"):
        Archive(data, "bomb.xlsx")
    assert Archive(data, "bomb.xlsx", Limits(ratio=2000)).entries


def test_a_file_beyond_the_limits_is_refused():
    data = raw.zipped({"a.xml": b"12345", "b.xml": b"12345"})
    with pytest.raises(UnsafeFileError):
        Archive(data, "large.xlsx", Limits(total_size=9))
    with pytest.raises(UnsafeFileError):
        Archive(data, "many.xlsx", Limits(entries=1))


@pytest.mark.parametrize(
    "name", ["../evil.xml", "/etc/passwd", "xl/../../evil.xml", "C:\\evil.xml", "xl\\..\\..\\e.xml"]
)
def test_a_name_that_leads_out_of_the_file_is_refused(name):
    with pytest.raises(UnsafeFileError, match="points outside"):
        Archive(raw.zipped({name: b""}))


def test_overlapping_entries_are_refused():
    data = bytearray(raw.zipped({"a.xml": b"a" * 50, "b.xml": b"b" * 50}, zipfile.ZIP_STORED))
    second = data.index(b"PK\1\2", data.index(b"PK\1\2") + 4)
    data[second + 42 : second + 46] = struct.pack("<L", 0)
    with pytest.raises(PackageError):
        Archive(bytes(data))


def test_an_encrypted_entry_is_refused():
    data = bytearray(raw.zipped({"a.xml": b"a"}))
    data[data.index(b"PK\1\2") + 8] |= 1
    with pytest.raises(EncryptedFileError):
        Archive(bytes(data))


def test_the_same_part_twice_is_borne_and_two_different_ones_are_not():
    def doubled(second):
        stream = io.BytesIO()
        with warnings.catch_warnings(), zipfile.ZipFile(stream, "w") as file:
            warnings.simplefilter("ignore")  # zipfile warns of what is the point here
            for name, text in [*raw.parts().items(), ("xl/workbook.xml", second)]:
                file.writestr(name, text)
        return stream.getvalue()

    same = doubled(raw.parts()["xl/workbook.xml"])
    assert Package.from_bytes(same).names().count("xl/workbook.xml") == 1
    with pytest.raises(DamagedFileError, match="two different parts"):
        Package.from_bytes(doubled("<workbook/>"))


@pytest.mark.parametrize(
    ("content_type", "sentence"),
    [
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.main", "binary workbook"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "not an Excel workbook"),
    ],
)
def test_other_packages_are_no_workbooks(tmp_path, content_type, sentence):
    found = raw.parts()
    types = found["[Content_Types].xml"].replace(f"{raw.SHEET_TYPE}sheet.main+xml", content_type)
    path = raw.write(tmp_path / "book.xlsx", found | {"[Content_Types].xml": types})
    with pytest.raises(NotAWorkbookError, match=sentence):
        Workbook.open(path)


def test_a_zip_of_something_else_is_no_workbook(tmp_path):
    with pytest.raises(NotAWorkbookError):
        Workbook.open(raw.write(tmp_path / "book.ods", {"mimetype": "x", "content.xml": "<a/>"}))


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(tmp_path):
    with pytest.raises(UnreadableFileError, match="cannot be read"):
        Workbook.open(tmp_path / "missing.xlsx")
    with pytest.raises(UnreadableFileError, match="cannot be read"):
        Workbook.open(tmp_path)
    path = raw.write(tmp_path / "large.xlsx", raw.parts())
    with pytest.raises(UnreadableFileError, match="too large"):
        Workbook.open(path, Limits(file_size=10))
