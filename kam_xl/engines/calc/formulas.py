"""Formulas as Excel writes them in US-English, and as Calc's objects take and give them.

Calc's objects speak a grammar of their own: semicolons, ``$'My sheet'.A1``, other names for some functions. Its formula
parser knows the grammar of xlsx files, in which every function of Excel has its exact counterpart; so a formula goes
through the form that it has in a file.
"""

from __future__ import annotations

import re
from typing import Any

from kam_xl.engines.calc.bridge import constant, struct
from kam_xl.engines.errors import EditError
from kam_xl.excel.error_values import IN_FORMULAS, VBA_NUMBERS
from kam_xl.excel.future_functions import shown, stored
from kam_xl.excel.tokens import outside_texts
from kam_xl.locale import Text

_KEPT = 20_000  # translations remembered
_ERROR = outside_texts(f"({IN_FORMULAS})")
_STAND_IN = outside_texts(r"\bkam_xl_error_(\d)\b", re.IGNORECASE)
_CALC_ONLY = outside_texts(r"(~)|\b(TRUE|FALSE)\(\)|(?<![\w.!])([a-z_][a-z0-9_.]*)(?=\()")
_COMPONENT = re.compile(r"(?:[A-Z0-9_]+\.){3,}[A-Z0-9_]+\(")
_ERRORS = tuple(VBA_NUMBERS)


class Translator:
    """Translates the formulas of one document; what it has translated it remembers."""

    def __init__(self, document: Any) -> None:
        self._excel = _parser(document, "XL_OOX")
        self._calc = _parser(document, "OOO")
        self._known: dict[tuple[bool, str, object], str] = {}

    def to_calc(self, formula: str, sheet: int = 0, row: int = 1, column: int = 1) -> str:
        """A formula of Excel as Calc's objects take it, with its "="; where it stands matters to relative names."""
        return self._translated(True, formula, (sheet, row, column))

    def to_excel(self, formula: str, sheet: int = 0, row: int = 1, column: int = 1) -> str:
        """A formula as Calc's objects give it, in the words of Excel."""
        return self._translated(False, formula, (sheet, row, column))

    @staticmethod
    def needs_cell(formula: str) -> bool:
        """Whether a text of Calc's is not enough to know a formula by; see `of_cell`."""
        return _COMPONENT.search(formula) is not None

    def of_cell(self, cell: Any) -> str:
        """A cell's formula in the words of Excel.

        For functions that come from components: Calc's text calls them by the name of their code, which it cannot read.
        """
        printed = self._excel.printFormula(cell.getTokens(), cell.getCellAddress())
        return "=" + _CALC_ONLY.sub(_in_excel, shown(printed))

    def tokens(self, formula: str) -> Any:
        """A formula in Calc's grammar, without its "=", as Calc's tokens."""
        return self._calc.parseFormula(formula, struct("table.CellAddress"))

    def _translated(self, to_calc: bool, formula: str, at: tuple[int, int, int]) -> str:
        # "This row" and the sheet of a table depend on the cell, everything else is said by the formula alone.
        key = (to_calc, formula, at if "[" in formula else None)
        if key not in self._known:
            if len(self._known) > _KEPT:
                self._known.clear()
            self._known[key] = self._to_calc(formula, at) if to_calc else self._to_excel(formula, at)
        return self._known[key]

    def _to_calc(self, formula: str, at: tuple[int, int, int]) -> str:
        written = _ERROR.sub(_stand_in, stored(formula).removeprefix("="))
        printed = _through(written, self._excel, self._calc, at)
        if not printed.strip():
            raise EditError(Text("LibreOffice cannot read the formula"), got=formula)
        return "=" + _with_errors(printed)

    def _to_excel(self, formula: str, at: tuple[int, int, int]) -> str:
        written = _ERROR.sub(_stand_in, formula.removeprefix("="))
        printed = _through(written, self._calc, self._excel, at)
        if not printed.strip():  # a formula that Calc itself could not read is shown as it stands
            return formula
        return "=" + _with_errors(_CALC_ONLY.sub(_in_excel, shown(printed)))


def _parser(document: Any, convention: str) -> Any:
    parser = document.createInstance("com.sun.star.sheet.FormulaParser")
    parser.CompileEnglish = True
    # Values of AddressConvention are declared under these names; OOO is the one with a dot after the sheet.
    parser.FormulaConvention = constant(f"com.sun.star.sheet.AddressConvention.{convention}")
    return parser


def _through(formula: str, reader: Any, writer: Any, at: tuple[int, int, int]) -> str:
    sheet, row, column = at
    place = struct("table.CellAddress", Sheet=sheet, Row=row - 1, Column=column - 1)
    return str(writer.printFormula(reader.parseFormula(formula, place), place))


def _stand_in(match: re.Match[str]) -> str:
    """A name in the place of an error, which the parser would drop."""
    return f"kam_xl_error_{_ERRORS.index(match[1])}" if match[1] else match[0]


def _with_errors(formula: str) -> str:
    return _STAND_IN.sub(lambda match: _ERRORS[int(match[1])] if match[1] else match[0], formula)


def _in_excel(match: re.Match[str]) -> str:
    """Calc's sign for a union, its functions for true and false, its small letters for functions it does not know."""
    if match[1]:
        return ","
    if match[2]:
        return match[2]
    return match[3].upper() if match[3] else match[0]
