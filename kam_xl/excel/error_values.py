"""The errors that cells show: their names, and their numbers in VBA and in Calc."""

from __future__ import annotations

import re

from kam_xl.locale.languages import RECORDS

VBA_NUMBERS = {
    "#NULL!": 2000,
    "#DIV/0!": 2007,
    "#VALUE!": 2015,
    "#REF!": 2023,
    "#NAME?": 2029,
    "#NUM!": 2036,
    "#N/A": 2042,
}
"""The errors that every spreadsheet program has, with the numbers that VBA's CVErr takes."""

CALC_NUMBERS = {
    "#NULL!": 521,
    "#DIV/0!": 532,
    "#VALUE!": 519,
    "#REF!": 524,
    "#NAME?": 525,
    "#NUM!": 503,
    "#N/A": 32767,
}
"""Calc's numbers of the same errors."""

_LATER = "#GETTING_DATA #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT! #BUSY! #UNKNOWN! #EXTERNAL! #PYTHON!"
LATER = frozenset(_LATER.split())
"""Errors that only Excel has, and only of late."""

LOCALISED = frozenset(error for language in RECORDS for error in language.errors)
"""What Excel shows in other languages; files hold the English names, but texts may be copied from a screen."""

ERRORS = frozenset(VBA_NUMBERS) | LATER
"""The names that files hold."""

IN_FORMULAS = r"\#(?:" + "|".join(re.escape(name[1:]) for name in VBA_NUMBERS) + ")"
"""A pattern of the errors that stand in formulas, verbose or not."""
