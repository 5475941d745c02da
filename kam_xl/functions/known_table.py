"""A range that holds a client table: read as a file is read, classified once, remembered while it stays the same."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain, compress, count, repeat
from operator import is_

from kam_xl.domain.classify import Account, Classification, classify
from kam_xl.domain.settings import Settings
from kam_xl.functions.answers import AnswerColumn
from kam_xl.functions.arguments import Cell, Cells, is_range, name, rows, single
from kam_xl.locale import Text
from kam_xl.table import ClientTable, Grid, read_grid


@dataclass(frozen=True)
class KnownTable:
    """The clients of a range with its header; rows are counted from 1 within it."""

    table: ClientTable
    classification: Classification
    height: int

    @property
    def lines(self) -> Iterator[tuple[int, Account]]:
        """The row of each client within the range, and what the rules say about it."""
        return zip(self.table.row_numbers, self.classification.accounts, strict=True)

    def find(self, client: str) -> list[int]:
        """The positions of the clients of this id or, where there is none, of this name."""
        return self._ids.get(client) or self._names.get(client) or []

    def account(self, position: int) -> Account:
        """What the rules say about a client."""
        return self.classification.accounts[position]

    def explained(self, position: int, lang: str) -> str:
        """Why a client is what it is, then what is wrong with its row."""
        account = self.account(position)
        tasks = [task.argument for task in account.tasks]
        reasons = [*(() if account.is_key else account.why_not()), *account.arguments(), *tasks]
        return " ".join(text.render(lang) for text in (*reasons, *self.table.faults(position)))

    def answer(self, columns: Sequence[AnswerColumn | None], lang: str) -> list[tuple[Cell, ...]]:
        """Rows beside those of the range: titles, and what some columns say about each client."""
        key = (lang, *map(id, columns))
        if key not in self._answers:
            self._answers.clear()  # of the last question alone: many cells ask the same
            with _no_search_for_cycles():
                self._answers[key] = self._lines(columns, lang)
        return [*self._answers[key]]

    def _lines(self, columns: Sequence[AnswerColumn | None], lang: str) -> list[tuple[Cell, ...]]:
        lines = [("",) * len(columns)] * self.height
        lines[self.table.source.header_row - 1] = tuple([each.title.render(lang) if each else "" for each in columns])
        whole = self.classification
        cells = [each.cell if each else _blank for each in columns]
        for row, account in self.lines:
            lines[row - 1] = tuple([cell(account, lang, whole) for cell in cells])
        return lines

    @cached_property
    def _answers(self) -> dict[tuple[object, ...], list[tuple[Cell, ...]]]:
        return {}

    @cached_property
    def _ids(self) -> dict[str | None, list[int]]:
        return _positions(account.client.client_id for account in self.classification.accounts)

    @cached_property
    def _names(self) -> dict[str | None, list[int]]:
        return _positions(account.client.client for account in self.classification.accounts)


def _blank(*_: object) -> str:
    return ""


def known_table(table: Cells, settings: Settings) -> KnownTable:
    """Read and classify a range with its header.

    Raises
    ------
    TableError
        Where no row names the columns, or no client stands below it.
    """
    if not is_range(table):
        single(table)  # an error there is the function's
    block = tuple(map(tuple, rows(table)))
    kinds = map(type, chain.from_iterable(block))
    bools = tuple(compress(count(), map(is_, kinds, repeat(bool))))
    return _known_table(block, bools, settings, date.today())


@lru_cache(2)  # many cells ask about one table
def _known_table(
    block: tuple[tuple[Cell, ...], ...], bools: tuple[int, ...], settings: Settings, today: date
) -> KnownTable:
    """`bools` keep TRUE and 1 apart, which are one key."""
    with _no_search_for_cycles():
        read = read_grid(Grid("", [list(row) for row in block]), settings=settings, today=today)
        return KnownTable(read, classify(read.clients(), settings, today), len(block))


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Many small objects come into being, all of which stay: looking through them takes a quarter of the time.

    They are old from then on: else they would be searched twice right afterwards, once in each younger generation.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on and not gc.get_freeze_count():  # what the host froze stays so
            gc.freeze()
            gc.unfreeze()  # to the oldest generation
        if was_on:
            gc.enable()


def ambiguous(client: str | None) -> Text:
    """What to say where an id or a name is that of several clients."""
    return Text(
        "Several clients of the table are called {client}: give the ID, or make the IDs different.", client=client
    )


def _positions(keys: Iterator[str]) -> dict[str | None, list[int]]:
    positions: dict[str | None, list[int]] = {}
    for position, key in enumerate(keys):
        positions.setdefault(name(key), []).append(position)
    return positions
