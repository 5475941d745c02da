"""Hyperlinks of cells, which Calc keeps as fields within their text."""

from __future__ import annotations

import re
from typing import Any

from kam_xl.engines.errors import NoSuchItemError
from kam_xl.excel.addresses import parse
from kam_xl.locale import Text

_IN_EXCEL = re.compile(r"#(?P<sheet>'(?:[^']|'')*'|[^!']+)!(?P<cells>[^!]+)")
_IN_CALC = re.compile(r"#\$?(?P<sheet>'(?:[^']|'')*'|[^.']+)\.(?P<cells>[^.]+)")


def target(cell: Any, where: str) -> str:
    """Where a cell's hyperlink leads, ``#Sheet1!A1`` for a place in the book."""
    fields = cell.getTextFields()
    for index in range(fields.getCount()):
        field = fields.getByIndex(index)
        if field.supportsService("com.sun.star.text.TextField.URL"):
            return in_excel(field.URL)
    raise NoSuchItemError(Text("the cell has no hyperlink"), where=where)


def add(document: Any, cell: Any, address: str, text: str) -> None:
    """Give a cell a text that leads to an address."""
    field = document.createInstance("com.sun.star.text.TextField.URL")
    field.URL, field.Representation = in_calc(address), text
    cell.setString("")
    cell.insertTextContent(cell.createTextCursor(), field, False)


def in_calc(address: str) -> str:
    """A place in the book as Calc's links name it; addresses outside stay.

    >>> in_calc("#'My sheet'!A1"), in_calc("https://example.org/#a!b")
    ("#'My sheet'.A1", 'https://example.org/#a!b')
    """
    match = _IN_EXCEL.fullmatch(address)
    return f"#{match['sheet']}.{match['cells']}" if match else address


def in_excel(address: str) -> str:
    """A place in the book as Excel's links name it.

    >>> in_excel("#$'My sheet'.A1"), in_excel("https://example.org/")
    ("#'My sheet'!A1", 'https://example.org/')
    """
    match = _IN_CALC.fullmatch(address)
    return f"#{match['sheet']}!{match['cells']}" if match and parse(match["cells"]) else address
