"""Names of tables: every table of a workbook has a name and a number of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kam_xl.engines.file.parts.names.defined_names import DefinedNames
from kam_xl.ooxml import xml
from kam_xl.ooxml.form import hole
from kam_xl.ooxml.package import Package

_COPY_NUMBER = re.compile(r"_\d+$")


@dataclass(frozen=True, slots=True)
class TableHead:
    """What a table is called (its display name, which formulas use), and its number."""

    part: str
    name: str
    number: int

    @property
    def name_key(self) -> str:
        """The key of the hole for the name in the texts of a copy."""
        return f"table {self.name}"

    @property
    def number_key(self) -> str:
        """The key of the hole for the number."""
        return f"number of {self.part}"

    def mark(self, text: str) -> str:
        """The table's text with holes for its name and number."""
        name, number = hole(self.name_key), hole(self.number_key)
        return xml.set_attributes(text, xml.root(text), {"id": number, "name": name, "displayName": name})


def head(part: str, text: str) -> TableHead:
    """The head of a table part.

    >>> head("xl/tables/table1.xml", '<table id="3" name="Sales" displayName="Sales" ref="A1:B2"/>')
    TableHead(part='xl/tables/table1.xml', name='Sales', number=3)
    """
    attributes = xml.attributes(xml.tag(text, xml.root(text)))
    number = attributes.get("id", "")
    return TableHead(
        part, attributes.get("displayName", attributes.get("name", "")), int(number) if number.isdigit() else 0
    )


def all_heads(package: Package) -> list[TableHead]:
    """The heads of all tables of a workbook."""
    parts = [part for part in package.names() if package.content_type(part).endswith(".table+xml")]
    return [head(part, package.text(part)) for part in parts]


class TableNames:
    """The names and numbers that tables may no longer have in a workbook.

    >>> names = TableNames(["Sales", "Sales_2"], highest=2)
    >>> names.fresh("sales"), names.fresh("Sales_2"), names.fresh("Costs"), names.number()
    ('sales_3', 'Sales_4', 'Costs', 3)
    """

    def __init__(self, taken: Iterable[str] = (), highest: int = 0) -> None:
        self._taken = {name.casefold() for name in taken}
        self._highest = highest
        self._next: dict[str, int] = {}

    @classmethod
    def of(cls, package: Package, defined_names: DefinedNames) -> TableNames:
        """The names in use: of tables, and defined names, which must differ from them."""
        heads = all_heads(package)
        names = [table.name for table in heads] + [defined.name for defined in defined_names.of(None)]
        return cls(names, max((table.number for table in heads), default=0))

    def fresh(self, like: str) -> str:
        """The name as given if it is free, else with the next free number."""
        name, base = like, _COPY_NUMBER.sub("", like)
        number = self._next.get(base.casefold(), 2)
        while name.casefold() in self._taken:
            name, number = f"{base}_{number}", number + 1
            self._next[base.casefold()] = number
        self._taken.add(name.casefold())
        return name

    def number(self) -> int:
        """The next free number."""
        self._highest += 1
        return self._highest
