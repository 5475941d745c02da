"Which criteria of a key account a client meets."
# ruff: noqa: N802 (functions of a spreadsheet are upper case)

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

from kam_xl.domain import ratings
from kam_xl.domain.criteria import expertise_criterion, prospect_criterion, reference_criterion, revenue_criterion
from kam_xl.domain.marks import MarkScale, mark_scale
from kam_xl.domain.model import Criterion
from kam_xl.domain.ratings import PotentialBounds
from kam_xl.domain.settings import Settings
from kam_xl.functions import arguments
from kam_xl.functions.arguments import Answer, Cells, amount, each, flag, is_range, listed, mark, rating
from kam_xl.functions.options import LANGUAGE, SETTINGS, potential_bounds, settings_of, spoken
from kam_xl.functions.registry import Example, function
from kam_xl.functions.shares import BUDGET, REVENUE, TOTAL
from kam_xl.locale import Text

CRITERIA = tuple(Criterion)
_MARK = Text("Your own mark: yes, no or a level from 0 to 3; give the whole column if it holds levels.")


@function(
    Text(
        "The criteria of a key account that a client meets: revenue, prospect, reference, expertise; empty where it "
        "meets none. The limit is not applied here: see KAM_IS_KEY."
    ),
    Example(("{revenue}", "{revenues}", "{procurement_budget}", "", "{reference}", "{expertise}", "", "kam_settings")),
    revenue=REVENUE,
    total=TOTAL,
    budget=BUDGET,
    potential=Text(
        "The client's potential (high, medium, low); if omitted, it follows from the settings or the column of budgets."
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

    Notes
    -----
    A column with a mark above 1 holds levels.
    #N/A: all of revenue, budget and marks are blank, or the total of a revenue is unknown. #NUM!: an amount that cannot
    be right. #VALUE!: an unknown mark or word. Section 2.

    Examples
    --------
    >>> KAM_CLASSIFY(12, 100, 20, "high", "yes", None, None, None, "en")
    'Revenue, Reference'
    >>> KAM_CLASSIFY([12, 3, 85], None, [20, 900, 100], None, None, None, True)
    [['1'], ['2'], ['1']]
    """
    rules, lang, as_codes = settings_of(settings), spoken(language, settings), flag(codes)
    whole = arguments.total(total, revenue)
    bounds = potential_bounds(budget, rules, whole)
    scales = _scale(reference), _scale(expertise)

    def met(*facts: Any) -> str | None:
        revenue, budget, _, *marks = facts
        if all(fact is None for fact in (revenue, budget, *marks)):
            return None
        criteria = _criteria(facts, whole, bounds, rules, scales)
        if whole is None and revenue is not None and Criterion.REVENUE not in criteria:
            return None  # of an unknown total nobody knows whether this is more than 10 %
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
    rated = ratings.rate_potential(budget, bounds, manual=potential)
    usable = None if revenue and budget == 0 else budget  # as KAM_TABLE does
    met = []
    if revenue_criterion(revenue, whole, rules).value:
        met.append(Criterion.REVENUE)
    if prospect_criterion(revenue, usable, rated, rules).value:
        met.append(Criterion.PROSPECT)
    if reference and reference_criterion(reference, rules, scale=scales[0]).value:
        met.append(Criterion.REFERENCE)
    if expertise and expertise_criterion(expertise, rules, scale=scales[1]).value:
        met.append(Criterion.EXPERTISE)
    return met


def _scale(marks: Cells) -> MarkScale | None:
    """The scale of a column of marks; one mark alone has none."""
    if not is_range(marks):
        return None
    known = chain.from_iterable(each(lambda one: one, marks, read=mark))
    return mark_scale(one for one in known if not isinstance(one, str))
