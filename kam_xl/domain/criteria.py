"""The four criteria of a key account and what each affects (section 2).

Each function answers whether its criterion is met, with the argument for it or against it.
"""

from __future__ import annotations

from functools import lru_cache

from kam_xl.domain.arguments import Rating, in_words, penetration_text, reason_text, revenue_share_text
from kam_xl.domain.bounds import at_least, more_than
from kam_xl.domain.errors import NegativeRevenueError
from kam_xl.domain.marks import MarkScale, meets_mark
from kam_xl.domain.measures import check_amount, is_valid_amount, penetration, revenue_share
from kam_xl.domain.model import Criterion, Potential
from kam_xl.domain.settings import DEFAULTS, Settings
from kam_xl.locale import Beside, Repeated, Text, plural

AFFECTS: dict[Criterion, Text] = {
    Criterion.REVENUE: Text("financial results, directly"),
    Criterion.PROSPECT: Text("future revenue"),
    Criterion.REFERENCE: Text("reputation and access to the vertical"),
    Criterion.EXPERTISE: Text("internal processes and procedures, and through them the staff's level"),
}


def revenue_criterion(
    revenue: float | None, total_revenue: float | None, settings: Settings = DEFAULTS
) -> Rating[bool]:
    """Whether the client already brings considerable income, and why or why not.

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
    Rating(True, Text('Revenue: 11% of all revenue (11 of 100) is more than 10%.'))
    >>> revenue_criterion(10, 100)
    Rating(False, Text('Not by revenue: 10% of all revenue (10 of 100) is not more than 10%.'))
    >>> revenue_criterion(10, 100, Settings(key_revenue_amount=10)).argument
    Text('Revenue: 10 is at least 10 (the amount set).')
    """
    if revenue is None:
        return Rating(False, _unknown_revenue)
    check_amount(revenue, NegativeRevenueError)
    share, amount = revenue_share(revenue, total_revenue), settings.key_revenue_amount
    by_share, by_amount = is_large_share(share, settings), is_large_amount(revenue, settings)
    facts = (share, settings.key_revenue_share, revenue, amount, total_revenue)
    return Rating(by_share or by_amount, _argue_revenue, by_share, by_amount, *facts)


def is_large_share(share: float | None, settings: Settings = DEFAULTS) -> bool:
    """Whether a share of all revenue is above the bound of the criterion.

    >>> is_large_share(0.11), is_large_share(0.1)
    (True, False)
    """
    return share is not None and more_than(share, settings.key_revenue_share)


def is_large_amount(revenue: float, settings: Settings = DEFAULTS) -> bool:
    """Whether a revenue has reached the amount set.

    >>> is_large_amount(10, Settings(key_revenue_amount=10)), is_large_amount(10)
    (True, False)
    """
    least = settings.key_revenue_amount
    return least is not None and at_least(revenue, least)


def _unknown_revenue() -> Text:
    return Text("Not by revenue: revenue is unknown.")


def _argue_revenue(
    by_share: bool,
    by_amount: bool,
    share: float | None,
    bound: float,
    revenue: float,
    amount: float | None,
    total: float | None,
) -> Text:
    values = {
        "share": revenue_share_text(None if share is None else Beside(share, bound), revenue, total),
        "bound": Beside(bound, share),
        "revenue": Beside(revenue, amount),
        "amount": None if amount is None else Beside(amount, revenue),
    }
    if by_share and by_amount:
        return Text(
            "Revenue: {share} is more than {bound:share}, "
            "and {revenue:money} is at least {amount:money} (the amount set).",
            **values,
        )
    if by_share:
        return Text("Revenue: {share} is more than {bound:share}.", **values)
    if by_amount:
        return Text("Revenue: {revenue:money} is at least {amount:money} (the amount set).", **values)
    if share is None:
        return Text("Not by revenue: the revenue of all clients is unknown or 0.")
    if amount is None:
        return Text("Not by revenue: {share} is not more than {bound:share}.", **values)
    return Text(
        "Not by revenue: {share} is not more than {bound:share}, "
        "and {revenue:money} is below {amount:money} (the amount set).",
        **values,
    )


def prospect_criterion(
    revenue: float | None,
    budget: float | None,
    potential: Rating[Potential] | None,
    settings: Settings = DEFAULTS,
    *,
    competitor_revenue: float | None = None,
) -> Rating[bool]:
    """Whether we work with the client little or not at all although its budget for our products is considerable.

    Parameters
    ----------
    revenue, budget : float or None
        An unknown revenue counts as none here; the budget must be known.
    potential : Rating or None
        The client's potential; the argument says where it is the user's own rating.
    competitor_revenue : float, optional
        The proof that the client really buys; quoted in the argument, never a condition.

    Raises
    ------
    NegativeRevenueError, NegativeBudgetError, RevenueWithoutBudgetError, NotANumberError

    Notes
    -----
    Section 2, criterion 2. The penetration index must be strictly below `prospect_max_penetration`. The budget is
    considerable from `prospect_min_budget` where this is set, else where the potential is high.

    Examples
    --------
    >>> rules = Settings(prospect_min_budget=100)
    >>> prospect_criterion(5, 100, None, rules, competitor_revenue=60).argument
    Text('Prospect: penetration 5% (5 of 100) is below 20%; procurement budget 100 is at least 100 (the amount set);
          competitors earn 60 there.')
    >>> prospect_criterion(5, 90, None, rules)
    Rating(False, Text('Not a prospect: procurement budget 90 is below 100 (the amount set).'))
    """
    index = penetration(0 if revenue is None else revenue, budget)
    if index is None or budget is None:
        return Rating(False, _no_budget, budget)
    bound, least = settings.prospect_max_penetration, settings.prospect_min_budget
    if is_prospect(index, budget, potential, settings):
        return Rating(True, _argue_prospect, index, bound, revenue, budget, least, potential, competitor_revenue)
    if at_least(index, bound):
        return Rating(False, _argue_penetrated, index, bound, revenue, budget)
    return Rating(False, _argue_inconsiderable, budget, least, potential)


def is_prospect(
    index: float, budget: float, potential: Rating[Potential] | None, settings: Settings = DEFAULTS
) -> bool:
    """Whether a penetration index is below the bound of a prospect, and a budget considerable.

    >>> is_prospect(0.05, 100, None, Settings(prospect_min_budget=100)), is_prospect(0.05, 100, None)
    (True, False)
    """
    if at_least(index, settings.prospect_max_penetration):
        return False
    least = settings.prospect_min_budget
    return at_least(budget, least) if least is not None else potential is not None and potential.value is Potential.HIGH


def _no_budget(budget: float | None) -> Text:
    if budget is None:
        return Text("Not a prospect: procurement budget is unknown.")
    return Text("Not a prospect: procurement budget is 0, no demand.")


def _argue_penetrated(index: float, bound: float, revenue: float | None, budget: float) -> Text:
    return Text(
        "Not a prospect: {index} is not below {bound:share}.",
        index=_index_text(Beside(index, bound), revenue, budget),
        bound=Beside(bound, index),
    )


def _argue_inconsiderable(budget: float, least: float | None, potential: Rating[Potential] | None) -> Text:
    if least is not None:
        return Text(
            "Not a prospect: procurement budget {budget:money} is below {least:money} (the amount set).",
            budget=Beside(budget, least),
            least=Beside(least, budget),
        )
    if potential is None:
        return Text("Not a prospect: the potential of its procurement budget {budget:money} is unknown.", budget=budget)
    return Text(
        "Not a prospect: procurement budget {budget:money}, {potential} (not high).",
        budget=budget,
        potential=in_words(potential.value),
    )


def _argue_prospect(
    index: float,
    bound: float,
    revenue: float | None,
    budget: float,
    least: float | None,
    potential: Rating[Potential] | None,
    competitor_revenue: float | None,
) -> Text:
    return Text(
        "Prospect: {index} is below {bound:share}; {considerable}; {proof}.",
        index=_index_text(Beside(index, bound), revenue, budget),
        bound=Beside(bound, index),
        considerable=_considerable(budget, least, potential is not None and potential.manual),
        proof=_proof(competitor_revenue),
    )


def _index_text(index: float, revenue: float | None, budget: float) -> Text:
    if revenue is None:
        return Text("penetration {index:share} (revenue unknown, counted as 0)", index=index)
    return penetration_text(index, revenue, budget)


def _considerable(budget: float, least: float | None, manual: bool) -> Text:
    if least is not None:
        return Text(
            "procurement budget {budget:money} is at least {least:money} (the amount set)",
            budget=Beside(budget, least),
            least=Beside(least, budget),
        )
    if manual:
        return Text("procurement budget {budget:money}, potential rated high by hand", budget=budget)
    return Text("procurement budget {budget:money}, high potential", budget=budget)


def _proof(competitor_revenue: float | None) -> Text:
    if is_valid_amount(competitor_revenue) and competitor_revenue:
        return Text("competitors earn {amount:money} there", amount=competitor_revenue)
    return Text("not confirmed by competitors' sales")


def reference_criterion(
    mark: bool | int | None,
    settings: Settings = DEFAULTS,
    *,
    scale: MarkScale | None = None,
    vertical: str = "",
    count: int = 1,
    reason: str = "",
) -> Rating[bool]:
    """Whether the client is well known in its vertical, so that working with it promotes us further.

    Parameters
    ----------
    mark, scale
        The user's own mark (see `meets_mark`), never guessed from numbers.
    vertical : str
        The client's industry, else its territory.
    count : int
        How many clients of the table are references in this vertical.
    reason : str
        The user's reason for the mark.

    Raises
    ------
    MarkError

    Notes
    -----
    Section 2, criterion 3.

    Examples
    --------
    >>> reference_criterion(True, vertical="Gas", count=2, reason="runs the largest field").argument
    Text('Reference: marked as well known in its vertical, Gas (2 reference clients there): runs the largest field.')
    >>> reference_criterion(None)
    Rating(False, Text('Not a reference: not marked as one.'))
    """
    if not meets_mark(mark, settings, scale=scale):
        return Rating(False, _argue_no_reference, mark, settings.mark_min_level)
    return Rating(True, _argue_reference, vertical, count, reason)


def _argue_no_reference(mark: bool | int | None, least: int) -> Text:
    if not mark:
        return Text("Not a reference: not marked as one.")
    return Text("Not a reference: level {level} is below {least}.", level=mark, least=least)


@lru_cache(4096)
def _argue_reference(vertical: str, count: int, reason: str) -> Text:
    if not vertical:
        marked = Text("Reference: marked as well known; neither its industry nor its territory is given")
    else:
        marked = plural(
            "Reference: marked as well known in its vertical, {vertical} ({n} reference client there)",
            "Reference: marked as well known in its vertical, {vertical} ({n} reference clients there)",
            vertical=vertical,
            n=count,
        )
    return _with_reason(marked, reason)


def expertise_criterion(
    mark: bool | int | None, settings: Settings = DEFAULTS, *, scale: MarkScale | None = None, reason: str = ""
) -> Rating[bool]:
    """Whether the client is exceptionally competent and demanding, whatever its income.

    Raises
    ------
    MarkError

    Notes
    -----
    Section 2, criterion 4; by the user's own mark (see `meets_mark`) and reason, never guessed from numbers.

    Examples
    --------
    >>> expertise_criterion(3, reason="audits every delivery").argument
    Text('Expertise: marked as exceptionally competent and demanding: audits every delivery.')
    >>> expertise_criterion(1, scale=MarkScale.LEVELS).argument
    Text('Not for expertise: level 1 is below 2.')
    """
    if not meets_mark(mark, settings, scale=scale):
        return Rating(False, _argue_no_expertise, mark, settings.mark_min_level)
    return Rating(True, _argue_expertise, reason)


def _argue_no_expertise(mark: bool | int | None, least: int) -> Text:
    if not mark:
        return Text("Not for expertise: not marked as such.")
    return Text("Not for expertise: level {level} is below {least}.", level=mark, least=least)


@lru_cache(4096)
def _argue_expertise(reason: str) -> Text:
    return _with_reason(Text("Expertise: marked as exceptionally competent and demanding"), reason)


def _with_reason(marked: Text, reason: str) -> Text:
    return Repeated(Text("{marked}: {reason}", marked=marked, reason=reason_text(reason)))


def vertical_of(industry: str, territory: str) -> str:
    """The vertical that a reference counts in: the industry, else the territory.

    >>> vertical_of("", "North")
    'North'
    """
    return industry or territory
