"""The writer of VBA projects, against a decoder of its own kind and against olevba."""

import random
import warnings

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros import modules, vba_project
from ovba import Module, project
from ovba.compound import compound_file
from ovba.compression import compress
from tests.workbook.vba import decode, decompressed

TEXT = Module.document("ThisWorkbook", "workbook")


@pytest.fixture(scope="module")
def bundled():
    return vba_project()


def test_the_project_gives_back_every_source(bundled):
    assert decode(bundled).sources == {module.name: module.source for module in modules()}


def test_olevba_gives_back_every_source(bundled):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own libraries deprecate what it uses
        from oletools.olevba import VBA_Parser

        macros = VBA_Parser("vbaProject.bin", bundled).extract_macros()
    found = {path.rpartition("/")[2]: code for _, path, _, code in macros}
    assert found == {module.name: module.source.decode("ascii") for module in modules()}


def test_the_project_is_the_same_each_time(bundled):
    assert vba_project() == bundled


def test_it_refers_to_what_ribbons_need_and_nothing_else(bundled):
    assert decode(bundled).references == ["stdole", "Office"]


@settings(max_examples=60)
@given(st.binary(max_size=3000) | st.text("ab \n", max_size=9000).map(str.encode))
def test_whatever_is_compressed_comes_back(data):
    assert decompressed(compress(data)) == data


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4095, 4096, 4097, 8192, 12_289])
@pytest.mark.parametrize("words", [b"x", b"Attribute VB_Name\r\n", bytes(range(256))])
def test_chunks_meet_at_any_length(size, words):
    data = (words * (size // len(words) + 1))[:size]
    assert decompressed(compress(data)) == data


def test_a_chunk_that_would_grow_is_kept_as_it_is():
    noise = random.Random(5).randbytes(4096)  # noqa: S311 (no secret)
    assert compress(noise) == b"\x01\xff\x3f" + noise


def test_a_short_chunk_that_would_grow_is_refused():
    with pytest.raises(ValueError, match="padded"):
        compress(random.Random(5).randbytes(4000))  # noqa: S311 (no secret)


@pytest.mark.parametrize("count", [1, 2, 3, 7, 8, 40])
def test_streams_of_any_size_come_back_from_a_compound_file(count):
    chance = random.Random(count)  # noqa: S311 (no secret)
    sizes = [0, 1, 63, 64, 65, 4095, 4096, 4097, 60_000]
    streams = {f"m{number}{'z' * (number % 20)}": chance.randbytes(chance.choice(sizes)) for number in range(count)}
    file = olefile.OleFileIO(compound_file({"VBA": streams, "PROJECT": b"x"}), raise_defects=olefile.DEFECT_UNSURE)
    assert {name: file.openstream(["VBA", name]).read() for name in streams} == streams
    assert file.openstream("PROJECT").read() == b"x"


def test_a_character_that_code_pages_differ_in_is_refused_with_its_line():
    with pytest.raises(ValueError, match="Words, line 3"):
        Module.standard("Words", "' one\n' Ключ\n")


@pytest.mark.parametrize("name", ["", "1st", "two words", "x" * 32])
def test_a_name_that_vba_does_not_take_is_refused(name):
    with pytest.raises(ValueError, match="not a name"):
        Module.standard(name, "")


def test_names_that_differ_by_letter_case_only_are_refused():
    with pytest.raises(ValueError, match="hello"):
        project([TEXT, Module.standard("Hello", ""), Module.standard("HELLO", "")])


def test_a_class_keeps_its_code_and_gets_the_attributes_that_exports_leave_out():
    exported = (
        'VERSION 1.0 CLASS\nBEGIN\n  MultiUse = -1\nEND\nAttribute VB_Name = "Bag"\nAttribute VB_Exposed = True\nX'
    )
    found = decode(project([TEXT, Module.exported(exported)]))
    assert found.kinds["Bag"] == "Class"
    assert b"VB_Exposed = True\r\n" in found.sources["Bag"]
    assert found.sources["Bag"].endswith(b"VB_Customizable = False\r\nX\r\n")
