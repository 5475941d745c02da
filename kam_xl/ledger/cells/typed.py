"""One table of payments with one meaning per column, whatever the sources were: the same expressions everywhere.

Columns: file, row, date, client_1 … client_n, client_id, supplier, supplier_id, category, number, industry, territory,
manager, amount, cost, currency, vat, other (what the columns that are not used say, so that repeats are equal in
all), skip (why a row is not a payment: "blank", "header", "total", "note", "outgoing", "where:…", "status:…" and others
of `kam_xl.ledger.columns.fields.JUDGED`), bad_field and bad_value (what cannot be read, or the label of a total).
Texts are never null once the names are cleaned (`kam_xl.ledger.parties.names`), so that they join and compare alike in
every database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING

from kam_xl.ledger.cells import dates
from kam_xl.ledger.cells.amounts import DECIMAL, LARGEST, amount
from kam_xl.ledger.cells.reading import Odd, Reading, Texts, blank, column, is_text, text_of, used_money
from kam_xl.ledger.columns import evidence
from kam_xl.ledger.columns.fields import ABOUT
from kam_xl.ledger.columns.layout import vat_of_cell
from kam_xl.ledger.counts.filters import RowFilter, document_kind, skipped
from kam_xl.ledger.errors import ColumnsError
from kam_xl.ledger.packages import required
from kam_xl.ledger.parties.names import as_text, cleaned_names, constant, lost_of, named, spelt, trimmed
from kam_xl.ledger.queries import rows_of, step
from kam_xl.ledger.sources.sources import Part
from kam_xl.locale import Text
from kam_xl.table.headers.currencies import currency_code
from kam_xl.table.words.vocabulary import SURE_TOTALS, TOTALS

if TYPE_CHECKING:
    import ibis

# What stands in a column of its own, in the table and in the comparison of payments.
_SHOWN = frozenset(("date", "client", "client_id", "amount", "cost", "margin", "currency", "vat", "total", "debit"))
_SHOWN |= {"credit", "year", "supplier", "supplier_id", "category", "number", *ABOUT}
SURE_TOTAL = rf"(?i)^\s*({'|'.join(SURE_TOTALS)})([^a-zа-яё].*)?$"
# Asked of rows without a date only: "Total Energies" with one is a client.
BARE_TOTAL = rf"(?i)^\s*({'|'.join(TOTALS)})(\s.*|\s*[:.]*)$|^\*+$"
# How the total of a group may be called: "Nord Total". Without a date, too.
_ENDING_TOTAL = rf"(?i)\S[\s:-]+({'|'.join((*SURE_TOTALS, *TOTALS))})\s*[:.]?\s*$"
# Products of two amounts have more digits than either.
_WIDE = "decimal(38, 8)"
Money = tuple["ibis.Value", "ibis.Value"]


def one_table(
    connection: ibis.BaseBackend,
    parts: Sequence[Part],
    readings: Sequence[Reading],
    width: int,
    client: str,
    wheres: Sequence[RowFilter],
) -> ibis.Table:
    """All parts below one another, names as they are spelt; texts are prepared (`kam_xl.ledger.cells.reading`).

    `width` is how many columns make the client's name, `client` the client of all rows, where it is not in the ledger;
    `wheres` say which rows are wanted.
    """
    refunds = any("refunded" in used_money(part) for part in parts)
    tables = []
    for part, reading in zip(parts, readings, strict=True):
        read = _read(connection, part, reading)
        table = _typed(connection, read, reading, width, client, wheres, refunds=refunds)
        tables.append(table if read is part else step(connection, table))
    return tables[0] if len(tables) == 1 else required("ibis").union(*tables, distinct=False)


def _read(connection: ibis.BaseBackend, part: Part, reading: Reading) -> Part:
    """The part with its texts read: columns `date_value_` and, of each money field, `…_value_`."""
    table = part.table
    values = {}
    for name, texts in reading.money.items():
        parts = {what: table[f"{name}_{what}"] for what in ("digits", "token", "negative", "form")}
        values[f"{name}_value_"] = amount(parts, texts.decimal, texts.currencies)
    dated = "date_form" in table.columns
    if dated:
        day = dates.day(table.date_form, [table[f"number{place}"] for place in (1, 2, 3)], reading.slashes)
        values |= {f"{name}_": value for name, value in day.items()}
    if not values:
        return part
    table = step(connection, table.mutate(**values))
    if dated:
        table = step(connection, table.mutate(date_value_=dates.date_of(table.year_, table.month_, table.day_)))
        table = _with_odd(table, "date", "date_text", reading.days, "date")
    for name, texts in reading.money.items():
        table = _with_odd(table, name, f"{name}_raw", texts.odd, DECIMAL)
    odd = any(name.endswith("_odd_value") for name in table.columns)
    return replace(part, table=step(connection, table) if odd else table)


def _with_odd(table: ibis.Table, name: str, key: str, odd: Sequence[Odd], kind: str) -> ibis.Table:
    """The table with what the common reader made of the texts that SQL does not read."""
    if not odd:
        return table
    pa = required("pyarrow")
    kinds = [pa.string(), pa.date32() if kind == "date" else pa.decimal128(18, 4), pa.string(), pa.bool_()]
    names = [f"{name}_odd_{what}" for what in ("text", "value", "currency", "bad")]
    columns = [pa.array(values, of) for values, of in zip(zip(*odd, strict=True), kinds, strict=True)]
    known = required("ibis").memtable(pa.table(dict(zip(names, columns, strict=True))))
    return table.left_join(known, table[key] == known[f"{name}_odd_text"])


def _typed(
    connection: ibis.BaseBackend,
    part: Part,
    reading: Reading,
    width: int,
    client: str,
    wheres: Sequence[RowFilter],
    *,
    refunds: bool,
) -> ibis.Table:
    """The payments of a part; of texts each step is a query of its own."""
    money = {name: _money(part, reading, name) for name in used_money(part)}
    day, bad_day = _day(part, reading)
    total = _signed(part, reading, _amount(part, reading, {name: value for name, (value, _) in money.items()}))
    values = {"day_": day, "total_": total, "cost_": _cost(money, total), "bad_date_": bad_day}
    values |= {f"bad_{name}_": bad for name, (_, bad) in money.items()}
    if refunds:
        values["refunded_"] = money["refunded"][0].abs().cast(DECIMAL) if "refunded" in money else blank(DECIMAL)
    part = _stepped(connection, part, {**values, "currency_": _currency(part, reading)})
    names = cleaned_names(spelt(part, width, client), lost_of([part], [reading], width, client))
    labels = [name for name in names if name.startswith("client_") or name in ("supplier", "number")]
    part = _stepped(connection, part, _skip(part, [names[name] for name in labels]))
    part = _stepped(connection, part, {"skip_": skipped(part, part.table.reason_, wheres, _distinct)})
    table = part.table
    return table.select(
        file=table["file"] if "file" in table.columns else constant(part.name),
        row=table["row"].cast("int64") if "row" in table.columns else blank("int64"),
        date=table.day_,
        **spelt(part, width, client),
        amount=table.total_,
        cost=table.cost_,
        currency=table.currency_,
        vat=_vat(part),
        other=_other(part),
        skip=table.skip_,
        **({"refunded": table.refunded_} if refunds else {}),
        **_faults(part, list(money)),
    )


def _stepped(connection: ibis.BaseBackend, part: Part, values: Mapping[str, ibis.Value]) -> Part:
    """The part with more columns, of texts in a query of its own: else each would be repeated by those that use it."""
    table = part.table.mutate(**values)
    return replace(part, table=step(connection, table) if _is_of_texts(part) else table)


def _is_of_texts(part: Part) -> bool:
    return any(name.endswith("_form") for name in part.table.columns)


def _money(part: Part, reading: Reading, name: str) -> Money:
    """Amounts in whole units, and which cells cannot be read."""
    ibis = required("ibis")
    raw = column(part, name)
    if is_text(raw):
        value, form, token = (part.table[f"{name}_{what}"] for what in ("value_", "form", "token"))
        nothing = (form == "none") & token.isin(["", *reading.money[name].blanks])
        if f"{name}_odd_value" in part.table.columns:
            value = part.table[f"{name}_odd_value"].coalesce(value)
            nothing = nothing | (part.table[f"{name}_odd_bad"].fill_null(True) == ibis.literal(False))
        bad = ~nothing & value.isnull()
    else:
        _refuse(part, name, fits=raw.type().is_numeric())
        number = raw.isnan().ifelse(ibis.null("float64"), raw) if raw.type().is_floating() else raw
        large = number.abs() >= LARGEST
        bad = raw.abs().between(LARGEST, float("inf")) if raw.type().is_floating() else large
        if part.table.get_backend().name == "duckdb":  # whose own check takes half the time
            value = raw.try_cast(DECIMAL)
        else:
            value = large.ifelse(ibis.null(number.type()), number).cast(DECIMAL)
    scale = part.layout.scale_of(name) if name not in ("quantity", "discount") else 1
    scaled = value if scale == 1 else (value * scale).cast(DECIMAL)
    return scaled, bad


def _amount(part: Part, reading: Reading, money: Mapping[str, ibis.Value]) -> ibis.Value:
    """The amount of a row, of whatever it is made."""
    made = part.layout.money
    if made == ("quantity", "unit_price"):
        value = money["quantity"].cast(_WIDE) * money["unit_price"]
        if "discount" in money:
            value = _discounted(value, money["discount"], reading.discount)
        return value.cast(_WIDE).cast(DECIMAL)
    if len(made) == 2:  # the two sides of an account: sales are credit, purchases debit
        zero = required("ibis").literal(0).cast(DECIMAL)
        more, less = made if part.layout.kind == "invoices" else ("debit", "credit")
        both_blank = money[more].isnull() & money[less].isnull()
        difference = (money[more].fill_null(zero) - money[less].fill_null(zero)).cast(DECIMAL)
        return both_blank.ifelse(blank(DECIMAL), difference)
    if "refunded" in money:
        zero = required("ibis").literal(0).cast(DECIMAL)
        return (money[made[0]] - money["refunded"].abs().fill_null(zero)).cast(DECIMAL)
    return money[made[0]]


def _signed(part: Part, reading: Reading, total: ibis.Value) -> ibis.Value:
    """The amount with the sign that another column gives it: the side of an account, or the kind of the document."""
    ibis = required("ibis")
    minus = []
    if part.layout.contra:
        side = trimmed(column(part, "side"))
        minus.append(side.isin([each for each in _distinct(side) if evidence.side_of(each) == part.layout.contra]))
    if reading.credits:
        minus.append(document_kind(part).isin(reading.credits))
    return ibis.ifelse(reduce(lambda one, other: one | other, minus), -total, total).cast(DECIMAL) if minus else total


def _discounted(value: ibis.Value, discount: ibis.Value, kind: str) -> ibis.Value:
    """An amount less its discount: a percentage, a share, or money."""
    given = discount.fill_null(required("ibis").literal(0).cast(DECIMAL))
    if kind == "money":
        return value - given
    return value * (1 - given / 100) if kind == "percent" else value * (1 - given)


def _refuse(part: Part, name: str, *, fits: bool) -> None:
    """Stop where a column holds what can never be read as a date or an amount, such as lists."""
    if not fits:
        raise ColumnsError(
            Text("the column holds neither text nor the values expected there"),
            where=f"{part.name}, {part.layout.title(name)}",
            got=str(column(part, name).type()),
            remedy=Text("Name another header in the recipe, in the section [columns]."),
        )


def _cost(money: Mapping[str, Money], total: ibis.Value) -> ibis.Value:
    if "cost" in money:
        return money["cost"][0]
    return (total - money["margin"][0]).cast(DECIMAL) if "margin" in money else blank(DECIMAL)


def _day(part: Part, reading: Reading) -> tuple[ibis.Value, ibis.Value]:
    ibis = required("ibis")
    if text_of(part, "date") is None:
        raw = column(part, "date")
        _refuse(part, "date", fits=raw.type().is_date() or raw.type().is_timestamp())
        moved = raw + ibis.interval(minutes=reading.shift) if reading.shift else raw
        return moved.cast("date"), ibis.literal(False)
    value = part.table["date_value_"]
    nothing = part.table["date_form"] == "none"
    if reading.days:
        value = part.table["date_odd_value"].coalesce(value)
        nothing = nothing | (part.table["date_odd_bad"].fill_null(True) == ibis.literal(False))
    return value, ~nothing & value.isnull()


def _swallowed(part: Part, name: str) -> ibis.Value:
    """Whether a cell holds whole rows, with all their cells: a quotation mark before them was never closed."""
    mark = part.dialect.delimiter if part.dialect else ""
    mark = "\\" + mark if mark == "|" else mark
    cell = part.table[name].fill_null("")
    row = f"[^\n]*{mark}" * max(2, len([title for title in part.layout.titles if title]) - 1)
    return cell.contains("\n").ifelse(cell.re_search(f"\n{row}"), required("ibis").literal(False))


def _currency(part: Part, reading: Reading) -> ibis.Value:
    """The currency of the row's own column, else the one in the amount's cell, else that of the title."""
    ibis = required("ibis")
    money = part.layout.money[-1]
    texts = reading.money.get(money, Texts())
    of_cell = constant(part.layout.currency)
    if texts.currencies:
        of_cell = part.table[f"{money}_token"].cases(*texts.currencies.items(), else_=part.layout.currency)
    if f"{money}_odd_currency" in part.table.columns:
        of_cell = part.table[f"{money}_odd_currency"].nullif("").coalesce(of_cell)
    if "currency" not in part.layout.fields:
        return of_cell
    given = named(
        as_text(column(part, "currency")), reading.nobody.get(part.columns[part.layout.fields["currency"][0]])
    )
    codes = {text: currency_code(text) for text in _distinct(given) if text}
    return ibis.ifelse(given == "", of_cell, given.cases(*codes.items(), else_=given) if codes else given)


def _vat(part: Part) -> ibis.Value:
    """Whether the row's amount holds VAT: "incl", "excl", or blank where nobody says."""
    if "vat" not in part.layout.fields:
        return constant(part.layout.vat)
    given = trimmed(column(part, "vat"))
    by_text = {text: vat_of_cell(text) or part.layout.vat for text in _distinct(given)}
    return given.cases(*by_text.items(), else_=part.layout.vat)


def _distinct(value: ibis.Value) -> list[str]:
    return sorted(text for (text,) in rows_of(value.name("x").as_table().distinct()))


def _other(part: Part) -> ibis.Value:
    """What the columns say that no field holds, in one text: rows that differ there are no repeats."""
    used = {at for name, places in part.layout.fields.items() if name in _SHOWN for at in places}
    rest = [part.table[name] for at, name in enumerate(part.columns) if at not in used and name not in part.spare]
    texts = [each.cast("string").fill_null("") for each in rest]
    if not texts:
        return constant("")
    return reduce(lambda one, other: one + "\x1f" + other, texts)


def _skip(part: Part, labels: Sequence[ibis.Value]) -> dict[str, ibis.Value]:
    """Why a row of texts is not a payment, and what a total calls itself; tables of a database hold payments only.

    A total has no date: "Total Energies" with a date is a client.
    """
    ibis, day, total = required("ibis"), part.table.day_, part.table.total_
    name = part.layout.money[-1]
    date_cell, amount_cell = column(part, "date"), column(part, name)
    if not (is_text(date_cell) and is_text(amount_cell)):
        return {"reason_": constant(""), "label_": constant("")}
    first = trimmed(part.table[part.columns[0]])
    cells = [first, trimmed(date_cell), *(label for label in labels if not isinstance(label, ibis.Scalar))]
    is_total = [
        cell.re_search(SURE_TOTAL) | cell.re_search(BARE_TOTAL) | cell.re_search(_ENDING_TOTAL) for cell in cells
    ]
    empty = reduce(lambda one, other: one & other, (cell == "" for cell in [*cells, trimmed(amount_cell)]))
    header = (trimmed(amount_cell) == part.layout.title(name)) & (trimmed(date_cell) == part.layout.title("date"))
    nobody = reduce(lambda one, other: one & other, (label == "" for label in labels))
    undated = day.isnull() & ~trimmed(date_cell).re_search("[0-9]")
    ruled = trimmed(date_cell).re_search("^[-=_+]{3,}$") & trimmed(amount_cell).re_search("^[-=_+]*$")
    note = ((nobody & day.isnull()) | (undated & (trimmed(amount_cell) == "")) | ruled) & total.isnull()
    any_total = reduce(lambda one, other: one | other, is_total)
    # First: searching the cells of all rows takes half of the time. Rows with a date can be headers only.
    dated = [(day.notnull(), ibis.ifelse(header, "header", ""))]
    reason = ibis.cases(*dated, (empty, "blank"), (header, "header"), (any_total, "total"), (note, "note"), else_="")
    label = ibis.cases((day.notnull(), ""), *zip(is_total, cells, strict=True), else_="")
    return {"reason_": reason, "label_": label}


def _faults(part: Part, money: Sequence[str]) -> dict[str, ibis.Value]:
    """The first cell of each row that cannot be read, or the label of a total."""
    ibis, table = required("ibis"), part.table
    faults = [(name, column(part, name), table[f"bad_{name}_"]) for name in ("date", *money)]
    faults += [("cells", table[name], trimmed(table[name]) != "") for name in part.spare]
    faults += [("quote", table[name], _swallowed(part, name)) for name in part.columns if part.dialect]
    payment = table.skip_ == ""
    return {
        "bad_field": ibis.cases(*((payment & bad, name) for name, _, bad in faults), else_=ibis.null("string")),
        "bad_value": ibis.cases(
            (table.skip_ == "total", table.label_),
            *((payment & bad, raw.cast("string")) for _, raw, bad in faults),
            else_=ibis.null("string"),
        ),
    }
