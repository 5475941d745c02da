"""Texts of cells: written so that they come back as they were, read however they were written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_xl.engines.file.errors import EditError
from kam_xl.engines.file.parts.cells import strings
from kam_xl.engines.file.parts.flushing import flush
from kam_xl.ooxml.errors import DamagedFileError
from tests.engines.file import raw

SST = f'<sst xmlns="{raw.MAIN}" count="3" uniqueCount="2"><si><t>one</t></si><si><r><t xml:space="preserve">t </t></r><r><t>wo</t></r><rPh sb="0" eb="1"><t>no</t></rPh></si></sst>'  # noqa: E501
SHARED = {
    "xl/sharedStrings.xml": SST,
    "xl/_rels/workbook.xml.rels": raw.rels(
        ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")
    ),
}


@given(st.text(max_size=40))
def test_every_text_comes_back_as_it_was(text):
    element = strings.element(text)
    assert strings.item_text(element) == text


def test_halves_of_a_character_are_kept_apart_from_xml():
    assert strings.encode("\ud83d") == "_xD83D_"
    assert strings.decode("_xD83D__xDE00_") == "\U0001f600"
    assert strings.decode("_xD83D_") == "\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize("letter", ["\0", "\x1f", "\r", "\ud83d", "\ufffe", "\uffff"])
def test_letters_that_xml_cannot_hold_are_written_as_codes(letter):
    assert strings.element(f"a{letter}b") == f"<t>a_x{ord(letter):04X}_b</t>"


@pytest.mark.parametrize("text", [" a", "a ", "a\nb", "a  b", "\ta"])
def test_space_that_xml_would_drop_is_marked(text):
    assert strings.element(text).startswith('<t xml:space="preserve">')


def test_the_limit_of_a_cell_counts_as_excel_counts():
    strings.check_length("\U0001f600" * 16_383)
    with pytest.raises(EditError, match="32,767"):
        strings.check_length("\U0001f600" * 16_384)


def test_shared_texts_are_read_with_runs_and_without_phonetic_hints(tmp_path):
    shared = raw.opened(tmp_path, raw.parts(**SHARED)).strings
    assert [shared[0], shared[1]] == ["one", "t wo"]
    with pytest.raises(DamagedFileError):
        shared[2]


def test_shared_texts_in_comments_and_cdata_are_read(tmp_path):
    text = f'<sst xmlns="{raw.MAIN}"><!-- <si><t>no</t></si> --><si><t><![CDATA[<si>]]></t></si></sst>'
    shared = raw.opened(tmp_path, raw.parts(**SHARED | {"xl/sharedStrings.xml": text})).strings
    assert (len(shared), shared[0]) == (1, "<si>")


def test_an_item_is_added_once_and_counted(tmp_path):
    book = raw.opened(tmp_path, raw.parts(**SHARED))
    assert [book.strings.add(item) for item in ("<t>one</t>", "<t>three</t>", "<t>three</t>")] == [0, 2, 2]
    flush(book)
    assert book.package.text("xl/sharedStrings.xml") == SST.replace("</sst>", "<si><t>three</t></si></sst>").replace(
        'count="3" uniqueCount="2"', 'count="4" uniqueCount="3"'
    )


def test_a_book_without_shared_texts_gets_a_part_when_it_needs_one(tmp_path):
    book = raw.opened(tmp_path, raw.parts())
    book.strings.add("<t>one</t>")
    flush(book)
    assert book.package.part_of_type("xl/workbook.xml", "sharedStrings") == "xl/sharedStrings.xml"
    assert book.package.content_type("xl/sharedStrings.xml").endswith("sharedStrings+xml")


def test_items_take_the_prefix_of_their_document(tmp_path):
    text = f'<x:sst xmlns:x="{raw.MAIN}"/>'
    book = raw.opened(tmp_path, raw.parts(**SHARED | {"xl/sharedStrings.xml": text}))
    book.strings.add("<r><t>one</t></r>")
    flush(book)
    assert book.package.text("xl/sharedStrings.xml").endswith("><x:si><x:r><x:t>one</x:t></x:r></x:si></x:sst>")
