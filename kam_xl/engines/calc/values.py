"""Blocks of values: what cells hold, in as few calls as can be.

A call into LibreOffice costs a tenth of a millisecond from outside, however many cells it is about.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kam_xl.engines.calc.bridge import constant
from kam_xl.engines.calc.formats import Formatted, formatted
from kam_xl.engines.dates import from_serial, to_serial
from kam_xl.engines.errors import EditError
from kam_xl.engines.values import CellError, Formula, is_risky
from kam_xl.excel.error_values import CALC_NUMBERS
from kam_xl.excel.references import Area
from kam_xl.locale import Text

if TYPE_CHECKING:
    from kam_xl.engines.calc.document import Document

Rows = list[list[object]]
_ERRORS = {number: name for name, number in CALC_NUMBERS.items()} | {502: "#NUM!", 523: "#NUM!", 533: "#SPILL!"}
_OTHER_ERROR = "#VALUE!"  # Calc has errors of its own, which it exports so


def read(document: Document, cells: Any, area: Area) -> Rows:
    """The values of a range, row by row: numbers as float, dates, true and false by the cells' formats, texts, errors.

    An empty cell is None; so is one whose formula says "".
    """
    data = cells.getDataArray()
    rows: Rows = [[None if value == "" else value for value in row] for row in data]
    if any(None in row for row in data):  # where an error is; "" is an empty cell
        _put_errors(cells, area, rows)
    if any(type(value) is float for row in rows for value in row):
        _put_kinds(document, cells, area, rows)
    return rows


def _put_errors(cells: Any, area: Area, rows: Rows) -> None:
    for address in cells.queryFormulaCells(constant("com.sun.star.sheet.FormulaResult.ERROR")).getRangeAddresses():
        for row in range(address.StartRow, address.EndRow + 1):
            for column in range(address.StartColumn, address.EndColumn + 1):
                top, left = row - area.top + 1, column - area.left + 1
                rows[top][left] = CellError(error_text(cells.getCellByPosition(left, top).getError()))


def error_text(code: int) -> str:
    """An error as Excel shows it, by Calc's number."""
    return _ERRORS.get(code, _OTHER_ERROR)


def _put_kinds(document: Document, cells: Any, area: Area, rows: Rows) -> None:
    for key, places in _kinds(cells, area):
        kind = document.formats.kind(key)
        if kind in {"date", "logical"}:
            for place in places:
                _convert(document, rows, area, place, kind)


def _kinds(cells: Any, area: Area) -> Iterable[tuple[int, list[Area]]]:
    if area.shape == (1, 1):
        return [(cells.NumberFormat, [area])]
    return [(group.key, group.areas) for group in formatted(cells)]


def _convert(document: Document, rows: Rows, area: Area, place: Area, kind: str) -> None:
    for row in range(place.top - area.top, place.bottom - area.top + 1):
        line = rows[row]
        for column in range(place.left - area.left, place.right - area.left + 1):
            value = line[column]
            if type(value) is float:
                line[column] = from_serial(value, document.date_1904) if kind == "date" else bool(value)


def plain(value: object) -> object:
    """A value as a cell can hold it: None, bool, float, str, `CellError`, `Formula`, a date, a time, a duration.

    Numbers and dates of numpy and pandas become Python's own, not-a-number and not-a-time nothing.

    >>> plain(3), plain(float("nan")), plain("'=x"), plain("=A1"), plain(Decimal("0.5"))
    (3.0, None, '=x', Formula(text='=A1', value=None), 0.5)
    """
    if value is None or isinstance(value, (bool, Formula, CellError)):
        return value
    if isinstance(value, str):
        return _from_text(value)
    if isinstance(value, (int, float, Decimal)):
        return _number(value)
    if isinstance(value, (dt.date, dt.time, dt.timedelta)):
        return value if value == value else None  # pandas' NaT is a datetime that equals nothing
    if callable(getattr(value, "item", None)):
        return plain(value.item())  # type: ignore[attr-defined]
    raise EditError(
        Text("a cell cannot hold this"),
        got=type(value).__name__,
        remedy=Text("Give a number, a text, a date, true or false, or nothing."),
    )


def _from_text(text: str) -> object:
    if text.startswith("'"):
        return text[1:] or None
    if text.startswith("=") and len(text) > 1:
        return Formula(text)
    return text or None


def _number(value: float | Decimal) -> float | None:
    number = float(value)
    if math.isnan(number):
        return None
    if math.isinf(number):
        raise EditError(Text("a cell cannot hold an infinite number"))
    return number


def write(document: Document, cells: Any, area: Area, rows: Sequence[Sequence[object]]) -> None:
    """Fill a range of just this size; `rows` as `plain` gives them.

    Formats of cells stay, but where Calc knows dates, true and false only by the format.
    """
    _Writing(document, cells, area).write(rows)


class _Writing:
    """One block on its way into its cells."""

    def __init__(self, document: Document, cells: Any, area: Area) -> None:
        self._document, self._cells, self._area = document, cells, area

    def write(self, rows: Sequence[Sequence[object]]) -> None:
        before = self._formats() if self._may_change_formats(rows) else []
        self._cells.setDataArray(tuple(tuple(map(self._stored, row)) for row in rows))
        for group in before:
            group.cells.NumberFormat = group.key  # Calc gives texts that look like numbers the format of text
        for kind, places in self._wanted(rows, before).items():
            for place in places:
                self._range(place).NumberFormat = self._document.formats.standard(kind)
        self._put_formulas(rows)

    def _formats(self) -> list[Formatted]:
        if self._area.shape == (1, 1):
            return [Formatted(self._cells.NumberFormat, [self._area], self._cells)]
        return list(formatted(self._cells))

    def _may_change_formats(self, rows: Sequence[Sequence[object]]) -> bool:
        return any(
            is_risky(value) if type(value) is str else value is not None and not isinstance(value, Formula)
            for row in rows
            for value in row
        )

    def _stored(self, value: object) -> object:
        """A value as Calc's arrays carry it; what a formula is to fill stays empty."""
        if type(value) is float or type(value) is str:
            return value
        if value is None or isinstance(value, (Formula, CellError)):
            return ""
        if isinstance(value, bool):
            return float(value)
        return float(to_serial(value, self._document.date_1904))  # type: ignore[arg-type]

    def _wanted(self, rows: Sequence[Sequence[object]], before: Sequence[Formatted]) -> dict[str, list[Area]]:
        """The cells that need another kind of format, in runs down the columns."""
        places = [(area, self._document.formats.kind(group.key)) for group in before for area in group.areas]
        usual = {str, Formula, CellError, type(None)} | (
            set() if ("logical" in {kind for _, kind in places}) else {float}
        )
        wanted: dict[str, list[Area]] = {}
        for column in range(len(rows[0])):
            for row, line in enumerate(rows):
                if type(line[column]) not in usual:
                    at = self._area.top + row, self._area.left + column
                    kind = _kind_for(line[column], next((kind for area, kind in places if area.meets(*at)), ""))
                    if kind:
                        _extend(wanted.setdefault(kind, []), *at)
        return wanted

    def _range(self, place: Area) -> Any:
        return self._document.part(self._cells, self._area, place)

    def _put_formulas(self, rows: Sequence[Sequence[object]]) -> None:
        for column in range(len(rows[0])):
            run: list[str] = []
            for row in range(len(rows) + 1):
                value = rows[row][column] if row < len(rows) else None
                if isinstance(value, (Formula, CellError)):
                    run.append(self._formula(value, row, column))
                elif run:
                    self._put_run(run, row - len(run), column)
                    run = []

    def _formula(self, value: Formula | CellError, row: int, column: int) -> str:
        if isinstance(value, CellError):
            return f"={value}"
        sheet = self._cells.getRangeAddress().Sheet if "[" in value.text else 0
        text = "=" + value.text.removeprefix("=")
        return self._document.formulas.to_calc(text, sheet, self._area.top + row, self._area.left + column)

    def _put_run(self, run: list[str], row: int, column: int) -> None:
        top, left = self._area.top + row, self._area.left + column
        self._range(Area("", top, left, top + len(run) - 1, left)).setFormulaArray(tuple((text,) for text in run))


def _kind_for(value: object, has: str) -> str:
    """The kind of format that a value needs in a cell whose format is of the kind `has`; "" where that will do."""
    if isinstance(value, bool):
        return "" if has == "logical" else "logical"
    if isinstance(value, float):
        return "general" if has == "logical" else ""
    return "" if has == "date" else _date_kind(value)


def _date_kind(value: object) -> str:
    if isinstance(value, dt.datetime):
        return "datetime" if value.time() != dt.time() else "date"
    return "date" if isinstance(value, dt.date) else "time"


def _extend(runs: list[Area], row: int, column: int) -> None:
    """Add a cell to the last run down its column, or begin a new one."""
    if runs and runs[-1].left == column and runs[-1].bottom == row - 1:
        runs[-1] = runs[-1]._replace(bottom=row)
    else:
        runs.append(Area("", row, column, row, column))
