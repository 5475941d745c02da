"""Results on standard output: tables and explanations for people, JSON for other programs."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches

from rich.console import Console
from rich.table import Table

from kam_xl.domain.classify import Account, Classification
from kam_xl.domain.periods import YEAR, Period
from kam_xl.domain.settings import Setting
from kam_xl.errors import KamError
from kam_xl.locale import Text, shown
from kam_xl.plan.formulas import Computed
from kam_xl.plan.reports import data_check_rows
from kam_xl.table import Finding


class NoSuchClientError(KamError):
    """No client, or several, by the name asked for."""

    exit_code = 5

    def __init__(self, wanted: str, close: Sequence[str]) -> None:
        super().__init__(
            Text("no client has this id or name"),
            got=wanted,
            remedy=Text("Perhaps one of these is meant: {names}.", names=list(close)),
        )


def account_record(account: Account, lang: str) -> dict[str, object]:
    """One client as JSON: codes for machines, arguments in words; unknown is null."""
    client = account.client
    return {
        "client_id": client.client_id,
        "client": client.client,
        "revenue": client.revenue,
        "revenue_share": account.revenue_share,
        "procurement_budget": client.procurement_budget,
        "penetration": account.penetration,
        "headroom": account.headroom,
        "competitor_revenue": account.competitor_revenue,
        "competitor_share": account.competitor_share,
        "criteria": [criterion.value for criterion in account.criteria],
        "affects": [text.render(lang) for text in account.affects()],
        "rank": account.rank,
        "is_key": account.is_key,
        "above_limit": account.above_limit,
        "status": account.status.value if account.status else None,
        "position": account.position.value.value if account.position else None,
        "potential": account.potential.value.value if account.potential else None,
        "strategy": account.strategy.value if account.strategy else None,
        "abc": account.abc.value if account.abc else None,
        "arguments": [text.render(lang) for text in account.arguments()],
    }


def finding_record(finding: Finding, lang: str) -> dict[str, object]:
    """One finding as JSON."""
    return {
        "sheet": finding.sheet,
        "cell": finding.cell,
        "client_id": finding.client_id,
        "code": finding.code,
        "grade": finding.grade,
        "message": finding.message.render(lang),
        "value": finding.value,
        "remedy": finding.remedy.render(lang),
    }


def ranked(classification: Classification) -> list[Account]:
    """Key accounts by rank, then all other clients in the order of the table."""
    return [*classification.key_accounts, *(account for account in classification.accounts if not account.is_key)]


def print_json(records: Sequence[dict[str, object]]) -> None:
    """Print records; a number that JSON does not know becomes null."""
    cleaned = [{key: _known(value) for key, value in record.items()} for record in records]
    # Where the output is not UTF-8, as in a Windows pipe, escapes keep every letter.
    plain = (sys.stdout.encoding or "").casefold().replace("-", "") != "utf8"
    sys.stdout.write(json.dumps(cleaned, ensure_ascii=plain, indent=1, allow_nan=False, default=str) + "\n")


def _known(value: object) -> object:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def print_table(header: Sequence[Text], rows: Iterable[Sequence[str]], lang: str, right: Collection[int] = ()) -> None:
    """Print an aligned table; in a pipe it is as wide as it needs to be."""
    console = Console(width=None if sys.stdout.isatty() else 250, highlight=False, markup=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for index, title in enumerate(header):
        table.add_column(title.render(lang), justify="right" if index in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    console.print(table)


def print_accounts(accounts: Sequence[Account], lang: str) -> None:
    """The classification as a table for the eye: the main columns only."""
    header = [
        Text("Rank"),
        Text("Client ID"),
        Text("Client"),
        Text("Revenue"),
        Text("Procurement budget"),
        Text("Penetration index"),
        Text("Criteria met"),
        Text("Position"),
        Text("Potential"),
        Text("Strategy"),
        Text("Status"),
        Text("Above the limit"),
    ]
    print_table(header, [_account_line(account, lang) for account in accounts], lang, right=(0, 3, 4, 5))


def _account_line(account: Account, lang: str) -> list[str]:
    client = account.client
    return [
        shown(account.rank, "count", lang),
        client.client_id,
        client.client,
        shown(client.revenue, "money", lang),
        shown(client.procurement_budget, "money", lang),
        shown(account.penetration, "share", lang),
        ", ".join(criterion.label.render(lang) for criterion in account.criteria),
        account.position.value.label.render(lang) if account.position else "",
        account.potential.value.label.render(lang) if account.potential else "",
        account.strategy.label.render(lang) if account.strategy else "",
        account.status.label.render(lang) if account.status else "",
        Text("yes").render(lang) if account.above_limit else "",
    ]


def print_findings(findings: Iterable[Finding], lang: str) -> None:
    """The data check, one finding a line."""
    for row in data_check_rows(findings, lang):
        cell = row["cell"].value if isinstance(row["cell"], Computed) else row["cell"]
        where = "!".join(str(part) for part in (row["sheet"], cell) if part)
        said = f"{row['grade']}: {where}: {row['message']} {row['remedy'] or ''}"
        sys.stdout.write(" ".join(said.split()) + "\n")


def find_accounts(classification: Classification, wanted: str) -> list[Account]:
    """The client with this id, else with this name, else the only one whose name holds these words.

    Several only where a table has an id or a name more than once.

    Raises
    ------
    NoSuchClientError
    """
    by_id = [account for account in classification.accounts if account.client.client_id == wanted]
    key = wanted.casefold()
    named = [account for account in classification.accounts if account.client.client.casefold() == key]
    similar = [account for account in classification.accounts if key in account.client.client.casefold()]
    found = by_id or named or (similar if len(similar) == 1 else [])
    if not found:
        names = [account.client.client for account in similar or classification.accounts]
        raise NoSuchClientError(wanted, get_close_matches(wanted, names, n=5, cutoff=0.5) or names[:5])
    return found


def explanation(account: Account, classification: Classification, lang: str) -> str:
    """What a client is and why, in lines."""
    client = account.client
    facts = [
        (Text("Revenue"), shown(client.revenue, "money", lang)),
        (Text("Share of our revenue"), shown(account.revenue_share, "share", lang)),
        (Text("Procurement budget"), shown(client.procurement_budget, "money", lang)),
        (Text("Penetration index"), shown(account.penetration, "share", lang)),
        (Text("Headroom"), shown(account.headroom, "money", lang)),
        (Text("Competitor revenue"), shown(account.competitor_revenue, "money", lang)),
        (Text("Strategy"), account.strategy.label.render(lang) if account.strategy else ""),
        *_plan_and_fact(account, classification, lang),
    ]
    verdict = (
        Text(
            "key account, rank {rank:count} of {qualified:count}; the limit allows {allowed:count}",
            rank=account.rank,
            qualified=classification.limit.qualified,
            allowed=classification.limit.allowed,
        )
        if account.is_key
        else Text("no key account: it meets none of the four criteria")
    )
    unknown = Text("unknown").render(lang)
    lines = [f"{client.client} ({client.client_id}): {verdict.render(lang)}", ""]
    lines += [f"{title.render(lang)}: {value or unknown}" for title, value in facts]
    lines += ["", *(f"- {argument.render(lang)}" for argument in account.arguments())]
    affects = account.affects()
    if affects:
        lines += ["", Text("It affects: {what}.", what=affects).render(lang)]
    return "\n".join(lines)


def _plan_and_fact(account: Account, classification: Classification, lang: str) -> list[tuple[Text, str]]:
    """The current year of the operational plan, where the client has one."""
    plan, calendar = account.client.operational, classification.calendar
    if plan is None or calendar is None:
        return []
    year = plan.revenue.compare(Period(calendar.current_year, YEAR), calendar.closed)
    share = f" ({shown(year.deviation_share, 'share', lang)})" if year.deviation_share is not None else ""
    return [
        (Text("Operational plan of {year}", year=calendar.current_year), shown(year.plan, "money", lang)),
        (Text("Plan to date"), shown(year.plan_to_date, "money", lang)),
        (Text("Fact to date"), shown(year.fact, "money", lang)),
        (Text("Deviation"), shown(year.deviation, "money", lang) + share),
        (Text("Expected for the year"), shown(year.lead, "money", lang)),
    ]


def print_settings(settings: Iterable[Setting], lang: str) -> None:
    """All settings as a table."""
    header = [Text("Setting"), Text("Value"), Text("Meaning")]
    print_table(header, [[each.name, _setting(each.value), each.meaning.render(lang)] for each in settings], lang)


def settings_toml(settings: Iterable[Setting], lang: str) -> str:
    """All settings as a TOML file; those that are off are comments.

    >>> listed = [Setting("horizon_years", 3, Text("Years.")), Setting("currency", "", Text("Name."))]
    >>> print(settings_toml(listed, "en"))
    # Years.
    horizon_years = 3
    <BLANKLINE>
    # Name.
    currency = ""
    <BLANKLINE>
    """
    lines = []
    for each in settings:
        value = json.dumps(str(each.value), ensure_ascii=False) if isinstance(each.value, str) else _setting(each.value)
        lines += [f"# {each.meaning.render(lang)}", f"{each.name} = {value}" if value else f"# {each.name} =", ""]
    return "\n".join(lines)


def _setting(value: object) -> str:
    return "" if value is None else str(value)
