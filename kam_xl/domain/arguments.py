"""How ratings and criteria are argued: a measure with the numbers behind it, and the bounds reached and missed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Generic, TypeVar, final

from kam_xl.domain.model import Labelled, Position, Potential, Status
from kam_xl.locale import Repeated, Text, beside

T = TypeVar("T")


@final
class Rating(Generic[T]):
    """A value, why it is so, and whether a user set it.

    Parameters
    ----------
    value
        A member of a scale; of a criterion, whether it is met.
    argue : callable
        Makes the argument of the facts when it is asked for: most arguments of a large table never are.
    facts
        What `argue` takes.
    manual : bool
        Whether the user set the value.

    Examples
    --------
    >>> Rating(True, Text, "a reason")
    Rating(True, Text('a reason'))
    """

    __slots__ = ("_argue", "_facts", "manual", "value")

    def __init__(self, value: T, argue: Callable[..., Text], *facts: object, manual: bool = False) -> None:
        self.value, self._argue, self._facts, self.manual = value, argue, facts, manual

    @property
    def argument(self) -> Text:
        """The reason: the numbers and the bound, or the user's own."""
        return self._argue(*self._facts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rating) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash((self.value, self.manual))

    def _parts(self) -> tuple[object, ...]:
        return self.value, self.manual, self.argument

    def __repr__(self) -> str:
        return f"Rating({self.value!r}, {self.argument!r}{', manual=True' if self.manual else ''})"


# One table per scale: members of different scales with the same code are equal, as text.
_NAMED: dict[type[Labelled], dict[Labelled, Text]] = {
    Position: {
        Position.STRONG: Text("Position strong"),
        Position.MEDIUM: Text("Position medium"),
        Position.WEAK: Text("Position weak"),
    },
    Potential: {
        Potential.HIGH: Text("Potential high"),
        Potential.MEDIUM: Text("Potential medium"),
        Potential.LOW: Text("Potential low"),
    },
    Status: {
        Status.ACTUAL: Text("Current account"),
        Status.POTENTIAL: Text("Potential account"),
    },
}

_IN_WORDS = {
    Potential.HIGH: Text("high potential"),
    Potential.MEDIUM: Text("medium potential"),
    Potential.LOW: Text("low potential"),
}
_SENTENCE_ENDS = (".", "!", "?", "\N{HORIZONTAL ELLIPSIS}")


def penetration_text(penetration: float, revenue: float | None = None, budget: float | None = None) -> Text:
    """The penetration index in words, with the amounts behind it where they are known."""
    if revenue is None or budget is None:
        return Text("penetration {index:share}", index=penetration)
    return Text(
        "penetration {index:share} ({revenue:money} of {budget:money})",
        index=penetration,
        revenue=revenue,
        budget=budget,
    )


def revenue_share_text(share: float | None, revenue: float | None, total: float | None) -> Text:
    """A share of all revenue in words."""
    return Text("{share:share} of all revenue ({part:money} of {total:money})", share=share, part=revenue, total=total)


def plan_share_text(share: float, sales_plan: float | None, total: float | None, year: int | None) -> Text:
    """A share of the sales plan in words; `year` is given where the plan is the operational plan's of that year."""
    values = {"share": share, "part": sales_plan, "total": total}
    if year is None:
        return Text("{share:share} of the sales plan ({part:money} of {total:money})", **values)
    return Text(
        "{share:share} of the sales plan ({part:money} by the operational plan of {year}, of {total:money})",
        **values,
        year=year,
    )


def graded(rating: Labelled, measure: Text, upper: Text, lower: Text) -> Text:
    """The argument of a computed rating: which bounds its measure has reached and missed.

    >>> graded(Position.STRONG, penetration_text(0.6), share_text(0.5), share_text(0.2))
    Text('Position strong: penetration 60% is at least 50%.')
    """
    best, worst = _ends_of(type(rating))
    values = {"rating": named(rating), "measure": measure, "upper": upper, "lower": lower}
    if rating is best:
        return Text("{rating}: {measure} is at least {upper}.", **values)
    if rating is worst:
        return Text("{rating}: {measure} is below {lower}.", **values)
    return Text("{rating}: {measure} is at least {lower} and below {upper}.", **values)


@cache
def _ends_of(scale: type[Labelled]) -> tuple[Labelled, Labelled]:
    members = list(scale)  # from the best to the worst
    return members[0], members[-1]


def named(rating: Labelled) -> Text:
    """A rating with the scale that it is on: "Position strong"."""
    return _NAMED[type(rating)][rating]


def in_words(potential: Potential) -> Text:
    """A potential within a sentence.

    >>> in_words(Potential.HIGH)
    Text('high potential')
    """
    return _IN_WORDS[potential]


def reason_text(reason: str) -> Text:
    """The user's own reason as the end of an argument.

    >>> reason_text("sole supplier "), reason_text("")
    (Text('sole supplier.'), Text('no reason given.'))
    """
    stripped = reason.strip()
    if not stripped:
        return Text("no reason given.")
    return Text("{reason}" if stripped.endswith(_SENTENCE_ENDS) else "{reason}.", reason=stripped)


def share_text(bound: float, share: float | None = None) -> Text:
    """A bound that is a share; beside a share that is near to it, told apart from it."""
    shown = beside(bound, "share", share)
    return _share_text(bound) if shown is bound else Text("{share:share}", share=shown)


@lru_cache
def _share_text(bound: float) -> Text:
    return Repeated(Text("{share:share}", share=bound))


def amount_text(
    bound: float, amount: float | None = None, percentile: float | None = None, share: float | None = None
) -> Text:
    """A bound that is an amount, and where it comes from: the known budgets, our whole revenue, or a user; beside an
    amount that is near to it, told apart from it."""
    shown = beside(bound, "money", amount)
    return _amount_text(bound, percentile, share) if shown is bound else _amount(shown, percentile, share)


@lru_cache
def _amount_text(bound: float, percentile: float | None, share: float | None) -> Text:
    return Repeated(_amount(bound, percentile, share))


def _amount(bound: float, percentile: float | None, share: float | None) -> Text:
    if share is not None:
        return Text("{bound:money} ({share:share} of our whole revenue)", bound=bound, share=share)
    if percentile is not None:
        return Text(
            "{bound:money} (the {percentile:number}th percentile of the known budgets)",
            bound=bound,
            percentile=100 * percentile,
        )
    return Text("{bound:money} (the amount set)", bound=bound)
