"""A client table as it was read: its clients, what is to be said of them, and where each number stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kam_xl.domain.model import Client
from kam_xl.domain.operational import OperationalPlan
from kam_xl.table.block import Block
from kam_xl.table.competitors import Competition
from kam_xl.table.finding import Finding, address, column_letter
from kam_xl.table.keys import Keys
from kam_xl.table.matching import Unit, unit_of
from kam_xl.table.vocabulary import KINDS

if TYPE_CHECKING:
    import pandas as pd

_JOINED = ("competitors", "year", "operational")  # what no column of the table says
CLIENT_FIELDS = tuple(field.name for field in fields(Client) if field.name not in _JOINED)
_TEXTS = tuple(field.name for field in fields(Client) if field.default == "")


@dataclass(frozen=True)
class TableSource:
    """Where a table was found: `columns` gives the column letter of each field that has a column."""

    name: str
    sheet: str
    table: str
    header_row: int
    columns: Mapping[str, str]


class ClientTable:
    """The clients of one table, in its order.

    Attributes
    ----------
    source : TableSource
    findings : list of Finding
        All that is doubtful, from the top of the sheet to its bottom, the competitors' sheet last.
    """

    def __init__(
        self,
        block: Block,
        keys: Keys,
        source: TableSource,
        competition: Competition,
        operations: Mapping[int, OperationalPlan] | None = None,
    ) -> None:
        self._block, self.source, self._competition = block, source, competition
        self._operations = operations or {}
        self._columns = {**block.fields, "client_id": keys.ids, "client": keys.names}
        self.findings: list[Finding] = []

    def __len__(self) -> int:
        return len(self._block)

    @property
    def row_numbers(self) -> list[int]:
        """The row of each client on its sheet, counted from 1."""
        return self._block.row_numbers

    @property
    def fields(self) -> Mapping[str, list[Any]]:
        """The recognised columns by field, all of one length; amounts in one unit: `unit`."""
        return {name: self._columns[name] for name in self._block.fields}

    @property
    def extra(self) -> Mapping[str, list[Any]]:
        """The other columns by their headers, as they stand."""
        return self._block.extra

    def unit(self, field: str) -> Unit:
        """What is known of the unit of an amount."""
        own = unit_of(self._block.header.titles[self._block.header.fields[field]])
        base = self._block.unit[1] if self._block.unit else own
        return Unit(base.scale, own.currency or base.currency, own.year)

    def title(self, finding: Finding) -> str:
        """The header above a finding's cell."""
        titles = self._block.header.titles
        letters = (column_letter(self._block.grid.left + column) for column in range(len(titles)))
        return dict(zip(letters, titles, strict=True)).get(finding.column, "")

    def clients(self) -> list[Client]:
        """All clients with their competitors and their operational plans."""
        return list(self._clients)

    @cached_property
    def _clients(self) -> list[Client]:
        blank: list[Any] = [None] * len(self)
        columns = [self._columns.get(field, blank) for field in CLIENT_FIELDS]
        for position, field in enumerate(CLIENT_FIELDS):
            if field in _TEXTS:
                columns[position] = [text or "" for text in columns[position]]
        competitors = [self._competition.of.get(row, ()) for row in range(len(self))]
        years = [self._year()] * len(self)
        return list(map(Client, *columns, competitors, years, map(self._operations.get, range(len(self)))))

    def _year(self) -> int | None:
        """The year that the header of the revenue names."""
        column = self._block.header.fields.get("revenue")
        return None if column is None else unit_of(self._block.header.titles[column]).year

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
        and dates where they were texts that could be read, in the units of their columns.
        """
        block = self._block
        left = [None] * (block.grid.left - 1)
        width = max(map(len, block.grid.rows))
        rows = [
            [*left, *(None if cell == "" else cell for cell in row), *([None] * (width - len(row)))]
            for row in block.grid.rows
        ]
        for field, column in block.header.fields.items():
            if KINDS.get(field) in ("money", "date"):
                for row, value in zip(block.rows, block.unscaled(field), strict=True):
                    if value is not None:
                        rows[block.header.row + 1 + row][len(left) + column] = value
        return [*([None] * len(rows[0]) for _ in range(block.grid.top - 1)), *rows]

    def address(self, row: int, field: str) -> str:
        """The cell of a client (its position in `clients`) as a formula writes it: "Clients!D7".

        For a field without a column it is the client's name.
        """
        return address(self.source.sheet, self._block.cell(self._block.rows[row], self._block.column(field)))


def _as_frame(columns: Mapping[str, list[Any]]) -> pd.DataFrame:
    import pandas as pd

    series = {
        name: pd.Series(values, dtype=float if KINDS.get(name) == "money" else object)
        for name, values in columns.items()
    }
    frame: pd.DataFrame = pd.DataFrame(series)
    return frame
