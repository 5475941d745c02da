"""Pieces of a part taken out of it, without what only its own declarations of namespaces explain."""

from __future__ import annotations

import re

from kam_xl.ooxml import xml

_FOREIGN = re.compile(r"""\s(?!xml:|xmlns:)[\w.\-]+:[\w.\-]+\s*=\s*(?:"[^"]*"|'[^']*')""")


def native(element: str, prefix: str) -> str:
    """An element without attributes and elements of other namespaces, which the part that it comes into may not know.

    Of a choice for other versions (``mc:AlternateContent``) what every program understands is kept.

    >>> native('<font xr:uid="{1}"><b/><hs:size/></font>', "")
    '<font><b/></font>'
    """
    if ":" not in element:
        return element
    root = xml.root(element)
    inner = list(xml.children(element, root))
    if root.local == "AlternateContent":
        kept = [choice for choice in inner if choice.local == "Fallback"] or inner[:1]
        children = [child for choice in kept for child in xml.children(element, choice)]
        return "".join([native(element[child.start : child.end], prefix) for child in children])
    if root.prefix != prefix:
        return ""
    for child in reversed(inner):
        element = xml.replace(element, child, native(element[child.start : child.end], prefix))
    return _FOREIGN.sub("", element[: root.inner]) + element[root.inner :]
