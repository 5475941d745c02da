"""A client table as it was read: its clients, what is to be said about them, and where each number stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, fields, replace
from functools import cached_property
from string import digits
from typing import TYPE_CHECKING, Any

from kam_xl.domain.model import Client, Clients, Score
from kam_xl.domain.operational import OperationalPlan
from kam_xl.excel.references import column_letters
from kam_xl.locale import Text, plural
from kam_xl.table.block import Block
from kam_xl.table.competitors import Clientele, Competition
from kam_xl.table.errors import SeveralCurrenciesError
from kam_xl.table.finding import Finding, address
from kam_xl.table.headers.choose import client_matcher
from kam_xl.table.holdings import by_parent
from kam_xl.table.interpretation import NOTHING_GIVEN, TITLES, Given, Interpretation
from kam_xl.table.kept_reading import IS_USED
from kam_xl.table.keys import Keys
from kam_xl.table.notes import notes_of
from kam_xl.table.operational.kept import KeptPlan
from kam_xl.table.operational.overview import overview
from kam_xl.table.values.column_values import with_currency
from kam_xl.table.words.matching import Unit, words
from kam_xl.table.words.vocabulary import KINDS

if TYPE_CHECKING:
    import pandas as pd

# What no column of the table says.
_JOINED = ("competitors", "own_scores", "year", "operational", "history")
CLIENT_FIELDS = tuple(field.name for field in fields(Client) if field.name not in _JOINED)
_TEXTS = {field.name for field in fields(Client) if field.default == ""}


@dataclass(frozen=True)
class TableSource:
    """Where a table was found: `columns` gives the column letter of each field that has a column.

    `given` is the reading that it was read by, `keeps` says whether that was kept in the workbook, `year` is the
    revenue's, where anything names it; `operational` is the operational plan that came from a file of its own,
    `plan_sheets` are the sheets that one was read from.
    """

    name: str
    sheet: str
    table: str
    header_row: int
    columns: Mapping[str, str]
    encoding: str = ""
    given: Given = NOTHING_GIVEN
    keeps: bool = False
    year: int | None = None
    operational: KeptPlan | None = None
    plan_sheets: Sequence[str] = ()


class ClientTable:
    """The clients of one table, in its order.

    Attributes
    ----------
    source : TableSource
    findings : list of Finding
        All that is doubtful, from the top of the sheet to its bottom, the competitors' sheet last.
    several_currencies : bool
        Whether the amounts are in several currencies and none was named, so that nothing can be made of the table.
    """

    def __init__(
        self,
        block: Block,
        keys: Keys,
        source: TableSource,
        competition: Competition,
        operations: Mapping[int, OperationalPlan] | None = None,
        sheets: Sequence[str] = (),
        own_scores: Sequence[tuple[Score, ...]] = (),
    ) -> None:
        self._block, self.source, self._competition = block, source, competition
        self._operations, self._own_scores = operations or {}, own_scores
        self._cells = block
        self._notes: tuple[Text, ...] = ()
        self._sheets = tuple(sheets) or (source.sheet,)
        self._columns = {**block.fields, "client_id": keys.ids, "client": keys.names}
        self.findings: list[Finding] = []
        self.several_currencies = block.doubt is not None

    def __len__(self) -> int:
        return len(self._block)

    @cached_property
    def interpretation(self) -> Interpretation:
        """How the table was understood."""
        block = self._block
        first = block.grid.place(block.header.top)[1]
        return Interpretation(
            kind="clients",
            name=self.source.name,
            sheets=self._sheets,
            header_rows=tuple(range(first, self.source.header_row + 1)),
            columns=tuple(block.verdicts()),
            left_out=tuple(block.left_out),
            total_agrees=block.total_agrees,
            table=self.source.table,
            encoding=self.source.encoding,
            decimal=block.decimal,
            day_first=block.day_first,
            currency=block.currency,
            groups=self.source.given.groups,
            skip=self.source.given.skip,
            summed={name: given for name, given in self.source.given.columns.items() if len(given) > 1},
            notes=(
                *([IS_USED] if self.source.keeps else []),
                *self._notes,
                *notes_of(block),
                *self._scales(),
            ),
        )

    @property
    def competitors_read(self) -> Interpretation | None:
        """How the competitors' sheet was understood; None where there is none."""
        block = self._competition.block
        if block is None:
            return None
        first = block.grid.place(block.header.top)[1]
        last = block.grid.place(block.header.row)[1]
        earned = {"revenue": "competitor_revenue"}
        return Interpretation(
            kind="competitors",
            name=self.source.name,
            sheets=(block.grid.sheet,),
            header_rows=tuple(range(first, last + 1)),
            columns=tuple(replace(use, field=earned.get(use.field, use.field)) for use in block.verdicts()),
            left_out=tuple(block.left_out),
            notes=tuple(_scale_notes({factor: [TITLES["competitor_revenue"]] for factor in block.factors.values()})),
        )

    @property
    def competitor_rows(self) -> list[float | None]:
        """What competitors earn by the rows of their sheet, in the unit of the table."""
        return [*self._competition.columns["revenue"]]

    def _scales(self) -> Iterator[Text]:
        """The amounts that are read in thousands or more, by how much each number counts."""
        fields: dict[float, list[Text]] = {}
        for field in self._block.fields:
            if KINDS.get(field) == "money" and (scale := self.as_written(field)[1].scale or 1.0) > 1:
                fields.setdefault(scale, []).append(TITLES[field])
        yield from _scale_notes(fields)

    @property
    def assumes_year(self) -> bool:
        """Whether nothing in the table says which year its revenue is of."""
        return "revenue" in self._block.fields and self.source.year is None and not self._operations

    @property
    def row_numbers(self) -> list[int]:
        """The row of each client on its sheet, counted from 1."""
        return self._block.row_numbers

    @property
    def homes(self) -> list[tuple[str, int]]:
        """The sheet and the row of each client in the workbook that links go to."""
        return self._block.homes

    @property
    def fields(self) -> Mapping[str, list[Any]]:
        """The recognised columns by field, all of one length; amounts in one unit: `unit`."""
        return {name: self._columns[name] for name in self._block.fields}

    @property
    def extra(self) -> Mapping[str, list[Any]]:
        """The other columns by their headers, as they stand."""
        return self._block.extra

    @property
    def has_money(self) -> bool:
        """Whether any amount of revenue or budget can be read: without both nothing is planned unasked."""
        amounts = (self._block.fields.get(field, ()) for field in ("revenue", "procurement_budget"))
        return any(amount is not None for column in amounts for amount in column)

    def unit(self, field: str) -> Unit:
        """What is known about the unit of an amount; where a header names one, amounts are whole: their scale is 1."""
        own = self._block.settled.unit(self._block.header.fields[field])
        base = self._block.unit[1] if self._block.unit else own
        return Unit(1.0 if base.scale else None, self._block.currency or own.currency or base.currency, own.year)

    @property
    def money_unit(self) -> Unit | None:
        """The unit of its revenue, else of its budgets; None where it has neither."""
        amount = next((name for name in ("revenue", "procurement_budget") if name in self._block.fields), None)
        return self.unit(amount) if amount else None

    @property
    def currency(self) -> str:
        """The currency of its revenue, else of its budgets; blank where it names none."""
        unit = self.money_unit
        return (unit and unit.currency) or ""

    def as_written(self, field: str) -> tuple[list[Any], Unit]:
        """The amounts of a field as its column has them, with the unit that its header names, or else the table's."""
        column = self._block.header.fields[field]
        own = self._block.settled.unit(column)
        base = self._block.unit[1] if self._block.unit else own
        if column in self._block.settled.made_of:
            return self._columns[field], self.unit(field)
        currency = own.currency or base.currency or self._block.currency
        return self._block.unscaled(field), Unit(own.scale or base.scale, currency, own.year)

    def faults(self, position: int) -> Iterator[Text]:
        """What is wrong with a client's row, as the data check says it, each with its column."""
        place = self._block.home(self._block.rows[position])
        for finding in self.findings:
            if (finding.sheet, finding.row) == place:
                values = {"message": finding.message, "remedy": finding.remedy}
                yield Text("{column}: {message} {remedy}", column=self.title(finding), **values)

    def title(self, finding: Finding) -> str:
        """The header above a finding's cell."""
        titles = self._block.header.titles
        letters = (column_letters(self._block.grid.left + column) for column in range(len(titles)))
        return dict(zip(letters, titles, strict=True)).get(finding.column, "")

    @property
    def block(self) -> Block:
        """The rows that the clients were read from."""
        return self._block

    @property
    def keys(self) -> Keys:
        """Ids and names of the clients."""
        return Keys(self._columns["client_id"], self._columns["client"])

    @cached_property
    def clientele(self) -> Clientele:
        """Finds a client by id or name; by parent company, also by those of its subsidiaries."""
        return Clientele(*self.keys)

    def by_parent(self) -> ClientTable:
        """The same table with one client for each parent company; see `kam_xl.table.holdings`.

        Raises
        ------
        HeaderNotFoundError
            Where no column names parents.
        """
        holdings = by_parent(self._block, self.keys, self.source.name)
        competition = replace(self._competition, of=holdings.competitors(self._competition.of))
        scores = holdings.shared(self._own_scores, ()) if self._own_scores else ()
        operations = holdings.operations(self._operations)
        table = ClientTable(holdings.block, holdings.keys, self.source, competition, operations, self._sheets, scores)
        table._cells = self._block
        table.clientele = holdings.clientele(self.keys)
        rows = plural("{n:count} row", "{n:count} rows", n=len(self))
        clients = plural("{n:count} client", "{n:count} clients", n=len(table))
        table._notes = (Text("By parent company: {rows}, {clients}.", rows=rows, clients=clients),)
        return table

    @property
    def has_operational(self) -> bool:
        """Whether any client has an operational plan."""
        return bool(self._operations)

    @property
    def operational_overview(self) -> Text | None:
        """What was read of the operational plan; None where there is none."""
        sheets, currency = self.source.plan_sheets, self._block.currency
        return overview(self._operations.values(), sheets, currency) if self._operations else None

    def clients(self) -> list[Client]:
        """All clients with their competitors and their operational plans.

        Raises
        ------
        SeveralCurrenciesError
            Where their amounts are in several currencies and none was named: whatever is made of the table is made of
            these clients.
        """
        if doubt := self._block.doubt:
            raise SeveralCurrenciesError(doubt.message, where=self.source.name, remedy=doubt.remedy)
        return list(self._clients)

    def checked(self) -> Clients:
        """The clients for the checks of single rows, whatever currencies their amounts are in."""
        columns = {field: self._columns[field] for field in CLIENT_FIELDS if field in self._columns}
        for field in _TEXTS & columns.keys():
            if not all(columns[field]):
                columns[field] = [text or "" for text in columns[field]]
        rows, rivals, plans = range(len(self)), self._competition.of, self._operations
        if rivals:
            columns["competitors"] = [rivals.get(row, ()) for row in rows]
        if self._own_scores:
            columns["own_scores"] = list(self._own_scores)
        if self._block.history:
            columns["history"] = list(map(self._history, rows))
        if self.source.year:
            columns["year"] = [self.source.year] * len(self)
        if plans:
            columns["operational"] = list(map(plans.get, rows))
        return Clients(columns, len(self))

    def without_amounts(self) -> ClientTable:
        """The same table with all amounts unknown, so that it can be reported on whatever their currencies are."""
        table = copy(self)
        table.__dict__.pop("_clients", None)
        amounts = {name: [None] * len(self) for name in self._columns if KINDS.get(name) == "money"}
        table._columns = {**self._columns, **amounts}
        table._block = replace(self._block, doubt=None, history={})
        table._competition, table._operations = Competition(), {}
        return table

    @cached_property
    def _clients(self) -> list[Client]:
        return self.checked().made()

    def _history(self, row: int) -> tuple[tuple[int, float], ...]:
        """The revenue of earlier years, the oldest first."""
        known = ((year, values[row]) for year, values in self._block.history.items())
        return tuple((year, value) for year, value in known if value is not None)

    @property
    def column_names(self) -> list[str]:
        """The headers of the columns that hold anything, as the sheet has them."""
        return [column.title for column in self.interpretation.columns if column.title]

    def column_named(self, name: str) -> list[Any] | None:
        """A column by the name of its field, by its header as the sheet has it, or by another header of the field; None
        where the table has no such column."""
        there = self._columns.keys() | self._block.extra.keys()
        columns = {name: cells for name, cells in self.columns.items() if name in there}
        names = {"".join(words(each)): each for each in reversed(list(columns))}
        titles = {"".join(words(each.title)): each.field for each in self.interpretation.used}
        key = "".join(words(name))
        field = names.get(key) or titles.get(key)
        if field is None and (match := client_matcher().match(name)):
            field = match.field
        return columns.get(field or "")

    @property
    def columns(self) -> dict[str, list[Any]]:
        """The columns of `frame` as plain lists, None where blank."""
        blank: list[Any] = [None] * len(self)
        data = {field: self._columns.get(field, blank) for field in CLIENT_FIELDS}
        return {**data, **self._block.extra}

    @cached_property
    def frame(self) -> pd.DataFrame:
        """One row per client: the fields of `Client`, then the table's other columns under their own headers.

        Amounts are floats, NaN where unknown; everything else is a column of objects, None where blank.
        """
        return _as_frame(self.columns)

    @cached_property
    def competitors(self) -> pd.DataFrame:
        """The rows of the competitors' sheet: client_id (as in `frame`), competitor, revenue, strengths, weaknesses,
        stance, then its other columns; no rows where there is no such sheet."""
        return _as_frame(self._competition.columns)

    def sheet_rows(self) -> list[list[Any]]:
        """The cells of the whole sheet from A1 on, to carry a csv or parquet table into a workbook.

        Everything stays in its place, so that addresses hold, in rows of equal length; amounts and dates are numbers
        and dates where they were texts that could be read, in the units of their columns. A number whose text names a
        currency is a `ShownNumber` in it.
        """
        block = self._cells
        left = [None] * (block.grid.left - 1)
        width = max(map(len, block.grid.rows))
        rows = [
            [*left, *(None if cell == "" else cell for cell in row), *([None] * (width - len(row)))]
            for row in block.grid.rows
        ]
        values = {
            column: block.unscaled(field)
            for field, column in block.header.fields.items()
            if KINDS.get(field) in ("money", "date") and column not in block.settled.made_of
        }
        for column, read in (values | block.parts).items():
            at, settled = len(left) + column, block.settled.columns[column]
            for row, value in zip(block.rows, read, strict=True):
                cells = rows[block.header.row + 1 + row]
                if value is not None and cells[at] == settled[row]:  # a computed value is not the user's
                    cells[at] = with_currency(value, cells[at])
        return [*([None] * len(rows[0]) for _ in range(block.grid.top - 1)), *rows]

    def address(self, row: int, field: str) -> str:
        """The cell of a client (its position in `clients`) as a formula writes it: "Clients!D7".

        For a field without a column it is the client's name.
        """
        column = self._block.cell(None, self._block.column(field)).rstrip(digits)
        sheet, number = self._block.home(self._block.rows[row])
        return address(sheet, f"{column}{number}")


def _scale_notes(fields: Mapping[float, list[Text]]) -> Iterator[Text]:
    for scale, titles in fields.items():
        if scale > 1:
            yield Text("1 in the table is {scale:money}: {fields}.", scale=scale, fields=titles)


def _as_frame(columns: Mapping[str, list[Any]]) -> pd.DataFrame:
    import pandas as pd

    series = {
        name: pd.Series(values, dtype=float if KINDS.get(name) == "money" else object)
        for name, values in columns.items()
    }
    frame: pd.DataFrame = pd.DataFrame(series)
    return frame
