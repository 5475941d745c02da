"""A range of Excel that holds a client table: read as a file is read, then classified."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kam_cells import Argument, label, rows

from kam_xl.domain.classify import Account, Classification, classify
from kam_xl.domain.model import Client
from kam_xl.domain.settings import Settings
from kam_xl.locale import Text, joined
from kam_xl.plan.report_fields import KEY_ACCOUNTS
from kam_xl.table import ClientTable, Grid, read_grid

COLUMNS = ("criteria", "rank", "above_limit", "position", "potential", "strategy", "status")
_TITLES = {column.code: column.title for column in KEY_ACCOUNTS}


@dataclass(frozen=True)
class ClassifiedRange:
    """The clients of a range with its header; rows are counted from 1 within it."""

    table: ClientTable
    classification: Classification

    @classmethod
    def read(cls, table: Argument, settings: Settings) -> ClassifiedRange:
        """Read and classify a range with its header.

        Raises
        ------
        TableError
            Where no row names the columns, or no client stands below it.
        """
        known = read_grid(Grid("", rows(table)), settings=settings)
        return cls(known, classify(known.clients(), settings))

    def answers(self, height: int, lang: str) -> list[list[Any]]:
        """As many rows as the range has: titles beside its header, blanks beside what is no client."""
        lines: list[list[Any]] = [[None] * len(COLUMNS) for _ in range(height)]
        lines[self.table.source.header_row - 1] = [_TITLES[code].render(lang) for code in COLUMNS]
        for row, account in zip(self.table.row_numbers, self.classification.accounts, strict=True):
            lines[row - 1] = _answers(account, lang)
        return lines

    def explained(self, client: str, lang: str) -> list[str] | None:
        """The arguments of a client known by id or name, then what is wrong with its row; None: no such client."""
        wanted = client.strip().casefold()
        for row, account in zip(self.table.row_numbers, self.classification.accounts, strict=True):
            if wanted in _keys(account.client):
                return [text.render(lang) for text in (*account.arguments(), *self._faults(row))]
        return None

    def _faults(self, row: int) -> Iterator[Text]:
        for finding in self.table.findings:
            if finding.row == row:
                said = {"message": finding.message, "remedy": finding.remedy}
                yield Text("{column}: {message} {remedy}", column=self.table.title(finding), **said)


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
