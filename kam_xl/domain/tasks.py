"""What a key account is for: the task that each criterion sets (section 4)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from kam_xl.domain.arguments import Rating
from kam_xl.domain.measures import competitor_share, is_valid_amount, known, total_of
from kam_xl.domain.model import Competitor, Score, Stance, Task
from kam_xl.domain.scores import competitor_share_text, dominates, rate_stance
from kam_xl.domain.settings import DEFAULTS, Settings
from kam_xl.domain.yardsticks import Uncovered
from kam_xl.locale import Repeated, Text, plural

_SHOWN_VERTICALS = 4

_CHOSEN = {
    Stance.COMPETE: Text("you chose to compete"),
    Stance.SUBCONTRACT: Text("you chose to subcontract"),
    Stance.COEXIST: Text("you chose to coexist"),
}


def protect(revenue_share: float | None) -> Rating[Task]:
    """The task of a client that is key by revenue.

    >>> protect(0.215).argument
    Text('Protect the income: 21.5% of all revenue depends on this client. Watch contract dates, build a second circle
          of contacts, act as soon as revenue falls.')
    """
    return Rating(Task.PROTECT, _argue_protect, revenue_share)


def _argue_protect(share: float | None) -> Text:
    what = Text("Watch contract dates, build a second circle of contacts, act as soon as revenue falls.")
    if share is None:
        return Text("Protect the income. {what}", what=what)
    return Text(
        "Protect the income: {share:share} of all revenue depends on this client. {what}", share=share, what=what
    )


def win(
    competitors: Sequence[Competitor],
    own_scores: Sequence[Score],
    budget: float | None,
    settings: Settings = DEFAULTS,
    *,
    competitor_revenue: float | None = None,
) -> Rating[Task]:
    """The task of a prospect: win a first or a larger share, from somebody.

    Ally where one competitor dominates and is rated stronger than we, or where the user chose so for the one that
    dominates; attack where the competitors are many, weaker or not rated stronger; find out who sells there where
    nothing is known.

    Parameters
    ----------
    competitors : sequence of Competitor
        Those known at the client.
    own_scores : sequence of Score
    budget : float or None
    competitor_revenue : float, optional
        What all competitors earn there, where that is known.

    Notes
    -----
    Section 4; the bound of dominance is `dominant_share`.

    Examples
    --------
    >>> win([], (), 100).argument
    Text('Find out who sells there: no competitor is known.')
    >>> win([Competitor("Alfa", 30), Competitor("Beta", 20)], (), 100).argument
    Text('Attack: 2 competitors are known, none dominates; Alfa holds 30% of the procurement budget, below 50%.')
    >>> win([Competitor("Alfa", 80)], (), 100).value
    <Task.ATTACK: 'attack'>
    """
    if not competitors:
        return Rating(Task.FIND_OUT, _argue_unknown, competitor_revenue)
    largest = max(competitors, key=lambda each: total_of([each.revenue]))
    leaders = [each for each in competitors if dominates(each, budget, settings)]
    if not leaders:
        return Rating(Task.ATTACK, _argue_spread, len(competitors), largest, budget, settings.dominant_share)
    stance = rate_stance(leaders[0], own_scores, budget, settings)
    task = Task.ATTACK if stance.value is Stance.COMPETE else Task.ALLY
    return Rating(task, _argue_leader, stance, leaders[0], budget, settings.dominant_share, manual=stance.manual)


def _argue_unknown(competitor_revenue: float | None) -> Text:
    if is_valid_amount(competitor_revenue) and competitor_revenue:
        return Text(
            "Find out who sells there: competitors earn {amount:money}, but none is named.", amount=competitor_revenue
        )
    return Text("Find out who sells there: no competitor is known.")


def _argue_spread(count: int, largest: Competitor, budget: float | None, bound: float) -> Text:
    return Text(
        "Attack: {known}, none dominates; {held}.",
        known=plural("{n} competitor is known", "{n} competitors are known", n=count),
        held=competitor_share_text(largest.name, known(competitor_share, largest.revenue, budget), bound),
    )


def _argue_leader(stance: Rating[Stance], leader: Competitor, budget: float | None, bound: float) -> Text:
    values = {"stance": stance.argument}
    if stance.manual:
        share = known(competitor_share, leader.revenue, budget)
        values["stance"] = Text(
            "{held}; {chosen}.", held=competitor_share_text(leader.name, share, bound), chosen=_CHOSEN[stance.value]
        )
    elif stance.value is Stance.COMPETE and not leader.scores:
        share_text = competitor_share_text(leader.name, known(competitor_share, leader.revenue, budget), bound)
        return Text("Attack: {held}. Score it and ourselves to see whether an alliance is better.", held=share_text)
    if stance.value is Stance.COMPETE:
        return Text("Attack: {stance}", **values)
    return Text("Ally: {stance}", **values)


def use(vertical: str, without_reference: Uncovered) -> Rating[Task]:
    """The task of a reference client: a case, a visit, a recommendation where we have no reference yet.

    >>> use("Gas", Uncovered(("Telecom", "Pharma"), ("North",))).argument
    Text('Use the reference, Gas: a case, a visit, a recommendation where we have no reference yet: in the industries
          Telecom, Pharma; in the territories North.')
    """
    return Rating(Task.USE, _argue_use, vertical, without_reference)


def _argue_use(vertical: str, without: Uncovered) -> Text:
    return _used(vertical, *((tuple(names[:_SHOWN_VERTICALS]), len(names)) for names in without))


@lru_cache(4096)
def _used(vertical: str, *uncovered: tuple[tuple[str, ...], int]) -> Text:
    return Repeated(_use_text(vertical, *(_first_of(*names) for names in uncovered)))


def _use_text(vertical: str, industries: list[object], territories: list[object]) -> Text:
    whose = Text("Use the reference, {vertical}", vertical=vertical) if vertical else Text("Use the reference")
    values = {"whose": whose, "industries": industries, "territories": territories}
    if industries and territories:
        return Text(
            "{whose}: a case, a visit, a recommendation where we have no reference yet: in the industries "
            "{industries}; in the territories {territories}.",
            **values,
        )
    if industries:
        return Text(
            "{whose}: a case, a visit, a recommendation in the industries without a reference yet: {industries}.",
            **values,
        )
    if territories:
        return Text(
            "{whose}: a case, a visit, a recommendation in the territories without a reference yet: {territories}.",
            **values,
        )
    return Text("{whose}: a case, a visit, a recommendation.", whose=whose)


def _first_of(first: Sequence[str], count: int) -> list[object]:
    listed: list[object] = list(first)
    if more := count - len(listed):
        listed.append(Text("{more:count} more", more=more))
    return listed


def learn() -> Rating[Task]:
    """The task of an expertise client.

    >>> learn().value.label
    Text('Learn from the client')
    """
    return Rating(Task.LEARN, _argue_learn)


def _argue_learn() -> Text:
    return _LEARN


_LEARN = Text(
    "Learn from the client: list the weak spots that it exposed and the internal projects that "
    "it starts (cooperation between departments, project management, CRM), each with owner, date "
    "and state."
)
