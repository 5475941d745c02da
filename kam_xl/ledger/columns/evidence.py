"""What the first rows below a header say about its columns: a header alone may be mistaken."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime

from kam_xl.table.values.cells import Cell
from kam_xl.table.values.dates import date_of_serial, read_written
from kam_xl.table.values.numbers import read_number
from kam_xl.table.words.matching import words
from kam_xl.table.words.vocabulary import inverted, section

# Numbers of documents and clients: "#1001", "INV-7", "C0001", "4000012".
_CODE = re.compile(r"#?[A-ZА-Я]{0,4}[-/]?\d[\d/-]*")
# An account of the books by its number: "4000 Sales", "62.01".
_ACCOUNT = re.compile(r"\d{3,6}(?:[A-Z]+)?\b.*|\d\d(\.\d\d?){0,2}")
# A day and a month without a year; the programs of tax advisers write "1501".
_DAY_AND_MONTH = re.compile(r"(\d{1,2})[./](\d{1,2})[./]?|(\d{1,2})(\d\d)")
_MONTHS = {name: int(number) for name, number in inverted("months").items()}
# The code of a kind of document: "F5", "ZF2", "01".
_KIND_CODE = re.compile(r"[^\W\d_]{0,3}\d{1,3}")
# The number and date behind the kind of a document in its name; databases read this pattern, too.
NUMBER_BEHIND = r"\s+((№|[Nn][or]\.?|от|of|from|vom|du)\s*)?\S*[0-9].*$"
_NUMBER_OF_COLUMN = re.compile(r"(\d{1,2})[^\W\d_]?")
# The numbers of charges, payments, invoices and customers of a payment service: "ch_3Abc".
_OF_SERVICE = re.compile(r"(?:ch|cs|cus|ii|in|pi|po|py|re|sub|txn)_\w+")
_MOST = 0.5
# Cents are rounded: by so much may twice a rate of tax differ from a whole percentage.
_ROUNDED = 0.04


class Sample:
    """The cells below a header, by column, without blanks."""

    def __init__(self, rows: Sequence[Sequence[Cell]]) -> None:
        self.rows = rows

    def cells(self, column: int) -> list[Cell]:
        """The filled cells of a column."""
        return [row[column] for row in self.rows if column < len(row) and row[column] not in (None, "")]

    def numbers(self, column: int) -> list[float | None]:
        """The numbers of a column, row by row; None where there is none."""
        return [number_of(row[column]) if column < len(row) else None for row in self.rows]

    def mostly(self, column: int, test: Callable[[Cell], bool]) -> bool:
        """Whether more than half of a column's cells are as they should be; an empty column is not."""
        cells = self.cells(column)
        return bool(cells) and sum(map(test, cells)) > _MOST * len(cells)

    def some(self, column: int, test: Callable[[Cell], bool]) -> bool:
        """Whether any cell of a column is so."""
        return any(map(test, self.cells(column)))

    def all(self, column: int, test: Callable[[Cell], bool]) -> bool:
        """Whether a column has cells, and all are so."""
        cells = self.cells(column)
        return bool(cells) and all(map(test, cells))


def tax_basis(amounts: Sequence[float | None], taxes: Sequence[float | None]) -> str:
    """Whether amounts hold the tax beside them: "incl", "excl", or "" unknown. Its rate, a whole percentage, tells.

    >>> tax_basis([120.0, 1100.0], [20.0, 100.0]), tax_basis([150.0], [15.0]), tax_basis([100.0], [20.0])
    ('incl', 'excl', '')
    """
    pairs = [(amount, tax) for amount, tax in zip(amounts, taxes, strict=True) if amount and tax]
    inside = sum(_is_rate(tax / (amount - tax)) for amount, tax in pairs if amount != tax)
    outside = sum(_is_rate(tax / amount) for amount, tax in pairs)
    most = _MOST * len(pairs)
    return "" if (inside > most) == (outside > most) else "incl" if inside > most else "excl"


def _is_rate(share: float) -> bool:
    """Whether a share can be a rate of tax: a whole or a half percentage, not above 30."""
    doubled = share * 200
    return 1 < doubled <= 60 and abs(doubled - round(doubled)) < _ROUNDED


def apart(rows: Sequence[Sequence[Cell]], dated: int, named: int) -> bool:
    """Whether dates and names never stand in one row: the names head the rows below them.

    >>> apart([["Alfa", None], [None, "15.01.2025"]], 1, 0), apart([["Alfa", "15.01.2025"]], 1, 0)
    (True, False)
    """
    pairs = [[row[at] if at < len(row) else None for at in (dated, named)] for row in rows]
    filled = [(is_date(day or ""), name not in (None, "")) for day, name in pairs]
    return (True, True) not in filled and (True, False) in filled and (False, True) in filled


def may_be_cents(sample: Sample, column: int) -> bool:
    """Whether the amounts of a column are whole numbers beside the numbers of a payment service, which keeps cents.

    >>> may_be_cents(Sample([["ch_1", "120000"]]), 1), may_be_cents(Sample([["ch_1", "1200.00"]]), 1)
    (True, False)
    """
    others = {at for row in sample.rows for at in range(len(row))} - {column}
    return sample.all(column, _is_whole) and any(sample.all(at, _is_of_service) for at in others)


def _is_whole(cell: Cell) -> bool:
    return cell.is_integer() if isinstance(cell, float) else str(cell).strip().lstrip("-").isdigit()


def _is_of_service(cell: Cell) -> bool:
    return isinstance(cell, str) and bool(_OF_SERVICE.fullmatch(cell))


def is_date(cell: Cell) -> bool:
    """Whether a cell is a date, or says one.

    >>> [is_date(cell) for cell in ("31.12.2025", 45000.0, "Alfa", "15.01", "17 from 15.01.2025")]
    [True, True, False, True, True]
    """
    if isinstance(cell, (date, datetime)):
        return True
    if isinstance(cell, (int, float)):
        return date_of_serial(cell) is not None or read_written(f"{cell:.0f}") is not None
    text = str(cell).strip()
    without_year = bool(_DAY_AND_MONTH.fullmatch(text)) or text.casefold() in _MONTHS
    return without_year or read_written(text) is not None or dated_name(text) is not None


# "… 0000-000001 от 15.01.2025 12:00:00", "Invoice 17 of 2025-01-15".
_DATED = re.compile(r"\b(?:от|of|from|dated|vom|du)\s+(\d[\d./ -]*\d{2}(?:[ ,T]+[\d:]+)?)\s*(?:г\.?)?$", re.IGNORECASE)


def dated_name(text: str) -> date | None:
    """The date at the end of the name of a document.

    >>> dated_name("Реализация 00УТ-000001 от 15.01.2025 12:00:00"), dated_name("Nordwerk of 1899")
    (datetime.date(2025, 1, 15), None)
    """
    match = _DATED.search(text)
    written = read_written(match[1].strip()) if match else None
    return written.day if written and not written.months else None


def day_and_month(text: str, year: int) -> date | None:
    """The date of a day and a month without a year; of a month alone its first day.

    >>> day_and_month("15.01", 2025), day_and_month("1501", 2025), day_and_month("15.01.2025", 2025)
    (datetime.date(2025, 1, 15), datetime.date(2025, 1, 15), None)
    >>> day_and_month("Февраль", 2025)
    datetime.date(2025, 2, 1)
    """
    if text.strip().casefold() in _MONTHS:
        return date(year, _MONTHS[text.strip().casefold()], 1)
    match = _DAY_AND_MONTH.fullmatch(text.strip())
    if not match:
        return None
    day, month = (int(match[at] or match[at + 2]) for at in (1, 2))
    try:
        return date(year, month, day)
    except ValueError:
        return None


def lacks_year(cell: Cell) -> bool:
    """Whether a cell is a day and a month alone; four digits may be a year, three none at all.

    >>> [lacks_year(cell) for cell in ("15.01", "1501", 1501.0, "2025", "12.2025")]
    [True, True, True, False, False]
    """
    text = f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell)
    return day_and_month(text, 2024) is not None and not re.fullmatch(r"(19|20)(2[4-9]|[3-9]\d)", text.strip())


def is_number(cell: Cell) -> bool:
    """Whether a cell is a number, or one as people write it."""
    if isinstance(cell, (int, float)):
        return True
    return isinstance(cell, str) and (read := read_number(cell)) is not None and read.value is not None


def is_negative(cell: Cell) -> bool:
    """Whether a cell is a number below 0."""
    return (number_of(cell) or 0) < 0


def number_of(cell: Cell) -> float | None:
    """The number of a cell, or in its text."""
    if isinstance(cell, (int, float)):
        return cell
    read = read_number(cell) if isinstance(cell, str) else None
    return read.value if read else None


def is_code(cell: Cell) -> bool:
    """Whether a cell is a number or the number of something, no name.

    >>> [is_code(cell) for cell in (100234.0, "#1001", "INV-7", "Alfa 2", "3M")]
    [True, True, True, False, False]
    """
    return not isinstance(cell, str) or bool(_CODE.fullmatch(cell.strip()))


def is_account(cell: Cell) -> bool:
    """Whether a cell names an account of the books.

    >>> [is_account(cell) for cell in ("4000 Sales", "Accounts Receivable (A/R)", "62.01", "Alfa Ltd")]
    [True, True, True, False]
    """
    text = f"{cell:.0f}" if isinstance(cell, float) else str(cell)
    return bool(_ACCOUNT.fullmatch(text.strip())) or says(text, "counter_account")


def says(text: object, key: str, name: str = "ledgers") -> bool:
    """Whether a text holds one of the vocabulary's words, as whole words; numbers of accounts stand first.

    >>> [says(text, "counter_account") for text in ("1200 Accounts Receivable", "62.01", "Row 62")]
    [True, True, False]
    """
    given = f" {' '.join(words(text))} "
    for variant in section(name).get(key, ()):
        wanted = f" {' '.join(words(variant))} "
        if given.startswith(wanted) if variant[0].isdigit() else wanted in given:
            return True
    return False


def is_kind(text: object, *keys: str) -> bool:
    """Whether a text is the kind of a document: one of the vocabulary's words, or begins with several of them.

    A code before or behind the words, as programs write it, does not count: "F5 Pro forma", "Proforma (F5)"; nor does
    the number of a document and what follows it: "Реализация 17 от 15.01.2025".

    >>> is_kind("Payment", "payment"), is_kind("Website payment", "payment"), is_kind("Возврат", "credit")
    (True, False, True)
    >>> is_kind("F5 Pro forma", "not_a_sale"), is_kind("Оплата № 7 от 15.01", "payment")
    (True, True)
    """
    spelled = _uncoded(words(text)), words(kind_in_name(text))
    return any(_names(given, key) for given in spelled for key in keys)


def kind_in_name(text: object) -> str:
    """What the name of a document says about its kind, before its number; blank where it is a number alone.

    >>> kind_in_name("Возврат от покупателя УТ-2 от 15.01.2026"), kind_in_name("Оплата № 7"), kind_in_name("PC-17")
    ('Возврат от покупателя', 'Оплата', '')
    """
    kind = re.sub(NUMBER_BEHIND, "", str(text).strip())
    return "" if any(map(str.isdigit, kind)) else kind


def _names(given: Sequence[str], key: str) -> bool:
    variants = (words(variant) for variant in section("ledgers").get(key, ()))
    return any(given == each or (len(each) > 1 and given[: len(each)] == each) for each in variants)


def _uncoded(spelled: list[str]) -> list[str]:
    """Words without a code before or behind them."""
    if len(spelled) > 1 and _KIND_CODE.fullmatch(spelled[0]):
        spelled = spelled[1:]
    return spelled[:-1] if len(spelled) > 1 and _KIND_CODE.fullmatch(spelled[-1]) else spelled


def numbers_columns(cells: Sequence[Cell]) -> bool:
    """Whether a row numbers the columns of a form: 1, 2, 3, 13a.

    >>> numbers_columns([1.0, 2.0, "3", None, "13б"]), numbers_columns([1.0, "Alfa", 100.0])
    (True, False)
    """
    texts = [
        f"{cell:.0f}" if isinstance(cell, float) else str(cell).strip() for cell in cells if cell not in (None, "")
    ]
    matches = [_NUMBER_OF_COLUMN.fullmatch(text) for text in texts]
    numbers = [int(each[1]) for each in matches if each]
    return len(texts) > 2 and len(numbers) == len(texts) and numbers[0] <= 1 and numbers == sorted(numbers)


def side_of(cell: Cell) -> str:
    """The side of an account that a cell names: "debit", "credit" or none.

    >>> side_of("S"), side_of("Кт"), side_of("Invoice")
    ('debit', 'credit', '')
    """
    text = str(cell).strip().casefold()
    return next((side for side, variants in section("sides").items() if text in variants), "")
