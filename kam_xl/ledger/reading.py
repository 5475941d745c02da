"""How the texts of a ledger are to be read: what its columns prove of decimal marks, currencies and dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from kam_xl.ledger import amounts, dates
from kam_xl.ledger.errors import RecipeError
from kam_xl.ledger.packages import required
from kam_xl.ledger.sources import Part
from kam_xl.locale import Text
from kam_xl.table.cells import quoted
from kam_xl.table.numbers import BLANKS
from kam_xl.table.vocabulary import CURRENCIES

if TYPE_CHECKING:
    import ibis

MONEY = ("amount", "cost", "margin")


@dataclass(frozen=True)
class Texts:
    """How one column of texts is read: the decimal mark, the tokens that are currencies, those that mean nothing."""

    decimal: str = "."
    currencies: Mapping[str, str] = field(default_factory=dict)
    blanks: Sequence[str] = ()


@dataclass(frozen=True)
class Reading:
    """How the text columns of a part are read, by field, and the order of dates with slashes."""

    money: Mapping[str, Texts]
    slashes: str = "dmy"


def column(part: Part, name: str) -> ibis.Value:
    """The first raw column of a field."""
    return part.table[part.columns[part.layout.fields[name][0]]]


def prepared(part: Part, connection: ibis.BaseBackend) -> Part:
    """The part with its texts of amounts and dates taken apart, in columns of their own.

    Every step is a query of its own: written as one expression, texts would be cleaned and searched a thousand times.
    """
    names = [name for name in MONEY if name in part.layout.fields and is_text(column(part, name))]
    dated = is_text(column(part, "date"))
    if not names and not dated:
        return part
    clean = {f"{name}_text": amounts.cleaned(column(part, name)) for name in names}
    clean |= {"date_text": dates.cleaned(column(part, "date"))} if dated else {}
    table = step(connection, part.table.mutate(**clean))
    apart = {
        f"{name}_{what}": value for name in names for what, value in amounts.taken_apart(table[f"{name}_text"]).items()
    }
    table = step(
        connection, table.mutate(**apart, **({"date_form": dates.form_of(table["date_text"])} if dated else {}))
    )
    if dated:
        table = step(connection, table.mutate(**dates.numbers(table["date_text"], table["date_form"])))
    return replace(part, table=table)


def step(connection: ibis.BaseBackend, table: ibis.Table) -> ibis.Table:
    """A table as a query of its own, which neither Ibis nor the database folds into the next one."""
    sql = str(connection.compile(table))
    name = required("ibis").util.gen_name("step")
    if connection.name == "duckdb":
        connection.raw_sql(f"CREATE TEMPORARY VIEW {name} AS {sql}")
    elif connection.name == "pyspark":  # a view is no border for it, only rows are; they are made once, when needed
        connection._session.sql(sql).localCheckpoint(eager=False).createTempView(name)
    else:
        return connection.sql(f"{sql}\nOFFSET 0" if connection.name == "postgres" else sql, schema=table.schema())
    return connection.table(name)


def kept(connection: ibis.BaseBackend, table: ibis.Table, *, temporary: bool) -> ibis.Table:
    """A table that is made once, however often it is asked; where the database lets us make none, itself."""
    if connection.name == "pyspark":
        connection._run_pre_execute_hooks(table)  # small tables of ours that it joins with
        return step(connection, table)
    if not connection.supports_temporary_tables or (connection.name == "postgres" and not _may_keep(connection)):
        return table
    return connection.create_table(required("ibis").util.gen_name("kept"), table, temp=temporary)


def _may_keep(connection: ibis.BaseBackend) -> bool:
    asked = "SELECT has_database_privilege(current_database(), 'TEMP') AS may"
    may = connection.sql(asked, schema={"may": "boolean"})
    return bool(may.to_pyarrow()["may"][0].as_py())


def find_reading(part: Part, decimal: str = "", order: str = "") -> Reading:
    """Look at all texts of a prepared part once; `decimal` and `order` are what the person says.

    Raises
    ------
    RecipeError
        Where a text can be read in two ways and nothing decides.
    """
    names = [name for name in MONEY if f"{name}_form" in part.table.columns]
    dated = "date_form" in part.table.columns
    if not names and not dated:
        return Reading({})
    counted = _counted(part.table, names, dated)
    slashes = _slashes(part, counted, order) if dated else "dmy"
    return Reading({name: _texts(part, name, counted, decimal) for name in names}, slashes)


def _counted(table: ibis.Table, names: Sequence[str], dated: bool) -> list[dict[str, Any]]:
    """The forms and words of all text columns, how often each, with an example."""
    keys = [f"{name}_{what}" for name in names for what in ("form", "token")] + ["date_form"] * dated
    totals: dict[str, ibis.Value] = {"rows": table.count()}
    totals |= {f"{name}_example": table[f"{name}_text"].max() for name in names}
    if dated:
        totals |= {"first": table.number1.max(), "second": table.number2.max(), "date_example": table.date_text.max()}
    counted: list[dict[str, Any]] = table.group_by(*keys).agg(**totals).to_pyarrow().to_pylist()
    return counted


def _texts(part: Part, name: str, counted: Sequence[Mapping[str, Any]], decimal: str) -> Texts:
    forms: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for each in counted:
        forms[each[f"{name}_form"]] += each["rows"]
        examples[each[f"{name}_form"]] = max(examples.get(each[f"{name}_form"], ""), each[f"{name}_example"] or "")
    tokens = {each[f"{name}_token"] for each in counted if each[f"{name}_form"] != "none"}
    words = {each[f"{name}_token"] for each in counted if each[f"{name}_form"] == "none"}
    currencies = {token: CURRENCIES[key] for token in tokens if (key := token.casefold()) in CURRENCIES}
    blanks = [word for word in words if word.casefold() in BLANKS]
    return Texts(_decimal(part, name, forms, examples, decimal), currencies, blanks)


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
    first, second = (max(each[key] or 0 for each in with_slashes) for key in ("first", "second"))
    if (first > 12) != (second > 12):
        return "dmy" if first > 12 else "mdy"
    if any("а" <= letter <= "я" for title in part.layout.titles for letter in title.casefold()):
        return "dmy"
    raise RecipeError(
        Text("dates can be read in two ways: the day or the month may come first"),
        where=f"{part.name}, {part.layout.title('date')}",
        got=quoted(max(each["date_example"] for each in with_slashes)),
        remedy=Text("Say which: --dates dmy or --dates mdy"),
    )


def is_text(value: ibis.Value) -> bool:
    """Whether a column holds texts."""
    return bool(value.type().is_string())


def blank(kind: str = "string") -> ibis.Value:
    """Nothing, as a column."""
    return required("ibis").null(kind)
