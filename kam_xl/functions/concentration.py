"""How much of the revenue depends on a few clients."""
# ruff: noqa: N802 (functions of a spreadsheet are upper case)

from __future__ import annotations

from kam_xl.domain import concentration
from kam_xl.functions.arguments import IMPOSSIBLE, Answer, Cells, amounts, each, flag, is_range
from kam_xl.functions.options import SETTINGS, settings_of
from kam_xl.functions.registry import Example, function
from kam_xl.functions.shares import REVENUE
from kam_xl.locale import Text

_REVENUES = Text("The revenue of all clients: their column without its header.")


@function(
    Text(
        "Concentration risk: the Herfindahl-Hirschman index of the clients' revenue shares, from 1/N (all equal) to 1 "
        "(one client). Blank and negative revenues do not count."
    ),
    Example(("{revenues}",), "index"),
    revenues=_REVENUES,
    normalised=Text(
        "TRUE for the normalised index, which does not depend on the number of clients: from 0 (all equal) to 1."
    ),
)
def KAM_HHI(revenues: Cells, normalised: Cells = None) -> Answer:
    """Herfindahl-Hirschman index of the revenue shares.

    Notes
    -----
    #N/A: no client has revenue, or, normalised, fewer than two do. Section 3, "concentration risk".

    Examples
    --------
    >>> KAM_HHI([50, 50])
    0.5
    """
    return (concentration.normalised_hhi if flag(normalised) else concentration.hhi)(amounts(revenues))


@function(
    Text("Concentration risk: the n largest clients' share of all revenue. Blank and negative revenues do not count."),
    Example(("{revenues}", "1"), "share"),
    revenues=_REVENUES,
    n=Text("How many of the largest clients: a cell or a range, such as 1, 5, 10; if omitted, 1."),
)
def KAM_TOP_SHARE(revenues: Cells, n: Cells = None) -> Answer:
    """The share of the n largest clients in all revenue.

    Notes
    -----
    #N/A: no client has revenue. #NUM!: n is not a whole number of at least 1. Section 3, "concentration risk".

    Examples
    --------
    >>> KAM_TOP_SHARE([50, 30, 20], 2)
    0.8
    """
    known = amounts(revenues)

    def share(count: float | None) -> float | str | None:
        largest = 1.0 if count is None else count
        if largest < 1 or not largest.is_integer():
            return IMPOSSIBLE
        return concentration.top_share(known, int(largest))

    return each(share, n)


@function(
    Text("ABC class of a client by cumulative revenue: A to 80%, B to 95%, C the rest."),
    Example(("{revenues}",), shape=(5, 1)),
    revenue=REVENUE,
    revenues=Text("The revenue of all clients: their column without its header; if omitted, the column in revenue."),
    settings=SETTINGS,
)
def KAM_ABC(revenue: Cells, revenues: Cells = None, settings: Cells = None) -> Answer:
    """ABC class by cumulative revenue.

    Notes
    -----
    The client that crosses a bound belongs to the better class; no revenue (0 or below) is C.
    #N/A: unknown revenue, or a revenue that is not in the column. Section 3, "ABC class".

    Examples
    --------
    >>> KAM_ABC([80, 15, 5, None])
    [['A'], ['B'], ['C'], ['#N/A']]
    """
    rules = settings_of(settings)
    column = amounts(revenues)  # an error in one cell comes through, too
    known = column if is_range(revenues) else amounts(revenue)
    of_revenue = concentration.abc_classes(known, rules)
    classes = {one: concentration.abc_class(one, of_revenue) for one in known}
    return each(lambda one: _code(classes.get(one)), revenue)


def _code(member: object) -> str | None:
    return None if member is None else str(member)
