"""The operational plan: plan and fact by client and period, from one sheet or several, whatever their shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from math import fsum

from kam_xl.domain.operational import (
    INDICATORS,
    MARGIN_FACT,
    MARGIN_PLAN,
    REVENUE_FACT,
    REVENUE_PLAN,
    Indicator,
    OperationalPlan,
    PlanFact,
)
from kam_xl.domain.periods import Period, Series
from kam_xl.locale import Text
from kam_xl.table.competitors import OTHER_NAME, OTHER_NAME_REMEDY, Clientele
from kam_xl.table.finding import Finding, Grade
from kam_xl.table.grid import Grid
from kam_xl.table.headers.period_words import Heading
from kam_xl.table.operational.block import AmountReading, BlockSheet
from kam_xl.table.operational.kept import Amounts
from kam_xl.table.operational.layout import PlanBlock, is_unnamed_plan, plan_of_others, with_blocks
from kam_xl.table.operational.sums import check_sums
from kam_xl.table.values.cells import Cell, quoted, read_name

_MANY = 3


@dataclass
class Operations:
    """Operational plans by the position of their client, and what to report about their sheets.

    `amounts` has all that was read by the client's id (blank where its name serves as one) and name, with those of
    clients that the table does not know; `sheets` are those that anything was read from.
    """

    of: dict[int, OperationalPlan] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    amounts: Mapping[tuple[str, str], Amounts] = field(default_factory=dict)
    sheets: Sequence[str] = ()


def read_operations(
    grids: Sequence[Grid], ids: Sequence[str], names: Sequence[str], reading: AmountReading, file: str = ""
) -> Operations:
    """Read the operational plan of all clients.

    Parameters
    ----------
    grids : sequence of Grid
        The sheets that hold it.
    ids, names : sequence of str
        Those of the client table, by position.
    reading : AmountReading
    file : str
        The name of their file, where it is not that of the client table.
    """
    reader = _Reader(Clientele(ids, names), names, ids, reading, file)
    for grid in grids:
        reader.read(grid)
    return Operations(reader.plans(), reader.findings, reader.amounts(), reader.sheets)


_UNKNOWN = Text("Client {key} is not in the client table: this part of the operational plan is ignored.")
_UNREAD = Text("This sheet is named as an operational plan, but none of its numbers could be read as plan or actual.")
SHAPE = Text("A row must name the client and the months, or the client, the month, plan and actual.")
_UNNAMED = Text("Plans by client on this sheet are not read: nothing says that it is the operational plan.")
_NAME_IT = Text('If it is, name the sheet "Operational plan".')
_OF_OTHERS = Text("No column of this plan names the client: a plan by {title} is not read.")
_BY_CLIENT = Text("Add a column with the client or its ID. What is planned for others is not divided among clients.")
_ASSUMED = Text("Nothing says whether these amounts are plan or actual: they were taken as the plan.")
_SAY_WHICH = Text("Write plan or fact into the headers, or into the name of the sheet.")
_UNCLEAR = Text("Client {key} may be several of the client table: this part of the operational plan is ignored.")


# A client's position in the table; id and name of one that the table does not know.
_Who = int | tuple[str, str]


class _Reader:
    """Collects what the blocks of all sheets say about each client."""

    def __init__(
        self, clientele: Clientele, names: Sequence[str], ids: Sequence[str], reading: AmountReading, file: str
    ) -> None:
        self._clientele, self._names, self._ids, self._reading, self._file = clientele, names, ids, reading, file
        self._amounts: dict[_Who, dict[Indicator, dict[Period, float]]] = {}
        self._products: dict[tuple[_Who, Indicator, Period], set[str]] = {}
        self.findings: list[Finding] = []
        self.sheets: list[str] = []

    def read(self, grid: Grid) -> None:
        """Take note of all that a sheet says; of a sheet with numbers that says nothing, that it does not."""
        before = len(self.findings)
        grid, blocks = with_blocks(grid)
        if not blocks and (place := plan_of_others(grid)):
            title = grid.rows[place[0]][place[1]]
            message = Text(_OF_OTHERS.message, title=quoted(title))
            self._find(grid, *place, "plan-not-read", "warning", message, title, _BY_CLIENT)
            return
        if is_unnamed_plan(grid) and not self._file:
            column = blocks[0].amounts[0]
            self._find(
                grid, blocks[0].header, column.column, "plan-not-read", "warning", _UNNAMED, column.title, _NAME_IT
            )
            return
        if sum([self._read(grid, block) for block in blocks]):
            self.sheets.append(f"{self._file}: {grid.sheet}" if self._file else grid.sheet)
            return
        if len(self.findings) > before:
            return
        header = blocks[0].header if blocks else 0
        if any(isinstance(cell, float) and cell for row in grid.rows[header + 1 :] for cell in row):
            self._find(grid, header, 0, "plan-not-read", "warning", _UNREAD, grid.sheet, SHAPE)

    def _read(self, grid: Grid, block: PlanBlock) -> int:
        """Take note of what a block says; how many amounts it has."""
        find = partial(self._find, grid)
        if self._file and any((each.heading | block.hint).kind is None for each in block.amounts):
            block = self._as_plan(grid, block)
        sheet = BlockSheet(grid, block, self._reading, find)
        check_sums(sheet, block, self._reading.tolerance, find)
        positions = self._positions(grid, sheet)
        doubles: dict[int, list[Period]] = {}
        products = sheet.products()
        amounts = list(sheet.amounts())
        for amount in amounts:
            who = positions[amount.row]
            known = self._amounts.setdefault(who, {}).setdefault(amount.indicator, {})
            product = products.get(amount.row)
            lines = self._products.setdefault((who, amount.indicator, amount.period), set())
            if product and product not in lines and (lines or amount.period not in known):
                lines.add(product)
                known[amount.period] = fsum((known.get(amount.period, 0.0), amount.value))
            elif amount.period in known:
                doubles.setdefault(amount.row, []).append(amount.period)
            else:
                known[amount.period] = amount.value
        for row, periods in doubles.items():
            if isinstance(position := positions[row], int):
                self._double(grid, row, block.keys, periods, position)
        return len(amounts)

    def _as_plan(self, grid: Grid, block: PlanBlock) -> PlanBlock:
        """Amounts of a file given as the operational plan, of which nothing says that they are plan or actual."""
        if "indicator" in block.keys:
            return block
        silent = next(each for each in block.amounts if (each.heading | block.hint).kind is None)
        self._find(grid, block.header, silent.column, "plan-assumed", "warning", _ASSUMED, silent.title, _SAY_WHICH)
        return replace(block, hint=block.hint | Heading(kind="plan"))

    def plans(self) -> dict[int, OperationalPlan]:
        """The plan of each client of whom anything was read."""
        plans = {}
        for position, amounts in self._amounts.items():
            if not isinstance(position, int):
                continue
            series = {indicator: Series(amounts.get(indicator)) for indicator in INDICATORS}
            plans[position] = OperationalPlan(
                PlanFact(series[REVENUE_PLAN], series[REVENUE_FACT]), PlanFact(series[MARGIN_PLAN], series[MARGIN_FACT])
            )
        return plans

    def amounts(self) -> dict[tuple[str, str], Amounts]:
        """All that was read, by the id and the name of the client."""
        return {self._key(who) if isinstance(who, int) else who: amounts for who, amounts in self._amounts.items()}

    def _key(self, position: int) -> tuple[str, str]:
        client_id, name = self._ids[position], self._names[position]
        return client_id if client_id != name else "", name

    def _positions(self, grid: Grid, sheet: BlockSheet) -> dict[int, _Who]:
        """Row to client; each client that the table does not know is remarked once."""
        by_key: dict[tuple[str | None, str | None], int | None] = {}
        positions: dict[int, _Who] = {}
        for row, client_id, name in sheet.clients():
            key = client_id, name
            if key not in by_key:
                by_key[key] = self._clientele.find(client_id, name)
                if by_key[key] is None:
                    self._unknown(grid, row, sheet, client_id, name)
                elif called := self._clientele.called_otherwise(client_id, name):
                    message = Text(OTHER_NAME.message, id=quoted(client_id), called=quoted(called), name=quoted(name))
                    column, position = sheet.key_column(None), by_key[key]
                    self._find(grid, row, column, "other-name", "warning", message, name, OTHER_NAME_REMEDY, position)
            found = by_key[key]
            positions[row] = (client_id or "", name or "") if found is None else found
        return positions

    def _unknown(self, grid: Grid, row: int, sheet: BlockSheet, client_id: str | None, name: str | None) -> None:
        message = _UNCLEAR if self._clientele.is_unclear(client_id, name) else _UNKNOWN
        self._find(
            grid,
            row,
            sheet.key_column(client_id),
            "unknown-client",
            "warning",
            Text(message.message, key=quoted(client_id or name)),
            client_id or name,
            Text("Correct the client, or add it to the client table."),
        )

    def _double(self, grid: Grid, row: int, keys: dict[str, int], periods: Sequence[Period], position: int) -> None:
        named = [period.label for period in periods[:_MANY]]
        self._find(
            grid,
            row,
            keys.get("period", keys.get("client_id", keys.get("client", 0))),
            "double-period",
            "error",
            Text(
                "The operational plan lists this client twice ({periods}): only the first counts.",
                periods=[*named, "…"] if len(periods) > _MANY else named,
            ),
            None,
            Text("Leave one of the two, or add them up in one row."),
            position,
        )

    def _find(
        self,
        grid: Grid,
        row: int,
        column: int,
        code: str,
        grade: Grade,
        message: Text,
        value: Cell,
        remedy: Text,
        position: int | None = None,
    ) -> None:
        client_id, client = ("", "") if position is None else (self._ids[position], self._names[position])
        sheet, cell = grid.sheet, grid.cell(row, column)
        if self._file:  # no link leads there
            sheet, cell = f"{self._file}: {sheet}!{cell}", ""
        shown = read_name(value) if isinstance(value, str) else value
        self.findings.append(Finding(sheet, cell, client_id, client, code, grade, message, shown, remedy))
