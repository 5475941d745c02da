"""The columns that KAM_TABLE can answer: their titles, and what each says of a client."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from kam_xl.domain import measures
from kam_xl.domain.account import usable_budget
from kam_xl.domain.classify import Account
from kam_xl.domain.model import Criterion
from kam_xl.functions.cells import IMPOSSIBLE, UNKNOWN, Answer, answered, label, listed
from kam_xl.locale import LANGUAGES, Text, joined
from kam_xl.plan.report_fields import KEY_ACCOUNTS

DEFAULT = ("criteria", "rank", "above_limit", "position", "potential", "strategy", "status")
_CODES = {criterion: str(number) for number, criterion in enumerate(Criterion, start=1)}
_YES = Text("Yes")


class AnswerColumn(NamedTuple):
    """A column: its title, and its cell for a client in a language, the revenue of the whole table given."""

    title: Text
    cell: Callable[[Account, str, float], Answer]


def _penetration(account: Account, *_: object) -> Answer:
    return answered(measures.penetration, account.client.revenue, account.client.procurement_budget)


def _headroom(account: Account, *_: object) -> Answer:
    return answered(measures.headroom, account.client.revenue, account.client.procurement_budget)


def _revenue_share(account: Account, _: str, total: float) -> Answer:
    return answered(measures.revenue_share, account.client.revenue, total)


def _competitor_share(account: Account, *_: object) -> Answer:
    return answered(measures.competitor_share, account.competitor_revenue, account.client.procurement_budget)


def _position(account: Account, lang: str, _: float) -> Answer:
    return label(account.position_value, lang) or _penetration(account)


def _potential(account: Account, lang: str, _: float) -> Answer:
    client = account.client
    contradicted = client.procurement_budget is not None and usable_budget(client) is None
    return label(account.potential_value, lang) or (IMPOSSIBLE if contradicted else UNKNOWN)


def _strategy(account: Account, lang: str, total: float) -> Answer:
    if advised := account.strategy:
        return label(advised, lang)
    return _potential(account, lang, total) if account.position_value else _position(account, lang, total)


def _status(account: Account, lang: str, total: float) -> Answer:
    return label(account.status, lang) or _revenue_share(account, lang, total)


_CELLS: dict[str, Callable[[Account, str, float], Answer]] = {
    "client_id": lambda account, *_: account.client.client_id,
    "client": lambda account, *_: account.client.client,
    "is_key": lambda account, *_: account.is_key and not account.above_limit,
    "rank": lambda account, *_: account.rank or "",
    "above_limit": lambda account, lang, _: _YES.render(lang) if account.above_limit else "",
    "criteria": lambda account, lang, _: listed(account.criteria, lang),
    "criteria_codes": lambda account, *_: ",".join(_CODES[each] for each in account.criteria),
    "criteria_met": lambda account, *_: len(account.criteria),
    "affects": lambda account, lang, _: joined(account.affects(), "; ", lang),
    "revenue_share": _revenue_share,
    "penetration": _penetration,
    "headroom": _headroom,
    "competitor_share": _competitor_share,
    "position": _position,
    "potential": _potential,
    "strategy": _strategy,
    "status": _status,
    "abc": lambda account, *_: UNKNOWN if account.abc is None else str(account.abc),
    "arguments": lambda account, lang, _: joined(account.arguments(), " ", lang),
}
_TITLES = {
    **{column.code: column.title for column in KEY_ACCOUNTS},
    "is_key": Text("Key account"),
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
