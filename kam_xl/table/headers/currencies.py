"""Several currencies in one table: their amounts are never added up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import fsum
from types import MappingProxyType
from typing import NamedTuple

from kam_xl.locale import Text, plural
from kam_xl.table.finding import Remark
from kam_xl.table.interpretation import LeftOut
from kam_xl.table.values.cells import Cell, quoted, read_text
from kam_xl.table.values.money import Amounts
from kam_xl.table.words.matching import Unit, is_unit, unit_of
from kam_xl.table.words.vocabulary import CELL_CURRENCIES

OTHER_CURRENCY = "other-currency"
SEVERAL = Text("the amounts are in several currencies ({sums}), which are never added up")
REMEDY = Text(
    "Name the one to keep, in the setting currency or in a reading file (currency = …), or bring all amounts to one "
    "currency."
)
_CONTRADICTED = Text(
    "the headers name {code} ({columns}), but {by_row} names {others} (rows: {n:count}): nobody can tell which is right"
)
_CONTRADICTED_REMEDY = Text(
    "Take the currency out of the headers if that of the row counts; otherwise remove the column of currencies."
)
# The numeric codes of ISO 4217, with 810 for the rouble before 1998: Russian accounting programs export them.
CODES_BY_NUMBER = {
    "643": "RUB",
    "810": "RUB",
    "840": "USD",
    "978": "EUR",
    "156": "CNY",
    "398": "KZT",
    "933": "BYN",
    "826": "GBP",
}
_WITH_ROWS = Text(
    "Only amounts in {code} are read; those in other currencies are left out ({sums}), and with them {rows:count} rows."
)
_WITHOUT_ROWS = Text("Only amounts in {code} are read; those in other currencies are left out ({sums}).")
_NOT_CONVERTED = Text("Nothing is converted. To include them, bring all amounts to one currency.")


class Doubt(NamedTuple):
    """Why nothing is made of a table until the user has decided about its currencies, and how to decide."""

    message: Text
    remedy: Text


class Currencies(NamedTuple):
    """The client rows that count and their one currency, blank where nothing names it.

    `doubt` is what the user must decide first, `left_out` the rows in other currencies.
    """

    rows: Sequence[int]
    code: str = ""
    doubt: Doubt | None = None
    remarks: Sequence[Remark] = ()
    left_out: Sequence[LeftOut] = ()


class ByRow(NamedTuple):
    """A column that names the currency of each row, with its cells."""

    column: int
    cells: Sequence[Cell]


class _Money(NamedTuple):
    """Amounts with their currency: what the cell itself says, else the row's own column, else the header."""

    amounts: Mapping[int, Amounts]
    units: Mapping[int, Unit]
    by_row: Mapping[int, ByRow]

    def named(self) -> set[str]:
        """All currencies that are named anywhere, an amount beside them or not."""
        cells = {code for each in self.amounts.values() for code in each.currencies.values()}
        headers = {each.currency or "" for each in self.units.values()}
        columns = {currency_code(cell) for each in self.by_row.values() for cell in set(each.cells)}
        return {*cells, *columns, *headers} - {""}

    def cells(self, rows: Sequence[int]) -> Iterator[tuple[int, int, str, float]]:
        """Column, row, currency (blank if unknown) and amount."""
        for column, each in self.amounts.items():
            header, by_row = self.units[column].currency or "", self.by_row.get(column)
            for row in rows:
                amount = each.values[row]
                if amount is not None:
                    of_row = currency_code(by_row.cells[row]) if by_row else ""
                    yield column, row, each.currencies.get(row) or of_row or header, amount

    def contradicted(self, rows: Sequence[int]) -> Iterator[tuple[int, int, str, float]]:
        """The cells whose header names another currency than their row, and that name none themselves."""
        for column, row, code, amount in self.cells(rows) if self.by_row else ():
            header = self.units[column].currency
            if header and code != header and not self.amounts[column].currencies.get(row):
                yield column, row, code, amount


def settle_currencies(
    amounts: Mapping[int, Amounts],
    units: Mapping[int, Unit],
    rows: Sequence[int],
    *,
    titles: Sequence[str],
    by_row: Mapping[int, ByRow] = MappingProxyType({}),
    wanted: str = "",
    keep_rows: bool = False,
) -> Currencies:
    """Keep the amounts of one currency; those in others become unknown, in `amounts` itself.

    Parameters
    ----------
    amounts, units : mapping
        Money column to its amounts and to what its header says.
    rows : sequence of int
        The rows of clients.
    titles : sequence of str
        The headers.
    by_row : mapping
        Money column to the column that names its currencies, where there is one.
    wanted : str
        The currency to keep where there are several.
    keep_rows : bool
        Whether rows with amounts in other currencies only stay, as on the competitors' sheet, where nobody is asked.
    """
    money, wanted = _Money(amounts, units, by_row), currency_code(wanted)
    named = money.named()
    if len(named | ({wanted} if keep_rows and wanted else set())) < 2:
        return Currencies(rows, next(iter(named), ""))
    cells = list(money.cells(rows))
    codes = list(dict.fromkeys(code for *_, code, _ in cells if code))
    known = {*codes, *([wanted] if keep_rows and wanted else [])}
    if wanted not in known and (wrong := list(money.contradicted(rows))):
        return _contradicted(money, wrong, rows, titles, keep_rows=keep_rows)
    if len(known) < 2:
        return Currencies(rows, next(iter(known), ""))
    place = next((each.column for each in by_row.values()), next((at for at, _, code, _ in cells if code), None))
    if wanted not in known:
        sums = tuple(_sums(cells, titles))
        message = Text("The amounts are in several currencies ({sums}), which are never added up.", sums=sums)
        if keep_rows:
            _forget(amounts, cells)
        remark = Remark(None, place, "currencies-differ", "error", message, ", ".join(codes), REMEDY)
        doubt = None if keep_rows else Doubt(Text(SEVERAL.message, sums=sums), REMEDY)
        return Currencies(rows, "", doubt, [remark])
    lost = [cell for cell in cells if cell[2] not in ("", wanted)]
    _forget(amounts, lost)
    gone = {row for _, row, *_ in lost if all(each.values[row] is None for each in amounts.values())}
    gone = set() if keep_rows else gone
    remarks = [_remark(lost, titles, wanted, place, rows=len(gone))] if lost else []
    if assumed := len({row for _, row, code, _ in cells if not code}):
        message = plural(
            "{n:count} row gives no currency; {code} was assumed.",
            "{n:count} rows give no currency; {code} was assumed.",
            n=assumed,
            code=wanted,
        )
        remedy = Text("Check these rows, or fill in the currency.")
        remarks.append(Remark(None, place, "currency-not-stated", "warning", message, wanted, remedy))
    left_out = [LeftOut(OTHER_CURRENCY, len(gone))] if gone else []
    return Currencies([row for row in rows if row not in gone], wanted, None, remarks, left_out)


def _contradicted(
    money: _Money,
    wrong: Sequence[tuple[int, int, str, float]],
    rows: Sequence[int],
    titles: Sequence[str],
    *,
    keep_rows: bool,
) -> Currencies:
    """Nothing is decided where a header names another currency than the column of currencies in some rows."""
    columns = dict.fromkeys(at for at, *_ in wrong)
    wrong_rows = sorted({row for _, row, *_ in wrong})
    by_row = money.by_row[wrong[0][0]]
    message = Text(
        "The headers name {code} ({columns}), but {by_row} names {others} (rows: {n:count}): nobody can tell which is "
        "right.",
        n=len(wrong_rows),
        code=[*dict.fromkeys(money.units[at].currency for at in columns)],
        columns=[quoted(titles[at]) for at in columns if titles[at]],
        by_row=quoted(titles[by_row.column]),
        others=[*dict.fromkeys(code for _, _, code, _ in wrong)],
    )
    if keep_rows:
        _forget(money.amounts, wrong)
    cell = by_row.cells[wrong_rows[0]]
    remark = Remark(wrong_rows[0], by_row.column, "currencies-differ", "error", message, cell, _CONTRADICTED_REMEDY)
    doubt = Doubt(Text(_CONTRADICTED.message, **message.values), _CONTRADICTED_REMEDY)
    return Currencies(rows, "", None if keep_rows else doubt, [remark])


def keep_currency(
    amounts: Mapping[int, Amounts], units: Mapping[int, Unit], rows: Sequence[int], titles: Sequence[str], code: str
) -> list[Remark]:
    """Make the revenue of earlier years that is not in the table's currency unknown, in `amounts` itself; tell so."""
    lost = [cell for cell in _Money(amounts, units, {}).cells(rows) if code and cell[2] not in ("", code)]
    if not lost:
        return []
    _forget(amounts, lost)
    message = Text(
        "Revenue of earlier years is taken in {code} only; amounts in other currencies are left out ({sums}).",
        code=code,
        sums=list(_sums(lost, titles)),
    )
    return [Remark(None, lost[0][0], OTHER_CURRENCY, "warning", message, code, _NOT_CONVERTED)]


def _forget(amounts: Mapping[int, Amounts], cells: Sequence[tuple[int, int, str, float]]) -> None:
    for column, row, *_ in cells:
        amounts[column].values[row] = None


def _sums(cells: Sequence[tuple[int, int, str, float]], titles: Sequence[str]) -> Iterator[Text]:
    """The sums by currency of each money column: "Revenue: EUR 1,000, RUB 90,000"."""
    by_column: dict[int, dict[str, list[float]]] = {}
    for column, _, code, amount in cells:
        by_column.setdefault(column, {}).setdefault(code or "?", []).append(amount)
    for column, by_code in by_column.items():
        sums = [Text("{currency} {amount:money}", currency=code, amount=fsum(each)) for code, each in by_code.items()]
        if titles[column]:
            yield Text("{column}: {sums}", column=titles[column], sums=sums)
        else:  # computed from several columns
            yield from sums


def _remark(
    lost: Sequence[tuple[int, int, str, float]], titles: Sequence[str], code: str, place: int | None, *, rows: int
) -> Remark:
    told = _WITH_ROWS if rows else _WITHOUT_ROWS
    message = Text(told.message, code=code, sums=list(_sums(lost, titles)), rows=rows)
    return Remark(None, place, OTHER_CURRENCY, "warning", message, code, _NOT_CONVERTED)


def currency_code(cell: Cell) -> str:
    """The code of a currency as a cell names it; another text stays itself, in capitals.

    >>> [currency_code(cell) for cell in ("тыс. руб.", "usd", "AMD", 840.0, None)]
    ['RUB', 'USD', 'AMD', 'USD', '']
    """
    text = read_text(cell) or ""
    key = text.casefold().rstrip(".")
    named = CELL_CURRENCIES.get(key) or CODES_BY_NUMBER.get(key)
    return named or (is_unit(text) and unit_of(text).currency) or text.upper()
