"""The slide of one key account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from kam_xl.domain.bounds import more_than
from kam_xl.domain.classify import Account
from kam_xl.domain.model import Position
from kam_xl.locale import Beside, Quoted, Text, in_context
from kam_xl.plan.account.cell_words import amount_of, as_list, cell_value, field_words, in_words
from kam_xl.plan.account.plan_fields import PLAN_FIELDS
from kam_xl.plan.deck.slide_parts import Columns, Lines, Paragraph, Part, Slide, Table, Tiles, paragraphs
from kam_xl.plan.fields import Number

PlanValues = Mapping[str, object]
"""What the cells of a plan hold, by field name (columns as lists)."""

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


def account_slide(account: Account, values: PlanValues, lang: str, day: date, alarm: str = "") -> Slide:
    """Who the account is, its figures, the three answers, the way to its goals and the next steps.

    `day` is that of the deck: steps before it are overdue. `alarm` is one of *What changed*.
    """
    words = {name: field_words(name, value, lang) for name, value in values.items() if name in PLAN_FIELDS}
    parts: dict[str, Part] = {
        "facts": Lines((*_facts(words, lang), *_warning(values, alarm, lang))),
        "tiles": Tiles(tuple((_tile_title(name, words, lang), words.get(name, "") or "–") for name in _TILES)),
        "answers": Lines(_answers(words, lang)),
        "steps": _steps(values, words, lang, day),
    }
    if chart := _way(values, lang):
        parts["chart"] = chart
    title = f"{account.rank}. {account.client.client}" if account.rank else account.client.client
    return Slide("account", title, parts, words)


def _facts(words: Mapping[str, str], lang: str) -> tuple[Paragraph, ...]:
    """Who it is, and why it is key."""
    names = ("kam_class", "kam_manager", "kam_industry", "kam_territory", "kam_period")
    known = [f"{PLAN_FIELDS[name].title.render(lang)}: {words[name]}" for name in names if words.get(name)]
    task = words.get("kam_task", "")
    label = PLAN_FIELDS["kam_task"].title.render(lang)
    return paragraphs(lang, "  ·  ".join(known), f"{label}: {task}" if task else None)


def _warning(values: PlanValues, alarm: str, lang: str) -> tuple[Paragraph, ...]:
    """That revenue fell, or lies below the operational plan to date."""
    behind = _behind(values)
    return paragraphs(lang, f"{alarm} {behind.render(lang) if behind else ''}".strip(), strong=True)


def _behind(values: PlanValues) -> Text | None:
    """By how much the revenue of the latest year with both lies below the operational plan to date."""
    years, plans, facts = (as_list(values.get(f"kam_operational_{name}")) for name in ("period", "to_date", "fact"))
    behind = None
    for year, plan, fact in zip(
        (str(cell_value(each)) for each in years), map(amount_of, plans), map(amount_of, facts), strict=False
    ):
        if year[:4].isdigit() and plan is not None and fact is not None:
            behind = _shortfall(year, plan, fact) if more_than(plan, fact) and plan > 0 else None
    return behind


def _shortfall(year: str, plan: float, fact: float) -> Text:
    return Text(
        "{year}: {share:share} below the operational plan to date, {fact:money} instead of {plan:money}.",
        year=year,
        share=(plan - fact) / plan,
        fact=Beside(fact, plan),
        plan=Beside(plan, fact),
    )


def _tile_title(name: str, words: Mapping[str, str], lang: str) -> str:
    title = PLAN_FIELDS[name].title.render(lang)
    year = words.get("kam_goal_year", "")
    return f"{title}, {year}" if name == "kam_goal_revenue" and year else title


def _answers(words: Mapping[str, str], lang: str) -> tuple[Paragraph, ...]:
    """The three questions with their answers and arguments."""
    answers: list[Paragraph] = []
    for name in ("kam_position", "kam_potential"):
        label = PLAN_FIELDS[name].title.render(lang)
        answers += paragraphs(lang, f"{label}: {words.get(name) or '–'}", strong=True)
        answers += paragraphs(lang, words.get(f"{name}_differs"), words.get(f"{name}_argument"))
    answers += paragraphs(lang, _goal_title(words, lang), strong=True)
    proposed = (words.get("kam_goal_differs"), words.get("kam_goal_argument"))
    answers += paragraphs(lang, words["kam_goal"]) if words.get("kam_goal") else paragraphs(lang, *proposed)
    return tuple(answers)


def _goal_title(words: Mapping[str, str], lang: str) -> Text:
    """The position that the goal is; only a strong one is worth keeping, else the goal is the revenue.

    >>> words = {"kam_position": "Weak", "kam_target_position": "Weak"}
    >>> _goal_title(words | {"kam_goal_revenue": "1,200", "kam_goal_year": "2029"}, "en").render("en")
    'Our goal: revenue of 1,200 in 2029'
    """
    target, today = (words.get(name, "") for name in ("kam_target_position", "kam_position"))
    if target and target != today:
        return Text("Our goal: the position {position}", position=Quoted(target))
    if target == Position.STRONG.label.render(lang):
        return Text("Our goal: keep the position {position}", position=Quoted(target))
    revenue, year = (words.get(name, "") for name in ("kam_goal_revenue", "kam_goal_year"))
    if target and revenue and year:
        return Text("Our goal: revenue of {revenue} in {year}", revenue=revenue, year=year)
    return PLAN_FIELDS["kam_goal"].title


def _way(values: PlanValues, lang: str) -> Columns | None:
    """Goal, operational plan and gap by year."""
    years = [in_words(cell_value(cell), Number.TEXT, lang) for cell in as_list(values.get("kam_trajectory_label"))]
    known = [at for at, year in enumerate(years) if year]
    series = []
    for name in _CHART:
        cells = as_list(values.get(name))
        amounts = tuple(amount_of(cell_value(cells[at])) if at < len(cells) else None for at in known)
        series.append((PLAN_FIELDS[name].title.render(lang), amounts))
    if not any(amount is not None for _, amounts in series for amount in amounts):
        return None
    return Columns(tuple(years[at] for at in known), tuple(series))


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


_STEPS = ("kam_next_what", "kam_next_who", "kam_next_when")


def _steps(values: PlanValues, words: Mapping[str, str], lang: str, day: date) -> Part:
    """The three next steps; without any, what the plan lacks."""
    columns = [as_list(values.get(name)) for name in _STEPS]
    rows: list[tuple[str, ...]] = []
    overdue: set[int] = set()
    for cells in zip(*columns, strict=False):
        row = tuple(
            in_words(cell_value(cell), PLAN_FIELDS[name].number, lang) for name, cell in zip(_STEPS, cells, strict=True)
        )
        if any(row):
            if isinstance(when := cell_value(cells[-1]), date) and _day(when) < day:
                overdue.add(len(rows))
            rows.append(row)
    if rows:
        header = tuple(PLAN_FIELDS[name].title.render(lang) for name in _STEPS)
        return Table(header, tuple(rows), (6.0, 2.0, 1.4), overdue=frozenset(overdue))
    missing = words.get("kam_unfilled", "")
    lacks = Text("Not filled in yet: {what}.", what=missing) if missing else None
    return Lines(
        (*paragraphs(lang, in_context("deck", "No next step is planned."), strong=True), *paragraphs(lang, lacks))
    )
