"""``[Content_Types].xml``: what kind of thing each part is."""

from __future__ import annotations

from kam_xl.locale import Text
from kam_xl.ooxml import xml
from kam_xl.ooxml.errors import DamagedFileError

PART = "[Content_Types].xml"
_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_EMPTY = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Types xmlns="{_NAMESPACE}"></Types>'


class ContentTypes:
    """The content types of a package; changes are gathered and written into the text once.

    >>> types = ContentTypes('<Types><Default Extension="xml" ContentType="application/xml"/></Types>')
    >>> types.set("xl/workbook.xml", "application/x")
    >>> types.of("xl/workbook.xml"), types.of("xl/other.xml")
    ('application/x', 'application/xml')
    >>> types.render().count("<Override")
    1
    """

    def __init__(self, text: str = _EMPTY) -> None:
        self.text = text
        self._defaults: dict[str, str] = {}
        self._overrides: dict[str, str] = {}
        self._added: dict[str, str] = {}  # elements by part or extension, in order
        self._gone: set[str] = set()
        try:
            for attributes in map(xml.attributes, xml.start_tags(text, "Default")):
                self._defaults[attributes["Extension"].lower()] = attributes["ContentType"]
            for attributes in map(xml.attributes, xml.start_tags(text, "Override")):
                self._overrides[_key(attributes["PartName"])] = attributes["ContentType"]
        except KeyError as error:
            raise DamagedFileError(Text("a content type is incomplete"), where=PART) from error

    def named(self) -> set[str]:
        """The parts that have an entry of their own, in lower case."""
        return set(self._overrides)

    @property
    def changed(self) -> bool:
        """Whether there is something to write."""
        return bool(self._added or self._gone)

    def of(self, part: str) -> str:
        """A part's content type, "" where none is given."""
        key = _key(part)
        return self._overrides.get(key) or self._defaults.get(_extension(key), "")

    def set(self, part: str, content_type: str) -> None:
        """Give a part its type, by an entry of its own where its extension does not say it already."""
        if self.of(part) == content_type:
            return
        self.drop(part)
        if self._defaults.get(_extension(part)) == content_type:
            return
        self._overrides[_key(part)] = content_type
        self._added[_key(part)] = (
            f'Override PartName="{xml.quote("/" + part)}" ContentType="{xml.quote(content_type)}"/>'
        )

    def set_default(self, extension: str, content_type: str) -> None:
        """Give all parts of an extension a type, unless they have one."""
        if extension.lower() not in self._defaults:
            self._defaults[extension.lower()] = content_type
            self._added["." + extension] = f'Default Extension="{extension}" ContentType="{xml.quote(content_type)}"/>'

    def drop(self, part: str) -> None:
        """Forget a part's own entry."""
        key = _key(part)
        if self._overrides.pop(key, None) is not None and self._added.pop(key, None) is None:
            self._gone.add(key)

    def render(self) -> str:
        """The text with the changes in it."""
        text = self.text
        for element in reversed(list(xml.children(text, xml.root(text), "Override"))) if self._gone else []:
            if _key(xml.attributes(xml.tag(text, element))["PartName"]) in self._gone:
                text = xml.replace(text, element, "")
        parent = xml.root(text)
        return xml.append(text, parent, "".join([f"<{parent.prefix}{rest}" for rest in self._added.values()]))


def _key(part: str) -> str:
    return part.lstrip("/").lower()


def _extension(part: str) -> str:
    return part.rpartition("/")[2].rpartition(".")[2].lower()
