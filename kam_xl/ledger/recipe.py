"""The recipe of an import: what the columns are, who sells, who competes, which period, in a TOML file.

A recipe is written once and used every month; options of the command line override it. All keys may be left out;
a reading file, as `kam-xl read` writes it of a ledger, is a recipe, too::

    period = "2025"
    by = "month"                      # year, quarter or month; else year for markets, month for invoices
    currency = "RUB"                  # take only the rows in this currency
    vat = "excl"                      # take only the rows with this VAT basis: excl or incl
    decimal = ","                     # where amounts can be read in two ways
    dates = "dmy"                     # where dates can: dmy or mdy
    cents = "yes"                     # where amounts may be in cents: yes or no
    categories = ["IT *", "Software*"]
    where = ["Status!=Test", "Region=North|South"]
    client = "Nordwerk"               # where no column names it; "{file}" is the name of each file

    [columns]                         # own headers; several of client together make the client
    client = ["Body", "Unit"]
    amount = "Paid"
    date = { column = "C" }

    [rates]                           # what one unit of a currency is worth
    USD = 92.5

    [seller]
    name = "Nordwerk"
    match = ["nordwerk", "nordwerk *"]
    numbers = ["7701234567"]

    [[competitors]]
    name = "Capita"
    match = ["capita", "capita *"]
    except = ["capital *"]

    [clients]
    number = "C"                      # ids C0001, C0002 … by name, where the ledger has none
    [clients.same]                    # two spellings of one client
    "Romashka OOO" = "ООО Ромашка"
    [clients.about.cabinetoffice]     # by the first column of the client, or by its whole name
    name = "Cabinet Office"
    industry = "Central government"
    territory = "London"
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from pathlib import Path
from typing import Any

from kam_xl.ledger.columns.fields import FIELDS
from kam_xl.ledger.counts.periods import STEPS
from kam_xl.ledger.errors import RecipeError
from kam_xl.locale import Text
from kam_xl.table.mapping import meant, read_mapping_file


@dataclass(frozen=True)
class Party:
    """A seller: its name, patterns of names (`kam_xl.ledger.parties.company_names`), its company numbers."""

    name: str
    match: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    @property
    def has_rules(self) -> bool:
        """Whether the user said how to know it."""
        return bool(self.match or self.numbers)


@dataclass(frozen=True)
class About:
    """What the ledger does not say about a client."""

    name: str = ""
    industry: str = ""
    territory: str = ""
    manager: str = ""


@dataclass(frozen=True)
class Recipe:
    """See the module."""

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    seller: Party | None = None
    competitors: tuple[Party, ...] = ()
    categories: tuple[str, ...] = ()
    period: str = ""
    by: str = ""
    currency: str = ""
    vat: str = ""
    decimal: str = ""
    dates: str = ""
    cents: str = ""
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    number: str = ""
    same: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, About] = field(default_factory=dict)
    where: tuple[str, ...] = ()
    client: str = ""
    kind: str = ""
    sheet: str = ""
    encoding: str = ""

    @property
    def parties(self) -> tuple[Party, ...]:
        """The seller, then the competitors."""
        return (*((self.seller,) if self.seller else ()), *self.competitors)


CHOICES = {
    "by": tuple(STEPS),
    "vat": ("excl", "incl"),
    "dates": ("dmy", "mdy"),
    "decimal": (",", "."),
    "cents": ("yes", "no"),
}
_PARTY = {"name": "name", "match": "match", "except": "exclude", "numbers": "numbers"}


def read_recipe(path: Path) -> Recipe:
    """A recipe from its file.

    Raises
    ------
    RecipeError, MappingError
        Where the file is not TOML, or holds what no recipe has.
    """
    given = read_mapping_file(path)
    reader = _Reader(path)
    plain = _of_reading_file(given)
    clients = reader.section(given, "clients", ("number", "same", "about"))
    plain |= {name: reader.word(given, name) for name in _PLAIN if name in given}
    columns = reader.columns(given)
    reader.refuse_unknown(
        (given, ("columns", "rates", "seller", "competitors", "categories", "clients", "where", *_PLAIN)),
        (columns, {name: None for each in FIELDS.values() for name in each}),
    )
    return checked(
        Recipe(
            columns=columns,
            seller=reader.party(given["seller"]) if "seller" in given else None,
            competitors=tuple(map(reader.party, given.get("competitors", ()))),
            categories=reader.words(given, "categories"),
            where=reader.words(given, "where"),
            rates={code: reader.number(given["rates"], code) for code in given.get("rates", {})},
            number=reader.word(clients, "number"),
            same={key: reader.word(clients["same"], key) for key in clients.get("same", {})},
            about={key: reader.about(each) for key, each in clients.get("about", {}).items()},
            **plain,
        ),
        str(path),
    )


_PLAIN = ("period", "by", "currency", "vat", "decimal", "dates", "cents", "client", "kind", "encoding")


def _of_reading_file(given: dict[str, Any]) -> dict[str, str]:
    """What a reading file says in other words than a recipe (see `kam_xl.table.mapping`), taken out of it."""
    sheets, day_first = given.pop("sheets", []), given.pop("day_first", None)
    given.pop("header_rows", None)  # found by the headers
    settings = {"sheet": str(sheets[0])} if sheets else {}
    return settings | ({} if day_first is None else {"dates": "dmy" if day_first else "mdy"})


def checked(recipe: Recipe, where: str = "") -> Recipe:
    """The recipe itself, where every choice is one of those there are.

    Raises
    ------
    RecipeError
    """
    for name, allowed in CHOICES.items():
        value = getattr(recipe, name)
        if value and value not in allowed:
            raise RecipeError(
                Text("this is not one of the choices for {name}", name=name),
                where=where,
                got=value,
                remedy=Text("Use one of: {names}.", names=allowed),
            )
    return recipe


class _Reader:
    """Values of a TOML file, refused where they are not what they should be."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)

    def refuse_unknown(self, *parts: tuple[Mapping[str, Any], Collection[str]]) -> None:
        """Stop where parts of the recipe have keys that are not known: all of them at once."""
        unknown = [(name, known) for given, known in parts for name in given if name not in known]
        if not unknown:
            return
        what, values = Text("the recipe has an unknown key"), {"got": unknown[0][0]}
        if len(unknown) > 1:
            what, values = Text("the recipe has unknown keys: {names}", names=[name for name, _ in unknown]), {}
        raise RecipeError(what, where=self._path, **values, remedy=meant(unknown))

    def section(self, given: Mapping[str, Any], name: str, known: Any) -> Mapping[str, Any]:
        values = given.get(name, {})
        if not isinstance(values, dict):
            raise self._wrong(name, values, Text("a section"))
        self.refuse_unknown((values, known))
        return values

    def columns(self, given: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
        """The headers of each field; `{ column = "B" }` names a column by its letter and becomes "B:B"."""
        columns = given.get("columns", {})
        if not isinstance(columns, dict):
            raise self._wrong("columns", columns, Text("a section"))
        plain = {
            name: f"{value['column']}:{value['column']}" if isinstance(value, dict) and "column" in value else value
            for name, value in columns.items()
        }
        return {name: self.words(plain, name) for name in plain}

    def word(self, given: Mapping[str, Any], name: str) -> str:
        value = given.get(name, "")
        if not isinstance(value, (str, int)) or isinstance(value, bool):
            raise self._wrong(name, value, Text("a text"))
        return str(value)

    def words(self, given: Mapping[str, Any], name: str) -> tuple[str, ...]:
        value = given.get(name, ())
        several = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, (list, tuple)) else None
        if several is None or not all(isinstance(each, (str, int)) for each in several):
            raise self._wrong(name, value, Text("a text or a list of texts"))
        return tuple(map(str, several))

    def number(self, given: Mapping[str, Any], name: str) -> Decimal:
        value = given[name]
        if not isinstance(value, (int, float)) or isinstance(value, bool) or value <= 0:
            raise self._wrong(name, value, Text("a number above 0"))
        return Decimal(str(value))

    def party(self, given: Any) -> Party:
        if not isinstance(given, dict) or not given.get("name"):
            raise self._wrong("name", given, Text("a section with a name"))
        self.refuse_unknown((given, _PARTY))
        return Party(self.word(given, "name"), *(self.words(given, key) for key in ("match", "except", "numbers")))

    def about(self, given: Any) -> About:
        known = [each.name for each in fields(About)]
        if not isinstance(given, dict):
            raise self._wrong("about", given, Text("a section"))
        self.refuse_unknown((given, known))
        return About(**{name: self.word(given, name) for name in given})

    def _wrong(self, name: str, value: object, wanted: Text) -> RecipeError:
        return RecipeError(Text("{name} must be {wanted}", name=name, wanted=wanted), where=self._path, got=value)
