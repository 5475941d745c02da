"""How the texts of a ledger are to be read: plain ones in the database, all others once each by the common readers.

What SQL can read at a glance (`1 234,50`, `2025-12-31`) it reads there. Every other text ("₹1,00,000.50", "15 января
2025 г.", "Q2 2025") is fetched once, read by `kam_xl.table.values`, and joined back: so there is one reader of numbers
and one of dates, whatever the size of the ledger.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from kam_xl.ledger.cells import amounts, dates
from kam_xl.ledger.columns.evidence import dated_name, day_and_month
from kam_xl.ledger.errors import RecipeError
from kam_xl.ledger.packages import required
from kam_xl.ledger.queries import dicts, rows_of, step
from kam_xl.ledger.sources.sources import Part
from kam_xl.locale import Text, language_of_headers
from kam_xl.table.values.cells import quoted
from kam_xl.table.values.dates import date_of_serial, read_written
from kam_xl.table.values.numbers import BLANKS, read_number
from kam_xl.table.words.vocabulary import CELL_CURRENCIES

if TYPE_CHECKING:
    import ibis

MONEY = ("amount", "cost", "margin", "quantity", "unit_price", "discount", "total", "debit", "credit", "refunded")
# "100.00 CR": which side of the account, and not ten millions, where DR stands in other rows.
_SIDE = re.compile(r"\b(cr|dr|кт|дт)\.?$", re.IGNORECASE)
_DEBIT = ("dr", "дт")
# What programs export where there is no name.
NOBODY = sorted({*(each for each in BLANKS if len(each) > 1), "#n/a", "(null)", "<null>"})
# Single-digit precision of the decimals that amounts are kept with.
_PLACES = Decimal("0.0001")
_ALL = (1 << 63) - 1
_SERIAL = re.compile(r"\d{5}([.,]\d+)?")


class Odd(NamedTuple):
    """What the common reader made of a text that SQL does not read; `value` None: nothing is known, or unreadable."""

    text: str
    value: Any
    currency: str = ""
    bad: bool = False


@dataclass(frozen=True)
class Texts:
    """How one column of texts is read: the decimal mark, the tokens that are currencies, those that mean nothing."""

    decimal: str = "."
    currencies: Mapping[str, str] = field(default_factory=dict)
    blanks: Sequence[str] = ()
    odd: Sequence[Odd] = ()


@dataclass(frozen=True)
class Reading:
    """How the text columns of a part are read, by field, and the order of dates with slashes.

    `slashes` is "dmy", "mdy", or "both" where some dates prove the one and some the other. `months` is how long the
    longest of the dates lasts: 0 for days, 1 for months, 3 for quarters, 12 for years. `shift` is how many minutes
    before midnight of UTC the days begin, where moments with a time zone prove it. `credits` are the kinds of documents
    that lower the sum though their amounts have no sign, `doubtful` those that may, and do not. `discount` is what
    discounts are: "percent", "share" (0.1) or "money"; blank where there are none. `unlike` counts rows of a negative
    quantity and a positive amount.
    `nobody` are the cells of columns of names that name nobody; columns that it lacks are looked at row by row.
    """

    money: Mapping[str, Texts]
    slashes: str = "dmy"
    days: Sequence[Odd] = ()
    months: int = 0
    approximate: int = 0
    sides: bool = False
    shift: int = 0
    credits: Sequence[str] = ()
    doubtful: Sequence[str] = ()
    discount: str = ""
    unlike: int = 0
    nobody: Mapping[str, Sequence[str]] = field(default_factory=dict)


def column(part: Part, name: str) -> ibis.Value:
    """The first raw column of a field; of a date that stands in a month and a year, both."""
    raw = part.table[part.columns[part.layout.fields[name][0]]]
    if name != "date" or "year" not in part.layout.fields:
        return raw
    year, month = part.table[part.columns[part.layout.fields["year"][0]]], raw
    if not (is_text(month) or month.type().is_integer()):
        return raw
    year, month = (each.cast("string").fill_null("").strip() for each in (year, month))
    plain = month.re_search("^[0-9]{1,2}$") & year.re_search("^[0-9]{4}$")
    named = ~month.re_search("[0-9]") & (month != "") & year.re_search("^[0-9]{4}$")
    return required("ibis").cases((plain, year + "-" + month), (named, month + " " + year), else_=month)


def text_of(part: Part, name: str) -> ibis.Value | None:
    """The texts of a field; None where its column holds dates or numbers already."""
    raw = column(part, name)
    if is_text(raw):
        return raw
    return raw.cast("string") if name == "date" and raw.type().is_integer() else None


def used_money(part: Part) -> list[str]:
    """The money fields of a part that count."""
    made_of = set(part.layout.money) | {"cost", "margin"}
    if "unit_price" in made_of and "quantity" in made_of:
        made_of.add("discount")
    if made_of & {"amount", "total"} and "tax" not in part.layout.fields and part.layout.vat != "excl":
        made_of.add("refunded")  # gross, as what was paid: never off an amount without tax
    return [name for name in MONEY if name in part.layout.fields and name in made_of]


def prepared(part: Part, connection: ibis.BaseBackend) -> Part:
    """The part with its texts of amounts and dates taken apart, in columns of their own.

    Every step is a query of its own: written as one expression, texts would be cleaned and searched a thousand times.
    """
    money = {name: text for name in used_money(part) if (text := text_of(part, name)) is not None}
    dated = text_of(part, "date")
    if not money and dated is None:
        return part
    clean = {f"{name}_text": amounts.cleaned(text) for name, text in money.items()}
    clean |= {f"{name}_raw": text.fill_null("").strip() for name, text in money.items()}
    clean |= {"date_text": dates.cleaned(dated)} if dated is not None else {}
    table = step(connection, part.table.mutate(**clean))
    plain = {f"{name}_plain": amounts.is_plain(table[f"{name}_text"]) for name in money}
    plain |= {"date_plain": dates.is_plain(table["date_text"])} if dated is not None else {}
    table = step(connection, table.mutate(**plain))
    apart = {
        f"{name}_{what}": value
        for name in money
        for what, value in amounts.taken_apart(table[f"{name}_text"], table[f"{name}_plain"]).items()
    }
    apart |= {"date_form": dates.form_of(table["date_text"], table["date_plain"])} if dated is not None else {}
    table = step(connection, table.mutate(**apart))
    forms = {
        f"{name}_form": amounts.form_of(*(table[f"{name}_{what}"] for what in ("text", "digits", "plain")))
        for name in money
    }
    if dated is not None:
        forms |= dates.numbers(table["date_text"], table["date_form"], table["date_plain"])
    return replace(part, table=step(connection, table.mutate(**forms)))


def find_reading(part: Part, decimal: str = "", order: str = "") -> Reading:
    """Look at all texts of a prepared part once; `decimal` and `order` are what the user says.

    What gives amounts their sign is found by `kam_xl.ledger.cells.signs`.

    Raises
    ------
    RecipeError
        Where a text can be read in two ways and nothing decides.
    """
    names = [name for name in MONEY if f"{name}_form" in part.table.columns]
    dated = "date_form" in part.table.columns
    if not names and not dated:
        return Reading({}, shift=_shift(part), nobody=_nobody(part))
    counted = _counted(part.table, names, dated)
    slashes = _slashes(part, counted, order) if dated else "dmy"
    money = {name: _texts(part, name, counted, decimal) for name in names}
    days, months = _odd_days(part, counted, slashes) if dated else ([], 0)
    return Reading(
        {name: texts for name, (texts, _, _) in money.items()},
        slashes,
        days,
        months,
        sum(approximate for _, approximate, _ in money.values()),
        any(sides for *_, sides in money.values()),
        nobody=_nobody(part),
    )


def _nobody(part: Part) -> dict[str, list[str]]:
    """Texts of columns of names that name nobody, such as NULL, N/A and spaces: found among the distinct ones, which
    takes a fifth of looking at each row."""
    if part.table.get_backend().name != "duckdb":
        return {}
    fields = part.layout.fields
    words = {part.columns[at]: [""] for name in ("supplier", "supplier_id") for at in fields.get(name, ())}
    names = ("client", "client_id", "currency")
    words |= {part.columns[at]: ["", *NOBODY] for name in names for at in fields.get(name, ())}
    return {name: _those(part.table[name], some) if is_text(part.table[name]) else [] for name, some in words.items()}


def _those(column: ibis.Value, words: Sequence[str]) -> list[str]:
    """The distinct texts of a column that are one of some words, in whatever case."""
    # Behind a limit the words are asked for when the names are distinct, not of every row.
    texts = column.name("text").as_table()
    names = texts.filter(texts.text.notnull()).distinct().limit(_ALL)
    return sorted(text for (text,) in rows_of(names.filter(names.text.strip().lower().isin(words))))


def _shift(part: Part) -> int:
    """How long before midnight of UTC a column's days begin: all of its moments are midnights somewhere to the east."""
    kind = column(part, "date").type()
    if not kind.is_timestamp() or not kind.timezone:
        return 0
    moment = column(part, "date")
    minutes = moment.hour().cast("int32") * 60 + moment.minute()
    times = part.table.aggregate(first=minutes.min(), last=minutes.max(), kinds=minutes.nunique())
    [span] = dicts(times)
    first, last = span["first"] or 0, span["last"] or 0
    midnights = span["kinds"] and span["kinds"] <= 2 and first >= 720 and last - first in (0, 60)
    return 1440 - first if midnights else 0


def _counted(table: ibis.Table, names: Sequence[str], dated: bool) -> list[dict[str, Any]]:
    """The forms and words of all text columns, how often each, with an example."""
    keys = [f"{name}_{what}" for name in names for what in ("form", "token")] + ["date_form"] * dated
    totals: dict[str, ibis.Value] = {"rows": table.count()}
    totals |= {f"{name}_example": table[f"{name}_text"].max() for name in names}
    if dated:
        proves_day = (table.number1 > 12) & (table.number1 <= 31) & (table.number2 <= 12)
        proves_month = (table.number1 <= 12) & (table.number2 > 12) & (table.number2 <= 31)
        unclear = (table.number1 <= 12) & (table.number2 <= 12)
        tests = {"day_first": proves_day, "month_first": proves_month, "unclear": unclear}
        totals |= {name: test.fill_null(False).cast("int32").max() for name, test in tests.items()}
        totals["date_example"] = unclear.ifelse(table.date_text, blank()).max()
    return dicts(table.group_by(*keys).agg(**totals))


def _texts(part: Part, name: str, counted: Sequence[Mapping[str, Any]], decimal: str) -> tuple[Texts, int, bool]:
    """How a column of money is read; how many of its texts say that they are not exact; whether it tells sides."""
    forms: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for each in counted:
        forms[each[f"{name}_form"]] += each["rows"]
        examples[each[f"{name}_form"]] = max(examples.get(each[f"{name}_form"], ""), each[f"{name}_example"] or "")
    tokens = {each[f"{name}_token"] for each in counted if each[f"{name}_form"] not in ("none", "bad")}
    words = {each[f"{name}_token"] for each in counted if each[f"{name}_form"] == "none"}
    currencies = {token: CELL_CURRENCIES[key] for token in tokens if (key := token.casefold()) in CELL_CURRENCIES}
    blanks = [word for word in words if word.casefold() in BLANKS]
    strange = bool(forms["bad"] or tokens - {"", *currencies} or words - {"", *blanks})
    texts = _odd_texts(part, name, ["", *currencies], ["", *blanks]) if strange else []
    numbers = {text: read_number(_unsided(text)[0]) for text in texts}
    forms += Counter({",": "comma", ".": "point"}[each.decimal] for each in numbers.values() if each and each.decimal)
    mark = _decimal(part, name, forms, examples, decimal)
    sides = _sides(texts)
    odd = []
    for text, number in numbers.items():
        value = number and number.value
        if number is None or (sides is None and _unsided(text)[1]):
            odd.append(Odd(text, None, bad=True))
        elif value is None:
            odd.append(Odd(text, None))
        elif abs(value) >= amounts.LARGEST:
            odd.append(Odd(text, None, bad=True))
        else:
            value = value / 1000 if number.unclear == mark else value
            value = -value if sides and _unsided(text)[1] in _DEBIT else value
            odd.append(Odd(text, Decimal(repr(value)).quantize(_PLACES), number.currency))
    approximate = sum(bool(number and number.approximate) for number in numbers.values())
    return Texts(mark, currencies, blanks, odd), approximate, bool(sides)


def _unsided(text: str) -> tuple[str, str]:
    """A text without the side of the account that it names, and the side: "cr" or "dr"."""
    match = _SIDE.search(text.rstrip())
    amount = text[: match.start()].rstrip() if match else ""
    return (amount, match[1].casefold()) if match and any(map(str.isdecimal, amount)) else (text, "")


def _sides(texts: Sequence[str]) -> bool | None:
    """Whether texts name sides of an account; None where a lone "Cr" may be a crore as well."""
    sides = {side for text in texts if (side := _unsided(text)[1])}
    return True if sides & set(_DEBIT) or "кт" in sides else None if sides else False


def _odd_texts(part: Part, name: str, tokens: Sequence[str], blanks: Sequence[str]) -> list[str]:
    """The texts of a column that SQL does not read, each once."""
    table = part.table
    form, token = table[f"{name}_form"], table[f"{name}_token"]
    plain = ((form == "none") & token.isin(blanks)) | (~form.isin(["none", "bad"]) & token.isin(tokens))
    return distinct(table.filter(~plain).select(text=table[f"{name}_raw"]))


def distinct(table: ibis.Table) -> list[str]:
    """The texts of a table's column `text`, each once, in order."""
    return sorted(text for (text,) in rows_of(table.filter(table.text.notnull()).distinct()))


def _odd_days(part: Part, counted: Sequence[Mapping[str, Any]], slashes: str) -> tuple[list[Odd], int]:
    """The dates that SQL does not read, each once, and how many months the longest of all dates lasts."""
    forms = {each["date_form"] for each in counted}
    months = 1 if forms & {"ym", "my"} else 0
    if "bad" not in forms:
        return [], months
    table = part.table
    odd = []
    for text in distinct(table.filter(table.date_form == "bad").select(text=table.date_text)):
        written = read_written(text)
        day = written.day if written else dated_name(text) or _of_serial(text)
        if part.layout.year and (of_year := day_and_month(text, part.layout.year)):
            written, day = None, of_year
            months = max(months, int(not any(map(str.isdigit, text))))
        if written and written.swapped and slashes == "mdy":
            day = written.swapped
        blank = text.casefold() in BLANKS
        odd.append(Odd(text, day, bad=day is None and not blank))
        months = max(months, written.months if written else 0)
    return odd, months


def _of_serial(text: str) -> date | None:
    return date_of_serial(float(text.replace(",", "."))) if _SERIAL.fullmatch(text) else None


def _decimal(part: Part, name: str, forms: Mapping[str, int], examples: Mapping[str, str], decimal: str) -> str:
    unclear = [form for form in ("comma?", "point?") if forms.get(form)]
    proven = [form for form in ("comma", "point") if forms.get(form)]
    if not unclear or decimal or len(proven) == 1:
        return decimal or ("," if proven == ["comma"] else ".")
    raise RecipeError(
        Text("amounts can be read in two ways: the mark may be a decimal mark or separate thousands"),
        where=f"{part.name}, {part.layout.title(name)}",
        got=quoted(examples[unclear[0]]),
        remedy=Text('Say which mark is the decimal one: --decimal "," or --decimal "."'),
    )


def _slashes(part: Part, counted: Sequence[Mapping[str, Any]], order: str) -> str:
    with_slashes = [each for each in counted if each["date_form"] == "slash"]
    if not with_slashes or order:
        return order or "dmy"
    day_first, month_first, unclear = (
        any(each[key] for each in with_slashes) for key in ("day_first", "month_first", "unclear")
    )
    if day_first != month_first:
        return "dmy" if day_first else "mdy"
    if not unclear:
        return "both"
    if order := language_of_headers(part.layout.titles).date_order:
        return order
    raise RecipeError(
        Text("dates can be read in two ways: the day or the month may come first"),
        where=f"{part.name}, {part.layout.title('date')}",
        got=quoted(max(each["date_example"] or "" for each in with_slashes)),
        remedy=Text("Say which: --dates dmy or --dates mdy"),
    )


def is_text(value: ibis.Value) -> bool:
    """Whether a column holds texts."""
    return bool(value.type().is_string())


def blank(kind: str = "string") -> ibis.Value:
    """Nothing, as a column."""
    return required("ibis").null(kind)
