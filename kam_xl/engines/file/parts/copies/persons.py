"""The people who wrote a workbook's threaded comments."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kam_xl.engines.file.parts.workbook import Workbook
from kam_xl.ooxml import xml

_CONTENT_TYPE = "application/vnd.ms-excel.person+xml"
_RELATIONSHIP = "http://schemas.microsoft.com/office/2017/10/relationships/person"
_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"></personList>'
)
_MENTIONED = re.compile(r"\b(?:mention)?personId=\"([^\"]*)\"", re.IGNORECASE)


def carry(source: Workbook, target: Workbook, comments: Iterable[str]) -> None:
    """Make the people of some threaded comments known in another book."""
    wanted = {person for text in comments for person in _MENTIONED.findall(text)}
    known = _people(target)
    missing = [element for person, element in _people(source).items() if person in wanted - known.keys()]
    if missing:
        part = target.package.part_of_type(target.part, "person") or _new_part(target)
        text = target.package.text(part)
        target.package.put(part, xml.append(text, xml.root(text), "".join(missing)))
        target.touch(part)


def _people(workbook: Workbook) -> dict[str, str]:
    """The element of each person by id."""
    part = workbook.package.part_of_type(workbook.part, "person")
    text = workbook.package.text(part) if part else _EMPTY
    elements = [text[element.start : element.end] for element in xml.children(text, xml.root(text), "person")]
    return {xml.attributes(element).get("id", ""): element for element in elements}


def _new_part(workbook: Workbook) -> str:
    folder = workbook.part.rpartition("/")[0]
    part = workbook.package.fresh_name(f"{folder}/persons/person1.xml".lstrip("/"))
    workbook.package.put(part, _EMPTY, _CONTENT_TYPE)
    workbook.package.relate(workbook.part, _RELATIONSHIP, part)
    return part
