"""Results on standard output: tables and explanations for people, JSON for other programs."""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches

from kam_xl.cli.screen import show
from kam_xl.domain.classify import Account, Classification
from kam_xl.domain.goals import year_label
from kam_xl.domain.periods import YEAR, Period
from kam_xl.domain.settings import Setting
from kam_xl.errors import KamError
from kam_xl.locale import Text, beside, joined, plural, shown
from kam_xl.locale.printable import printable
from kam_xl.plan.account.formulas import Computed
from kam_xl.plan.reports.lists import data_check_rows
from kam_xl.table import Finding

_CONTROLS = re.compile("[\x7f-\x9f]")  # which JSON lets pass, and a terminal obeys
FIRST_ROWS = 200
"""How many clients a table for the eye shows."""


# A message names no more clients than these.
_MANY = 5


class NoSuchClientError(KamError):
    """No client, or several, by the name asked for."""

    exit_code = 5

    def __init__(self, wanted: str, close: Sequence[str], others: int = 0) -> None:
        more = Text("{names} and {n:count} more", names=list(close), n=others) if others else list(close)
        super().__init__(
            Text("no client has this ID or name"),
            got=wanted,
            remedy=Text("Did you mean one of these: {names}?", names=more),
        )


def account_record(account: Account, classification: Classification, lang: str) -> dict[str, object]:
    """One client as JSON: codes for machines, arguments in words; unknown is null."""
    client, tasks = account.client, account.tasks
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
        "attainable_penetration": account.attainable_penetration,
        "attainable_gain": account.attainable_gain,
        "value_at_stake": account.value_at_stake,
        "goal": _goals(account, classification),
        "criteria": [criterion.value for criterion in account.criteria],
        "affects": [text.render(lang) for text in account.affects()],
        "rank": account.rank,
        "is_key": account.is_key,
        "within_limit": account.within_limit,
        "above_limit": account.above_limit,
        "status": account.status.value.value if account.status else None,
        "position": account.position.value.value if account.position else None,
        "potential": account.potential.value.value if account.potential else None,
        "strategy": account.strategy.value if account.strategy else None,
        "task": tasks[0].value.value if tasks else None,
        "task_argument": " ".join(task.argument.render(lang) for task in tasks) or None,
        "abc": account.abc.value if account.abc else None,
        "arguments": [text.render(lang) for text in account.arguments()],
        "why_not": [text.render(lang) for text in account.why_not()],
    }


def _goals(account: Account, classification: Classification) -> dict[str, float | None] | None:
    """The proposed revenue by year; of key accounts only, because the ceiling is theirs."""
    if not account.is_key:
        return None
    settings = classification.settings
    return {year_label(goal.year, settings): goal.revenue for goal in classification.proposal(account).goals}


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
    text = json.dumps(cleaned, ensure_ascii=plain, indent=1, allow_nan=False, default=str)
    sys.stdout.write(_CONTROLS.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n")


def _known(value: object) -> object:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def print_table(header: Sequence[Text], rows: Iterable[Sequence[str]], lang: str, right: Collection[int] = ()) -> None:
    """Print an aligned table; in a pipe it is as wide as it needs to be."""
    from rich.console import Console  # takes a while, and few commands show tables
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 250, highlight=False, markup=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for index, title in enumerate(header):
        table.add_column(title.render(lang), justify="right" if index in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(printable, row))
    console.print(table)


def print_accounts(accounts: Sequence[Account], lang: str) -> None:
    """The classification as a table for the eye: the main columns of the first clients, and how many are not shown."""
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
    shown_ones = accounts[:FIRST_ROWS]
    print_table(header, [_account_line(account, lang) for account in shown_ones], lang, right=(0, 3, 4, 5))
    if more := len(accounts) - len(shown_ones):
        show(
            plural(
                "{n:count} more client is not shown: -o FILE writes all of them, --json prints them.",
                "{n:count} more clients are not shown: -o FILE writes all of them, --json prints them.",
                n=more,
            ).render(lang)
        )


def _account_line(account: Account, lang: str) -> list[str]:
    client = account.client
    return [
        shown(account.rank, "count", lang),
        client.client_id,
        client.client,
        shown(client.revenue, "money", lang),
        shown(client.procurement_budget, "money", lang),
        _penetration(account, lang),
        ", ".join(criterion.label.render(lang) for criterion in account.criteria),
        account.position.value.label.render(lang) if account.position else "",
        account.potential.value.label.render(lang) if account.potential else "",
        account.strategy.label.render(lang) if account.strategy else "",
        account.status.value.label.render(lang) if account.status else "",
        Text("yes").render(lang) if account.above_limit else "",
    ]


def _penetration(account: Account, lang: str) -> str:
    settings = account.yardsticks.settings
    bounds = (settings.position_strong_from, settings.position_medium_from, settings.prospect_max_penetration)
    return _near(account.penetration, lang, *bounds)


def _near(share: float | None, lang: str, *bounds: float) -> str:
    """A share, never as a bound that it does not reach: 19.9999% beside a position that is weak below 20%."""
    return shown(None if share is None else beside(share, "share", *bounds), "share", lang)


def print_findings(findings: Iterable[Finding], lang: str) -> None:
    """The data check, one finding a line."""
    lines = []
    for row in data_check_rows(findings, lang):
        cell = row["cell"].value if isinstance(row["cell"], Computed) else row["cell"]
        where = "!".join(str(part) for part in (row["sheet"], cell) if part)
        lines.append(" ".join(f"{row['grade']}: {where}: {row['message']} {row['remedy'] or ''}".split()))
    if lines:
        show("\n".join(lines))


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
    accounts = by_id or named or (similar if len(similar) == 1 else [])
    if not accounts:
        ids: dict[str, dict[str, None]] = {}
        for account in similar or classification.accounts:
            ids.setdefault(account.client.client, {})[account.client.client_id] = None
        close = get_close_matches(wanted, ids, n=_MANY, cutoff=0.5) or list(ids)[:_MANY]
        names = [f"{name} ({each})" if len(ids[name]) > 1 else name for name in close for each in ids[name]][:_MANY]
        raise NoSuchClientError(wanted, names, sum(map(len, ids.values())) - len(names) if similar else 0)
    return accounts


def explanation(account: Account, classification: Classification, faults: Iterable[Text], lang: str) -> str:
    """What a client is and why, in lines; `faults` are what is wrong with its row."""
    client, settings = account.client, classification.settings
    goals = classification.proposal(account)
    facts = [
        (Text("Revenue"), shown(client.revenue, "money", lang)),
        (Text("Share of our revenue"), _near(account.revenue_share, lang, settings.key_revenue_share)),
        (Text("Procurement budget"), shown(client.procurement_budget, "money", lang)),
        (Text("Penetration index"), _penetration(account, lang)),
        (Text("Headroom"), shown(account.headroom, "money", lang)),
        (Text("Competitor revenue"), shown(account.competitor_revenue, "money", lang)),
        (Text("Attainable gain"), shown(account.attainable_gain, "money", lang)),
        (Text("Value at stake"), shown(account.value_at_stake, "money", lang)),
        (Text("Strategy"), account.strategy.label.render(lang) if account.strategy else ""),
        *(
            (Text("Proposed goal of {year}", year=year_label(goal.year, settings)), shown(goal.revenue, "money", lang))
            for goal in (goals.goals if account.is_key else ())
        ),
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
        else Text("not a key account: it meets none of the four criteria")
    )
    unknown = Text("unknown").render(lang)
    lines = [f"{client.client} ({client.client_id}): {verdict.render(lang)}", ""]
    lines += [f"{title.render(lang)}: {value or unknown}" for title, value in facts]
    reasons = [*account.arguments(), *([goals.argument] if account.is_key else account.why_not())]
    if account.rank_argument:
        reasons.insert(0, account.rank_argument)
    lines += ["", *(f"- {reason.render(lang)}" for reason in reasons)]
    if tasks := account.tasks:
        lines += ["", *(f"- {task.argument.render(lang)}" for task in tasks)]
    if wrong := [fault.render(lang) for fault in faults]:
        lines += ["", Text("Check the row:").render(lang), *(f"- {fault}" for fault in wrong)]
    affects = account.affects()
    if affects:
        lines += ["", Text("It affects: {what}.", what=joined(affects, "; ", lang)).render(lang)]
    return "\n".join(lines)


def _plan_and_fact(account: Account, classification: Classification, lang: str) -> list[tuple[Text, str]]:
    """The current year of the operational plan, where the client has one."""
    plan, calendar = account.client.operational, classification.calendar
    if plan is None or calendar is None:
        return []
    year = plan.revenue.compare(Period(calendar.current_year, YEAR), calendar.closed)
    share = f" ({shown(year.deviation_share, 'share', lang)})" if year.deviation_share is not None else ""
    planned = plan.revenue.plan.roll(Period(calendar.current_year, YEAR))
    unplanned = [(Text("Actual without a plan"), shown(year.unplanned, "money", lang))] if year.unplanned else []
    return [
        (
            Text("Operational plan of {year}", year=calendar.current_year),
            _of_months(year.plan, planned.months if planned else 0, lang),
        ),
        (Text("Plan to date"), shown(year.plan_to_date, "money", lang)),
        (Text("Actual to date"), shown(year.fact, "money", lang)),
        (Text("Variance"), shown(year.deviation, "money", lang) + share),
        *unplanned,
        (Text("Forecast for the year"), _of_months(year.forecast, year.months, lang)),
    ]


def _of_months(amount: float | None, months: int, lang: str) -> str:
    """An amount of a year, with how many of its months it covers where some are missing."""
    text = shown(amount, "money", lang)
    if not text or not 0 < months < YEAR:
        return text
    return Text("{amount} ({months:count} of 12 months)", amount=text, months=months).render(lang)


def print_settings(settings: Iterable[Setting], lang: str) -> None:
    """All settings as a table."""
    header = [Text("Setting"), Text("Value"), Text("Meaning")]
    print_table(header, [[each.name, _setting(each.value), each.meaning.render(lang)] for each in settings], lang)


def settings_toml(settings: Iterable[Setting], lang: str) -> str:
    """All settings as a TOML file; those that are off are comments.

    >>> horizon = Setting("horizon_years", 3, Text("Years."), Text("Horizon"))
    >>> listed = [horizon, Setting("currency", "", Text("Name."), Text("Currency"))]
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
