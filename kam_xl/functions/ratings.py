"""Criteria, status, position, potential and strategy of one client or of a column of clients."""
# ruff: noqa: N802 (functions of a spreadsheet are upper case)

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

from kam_xl.domain import measures, ratings
from kam_xl.domain.criteria import (
    MarkScale,
    expertise_criterion,
    mark_scale,
    prospect_criterion,
    reference_criterion,
    revenue_criterion,
)
from kam_xl.domain.model import Criterion
from kam_xl.domain.ratings import PotentialBounds
from kam_xl.domain.settings import Settings
from kam_xl.domain.strategy import strategy
from kam_xl.functions import cells
from kam_xl.functions.cells import (
    Answer,
    Cells,
    amount,
    amounts,
    each,
    flag,
    is_range,
    label,
    listed,
    mark,
    rating,
)
from kam_xl.functions.options import LANGUAGE, SETTINGS, settings_of, spoken
from kam_xl.functions.registry import function
from kam_xl.functions.shares import BUDGET, REVENUE, TOTAL
from kam_xl.locale import Text

CRITERIA = tuple(Criterion)
_PENETRATION = Text("Penetration index as a fraction: a cell or a column.")
_MARK = Text("Your own mark: yes, no or a level from 0 to 3; a whole column tells levels from yes and no.")


@function(
    Text(
        "The criteria of a key account that a client meets: revenue, prospect, reference, expertise; empty where it "
        "meets none. The limit is not applied here: see KAM_IS_KEY."
    ),
    revenue=REVENUE,
    total=TOTAL,
    budget=BUDGET,
    potential=Text(
        "The client's potential (high, medium, low); left out: by the settings, or by the column of budgets."
    ),
    reference=_MARK,
    expertise=_MARK,
    codes=Text("TRUE for numbers such as 1,3 instead of words: 1 revenue, 2 prospect, 3 reference, 4 expertise."),
    settings=SETTINGS,
    language=LANGUAGE,
)
def KAM_CLASSIFY(
    revenue: Cells,
    total: Cells = None,
    budget: Cells = None,
    potential: Cells = None,
    reference: Cells = None,
    expertise: Cells = None,
    codes: Cells = None,
    settings: Cells = None,
    language: Cells = None,
) -> Answer:
    """Which criteria of a key account a client meets.

    Parameters
    ----------
    revenue : amounts
    total : amounts, optional
        The column of all revenues or its total; by default the column `revenue` itself.
    budget : amounts, optional
        Procurement budgets, for the criterion "prospect".
    potential : ratings, optional
        By default from the amounts in the settings or, failing these, from the percentiles of the column `budget`.
    reference, expertise : marks, optional
        Yes or no, or levels; a column with a mark above 1 holds levels.
    codes : TRUE or FALSE, optional
        Numbers as text instead of words.
    settings, language : optional

    Returns
    -------
    text or range of texts
        Empty where no criterion is met.

    Notes
    -----
    #N/A: all of revenue, budget and marks are blank. #NUM!: an amount that cannot be right. #VALUE!: an unknown mark or
    word. Section 2.

    Examples
    --------
    >>> KAM_CLASSIFY(12, 100, 20, "high", "yes", None, None, None, "en")
    'Revenue, Reference'
    >>> KAM_CLASSIFY([12, 3, 85], None, [20, 900, 100], None, None, None, True)
    [['1'], ['2'], ['1']]
    """
    rules, lang, as_codes = settings_of(settings), spoken(language, settings), flag(codes)
    whole, bounds = cells.total(total, revenue), _bounds(budget, rules)
    scales = _scale(reference), _scale(expertise)

    def met(*facts: Any) -> str | None:
        revenue, budget, _, *marks = facts
        if all(fact is None for fact in (revenue, budget, *marks)):
            return None
        criteria = _criteria(facts, whole, bounds, rules, scales)
        return ",".join(str(CRITERIA.index(one) + 1) for one in criteria) if as_codes else listed(criteria, lang)

    read = (amount, amount, rating("potential"), mark, mark)
    return each(met, revenue, budget, potential, reference, expertise, read=read)


def _criteria(
    facts: Sequence[Any],
    whole: float | None,
    bounds: PotentialBounds,
    rules: Settings,
    scales: tuple[MarkScale | None, MarkScale | None],
) -> list[Criterion]:
    revenue, budget, potential, reference, expertise = facts
    rated = potential or ratings.potential_of(budget, bounds)
    met = (
        revenue_criterion(revenue, whole, rules),
        prospect_criterion(revenue, budget, rated, rules),
        reference_criterion(reference, rules, scale=scales[0]),
        expertise_criterion(expertise, rules, scale=scales[1]),
    )
    return [criterion for criterion, argument in zip(CRITERIA, met, strict=True) if argument is not None]


def _scale(marks: Cells) -> MarkScale | None:
    """The scale of a column of marks; one mark alone has none."""
    if not is_range(marks):
        return None
    known = chain.from_iterable(each(lambda one: one, marks, read=mark))
    return mark_scale(one for one in known if not isinstance(one, str))


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
    penetration=_PENETRATION,
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
    bounds = _bounds(budgets if budgets is not None else budget, rules)
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


def _bounds(budgets: Cells, rules: Settings) -> PotentialBounds:
    """The bounds of potential, by percentile where `budgets` is a column."""
    return PotentialBounds.of(filter(measures.is_valid_amount, _column(budgets)), rules)


def _column(budgets: Cells) -> list[Any]:
    return amounts(budgets) if is_range(budgets) else []
