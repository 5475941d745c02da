"""Drop-downs of cells: lists of words that a validation holds."""

from __future__ import annotations

from collections.abc import Sequence

from kam_xl.engines.file.parts.cells.sheet import SheetPart
from kam_xl.excel.references import Area
from kam_xl.ooxml import xml


def offer(sheet: SheetPart, area: Area, words: Sequence[str]) -> bool:
    """Change the words that the drop-down of just these cells offers; False where they have none."""
    for element in xml.find_all(sheet.frame, "dataValidation"):
        attributes = xml.attributes(xml.tag(sheet.frame, element))
        formula = xml.child(sheet.frame, element, "formula1")
        if attributes.get("type") == "list" and Area.parse(attributes.get("sqref", "")) == area and formula is not None:
            tag = f"{formula.prefix}formula1"
            text = xml.escape('"' + ",".join(words) + '"')
            sheet.frame = xml.replace(sheet.frame, formula, f"<{tag}>{text}</{tag}>")
            return True
    return False
