"""A range of Excel that holds a client table: read as a file is read, then classified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kam_cells import Argument, label, rows

from kam_xl.domain.classify import Account, Classification, classify
from kam_xl.domain.model import Client
from kam_xl.domain.settings import Settings
from kam_xl.locale import Text, joined
from kam_xl.plan.report_fields import KEY_ACCOUNTS
from kam_xl.table import ClientTable, TableSource, choose
from kam_xl.table.block import Block, read_block
from kam_xl.table.checks import check
from kam_xl.table.competitors import Competition
from kam_xl.table.finding import Remark
from kam_xl.table.grid import SingleGrid
from kam_xl.table.keys import settle_keys

COLUMNS = ("criteria", "rank", "above_limit", "position", "potential", "strategy", "status")
_TITLES = {column.code: column.title for column in KEY_ACCOUNTS}


@dataclass(frozen=True)
class ClassifiedRange:
    """The clients of a range.

    `header` is the row of the titles, `places` are the rows of the clients, all from 0; `faults` tells by client
    (position) what is wrong with its cells.
    """

    classification: Classification
    header: int
    places: Sequence[int]
    faults: Mapping[int, Sequence[Text]]

    @classmethod
    def read(cls, table: Argument, settings: Settings) -> ClassifiedRange:
        """Read and classify a range with its header.

        Raises
        ------
        HeaderNotFoundError
            Where no row names the columns.
        """
        place = choose.client_sheet(SingleGrid(Path("range"), rows(table)), None, {})
        block = read_block(place.grid, place.header)
        unreadable = list(block.remarks)
        source = TableSource("", "", "", place.header.row, block.letters)
        clients = ClientTable(block, settle_keys(block), source, Competition()).clients()
        faults: dict[int, list[Text]] = {}
        for position, said in (*_unreadable(block, unreadable), *_faults(block, clients, settings)):
            faults.setdefault(position, []).append(said)
        below = place.header.row + 1
        return cls(classify(clients, settings), place.header.row, [below + row for row in block.rows], faults)

    def answers(self, height: int, lang: str) -> list[list[Any]]:
        """As many rows as the range has: titles beside its header, blanks beside what is no client."""
        lines: list[list[Any]] = [[None] * len(COLUMNS) for _ in range(height)]
        lines[self.header] = [_TITLES[code].render(lang) for code in COLUMNS]
        for place, account in zip(self.places, self.classification.accounts, strict=True):
            lines[place] = _answers(account, lang)
        return lines

    def explained(self, client: str, lang: str) -> list[str] | None:
        """The arguments of a client known by id or name, then what is wrong with its row; None: no such client."""
        wanted = client.strip().casefold()
        for position, account in enumerate(self.classification.accounts):
            if wanted in _keys(account.client):
                return [text.render(lang) for text in (*account.arguments(), *self.faults.get(position, ()))]
        return None


def _answers(account: Account, lang: str) -> list[Any]:
    position, potential = account.position, account.potential
    return [
        joined([criterion.label for criterion in account.criteria], ", ", lang) or None,
        account.rank,
        Text("Yes").render(lang) if account.above_limit else None,
        label(position.value if position else None, lang),
        label(potential.value if potential else None, lang),
        label(account.strategy, lang),
        label(account.status, lang),
    ]


def _keys(client: Client) -> tuple[str, str]:
    return client.client_id.casefold(), client.client.casefold()


def _unreadable(block: Block, remarks: Iterable[Remark]) -> Iterator[tuple[int, Text]]:
    positions = {row: position for position, row in enumerate(block.rows)}
    for remark in remarks:
        if remark.row in positions and remark.column is not None:
            yield positions[remark.row], _sentence(block, remark.column, remark.message, remark.remedy)


def _faults(block: Block, clients: Sequence[Client], settings: Settings) -> Iterator[tuple[int, Text]]:
    for position, fault in check(clients, settings, date.today()):
        yield position, _sentence(block, block.column(fault.field), fault.message, fault.remedy)


def _sentence(block: Block, column: int, message: Text, remedy: Text) -> Text:
    return Text("{column}: {message} {remedy}", column=block.header.titles[column], message=message, remedy=remedy)
