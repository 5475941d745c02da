"""Places in XML text: found whatever the spelling, changed without touching the rest."""

import pytest

from kam_xl.ooxml import xml

HARD = """<?xml version="1.0"?><!-- <b/> --><x:a xmlns:x="u" q='>"'><?pi <b/> ?><![CDATA[<b/>]]>
<x:b n="1>2" m='a"b'/><c><x:b>one</x:b></c><x:b >t<x:b/>o</x:b ></x:a>"""


def texts(text, elements):
    return [text[element.start : element.end] for element in elements]


def test_elements_are_found_at_any_depth_but_not_in_comments_instructions_and_cdata():
    found = texts(HARD, xml.find_all(HARD, "b"))
    assert found == ['<x:b n="1>2" m=\'a"b\'/>', "<x:b>one</x:b>", "<x:b >t<x:b/>o</x:b >", "<x:b/>"]


def test_children_are_those_directly_within():
    assert texts(HARD, xml.children(HARD, xml.root(HARD))) == [
        '<x:b n="1>2" m=\'a"b\'/>',
        "<c><x:b>one</x:b></c>",
        "<x:b >t<x:b/>o</x:b >",
    ]


def test_an_element_ends_at_its_own_end_tag_however_it_is_written():
    text = "<a><b>1<b>2</b >3</b><c>4</c ><c>5</c></a>"
    assert texts(text, xml.children(text, xml.root(text))) == ["<b>1<b>2</b >3</b>", "<c>4</c >", "<c>5</c>"]
    text = "<a><b>1</b ><bc></bc></a>"
    assert texts(text, xml.children(text, xml.root(text))) == ["<b>1</b >", "<bc></bc>"]


def test_a_name_that_only_begins_alike_is_another_element():
    text = "<a><rows/><row><rows/></row></a>"
    assert texts(text, xml.children(text, xml.root(text), "row")) == ["<row><rows/></row>"]


@pytest.mark.parametrize("before", ["", "<a>", "<a>?!</a>", "<a>" + "?!" * 100])
@pytest.mark.parametrize("opaque", ["<!-- <b/> -->", "<![CDATA[<b/>]]>", "<?pi <b/> ?>"])
def test_what_only_looks_like_markup_is_hidden_behind_many_marks_too(before, opaque):
    if not (opaque.startswith("<?") and not before):  # an instruction at the very beginning is the declaration
        assert xml.mask(f"{before}{opaque}<c/>") == f"{before}{' ' * len(opaque)}<c/>"


def test_attributes_are_read_in_both_quotes_with_entities():
    assert xml.attributes("""<a one="&lt;&#65;" r:two='"' three = "x"/>""") == {"one": "<A", "r:two": '"', "three": "x"}


def test_content_joins_text_and_cdata_without_markup_and_comments():
    text = "<a>1&amp;<b x='>'>2</b><!-- 3 --><![CDATA[<4>]]></a>"
    assert xml.content(text, xml.root(text)) == "1&2<4>"


@pytest.mark.parametrize(
    ("tag", "changes", "changed"),
    [
        ("<a/>", {"b": "1"}, '<a b="1"/>'),
        ("<a>", {"b": '"<'}, '<a b="&quot;&lt;">'),
        ("<a b='2' c='3'/>", {"b": None}, "<a c='3'/>"),
        ("<a b='2' c='3' />", {"b": "9", "d": "4"}, '<a b="9" c=\'3\' d="4"/>'),
        ("<a bb='2'/>", {"b": "1"}, "<a bb='2' b=\"1\"/>"),
    ],
)
def test_attributes_are_set_added_and_left_out(tag, changes, changed):
    assert xml.changed_tag(tag, changes) == changed


def test_what_is_appended_opens_an_element_that_was_closed_at_once():
    text = "<a><b x='1'/></a>"
    parent = xml.child(text, xml.root(text), "b")
    assert xml.append(text, parent, "<c/>") == "<a><b x='1'><c/></b></a>"


def test_what_is_inserted_stands_before_the_first_that_must_come_later():
    text = '<w xmlns:mc="m"><cols/><mc:AlternateContent><mc:Choice><controls/></mc:Choice></mc:AlternateContent></w>'
    assert "<hyperlinks/><mc:" in xml.insert(text, xml.root(text), "<hyperlinks/>", ["controls", "tableParts"])
    assert xml.insert(text, xml.root(text), "<tableParts/>", ["extLst"]).endswith(
        "</mc:AlternateContent><tableParts/></w>"
    )


def test_a_relationship_id_is_known_by_its_namespace_not_by_its_prefix():
    root = f'<workbook xmlns:a="other" xmlns:b="{xml.RELATIONSHIPS[1]}">'
    assert xml.related('<sheet a:id="1" b:id="2"/>', root) == "2"
    assert xml.related('<sheet id="1"/>', root) is None
    assert xml.related(f'<sheet z:id="3" xmlns:z="{xml.RELATIONSHIPS[0]}"/>', root) == "3"
