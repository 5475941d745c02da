"""Zip files written by hand: any reader takes them, also where they outgrow the format's first form."""

import io
import zipfile

from kam_xl.ooxml import archive
from kam_xl.ooxml.archive import Archive
from kam_xl.ooxml.writer import ArchiveWriter
from tests.engines.file import raw


def test_copied_entries_keep_their_bytes_names_dates_and_method():
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        source = Archive(raw.zipped({"a.xml": "<a/>" * 99, "Ключ.xml": "<b/>"}, method))
        stream = io.BytesIO()
        target = ArchiveWriter(stream)
        for entry in source.entries:
            target.copy(entry, source.raw(entry))
        target.close()
        copy = Archive(stream.getvalue())
        assert [source.raw(entry) for entry in source.entries] == [copy.raw(entry) for entry in copy.entries]
        assert [(i.filename, i.date_time, i.compress_type) for i in zipfile.ZipFile(stream).infolist()] == [
            (entry.name, entry.info.date_time, method) for entry in source.entries
        ]


def test_the_same_content_gives_the_same_file():
    def written():
        stream = io.BytesIO()
        target = ArchiveWriter(stream)
        target.write("a.xml", [b"<a/>"] * 1000)
        target.close()
        return stream.getvalue()

    assert written() == written()


def test_without_the_fast_library_the_content_is_the_same(monkeypatch):
    monkeypatch.setattr(archive, "isal", None)
    assert Archive(_file({"a.xml": b"<a/>" * 1000})).entries[0].info.file_size == 4000


def test_more_entries_than_the_first_form_counts_are_written():
    names = [f"{number}.xml" for number in range(65_600)]
    assert zipfile.ZipFile(io.BytesIO(_file(dict.fromkeys(names, b"")))).namelist() == names


def test_entries_beyond_four_gigabytes_are_written(tmp_path):
    path = tmp_path / "large.zip"
    with path.open("wb") as stream:  # a hole in the file: no space is taken
        stream.seek(5 << 30)
        target = ArchiveWriter(stream)
        target._position = 5 << 30
        target.write("a.xml", [b"<a/>"])
        target.close()
    with zipfile.ZipFile(path) as file:
        assert (file.read("a.xml"), file.infolist()[0].header_offset) == (b"<a/>", 5 << 30)


def _file(found):
    stream = io.BytesIO()
    target = ArchiveWriter(stream)
    for name, content in found.items():
        target.write(name, [content])
    target.close()
    return stream.getvalue()
