"""Clients as the list of key accounts shows them, made column by column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from kam_xl.domain.arguments import Rating
from kam_xl.domain.classify import Account
from kam_xl.domain.criteria import AFFECTS
from kam_xl.domain.model import Criterion, Labelled, Status, Task
from kam_xl.locale import Text, joined
from kam_xl.plan.words import capitalised, sentence

_YES = Text("Yes")


def account_rows(accounts: Sequence[Account], lang: str) -> list[dict[str, object]]:
    """Clients as rows of the list: column code to text, number or None; see `account_columns`."""
    columns = account_columns(accounts, lang)
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def account_columns(accounts: Sequence[Account], lang: str) -> dict[str, Sequence[object]]:
    """Clients as columns of the list, but for their plans and their states; nothing in a cell is an empty text.

    What is asked of one client after the other is answered in two thirds of the time that all about each would take.
    """
    clients = [account.client for account in accounts]
    met = [account.criteria for account in accounts]
    statuses = [account.status for account in accounts]
    tasks = [account.tasks for account in accounts]
    gains = [account.attainable_gain for account in accounts]
    values = [account.value_with(gain) for account, gain in zip(accounts, gains, strict=True)]
    notes = [account.budget_note() for account in accounts]
    return {
        "rank": [account.rank for account in accounts],
        "client_id": [client.client_id or None for client in clients],
        "client": [client.client or None for client in clients],
        "industry": [client.industry or None for client in clients],
        "territory": [client.territory or None for client in clients],
        "manager": [client.manager or None for client in clients],
        "revenue": [client.revenue for client in clients],
        "revenue_share": [account.revenue_share for account in accounts],
        "value_at_stake": values,
        "procurement_budget": [client.procurement_budget for client in clients],
        "budget_note": [note and note.render(lang) for note in notes],
        "penetration": [account.penetration for account in accounts],
        "headroom": [account.headroom for account in accounts],
        "attainable_gain": gains,
        "competitor_revenue": [account.competitor_revenue for account in accounts],
        "criteria": [_criteria(each, lang) for each in met],
        "criteria_met": list(map(len, met)),
        "affects": [_affected(each, lang) for each in met],
        "position": _labels([account.position and account.position.value for account in accounts], lang),
        "potential": _labels([account.potential and account.potential.value for account in accounts], lang),
        "task": [_tasks(tuple([task.value for task in each]), lang) for each in tasks],
        "strategy": _labels([account.strategy for account in accounts], lang),
        "status": _labels([status and status.value for status in statuses], lang),
        "above_limit": [_YES.render(lang) if account.above_limit else None for account in accounts],
        "arguments": _arguments(zip(accounts, values, statuses, notes, tasks, strict=True), lang),
    }


def _labels(values: Iterable[Labelled | None], lang: str) -> list[str | None]:
    return [value and value.label.render(lang) for value in values]


def _arguments(
    judged: Iterable[tuple[Account, float, Rating[Status] | None, Text | None, Sequence[Rating[Task]]]], lang: str
) -> list[str | None]:
    """The arguments of accounts, with the value at stake, the status, the note and the tasks of each."""
    texts = [
        [account.ranked_by(value), *account.argued(status, note), *[task.argument for task in tasks]]
        for account, value, status, note, tasks in judged
    ]
    words = [[text.render(lang) for text in each if text is not None] for each in texts]
    return [" ".join(map(sentence, each)) or None for each in words]


@lru_cache
def _criteria(met: tuple[Criterion, ...], lang: str) -> str | None:
    return joined([criterion.label for criterion in met], ", ", lang) or None


@lru_cache
def _affected(met: tuple[Criterion, ...], lang: str) -> str | None:
    return capitalised(joined([AFFECTS[criterion] for criterion in met], "; ", lang)) or None


@lru_cache
def _tasks(tasks: tuple[Task, ...], lang: str) -> str | None:
    return joined([task.label for task in tasks], "; ", lang) or None
