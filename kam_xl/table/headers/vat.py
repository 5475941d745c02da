"""Money columns on one basis: whether headers and titles say that amounts are with or without VAT."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from kam_xl.locale import Quoted, Text
from kam_xl.table.finding import Remark
from kam_xl.table.grid import Grid
from kam_xl.table.headers.units import clauses_around
from kam_xl.table.words.vat import Basis, vat_around, vat_of

_BASES: Mapping[str, Text] = {
    "gross": Text("{column} is with VAT, {first} is without; nothing is converted."),
    "net": Text("{column} is without VAT, {first} is with it; nothing is converted."),
}
_REMEDY = Text("Bring all amounts to one basis, or one of them looks too large beside the other.")


def vat_differs(titles: Mapping[int, str], grid: Grid, top: int, net: Collection[int] = ()) -> Iterator[Remark]:
    """A warning for each money column with VAT beside the first that is without, or the other way round.

    Parameters
    ----------
    titles : mapping
        Column to its header, revenue first.
    grid : Grid
    top : int
        The row where the header begins: what stands above the table counts for columns that do not say it.
    net : collection of int, optional
        The columns that VAT was subtracted from.

    Examples
    --------
    >>> [remark.column for remark in vat_differs({1: "Sales incl. VAT", 2: "Budget excl. VAT"}, Grid("S", []), 0)]
    [2]
    """
    around = {basis: text for text, clause in clauses_around(grid, top) if (basis := vat_around(clause))}
    of_table: Basis = next(iter(around)) if len(around) == 1 else ""
    named: dict[int, tuple[Basis, str]] = {}
    for column, title in titles.items():
        if own := "net" if column in net else vat_of(title):
            named[column] = own, title
        elif of_table:
            named[column] = of_table, around[of_table]
    first, text = next(iter(named.values()), ("", ""))
    for title in dict.fromkeys(titles.values()):
        column = next(column for column, each in titles.items() if each == title)
        if column in named and (basis := named[column][0]) != first:
            message = Text(_BASES[basis].message, column=Quoted(title), first=Quoted(text))
            yield Remark(None, column, "vat-differs", "warning", message, title, _REMEDY)
