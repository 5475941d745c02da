"""Results in files: csv and xlsx tables of the classification."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kam_xl.cli.output import settings_toml
from kam_xl.domain.classify import Account
from kam_xl.domain.settings import Setting
from kam_xl.files.destination import Destination
from kam_xl.locale import Text
from kam_xl.plan.report_fields import KEY_ACCOUNTS
from kam_xl.plan.reports import FROM_PLAN, account_row
from kam_xl.plan.words import in_language
from kam_xl.table.csv_text import csv_text

_OF_PLANS = {*FROM_PLAN, "plan", "account_state"}  # what only a book with plans can tell
COLUMNS = [column for column in KEY_ACCOUNTS if column.code not in _OF_PLANS]


def write_accounts(target: Destination, accounts: Sequence[Account], lang: str) -> None:
    """Write the classification as .csv or .xlsx, whole or not at all."""
    header = [column.title.render(lang) for column in COLUMNS]
    rows = [
        [
            in_language(value, lang) if isinstance(value := row[column.code], (str, Text)) else value
            for column in COLUMNS
        ]
        for row in (account_row(each, lang) for each in accounts)
    ]
    if target.given.suffix.lower() == ".csv":
        # The byte order mark tells Excel that the file is UTF-8.
        target.write(csv_text(header, rows, lang).encode("utf-8-sig"))
    else:
        _write_workbook(target, header, rows)


def write_settings(target: Destination, settings: Iterable[Setting], lang: str) -> None:
    """Write the settings as a TOML file, whole or not at all."""
    target.write(settings_toml(settings, lang).encode())


def _write_workbook(target: Destination, header: Sequence[str], rows: list[list[object]]) -> None:
    import xlwings as xw  # heavy, and of no use to the other commands

    import kam_xl.engines.file  # noqa: F401 (registers the engine)
    from kam_xl.engines.values import put

    app = xw.engines["file"].apps.add()
    try:
        book = app.books.add()
        put(book.sheets[0].range("A1"), [header, *rows])
        rows.clear()  # a large list is not kept beside the file that is made of it
        book.impl.save_to(target)
    finally:
        app.quit()
