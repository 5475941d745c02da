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
    named = bases(titles, grid, top, net)
    first = next(iter(named.values()), ("", ""))
    for title in dict.fromkeys(titles.values()):
        column = next(column for column, each in titles.items() if each == title)
        if column in named and named[column][0] != first[0]:
            yield _remark(column, title, named[column][0], first)


def vat_differs_from(first: tuple[Basis, str], titles: Mapping[int, str], grid: Grid, top: int) -> Remark | None:
    """One warning where the columns of another sheet are on another basis than those of the client table.

    Parameters
    ----------
    first
        The basis of the client table's revenue and the text that says it; blank where nothing does.
    titles, grid, top
        As of `vat_differs`.
    """
    for column, (basis, text) in bases(titles, grid, top).items() if first[0] else ():
        if basis != first[0]:
            return _remark(column, text, basis, first)
    return None


def bases(titles: Mapping[int, str], grid: Grid, top: int, net: Collection[int] = ()) -> dict[int, tuple[Basis, str]]:
    """Column to its basis and the text that says it, for the columns of which anything says it; VAT was subtracted
    from those in `net`.

    >>> bases({1: "Sales", 2: "Budget"}, Grid("S", [["All amounts incl. VAT"], ["Client", "Sales", "Budget"]]), 1)
    {1: ('gross', 'All amounts incl. VAT'), 2: ('gross', 'All amounts incl. VAT')}
    """
    around = {basis: text for text, clause in clauses_around(grid, top) if (basis := vat_around(clause))}
    of_table: tuple[Basis, str] = next(iter(around.items())) if len(around) == 1 else ("", "")
    said = ((column, "net" if column in net else vat_of(title), title) for column, title in titles.items())
    named = {column: (own, title) if own else of_table for column, own, title in said}
    return {column: each for column, each in named.items() if each[0]}


def vat_against(said: tuple[Basis, str], first: tuple[Basis, str]) -> list[Text]:
    """The sentence about amounts on another basis than the first ones, where both say theirs.

    >>> [text.render("en") for text in vat_against(("gross", "Sum incl. VAT"), ("net", "Net sales"))]
    ['"Sum incl. VAT" is with VAT, "Net sales" is without; nothing is converted.']
    >>> vat_against(("gross", "Sum incl. VAT"), ("", ""))
    []
    """
    if not said[0] or not first[0] or said[0] == first[0]:
        return []
    return [Text(_BASES[said[0]].message, column=Quoted(said[1]), first=Quoted(first[1]))]


def _remark(column: int, title: str, basis: Basis, first: tuple[Basis, str]) -> Remark:
    [message] = vat_against((basis, title), first)
    return Remark(None, column, "vat-differs", "warning", message, title, _REMEDY)
