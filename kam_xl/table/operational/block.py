"""One block of an operational plan: its rows and columns of cells turned into amounts with their periods."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import fsum
from typing import NamedTuple, Protocol

from kam_xl.domain.operational import INDICATORS, Indicator
from kam_xl.domain.periods import MONTH, YEAR, Period
from kam_xl.locale import Text
from kam_xl.table.finding import Grade, Remark
from kam_xl.table.grid import Grid
from kam_xl.table.headers.period_words import Heading, heading_of, is_kind_of_plan, names_other_period
from kam_xl.table.headers.units import settle_units, unit_around
from kam_xl.table.headers.vat import vat_differs_from
from kam_xl.table.operational.layout import PlanBlock
from kam_xl.table.operational.remarks import (
    Remarked,
    assumed,
    columns_ignored,
    financial,
    nameless_rows,
    not_over,
    rows_ignored,
    unknown_period,
)
from kam_xl.table.operational.row_units import UNIT_KEYS, RowUnits, row_units
from kam_xl.table.operational.years import dated
from kam_xl.table.operational.zeros import Fact, blank_zeros, is_running
from kam_xl.table.records.rows import RowSorter
from kam_xl.table.values.cells import Cell, read_name
from kam_xl.table.values.money import read_money
from kam_xl.table.words.matching import Unit, unit_of
from kam_xl.table.words.row_words import may_be_total
from kam_xl.table.words.vat import Basis, vat_of
from kam_xl.table.years import names_financial


@dataclass(frozen=True)
class AmountReading:
    """What amounts are read with: the table's unit and decimal mark, the present year, the tolerance of sums, whether
    the table's revenue is with VAT and the text that says so."""

    unit: tuple[str, Unit]
    decimal: str
    this_year: int
    tolerance: float
    this_month: int = YEAR
    vat: tuple[Basis, str] = ("", "")

    @property
    def now(self) -> int:
        """`Period.end` of the running month."""
        return Period(self.this_year, MONTH, self.this_month).end


class Find(Protocol):
    """Takes note of a finding about a cell, given by its row and column in the grid."""

    def __call__(
        self, row: int, column: int, code: str, grade: Grade, message: Text, value: Cell, remedy: Text
    ) -> None: ...


class Amount(NamedTuple):
    """One amount: where it stands in the grid, and what it is."""

    row: int
    column: int
    indicator: Indicator
    period: Period
    value: float


# Actual figures of periods that are not over: whether the period is running, then row, column, period and value.
_Early = dict[bool, list[tuple[int, int, Period, float]]]


class BlockSheet:
    """The rows and columns of one block, read.

    Attributes
    ----------
    rows : list of int
        The rows (from 0 below the header) that refer to a client.
    totals : list of int
        The rows that are sums of others.
    indicators : list of Heading or None
        What each row says about its indicator; None for rows of other things, such as deviations.
    values : dict
        Column to its amounts, None where unknown.
    headers : dict
        Column to what its header says, the year found out.
    """

    def __init__(self, grid: Grid, block: PlanBlock, reading: AmountReading, find: Find) -> None:
        self._block, self._find, self._reading, self._sheet = block, find, reading, grid.sheet
        width = max((each.column for each in block.amounts), default=0) + 1
        height = block.end - block.first
        self.columns = [list(cells[:height]) for cells in grid.columns(block.first, width)]
        self._fill_down()
        self.headers = self._headers(reading)
        self._tell_financial()
        self._tell_vat(grid)
        self.indicators = self._row_indicators()
        self.values = self._read_money(reading)
        fields = {key: column for key, column in block.keys.items() if key in ("client", "client_id")}
        sorter = RowSorter(self.columns, fields, self.values)
        self.totals = [remark.row for remark in sorter.remarks if remark.code == "total-row" and remark.row is not None]
        sums = self._sums_of_products()
        self.rows = [row for row in sorter.clients if self.indicators[row] is not None and row not in sums]
        self._tell_of_others(sorter.clients)
        self.periods = self._row_periods(reading) if block.is_long else []
        self._tell_nameless(fields)
        self._tell_unused(grid)
        for remark in sorter.remarks:
            if remark.row is not None and remark.column is not None:
                find(block.first + remark.row, remark.column, *remark[2:])

    def clients(self) -> Iterator[tuple[int, str | None, str | None]]:
        """Each row of the grid that has an amount, with its client's id and name."""
        blank: list[Cell] = [None] * len(self.indicators)
        ids, names = (self._key(key) or blank for key in ("client_id", "client"))
        for row in self.rows:
            if any(values[row] is not None for values in self.values.values()):
                yield self._block.first + row, read_name(ids[row]), read_name(names[row])

    def products(self) -> dict[int, str]:
        """Rows of the grid to the product that they are of: those of one client are added up."""
        cells = self._key("category") or []
        return {self._block.first + row: name for row, cell in enumerate(cells) if (name := read_name(cell))}

    def _sums_of_products(self) -> set[int]:
        """The rows that are the total of a client's products."""
        names = {row: name for row, cell in enumerate(self._key("category") or []) if (name := read_name(cell))}
        sums = {row for row, name in names.items() if may_be_total(name)}
        return sums if len(sums) < len(names) else set()

    def amounts(self) -> Iterator[Amount]:
        """All amounts, each with its indicator and period; totals beside the periods that they sum up are left out."""
        passed_over: set[object] = set()
        early: _Early = {}
        now = self._reading.now
        blank = blank_zeros(self._facts(), now, self._find_at)
        for column, header in self.headers.items():
            values = self.values[column]
            known: dict[Heading | None, Heading] = {}
            within = self.within(column)
            for row in self.rows:
                value, heading = values[row], self.indicators[row]
                if value is None or (not value and within):  # the total of no months shows as 0
                    continue
                whole = known[heading] = known.get(heading) or header | (heading or Heading()) | self._block.hint
                period = _meant(self.periods[row] if self._block.is_long else header.period, whole)
                indicator = whole.indicator
                if indicator is None:
                    self._pass_over(row, column, whole, passed_over)
                elif period is not None and (indicator.kind == "plan" or (value or not blank(period))):
                    if indicator.kind == "fact" and not within and period.end >= now:
                        early.setdefault(is_running(period, now), []).append((row, column, period, value))
                    if indicator.kind == "plan" or is_running(period, now) or period.end < now:
                        yield Amount(self._block.first + row, column, indicator, period, value)
        for running, cells in early.items():
            row, column, period, _ = cells[0]
            money = fsum(each[-1] for each in cells)
            self._find_at(row, column, not_over(running, period, money, self.columns[column][row]))

    def _facts(self) -> Iterator[Fact]:
        """The cells with actual figures; sums of them say nothing more."""
        for column, header in self.headers.items():
            if self.within(column):
                continue
            values = self.values[column]
            for row in self.rows:
                heading = header | (self.indicators[row] or Heading()) | self._block.hint
                period = self.periods[row] if self._block.is_long else header.period
                value = values[row]
                if heading.kind == "fact" and period and value is not None:
                    yield Fact(row, column, period, value)

    def _find_at(self, row: int, column: int, remarked: Remarked) -> None:
        self._find(self._block.first + row, column, *remarked)

    def within(self, column: int) -> list[int]:
        """The columns of the same indicator whose periods a longer one consists of: the shortest of them."""
        outer = self.headers[column]
        if self._block.is_long or outer.months == MONTH:
            return []
        period = outer.period
        inner = {
            other: each
            for other, each in self.headers.items()
            if other != column and (each.kind, each.measure) == (outer.kind, outer.measure)
        }
        parts = [(other, part) for other, each in inner.items() if (part := each.period) and period]
        parts = [(other, part) for other, part in parts if period and period.covers(part) and part != period]
        shortest = min((part.months for _, part in parts), default=0)
        return [other for other, part in parts if part.months == shortest]

    def before(self, column: int) -> list[int]:
        """The shortest columns of the same indicator to the left of a longer one, since the last one of its length.

        Of a financial year they are its parts, in whichever calendar years they lie.
        """
        outer = self.headers[column]
        since: list[int] = []
        for other, each in self.headers.items():
            if other == column:
                break
            if (each.kind, each.measure) == (outer.kind, outer.measure):
                since = [] if (each.months or YEAR) >= (outer.months or YEAR) else [*since, other]
        shortest = min((self.headers[other].months or YEAR for other in since), default=0)
        return [other for other in since if self.headers[other].months == shortest]

    def key_column(self, client_id: str | None) -> int:
        """The column that names a row's client."""
        keys = self._block.keys
        return keys["client_id" if "client_id" in keys and (client_id or "client" not in keys) else "client"]

    def _key(self, key: str) -> list[Cell] | None:
        column = self._block.keys.get(key)
        return None if column is None or column >= len(self.columns) else self.columns[column]

    def _fill_down(self) -> None:
        """A client named once for several rows of indicators or products, as in merged cells and pivot tables.

        A row of a client without a product is of the whole client: its products below are not added to it.
        """
        products, indicators = self._key("category"), self._key("indicator")
        keys = [cells for key in ("client", "client_id") if (cells := self._key(key)) is not None]
        labels = [cells for cells in (products, indicators) if cells is not None]
        whole = False
        for row in range(len(keys[0]) if labels else 0):
            if any(read_name(cells[row]) for cells in keys):
                whole = products is not None and not read_name(products[row])
            elif row and not whole and any(read_name(cells[row]) for cells in labels) and self._goes_on(row):
                for cells in keys:
                    cells[row] = cells[row - 1]

    def _tell_nameless(self, fields: Mapping[str, int]) -> None:
        """Amounts of rows that name no client, which join nobody: a warning with their number and sum."""
        keys = [self.columns[column] for column in fields.values()]
        named = [row for row, cells in enumerate(zip(*keys, strict=True)) if any(map(read_name, cells))]
        nameless = sorted({*range(named[0], named[-1])}.difference(named)) if named else []
        columns = [column for column in self.headers if not self.within(column)]
        amounts = {(row, at): value for row in nameless for at in columns if (value := self.values[at][row])}
        if amounts:
            row, column = min(amounts)
            rows = len({row for row, _ in amounts})
            self._find(self._block.first + row, column, *nameless_rows(rows, fsum(amounts.values())))

    def _tell_unused(self, grid: Grid) -> None:
        """Columns with amounts of a period that are not used, such as "Fact 10 months": one warning for all."""
        used = {*self._block.keys.values(), *self.headers}
        titles = dict(enumerate(map(read_name, grid.rows[self._block.header])))
        odd = {at: title for at, title in titles.items() if at not in used and title and names_other_period(title)}
        rows = grid.rows[self._block.first : self._block.end]
        filled = {
            at: title for at, title in odd.items() if any(isinstance(row[at], float) for row in rows if at < len(row))
        }
        if filled:
            self._find(self._block.header, min(filled), *columns_ignored(filled.values()))

    def _goes_on(self, row: int) -> bool:
        """Whether a row without a client is of the one above: no other column, such as managers, begins anew."""
        amounts = {each.column for each in self._block.amounts}
        others = [
            cells for at, cells in enumerate(self.columns) if at not in amounts and at not in self._block.keys.values()
        ]
        return all(read_name(cells[row]) in (None, "", read_name(cells[row - 1])) for cells in others)

    def _headers(self, reading: AmountReading) -> dict[int, Heading]:
        """What each header says, with the year that it leaves to the reader."""
        if self._block.is_long:
            return {each.column: each.heading for each in self._block.amounts}
        dated_amounts = dated(self._block.amounts, self._block.hint.year, reading.this_year)
        if dated_amounts.assumed:
            self._find(
                self._block.header,
                dated_amounts.assumed.column,
                *assumed(dated_amounts.assumed.title, reading.this_year),
            )
        return dated_amounts.headers

    def _tell_financial(self) -> None:
        """Periods of a financial year, as their headers name it, else the titles above; no sums of the months there."""
        above = next(filter(names_financial, self._block.titles), "")
        for each in self._block.amounts:
            own = heading_of(each.title)
            title = each.title if names_financial(each.title) or (own and own.year) else above
            period = self.headers[each.column].period
            if period and names_financial(title) and not (self.within(each.column) or self.before(each.column)):
                self._find(self._block.header, each.column, *financial(title, period))
                return

    def _tell_vat(self, grid: Grid) -> None:
        """Revenue on another basis than that of the client table; a margin never holds VAT."""
        titles = {each.column: each.title for each in self._block.amounts if each.heading.measure != "margin"}
        labels = {str(cell) for cell in self._key("indicator") or [] if isinstance(cell, str)}
        titles |= {-at: label for at, label in enumerate(sorted(labels), start=1) if vat_of(label)}
        if remark := vat_differs_from(self._reading.vat, titles, grid, self._block.header):
            column = remark.column or 0
            self._find(self._block.header, column if column >= 0 else self._block.keys["indicator"], *remark[2:])

    def _row_indicators(self) -> list[Heading | None]:
        cells = self._key("indicator")
        if cells is None:
            return [Heading()] * len(self.columns[0])
        known: dict[Cell, Heading | None] = {}
        for cell in set(cells):
            known[cell] = heading_of(cell) if read_name(cell) else Heading()
        return [known[cell] for cell in cells]

    def _tell_of_others(self, rows: Iterable[int]) -> None:
        """Name rows that seem to be a plan or actual figures of a kind of their own: "Fact cumulative", "Budget v2"."""
        labels = self._key("indicator") or []
        others = {
            str(labels[row]): row for row in rows if self.indicators[row] is None and is_kind_of_plan(labels[row])
        }
        if others:
            row = min(others.values())
            self._find(self._block.first + row, self._block.keys["indicator"], *rows_ignored(labels[row], list(others)))

    def _row_periods(self, reading: AmountReading) -> list[Period | None]:
        """The period of each row of a long block; what cannot be read is remarked where there is an amount."""
        cells, years = self._key("period") or [], self._key("year") or [None] * len(self.indicators)
        hint = self._block.hint.year
        known: dict[tuple[Cell, Cell], Heading] = {}
        undated = told = None
        periods: list[Period | None] = [None] * len(cells)
        for row in self.rows:
            key = (cells[row], years[row])
            heading = known[key] = known.get(key) or _heading_of_row(*key)
            if not any(values[row] is not None for values in self.values.values()):
                continue
            if heading.months is None:
                self._find(self._block.first + row, self._block.keys["period"], *unknown_period(cells[row]))
            elif heading.year is None and not hint:
                undated = row if undated is None else undated
            period = periods[row] = heading._replace(year=heading.year or hint or reading.this_year).period
            named = next((cell for cell in key if isinstance(cell, str) and names_financial(cell)), None)
            if named and period and not told:
                told = named
                self._find(self._block.first + row, self._block.keys["period"], *financial(named, period))
        if undated is not None:
            cell = cells[undated]
            self._find(self._block.first + undated, self._block.keys["period"], *assumed(cell, reading.this_year))
        return periods

    def _read_money(self, reading: AmountReading) -> dict[int, list[float | None]]:
        amounts = self._block.amounts
        _, around = unit_around(Grid(self._sheet, []), 0) or ("", Unit(None, None, None))
        hint = next((unit for title in self._block.titles if (unit := unit_of(title)).scale), around)
        units = {each.column: unit if (unit := unit_of(each.title)).scale else hint for each in amounts}
        factors, remarks = settle_units(units, {each.column: each.title for each in amounts}, reading.unit)
        of_rows = self._row_units()
        self._tell_units(remarks, of_rows)
        other_currency = {remark.column for remark in remarks if remark.code == "currencies-differ"}
        values: dict[int, list[float | None]] = {}
        for each in amounts:
            column, factor = each.column, factors[each.column]
            values[column] = [None] * len(self.columns[column])
            if column in other_currency:
                continue
            rows = [row for row, said in enumerate(self.indicators) if said is not None and row not in of_rows.ignored]
            for scale in dict.fromkeys(of_rows.scales.get(row, factor) for row in rows):
                self._read_rows(
                    values[column],
                    column,
                    {row for row in rows if of_rows.scales.get(row, factor) == scale},
                    units[column]._replace(scale=scale),
                )
        return values

    def _read_rows(self, values: list[float | None], column: int, rows: Container[int], unit: Unit) -> None:
        """Read the amounts of rows in one unit."""
        cells = [cell if row in rows else None for row, cell in enumerate(self.columns[column])]
        scale = unit.scale or 1.0
        read = read_money(cells, column, unit, self._reading.decimal, scale=scale)
        for remark in read.remarks:
            if remark.row is not None and not self.within(column):  # nobody misses a sum
                self._find(self._block.first + remark.row, column, *remark[2:])
        for row, value in enumerate(read.values):
            if value is not None:
                values[row] = value * scale

    def _row_units(self) -> RowUnits:
        keys = {key: cells for key in UNIT_KEYS if (cells := self._key(key)) is not None}
        names = [cells for key in ("client", "client_id") if (cells := self._key(key)) is not None]
        rows = [
            row
            for row, said in enumerate(self.indicators)
            if said is not None and any(read_name(cells[row]) for cells in names)
        ]
        return row_units(keys, rows, self._reading.unit)

    def _tell_units(self, remarks: Iterable[Remark], of_rows: RowUnits) -> None:
        remarked: set[str] = set()
        for remark in remarks:
            if remark.code not in remarked and remark.column is not None:  # 24 months need it said once
                remarked.add(remark.code)
                self._find(self._block.header, remark.column, *remark[2:])
        for row, key, said in of_rows.told:
            self._find(self._block.first + row, self._block.keys[key], *said)

    def _pass_over(self, row: int, column: int, heading: Heading, passed_over: set[object]) -> None:
        if (heading.kind, heading.measure) in passed_over:
            return
        passed_over.add((heading.kind, heading.measure))
        indicator = self._block.keys.get("indicator")
        place = (
            self._block.header if indicator is None else self._block.first + row,
            column if indicator is None else indicator,
        )
        if heading.kind == "forecast":
            message = Text("A forecast is neither plan nor actual: it is not used.")
            remedy = Text("No action needed. The forecast is computed from plan and actual figures.")
            self._find(*place, "forecast-not-used", "note", message, None, remedy)
            return
        self._find(
            *place,
            "unknown-indicator",
            "error",
            Text("Nothing says whether these amounts are plan or actual: they are ignored."),
            None,
            Text(
                "Write one of these into the header or beside the client: {labels}.",
                labels=[each.label for each in INDICATORS],
            ),
        )


def _meant(period: Period | None, heading: Heading) -> Period | None:
    """The period of an amount: that of last year's figures lies a year before the one they stand beside."""
    return period._replace(year=period.year - 1) if period and heading.kind == "last_year" else period


def _heading_of_row(cell: Cell, year: Cell) -> Heading:
    """The period that a row names, perhaps as the number of its month; `months` is None where it names none."""
    number = read_name(cell) or ""
    if number.isdigit() and 1 <= int(number) <= YEAR:
        heading = Heading(months=MONTH, number=int(number))
    else:
        heading = heading_of(cell) or Heading()
        if heading.year and heading.months is None:
            heading = heading._replace(months=YEAR, number=1)
    return heading if heading.year else heading._replace(year=(heading_of(year) or Heading()).year)
