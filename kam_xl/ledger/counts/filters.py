"""Rows that a ledger holds and nobody wants: cancelled ones, payments of invoices, counter entries, and what a user
leaves out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from kam_xl.ledger.columns.evidence import NUMBER_BEHIND, is_date, is_kind, says
from kam_xl.ledger.errors import ColumnsError, RecipeError
from kam_xl.ledger.packages import required
from kam_xl.ledger.sources.sources import Part
from kam_xl.locale import Text
from kam_xl.table.headers.period_words import hinted_by
from kam_xl.table.values.cells import quoted
from kam_xl.table.words.matching import words
from kam_xl.table.words.vocabulary import MARKS, section

if TYPE_CHECKING:
    import ibis

_CONDITION = re.compile(r"\s*(?P<title>.+?)\s*(?P<unless>!?)=\s*(?P<values>.*?)\s*")


_WON = [words(each) for each in (*section("ledgers")["won"], *section("deal_stages")["won"])]
_STAGES = [words(each) for stages in section("deal_stages").values() for each in stages]


class RowFilter(NamedTuple):
    """A condition that rows have to meet: a header, its values with * and ?, and whether these are unwanted."""

    title: str
    values: tuple[str, ...]
    unless: bool = False

    def __str__(self) -> str:
        return f"{self.title} {'!=' if self.unless else '='} {'|'.join(self.values)}"

    def wants(self, text: str) -> bool:
        """Whether a cell is one of those wanted, letter case apart.

        >>> read_where("Region=North|South*").wants("SOUTHWEST"), read_where("Type!=Draft").wants("draft")
        (True, False)
        """
        return any(fnmatchcase(text.casefold(), value.casefold()) for value in self.values) != self.unless


def read_where(text: str) -> RowFilter:
    """The condition of a text: `Status=Paid`, `Region=North|South*`, `Type!=Draft`.

    Raises
    ------
    RecipeError
    """
    match = _CONDITION.fullmatch(text)
    if not match:
        raise RecipeError(
            Text("this is not a condition"),
            got=text,
            remedy=Text("Write it like this: Status=Paid, or Region=North|South, or Type!=Draft."),
        )
    return RowFilter(match["title"], tuple(each.strip() for each in match["values"].split("|")), bool(match["unless"]))


def skipped(
    part: Part, skip: ibis.Value, wheres: Sequence[RowFilter], distinct: Callable[[ibis.Value], list[str]]
) -> ibis.Value:
    """Why a row does not count, with the cancelled, the payments, the counter entries and the unwanted."""
    cases: list[tuple[ibis.Value, ibis.Value | str]] = []
    for name, unwanted in _UNWANTED.items():
        for at in part.layout.fields.get(name, ()):
            text = document_kind(part) if name == "document_type" else _text(part.table[part.columns[at]])
            if lost := unwanted(distinct(text)) or _open_deals(part, name, at, wheres, distinct):
                cases.append(
                    (text.isin(lost), name if name in _ALL_ALIKE else required("ibis").literal(f"{name}:") + text)
                )
    if part.layout.bank:
        cases = [(part.table.total_ < 0, "outgoing")]
    for where in wheres:
        text = _text(part.table[part.columns[_place(part, where)]])
        lost = [each for each in distinct(text) if not where.wants(each)]
        if lost:
            cases.append((text.isin(lost), f"where:{where}"))
    if not cases:
        return skip
    return required("ibis").cases((skip != "", skip), *cases, else_="")


def document_kind(part: Part) -> ibis.Value:
    """The kind of each document, without the number and date that may stand behind it."""
    text = _text(part.table[part.columns[part.layout.fields["document_type"][0]]])
    return text.re_replace(NUMBER_BEHIND, "")


def _text(value: ibis.Value) -> ibis.Value:
    return value.cast("string").strip().fill_null("")


def _place(part: Part, where: RowFilter) -> int:
    key = words(where.title)
    for at, title in enumerate(part.layout.titles):
        if title and words(title) == key:
            return at
    raise ColumnsError(
        Text("there is no column for the condition {where}", where=str(where)),
        where=part.name,
        remedy=Text("The headers are: {titles}.", titles=[quoted(title) for title in part.layout.titles if title]),
    )


def _void(statuses: Sequence[str]) -> list[str]:
    """The statuses of rows that never became a sale; of deals all but those that were won."""
    return _not_won(statuses) or [each for each in statuses if says(each, "void") and not says(each, "partly")]


def _not_won(stages: Sequence[str]) -> list[str]:
    """The stages or statuses of deals that were not won, where some were."""
    won = _won(stages)
    return [each for each in stages if each and each not in won] if won else []


def _open_deals(
    part: Part, name: str, at: int, wheres: Sequence[RowFilter], distinct: Callable[[ibis.Value], list[str]]
) -> list[str]:
    """The stages of a list of deals of which none was won, unless the user says which of them are sales."""
    if name != "stage" or any(words(each.title) == words(part.layout.titles[at]) for each in wheres):
        return []
    judging = {*part.layout.fields["stage"], *part.layout.fields.get("status", ())}
    if any(_won(distinct(_text(part.table[part.columns[each]]))) for each in judging):
        return []
    named = [each for each in distinct(_text(part.table[part.columns[at]])) if each]
    return named if "deal" in part.layout.fields or all(words(each) in _STAGES for each in named) else []


def _won(stages: Sequence[str]) -> list[str]:
    return [each for each in stages if words(each) in _WON]


def _planned(scenarios: Sequence[str]) -> list[str]:
    """The scenarios that are no actual figures: plans, budgets, forecasts."""
    return [each for each in scenarios if hinted_by(each).kind in ("plan", "forecast")]


def _unposted(cells: Sequence[str]) -> list[str]:
    """The "no" of a column that says whether a document was posted."""
    return [each for each in cells if each.casefold() in MARKS[False]]


def _not_sales(kinds: Sequence[str]) -> list[str]:
    """The kinds of documents that are payments or offers, where there are others, too: else they count."""
    others = [each for each in kinds if is_kind(each, "payment", "not_a_sale")]
    return others if len(others) < len([each for each in kinds if each]) else []


def _cancelled(cells: Sequence[str]) -> list[str]:
    """The "yes" of a column that says whether a document was cancelled, or when."""
    return [each for each in cells if each.casefold() in MARKS[True] or each == "1" or (each != "0" and is_date(each))]


def _no_sales(accounts: Sequence[str]) -> list[str]:
    """The accounts of counter entries and costs, where others are there, too: each sale stands on several.

    Where some are called sales ("4000 Sales"), those of another class of the chart ("6000 Rent") are none.
    """
    lost = {each for each in accounts if says(each, "counter_account") or says(each, "cost_account")}
    sales = [each for each in accounts if says(each, "sales_account") and each not in lost]
    classes = {each[0] for each in sales}
    if sales and all(map(str.isdigit, classes)):
        lost |= {each for each in accounts if each[:1].isdigit() and each[0] not in classes}
    return sorted(lost) if len(lost) < len([each for each in accounts if each]) else []


def _not_credited_to_sales(accounts: Sequence[str]) -> list[str]:
    """The credit accounts of entries that are not sales, where some are: the books have payments and taxes, too."""
    others = [each for each in accounts if not says(each, "sales_account")]
    return others if len(others) < len(accounts) else []


_UNWANTED: Mapping[str, Callable[[Sequence[str]], list[str]]] = {
    "status": _void,
    "stage": _not_won,
    "scenario": _planned,
    "posted": _unposted,
    "document_type": _not_sales,
    "voided": _cancelled,
    "ledger_account": _no_sales,
    "credit_account": _not_credited_to_sales,
}
# Each of their values would be a reason of its own, and says no more than the others.
_ALL_ALIKE = ("voided",)
