"""The names of the live sheets answer what the rules answer, over tables by chance."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from kam_xl.domain.capacity import capacity_of, growth_capacity
from kam_xl.domain.classify import Classification, classify
from kam_xl.domain.model import Client, Labelled
from kam_xl.domain.settings import Settings

pytest.importorskip("ironcalc", reason="ironcalc calculates the formulas")
from tests.workbook.lambdas.engine import Call, calculated

CASES = 40
REVENUES = (None, 0.0, 1.0, 20.0, 20.0, 75.0, 400.0, -30.0)
BUDGETS = (None, 0.0, 1.0, 75.0, 100.0, 900.0, 5000.0)
CHANGED: tuple[dict[str, Any], ...] = (
    {"capacity_growth": 0.2},
    {"capacity_growth": 0},
    {"capacity_growth": 1, "horizon_years": 2, "budget_growth": 0.1},
)


def column(values: list[Any]) -> list[list[Any]]:
    return [["" if value is None else value] for value in values]


def rules_of(settings: Settings) -> list[list[Any]]:
    """A range of settings; its first row is the language."""
    return [["language", "en"], *([name, getattr(settings, name)] for name in CHANGED[2])]


def settings_of(number: int) -> Settings:
    return Settings(**CHANGED[number % len(CHANGED)])


def in_english(members: Sequence[Labelled | None]) -> str:
    return ", ".join(each.label.render("en") for each in members if each)


def known(answers: list[Any]) -> list[Any]:
    """All cells of some answers, 0 for what is unknown."""
    blocks = [each if isinstance(each, list) else [[each]] for each in answers]
    return [0.0 if cell == "#N/A" else cell for block in blocks for line in block for cell in line]


def tables() -> list[Classification]:
    random = Random("tables of clients")  # noqa: S311 (the same tables each time)
    return [
        classify(
            [
                Client(
                    str(number),
                    f"Client {number}",
                    revenue=random.choice(REVENUES),
                    procurement_budget=random.choice(BUDGETS),
                    reference=random.random() < 0.5,
                    expertise=random.random() < 0.3,
                )
                for number in range(random.randint(1, 12))
            ],
            settings_of(at),
        )
        for at in range(CASES)
    ]


@pytest.mark.parametrize("blanks", [0, 30], ids=["alone", "above blank rows"])
def test_the_ceiling_is_that_of_the_rules(tmp_path: Path, blanks: int) -> None:
    random = Random("gains")  # noqa: S311
    calls, wanted = [], []
    for at in range(CASES):
        gains = [random.choice((0.0, 5.0, 5.0, 30.0, 100.0, 2500.0)) for _ in range(random.randint(1, 8))]
        revenue, settings = random.choice((0.0, 1.0, 50.0, 1000.0)), settings_of(at)
        capacity = capacity_of(revenue, gains, [0.0] * len(gains), settings)
        amount = growth_capacity(revenue, settings)
        calls += [
            Call("kam_capacity", revenue, rules_of(settings)),
            Call("kam_ceiling", column([*gains, *[None] * blanks]), "" if amount is None else amount),
        ]
        wanted += [amount, capacity.ceiling]
    assert calculated(calls, tmp_path) == ["" if each is None else pytest.approx(each) for each in wanted]


def test_the_order_is_that_of_the_ranks(tmp_path: Path) -> None:
    calls, wanted = [], []
    for table in tables():
        ranked = [table.accounts.index(each) + 1 for each in table.key_accounts]
        if ranked:
            calls.append(
                Call(
                    "kam_order",
                    column([in_english(each.criteria) for each in table.accounts]),
                    column([each.client.revenue for each in table.accounts]),
                    column([each.value_at_stake for each in table.accounts]),
                    column([int(each.client.client_id) for each in table.accounts]),
                    "en",
                    shape=(len(ranked), 1),
                )
            )
            wanted += ranked
    assert known(calculated(calls, tmp_path)) == wanted


def test_values_at_stake_are_those_of_the_rules_where_numbers_are_wrong_too(tmp_path: Path) -> None:
    calls, wanted = [], []
    for table in tables():
        clients = [each.client for each in table.accounts]
        columns = (
            column([each.revenue for each in clients]),
            column([each.procurement_budget for each in clients]),
            column([in_english([each.position and each.position.value]) for each in table.accounts]),
        )
        calls.append(Call("kam_stake_of", *columns, rules_of(table.settings), shape=(len(clients), 1)))
        wanted += [each.value_at_stake for each in table.accounts]
    assert known(calculated(calls, tmp_path)) == [pytest.approx(each) for each in wanted]


def test_goals_are_those_of_the_plans_where_numbers_are_wrong_too(tmp_path: Path) -> None:
    calls, wanted = [], []
    for table in tables():
        rules, ceiling = rules_of(table.settings), table.capacity.ceiling
        for account in table.key_accounts:
            client, proposal = account.client, table.proposal(account)
            position = in_english([account.position and account.position.value])
            revenue, budget = ("" if each is None else each for each in (client.revenue, client.procurement_budget))
            reached = ""
            if budget and proposal.penetration is not None:
                limit = "" if ceiling is None else ceiling
                calls.append(
                    Call("kam_reached", revenue, budget, position, account.attainable_gain or 0.0, limit, rules)
                )
                reached = proposal.penetration
                wanted.append(reached)
            strategy = in_english([account.strategy])
            for year, goal in enumerate(proposal.goals, start=1):
                calls.append(Call("kam_goal_of", year, revenue, budget, reached, strategy, "en", rules))
                wanted.append("" if goal.revenue is None else goal.revenue)
    assert calculated(calls, tmp_path) == [each if each == "" else pytest.approx(each) for each in wanted]
