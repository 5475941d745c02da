"""What was read of an operational plan, in one sentence."""

from __future__ import annotations

from collections.abc import Collection
from math import fsum

from kam_xl.domain.operational import INDICATORS, OperationalPlan
from kam_xl.domain.periods import outermost
from kam_xl.locale import Quoted, Text


def overview(plans: Collection[OperationalPlan], sheets: Collection[str], currency: str = "") -> Text:
    """The sheets, and of each indicator the periods that are known of anybody and the sum of all amounts.

    Examples
    --------
    >>> from kam_xl.domain.operational import PlanFact
    >>> from kam_xl.domain.periods import QUARTER, Period, Series
    >>> plan = OperationalPlan(PlanFact(Series({Period(2027, QUARTER, at): 300.0 for at in (1, 2, 3, 4)})))
    >>> print(overview([plan], ["Plan"], "EUR").render("en"))
    Operational plan: "Plan". In EUR: Revenue plan (Q1 2027 to Q4 2027) 1,200.
    """
    sums = []
    for at, indicator in enumerate(INDICATORS):
        series = [[*plan.series()][at] for plan in plans]
        if periods := outermost(period for each in series for period in each):
            amount = fsum(amount for each in series for amount in each.values())
            first, last = (by(periods, key=lambda each: each.end).label for by in (min, max))
            span = Text("{first} to {last}", first=first, last=last) if len(periods) > 1 else first
            sums.append(
                Text("{indicator} ({span}) {amount:money}", indicator=indicator.label, span=span, amount=amount)
            )
    names = [Quoted(sheet) for sheet in sheets]
    if currency:
        return Text("Operational plan: {sheets}. In {currency}: {sums}.", sheets=names, currency=currency, sums=sums)
    return Text("Operational plan: {sheets}. {sums}.", sheets=names, sums=sums)
