"""The review deck: what each slide says, as plain data. What a slide looks like is decided where it is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kam_xl.domain.classify import Account, Classification
from kam_xl.locale import Quoted, Text, in_context, plural, shown
from kam_xl.plan.bubbles import bubble_values
from kam_xl.plan.changes import CHANGES, Change, change_row, changes_summary
from kam_xl.plan.fields import PLAN_FIELDS, Number
from kam_xl.plan.formulas import Computed
from kam_xl.plan.goal_summary import goals_summary
from kam_xl.plan.portfolio_fields import PORTFOLIO
from kam_xl.plan.portfolio_money import BY_YEAR, money_values
from kam_xl.plan.report_fields import KEY_ACCOUNTS
from kam_xl.plan.reports import FROM_PLAN, FormerAccount, PlanSheet, key_accounts_rows, key_accounts_summary, notice
from kam_xl.plan.units import Unit, amounts_in
from kam_xl.plan.words import shortened

RANKING_ROWS, CHANGE_ROWS = 12, 12
"""Lines on one slide."""

PlanValues = Mapping[str, object]
"""What the cells of a plan hold, by field name (columns as lists)."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of text; `strong` stands out."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Lines:
    """Paragraphs, one below the other."""

    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Table:
    """Rows of texts below a header; `right` are the columns that stand on the right, `widths` their shares."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    right: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Tiles:
    """Values under their titles, side by side."""

    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Columns:
    """A chart of amounts side by side: series of (title, values) over categories."""

    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]


@dataclass(frozen=True)
class Bubbles:
    """A chart of clients: (name, penetration, height, size), with the titles of its axes; heights are logarithmic."""

    across: str
    upwards: str
    points: tuple[tuple[str, float, float, float], ...]


Part = Lines | Table | Tiles | Columns | Bubbles


@dataclass(frozen=True)
class Slide:
    """One slide.

    Attributes
    ----------
    kind : str
        "cover", "portfolio", "goals", "ranking", "changes" or "account".
    title : str
    parts : mapping
        Its content by name; a template places it by placeholders named ``kam_<name>``.
    fields : mapping
        Of an account: the fields of its plan in words, for placeholders named as the fields are.
    """

    kind: str
    title: str
    parts: Mapping[str, Part]
    fields: Mapping[str, str] = field(default_factory=dict)


PARTS = {
    "cover": ("subtitle",),
    "portfolio": ("summary", "chart", "note"),
    "goals": ("summary", "chart", "table"),
    "ranking": ("table",),
    "changes": ("summary", "table"),
    "account": ("facts", "tiles", "answers", "chart", "steps"),
}
"""The parts of each kind of slide."""


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
    source : str
        The workbook.
    stale : sequence of str
        Clients whose plan was built from other figures than the table has now.
    unit : Unit
    """

    classification: Classification
    plans: Mapping[str, PlanValues]
    former: Sequence[FormerAccount]
    changes: Sequence[Change]
    since: date | None
    day: date
    source: str
    stale: Sequence[str]
    unit: Unit


def slides(review: Review, lang: str, only: Sequence[str] = ()) -> list[Slide]:
    """All slides in order: cover, portfolio, goals, ranking, changes, one of each key account.

    Parameters
    ----------
    review : Review
    lang : str
    only : sequence of str, optional
        Client ids: only these accounts get a slide of their own.
    """
    accounts = [each for each in review.classification.key_accounts if not only or each.client.client_id in only]
    return [
        _cover(review, lang),
        _portfolio(review, lang),
        _goals(review, lang),
        *_ranking(review, lang),
        _changes(review, lang),
        *(_account(each, review.plans[each.client.client_id], review, lang) for each in accounts),
    ]


def _said(lang: str, *texts: Text | str | None, strong: bool = False) -> tuple[Paragraph, ...]:
    words = [text.render(lang) if isinstance(text, Text) else text for text in texts]
    return tuple(Paragraph(text, strong) for text in words if text)


def _cover(review: Review, lang: str) -> Slide:
    lines = (
        shown(review.day, "date", lang),
        review.source,
        amounts_in(review.unit, review.classification.settings.currency),
        stale_text(review.stale),
    )
    return Slide("cover", Text("Key account review").render(lang), {"subtitle": Lines(_said(lang, *lines))})


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
    summary = _said(lang, key_accounts_summary(classification, lang), strong=True)
    note = drawn["kam_bubble_note"]
    parts: dict[str, Part] = {
        "summary": Lines((*summary, *_said(lang, notice(classification)))),
        "note": Lines(_said(lang, note if isinstance(note, Text) else None)),
    }
    if bubbles.points:
        parts["chart"] = bubbles
    return Slide("portfolio", Text("Portfolio").render(lang), parts)


_TOTALS = ("kam_total_goals", "kam_total_secured", "kam_total_weighted", "kam_total_open")


def _goals(review: Review, lang: str) -> Slide:
    """Goals of all plans against what is secured and what may be won."""
    plans = {client_id: _by_year(values) for client_id, values in review.plans.items()}
    money = money_values(review.classification, plans)
    titles = {each.name: each.title.render(lang) for each in PORTFOLIO}
    years = [shown(year, "", lang) for year in _list(money["kam_total_year"]) if year is not None]
    sums = {name: [_amount(value) for value in _list(money[name])[: len(years)]] for name in _TOTALS}
    note = money["kam_goals_note"]
    series = tuple((titles[name], tuple(column)) for name, column in sums.items())
    table = Table(
        ("", *years),
        tuple((title, *(shown(value, "money", lang) for value in column)) for title, column in series),
        (2.4, *[1.0] * len(years)),
        frozenset(range(1, len(years) + 1)),
    )
    said = Lines(_said(lang, note if isinstance(note, Text) else goals_summary(review.classification, lang)))
    parts: dict[str, Part] = {"summary": said}
    if years:
        parts |= {"chart": Columns(tuple(years), series), "table": table}
    return Slide("goals", Text("Goals of the key accounts").render(lang), parts)


def _by_year(values: PlanValues) -> dict[str, list[object]]:
    return {name: [_value(cell) for cell in _list(values.get(name))] for name in BY_YEAR}


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
    sheets = {client_id: _as_listed(client_id, values) for client_id, values in review.plans.items()}
    rows = key_accounts_rows(review.classification, sheets, review.former, lang=lang)
    columns = {column.code: column for column in KEY_ACCOUNTS}
    shown_columns = [columns[code] for code, _ in _RANKING]
    lines = [
        tuple(shortened(in_words(row[column.code], column.number, lang), 48) for column in shown_columns)
        for row in rows
    ]
    right = frozenset(at for at, column in enumerate(shown_columns) if column.number in (Number.MONEY, Number.SHARE))
    header = tuple(column.title.render(lang) for column in shown_columns)
    widths = tuple(width for _, width in _RANKING)
    title = Text("Ranking of the key accounts").render(lang)
    for first in range(0, len(lines), RANKING_ROWS):
        table = Table(header, tuple(lines[first : first + RANKING_ROWS]), widths, right)
        yield Slide("ranking", _numbered(title, first, len(lines), RANKING_ROWS), {"table": table})


def _as_listed(client_id: str, values: PlanValues) -> PlanSheet:
    first = {name: _value((_list(values[name]) or [None])[0]) for name in FROM_PLAN.values() if name in values}
    return PlanSheet(client_id, first)


_CHANGES = (
    ("kind", 1.3),
    ("client", 2.2),
    ("what", 1.5),
    ("before", 1.5),
    ("after", 1.5),
    ("share", 0.9),
    ("why", 3.0),
)


def _changes(review: Review, lang: str) -> Slide:
    """What changed since the last build, alarms first; one slide, which tells how many changes are not on it."""
    columns = {column.code: column for column in CHANGES}
    chosen = [columns[code] for code, _ in _CHANGES]
    rows = [change_row(change, lang) for change in review.changes[:CHANGE_ROWS]]
    lines = [tuple(in_words(row[column.code], column.number, lang) for column in chosen) for row in rows]
    more = len(review.changes) - len(rows)
    rest = (
        plural("{n:count} more is on the sheet What changed.", "{n:count} more are on the sheet What changed.", n=more)
        if more
        else None
    )
    summary = _said(lang, changes_summary(review.changes, review.since, lang), rest)
    parts: dict[str, Part] = {"summary": Lines(summary)}
    if lines:
        header = tuple(column.title.render(lang) for column in chosen)
        right = frozenset(at for at, (code, _) in enumerate(_CHANGES) if code in ("before", "after", "share"))
        parts["table"] = Table(header, tuple(lines), tuple(width for _, width in _CHANGES), right)
    return Slide("changes", Text("What changed").render(lang), parts)


def _numbered(title: str, first: int, rows: int, most: int) -> str:
    return title if rows <= most else f"{title} ({first // most + 1}/{-(-rows // most)})"


# --- one account -----------------------------------------------------------------------------------------------------

_TILES = (
    "kam_revenue",
    "kam_revenue_share",
    "kam_budget",
    "kam_penetration",
    "kam_goal_revenue",
    "kam_goal_weighted",
    "kam_goal_open",
)
_CHART = ("kam_trajectory_revenue", "kam_trajectory_plan", "kam_trajectory_gap")


def _account(account: Account, values: PlanValues, review: Review, lang: str) -> Slide:
    words = {name: field_words(name, value, lang) for name, value in values.items() if name in PLAN_FIELDS}
    parts: dict[str, Part] = {
        "facts": Lines(_facts(words, lang)),
        "tiles": Tiles(tuple((_tile_title(name, words, lang), words.get(name, "") or "–") for name in _TILES)),
        "answers": Lines(_answers(words, lang)),
        "steps": _steps(values, words, lang),
    }
    if chart := _way(values, lang):
        parts["chart"] = chart
    title = f"{account.rank}. {account.client.client}" if account.rank else account.client.client
    return Slide("account", title, parts, words)


def _facts(words: Mapping[str, str], lang: str) -> tuple[Paragraph, ...]:
    """Who it is, and why it is key."""
    names = ("kam_class", "kam_manager", "kam_industry", "kam_territory")
    known = [f"{PLAN_FIELDS[name].title.render(lang)}: {words[name]}" for name in names if words.get(name)]
    task = words.get("kam_task", "")
    label = PLAN_FIELDS["kam_task"].title.render(lang)
    return _said(lang, "  ·  ".join(known), f"{label}: {task}" if task else None)


def _tile_title(name: str, words: Mapping[str, str], lang: str) -> str:
    title = PLAN_FIELDS[name].title.render(lang)
    year = words.get("kam_goal_year", "")
    return f"{title}, {year}" if name == "kam_goal_revenue" and year else title


def _answers(words: Mapping[str, str], lang: str) -> tuple[Paragraph, ...]:
    """The three questions with their answers and arguments."""
    found: list[Paragraph] = []
    for name in ("kam_position", "kam_potential"):
        label = PLAN_FIELDS[name].title.render(lang)
        found += _said(lang, f"{label}: {words.get(name) or '–'}", strong=True)
        found += _said(lang, words.get(f"{name}_argument"))
    found += _said(lang, _goal_title(words), strong=True)
    found += _said(lang, words.get("kam_goal") or words.get("kam_goal_argument"))
    return tuple(found)


def _goal_title(words: Mapping[str, str]) -> Text:
    """The position that the goal is, or that it is to be kept."""
    target, today = (words.get(name, "") for name in ("kam_target_position", "kam_position"))
    if not target:
        return PLAN_FIELDS["kam_goal"].title
    if target == today:
        return Text("Our goal: keep the position {position}", position=Quoted(target))
    return Text("Our goal: the position {position}", position=Quoted(target))


def _way(values: PlanValues, lang: str) -> Columns | None:
    """Goal, operational plan and gap by year."""
    years = [in_words(_value(cell), Number.TEXT, lang) for cell in _list(values.get("kam_trajectory_label"))]
    known = [at for at, year in enumerate(years) if year]
    series = []
    for name in _CHART:
        cells = _list(values.get(name))
        amounts = tuple(_amount(_value(cells[at])) if at < len(cells) else None for at in known)
        series.append((PLAN_FIELDS[name].title.render(lang), amounts))
    if not any(amount is not None for _, amounts in series for amount in amounts):
        return None
    return Columns(tuple(years[at] for at in known), tuple(series))


_STEPS = ("kam_next_what", "kam_next_who", "kam_next_when")


def _steps(values: PlanValues, words: Mapping[str, str], lang: str) -> Part:
    """The three next steps; without any, what the plan lacks."""
    columns = [_list(values.get(name)) for name in _STEPS]
    rows = []
    for cells in zip(*columns, strict=False):
        row = tuple(
            in_words(_value(cell), PLAN_FIELDS[name].number, lang) for name, cell in zip(_STEPS, cells, strict=True)
        )
        if any(row):
            rows.append(row)
    if rows:
        header = tuple(PLAN_FIELDS[name].title.render(lang) for name in _STEPS)
        return Table(header, tuple(rows), (6.0, 2.0, 1.4))
    missing = words.get("kam_unfilled", "")
    lacks = Text("Not filled in yet: {what}.", what=missing) if missing else None
    return Lines((*_said(lang, in_context("deck", "No next step is planned."), strong=True), *_said(lang, lacks)))


def field_words(name: str, value: object, lang: str) -> str:
    """A field of a plan in words; a column as its filled cells, one below the other.

    >>> field_words("kam_revenue", 1250000.0, "en"), field_words("kam_action_what", ["Visit", None, "Offer"], "en")
    ('1,250,000', 'Visit\\nOffer')
    """
    number = PLAN_FIELDS[name].number
    return "\n".join(filter(None, (in_words(_value(cell), number, lang) for cell in _list(value))))


_SHAPES = {
    Number.MONEY: "money",
    Number.SHARE: "share",
    Number.COUNT: "count",
    Number.DATE: "date",
    Number.INDEX: "number",
}


def in_words(value: object, number: Number, lang: str) -> str:
    """A cell as people of the language read it; unknown is blank.

    >>> in_words(0.5, Number.SHARE, "en"), in_words(2028.0, Number.YEAR, "en"), in_words(None, Number.MONEY, "ru")
    ('50%', '2028', '')
    """
    value = _value(value)
    if value is None or value == "":
        return ""
    if isinstance(value, Text):
        return value.render(lang)
    if isinstance(value, date):
        return shown(value, "date", lang)
    if isinstance(value, (int, float)) and number in _SHAPES:
        return shown(value, _SHAPES[number], lang)
    return f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)


def _value(cell: object) -> object:
    value = cell.value if isinstance(cell, Computed) else cell
    return None if value == "" else value


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _amount(value: object) -> float | None:
    value = _value(value)
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
