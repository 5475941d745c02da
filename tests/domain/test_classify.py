from dataclasses import replace
from datetime import date

import pytest

from kam_xl.domain.classify import Limit, classify
from kam_xl.domain.concentration import Concentration
from kam_xl.domain.measures import Coverage
from kam_xl.domain.model import (
    BudgetBasis,
    Client,
    Competitor,
    Criterion,
    Position,
    Potential,
    Status,
    Strategy,
)
from kam_xl.domain.ratings import PotentialBounds
from kam_xl.domain.settings import Settings

TODAY = date(2024, 6, 15)
REVENUE, PROSPECT, REFERENCE, EXPERTISE = Criterion


def only(settings=None, **client):
    """The account of a single client beside a large one that keeps its revenue share small."""
    clients = [Client("1", "Nordwerk", **client), Client("2", "Large", revenue=1e4)]
    return classify(clients, settings or Settings(), TODAY).accounts[0]


def plain(texts, lang="en"):
    return [text.render(lang).replace("\N{NO-BREAK SPACE}", " ") for text in texts]


class TestAccount:
    def test_has_the_measures_of_its_row(self):
        account = only(
            revenue=30.0, procurement_budget=100.0, competitor_revenue=60.0, budget_low=60.0, budget_high=120.0
        )
        assert (
            account.penetration,
            account.penetration_range,
            account.headroom,
            account.competitor_share,
            account.revenue_share,
        ) == (0.3, (0.25, 0.5), 70, 0.6, 30 / (1e4 + 30))

    @pytest.mark.parametrize(
        "row",
        [
            {"revenue": -5.0, "procurement_budget": 100.0},
            {"revenue": 5.0, "procurement_budget": 0.0},
            {"revenue": 5.0, "procurement_budget": -100.0},
            {"revenue": 0.0, "procurement_budget": 0.0},
            {"revenue": 5.0},
            {"procurement_budget": 100.0},
        ],
    )
    def test_has_no_measure_nor_position_where_its_row_is_wrong_or_incomplete(self, row):
        account = only(**row)
        assert (account.penetration, account.position, account.strategy, account.competitor_share) == (None,) * 4

    def test_with_a_contradicted_budget_has_no_potential(self):
        assert only(revenue=5.0, procurement_budget=0.0).potential is None
        assert only(revenue=5.0, procurement_budget=-1.0).potential is None

    def test_with_negative_revenue_keeps_the_potential_of_its_budget(self):
        assert only(revenue=-5.0, procurement_budget=100.0).potential.value is Potential.HIGH

    def test_takes_competitor_revenue_from_its_column_first(self):
        competitors = (Competitor("A", 10.0), Competitor("B"), Competitor("C", 5.5), Competitor("D", -1.0))
        assert only(competitor_revenue=3.0, competitors=competitors).competitor_revenue == 3
        assert only(competitors=competitors).competitor_revenue == 15.5
        assert only(competitors=(Competitor("B"),)).competitor_revenue is None
        assert only().competitor_revenue is None

    def test_ratings_by_hand_lead_to_a_strategy_without_any_number(self):
        account = only(position=Position.WEAK, potential=Potential.HIGH)
        assert account.strategy is Strategy.ATTACK_OR_ALLY

    def test_a_prospect_by_hand_needs_a_known_budget(self):
        assert only(potential=Potential.HIGH).criteria == ()
        assert only(potential=Potential.HIGH, procurement_budget=1.0).criteria == (PROSPECT,)

    def test_says_what_its_criteria_affect(self):
        account = only(procurement_budget=500.0, reference=True, expertise=True)
        assert account.criteria == (PROSPECT, REFERENCE, EXPERTISE)
        assert plain(account.affects()) == [
            "future revenue",
            "reputation and access to the vertical",
            "internal processes and procedures, and through them the staff's level",
        ]

    def test_argues_criteria_then_ratings_then_the_budget(self):
        account = classify(
            [
                Client(
                    "1",
                    "Nordwerk",
                    revenue=20.0,
                    procurement_budget=200.0,
                    competitor_revenue=150.0,
                    industry="Gas",
                    reference=True,
                    position=Position.MEDIUM,
                    position_reason="two projects run.",
                    budget_basis=BudgetBasis.ESTIMATED,
                    budget_date=date(2023, 1, 31),
                ),
                Client("2", "Alpha", revenue=80.0, procurement_budget=100.0),
            ],
            today=TODAY,
        ).accounts[0]
        assert plain(account.arguments()) == [
            "Revenue: 20% of all revenue (20 of 100) is more than 10%.",
            "Prospect: penetration 10% (20 of 200) is below 20%; procurement budget 200, high potential; "
            "competitors earn 150 there.",
            "Reference: marked as well known in its vertical, Gas (1 reference client there): no reason given.",
            "Position medium, rated by hand: two projects run.",
            "Potential high: procurement budget 200 is at least 200 (the 80th percentile of the known budgets).",
            "Current account: 20% of all revenue (20 of 100) is at least 1%.",
            "Procurement budget: estimated, dated 2023-01-31 (older than 12 months).",
        ]
        assert plain(account.arguments(), "ru")[-4:] == [
            "Позиция средняя по собственной оценке: two projects run.",
            "Потенциал высокий: бюджет закупок 200 — не ниже 200 (80-й перцентиль известных бюджетов).",
            "Актуальный клиент: 20 % всей выручки (20 из 100) — не ниже 1 %.",
            "Бюджет закупок: оценочный, от 31.01.2023 (старше 12 месяцев).",
        ]

    def test_unknown_budgets_need_no_note(self):
        assert only(budget_basis=BudgetBasis.ESTIMATED).budget_note() is None

    def test_budgets_are_undated_only_in_a_table_that_dates_any(self):
        dated = Client("2", "Alpha", procurement_budget=1.0, budget_date=TODAY)
        undated = Client("1", "Nordwerk", procurement_budget=1.0)
        assert classify([undated], today=TODAY).accounts[0].budget_note() is None
        assert plain([classify([undated, dated], today=TODAY).accounts[0].budget_note()]) == [
            "Procurement budget: undated."
        ]

    def test_marks_out_of_scale_are_no_marks(self):
        assert only(reference=7, expertise=-1).criteria == ()


class TestClassification:
    def test_exactly_ten_per_cent_is_not_more_than_ten_per_cent(self):
        shares = [
            Client("1", "Ten", revenue=10.0),
            Client("2", "More", revenue=10.5),
            Client("3", "Rest", revenue=79.5),
        ]
        assert [account.is_key for account in classify(shares).accounts] == [False, True, True]

    def test_both_forms_of_the_revenue_criterion_work_at_once(self):
        clients = [
            Client("1", "Small", revenue=5.0),
            Client("2", "Amount", revenue=8.0),
            Client("3", "Share", revenue=87),
        ]
        result = classify(clients, Settings(key_revenue_amount=8.0))
        assert [account.criteria for account in result.accounts] == [(), (REVENUE,), (REVENUE,)]

    def test_negative_revenue_is_left_out_of_the_total(self):
        result = classify([Client("1", "Returns", revenue=-50.0), Client("2", "Alpha", revenue=100.0)])
        assert result.total_revenue == 100
        assert [account.revenue_share for account in result.accounts] == [None, 1]

    def test_ranks_those_key_by_revenue_first_and_by_revenue(self):
        result = classify(
            [
                Client("1", "Two criteria", procurement_budget=9000.0, reference=True),
                Client("2", "A fifth", revenue=200.0),
                Client("3", "Most", revenue=700.0, procurement_budget=700.0),
                Client("4", "Rest", revenue=100.0, expertise=True),
            ]
        )
        assert [account.client.client_id for account in result.key_accounts] == ["3", "2", "1", "4"]
        assert plain([account.rank_argument for account in result.key_accounts]) == [
            "Rank 1: by revenue, 700.",
            "Rank 2: by revenue, 200.",
            "Rank 3: 2 of 4 criteria, value at stake 1,800.",
            "Rank 4: 1 of 4 criteria, value at stake 100.",
        ]

    def test_values_that_read_as_equal_tie_and_ids_stand_in_natural_order(self):
        tied = [Client("10", "A", revenue=14.0, reference=True), Client("9", "B", revenue=10.4 + 3.6, reference=True)]
        result = classify([*tied, Client("1", "Large", revenue=1e6)])
        assert [account.client.client_id for account in result.key_accounts] == ["1", "9", "10"]

    def test_ranks_by_criteria_then_value_at_stake_then_id(self):
        result = classify(
            [
                Client("1", "Small reference", revenue=10.0, reference=True),
                Client("2", "Large reference", revenue=300.0, procurement_budget=310.0, reference=True),
                Client("3", "Same as 1", revenue=10.0, reference=True),
                Client("4", "No numbers", expertise=True),
                Client("5", "Two criteria", revenue=1.0, reference=True, expertise=True),
                Client("6", "Headroom", revenue=5.0, procurement_budget=900.0, expertise=True),
                Client("7", "Not key", revenue=1.0),
            ],
            Settings(key_revenue_share=1.0, prospect_max_penetration=0.0),
        )
        assert [(account.rank, account.client.client_id) for account in result.key_accounts] == [
            (1, "5"),
            (2, "2"),
            (3, "6"),
            (4, "1"),
            (5, "3"),
            (6, "4"),
        ]
        assert [account.rank for account in result.accounts] == [4, 2, 5, 6, 1, 3, None]

    @pytest.mark.parametrize(
        ("clients", "allowed"), [(1, 1), (6, 1), (7, 1), (13, 1), (14, 2), (20, 3), (40, 6), (100, 15), (199, 29)]
    )
    def test_the_limit_is_a_whole_number_of_clients_at_least_one(self, clients, allowed):
        table = [Client(str(number), "x", reference=True) for number in range(clients)]
        assert classify(table).limit == Limit(clients, allowed, clients, clients - allowed)

    def test_a_limit_of_nothing_allows_none(self):
        table = [Client("1", "x", reference=True)]
        assert classify(table, Settings(key_account_limit=0)).limit == Limit(1, 0, 1, 1)

    def test_the_limit_is_a_setting_free_of_floating_point_noise(self):
        table = [Client(str(number), "x") for number in range(100)]
        assert classify(table, Settings(key_account_limit=0.29)).limit.allowed == 29

    def test_the_limit_marks_those_above_it_and_drops_none(self):
        table = [Client(str(number), "x", revenue=100.0 - number, reference=True) for number in range(20)]
        result = classify(table)
        assert [account.above_limit for account in result.key_accounts] == [False] * 3 + [True] * 17
        assert all(account.is_key for account in result.accounts)

    def test_references_are_counted_per_vertical(self):
        result = classify(
            [
                Client("1", "A", industry="Telecom", territory="North", reference=True),
                Client("2", "B", industry="Gas", reference=True),
                Client("3", "C", territory="North", reference=True),
                Client("4", "D", industry="Gas", reference=True),
                Client("5", "E", industry="Gas", reference=False),
                Client("6", "F", reference=True),
            ]
        )
        assert list(result.references.items()) == [("Gas", 2), ("", 1), ("North", 1), ("Telecom", 1)]

    def test_marks_are_levels_where_the_column_holds_any(self):
        levels = [Client("1", "A", reference=1), Client("2", "B", reference=2), Client("3", "C", reference=True)]
        assert [account.is_key for account in classify(levels).accounts] == [False, True, True]
        assert classify(levels[:1]).accounts[0].is_key

    def test_actual_follows_the_plan_where_there_is_one(self):
        result = classify(
            [
                Client("1", "A", revenue=99.0, sales_plan=0.5),
                Client("2", "B", revenue=1.0, sales_plan=99.5),
                Client("3", "C", revenue=0.5),
                Client("4", "D"),
            ]
        )
        assert [account.status and account.status.value for account in result.accounts] == [
            Status.POTENTIAL,
            Status.ACTUAL,
            Status.POTENTIAL,
            None,
        ]

    def test_tells_concentration_coverage_and_bounds_of_the_table(self):
        result = classify(
            [
                Client("1", "A", revenue=60.0, procurement_budget=100.0),
                Client("2", "B", revenue=40.0),
                Client("3", "C", revenue=5.0, procurement_budget=0.0),
            ]
        )
        assert result.coverage == Coverage(0.6, 1, 3, 60 / 105)
        assert result.concentration.top_1 == 60 / 105
        assert result.potential_bounds == PotentialBounds(100, 100, 0.8, 0.5)

    def test_of_an_empty_table_is_empty(self):
        result = classify([], today=TODAY)
        assert (result.accounts, result.key_accounts, result.limit) == ((), (), Limit(0, 0, 0, 0))
        assert (result.concentration, result.coverage) == (Concentration(*[None] * 5), Coverage(None, 0, 0, None))
        assert result.potential_bounds == PotentialBounds(None, None, 0.8, 0.5)


def test_the_plan_of_an_id_is_that_of_its_first_key_account_or_of_the_one_it_was_made_for():
    table = [
        Client("1", "Small", revenue=1.0),
        Client("1", "First", revenue=40.0),
        Client("1", "Second", revenue=59.0),
        Client("2", "Other", revenue=1.0),
        Client("2", "Another", revenue=1.0),
    ]
    result = classify(table)
    assert [account.client.client for account in result.by_id.values()] == ["First", "Other"]
    assert [account.client.client for account in result.without_own_id] == ["Second"]
    made = replace(result, planned_names={"1": "Second", "2": "Gone"})
    assert [account.client.client for account in made.by_id.values()] == ["Second", "Other"]
    assert [account.client.client for account in made.without_own_id] == ["First"]
