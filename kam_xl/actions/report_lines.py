"""What a button did, in words: the same on the command line and in a message of the spreadsheet program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kam_xl.actions.building import Report
from kam_xl.actions.team.exchange import Difference, Exchange
from kam_xl.locale import Text, plural
from kam_xl.plan.reports.goal_summary import goals_summary, shared_ids
from kam_xl.plan.reports.lists import data_check_summary, key_accounts_summary, years_of
from kam_xl.plan.reports.portfolio_money import other_goals
from kam_xl.plan.week.changes import alarm_text, alarms
from kam_xl.plan.words import some
from kam_xl.table.finding import Finding, part_of_year, sums_in_doubt

_MANY = 8  # lines
_DOUBTS = 3  # findings that are quoted whole


def report_lines(report: Report, lang: str) -> list[str]:
    """A few lines about plans and lists."""
    classification = report.classification
    lines = [key_accounts_summary(classification, lang), goals_summary(classification, lang)]
    others = other_goals(classification, years_of(report.plans.sheets))
    lines += [text.render(lang) for text in (others, shared_ids(classification)) if text]
    if classification.wide:
        lines.append(classification.wide.notice.render(lang))
    if part := part_of_year(report.findings):
        told = Text("{line} Positions, shares and goals rest on this revenue.", line=_line(part, lang)).render(lang)
        lines.insert(0 if part.grade == "error" else len(lines), told)
    return [*filter(None, lines), *alarm_lines(report, lang), *plan_lines(report, lang)]


def alarm_lines(report: Report, lang: str) -> list[str]:
    """The alarms of a run, each in a line."""
    alarming = alarms(report.changes)
    lines = [Text("{client}: {alarm}.", client=change.client, alarm=alarm_text(change)) for change in alarming[:_MANY]]
    more = len(alarming) - len(lines)
    if more:
        lines.append(plural("{n:count} more alarm.", "{n:count} more alarms.", n=more))
    return [line.render(lang) for line in lines]


def plan_lines(report: Report, lang: str) -> list[str]:
    """What became of the plans, and what the user should know about it."""
    lines = [_plans(report), Text("Data check: {summary}", summary=data_check_summary(report.findings, lang))]
    if report.not_key:
        lines.append(
            plural(
                "{n:count} client is not a key account, so no plan was built for it: {names}. A mark under "
                "Reference or Expertise would make it one.",
                "{n:count} clients are not key accounts, so no plans were built for them: {names}. A mark "
                "under Reference or Expertise would make them key.",
                n=len(report.not_key),
                names=some(report.not_key),
            )
        )
    if report.without_plan:
        lines.append(
            plural(
                "{n:count} key account has no plan yet: {names}. Build plans makes it.",
                "{n:count} key accounts have no plan yet: {names}. Build plans makes them.",
                n=len(report.without_plan),
                names=some(report.without_plan),
            )
        )
    if report.plans.renamed:
        lines.append(
            plural(
                "{n:count} plan sheet was renamed with its client: {names}.",
                "{n:count} plan sheets were renamed with their clients: {names}.",
                n=len(report.plans.renamed),
                names=some([f"{old} → {new}" for old, new in report.plans.renamed.items()]),
            )
        )
    plans, check, *rest = (line.render(lang) for line in lines)
    return [plans, check, *doubt_lines(report.findings, lang), *kept_lines(report.kept, lang), *rest]


def doubt_lines(findings: Sequence[Finding], lang: str) -> list[str]:
    """The first findings that make the sums of all clients wrong or unknown, each in a line."""
    doubts = sums_in_doubt(findings)[:_DOUBTS]
    return [_line(each, lang) for each in doubts]


def _line(finding: Finding, lang: str) -> str:
    return f"{finding.address}: {finding.message.render(lang)} {finding.remedy.render(lang)}"


def kept_lines(kept: Sequence[str], lang: str) -> list[str]:
    """Which computed cells people typed over, if any."""
    if not kept:
        return []
    text = plural(
        "{n:count} computed cell was typed over and stays: {cells}",
        "{n:count} computed cells were typed over and stay: {cells}",
        n=len(kept),
        cells=kept[:5],
    )
    return [text.render(lang)]


def _plans(report: Report) -> Text:
    plans = report.plans
    return Text(
        "Plans: {new}, {updated}, {former}.",
        new=plural("{n:count} new", "{n:count} new", n=len(plans.new)),
        updated=plural("{n:count} updated", "{n:count} updated", n=len(plans.updated)),
        former=plural(
            "{n:count} of a client that is no longer key",
            "{n:count} of clients that are no longer key",
            n=len(plans.former),
        ),
    )


def exchange_lines(exchange: Exchange) -> list[Text]:
    """What was brought from one workbook into another, and what was not."""
    lines = []
    if exchange.brought:
        lines.append(
            plural("{n:count} cell was brought over.", "{n:count} cells were brought over.", n=len(exchange.brought))
        )
    if exchange.conflicts:
        lines.append(
            plural(
                "{n:count} cell was changed on both sides and stays as it is: {cells}",
                "{n:count} cells were changed on both sides and stay as they are: {cells}",
                n=len(exchange.conflicts),
                cells=_cells(exchange.conflicts),
            )
        )
    if exchange.homeless:
        lines.append(
            plural(
                "{n:count} cell has no place here and was not brought over: {cells}",
                "{n:count} cells have no place here and were not brought over: {cells}",
                n=len(exchange.homeless),
                cells=_cells(exchange.homeless),
            )
        )
    return lines


def to_be_exchanged(exchange: Exchange) -> list[Text]:
    """What would be brought over, and what not."""
    lines = [
        plural(
            "{n:count} cell would be brought over: {cells}",
            "{n:count} cells would be brought over: {cells}",
            n=len(exchange.brought),
            cells=_cells(exchange.brought),
        )
    ]
    return [*(lines if exchange.brought else []), *exchange_lines(replace(exchange, brought=[]))]


def _cells(differences: Sequence[Difference]) -> list[str]:
    return some([each.where or f"{each.client_id}: {each.theirs}" for each in differences])
