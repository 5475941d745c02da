"""The native formulas of the plan sheet, in US-English form, over the sheet's own names.

The same texts stand in the template and in every plan, whatever the language. What is unknown shows as an empty text: a
formula here never ends in an error. Year 0 of the trajectory is what the client table says, the later years are the
goal. The value of each formula, for the cells of programs that never recalculate, is `kam_xl.plan.values`.
"""

from __future__ import annotations

from dataclasses import dataclass

from kam_xl.domain.model import PathShape
from kam_xl.locale import LANGUAGES
from kam_xl.plan.fields import COMPETITOR_ROWS, OPERATIONAL_ROWS, TRAJECTORY_ROWS

S_SHAPED = tuple(dict.fromkeys(PathShape.S_SHAPED.label.render(lang) for lang in LANGUAGES))
"""What `kam_path` says for an S-shaped path, in every language: a plan may be rebuilt in another than before."""

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


def _year(year: int) -> str:
    """Years beyond the horizon stay blank; so do all later ones where the horizon is no number of years."""
    years = "INT(N(kam_horizon))"
    return f'=IF(AND({years}>={year},{years}<={TRAJECTORY_ROWS - 1}),{year},"")' if year else "=0"


def _row(column: str, year: int) -> str:
    return f"INDEX(kam_trajectory_{column},{year + 1})"


def _budget(year: int) -> str:
    if not year:
        return _if_number("kam_budget")
    target = "ISNUMBER(kam_target_penetration),N(kam_target_penetration)>=0,N(kam_target_penetration)<=1"
    sane = f"N(kam_budget)>0,{target},ABS(N(kam_budget_growth))<={MAX_GROWTH}"
    shown = f"AND(ISNUMBER({_row('year', year)}),{sane})"
    return f'=IF({shown},kam_budget*(1+N(kam_budget_growth))^{year},"")'


def _penetration(year: int) -> str:
    """Linear, or the smoothstep 3t²-2t³ where the path is S-shaped; from 0 where today's penetration is unknown."""
    if not year:
        return _if_number("kam_penetration")
    s_shaped = ",".join(f'kam_path="{name}"' for name in S_SHAPED)
    passed = f"{year}/INT(kam_horizon)"
    way = f"IF(OR({s_shaped}),({passed})^2*(3-2*{passed}),{passed})"
    shown = f"ISNUMBER({_row('budget', year)})"
    return f'=IF({shown},N(kam_penetration)+(kam_target_penetration-N(kam_penetration))*{way},"")'


def _revenue(year: int) -> str:
    if not year:
        return _if_number("kam_revenue")
    penetration = _row("penetration", year)
    return f'=IF(ISNUMBER({penetration}),{_row("budget", year)}*{penetration},"")'


def _margin(year: int) -> str:
    if not year:
        return _if_number("kam_margin")
    revenue = _row("revenue", year)
    return f'=IF(AND(ISNUMBER({revenue}),ISNUMBER(kam_margin_rate)),{revenue}*kam_margin_rate,"")'


def _gap(year: int) -> str:
    return difference(_row("revenue", year), _row("plan", year))


def _deviation(row: int) -> str:
    return difference(f"INDEX(kam_operational_fact,{row})", f"INDEX(kam_operational_to_date,{row})")


def _deviation_share(row: int) -> str:
    return ratio(f"INDEX(kam_operational_deviation,{row})", f"INDEX(kam_operational_to_date,{row})")


_YEARS = range(TRAJECTORY_ROWS)
_PERIODS = range(1, OPERATIONAL_ROWS + 1)

FORMULAS: dict[str, str | tuple[str, ...]] = {
    "kam_penetration": _budget_share("kam_revenue"),
    "kam_headroom": (
        "=IF(AND(ISNUMBER(kam_revenue),N(kam_revenue)>=0,ISNUMBER(kam_budget),"
        "OR(N(kam_budget)>0,AND(N(kam_budget)=0,N(kam_revenue)=0))),"
        'MAX(kam_budget-kam_revenue,0),"")'
    ),
    "kam_competitor_share": _budget_share("kam_competitor_total"),
    "kam_competitor_share_each": tuple(
        _budget_share(f"INDEX(kam_competitor_revenue,{row})") for row in range(1, COMPETITOR_ROWS + 1)
    ),
    "kam_trajectory_year": tuple(map(_year, _YEARS)),
    "kam_trajectory_budget": tuple(map(_budget, _YEARS)),
    "kam_trajectory_penetration": tuple(map(_penetration, _YEARS)),
    "kam_trajectory_revenue": tuple(map(_revenue, _YEARS)),
    "kam_trajectory_margin": tuple(map(_margin, _YEARS)),
    "kam_trajectory_gap": tuple(map(_gap, _YEARS)),
    "kam_operational_deviation": tuple(map(_deviation, _PERIODS)),
    "kam_operational_share": tuple(map(_deviation_share, _PERIODS)),
}
"""The formula of each computed field that has one; one per row where the field is a range."""


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


def _literal(text: str) -> str:
    return '"' + text[:255].replace('"', '""') + '"'  # Excel takes no longer literal in a formula
