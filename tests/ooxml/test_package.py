"""Packages: parts by name whatever its spelling, changes that touch only what they must."""

import pytest

from kam_xl.ooxml.errors import DamagedFileError, NotAWorkbookError, UnsafeFileError
from kam_xl.ooxml.package import Package
from tests.engines.file import raw


def package(**more):
    return Package.from_bytes(raw.zipped(raw.parts(**more)))


def test_parts_are_found_whatever_their_capitals():
    found = package()
    assert "XL/Workbook.XML" in found
    assert found.read("xl/WORKBOOK.xml") == found.read("xl/workbook.xml")


@pytest.mark.parametrize(
    "target",
    ["worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml", "../xl/worksheets/sheet1.xml", "./worksheets/sheet1.xml",
     "worksheets\\sheet1.xml", "Worksheets/Sheet1.xml", "worksheets/sheet%31.xml"],
)  # fmt: skip
def test_relationships_lead_to_parts_however_targets_are_written(target):
    found = package(**{"xl/_rels/workbook.xml.rels": raw.rels(("worksheet", target))})
    assert found.rels("xl/workbook.xml")[0].part == "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("target", ["#Sheet1!A1", "NULL", "worksheets/none.xml", ""])
def test_a_relationship_to_nothing_has_no_part(target):
    found = package(**{"xl/_rels/workbook.xml.rels": raw.rels(("hyperlink", target))})
    assert found.rels("xl/workbook.xml")[0].part is None


def test_a_new_relationship_gets_a_free_id_and_the_prefix_of_its_document():
    text = raw.rels(("theme", "theme1.xml")).replace("<Rel", "<p:Rel").replace("</Rel", "</p:Rel")
    found = package(**{"xl/_rels/workbook.xml.rels": text.replace("xmlns=", "xmlns:p=")})
    assert found.relate("xl/workbook.xml", "styles", "xl/styles.xml") == "rId2"
    assert found.text("xl/_rels/workbook.xml.rels").endswith(
        f'<p:Relationship Id="rId2" Type="{raw.OFFICE}/styles" Target="styles.xml"/></p:Relationships>'
    )


def test_relationships_taken_away_leave_the_others_as_they_were():
    found = package(**{"xl/_rels/workbook.xml.rels": raw.rels(("a", "a.xml"), ("b", "b.xml"), ("c", "c.xml"))})
    found.unrelate("xl/workbook.xml", "rId2")
    assert found.text("xl/_rels/workbook.xml.rels") == raw.rels(("a", "a.xml"), ("b", "b.xml"), ("c", "c.xml")).replace(
        f'<Relationship Id="rId2" Type="{raw.OFFICE}/b" Target="b.xml"/>', ""
    )


def test_a_strict_package_gets_strict_relationships():
    found = package(**{"_rels/.rels": raw.rels(("officeDocument", "xl/workbook.xml"), office=raw.STRICT_OFFICE)})
    found.relate("xl/workbook.xml", "styles", "xl/styles.xml")
    assert found.rels("xl/workbook.xml")[-1].type == f"{raw.STRICT_OFFICE}/styles"


def test_relationships_have_a_content_type_where_a_program_names_each_part_and_no_extension():
    parts = raw.parts()
    typed = parts["[Content_Types].xml"].replace('Extension="rels"', 'Extension="other"')
    for more in (lambda found: found.relate("xl/worksheets/sheet1.xml", "drawing", "xl/drawings/drawing1.xml"),
                 lambda found: found.put("xl/worksheets/_rels/sheet1.xml.rels", raw.rels())):  # fmt: skip
        found = Package.from_bytes(raw.zipped(parts | {"[Content_Types].xml": typed}))
        more(found)
        assert found.content_type("xl/worksheets/_rels/sheet1.xml.rels").endswith("relationships+xml")


def test_a_new_part_is_known_by_its_extension_or_gets_an_entry_of_its_own():
    found = package()
    found.put("custom/item.xml", "<a/>", "application/xml")
    found.put("xl/styles.xml", "<a/>", "application/styles")
    types = found.text("[Content_Types].xml")
    assert "custom" not in types
    assert types.endswith('<Override PartName="/xl/styles.xml" ContentType="application/styles"/></Types>')


def test_a_dropped_part_takes_its_relationships_and_content_type_along():
    found = package(**{"xl/worksheets/_rels/sheet1.xml.rels": raw.rels(("drawing", "../drawing.xml"))})
    found.drop("xl/worksheets/sheet1.xml")
    assert "xl/worksheets/sheet1.xml" not in found.text("[Content_Types].xml")
    assert found.dropped() == ["xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"]


def test_fresh_names_are_never_given_twice_nor_taken_from_dropped_parts():
    found = package()
    found.drop("xl/worksheets/sheet1.xml")
    assert [found.fresh_name("xl/worksheets/sheet1.xml") for _ in range(2)] == [
        "xl/worksheets/sheet2.xml",
        "xl/worksheets/sheet3.xml",
    ]


def test_a_part_given_as_a_callable_is_rendered_when_it_is_read():
    found = package()
    found.put("xl/new.xml", lambda: b"<late/>", "application/x")
    assert found.text("xl/new.xml") == "<late/>"
    assert [piece.name for piece in found.pieces() if piece.content is not None] == [
        "[Content_Types].xml",
        "xl/new.xml",
    ]


def test_a_missing_part_is_a_damaged_file():
    with pytest.raises(DamagedFileError, match="missing"):
        package().read("xl/none.xml")


def test_a_package_without_content_types_is_no_workbook():
    found = raw.parts()
    del found["[Content_Types].xml"]
    with pytest.raises(NotAWorkbookError):
        Package.from_bytes(raw.zipped(found))


def test_entities_are_refused_in_whatever_part_is_read():
    found = package(**{"xl/worksheets/sheet1.xml": '<!DOCTYPE a [<!ENTITY b "b">]><worksheet>&b;</worksheet>'})
    with pytest.raises(UnsafeFileError):
        found.text("xl/worksheets/sheet1.xml")


def test_names_with_backslashes_are_parts_like_others():
    found = {name.replace("/", "\\"): text for name, text in raw.parts().items()}
    assert Package.from_bytes(raw.zipped(found)).part_of_type("", "officeDocument") == "xl/workbook.xml"
