"""Bytes of XML parts: every encoding that workbooks use, nothing that they must not hold."""

import pytest

from kam_xl.ooxml import markup
from kam_xl.ooxml.errors import DamagedFileError, UnsafeFileError

TEXT = '<?xml version="1.0" encoding="{}"?><a>Ключ</a>'


@pytest.mark.parametrize("encoding", ["UTF-8", "utf-16", "UTF-16LE", "UTF-16BE", "windows-1251", "ISO-8859-5"])
def test_a_part_keeps_its_encoding(encoding):
    text = TEXT.format(encoding)
    data = markup.encode(text)
    assert markup.decode(data) == text
    assert markup.check(data) is None  # as other programs see it


@pytest.mark.parametrize("encoding", ["UTF-8", "utf-16", "UTF-16BE", "windows-1251", "ISO-8859-5"])
def test_a_text_in_pieces_is_encoded_as_the_whole(encoding):
    text = TEXT.format(encoding)
    pieces = markup.LongText([text[:45], lambda: text[45:55], "", text[55:]])
    assert b"".join(pieces) == b"".join(pieces) == markup.encode(text)  # as often as asked for
    assert str(pieces) == text


@pytest.mark.parametrize("encoding", ["UTF-16LE", "UTF-16BE"])
def test_two_bytes_a_character_are_seen_without_a_byte_order_mark(encoding):
    assert markup.decode(TEXT.format(encoding).encode(encoding)) == TEXT.format(encoding)
    assert markup.decode("<a>Ключ</a>".encode(encoding)) == "<a>Ключ</a>"


def test_a_byte_order_mark_is_taken_off():
    assert markup.decode(b"\xef\xbb\xbf<a/>") == "<a/>"


def test_a_character_that_the_encoding_lacks_becomes_a_reference():
    assert markup.encode('<?xml version="1.0" encoding="windows-1251"?><a>ü</a>').endswith(b"<a>&#252;</a>")


@pytest.mark.parametrize(
    "data", [b"<a>", b"<a></b>", b"<a b=1/>", b"", b"text", b"<a/><b/>", b"<a>\x01</a>", b"\xff\xfe<"]
)
def test_what_is_not_well_formed_is_refused(data):
    with pytest.raises(DamagedFileError):
        markup.decode(data, "part.xml")


def test_a_prefix_that_is_not_declared_is_refused_where_it_matters():
    assert markup.check("<a><b:c/></a>") is None
    with pytest.raises(DamagedFileError, match="unbound prefix"):
        markup.check("<a><b:c/></a>", namespaces=True)


@pytest.mark.parametrize("encoding", ["no-such", "hex"])
def test_an_unknown_encoding_is_refused(encoding):
    with pytest.raises(DamagedFileError):
        markup.decode(TEXT.format(encoding).encode())


@pytest.mark.parametrize("loose", [False, True])
def test_a_document_type_is_refused(loose):
    bomb = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    with pytest.raises(UnsafeFileError, match="document type"):
        markup.decode(bomb.encode(), "xl/workbook.xml", loose=loose)


def test_drawings_of_old_may_leave_elements_open():
    assert markup.decode(b"<xml><br></xml>", loose=True) == "<xml><br></xml>"
