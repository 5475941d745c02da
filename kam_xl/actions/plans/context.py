"""What one build works on: the book, its table read and classified, our sheets in it, what the last build wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

import xlwings as xw

from kam_xl.actions.book.language import language_of
from kam_xl.actions.book.record import Record
from kam_xl.actions.book.sheets import OurSheets
from kam_xl.domain.classify import Account, classify
from kam_xl.domain.settings import Settings
from kam_xl.errors import KamError
from kam_xl.locale import Text, language_of_texts, system_language
from kam_xl.plan.account.content import plan_values
from kam_xl.plan.account.trend import Point
from kam_xl.plan.units import TableUnit
from kam_xl.table import ClientTable, read_settings
from kam_xl.table.finding import months_covered
from kam_xl.table.kept_reading import text_of


class NoPlansError(KamError):
    """A book without the plans asked for."""

    exit_code = 5

    @classmethod
    def at_all(cls, book: str) -> NoPlansError:
        """There is none yet."""
        return cls(Text("the workbook has no plans yet"), where=book, remedy=Text("Build the plans first."))


class BookContext:
    """What is known about a book without its client table.

    Parameters
    ----------
    book : xlwings.Book
    lang : str
        Language of texts; blank takes that of the workbook, else of the last build, at first that of `headers`, and
        where these have no letters that of the system.
    settings : mapping
        Settings that override those of the book's own settings sheet.
    today : date
        The day of the build.
    headers : iterable of str
        Those of the client table.
    """

    def __init__(
        self,
        book: xw.Book,
        *,
        lang: str,
        settings: Mapping[str, object],
        today: date,
        headers: Iterable[str] = (),
    ) -> None:
        self.book, self.today = book, today
        self.sheets = OurSheets(book)
        self.record = Record(self.sheets)
        chosen = lang or language_of(book) or self.record.lang
        self.lang = self.record.lang = chosen or language_of_texts(headers) or system_language()
        self.settings = Settings.from_mapping({**(read_settings(book) or {}), **settings})


class BuildContext(BookContext):
    """Everything that the buttons need to know, gathered before any of them writes.

    Parameters
    ----------
    book, lang, settings, today
        As of `BookContext`.
    table : ClientTable
        The client table, from this book or from elsewhere.
    select : callable, optional
        Which key accounts this book is for; shares, ranks and the limit are still those of the whole table.
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
        headers = (column.title for column in table.interpretation.columns)
        super().__init__(book, lang=lang, settings=settings, today=today, headers=headers)
        self.table = table
        self.is_part = select is not None
        if not self.is_part:  # the book of a part of the clients has no table of its own to read
            self.record.reading = text_of(table.source.given)
        whole = classify(table.clients(), self.settings, today)
        if shared := {account.client.client_id for account in whole.without_own_id}:
            plans = self.sheets.plans
            names = {each: str(plans[each][0].cells("kam_client")[0]) for each in shared & plans.keys()}
            whole = replace(whole, planned_names=names)
        self.classification = (
            replace(whole, key_accounts=tuple(filter(select, whole.key_accounts))) if select else whole
        )

    @cached_property
    def key_accounts_by_id(self) -> dict[str, Account]:
        """Key accounts by client id, in the order of rank."""
        ranked, by_id = self.classification.key_accounts, self.classification.by_id
        return {each.client.client_id: each for each in ranked if by_id[each.client.client_id] is each}

    @cached_property
    def unit(self) -> TableUnit:
        """What the table says about its amounts."""
        unit, months = self.table.money_unit, months_covered(self.table.findings)
        return TableUnit(unit.currency or "", unit.scale, months) if unit else TableUnit(months=months)

    @cached_property
    def _rows(self) -> dict[int, int]:
        return {id(account): row for row, account in enumerate(self.classification.accounts)}

    def source_of(self, account: Account, field: str = "client") -> str:
        """Where a field of the client stands: "Clients!B7"."""
        return self.table.address(self._rows[id(account)], field)

    def plan_values(
        self, account: Account, existing: Mapping[str, object] | None = None, earlier: Sequence[Point] = ()
    ) -> dict[str, object]:
        """What to write into the account's plan: `kam_xl.plan.account.content.plan_values` of this build; into an
        existing one without formulas."""
        return plan_values(
            account,
            self.classification,
            lang=self.lang,
            built=self.today,
            source=self.source_of(account),
            unit=self.unit,
            existing=existing,
            earlier=earlier,
            formulas=existing is None,
        )
