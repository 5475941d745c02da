"""Status, position, potential and strategy of one client or of a column of clients."""
# ruff: noqa: N802 (functions of a spreadsheet are upper case)

from __future__ import annotations

from typing import TypeVar

from kam_xl.domain import measures, ratings
from kam_xl.domain.arguments import Rating
from kam_xl.domain.model import Labelled
from kam_xl.domain.strategy import strategy
from kam_xl.functions import arguments
from kam_xl.functions.arguments import Answer, Cells, criteria_of, each, label, rating
from kam_xl.functions.options import LANGUAGE, SETTINGS, potential_bounds, settings_of, spoken
from kam_xl.functions.registry import Example, function
from kam_xl.functions.shares import BUDGET, REVENUE, TOTAL
from kam_xl.locale import Text

R = TypeVar("R", bound=Labelled)


@function(
    Text(
        "Current account (it already contributes considerably) or potential account: by the client's share of the"
        " sales plan, or of all revenue if there is no plan."
    ),
    Example(("{revenue}", "{revenues}", "{sales_plan}", "{sales_plans}", "kam_settings")),
    revenue=REVENUE,
    total=TOTAL,
    sales_plan=Text("Planned revenue from the client in the period: a cell or a column."),
    total_plan=Text("The sales plan of all clients: their column, or its total; if omitted, the column in sales_plan."),
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
    """Current or potential account.

    Notes
    -----
    #N/A: neither share is known. #NUM!: a negative amount. Section 2, "actual or potential".

    Examples
    --------
    >>> KAM_STATUS(10, 1000, None, None, None, "en")
    'Current'
    >>> KAM_STATUS(10, 1000, 4, 1000, None, "en")
    'Potential'
    """
    rules, lang = settings_of(settings), spoken(language, settings)
    whole, whole_plan = arguments.total(total, revenue), arguments.total(total_plan, sales_plan)

    def status(earned: float | None, planned: float | None) -> str | None:
        measures.revenue_share(earned, whole)  # impossible numbers are errors here, not unknown ones
        measures.plan_share(planned, whole_plan)
        return _rated(ratings.rate_status(earned, whole, planned, whole_plan, rules), lang)

    return each(status, revenue, sales_plan)


@function(
    Text("How we stand with a client, judged by its penetration index: strong, medium or weak."),
    Example(("KAM_PENETRATION({revenue},{procurement_budget})", "kam_settings")),
    each_cell=True,
    penetration=Text("Penetration index as a fraction: a cell or a column."),
    settings=SETTINGS,
    language=LANGUAGE,
)
def KAM_POSITION(penetration: Cells, settings: Cells = None, language: Cells = None) -> Answer:
    """How we stand with a client: strong, medium or weak.

    Notes
    -----
    #N/A: unknown index. #NUM!: a negative one. Section 3, "position".

    Examples
    --------
    >>> KAM_POSITION([0.5, 0.2, 0.19], None, "en")
    [['Strong'], ['Medium'], ['Weak']]
    """
    rules, lang = settings_of(settings), spoken(language, settings)
    return each(lambda index: _rated(ratings.rate_position(index, rules), lang), penetration)


@function(
    Text(
        "What a client can give, judged by its procurement budget: high, medium or low, by two amounts in the "
        "settings or by the 80th and 50th percentiles of all clients' budgets."
    ),
    Example(("{procurement_budget}", "{procurement_budgets}", "{revenues}", "kam_settings")),
    budget=BUDGET,
    budgets=Text("The procurement budgets of all clients; if omitted, the column in budget."),
    total=Text(
        "The revenue of all clients, their column or its total: a budget below 1% of it is never rated high by "
        "percentiles; if omitted, only the budgets count."
    ),
    settings=SETTINGS,
    language=LANGUAGE,
)
def KAM_POTENTIAL(
    budget: Cells, budgets: Cells = None, total: Cells = None, settings: Cells = None, language: Cells = None
) -> Answer:
    """What a client can give: high, medium or low.

    Notes
    -----
    Percentiles are those of the budgets above 0.
    #N/A: unknown budget, or one cell with no bounds to compare it with. #NUM!: a negative budget. Section 3,
    "potential".

    Examples
    --------
    >>> KAM_POTENTIAL(40, [10, 20, 30, 40, 50], None, None, "en")
    'High'
    >>> KAM_POTENTIAL(40, [10, 20, 30, 40, 50], 9000, None, "en")
    'Medium'
    """
    rules, lang = settings_of(settings), spoken(language, settings)
    bounds = potential_bounds(budgets if budgets is not None else budget, rules, arguments.total(total))
    return each(lambda one: _rated(ratings.rate_potential(one, bounds), lang), budget)


@function(
    Text("What to do with a client by our position and its potential, for example strong and high: defend and extend."),
    Example(
        (
            "KAM_POSITION(KAM_PENETRATION({revenue},{procurement_budget}),kam_settings)",
            "KAM_POTENTIAL({procurement_budget},{procurement_budgets},{revenues},kam_settings)",
            "",
            "kam_set_language",
        )
    ),
    each_cell=True,
    position=Text("Strong, medium or weak: a cell or a column."),
    potential=Text("High, medium or low: a cell or a column."),
    criteria=Text(
        "The criteria of a key account that the client meets, as KAM_CLASSIFY returns them; if omitted, the "
        "ratings alone decide."
    ),
    language=LANGUAGE,
)
def KAM_STRATEGY(position: Cells, potential: Cells, criteria: Cells = None, language: Cells = None) -> Answer:
    """The standard strategy for a client; a key account is never left to inside sales.

    Notes
    -----
    Words may be in either language, criteria numbers as well.
    #N/A: a missing rating. #VALUE!: an unknown word. Section 4.

    Examples
    --------
    >>> KAM_STRATEGY("Strong", "High", None, "en")
    'Defend and extend'
    >>> KAM_STRATEGY("Weak", "Low", ["", "Expertise"], "en")
    [['Leave to inside sales'], ['Maintain']]
    """
    lang = spoken(language)
    return each(
        lambda ours, theirs, met: label(strategy(ours, theirs, met), lang),
        position,
        potential,
        criteria,
        read=(rating("position"), rating("potential"), criteria_of),
    )


def _rated(rating: Rating[R] | None, lang: str) -> str | None:
    return None if rating is None else label(rating.value, lang)
