"""Competitors and we ourselves, scored by criteria, and the stance that follows (sections 2 and 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum
from typing import NamedTuple

from kam_xl.domain.arguments import Rating
from kam_xl.domain.bounds import at_least, more_than
from kam_xl.domain.errors import ScoreError
from kam_xl.domain.measures import competitor_share, known
from kam_xl.domain.model import Competitor, Score, Stance
from kam_xl.domain.settings import DEFAULTS, Settings
from kam_xl.locale import Beside, Text

MOST_POINTS = 5


def score_criteria(settings: Settings = DEFAULTS) -> list[str]:
    """The criteria that the settings name, in their order.

    >>> score_criteria(Settings(score_criteria="price, delivery"))
    ['price', 'delivery']
    """
    return list(dict.fromkeys(filter(None, map(str.strip, settings.score_criteria.split(",")))))


class ScoreComparison(NamedTuple):
    """Points of a competitor and ours, summed over the criteria by which both are scored."""

    theirs: float
    ours: float
    criteria: tuple[str, ...]

    @property
    def difference(self) -> float:
        """Ours less theirs; negative where the competitor is rated stronger."""
        return self.ours - self.theirs


def compare_scores(theirs: Sequence[Score], ours: Sequence[Score]) -> ScoreComparison | None:
    """Set a competitor's scores against ours.

    Parameters
    ----------
    theirs, ours : sequence of Score
        Points from 0 to 5. A criterion that only one side has is left out, so that sums stay comparable.

    Returns
    -------
    ScoreComparison or None
        None where no criterion is scored on both sides.

    Raises
    ------
    ScoreError
        For points below 0 or above 5.

    Examples
    --------
    >>> compare_scores([Score("price", 4), Score("service", 2)], [Score("price", 3), Score("terms", 5)])
    ScoreComparison(theirs=4.0, ours=3.0, criteria=('price',))
    """
    them, us = _points(theirs), _points(ours)
    both = tuple(criterion for criterion in them if criterion in us)
    if not both:
        return None
    return ScoreComparison(fsum(them[each] for each in both), fsum(us[each] for each in both), both)


def _points(scores: Sequence[Score]) -> Mapping[str, float]:
    for score in scores:
        if not 0 <= score.points <= MOST_POINTS:
            raise ScoreError(score.points)
    return {score.criterion.casefold(): score.points for score in scores}


def rate_stance(
    competitor: Competitor, own_scores: Sequence[Score], budget: float | None, settings: Settings = DEFAULTS
) -> Rating[Stance]:
    """How to meet a competitor at a client: the user's own choice, else what shares and scores propose.

    Subcontract where the competitor dominates and is rated stronger than we, coexist where it is stronger but does not
    dominate, else compete. A wrong number counts as an unknown one.

    Notes
    -----
    Section 4; the bound is `dominant_share`.

    Examples
    --------
    >>> alfa = Competitor("Alfa", 60, scores=(Score("price", 5), Score("service", 4)))
    >>> rate_stance(alfa, (Score("price", 3), Score("service", 4)), 100).argument
    Text('Subcontract: Alfa holds 60% of the procurement budget, at least 50%, and is rated 9 points against our 7.')
    >>> rate_stance(Competitor("Beta", 20), (), 100).argument
    Text('Compete: Beta holds 20% of the procurement budget, below 50%; it is not scored against us.')
    """
    if competitor.stance is not None:
        return Rating(competitor.stance, _chosen, competitor.stance, competitor.name, manual=True)
    share = known(competitor_share, competitor.revenue, budget)
    scores = known(compare_scores, competitor.scores, own_scores)
    stronger = scores is not None and more_than(scores.theirs, scores.ours)
    dominant = share is not None and at_least(share, settings.dominant_share)
    value = Stance.COMPETE if not stronger else Stance.SUBCONTRACT if dominant else Stance.COEXIST
    return Rating(value, _argue, value, competitor.name, share, scores, settings.dominant_share)


def dominates(competitor: Competitor, budget: float | None, settings: Settings = DEFAULTS) -> bool:
    """Whether a competitor holds at least `dominant_share` of a procurement budget.

    >>> dominates(Competitor("Alfa", 50), 100), dominates(Competitor("Alfa", 50), None)
    (True, False)
    """
    share = known(competitor_share, competitor.revenue, budget)
    return share is not None and at_least(share, settings.dominant_share)


def _chosen(stance: Stance, name: str) -> Text:
    return Text("{stance}: your own choice towards {name}.", stance=stance.label, name=name)


def _argue(value: Stance, name: str, share: float | None, scores: ScoreComparison | None, bound: float) -> Text:
    return Text(
        "{stance}: {held}{rated}.",
        stance=value.label,
        held=competitor_share_text(name, share, bound),
        rated=_rated(scores),
    )


def competitor_share_text(name: str, share: float | None, bound: float) -> Text:
    """What part of a budget a competitor holds, and on which side of the bound that is."""
    if share is None:
        return Text("what {name} earns there is unknown", name=name)
    values = {"name": name, "share": Beside(share, bound), "bound": Beside(bound, share)}
    if at_least(share, bound):
        return Text("{name} holds {share:share} of the procurement budget, at least {bound:share}", **values)
    return Text("{name} holds {share:share} of the procurement budget, below {bound:share}", **values)


def _rated(scores: ScoreComparison | None) -> Text:
    if scores is None:
        return Text("; it is not scored against us")
    return Text(
        ", and is rated {theirs:number} points against our {ours:number}",
        theirs=Beside(scores.theirs, scores.ours),
        ours=Beside(scores.ours, scores.theirs),
    )
