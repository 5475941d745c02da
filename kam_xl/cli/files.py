"""Results in files: csv and xlsx tables of the classification."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from kam_xl.cli.output import settings_toml
from kam_xl.domain.classify import Account
from kam_xl.domain.settings import Setting
from kam_xl.files.destination import Destination
from kam_xl.locale import Text
from kam_xl.plan.fields import Number
from kam_xl.plan.reports.account_columns import account_columns
from kam_xl.plan.reports.lists import FROM_PLAN
from kam_xl.plan.reports.report_fields import KEY_ACCOUNTS
from kam_xl.table.sources.csv_text import csv_text

_OF_PLANS = {*FROM_PLAN, "plan", "account_state"}  # what only a book with plans can tell
_SHEET = Text("Clients")
_AT_ONCE = 256  # accounts whose rows are made at once
COLUMNS = [column for column in KEY_ACCOUNTS if column.code not in _OF_PLANS]


def write_accounts(target: Destination, accounts: Sequence[Account], lang: str) -> None:
    """Write the classification as .csv or .xlsx, whole or not at all."""
    header = [column.title.render(lang) for column in COLUMNS]
    rows = _Rows(accounts, lang)
    if target.given.suffix.lower() == ".csv":
        # The byte order mark tells Excel that the file is UTF-8.
        target.write(csv_text(header, rows, lang).encode("utf-8-sig"))
    else:
        _write_workbook(target, header, rows)


class _Rows:
    """The rows of accounts, some made when they are asked for: together they take more memory than the accounts."""

    def __init__(self, accounts: Sequence[Account], lang: str) -> None:
        self.accounts, self.lang = accounts, lang

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        of_columns = itemgetter(*(column.code for column in COLUMNS))
        for first in range(0, len(self.accounts), _AT_ONCE):
            columns = account_columns(self.accounts[first : first + _AT_ONCE], self.lang)
            yield from zip(*of_columns(columns), strict=True)


def write_settings(target: Destination, settings: Iterable[Setting], lang: str) -> None:
    """Write the settings as a TOML file, whole or not at all."""
    target.write(settings_toml(settings, lang).encode())


def _write_workbook(target: Destination, header: Sequence[str], rows: _Rows) -> None:
    from kam_xl.engines.file.plain_book import SHARE, PlainSheet, plain_book  # heavy, of no use to other commands
    from kam_xl.engines.file.save import save

    shares = {number: SHARE for number, column in enumerate(COLUMNS) if column.number is Number.SHARE}
    save(plain_book({_SHEET.render(rows.lang): PlainSheet(header, rows, len(rows.accounts), shares)}), target)
