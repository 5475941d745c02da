"""What a button did, in words: the same on the command line and in a message of the spreadsheet program."""

from __future__ import annotations

from collections.abc import Sequence

from kam_xl.actions import Report
from kam_xl.locale import Text, plural
from kam_xl.plan.reports import data_check_summary, key_accounts_summary

_MANY = 8  # names in one sentence


def told(report: Report, lang: str) -> list[str]:
    """A few lines about plans and lists."""
    return [key_accounts_summary(report.classification, lang), *told_of_plans(report, lang)]


def told_of_plans(report: Report, lang: str) -> list[str]:
    """What became of the plans, and what the person should know about it."""
    lines = [_plans(report), Text("Data check: {summary}", summary=data_check_summary(report.findings, lang))]
    if report.not_key:
        lines.append(
            plural(
                "{n:count} client is no key account and gets no plan: {names}. A mark under Reference or Expertise "
                "would make it one.",
                "{n:count} clients are no key accounts and get no plans: {names}. A mark under Reference or Expertise "
                "would make them key.",
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
    plans, check, *rest = (line.render(lang) for line in lines)
    return [plans, check, *told_of_kept(report, lang), *rest]


def told_of_kept(report: Report, lang: str) -> list[str]:
    """Which computed cells people typed over, if any."""
    if not report.kept:
        return []
    text = plural(
        "{n:count} computed cell was typed over and stays: {cells}",
        "{n:count} computed cells were typed over and stay: {cells}",
        n=len(report.kept),
        cells=report.kept[:5],
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


def some(names: Sequence[str], many: int = _MANY) -> list[str]:
    """The first of many names, with a sign that there are more.

    >>> some(["a", "b", "c"], many=2)
    ['a', 'b', '…']
    """
    return [*names[:many], *(["…"] if len(names) > many else [])]
