"""What is known of the columns of a table while it is decided what each of them is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from kam_xl.domain.periods import YEAR
from kam_xl.excel.references import column_number
from kam_xl.locale import Text
from kam_xl.table.errors import MappingError
from kam_xl.table.finding import Grade, Remark
from kam_xl.table.grid import available_columns
from kam_xl.table.headers.header import Header
from kam_xl.table.interpretation import Given
from kam_xl.table.values.cells import Cell, choice_of, quoted, read_date, read_mark
from kam_xl.table.values.column_values import Values, currencies_in, read_amount
from kam_xl.table.values.money import Amounts, read_money
from kam_xl.table.words.matching import Unit, unit_of, words
from kam_xl.table.words.vocabulary import KINDS

_REMEDY = Text("Rename the column, or name the right one in a reading file.")
_NOT = {
    "money": Text("{column} is not used: {values} are not amounts."),
    "mark": Text("{column} is not used: {values} are not marks."),
    "choice": Text("{column} is not used: {values} are not ratings."),
    "date": Text("{column} is not used: {values} are not dates."),
}
_PERIODS_DIFFER = Text("The columns {columns} are in several currencies, which are never added up.")
_PERIODS_REMEDY = Text("Bring all amounts to one currency.")


@dataclass
class Settled:
    """The columns of a table with their meaning: `header` names the column of each field.

    `columns` are the data, those computed from several columns at the end; `made_of` tells from which of the
    table's, `units` in what unit they are. `why` says what decided where the header alone did not. `helping` are
    columns that are not a field of a client, but are needed to read one: currency, parent, quantity, unit price,
    share. `history` has earlier years with the columns of their revenue; `currencies` tells of a computed column by
    row what currency the cells name that it was computed from. `parts` are the columns that others were computed from
    as they were read, in the unit of each; `net` has the columns that VAT was subtracted from.
    `currencies_in` are the columns of currencies.
    """

    header: Header
    columns: list[Sequence[Cell]]
    remarks: list[Remark] = field(default_factory=list)
    made_of: dict[int, tuple[int, ...]] = field(default_factory=dict)
    units: dict[int, Unit] = field(default_factory=dict)
    why: dict[str, Text] = field(default_factory=dict)
    helping: list[int] = field(default_factory=list)
    currencies_in: Sequence[int] = ()
    parent: int | None = None
    history: dict[int, int] = field(default_factory=dict)
    currencies: dict[int, dict[int, str]] = field(default_factory=dict)
    parts: dict[int, Sequence[Cell]] = field(default_factory=dict)
    net: set[int] = field(default_factory=set)
    months: int | None = None
    """How many months of a year the revenue is of, where headers say it."""

    def unit(self, column: int) -> Unit:
        """What is known about the unit of a column: what its header says, or the headers that it was made of."""
        return self.units.get(column) or unit_of(self.header.titles[column])


Make = Callable[[Sequence[list[float | None]]], list[float | None]]


class Settling:
    """What the decisions about single fields ask of the columns, and where they write what they found."""

    def __init__(
        self,
        columns: Sequence[Sequence[Cell]],
        header: Header,
        given: Given,
        left: int,
        decimal: str,
        scale: float | None = None,
    ) -> None:
        self._header, self._given, self._decimal, self._scale, self._left = header, given, decimal, scale, left
        self._result = Settled(header, list(columns))
        self._result.remarks += [each for each in header.remarks if each.code != "ambiguous-column"]
        self._values = {column: Values(cells) for column, cells in enumerate(columns)}
        self._letters = {name: column_number(letter) - left for name, letter in given.letters.items()}
        self.fields: dict[str, int] = dict(self._letters)
        self._plans: set[int] = set()  # columns that are called budgets and are our own plans

    # What is computed from several columns

    def _compute(self, name: str, parts: Sequence[int], make: Make, unit: Unit | None = None) -> bool:
        column = self._computed(parts, make, unit)
        if column is not None:
            self.fields[name] = column
        return column is not None

    def _computed(self, parts: Sequence[int], make: Make, unit: Unit | None = None) -> int | None:
        """A column made of others row by row; without a `unit` in their common one, None where there is none."""
        cells = [self._result.columns[part] for part in parts]
        factors = [1.0] * len(parts)
        if unit is None:
            units = list(map(self._result.unit, parts))
            currencies = {each.currency for each in units} | {code for each in cells for code in currencies_in(each)}
            if len(currencies - {None}) > 1:
                shown = [quoted(self._title(part)) for part in parts]
                message = Text(_PERIODS_DIFFER.message, columns=shown)
                self._remark(parts[0], "currencies-differ", "error", message, remedy=_PERIODS_REMEDY)
                return None
            unit, factors = _common(units, next(iter(currencies - {None}), None))
        numbers = [
            values if factor == 1 else [None if value is None else value * factor for value in values]
            for values, factor in zip(self._amounts(parts), factors, strict=True)
        ]
        return self._add(parts, make(numbers), unit)

    def _add(
        self, parts: Sequence[int], values: Sequence[Cell], unit: Unit, of: Mapping[int, str] | None = None
    ) -> int:
        """Add a column made of others; `of` is by row the currency that a cell of theirs names."""
        column = len(self._result.columns)
        made_of = self._result.made_of
        made_of[column] = tuple(origin for part in parts for origin in made_of.get(part, (part,)))
        self._result.units[column] = unit
        self._result.currencies[column] = dict(of or {})
        self._result.columns.append(values)
        return column

    def _amounts(self, parts: Sequence[int]) -> list[list[float | None]]:
        """The amounts of columns that are computed with; a row with a cell that cannot be read has none at all."""
        amounts, bad = [], set()
        usual = next((scale for part in parts if (scale := self._result.unit(part).scale)), self._scale)
        for part in parts:
            read = self._read(part, [other for other in parts if other != part], usual)
            self._result.remarks += read.remarks
            bad |= {remark.row for remark in read.remarks if remark.grade == "error"}
            amounts.append(read.values)
            self._result.parts[part] = read.values
        return [[None if row in bad else value for row, value in enumerate(values)] for values in amounts]

    def _read(self, column: int, beside: Sequence[int], usual: float | None) -> Amounts:
        """A column's amounts in the unit of its header, or else in the `usual` one."""
        cells, unit = self._result.columns, self._result.unit(column)
        others = [cells[other] for other in beside]
        return read_money(cells[column], column, unit, self._decimal, others, unit.scale or usual)

    def _amounts_of(self, column: int) -> Amounts:
        """The amounts of a column that is a field itself, in its own unit; its faults are told with the field."""
        read = self._read(column, [], self._scale_of(column))
        return read._replace(currencies={**self._result.currencies.get(column, {}), **read.currencies})

    def _scale_of(self, column: int) -> float:
        """The unit of a field's amounts: of its header, else of what stands around the table, else of other amounts."""
        money = (self.fields[name] for name, kind in KINDS.items() if kind == "money" and name in self.fields)
        scales = (self._result.unit(column).scale, self._scale, *(self._result.unit(each).scale for each in money))
        return next(filter(None, scales), 1.0)

    # What is asked of a column

    def _take(self, name: str, accept: Callable[[int], bool] | None = None) -> None:
        """The first column of this field that holds what its header says and is not another field yet."""
        for column in self._header.columns_of(name):
            if name in self.fields:
                return
            if column in self._plans or column in self.fields.values():
                continue
            if self._is_given(column) or ((accept is None or accept(column)) and self._fits(column, name)):
                self.fields[name] = column

    def _fits(self, column: int, name: str) -> bool:
        """Whether most cells of a column can be read as a field; one finding reports those that cannot."""
        kind = KINDS.get(name, "text")
        if kind not in _NOT or self._is_given(column):
            return True
        parsers: Mapping[str, Callable[[Cell], object]] = {
            "money": read_amount,
            "mark": read_mark,
            "date": partial(read_date, day_first=True),
        }
        wrong = self._values[column].mostly_unreadable(parsers[kind] if kind in parsers else choice_of(name))
        if wrong:
            self._remark(column, "not-this-field", "warning", _NOT[kind], wrong)
        return not wrong

    def _is_rating(self, column: int) -> bool:
        """Whether a potential is a word or a level, not money."""
        return not self._values[column].are_amounts(named=bool(unit_of(self._title(column)).currency))

    def _is_whole(self, column: int) -> bool:
        """Whether a column is not of one month or quarter only, unless the user named it."""
        heading = self._header.periods.get(column)
        return heading is None or (heading.months or YEAR) >= YEAR or self._is_given(column)

    def _is_given(self, column: int) -> bool:
        match = self._header.matches.get(column)
        return column in self._letters.values() or (match is not None and match.level == 0)

    def _first(self, name: str) -> int | None:
        return next(iter(self._header.columns_of(name)), None)

    def _named(self, text: str) -> int:
        """The column that a reading file names by its header or its letter.

        Raises
        ------
        MappingError
            Where there is none.
        """
        titles = ["".join(words(title)) for title in self._header.titles]
        if (key := "".join(words(text))) in titles:
            return titles.index(key)
        column = column_number(text) - self._left if re.fullmatch("[A-Z]{1,3}", text) else -1
        if not 0 <= column < len(titles):
            remedy = available_columns(text, [title for title in self._header.titles if title])
            raise MappingError(Text("there is no such column"), where=self._given.file, got=text, remedy=remedy)
        return column

    def _field_of(self, column: int) -> str:
        match = self._header.matches.get(column)
        return match.field if match else ""

    def _title(self, column: int) -> str:
        return self._header.titles[column]

    def _remark(
        self,
        column: int,
        code: str,
        grade: Grade,
        message: Text,
        values: Sequence[Cell] = (),
        remedy: Text = _REMEDY,
    ) -> None:
        shown = [quoted(value) for value in dict.fromkeys(map(str, values))][:3]
        values_shown = {"column": quoted(self._title(column)), "values": shown, **message.values}
        text = Text(message.message, **values_shown)
        text.plural = message.plural
        self._result.remarks.append(Remark(None, column, code, grade, text, self._title(column), remedy))


def _common(units: Sequence[Unit], currency: str | None) -> tuple[Unit, list[float]]:
    """The unit of columns that are added up, and what brings each to it; one that names none is like the others."""
    year = max((each.year for each in units if each.year), default=None)
    scales = {each.scale for each in units if each.scale}
    if len(scales) < 2:
        return Unit(next(iter(scales), None), currency, year), [1.0] * len(units)
    usual = next(each.scale for each in units if each.scale)
    return Unit(1.0, currency, year), [each.scale or usual or 1.0 for each in units]
