"""The last step from openpyxl's file to ours: the same bytes each time, fonts in the order of the schema."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from kam_xl.files.zip_entries import zip_entry
from kam_xl.ooxml.package import Package

DATE = datetime(2026, 1, 1)
"""The date of everything in the file."""

_MODIFIED = re.compile(r"(<dcterms:modified[^>]*>)[^<]*")
_FONT = re.compile(r"(<font>)(.*?)(</font>)", re.DOTALL)
_FONT_CHILD = re.compile(r"<(\w+)[^>]*/>")
# The order of [ECMA-376] CT_Font; openpyxl has another one, which Excel reads and validators refuse.
_FONT_ORDER = ("b", "i", "strike", "u", "vertAlign", "sz", "color", "name", "family", "charset", "scheme")

Change = Callable[[str], str]


def repacked(saved: bytes, changes: dict[str, Change]) -> bytes:
    """The same package with fixed dates and with some of its parts changed.

    Parameters
    ----------
    saved : bytes
        A package as openpyxl saved it.
    changes : dict
        The beginning of a part's name to what is to be done with its text.
    """
    package = Package.from_bytes(saved)
    always = {"docProps/core.xml": undated, "xl/styles.xml": ordered_fonts, "xl/charts/chart": untitled}
    for beginning, change in {**always, **changes}.items():
        for name in package.names():
            if name.startswith(beginning):
                package.put(name, change(package.text(name)))
    return packed(package)


def packed(package: Package) -> bytes:
    """A package as a file, the same on every system."""
    file = BytesIO()
    with ZipFile(file, "w") as target:
        for name in package.names():
            target.writestr(zip_entry(name, DATE), package.read(name), ZIP_DEFLATED)
    return file.getvalue()


def undated(properties: str) -> str:
    """Document properties whose last change is the fixed date.

    >>> undated("<dcterms:modified>2031-05-06T07:08:09Z</dcterms:modified>")
    '<dcterms:modified>2026-01-01T00:00:00Z</dcterms:modified>'
    """
    return _MODIFIED.sub(rf"\g<1>{DATE:%Y-%m-%dT%H:%M:%SZ}", properties)


def untitled(chart: str) -> str:
    """A chart that has no title and gets none: programs name a chart of one series after it.

    >>> untitled("<chart><plotArea/></chart>")
    '<chart><autoTitleDeleted val="1"/><plotArea/></chart>'
    """
    return chart.replace("<chart><plotArea", '<chart><autoTitleDeleted val="1"/><plotArea', 1)


def ordered_fonts(styles: str) -> str:
    """Styles whose fonts have their parts in the order of the schema.

    >>> ordered_fonts('<font><name val="Calibri" /><b val="1" /><sz val="9" /></font>')
    '<font><b val="1" /><sz val="9" /><name val="Calibri" /></font>'
    """

    def ordered(font: re.Match[str]) -> str:
        children = sorted(_FONT_CHILD.finditer(font[2]), key=lambda child: _FONT_ORDER.index(child[1]))
        return font[1] + "".join(child[0] for child in children) + font[3]

    return _FONT.sub(ordered, styles)
