"""Results in files: csv and xlsx tables of the classification."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from kam_xl.domain.classify import Account
from kam_xl.engines.whole import write_whole
from kam_xl.plan.report_fields import KEY_ACCOUNTS
from kam_xl.plan.reports import account_row
from kam_xl.plan.words import said

COLUMNS = [column for column in KEY_ACCOUNTS if column.code not in ("plan", "account_state")]
_RUNS_IN_A_SPREADSHEET = ("=", "+", "-", "@", "\t", "\r")


def csv_text(header: Sequence[str], rows: Sequence[Sequence[object]], lang: str) -> str:
    """A csv that a spreadsheet of the language opens as it should, and in which no text is run as a formula.

    >>> print(csv_text(["Client", "Revenue"], [["=1+1", 2.5]], "ru").strip())
    Client;Revenue
    '=1+1;2,5
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";" if lang == "ru" else ",", lineterminator="\r\n")
    writer.writerow([_csv_cell(title, lang) for title in header])
    writer.writerows([_csv_cell(value, lang) for value in row] for row in rows)
    return stream.getvalue()


def _csv_cell(value: object, lang: str) -> object:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_RUNS_IN_A_SPREADSHEET) else value
    if isinstance(value, float):
        digits = format(value, ".15g")
        return digits.replace(".", ",") if lang == "ru" else digits
    return value


def write_accounts(path: Path, accounts: Sequence[Account], lang: str) -> None:
    """Write the classification as .csv or .xlsx, whole or not at all."""
    header = [column.title.render(lang) for column in COLUMNS]
    rows = [
        [said(row[column.code], lang) for column in COLUMNS] for row in (account_row(each, lang) for each in accounts)
    ]
    if path.suffix.lower() == ".csv":
        # The byte order mark tells Excel that the file is UTF-8.
        write_whole(path, csv_text(header, rows, lang).encode("utf-8-sig"))
    else:
        _write_workbook(path, header, rows)


def _write_workbook(path: Path, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    import xlwings as xw  # heavy, and of no use to the other commands

    import kam_xl.engines.file  # noqa: F401 (registers the engine)
    from kam_xl.engines.values import put

    app = xw.engines["file"].apps.add()
    try:
        book = app.books.add()
        put(book.sheets[0].range("A1"), [header, *rows])
        book.save(path)
    finally:
        app.quit()
