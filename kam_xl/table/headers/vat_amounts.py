"""Amounts without VAT from a column with VAT and the VAT itself beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import isclose

from kam_xl.locale import Text
from kam_xl.table.finding import Remark
from kam_xl.table.headers.header import Header
from kam_xl.table.values.cells import Cell
from kam_xl.table.values.column_values import value_of
from kam_xl.table.words.matching import MONEY, Unit
from kam_xl.table.words.vat import vat_around, vat_of

# No VAT is more than this share of the amount that it is in: 27% of the amount without it.
_HIGHEST = 0.27 / 1.27 + 0.005
# So much of the amounts must have a VAT that fits them.
_MOSTLY = 0.9
# Rates of VAT, in per cent or as fractions, are no larger; a small amount is told from one by being so near to a rate.
_HIGHEST_RATE, _EXACT = 30, 0.005
_BLANK = Text("The VAT is blank: what {gross:money} is without it counts as unknown.")
_UNCLEAR = Text("{tax:money} cannot be the VAT in {gross:money}: the amount without VAT counts as unknown.")
_UNCLEAR_REMEDY = Text("Enter the VAT of this row, 0 where there is none.")


def tax_beside(
    header: Header, column: int, columns: Sequence[Sequence[Cell]], unit_of: Callable[[int], Unit]
) -> int | None:
    """The column of the VAT that is in the amounts of another one: beside it, and mostly of the right size.

    Parameters
    ----------
    header : Header
    column : int
        A column of amounts that its header, or that of the VAT ("of which VAT"), says to be with VAT.
    columns : sequence of columns
        All cells below the header.
    unit_of : callable
        The unit of a column; VAT that names none is in that of the amount.
    """
    titles, taxes = header.titles, header.columns_of("tax")
    of_another = column > 1 and column - 2 in header.matches and header.matches[column - 2].field in MONEY
    beside = (column + 1,) if of_another else (column + 1, column - 1)
    ours = [at for at in beside if at in taxes and _is_of(titles, column, at)]
    scale = unit_of(column).scale or 1.0
    scales = {at: (unit_of(at).scale or scale) / scale for at in ours}
    return next((at for at in ours if _fits(columns[column], columns[at], scales[at])), None)


def _is_of(titles: Sequence[str], column: int, tax: int) -> bool:
    own = vat_of(titles[column])
    return own == "gross" or (not own and vat_around(titles[tax]) == "gross")


def _fits(gross: Sequence[Cell], tax: Sequence[Cell], scale: float) -> bool:
    """Whether most cells hold VAT amounts, not rates of VAT: small numbers must be what a rate makes of the amount."""
    pairs = [(whole, part) for a, b in zip(gross, tax, strict=True) if (whole := value_of(a)) and (part := value_of(b))]
    may_be_rates = all(0 < part <= _HIGHEST_RATE for _, part in pairs)
    fits = _is_at_a_rate if may_be_rates else is_share_of
    return bool(pairs) and sum(fits(whole, part * scale) for whole, part in pairs) >= len(pairs) * _MOSTLY


def _is_at_a_rate(gross: float, tax: float) -> bool:
    net = gross - tax
    return any(isclose(tax * 100, rate * net, rel_tol=_EXACT) for rate in range(1, _HIGHEST_RATE))


def is_share_of(gross: float, tax: float) -> bool:
    """Whether a tax can be the VAT within an amount.

    >>> is_share_of(120.0, 20.0), is_share_of(120.0, 100.0), is_share_of(-120.0, -20.0), is_share_of(120.0, 0.0)
    (True, False, True, True)
    """
    return abs(tax) <= abs(gross) * _HIGHEST and tax * gross >= 0


def less_vat(columns: Sequence[list[float | None]]) -> list[float | None]:
    """Amounts with VAT less the VAT; unknown where either is, or where the VAT cannot be theirs.

    >>> less_vat([[120.0, 110.0, 50.0], [20.0, None, 49.0]])
    [100.0, None, None]
    """
    return [
        gross - tax if gross is not None and tax is not None and is_share_of(gross, tax) else None
        for gross, tax in zip(*columns, strict=True)
    ]


def unclear(gross: Sequence[float | None], tax: Sequence[float | None], column: int) -> Iterator[Remark]:
    """An error for each amount with VAT whose VAT is blank or cannot be its own."""
    for row, (whole, part) in enumerate(zip(gross, tax, strict=True)):
        if whole and (part is None or not is_share_of(whole, part)):
            said = _BLANK if part is None else _UNCLEAR
            message = Text(said.message, tax=part, gross=whole)
            yield Remark(row, column, "vat-unclear", "error", message, part, _UNCLEAR_REMEDY)
