"""What the amounts of a field are of: year, part of a year, with or without VAT; as headers and titles say."""

from __future__ import annotations

from typing import NamedTuple

from kam_xl.domain.periods import YEAR
from kam_xl.table.block import Block
from kam_xl.table.headers.period_words import heading_of, is_to_date, months_of_span
from kam_xl.table.headers.titles import months_of_titles, year_of_title
from kam_xl.table.headers.vat import bases
from kam_xl.table.words.matching import unit_of
from kam_xl.table.words.vat import Basis as Vat
from kam_xl.table.words.vat import vat_of


class Basis(NamedTuple):
    """What amounts are of; None and blank where nothing says it. `months` is 0 where a part of a year has no end."""

    year: int | None = None
    months: int | None = None
    vat: Vat = ""


def basis_of_title(title: str) -> Basis:
    """What a header says by itself.

    >>> basis_of_title("Выручка, 10 мес. 2026 г., без НДС"), basis_of_title("Sales YTD").months
    (Basis(year=2026, months=10, vat='net'), 0)
    >>> basis_of_title("Revenue H1 2026").months, basis_of_title("Sales Jan-Dec 2025").months
    (6, None)
    """
    heading, to_date = heading_of(title), is_to_date(title)
    months = months_of_span(title) or (heading.months if heading else None) or 0
    return Basis(unit_of(title).year, _part(months, known=to_date), vat_of(title))


def basis_of(block: Block, field: str) -> Basis:
    """What the amounts of a field are of; what stands above a table tells the period of its revenue."""
    column, settled = block.header.fields[field], block.settled
    titles = [block.header.titles[part] for part in settled.made_of.get(column, (column,))]
    own = basis_of_title(titles[0] if len(titles) == 1 else "")
    year, months = settled.unit(column).year, own.months
    if field == "revenue":
        year = year or year_of_title(block.grid, block.header)
        months = _part(settled.months or months_of_titles(block.grid, settled)) if months is None else months
    net = [at for at in range(len(titles)) if column in settled.net]
    said = bases(dict(enumerate(titles)), block.grid, block.header.top, net)
    return Basis(year, months, next(iter(said.values()))[0] if said else "")


def _part(months: int, *, known: bool = False) -> int | None:
    return months if known or 0 < months < YEAR else None
