"""The native formulas of the plan sheet, in US-English form, over the sheet's own names.

The same texts stand in the template and in every plan, whatever the language. What is unknown shows as an empty text: a
formula here never ends in an error. The first year of the trajectory is that of the client table, the later ones are
the goal. The value of each formula, for the cells of programs that never recalculate, is `kam_xl.plan.account.values`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kam_xl.domain.model import PathShape
from kam_xl.locale import LANGUAGES, Text
from kam_xl.plan.account.plan_fields import (
    ACTION_ROWS,
    ACTION_STATES,
    CLOSED_STAGES,
    COMPETITOR_ROWS,
    NEXT_STEPS,
    OPERATIONAL_ROWS,
    OPPORTUNITY_ROWS,
    TRAJECTORY_ROWS,
)


def words(*texts: Text) -> tuple[str, ...]:
    """What cells say for these texts, in every language: a plan may be rebuilt in another than before."""
    return tuple(dict.fromkeys(text.render(lang) for text in texts for lang in LANGUAGES))


S_SHAPED = words(PathShape.S_SHAPED.label)
CLOSED = words(*ACTION_STATES[2:])
"""States of actions that are done or cancelled."""
NO_LONGER_OPEN = words(*CLOSED_STAGES)

_LINK = re.compile(r'=HYPERLINK\("#(?:[^"]|"")*",\s?"(?P<text>(?:[^"]|"")*)"\)')

MAX_GROWTH = 10
"""A yearly growth of the budget beyond tenfold is a slip of the keyboard, from which no way is drawn."""


def difference(one: str, other: str) -> str:
    """One cell less another.

    >>> difference("A1", "B1")
    '=IF(AND(ISNUMBER(A1),ISNUMBER(B1)),A1-B1,"")'
    """
    return f'=IF(AND(ISNUMBER({one}),ISNUMBER({other})),{one}-{other},"")'


def ratio(part: str, whole: str) -> str:
    """A part of a whole; of nothing, or of less, there is none.

    >>> ratio("A1", "B1")
    '=IF(AND(ISNUMBER(A1),N(B1)>0),A1/B1,"")'
    """
    return f'=IF(AND(ISNUMBER({part}),N({whole})>0),{part}/{whole},"")'


def _budget_share(part: str) -> str:
    return f'=IF(AND(ISNUMBER({part}),N({part})>=0,N(kam_budget)>0),{part}/kam_budget,"")'


def _if_number(cell: str) -> str:
    return f'=IF(ISNUMBER({cell}),{cell},"")'


FIRST_YEAR = 1900
"""The first year that spreadsheets can date."""

_HORIZON = "INT(N(kam_horizon))"
_HAS_HORIZON = f"AND({_HORIZON}>=1,{_HORIZON}<={TRAJECTORY_ROWS - 1})"


def _row(column: str, year: int | str) -> str:
    return f"INDEX(kam_trajectory_{column},{year + 1 if isinstance(year, int) else year})"


def _year(year: int) -> str:
    """Years beyond the horizon stay blank; so do all later ones where the horizon is not a number of years."""
    if not year:
        return f"=IF(AND(N(kam_base_year)>={FIRST_YEAR},N(kam_base_year)<=9000),INT(kam_base_year),0)"
    return f'=IF(AND({_HAS_HORIZON},{_HORIZON}>={year}),{_row("year", 0)}+{year},"")'


_IS_FINANCIAL = "N(kam_year_start)>1"


def _label(year: int) -> str:
    number = _row("year", year)
    return f'=IF(N({number})>0,{number}&IF({_IS_FINANCIAL},"/"&RIGHT({number}+1,2),""),"")'


def _shown(year: int) -> str:
    return f"ISNUMBER({_row('year', year)})"


def _budget(year: int) -> str:
    if not year:
        return _if_number("kam_budget")
    sane = f"N(kam_budget)>0,ABS(N(kam_budget_growth))<={MAX_GROWTH}"
    return f'=IF(AND({_shown(year)},{sane}),kam_budget*(1+N(kam_budget_growth))^{year},"")'


def _path(year: int) -> str:
    """Penetration: linear, or the smoothstep 3t²-2t³ where the path is S-shaped; from 0 where today's is unknown."""
    passed = f"{year}/{_HORIZON}"
    way = f"IF({_is('kam_path', S_SHAPED)},({passed})^2*(3-2*{passed}),{passed})"
    return f"(N(kam_penetration)+(kam_target_penetration-N(kam_penetration))*{way})"


def _revenue(year: int) -> str:
    """The goal: the way to the target, but never below an operational plan of a year so far, nor below a floor.

    In plans of former templates there is one floor alone.
    """
    if not year:
        return _if_number("kam_revenue")
    so_far = f"MIN({year + 1},ROWS(kam_goal_floor)*COLUMNS(kam_goal_floor))"
    floors = f"{_row('plan', 1)}:{_row('plan', year)},INDEX(kam_goal_floor,1):INDEX(kam_goal_floor,{so_far})"
    target = "ISNUMBER(kam_target_penetration),N(kam_target_penetration)>=0,N(kam_target_penetration)<=1"
    drawn = f"AND(ISNUMBER({_row('budget', year)}),{target})"
    lowest = f"MAX(0,{floors})"
    way = f"MAX({_row('budget', year)}*{_path(year)},{lowest})"
    return f'=IF({_shown(year)},IF({drawn},{way},IF(COUNT({floors})>0,{lowest},"")),"")'


def _penetration(year: int) -> str:
    if not year:
        return _if_number("kam_penetration")
    return ratio(_row("revenue", year), _row("budget", year))


def _margin(year: int) -> str:
    if not year:
        return _if_number("kam_margin")
    revenue = _row("revenue", year)
    sane = "ISNUMBER(kam_margin_rate),ABS(N(kam_margin_rate))<=1"
    return f'=IF(AND(ISNUMBER({revenue}),{sane}),{revenue}*kam_margin_rate,"")'


def _weighted(year: int) -> str:
    """What open opportunities dated to the end of the year bring a year; none of that is a goal of today's year."""
    end = f"DATE({_row('year', year)}+1,MIN(MAX(INT(N(kam_year_start)),1),12),1)"
    total = f'SUMIFS(kam_opportunity_weighted,kam_opportunity_when,"<"&{end})'
    known = f"AND({_shown(year)},{_row('year', 0)}>0,COUNT(kam_opportunity_weighted)>0)"
    return f'=IF({known},{total},"")' if year else '=""'


def _secured(year: int) -> str:
    """Where the operational plan leads: that of the year, else the last one after today's, else today's revenue."""
    if not year:
        return "=N(kam_revenue)"
    plan = _row("plan", year)
    return f'=IF({_shown(year)},IF(ISNUMBER({plan}),{plan},{_row("secured", year - 1)}),"")'


def _gap(year: int) -> str:
    if not year:
        return '=""'
    return "=" + _open(*(_row(name, year) for name in ("revenue", "secured", "weighted")))


def _open(goal: str, secured: str, weighted: str) -> str:
    """What is left of a goal once everything planned and hoped for has come."""
    return f'IF(ISNUMBER({goal}),{goal}-N({secured})-N({weighted}),"")'


def _at_horizon(value: str) -> str:
    return f'=IF({_HAS_HORIZON},{value},"")'


_LAST = f"{_HORIZON}+1"


def _weight(row: int) -> str:
    """Amount times probability of an opportunity that is neither won nor lost."""
    amount, probability, stage = (f"INDEX(kam_opportunity_{name},{row})" for name in ("amount", "probability", "stage"))
    sane = f"N({probability})>=0,N({probability})<=1,NOT({_is(stage, NO_LONGER_OPEN)})"
    return f'=IF(AND(ISNUMBER({amount}),ISNUMBER({probability}),{sane}),{amount}*{probability},"")'


def _order(row: int) -> str:
    """The place of an open action among the others: its date and, within a day, its row; blank for all others."""
    what, when, state = (f"INDEX(kam_action_{name},{row})" for name in ("what", "when", "state"))
    is_open = f'AND({what}<>"",NOT({_is(state, CLOSED)}))'
    return f'=IF({is_open},IF(ISNUMBER({when}),{when},{LAST_DAY})+{row}/1000,"")'


LAST_DAY = 2958465
"""31 December 9999 as spreadsheets count days: where actions without a date stand."""


def _next(column: str, step: int, text: bool = True) -> str:
    place = f"MATCH(SMALL(kam_action_order,{step}),kam_action_order,0)"
    cell = f"INDEX(kam_action_{column},{place})"
    shown = f'{cell}&""' if text else f'IF(ISNUMBER({cell}),{cell},"")'
    return f'=IF(COUNT(kam_action_order)>={step},{shown},"")'


def _is(cell: str, texts: tuple[str, ...]) -> str:
    return "OR({})".format(",".join(f'{cell}="{text}"' for text in texts))


def _deviation(row: int) -> str:
    return difference(f"INDEX(kam_operational_fact,{row})", f"INDEX(kam_operational_to_date,{row})")


def _deviation_share(row: int) -> str:
    return ratio(f"INDEX(kam_operational_deviation,{row})", f"INDEX(kam_operational_to_date,{row})")


_YEARS = range(TRAJECTORY_ROWS)
_PERIODS = range(1, OPERATIONAL_ROWS + 1)
_STEPS = range(1, NEXT_STEPS + 1)
_COMPETITORS = range(1, COMPETITOR_ROWS + 1)
INPUTS = {
    "kam_revenue": "kam_was_revenue",
    "kam_budget": "kam_was_budget",
    "kam_competitor_total": "kam_was_competitors",
}
"""Figures that ratings follow from, and what they were when the ratings were made."""

RATED = ("position", "potential")
SAME_GOAL = 1e-6
"""By which share of itself a goal may differ from the one proposed and be the same: formulas count in another order."""


def _own_answer(code: str, condition: str) -> str:
    return f'=IF({condition},kam_{code}_own&"","")'


PAGE_1 = ("kam_goal_revenue", "kam_goal_secured", "kam_goal_weighted")
"""What page 1 says of the last year: goal, where the plan leads, weighted opportunities. Typed over, it counts."""

_OTHER_GOAL = f"ABS(N(kam_goal_revenue)-N(kam_was_goal))>ABS(N(kam_was_goal))*{SAME_GOAL:f}"

FORMULAS: dict[str, str | tuple[str, ...]] = {
    "kam_stale": '=IF(OR({}),kam_stale_text&"","")'.format(",".join(f"{now}<>{was}" for now, was in INPUTS.items())),
    **{f"kam_{code}_differs": _own_answer(code, f"kam_{code}<>kam_was_{code}") for code in RATED},
    "kam_goal_differs": _own_answer("goal", f"OR(kam_goal_year<>kam_was_goal_year,{_OTHER_GOAL})"),
    "kam_penetration": _budget_share("kam_revenue"),
    "kam_headroom": (
        "=IF(AND(ISNUMBER(kam_revenue),N(kam_revenue)>=0,ISNUMBER(kam_budget),"
        "OR(N(kam_budget)>0,AND(N(kam_budget)=0,N(kam_revenue)=0))),"
        'MAX(kam_budget-kam_revenue,0),"")'
    ),
    "kam_competitor_share": _budget_share("kam_competitor_total"),
    "kam_competitor_share_each": tuple(_budget_share(f"INDEX(kam_competitor_revenue,{row})") for row in _COMPETITORS),
    "kam_competitor_again": tuple(f'=INDEX(kam_competitor_name,{row})&""' for row in _COMPETITORS),
    "kam_opportunity_weighted": tuple(_weight(row) for row in range(1, OPPORTUNITY_ROWS + 1)),
    "kam_action_order": tuple(_order(row) for row in range(1, ACTION_ROWS + 1)),
    "kam_next_what": tuple(_next("what", step) for step in _STEPS),
    "kam_next_who": tuple(_next("who", step) for step in _STEPS),
    "kam_next_when": tuple(_next("when", step, text=False) for step in _STEPS),
    "kam_trajectory_year": tuple(map(_year, _YEARS)),
    "kam_trajectory_label": tuple(map(_label, _YEARS)),
    "kam_trajectory_budget": tuple(map(_budget, _YEARS)),
    "kam_trajectory_penetration": tuple(map(_penetration, _YEARS)),
    "kam_trajectory_revenue": tuple(map(_revenue, _YEARS)),
    "kam_trajectory_margin": tuple(map(_margin, _YEARS)),
    "kam_trajectory_secured": tuple(map(_secured, _YEARS)),
    "kam_trajectory_weighted": tuple(map(_weighted, _YEARS)),
    "kam_trajectory_gap": tuple(map(_gap, _YEARS)),
    "kam_goal_year": _at_horizon(f"IF({_IS_FINANCIAL},{_row('label', _LAST)},{_row('year', _LAST)})"),
    "kam_goal_revenue": _at_horizon(_row("revenue", _LAST)),
    "kam_goal_secured": _at_horizon(_row("secured", _LAST)),
    "kam_goal_weighted": _at_horizon(_row("weighted", _LAST)),
    "kam_goal_open": _at_horizon(_open(*PAGE_1)),
    "kam_operational_deviation": tuple(map(_deviation, _PERIODS)),
    "kam_operational_share": tuple(map(_deviation_share, _PERIODS)),
}
"""The formula of each computed field that has one; one per row where the field is a range."""

FORMER = {"kam_goal_open": _at_horizon(_row("gap", _LAST))}
"""Formulas of earlier versions that gave wrong numbers: a build puts those of today in their place."""


@dataclass(frozen=True)
class Computed:
    """A native formula and the value it has now, for the cell of a program that never recalculates."""

    formula: str
    value: object


def link(sheet: str, text: str, cell: str = "A1") -> Computed:
    """A link to a cell of another sheet of the same book.

    Examples
    --------
    >>> print(link("Nordwerk's", "Plan").formula)
    =HYPERLINK("#'Nordwerk''s'!A1","Plan")
    """
    target = "#'" + sheet.replace("'", "''") + "'!" + cell
    return Computed(f"=HYPERLINK({_literal(target)},{_literal(text)})", text)


def link_text(formula: str) -> str | None:
    """What a link within the book shows; None where a formula is none.

    >>> link_text(link("Nordwerk", "Plan").formula), link_text("=A1")
    ('Plan', None)
    """
    match = _LINK.fullmatch(formula)
    return match["text"].replace('""', '"') if match else None


def _literal(text: str) -> str:
    return '"' + text[:255].replace('"', '""') + '"'  # Excel takes no longer literal in a formula
