"""Relationships: which part uses which, and as what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kam_xl.locale import Text
from kam_xl.ooxml import xml
from kam_xl.ooxml.errors import DamagedFileError

TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


@dataclass(frozen=True, slots=True)
class Rel:
    """One relationship.

    `target` is as written; `part` is the name of the part it leads to, None where that is outside the package, a
    place within the same part, or a part that is not there.
    """

    id: str
    type: str
    target: str
    external: bool
    part: str | None

    @property
    def kind(self) -> str:
        """The last word of the type: "worksheet", "drawing", "hyperlink"."""
        return self.type.rpartition("/")[2]


class Relationships:
    """The relationships of one part, as text; changes are gathered and written into it once.

    >>> rels = Relationships()
    >>> rels.add("http://example.org/chart", "../charts/chart1.xml")
    'rId1'
    >>> [found["Target"] for found in rels]
    ['../charts/chart1.xml']
    """

    def __init__(self, text: str = "", where: str = "") -> None:
        self.text = text or _EMPTY
        self._rels: dict[str, dict[str, str]] = {}
        self._added: dict[str, str] = {}
        self._gone: set[str] = set()
        for tag in xml.start_tags(self.text, "Relationship"):
            attributes = xml.attributes(tag)
            if not {"Id", "Type", "Target"} <= attributes.keys():
                raise DamagedFileError(Text("a relationship is incomplete"), where=where)
            self._rels[attributes["Id"]] = attributes
        self._highest = max(
            (int(number) for known in self._rels for number in re.findall(r"^rId(\d{1,9})$", known)), default=0
        )

    def __iter__(self) -> Iterator[dict[str, str]]:
        return iter(self._rels.values())

    def __len__(self) -> int:
        return len(self._rels)

    @property
    def changed(self) -> bool:
        """Whether there is something to write."""
        return bool(self._added or self._gone)

    def add(self, type: str, target: str, external: bool = False) -> str:
        """Relate to a target; gives the new relationship's id."""
        self._highest += 1
        attributes = {"Id": f"rId{self._highest}", "Type": type, "Target": target}
        if external:
            attributes["TargetMode"] = "External"
        self._rels[attributes["Id"]] = attributes
        written = " ".join([f'{name}="{xml.quote(value)}"' for name, value in attributes.items()])
        self._added[attributes["Id"]] = f"Relationship {written}/>"
        return attributes["Id"]

    def drop(self, id: str) -> None:
        """Take a relationship away; one that is not there is no fault."""
        if self._rels.pop(id, None) is not None and self._added.pop(id, None) is None:
            self._gone.add(id)

    def render(self) -> str:
        """The text with the changes in it."""
        text = self.text
        for element in reversed(list(xml.children(text, xml.root(text), "Relationship"))) if self._gone else []:
            if xml.attributes(xml.tag(text, element))["Id"] in self._gone:
                text = xml.replace(text, element, "")
        parent = xml.root(text)
        return xml.append(text, parent, "".join([f"<{parent.prefix}{rest}" for rest in self._added.values()]))
