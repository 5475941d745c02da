"""What the two lists say: the ranked key accounts and the findings of the data check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kam_xl.domain.classify import Account, Classification
from kam_xl.domain.goals import secured_by, year_label
from kam_xl.domain.operational import gap_to_goal
from kam_xl.domain.ranking import RANKING_RULE
from kam_xl.locale import Text, in_context, joined, plural
from kam_xl.plan.account.formulas import link
from kam_xl.plan.commands import COMMANDS
from kam_xl.plan.reports.account_columns import account_rows
from kam_xl.plan.reports.goal_summary import ceiling_sentence, part_of_year, shared_ids
from kam_xl.plan.reports.portfolio_money import BY_YEAR, other_horizons
from kam_xl.plan.reports.report_fields import KEY_ACCOUNTS
from kam_xl.plan.state import KEY_ACCOUNT
from kam_xl.plan.units import TableUnit, amounts_in
from kam_xl.plan.words import both, in_language, some

OPEN_PLAN = in_context("link to a plan", "Open")
FILLED_IN, TO_FILL_IN = in_context("plan", "Filled in"), in_context("plan", "To fill in")

ID_NOT_UNIQUE = Text("ID not unique")
"""What stands in the place of the link where the plan of the ID is that of another client."""

FROM_PLAN: Mapping[str, str] = {
    "goal": "kam_goal_revenue",
    "gap": "kam_goal_open",
    "next_step": "kam_next_what",
    "next_date": "kam_next_when",
    "unfilled": "kam_unfilled",
}
"""What the list takes from the fields of a plan sheet: the user's goals and steps, not our proposals."""


WITHOUT_MONEY = Text("The table has neither revenue nor procurement budgets. Build plans all the same?")


@dataclass(frozen=True)
class FormerAccount:
    """A client that has a plan but is not, or no longer, a key account; `state` is what the plan says about that."""

    client_id: str
    client: str
    state: str


@dataclass(frozen=True)
class PlanSheet:
    """A plan as the reports show it: the name of its sheet, the values of its fields, of columns the first, and its
    columns by year as a whole (`kam_xl.plan.reports.portfolio_money.BY_YEAR`)."""

    name: str
    fields: Mapping[str, object]
    years: Mapping[str, Sequence[object]] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, cells: Mapping[str, Sequence[object]]) -> PlanSheet:
        """A plan by the cells of its fields.

        >>> PlanSheet.of("Nordwerk", {"kam_goal_revenue": [500.0], "kam_next_what": ["Visit", "Offer"]}).fields
        {'kam_goal_revenue': 500.0, 'kam_next_what': 'Visit'}
        """
        years = {each: cells[each] for each in BY_YEAR if each in cells}
        return cls(name, {each: cells[each][0] for each in FROM_PLAN.values() if each in cells}, years)


def years_of(plans: Mapping[str, PlanSheet]) -> dict[str, Mapping[str, Sequence[object]]]:
    """The columns by year of each plan."""
    return {client_id: plan.years for client_id, plan in plans.items()}


def key_accounts_rows(
    classification: Classification,
    plans: Mapping[str, PlanSheet],
    former: Sequence[FormerAccount] = (),
    *,
    lang: str,
) -> list[dict[str, object]]:
    """The rows of the list of key accounts, by rank; former accounts stand below them.

    Parameters
    ----------
    classification : Classification
    plans : mapping
        Client id to its plan sheet; the goal of a client without one is the proposed one.
    former : sequence of FormerAccount
        Clients that have a plan and are not key accounts (any more).
    lang : str

    Returns
    -------
    list of dict
        Column code (`kam_xl.plan.reports.report_fields.KEY_ACCOUNTS`) to text, number, `Computed` or None.
    """
    shared = {account.rank for account in classification.without_own_id}
    accounts = classification.key_accounts
    rows = [
        row | _proposed(account, classification) | {"account_state": KEY_ACCOUNT}
        for account, row in zip(accounts, account_rows(accounts, lang), strict=True)
    ]
    for each in former:
        account = classification.by_id.get(each.client_id)
        (numbers,) = account_rows([account], lang) if account else ({},)
        named = {"client_id": each.client_id, "client": each.client}
        rows.append({**named, **numbers, "account_state": each.state, "criteria": each.state})
    for row in rows:
        if row.get("rank") in shared:
            row["plan"] = ID_NOT_UNIQUE
        elif plan := plans.get(str(row["client_id"])):
            row |= _planned(plan, lang)
    return [{column.code: in_language(row.get(column.code), lang) for column in KEY_ACCOUNTS} for row in rows]


def _proposed(account: Account, classification: Classification) -> dict[str, object]:
    """The goal at the horizon, and what the plan would show as still open of it: below zero is more than the goal."""
    goals = classification.proposal(account).goals
    secured = secured_by((goal.operational_plan for goal in goals), account.client.revenue or 0.0)
    return {"goal": goals[-1].revenue, "gap": gap_to_goal(goals[-1].revenue, secured[-1])}


def _planned(plan: PlanSheet, lang: str) -> dict[str, object]:
    """What the plan says; a plan of an older form says less."""
    known = {code: plan.fields[name] for code, name in FROM_PLAN.items() if name in plan.fields}
    text = (TO_FILL_IN if known["unfilled"] else FILLED_IN) if "unfilled" in known else OPEN_PLAN
    return {**known, "plan": link(plan.name, text.render(lang))}


def ranking_rule(classification: Classification, plans: Mapping[str, PlanSheet], lang: str) -> str:
    """How the list is ranked, what the colour of a rank means, why many goals add the same, and which are not for the
    year that the list names."""
    sentences = [RANKING_RULE]
    if classification.limit.above:
        sentences.append(Text("Coloured ranks are above the limit."))
    if ceiling := ceiling_sentence(classification):
        sentences.append(ceiling)
    if shared := shared_ids(classification):
        sentences.append(shared)
    if others := other_horizons(classification, years_of(plans), lang):
        names = [
            f"{account.client.client} ({others[account.rank]})"
            for account in classification.key_accounts
            if account.rank in others
        ]
        sentences.append(Text("Goals for another year, as their plans have it: {names}.", names=some(names)))
    return joined(sentences, " ", lang)


def goals_unit(classification: Classification, unit: TableUnit) -> Text:
    """What the amounts of the list are in, and for which year its goals are."""
    settings = classification.settings
    year = year_label(classification.years[-1], settings)
    return Text("{amounts}, goals for {year}", amounts=amounts_in(unit, settings.currency), year=year)


def notice(classification: Classification, unit: TableUnit) -> Text | None:
    """What to say about a table with revenue of a part of a year, and about one where no client stands out, with the
    clients to look at; None for other tables."""
    return both(part_of_year(classification, unit), _wide(classification))


def _wide(classification: Classification) -> Text | None:
    if classification.wide is None:
        return None
    largest = [
        Text("{client} ({share:share})", client=account.client.client, share=account.revenue_share)
        for account in classification.largest_not_key
    ]
    if not largest:
        return classification.wide.notice
    return Text(
        "{notice} The largest clients that are not key: {clients}.", notice=classification.wide.notice, clients=largest
    )


def freshness(source: str) -> Text:
    """What a sheet was built from, and what to do when that has changed."""
    press = next(command.label for command in COMMANDS if command.code == "build_plans")
    return Text(
        'Built from {source}. When the client table, the settings or a plan have changed, press "{press}" '
        "or run kam-xl plan.",
        source=source,
        press=press,
    )


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


class ReportedFinding(Protocol):
    """What the data check needs to know about a finding, whoever found it."""

    @property
    def sheet(self) -> str: ...
    @property
    def cell(self) -> str: ...
    @property
    def client_id(self) -> str: ...
    @property
    def client(self) -> str: ...
    @property
    def code(self) -> str: ...
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
"""What a user calls each grade, the gravest first."""

FEW = 3
"""As many findings of one kind stand among the others; more are listed after them."""


def data_check_rows(findings: Iterable[ReportedFinding], lang: str) -> list[dict[str, object]]:
    """The rows of the data check: errors, then warnings, then notes; of each, what occurs often comes last.

    Thirty clients without an id do not bury the one pair that may be the same client. Else the order is as found.

    Returns
    -------
    list of dict
        Column code (`kam_xl.plan.reports.report_fields.DATA_CHECK`) to text or value; the cell is a link (`Computed`)
        where the finding has both a sheet and a cell. A client whose name serves as its id is named once.
    """
    listed = list(findings)
    return [
        {
            "grade": GRADES[each.grade].render(lang),
            "sheet": in_language(each.sheet, lang),
            "cell": link(each.sheet, each.cell, each.cell) if each.sheet and each.cell else None,
            "client_id": in_language(each.client_id, lang) if each.client_id != each.client else None,
            "client": in_language(each.client, lang),
            "message": each.message.render(lang),
            "value": as_written(each.value, lang),
            "remedy": in_language(each.remedy, lang),
        }
        for each in sorted(listed, key=_by_gravity(listed))
    ]


def _by_gravity(findings: Sequence[ReportedFinding]) -> Callable[[ReportedFinding], tuple[int, int, str]]:
    """Grade first; within a grade, kinds of more than `FEW` findings come last, the rarest of them first."""
    grades = list(GRADES)
    counts = Counter((each.grade, each.code) for each in findings)

    def place(finding: ReportedFinding) -> tuple[int, int, str]:
        count = counts[finding.grade, finding.code]
        return grades.index(finding.grade), *((count, finding.code) if count > FEW else (0, ""))

    return place


def as_written(value: object, lang: str) -> object:
    """A value as people write it: amounts with their thousands apart.

    >>> as_written(-900000.0, "en"), as_written("1030", "en")
    ('\N{MINUS SIGN}900,000', '1030')
    """
    is_amount = isinstance(value, (int, float)) and not isinstance(value, bool)
    return Text("{amount:money}", amount=value).render(lang) if is_amount else in_language(value, lang)


def data_check_summary(findings: Iterable[ReportedFinding], lang: str) -> str:
    """How many findings of each grade there are.

    >>> data_check_summary([], "en")
    'Nothing to correct.'
    """
    grades = Counter(each.grade for each in findings)
    if not grades:
        return Text("Nothing to correct.").render(lang)
    return Text(
        "{errors}, {warnings}, {notes}.",
        errors=plural("{n:count} error", "{n:count} errors", n=grades["error"]),
        warnings=plural("{n:count} warning", "{n:count} warnings", n=grades["warning"]),
        notes=plural("{n:count} note", "{n:count} notes", n=grades["note"]),
    ).render(lang)
