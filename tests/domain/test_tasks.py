"""Stances and tasks: what follows from competitors' shares and scores."""

import pytest

from kam_xl.domain.classify import classify
from kam_xl.domain.errors import ScoreError
from kam_xl.domain.model import Client, Competitor, Score, Stance, Task
from kam_xl.domain.scores import ScoreComparison, compare_scores, rate_stance
from kam_xl.domain.tasks import use, win
from kam_xl.domain.yardsticks import Uncovered

OURS = (Score("price", 3), Score("service", 4))
STRONGER = (Score("price", 5), Score("service", 4))
WEAKER = (Score("price", 1), Score("service", 4))


class TestScores:
    def test_are_compared_over_the_criteria_of_both(self):
        found = compare_scores([Score("Price", 4), Score("range", 5)], [Score("price", 3), Score("terms", 1)])
        assert found == ScoreComparison(4, 3, ("price",))
        assert found.difference == -1

    def test_without_a_common_criterion_are_not_compared(self):
        assert compare_scores([Score("price", 4)], [Score("terms", 1)]) is None

    @pytest.mark.parametrize("points", [-1, 5.5])
    def test_outside_their_scale_are_an_error(self, points):
        with pytest.raises(ScoreError):
            compare_scores([Score("price", points)], OURS)


class TestStance:
    @pytest.mark.parametrize(
        ("revenue", "scores", "stance"),
        [
            (60, STRONGER, Stance.SUBCONTRACT),
            (20, STRONGER, Stance.COEXIST),
            (60, WEAKER, Stance.COMPETE),
            (60, OURS, Stance.COMPETE),
            (60, (), Stance.COMPETE),
        ],
    )
    def test_follows_from_share_and_scores(self, revenue, scores, stance):
        assert rate_stance(Competitor("Alfa", revenue, scores=scores), OURS, 100).value is stance

    def test_of_a_person_goes_before(self):
        found = rate_stance(Competitor("Alfa", 60, stance=Stance.COEXIST, scores=WEAKER), OURS, 100)
        assert (found.value, found.manual) == (Stance.COEXIST, True)
        assert found.argument.render() == "Coexist: your own choice towards Alfa."

    def test_says_what_is_not_known(self):
        assert rate_stance(Competitor("Alfa"), OURS, 100).argument.render() == (
            "Compete: what Alfa earns there is unknown; it is not scored against us."
        )


class TestProspect:
    def test_ally_where_one_dominates_and_is_rated_stronger(self):
        found = win([Competitor("Beta", 10), Competitor("Alfa", 60, scores=STRONGER)], OURS, 100)
        assert found.value is Task.ALLY
        assert found.argument.render() == (
            "Ally: Subcontract: Alfa holds 60% of the procurement budget, at least 50%, and is rated 9 points against "
            "our 7."
        )

    def test_attack_where_the_one_that_dominates_is_not_rated_stronger(self):
        assert win([Competitor("Alfa", 60, scores=WEAKER)], OURS, 100).value is Task.ATTACK
        assert win([Competitor("Alfa", 60)], OURS, 100).argument.render() == (
            "Attack: Alfa holds 60% of the procurement budget, at least 50%. "
            "Score it and ourselves to see whether an alliance is better."
        )

    def test_attack_where_none_dominates(self):
        found = win([Competitor("Alfa", 30, scores=STRONGER), Competitor("Beta", 20)], OURS, 100)
        assert found.argument.render() == (
            "Attack: 2 competitors are known, none dominates; Alfa holds 30% of the procurement budget, below 50%."
        )

    def test_find_out_where_nobody_is_known(self):
        assert win([], OURS, 100, competitor_revenue=70).argument.render() == (
            "Find out who sells there: competitors earn 70, but none is named."
        )

    def test_a_person_s_choice_decides(self):
        found = win([Competitor("Alfa", 60, stance=Stance.SUBCONTRACT)], (), 100)
        assert (found.value, found.manual) == (Task.ALLY, True)
        assert found.argument.render() == (
            "Ally: Alfa holds 60% of the procurement budget, at least 50%; you chose to subcontract."
        )


def test_a_reference_is_used_where_there_is_none_yet():
    table = [
        Client("1", "A", industry="Gas", territory="North", reference=True, reference_reason="largest field"),
        Client("2", "B", industry="Telecom", territory="North"),
        Client("3", "C", industry="Telecom", territory="South"),
    ]
    (account,) = classify(table).key_accounts
    assert account.task.argument.render() == (
        "Use the reference, Gas: a case, a visit, a recommendation where we have no reference yet: in the industries "
        "Telecom; in the territories South."
    )


@pytest.mark.parametrize(
    ("without", "argument"),
    [
        (Uncovered(), "Use the reference: a case, a visit, a recommendation."),
        (
            Uncovered(industries=tuple("ABCDEF")),
            "Use the reference: a case, a visit, a recommendation in the industries without a reference yet: A, B, C, "
            "D, 2 more.",
        ),
        (
            Uncovered(territories=("South",)),
            "Use the reference: a case, a visit, a recommendation in the territories without a reference yet: South.",
        ),
    ],
)
def test_industries_and_territories_without_a_reference_are_told_apart(without, argument):
    assert use("", without).argument.render() == argument


def test_rivals_are_seen_over_all_clients():
    table = [
        Client("1", "A", procurement_budget=100.0, competitors=(Competitor("Alfa", 60.0, scores=WEAKER),),
               own_scores=OURS),
        Client("2", "B", procurement_budget=100.0, competitors=(Competitor(" alfa", 10.0), Competitor("Beta"))),
    ]  # fmt: skip
    alfa, beta = classify(table).rivals
    assert (alfa.name, alfa.revenue, [each.client.client for each in alfa.clients]) == ("Alfa", 70.0, ["A", "B"])
    assert [[each.client.client for each in group] for group in (alfa.dominates, alfa.weaker)] == [["A"], ["A"]]
    assert (beta.name, beta.revenue, beta.dominates, beta.weaker) == ("Beta", None, (), ())
