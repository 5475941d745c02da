"""How each function looks to Calc: the names and types of its type library.

Calc decides by the declared type what a function gets to see, and none shows everything:

| type | one blank cell | error in a range | typed value | left out |
|---|---|---|---|---|
| ``any`` | 0 | the function is not called, Err:504 | yes | yes |
| ``string`` | "" | called for each cell, the error stays in its place | yes | no |
| ``sequence<sequence<string>>`` | "" | Err:504 | yes | no |
| ``XCellRange`` | "" | readable | no: references only | no |

Because a blank must not pass for 0, what a client has (required arguments) comes as strings, which Calc fills with
numbers of 15 digits; where a function needs to know one client only, cell by cell, so that one bad cell leaves the
others alone. A client table comes as a reference, because its computed columns may well hold errors. What may be left
out can only be ``any``: left out it is void, and 0 is 0. One blank cell arrives as 0 there, too: where a word is
expected the functions take it for blank; for an amount give the cell as a range (``F2:F2``), whose blanks are "".
"""

from __future__ import annotations

from enum import Enum

from kam_xl.functions import Argument, Function

MODULES = ("org", "kamxl")
INTERFACE, SERVICE = "XKamFunctions", "KamFunctions"
FULL_INTERFACE, FULL_SERVICE = ".".join((*MODULES, INTERFACE)), ".".join((*MODULES, SERVICE))

TABLES = frozenset({"table"})
"""Arguments that are a client table with its header."""


class CalcType(str, Enum):
    """A type of the type library that Calc knows to fill."""

    ANY = "any"
    CELL = "string"
    CELLS = "sequence< sequence< string > >"
    REFERENCE = "com::sun::star::table::XCellRange"
    ROWS = "sequence< sequence< any > >"  # of answers only


def calc_types(function: Function) -> tuple[CalcType, ...]:
    """The type of each argument.

    >>> from kam_xl.functions import FUNCTIONS
    >>> [kind.name for kind in calc_types(FUNCTIONS["KAM_PENETRATION"])]
    ['CELL', 'CELL']
    """
    cells = CalcType.CELL if function.cell_by_cell else CalcType.CELLS
    return tuple(_calc_type(argument, cells) for argument in function.arguments)


def _calc_type(argument: Argument, cells: CalcType) -> CalcType:
    if argument.optional:
        return CalcType.ANY
    return CalcType.REFERENCE if argument.name in TABLES else cells


def answer_type(function: Function) -> CalcType:
    """The type of the answer. Rows must be declared, so an answer of one cell is a row of one, too."""
    return CalcType.ANY if function.cell_by_cell else CalcType.ROWS


def identifier(name: str) -> str:
    """The name of a function or argument in the type library, which knows no underscores.

    >>> identifier("KAM_TOP_SHARE"), identifier("total_plan")
    ('kamTopShare', 'totalPlan')
    """
    first, *others = name.lower().split("_")
    return first + "".join(word.capitalize() for word in others)
