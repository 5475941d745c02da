"""Values of formulas in the text of a sheet: openpyxl writes formulas without them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

from kam_xl.functions import ERRORS

EMPTY = "\N{NO-BREAK SPACE}"
"""The value kept of a formula that shows nothing but rests on functions of ours, which take it for a blank.

LibreOffice calculates a formula without a value anew when it opens the book, and without our functions shows #VALUE!.
"""

_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f\b.*?(?:</f>|/>))<v ?/?>(?:</v>)?</c>', re.DOTALL)
_MEMBER = re.compile(r'<c r="([A-Z]+[0-9]+)"((?: s="[0-9]+")?)/>')
_TYPE = re.compile(r' t="\w+"')


def with_values(sheet: str, values: Mapping[str, object]) -> str:
    """The sheet's text with the value of each formula, by its cell; other formulas stay without.

    >>> with_values('<c r="A1" s="2"><f>1+1</f><v></v></c>', {"A1": 2})
    '<c r="A1" s="2"><f>1+1</f><v>2</v></c>'
    >>> with_values('<c r="A1"><f>KAM_STATUS(1)</f><v></v></c>', {"A1": EMPTY})
    '<c r="A1" t="str"><f>KAM_STATUS(1)</f><v>\xa0</v></c>'
    >>> with_values('<c r="A1"><f>NA()</f><v /></c>', {"A1": "#N/A"})
    '<c r="A1" t="e"><f>NA()</f><v>#N/A</v></c>'
    """

    def filled(cell: re.Match[str]) -> str:
        if cell[1] not in values:
            return cell[0]
        kind, text = _stored(values[cell[1]])
        return f'<c r="{cell[1]}"{_TYPE.sub("", cell[2])}{kind}>{cell[3]}<v>{text}</v></c>'

    return _CELL.sub(filled, sheet)


def with_members(sheet: str, values: Mapping[str, object]) -> str:
    """The sheet's text with the values of the cells that an array formula fills, which have no formula of their own.

    >>> with_members('<c r="A2" s="1"/>', {"A2": 2.5})
    '<c r="A2" s="1"><v>2.5</v></c>'
    """

    def filled(cell: re.Match[str]) -> str:
        if cell[1] not in values:
            return cell[0]
        kind, text = _stored(values[cell[1]])
        return f'<c r="{cell[1]}"{cell[2]}{kind}><v>{text}</v></c>'

    return _MEMBER.sub(filled, sheet)


def _stored(value: object) -> tuple[str, str]:
    """The type of the cell and the text of its value ([ECMA-376] 18.18.11)."""
    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, (int, float)):
        return "", repr(value)
    text = "" if value is None else str(value)
    return (' t="e"', text) if text in ERRORS else (' t="str"', escape(text))
