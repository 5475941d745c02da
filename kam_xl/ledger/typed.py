"""One table of payments with one meaning per column, whatever the sources were: the same expressions everywhere.

Columns: file, row, date, client_1 … client_n, client_id, supplier, supplier_id, category, number, amount, cost,
currency, vat, skip (why a row is no payment: "blank", "header", "total"), bad_field and bad_value (what cannot be
read). Texts are never null, so that they join and compare alike in every database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING

from kam_xl.ledger import dates
from kam_xl.ledger.amounts import DECIMAL, LARGEST, amount
from kam_xl.ledger.errors import ColumnsError
from kam_xl.ledger.layout import currency_of, vat_of
from kam_xl.ledger.packages import required
from kam_xl.ledger.reading import MONEY, Reading, Texts, blank, column, is_text, step
from kam_xl.ledger.sources import Part
from kam_xl.locale import Text
from kam_xl.table.vocabulary import SURE_TOTALS, TOTALS

if TYPE_CHECKING:
    import ibis

_TEXTS = ("client_id", "supplier", "supplier_id", "category", "number")
_SURE = rf"(?i)^\s*({'|'.join(SURE_TOTALS)})([^a-zа-яё].*)?$"
_LIKELY = rf"(?i)^\s*({'|'.join(TOTALS)})\s*[:.]?\s*$"


def one_table(connection: ibis.BaseBackend, parts: Sequence[Part], readings: Sequence[Reading]) -> ibis.Table:
    """All parts below one another; those with texts are prepared (`kam_xl.ledger.reading`)."""
    width = max(len(part.layout.fields.get("client", ())) for part in parts)
    tables = []
    for part, reading in zip(parts, readings, strict=True):
        read = _read(connection, part, reading)
        table = _typed(read, reading, width)
        tables.append(table if read is part else step(connection, table))
    return tables[0] if len(tables) == 1 else required("ibis").union(*tables, distinct=False)


def client_columns(table: ibis.Table) -> list[str]:
    """The columns that make the client's name together."""
    return [name for name in table.columns if name.startswith("client_") and name != "client_id"]


def _read(connection: ibis.BaseBackend, part: Part, reading: Reading) -> Part:
    """The part with its texts read: columns `date_value` and, of each money field, `…_value`."""
    table = part.table
    values = {}
    for name, texts in reading.money.items():
        parts = {what: table[f"{name}_{what}"] for what in ("digits", "token", "negative", "form")}
        values[f"{name}_value"] = amount(parts, texts.decimal, texts.currencies)
    dated = "date_form" in table.columns
    if dated:
        values |= dates.day(table.date_form, [table[f"number{place}"] for place in (1, 2, 3)], reading.slashes)
    if not values:
        return part
    table = step(connection, table.mutate(**{f"{name}_": value for name, value in values.items()}))
    if dated:
        table = step(connection, table.mutate(date_value_=dates.date_of(table.year_, table.month_, table.day_)))
    return replace(part, table=table)


def _typed(part: Part, reading: Reading, width: int) -> ibis.Table:
    fields = part.layout.fields
    known = {name: _text(column(part, name)) if name in fields else _constant("") for name in _TEXTS}
    clients = [_text(part.table[part.columns[place]]) for place in fields.get("client", ())]
    clients += [_constant("")] * (width - len(clients))
    named = {f"client_{place}": client for place, client in enumerate(clients, start=1)}
    money = {name: _money(part, reading, name) for name in MONEY if name in fields}
    day, bad_day = _day(part)
    faults = [("date", column(part, "date"), bad_day)]
    faults += [(name, column(part, name), bad) for name, (_, bad) in money.items()]
    faults += [("cells", part.table[name], _text(part.table[name]) != "") for name in part.spare]
    faults += [("quote", part.table[name], _swallowed(part, name)) for name in part.columns if part.dialect]
    skip = _skip(part, day, [*named.values(), known["supplier"], known["number"]])
    return part.table.select(
        file=part.table["file"] if "file" in part.table.columns else _constant(part.name),
        row=part.table["row"].cast("int64") if "row" in part.table.columns else blank("int64"),
        date=day,
        **named,
        **known,
        amount=money["amount"][0],
        cost=_cost(money),
        currency=_currency(part, reading),
        vat=_vat(part),
        skip=skip,
        **_faults(faults, skip),
    )


def _constant(text: str) -> ibis.Value:
    return required("ibis").literal(text, "string")


def _text(value: ibis.Value) -> ibis.Value:
    """A column as text without spaces around it; a number without decimals it does not have."""
    kind = value.type()
    if kind.is_floating() or kind.is_decimal():
        value = value.cast("int64")
    return value.cast("string").strip().fill_null("")


def _money(part: Part, reading: Reading, name: str) -> tuple[ibis.Value, ibis.Value]:
    """Amounts in whole units, and which cells cannot be read."""
    ibis = required("ibis")
    raw = column(part, name)
    if is_text(raw):
        value, form, token = (part.table[f"{name}_{what}"] for what in ("value_", "form", "token"))
        nothing = (form == "none") & token.isin(["", *reading.money[name].blanks])
        bad = ~nothing & value.isnull()
    else:
        _refuse(part, name, fits=raw.type().is_numeric())
        number = raw.isnan().ifelse(ibis.null("float64"), raw) if raw.type().is_floating() else raw
        large = number.abs() >= LARGEST
        bad = large.fill_null(False)
        if part.table.get_backend().name == "duckdb":  # whose own check takes half the time
            value = raw.try_cast(DECIMAL)
        else:
            value = large.ifelse(ibis.null(number.type()), number).cast(DECIMAL)
    scale = part.layout.scale_of(name)
    scaled = value if scale == 1 else (value * scale).cast(DECIMAL)
    return scaled, bad


def _refuse(part: Part, name: str, *, fits: bool) -> None:
    """Stop where a column holds what can never be read as a date or an amount, such as lists."""
    if not fits:
        raise ColumnsError(
            Text("the column holds neither texts nor what it should"),
            where=f"{part.name}, {part.layout.title(name)}",
            got=str(column(part, name).type()),
            remedy=Text("Name another header in the recipe, in the section [columns]."),
        )


def _cost(money: dict[str, tuple[ibis.Value, ibis.Value]]) -> ibis.Value:
    if "cost" in money:
        return money["cost"][0]
    return (money["amount"][0] - money["margin"][0]).cast(DECIMAL) if "margin" in money else blank(DECIMAL)


def _day(part: Part) -> tuple[ibis.Value, ibis.Value]:
    raw = column(part, "date")
    if not is_text(raw):
        _refuse(part, "date", fits=raw.type().is_date() or raw.type().is_timestamp())
        return raw.cast("date"), required("ibis").literal(False)
    value = part.table["date_value_"]
    return value, (part.table["date_form"] != "none") & value.isnull()


def _swallowed(part: Part, name: str) -> ibis.Value:
    """Whether a cell holds whole rows: a quotation mark before them was never closed."""
    mark = part.dialect.delimiter if part.dialect else ""
    mark = "\\" + mark if mark == "|" else mark
    cell = part.table[name].fill_null("")
    return cell.contains("\n") & cell.re_search(f"\n[^\n]*{mark}[^\n]*{mark}")


def _currency(part: Part, reading: Reading) -> ibis.Value:
    """The currency of the row's own column, else the one in the amount's cell, else that of the title."""
    ibis = required("ibis")
    texts = reading.money.get("amount", Texts())
    found = _constant(part.layout.currency)
    if texts.currencies:
        found = part.table["amount_token"].cases(*texts.currencies.items(), else_=part.layout.currency)
    if "currency" not in part.layout.fields:
        return found
    given = _text(column(part, "currency"))
    codes = {text: currency_of(text) for text in _distinct(given) if text}
    return ibis.ifelse(given == "", found, given.cases(*codes.items(), else_=given) if codes else given)


def _vat(part: Part) -> ibis.Value:
    """Whether the row's amount holds VAT: "incl", "excl", or blank where nobody says."""
    if "vat" not in part.layout.fields:
        return _constant(part.layout.vat)
    given = _text(column(part, "vat"))
    said = {text: vat_of(text) or part.layout.vat for text in _distinct(given)}
    return given.cases(*said.items(), else_=part.layout.vat)


def _distinct(value: ibis.Value) -> list[str]:
    return sorted(value.name("x").as_table().distinct().to_pyarrow()["x"].to_pylist())


def _skip(part: Part, day: ibis.Value, labels: Sequence[ibis.Value]) -> ibis.Value:
    """Why a row of texts is no payment; tables of a database hold payments only."""
    ibis = required("ibis")
    date_cell, amount_cell = column(part, "date"), column(part, "amount")
    if not (is_text(date_cell) and is_text(amount_cell)):
        return _constant("")
    first = _text(part.table[part.columns[0]])
    cells = [first, _text(date_cell), *(label for label in labels if not isinstance(label, ibis.Scalar))]
    sure = reduce(lambda one, other: one | other, (cell.re_search(_SURE) for cell in cells))
    likely = reduce(lambda one, other: one | other, (cell.re_search(_LIKELY) for cell in cells))
    empty = reduce(lambda one, other: one & other, (cell == "" for cell in [*cells, _text(amount_cell)]))
    header = (_text(amount_cell) == part.layout.title("amount")) & (_text(date_cell) == part.layout.title("date"))
    nobody = reduce(lambda one, other: one & other, (label == "" for label in labels))
    note = nobody & day.isnull() & (_text(amount_cell) == "")
    return ibis.cases(
        (empty, "blank"), (header, "header"), (sure | (likely & day.isnull()), "total"), (note, "note"), else_=""
    )


def _faults(faults: Sequence[tuple[str, ibis.Value, ibis.Value]], skip: ibis.Value) -> dict[str, ibis.Value]:
    """The first cell of each row that cannot be read."""
    ibis = required("ibis")
    fields = [((skip == "") & bad, name) for name, _, bad in faults]
    values = [((skip == "") & bad, raw.cast("string")) for _, raw, bad in faults]
    return {
        "bad_field": ibis.cases(*fields, else_=ibis.null("string")),
        "bad_value": ibis.cases(*values, else_=ibis.null("string")),
    }
