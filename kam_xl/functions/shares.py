"""Measures of one client or of a column of clients."""
# ruff: noqa: N802 (functions of a spreadsheet are upper case)

from __future__ import annotations

from kam_xl.domain import measures
from kam_xl.functions import arguments
from kam_xl.functions.arguments import Answer, Cells, each
from kam_xl.functions.registry import Example, function
from kam_xl.locale import Text

REVENUE = Text("Revenue from the client in the period: a cell or a column.")
BUDGET = Text("The client's procurement budget for what we sell, in the same period: a cell or a column.")
TOTAL = Text(
    "The revenue of all clients: their column without its header, or its total; if omitted, the column in revenue."
)


@function(
    Text(
        "Penetration index (share of wallet): our revenue from a client as a share of its procurement budget. "
        "Above 1 the budget is understated."
    ),
    Example(("{revenue}", "{procurement_budget}"), "share"),
    each_cell=True,
    revenue=REVENUE,
    budget=BUDGET,
)
def KAM_PENETRATION(revenue: Cells, budget: Cells) -> Answer:
    """Penetration index (share of wallet).

    Notes
    -----
    #N/A: unknown revenue or budget, or both 0 (no demand). #NUM!: a negative amount, or revenue without budget.
    Section 3, "penetration index".

    Examples
    --------
    >>> KAM_PENETRATION(30, 120)
    0.25
    >>> KAM_PENETRATION([[30], [-5], [None]], [[120], [100], [100]])
    [[0.25], ['#NUM!'], ['#N/A']]
    """
    return each(measures.penetration, revenue, budget)


@function(
    Text(
        "A client's share of the revenue of all clients, regardless of filters. Negative and blank revenues are "
        "left out of the total."
    ),
    Example(("{revenue}", "{revenues}"), "share"),
    revenue=REVENUE,
    total=TOTAL,
)
def KAM_REVENUE_SHARE(revenue: Cells, total: Cells = None) -> Answer:
    """A client's share of the revenue of all clients.

    Notes
    -----
    #N/A: unknown revenue or total. #NUM!: negative revenue, or revenue where the total is 0. Section 3.

    Examples
    --------
    >>> KAM_REVENUE_SHARE(10, 100)
    0.1
    >>> KAM_REVENUE_SHARE([10, 30, None])
    [[0.25], [0.75], ['#N/A']]
    """
    whole = arguments.total(total, revenue)
    return each(lambda part: measures.revenue_share(part, whole), revenue)


@function(
    Text("Competitors' share of a client's procurement budget."),
    Example(("{competitor_revenue}", "{procurement_budget}"), "share"),
    each_cell=True,
    competitor_revenue=Text("What competitors earn from the client: a cell or a column."),
    budget=BUDGET,
)
def KAM_COMPETITOR_SHARE(competitor_revenue: Cells, budget: Cells) -> Answer:
    """Competitors' share of a client's procurement budget.

    Notes
    -----
    #N/A: unknown amounts, or both 0. #NUM!: a negative amount, or competitor revenue without budget. Section 3.

    Examples
    --------
    >>> KAM_COMPETITOR_SHARE(30, 120)
    0.25
    """
    return each(measures.competitor_share, competitor_revenue, budget)


@function(
    Text("What a client still buys elsewhere, in money: procurement budget less revenue, never below zero."),
    Example(("{revenue}", "{procurement_budget}"), "money"),
    each_cell=True,
    revenue=REVENUE,
    budget=BUDGET,
)
def KAM_HEADROOM(revenue: Cells, budget: Cells) -> Answer:
    """What a client still buys elsewhere.

    Notes
    -----
    Errors as those of KAM_PENETRATION; without revenue and budget the headroom is 0. Section 3.

    Examples
    --------
    >>> KAM_HEADROOM(30, 120)
    90.0
    """
    return each(measures.headroom, revenue, budget)
