"""The columns that say who: as the ledger spells them, and without spaces and words for nobody.

DuckDB compares texts that stand in a file many times faster than texts that it makes of them. So ledgers are summed by
names as they are spelt, and only the few sums are cleaned and summed again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from kam_xl.ledger.cells.reading import NOBODY, Reading, column, is_text
from kam_xl.ledger.columns.fields import ABOUT
from kam_xl.ledger.packages import required
from kam_xl.ledger.sources.sources import Part

if TYPE_CHECKING:
    import ibis

TEXTS = ("supplier", "supplier_id", "category", "number", *ABOUT)
# Of the client's name in a constant: the name of the file.
_FILE = "{file}"
# The texts of columns that are blank when cleaned, by column, as far as they are known.
Lost = Mapping[str, Sequence[str]]


def client_columns(table: ibis.Table) -> list[str]:
    """The columns that make the client's name together."""
    return [name for name in table.columns if name.startswith("client_") and name != "client_id"]


def spelt(part: Part, width: int, client: str) -> dict[str, ibis.Value]:
    """The columns that say who, as they are spelt: client, supplier, and what describes them.

    `width` is how many columns make the client's name, `client` that of all rows, where no column has it.
    """
    fields = part.layout.fields
    clients = _clients(part, client)
    clients += [constant("")] * (width - len(clients))
    return {
        **{f"client_{place}": each for place, each in enumerate(clients, start=1)},
        "client_id": _id(column(part, "client_id")) if "client_id" in fields and not client else constant(""),
        **{name: as_text(column(part, name)) if name in fields else constant("") for name in TEXTS},
    }


def _clients(part: Part, client: str) -> list[ibis.Value]:
    if client == _FILE:
        if "file" not in part.table.columns:
            return [constant(part.name)]
        stems = {file: Path(path).stem for file, path in part.places.items()}
        return [part.table["file"].cases(*stems.items(), else_="")]
    if client:
        return [constant(client)]
    return [as_text(part.table[part.columns[place]]) for place in part.layout.fields.get("client", ())]


def constant(text: str) -> ibis.Value:
    """A text that is the same in all rows."""
    return required("ibis").literal(text, "string")


def as_text(value: ibis.Value) -> ibis.Value:
    """A column as text; a number without decimals it does not have."""
    kind = value.type()
    if kind.is_floating() or kind.is_decimal():
        value = value.cast("int64")
    return value.cast("string")


def trimmed(value: ibis.Value) -> ibis.Value:
    """A column as text without spaces around it, never null."""
    return as_text(value).strip().fill_null("")


def _id(value: ibis.Value) -> ibis.Value:
    """An id as text: 13085.0 is 13085."""
    text = as_text(value)
    return text.re_replace(r"^\s*([0-9]+)\.0+\s*$", r"\1") if is_text(value) else text


def named(text: ibis.Value, lost: Sequence[str] | None) -> ibis.Value:
    """A name; blank where a program wrote NULL, nan or N/A. `lost` are all texts of the column that mean nobody."""
    name = trimmed(text)
    if lost is None:
        return name.lower().isin(NOBODY).ifelse("", name)
    return text.isin(lost).ifelse("", name) if lost else name


def cleaned_names(names: Mapping[str, ibis.Value], lost: Lost) -> dict[str, ibis.Value]:
    """Columns that say who, cleaned."""
    return {
        name: trimmed(text) if name in TEXTS else named(text, lost.get(name))
        for name, text in names.items()
        if name in TEXTS or name.startswith("client_")
    }


def cleaned(table: ibis.Table, lost: Lost) -> ibis.Table:
    """A table with its columns that say who cleaned."""
    return table.mutate(**cleaned_names({name: table[name] for name in table.columns}, lost))


def lost_of(parts: Sequence[Part], readings: Sequence[Reading], width: int, client: str) -> Lost:
    """The texts that are blank when cleaned, of the columns that make payments somebody's, where they are known."""
    places = {f"client_{place}": ("client", place - 1) for place in range(1, width + 1)}
    places |= {name: (name, 0) for name in ("client_id", "supplier", "supplier_id")}
    texts_of: dict[str, set[str]] = {name: set() for name in places}
    for (part, reading), (name, (field, at)) in product(zip(parts, readings, strict=True), places.items()):
        own = part.layout.fields.get(field, ())[at : at + 1] if not (client and name.startswith("client")) else ()
        if not own:
            texts_of.get(name, set()).add("")
        for place in own:
            if part.columns[place] not in reading.nobody:
                texts_of.pop(name, None)
            texts_of.get(name, set()).update(reading.nobody.get(part.columns[place], ()))
    return {name: sorted(texts) for name, texts in texts_of.items()}


def is_blank(text: ibis.Value, lost: Sequence[str] | None) -> ibis.Value:
    """Whether a name is blank; `lost` are the texts that are, of one as it is spelt, and None of a cleaned one."""
    if lost is None:
        return text == ""
    return text.isnull() | text.isin(lost) if lost else text.isnull()
