"""What the two lists say: the ranked key accounts and the findings of the data check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from kam_xl.domain.classify import Account, Classification
from kam_xl.locale import Text, in_context, joined, plural
from kam_xl.plan.formulas import link
from kam_xl.plan.report_fields import KEY_ACCOUNTS
from kam_xl.plan.state import KEY_ACCOUNT
from kam_xl.plan.words import capitalised, said, sentence

OPEN_PLAN = in_context("link to a plan", "Open")


@dataclass(frozen=True)
class FormerAccount:
    """A client that has a plan but is not, or no longer, a key account; `state` is what the plan says of that."""

    client_id: str
    client: str
    state: str


def key_accounts_rows(
    classification: Classification,
    plans: Mapping[str, str],
    former: Sequence[FormerAccount] = (),
    *,
    lang: str,
) -> list[dict[str, object]]:
    """The rows of the list of key accounts, by rank; former accounts stand below them.

    Parameters
    ----------
    classification : Classification
    plans : mapping
        Client id to the name of its plan sheet; a client without one gets no link.
    former : sequence of FormerAccount
        Clients that have a plan and are no key accounts (any more).
    lang : str

    Returns
    -------
    list of dict
        Column code (`kam_xl.plan.report_fields.KEY_ACCOUNTS`) to text, number, `Computed` or None.
    """
    rows = [account_row(account, lang) | {"account_state": KEY_ACCOUNT} for account in classification.key_accounts]
    accounts = {account.client.client_id: account for account in classification.accounts} if former else {}
    for each in former:
        account = accounts.get(each.client_id)
        numbers = account_row(account, lang) if account else {}
        rows.append({"client_id": each.client_id, "client": each.client, "account_state": each.state} | numbers)
    for row in rows:
        sheet = plans.get(str(row["client_id"]))
        row["plan"] = link(sheet, OPEN_PLAN.render(lang)) if sheet else None
    return [{column.code: said(row.get(column.code), lang) for column in KEY_ACCOUNTS} for row in rows]


def account_row(account: Account, lang: str) -> dict[str, object]:
    """One client as a row of the list, but for its plan and its state; texts not yet in words."""
    client = account.client
    return {
        "rank": account.rank,
        "client_id": client.client_id,
        "client": client.client,
        "industry": client.industry,
        "territory": client.territory,
        "manager": client.manager,
        "revenue": client.revenue,
        "revenue_share": account.revenue_share,
        "procurement_budget": client.procurement_budget,
        "penetration": account.penetration,
        "headroom": account.headroom,
        "competitor_revenue": account.competitor_revenue,
        "criteria": joined([criterion.label for criterion in account.criteria], ", ", lang),
        "criteria_met": len(account.criteria),
        "affects": capitalised(joined(account.affects(), "; ", lang)),
        "position": account.position_value and account.position_value.label,
        "potential": account.potential_value and account.potential_value.label,
        "strategy": account.strategy and account.strategy.label,
        "status": account.status and account.status.label,
        "above_limit": Text("Yes") if account.above_limit else None,
        "arguments": " ".join(sentence(argument.render(lang)) for argument in account.arguments()),
    }


def key_accounts_summary(classification: Classification, lang: str) -> str:
    """How many clients and key accounts there are, and how many the limit allows.

    Examples
    --------
    >>> from kam_xl.domain.classify import Client, classify
    >>> key_accounts_summary(classify([Client("1", "Nordwerk", revenue=60), Client("2", "Alpha", revenue=40)]), "en")
    '2 clients, 2 key accounts; the limit allows 1, 1 is above it.'
    """
    limit = classification.limit
    return Text(
        "{clients}, {key_accounts}; the limit allows {allowed:count}, {above}.",
        clients=plural("{n:count} client", "{n:count} clients", n=limit.clients),
        key_accounts=plural("{n:count} key account", "{n:count} key accounts", n=limit.qualified),
        allowed=limit.allowed,
        above=plural("{n:count} is above it", "{n:count} are above it", n=limit.above)
        if limit.above
        else Text("none is above it"),
    ).render(lang)


class Finding(Protocol):
    """What the data check needs to know of a finding, whoever found it."""

    @property
    def sheet(self) -> str: ...
    @property
    def cell(self) -> str: ...
    @property
    def client_id(self) -> str: ...
    @property
    def client(self) -> str: ...
    @property
    def grade(self) -> str: ...
    @property
    def message(self) -> Text: ...
    @property
    def value(self) -> object: ...
    @property
    def remedy(self) -> Text: ...


GRADES = {
    "error": in_context("grade", "Error"),
    "warning": in_context("grade", "Warning"),
    "note": in_context("grade", "Note"),
}
"""What a person calls each grade, the gravest first."""


def data_check_rows(findings: Iterable[Finding], lang: str) -> list[dict[str, object]]:
    """The rows of the data check: errors, then warnings, then notes, each in the order found.

    Parameters
    ----------
    findings : iterable of Finding
    lang : str

    Returns
    -------
    list of dict
        Column code (`kam_xl.plan.report_fields.DATA_CHECK`) to text or value; the cell is a link (`Computed`) where
        the finding has both a sheet and a cell.
    """
    order = list(GRADES)
    return [
        {
            "grade": GRADES[each.grade].render(lang),
            "sheet": said(each.sheet, lang),
            "cell": link(each.sheet, each.cell, each.cell) if each.sheet and each.cell else None,
            "client_id": said(each.client_id, lang),
            "client": said(each.client, lang),
            "message": each.message.render(lang),
            "value": said(each.value, lang),
            "remedy": said(each.remedy, lang),
        }
        for each in sorted(findings, key=lambda finding: order.index(finding.grade))
    ]


def data_check_summary(findings: Iterable[Finding], lang: str) -> str:
    """How many findings of each grade there are.

    >>> data_check_summary([], "en")
    'Nothing to correct.'
    """
    found = Counter(each.grade for each in findings)
    if not found:
        return Text("Nothing to correct.").render(lang)
    return Text(
        "{errors}, {warnings}, {notes}.",
        errors=plural("{n:count} error", "{n:count} errors", n=found["error"]),
        warnings=plural("{n:count} warning", "{n:count} warnings", n=found["warning"]),
        notes=plural("{n:count} note", "{n:count} notes", n=found["note"]),
    ).render(lang)
