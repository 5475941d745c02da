"""Status, position, potential and strategy of one client or of a column of clients."""
# ruff: noqa: N802 (functions of a spreadsheet are upper case)

from __future__ import annotations

from kam_xl.domain import measures, ratings
from kam_xl.domain.strategy import strategy
from kam_xl.functions import cells
from kam_xl.functions.cells import Answer, Cells, each, label, rating
from kam_xl.functions.options import LANGUAGE, SETTINGS, potential_bounds, settings_of, spoken
from kam_xl.functions.registry import function
from kam_xl.functions.shares import BUDGET, REVENUE, TOTAL
from kam_xl.locale import Text


@function(
    Text(
        "Actual account (it contributes considerably already) or potential account: by the client's share of the sales "
        "plan, of all revenue where there is no plan."
    ),
    revenue=REVENUE,
    total=TOTAL,
    sales_plan=Text("Planned revenue from the client in the period: a cell or a column."),
    total_plan=Text("The sales plan of all clients: their column, or its total; left out: the column before."),
    settings=SETTINGS,
    language=LANGUAGE,
)
def KAM_STATUS(
    revenue: Cells,
    total: Cells = None,
    sales_plan: Cells = None,
    total_plan: Cells = None,
    settings: Cells = None,
    language: Cells = None,
) -> Answer:
    """Actual or potential account.

    Parameters
    ----------
    revenue : amounts
    total : amounts, optional
        The column of all revenues or its total; by default the column `revenue` itself.
    sales_plan, total_plan : amounts, optional
        The same of the sales plan, which goes before revenue.
    settings, language : optional

    Returns
    -------
    text or range of texts

    Notes
    -----
    #N/A: neither share is known. #NUM!: a negative amount. Section 2, "actual or potential".

    Examples
    --------
    >>> KAM_STATUS(10, 1000, None, None, None, "en")
    'Actual'
    >>> KAM_STATUS(10, 1000, 4, 1000, None, "en")
    'Potential'
    """
    rules, lang = settings_of(settings), spoken(language, settings)
    whole, whole_plan = cells.total(total, revenue), cells.total(total_plan, sales_plan)

    def status(earned: float | None, planned: float | None) -> str | None:
        measures.revenue_share(earned, whole)  # numbers that cannot be right are errors here, not unknown ones
        measures.plan_share(planned, whole_plan)
        return label(ratings.status_of(earned, whole, planned, whole_plan, rules), lang)

    return each(status, revenue, sales_plan)


@function(
    Text("How we stand with a client by its penetration index: strong, medium or weak."),
    penetration=Text("Penetration index as a fraction: a cell or a column."),
    settings=SETTINGS,
    language=LANGUAGE,
)
def KAM_POSITION(penetration: Cells, settings: Cells = None, language: Cells = None) -> Answer:
    """How we stand with a client: strong, medium or weak.

    Parameters
    ----------
    penetration : fractions
    settings, language : optional

    Returns
    -------
    text or range of texts

    Notes
    -----
    #N/A: unknown index. #NUM!: a negative one. Section 3, "position".

    Examples
    --------
    >>> KAM_POSITION([0.5, 0.2, 0.19], None, "en")
    [['Strong'], ['Medium'], ['Weak']]
    """
    rules, lang = settings_of(settings), spoken(language, settings)
    return each(lambda index: label(ratings.position_of(index, rules), lang), penetration)


@function(
    Text(
        "What a client can give by its procurement budget: high, medium or low, by two amounts in the settings or by "
        "the budgets of all clients (percentiles 80 and 50)."
    ),
    budget=BUDGET,
    budgets=Text("The procurement budgets of all clients; left out: the column before."),
    settings=SETTINGS,
    language=LANGUAGE,
)
def KAM_POTENTIAL(budget: Cells, budgets: Cells = None, settings: Cells = None, language: Cells = None) -> Answer:
    """What a client can give: high, medium or low.

    Parameters
    ----------
    budget : amounts
    budgets : amounts, optional
        All clients' budgets, for the percentiles; by default the column `budget` itself.
    settings, language : optional

    Returns
    -------
    text or range of texts

    Notes
    -----
    #N/A: unknown budget, or one cell with no bounds to compare it with. #NUM!: a negative budget. Section 3,
    "potential".

    Examples
    --------
    >>> KAM_POTENTIAL(40, [10, 20, 30, 40, 50], None, "en")
    'High'
    """
    rules, lang = settings_of(settings), spoken(language, settings)
    bounds = potential_bounds(budgets if budgets is not None else budget, rules)
    return each(lambda one: label(ratings.potential_of(one, bounds), lang), budget)


@function(
    Text("What to do with a client by our position and its potential, for example strong and high: defend and extend."),
    position=Text("Strong, medium or weak: a cell or a column."),
    potential=Text("High, medium or low: a cell or a column."),
    language=LANGUAGE,
)
def KAM_STRATEGY(position: Cells, potential: Cells, language: Cells = None) -> Answer:
    """The standard strategy for a client.

    Parameters
    ----------
    position, potential : ratings
        Words in either language, as the other functions give them.
    language : optional

    Returns
    -------
    text or range of texts

    Notes
    -----
    #N/A: a missing rating. #VALUE!: an unknown word. Section 4.

    Examples
    --------
    >>> KAM_STRATEGY("Strong", "High", "en")
    'Defend and extend'
    """
    lang = spoken(language)
    return each(
        lambda ours, theirs: label(strategy(ours, theirs), lang),
        position,
        potential,
        read=(rating("position"), rating("potential")),
    )
