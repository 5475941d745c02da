"""Hyperlinks of cells: to addresses outside by relationship, to places in the book by name."""

from __future__ import annotations

from kam_xl.engines.file.parts.cells.sheet import SheetPart
from kam_xl.excel.references import Area
from kam_xl.ooxml import xml
from kam_xl.ooxml.order import IN_WORKSHEET


def target(sheet: SheetPart, row: int, column: int) -> str | None:
    """Where a cell's hyperlink leads, ``#Sheet1!A1`` for a place in the book; None where it has none."""
    for element in xml.find_all(sheet.frame, "hyperlink"):
        tag = xml.tag(sheet.frame, element)
        attributes = xml.attributes(tag)
        area = Area.parse(attributes.get("ref", ""))
        if area and area.meets(row, column):
            related = xml.related(tag, xml.root_tag(sheet.frame))
            rels = sheet.workbook.package.rels(sheet.part)
            address = next((rel.target for rel in rels if rel.id == related), "")
            return address + (f"#{attributes['location']}" if "location" in attributes else "")
    return None


def add(sheet: SheetPart, area: Area, address: str, tip: str = "") -> None:
    """Link cells to an address; a link that they have gives way."""
    _remove(sheet, area)
    outside, _, place = address.partition("#")
    attributes = {"ref": area.address().replace("$", ""), "tooltip": tip, "location": place}
    if outside:
        frame, prefix = xml.with_relationships(sheet.frame)
        sheet.frame = frame
        attributes[f"{prefix}:id"] = sheet.workbook.package.relate(sheet.part, "hyperlink", outside, external=True)
    name = f"{sheet.prefix}hyperlink"
    element = (
        f"<{name} " + " ".join([f'{key}="{xml.quote(value)}"' for key, value in attributes.items() if value]) + "/>"
    )
    root = xml.root(sheet.frame)
    parent = xml.child(sheet.frame, root, "hyperlinks")
    if parent is not None:
        sheet.frame = xml.append(sheet.frame, parent, element)
    else:
        sheet.frame = xml.insert(sheet.frame, root, f"<{name}s>{element}</{name}s>", IN_WORKSHEET["hyperlinks"])


def _remove(sheet: SheetPart, area: Area) -> None:
    for element in reversed(list(xml.find_all(sheet.frame, "hyperlink"))):
        tag = xml.tag(sheet.frame, element)
        if Area.parse(xml.attributes(tag).get("ref", "")) == area:
            related = xml.related(tag, xml.root_tag(sheet.frame))
            if related and sheet.frame.count(f'"{related}"') == 1:
                sheet.workbook.package.unrelate(sheet.part, related)
            sheet.frame = xml.replace(sheet.frame, element, "")
