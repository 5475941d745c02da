"""The review deck: what each slide says, as plain data. What a slide looks like is decided where it is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kam_xl.domain.classify import Classification
from kam_xl.domain.goals import year_label
from kam_xl.locale import Text, plural, shown
from kam_xl.plan.account.cell_words import amount_of, as_list, cell_value, in_words
from kam_xl.plan.deck.account_slide import PlanValues, account_slide
from kam_xl.plan.deck.slide_parts import Bubbles, Columns, Lines, Part, Slide, Table, paragraphs
from kam_xl.plan.fields import Column, Number
from kam_xl.plan.reports.bubbles import bubble_values
from kam_xl.plan.reports.goal_summary import goals_summary, part_of_year
from kam_xl.plan.reports.lists import (
    FormerAccount,
    PlanSheet,
    key_accounts_rows,
    key_accounts_summary,
    notice,
    years_of,
)
from kam_xl.plan.reports.portfolio_fields import PORTFOLIO
from kam_xl.plan.reports.portfolio_money import money_values, other_horizons
from kam_xl.plan.reports.report_fields import KEY_ACCOUNTS
from kam_xl.plan.units import TableUnit, amounts_in
from kam_xl.plan.week.changes import CHANGES, Change, alarm_text, alarms, change_row, changes_summary, folded
from kam_xl.plan.words import beginning, capitalised, sentence, shortened

RANKING_ROWS, CHANGE_ROWS = 12, 12
"""Lines on one slide."""


@dataclass(frozen=True)
class Review:
    """What a deck is made from.

    Attributes
    ----------
    classification : Classification
    plans : mapping
        Client id to what its plan holds, for every key account.
    former : sequence of FormerAccount
        Clients that have a plan and are not key accounts any more.
    changes : sequence of Change
    since : date or None
        The build that the changes are against.
    day : date
    stale : sequence of str
        Clients whose plan was built from other figures than the table has now.
    unit : TableUnit
    """

    classification: Classification
    plans: Mapping[str, PlanValues]
    former: Sequence[FormerAccount]
    changes: Sequence[Change]
    since: date | None
    day: date
    stale: Sequence[str]
    unit: TableUnit


def slides(review: Review, lang: str, only: Sequence[str] = ()) -> list[Slide]:
    """All slides in order: cover, portfolio, goals, ranking, changes, one of each key account.

    Parameters
    ----------
    review : Review
    lang : str
    only : sequence of str, optional
        Client ids: only these accounts get a slide of their own. Of several with one id only the account of its
        plan gets one.
    """
    ranked, own = review.classification.key_accounts, review.classification.by_id
    accounts = [
        each for each in ranked if own[each.client.client_id] is each and (not only or each.client.client_id in only)
    ]
    told = {
        change.client_id: capitalised(sentence(alarm_text(change).render(lang))) for change in alarms(review.changes)
    }
    return [
        _cover(review, lang),
        _portfolio(review, lang),
        _goals(review, lang),
        *_ranking(review, lang),
        _changes(review, lang),
        *(
            account_slide(each, review.plans[client_id], lang, review.day, told.get(client_id, ""))
            for each in accounts
            for client_id in (each.client.client_id,)
        ),
    ]


def _cover(review: Review, lang: str) -> Slide:
    lines = (
        shown(review.day, "date", lang),
        amounts_in(review.unit, review.classification.settings.currency),
        stale_text(review.stale),
    )
    return Slide("cover", Text("Key account review").render(lang), {"subtitle": Lines(paragraphs(lang, *lines))})


def stale_text(names: Sequence[str]) -> Text | None:
    """Whose plans are older than the client table; None where all are up to date."""
    if not names:
        return None
    return Text(
        "Plans built from other figures than the client table has now: {names}. Refresh the workbook.",
        names=list(names),
    )


def _portfolio(review: Review, lang: str) -> Slide:
    classification = review.classification
    drawn = bubble_values(classification.key_accounts)
    columns = (drawn[f"kam_bubble_{name}"] for name in ("label", "penetration", "height", "revenue"))
    points = list(zip(*(each for each in columns if isinstance(each, list)), strict=True))
    titles = {each.name: each.title.render(lang) for each in PORTFOLIO}
    bubbles = Bubbles(
        titles["kam_bubble_penetration"],
        titles["kam_bubble_height"],
        tuple((str(name or ""), float(x), float(y), float(size)) for name, x, y, size in points if x is not None),
    )
    summary = paragraphs(lang, key_accounts_summary(classification, lang), strong=True)
    note = drawn["kam_bubble_note"]
    parts: dict[str, Part] = {
        "summary": Lines((*summary, *paragraphs(lang, notice(classification, review.unit)))),
        "note": Lines(paragraphs(lang, note if isinstance(note, Text) else None)),
    }
    if bubbles.points:
        parts["chart"] = bubbles
    return Slide("portfolio", Text("Portfolio").render(lang), parts)


_TOTALS = ("kam_total_goals", "kam_total_secured", "kam_total_weighted", "kam_total_open")


def _goals(review: Review, lang: str) -> Slide:
    """Goals of all plans against what is secured and what may be won."""
    money = money_values(review.classification, years_of(_sheets(review)))
    titles = {each.name: each.title.render(lang) for each in PORTFOLIO}
    years = [shown(year, "", lang) for year in as_list(money["kam_total_year"]) if year is not None]
    sums = {name: [amount_of(value) for value in as_list(money[name])[: len(years)]] for name in _TOTALS}
    note = money["kam_goals_note"]
    series = tuple((titles[name], tuple(column)) for name, column in sums.items())
    table = Table(
        ("", *years),
        tuple((title, *(shown(value, "money", lang) for value in column)) for title, column in series),
        (2.4, *[1.0] * len(years)),
        frozenset(range(1, len(years) + 1)),
    )
    said = note if isinstance(note, Text) else goals_summary(review.classification, lang)
    summary = Lines(paragraphs(lang, part_of_year(review.classification, review.unit), said))
    parts: dict[str, Part] = {"summary": summary}
    if years:
        parts |= {"chart": Columns(tuple(years), series), "table": table}
    return Slide("goals", Text("Goals of the key accounts").render(lang), parts)


def _sheets(review: Review) -> dict[str, PlanSheet]:
    """The plans as the reports show them."""
    columns = {
        client_id: {name: [cell_value(cell) for cell in as_list(value)] for name, value in values.items()}
        for client_id, values in review.plans.items()
    }
    return {client_id: PlanSheet.of(client_id, cells) for client_id, cells in columns.items()}


_RANKING = (
    ("rank", 0.8),
    ("client", 2.2),
    ("criteria", 1.4),
    ("revenue", 1.1),
    ("revenue_share", 0.8),
    ("goal", 1.1),
    ("gap", 1.1),
    ("position", 0.95),
    ("potential", 1.2),
    ("next_step", 2.2),
)


def _ranking(review: Review, lang: str) -> Iterator[Slide]:
    """The list of key accounts, as many slides as it takes; former ones stand at the end."""
    sheets = _sheets(review)
    rows = key_accounts_rows(review.classification, sheets, review.former, lang=lang)
    others = other_horizons(review.classification, years_of(sheets), lang)
    columns = {column.code: column for column in KEY_ACCOUNTS}
    shown_columns = [columns[code] for code, _ in _RANKING]
    lines = [tuple(_ranked(row, column, others, lang) for column in shown_columns) for row in rows]
    right = frozenset(at for at, column in enumerate(shown_columns) if column.number in (Number.MONEY, Number.SHARE))
    year = year_label(review.classification.years[-1], review.classification.settings)
    titles = ((column.code, column.title.render(lang)) for column in shown_columns)
    header = tuple(f"{title}, {year}" if code == "goal" else title for code, title in titles)
    widths = tuple(width for _, width in _RANKING)
    title = Text("Ranking of the key accounts").render(lang)
    for first in range(0, len(lines), RANKING_ROWS):
        table = Table(header, tuple(lines[first : first + RANKING_ROWS]), widths, right)
        yield Slide("ranking", _numbered(title, first, len(lines), RANKING_ROWS), {"table": table})


def _ranked(row: Mapping[str, object], column: Column, others: Mapping[object, str], lang: str) -> str:
    """A cell of the list in words; a goal for another year than the others with its year."""
    words = shortened(in_words(row[column.code], column.number, lang), 48)
    year = others.get(row["rank"]) if column.code == "goal" and words else None
    return f"{words} ({year})" if year else words


_REASON = 84  # letters that two lines of a slide hold; the sheet has the whole of it
_CHANGES = (
    ("kind", 1.3),
    ("client", 2.2),
    ("what", 1.5),
    ("before", 1.5),
    ("after", 1.5),
    ("share", 1.2),
    ("why", 2.7),
)


def _changes(review: Review, lang: str) -> Slide:
    """What changed since the last build, alarms first; one slide, which tells how many changes are not on it."""
    columns = {column.code: column for column in CHANGES}
    chosen = [columns[code] for code, _ in _CHANGES]
    changes = folded(review.changes, review.classification.settings)
    rows = [change_row(change, lang) for change in changes[:CHANGE_ROWS]]
    lines = [
        tuple(beginning(in_words(row[column.code], column.number, lang), _REASON) for column in chosen) for row in rows
    ]
    more = len(changes) - len(rows)
    rest = (
        plural("{n:count} more is on the sheet What changed.", "{n:count} more are on the sheet What changed.", n=more)
        if more
        else None
    )
    summary = paragraphs(lang, changes_summary(review.changes, review.since, lang), rest)
    parts: dict[str, Part] = {"summary": Lines(summary)}
    if lines:
        header = tuple(column.title.render(lang) for column in chosen)
        right = frozenset(at for at, (code, _) in enumerate(_CHANGES) if code in ("before", "after", "share"))
        parts["table"] = Table(header, tuple(lines), tuple(width for _, width in _CHANGES), right)
    return Slide("changes", Text("What changed").render(lang), parts)


def _numbered(title: str, first: int, rows: int, most: int) -> str:
    return title if rows <= most else f"{title} ({first // most + 1}/{-(-rows // most)})"
