"""One build: the book, its table read and classified, our sheets in it, and what the last build wrote."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property

import xlwings as xw

from kam_xl.actions.language import language_of
from kam_xl.actions.record import Record
from kam_xl.actions.sheets import OurSheets
from kam_xl.domain.classify import Account, classify
from kam_xl.domain.settings import Settings
from kam_xl.locale import system_language
from kam_xl.table import ClientTable, read_settings


class Job:
    """Everything that the buttons need to know, gathered before any of them writes.

    Parameters
    ----------
    book : xlwings.Book
    table : ClientTable
        The client table, from this book or from elsewhere.
    lang : str
        Language of texts; blank takes that of the workbook, else of the last build, at first that of the system.
    settings : mapping
        Settings that go before those of the book's own settings sheet.
    today : date
        The day of the build.
    select : callable, optional
        Which key accounts this book is for; shares, ranks and the limit are of the whole table all the same.
    """

    def __init__(
        self,
        book: xw.Book,
        table: ClientTable,
        *,
        lang: str,
        settings: Mapping[str, object],
        today: date,
        select: Callable[[Account], bool] | None = None,
    ) -> None:
        self.book, self.table, self.today = book, table, today
        self.sheets = OurSheets(book)
        self.record = Record(self.sheets)
        self.lang = lang or language_of(book) or self.record.lang or system_language()
        self.settings = Settings.from_mapping({**(read_settings(book) or {}), **settings})
        whole = classify(table.clients(), self.settings, today)
        self.classification = (
            replace(whole, key_accounts=tuple(filter(select, whole.key_accounts))) if select else whole
        )

    @cached_property
    def accounts_by_id(self) -> dict[str, Account]:
        """Accounts by client id; of several with one id the key account of the best rank, else the first."""
        accounts = (*self.classification.key_accounts, *self.classification.accounts)
        return {account.client.client_id: account for account in reversed(accounts)}

    @cached_property
    def key_accounts_by_id(self) -> dict[str, Account]:
        """Key accounts by client id, in the order of rank."""
        return {
            account.client.client_id: account
            for account in self.classification.key_accounts
            if self.accounts_by_id[account.client.client_id] is account
        }

    @cached_property
    def _rows(self) -> dict[int, int]:
        return {id(account): row for row, account in enumerate(self.classification.accounts)}

    def source_of(self, account: Account) -> str:
        """Where the client's row stands: "Clients!B7"."""
        return self.table.address(self._rows[id(account)], "client")
