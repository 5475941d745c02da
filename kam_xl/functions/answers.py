"""The columns that KAM_TABLE can answer: their titles, and what each says about a client."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from kam_xl.domain import attainable, measures
from kam_xl.domain.classify import Account, Classification
from kam_xl.domain.model import Criterion
from kam_xl.domain.yardsticks import usable_budget
from kam_xl.functions.arguments import IMPOSSIBLE, UNKNOWN, Answer, answered, label, listed
from kam_xl.locale import LANGUAGES, Text, joined
from kam_xl.plan.reports.report_fields import KEY_ACCOUNTS

DEFAULT = ("criteria", "rank", "above_limit", "position", "potential", "strategy", "status")
_CODES = {criterion: str(number) for number, criterion in enumerate(Criterion, start=1)}
_YES = Text("Yes")


class AnswerColumn(NamedTuple):
    """A column: its title, and its cell for a client in a language, the whole table given."""

    title: Text
    cell: Callable[[Account, str, Classification], Answer]


def _penetration(account: Account, *_: object) -> Answer:
    if account.penetration is not None:
        return account.penetration
    return answered(measures.penetration, account.client.revenue, account.client.procurement_budget)


def _headroom(account: Account, *_: object) -> Answer:
    return answered(measures.headroom, account.client.revenue, account.client.procurement_budget)


def _revenue_share(account: Account, _: str, whole: Classification) -> Answer:
    if account.revenue_share is not None:
        return account.revenue_share
    return answered(measures.revenue_share, account.client.revenue, whole.total_revenue)


def _competitor_share(account: Account, *_: object) -> Answer:
    return answered(measures.competitor_share, account.competitor_revenue, account.client.procurement_budget)


def _position(account: Account, lang: str, _: Classification) -> Answer:
    return label(account.position and account.position.value, lang) or _penetration(account)


def _potential(account: Account, lang: str, _: Classification) -> Answer:
    client = account.client
    contradicted = client.procurement_budget is not None and usable_budget(client) is None
    return label(account.potential and account.potential.value, lang) or (IMPOSSIBLE if contradicted else UNKNOWN)


def _strategy(account: Account, lang: str, whole: Classification) -> Answer:
    if advised := account.strategy:
        return label(advised, lang)
    return _potential(account, lang, whole) if account.position else _position(account, lang, whole)


def _status(account: Account, lang: str, whole: Classification) -> Answer:
    status = account.status
    return label(status and status.value, lang) or _revenue_share(account, lang, whole)


def _value_at_stake(account: Account, *_: object) -> Answer:
    client, position = account.client, account.position
    return answered(
        attainable.value_at_stake,
        client.revenue,
        client.procurement_budget,
        position and position.value,
        account.yardsticks.settings,
    )


def _attainable_penetration(account: Account, *_: object) -> Answer:
    return _penetration(account) if account.attainable_penetration is None else account.attainable_penetration


def _attainable_gain(account: Account, *_: object) -> Answer:
    client, position = account.client, account.position
    return answered(
        attainable.attainable_gain,
        client.revenue,
        client.procurement_budget,
        position and position.value,
        account.yardsticks.settings,
    )


def _goal(account: Account, _: str, whole: Classification) -> Answer:
    """Of key accounts only: the ceiling is theirs."""
    goal = whole.proposal(account).goals[-1].revenue if account.is_key else ""
    return UNKNOWN if goal is None else goal


def _task(account: Account, lang: str, _: Classification) -> Answer:
    return ", ".join(str(label(task.value, lang)) for task in account.tasks)


def _task_argument(account: Account, lang: str, _: Classification) -> Answer:
    return joined([task.argument for task in account.tasks], " ", lang)


_CELLS: dict[str, Callable[[Account, str, Classification], Answer]] = {
    "client_id": lambda account, *_: account.client.client_id,
    "client": lambda account, *_: account.client.client,
    "is_key": lambda account, *_: account.is_key,
    "within_limit": lambda account, *_: account.within_limit,
    "rank": lambda account, *_: account.rank or "",
    "rank_argument": lambda account, lang, _: account.rank_argument.render(lang) if account.rank_argument else "",
    "above_limit": lambda account, lang, _: _YES.render(lang) if account.above_limit else "",
    "criteria": lambda account, lang, _: listed(account.criteria, lang),
    "criteria_codes": lambda account, *_: ",".join(_CODES[each] for each in account.criteria),
    "criteria_met": lambda account, *_: len(account.criteria),
    "affects": lambda account, lang, _: joined(account.affects(), "; ", lang),
    "revenue_share": _revenue_share,
    "penetration": _penetration,
    "headroom": _headroom,
    "competitor_share": _competitor_share,
    "value_at_stake": _value_at_stake,
    "attainable_penetration": _attainable_penetration,
    "attainable_gain": _attainable_gain,
    "goal": _goal,
    "position": _position,
    "potential": _potential,
    "strategy": _strategy,
    "task": _task,
    "task_argument": _task_argument,
    "status": _status,
    "abc": lambda account, *_: UNKNOWN if account.abc is None else str(account.abc),
    "arguments": lambda account, lang, _: joined(account.arguments(), " ", lang),
    "why_not": lambda account, lang, _: joined(account.why_not(), " ", lang),
}
_TITLES = {
    **{column.code: column.title for column in KEY_ACCOUNTS},
    "criteria": Text("Criteria met"),
    "is_key": Text("Key account"),
    "within_limit": Text("Within the limit"),
    "rank_argument": Text("Ranked by"),
    "value_at_stake": Text("Value at stake"),
    "attainable_penetration": Text("Attainable penetration"),
    "attainable_gain": Text("Attainable gain"),
    "goal": Text("Goal at the horizon"),
    "task": Text("Task"),
    "task_argument": Text("Task, why"),
    "why_not": Text("Criteria not met, why"),
    "criteria_codes": Text("Criteria met, numbers"),
    "competitor_share": Text("Competitors' share"),
    "abc": Text("ABC class"),
}
COLUMNS: Mapping[str, AnswerColumn] = {code: AnswerColumn(_TITLES[code], cell) for code, cell in _CELLS.items()}
"""All columns by code."""


def column(word: str) -> AnswerColumn | None:
    """The column of this code or title, in either language.

    >>> column("Rank").title, column("индекс проникновения").title, column("nothing")
    (Text('Rank'), Text('Penetration index'), None)
    """
    wanted = " ".join(word.split()).casefold()
    if wanted in COLUMNS:
        return COLUMNS[wanted]
    return next((each for each in COLUMNS.values() if wanted in _names(each.title)), None)


def _names(title: Text) -> list[str]:
    return [title.render(lang).casefold() for lang in LANGUAGES]
