"""What a table is filtered and sorted by."""

from __future__ import annotations

from kam_xl.ooxml import xml

# What says that the button of a column does not show.
_NO_BUTTON = {("hiddenButton", "1"), ("hiddenButton", "true"), ("showButton", "0"), ("showButton", "false")}


def cleared(text: str) -> str:
    """The text of a table without criteria and sorting; the buttons of its filter stay as they are.

    >>> cleared('<table><autoFilter ref="A1:B9"><filterColumn colId="1"/></autoFilter><sortState ref="A2:B9"/></table>')
    '<table><autoFilter ref="A1:B9"></autoFilter></table>'
    """
    for name in ("sortState", "filterColumn"):
        for element in reversed(list(xml.find_all(text, name))):
            tag = xml.tag(text, element)
            if _NO_BUTTON & xml.attributes(tag).items():
                text = xml.replace(text, element, f"{tag.rstrip('/>').rstrip()}/>")
            else:
                text = xml.replace(text, element, "")
    return text


def has_criteria(text: str) -> bool:
    """Whether something in a part is filtered: a column of it has more than a button to hide."""
    return any(not element.self_closed for element in xml.find_all(text, "filterColumn"))


def without_mode(frame: str) -> str:
    """The frame of a sheet that no longer says that rows of it are filtered."""
    properties = xml.child(frame, xml.root(frame), "sheetPr")
    return xml.set_attributes(frame, properties, {"filterMode": None}) if properties else frame
