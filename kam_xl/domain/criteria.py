"""The four criteria of a key account and what each affects (section 2).

Each function answers with the argument where its criterion is met and with None where it is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from kam_xl.domain.arguments import penetration_text, revenue_share_text
from kam_xl.domain.bounds import at_least, more_than
from kam_xl.domain.errors import MarkError, NegativeRevenueError
from kam_xl.domain.measures import check_amount, is_valid_amount, penetration, revenue_share
from kam_xl.domain.model import Criterion, Potential
from kam_xl.domain.settings import DEFAULTS, Settings
from kam_xl.locale import Text, plural

AFFECTS: dict[Criterion, Text] = {
    Criterion.REVENUE: Text("financial results, directly"),
    Criterion.PROSPECT: Text("future revenue"),
    Criterion.REFERENCE: Text("reputation and access to the vertical"),
    Criterion.EXPERTISE: Text("internal processes and procedures, and through them the staff's level"),
}


def revenue_criterion(revenue: float | None, total_revenue: float | None, settings: Settings = DEFAULTS) -> Text | None:
    """The client already brings considerable income.

    Met by a share of all revenue strictly above `key_revenue_share`, or by revenue of at least `key_revenue_amount`
    where this is set; the argument says which.

    Raises
    ------
    NegativeRevenueError, ShareOfNothingError, NotANumberError

    Notes
    -----
    Section 2, criterion 1.

    Examples
    --------
    >>> revenue_criterion(11, 100)
    Text('Revenue: 11% of all revenue (11 of 100) is more than 10%.')
    >>> revenue_criterion(10, 100)
    >>> revenue_criterion(10, 100, Settings(key_revenue_amount=10))
    Text('Revenue: 10 is at least 10 (the amount set).')
    """
    if revenue is None:
        return None
    check_amount(revenue, NegativeRevenueError)
    share, amount = revenue_share(revenue, total_revenue), settings.key_revenue_amount
    by_share = share is not None and more_than(share, settings.key_revenue_share)
    by_amount = amount is not None and at_least(revenue, amount)
    said = {
        "share": revenue_share_text(share, revenue, total_revenue),
        "bound": settings.key_revenue_share,
        "revenue": revenue,
        "amount": amount,
    }
    if by_share and by_amount:
        return Text(
            "Revenue: {share} is more than {bound:share}, "
            "and {revenue:money} is at least {amount:money} (the amount set).",
            **said,
        )
    if by_share:
        return Text("Revenue: {share} is more than {bound:share}.", **said)
    if by_amount:
        return Text("Revenue: {revenue:money} is at least {amount:money} (the amount set).", **said)
    return None


def prospect_criterion(
    revenue: float | None,
    budget: float | None,
    potential: Potential | None,
    settings: Settings = DEFAULTS,
    *,
    competitor_revenue: float | None = None,
    manual: bool = False,
) -> Text | None:
    """We work with the client little or not at all, but its budget for our kind of products is considerable.

    Parameters
    ----------
    revenue, budget : float or None
        An unknown revenue counts as none here; the budget must be known.
    potential : Potential or None
        The client's potential.
    competitor_revenue : float, optional
        The proof that the client really buys; quoted in the argument, never a condition.
    manual : bool
        Whether the potential is the person's own rating; said in the argument.

    Raises
    ------
    NegativeRevenueError, NegativeBudgetError, RevenueWithoutBudgetError, NotANumberError

    Notes
    -----
    Section 2, criterion 2. The penetration index must be strictly below `prospect_max_penetration`. The budget is
    considerable from `prospect_min_budget` where this is set, else where the potential is high.

    Examples
    --------
    >>> prospect_criterion(5, 100, None, Settings(prospect_min_budget=100), competitor_revenue=60)
    Text('Prospect: penetration 5% (5 of 100) is below 20%; procurement budget 100 is at least 100 (the amount set);
          competitors earn 60 there.')
    """
    index = penetration(0 if revenue is None else revenue, budget)
    if index is None or budget is None or at_least(index, settings.prospect_max_penetration):
        return None
    considerable = _considerable(budget, potential, manual, settings)
    if considerable is None:
        return None
    no_revenue = Text("penetration {index:share} (revenue unknown, counted as 0)", index=index)
    return Text(
        "Prospect: {index} is below {bound:share}; {considerable}; {proof}.",
        index=no_revenue if revenue is None else penetration_text(index, revenue, budget),
        bound=settings.prospect_max_penetration,
        considerable=considerable,
        proof=_proof(competitor_revenue),
    )


def _considerable(budget: float, potential: Potential | None, manual: bool, settings: Settings) -> Text | None:
    least = settings.prospect_min_budget
    if least is not None:
        if not at_least(budget, least):
            return None
        return Text(
            "procurement budget {budget:money} is at least {least:money} (the amount set)", budget=budget, least=least
        )
    if potential is not Potential.HIGH:
        return None
    if manual:
        return Text("procurement budget {budget:money}, potential high by the person's own rating", budget=budget)
    return Text("procurement budget {budget:money}, potential high", budget=budget)


def _proof(competitor_revenue: float | None) -> Text:
    if is_valid_amount(competitor_revenue) and competitor_revenue:
        return Text("competitors earn {amount:money} there", amount=competitor_revenue)
    return Text("not confirmed by competitors' sales")


class MarkScale(Enum):
    """How a table's whole-number marks are meant."""

    YES_NO = "yes-no"
    LEVELS = "levels"


def mark_scale(marks: Iterable[bool | int | None]) -> MarkScale:
    """The scale of a column of marks: 1 and 0 mean yes and no where no mark is above 1, else all are levels.

    >>> mark_scale([1, 0, None, True]).value, mark_scale([1, 0, 3]).value
    ('yes-no', 'levels')
    """
    return MarkScale.LEVELS if any(mark is not None and mark > 1 for mark in marks) else MarkScale.YES_NO


def meets_mark(mark: bool | int | None, settings: Settings = DEFAULTS, *, scale: MarkScale | None = None) -> bool:
    """Whether a person's mark says yes.

    Parameters
    ----------
    mark : bool, int or None
        Yes or no, or a level from 0 to 3, which counts from `mark_min_level`. True is yes on either scale.
    scale : MarkScale, optional
        The scale of the mark's column (`mark_scale`); without it a lone 1 means yes.

    Raises
    ------
    MarkError
        For anything else.

    Examples
    --------
    >>> meets_mark(1), meets_mark(1, scale=MarkScale.LEVELS), meets_mark(2), meets_mark(None)
    (True, False, True, False)
    """
    if mark is None or isinstance(mark, bool):
        return mark is True
    if mark not in (0, 1, 2, 3):
        raise MarkError(mark)
    scale = scale or mark_scale((mark,))
    return mark >= (settings.mark_min_level if scale is MarkScale.LEVELS else 1)


def reference_criterion(
    mark: bool | int | None,
    settings: Settings = DEFAULTS,
    *,
    scale: MarkScale | None = None,
    vertical: str = "",
    count: int = 1,
) -> Text | None:
    """The client is well known in its vertical, so that working with it promotes us further.

    Parameters
    ----------
    mark, scale
        The person's own mark (see `meets_mark`), never guessed from numbers.
    vertical : str
        The client's industry, else its territory.
    count : int
        How many clients of the table are references in this vertical.

    Notes
    -----
    Section 2, criterion 3.

    Examples
    --------
    >>> reference_criterion(True, vertical="Gas", count=2)
    Text('Reference: marked as well known in its vertical, Gas (2 reference clients there).')
    """
    if not meets_mark(mark, settings, scale=scale):
        return None
    if not vertical:
        return Text("Reference: marked as well known; neither its industry nor its territory is given.")
    return plural(
        "Reference: marked as well known in its vertical, {vertical} ({n} reference client there).",
        "Reference: marked as well known in its vertical, {vertical} ({n} reference clients there).",
        vertical=vertical,
        n=count,
    )


def expertise_criterion(
    mark: bool | int | None, settings: Settings = DEFAULTS, *, scale: MarkScale | None = None
) -> Text | None:
    """The client is exceptionally competent and demanding, whatever its income.

    Notes
    -----
    Section 2, criterion 4; by the person's own mark (see `meets_mark`), never guessed from numbers.

    Examples
    --------
    >>> expertise_criterion(3)
    Text('Expertise: marked as exceptionally competent and demanding.')
    """
    if not meets_mark(mark, settings, scale=scale):
        return None
    return Text("Expertise: marked as exceptionally competent and demanding.")


def vertical_of(industry: str, territory: str) -> str:
    """The vertical that a reference counts in: the industry, else the territory.

    >>> vertical_of("", "North")
    'North'
    """
    return industry or territory
