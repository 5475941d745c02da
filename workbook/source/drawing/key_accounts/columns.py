"""The columns of the client table and of the competitors: titles, what to enter, widths; those that are calculated.

Each title of an entry is a word that `kam_xl.table.words` knows, so that the reader needs no mapping; no title of a
calculated column is one, so that nothing calculated is ever read as if a user had entered it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kam_xl.locale import Text
from kam_xl.plan.fields import Number

_MONEY, _SHARE, _DATE, _TEXT = Number.MONEY, Number.SHARE, Number.DATE, Number.TEXT


class Column(NamedTuple):
    """A column: its field, title, hint, width in characters and format.

    `needed` columns make little sense without an entry; `choices` is the list of its drop-down, `formula` what is
    calculated, over the titles of other columns in braces; a `hidden` one is not for people.
    """

    field: str
    title: Text
    hint: Text
    width: float
    number: Number = _TEXT
    needed: bool = False
    choices: str = ""
    formula: str = ""
    hidden: bool = False


# A wrong number counts as an unknown one, as in a build; the data check reports it.
_EARNED = 'IF(N({revenue})<0,"",{revenue})'
_CONTRADICTED = "OR(N({procurement_budget})<0,AND(N({procurement_budget})=0,N({revenue})>0))"

_OWN_RATING = Text("Yours, if you know better than the rule")
_REASON = Text("Why; quoted in the plan")

CLIENTS = (
    Column("client_id", Text("Client ID"), Text("Never changes, each once"), 12, needed=True),
    Column("client", Text("Client"), Text("Name of the company"), 42, needed=True),
    Column("industry", Text("Industry"), Text("The vertical it is known in"), 25),
    Column("territory", Text("Territory"), Text("Country, region or city"), 15),
    Column("manager", Text("Manager"), Text("Who is responsible"), 17),
    Column("revenue", Text("Revenue"), Text("What we sold in the period"), 15, _MONEY, needed=True),
    Column("margin", Text("Margin"), Text("Revenue less direct cost"), 19, _MONEY),
    Column("sales_plan", Text("Sales plan"), Text("Planned revenue of the period"), 15, _MONEY),
    Column(
        "procurement_budget",
        Text("Procurement budget"),
        Text("What it spends with anybody on what we could sell; unknown: blank"),
        18,
        _MONEY,
        needed=True,
    ),
    Column(
        "penetration",
        Text("Penetration index"),
        Text("Our share of its budget"),
        18,
        _SHARE,
        formula="KAM_PENETRATION({revenue},{procurement_budget})",
    ),
    Column(
        "headroom",
        Text("Headroom"),
        Text("What it buys elsewhere"),
        15,
        _MONEY,
        formula="KAM_HEADROOM({revenue},{procurement_budget})",
    ),
    Column(
        "rated_position",
        Text("Rated position"),
        Text("How we stand with it"),
        13,
        formula='IF({position}="",IF(ISNUMBER({penetration}),KAM_POSITION({penetration},kam_settings),""),{position})',
    ),
    Column(
        "rated_potential",
        Text("Rated potential"),
        Text("What it can give"),
        13,
        formula='IF({potential}="",KAM_POTENTIAL(IF(' + _CONTRADICTED + ',"",{procurement_budget}),,,kam_bounds),'
        "{potential})",
    ),
    Column(
        "strategy",
        Text("Strategy"),
        Text("By position and potential"),
        52,
        formula="KAM_STRATEGY({rated_position},{rated_potential},{criteria},kam_set_language)",
    ),
    Column(
        "criteria",
        Text("Criteria met"),
        Text("Key account by one or more"),
        32,
        formula="KAM_CLASSIFY(" + _EARNED + ",kam_total_revenue,"
        "IF(OR(N({revenue})<0," + _CONTRADICTED + '),"",{procurement_budget}),{rated_potential},'
        "IF(AND(kam_top_reference>1,ISNUMBER({reference})),{reference}>=kam_mark_level,{reference}),"
        "IF(AND(kam_top_expertise>1,ISNUMBER({expertise})),{expertise}>=kam_mark_level,{expertise}),,kam_settings)",
    ),
    Column(
        "status",
        Text("Status"),
        Text("Contributes already, or could"),
        15,
        formula="KAM_STATUS(" + _EARNED + ",kam_total_revenue,"
        'IF(AND(kam_total_plan>0,ISNUMBER({sales_plan}),N({sales_plan})>=0),{sales_plan},""),kam_total_plan,kam_settings)',
    ),
    Column("budget_basis", Text("Budget basis"), Text("How the budget is known"), 16, choices="kam_list_budget_basis"),
    Column("budget_date", Text("Budget date"), Text("As of when"), 13, _DATE),
    Column("budget_low", Text("Budget low"), Text("Lowest likely budget"), 15, _MONEY),
    Column("budget_high", Text("Budget high"), Text("Highest likely budget"), 15, _MONEY),
    Column(
        "competitor_revenue",
        Text("Competitor revenue"),
        Text("All competitors together; blank: from their sheet"),
        18,
        _MONEY,
    ),
    Column(
        "reference",
        Text("Reference"),
        Text("Well known: yes, or a level 0 to 3"),
        15,
        choices="kam_list_mark",
    ),
    Column("reference_reason", Text("Reason for reference"), _REASON, 34),
    Column(
        "expertise",
        Text("Expertise"),
        Text("Makes us better: yes, or a level 0 to 3"),
        15,
        choices="kam_list_mark",
    ),
    Column("expertise_reason", Text("Reason for expertise"), _REASON, 34),
    Column("position", Text("Position"), _OWN_RATING, 13, choices="kam_list_position"),
    Column("position_reason", Text("Reason for position"), _REASON, 34),
    Column("potential", Text("Potential"), _OWN_RATING, 13, choices="kam_list_potential"),
    Column("potential_reason", Text("Reason for potential"), _REASON, 34),
)

COMPETITORS = (
    Column("client_id", Text("Client ID"), Text("As in the client table"), 13, needed=True),
    Column("client", Text("Client"), Text("Enough instead of the ID"), 36),
    Column("competitor", Text("Competitor"), Text("Name of the company"), 26, needed=True),
    Column(
        "revenue",
        Text("Competitor revenue"),
        Text("What it earns there: same products, period, currency"),
        20,
        _MONEY,
    ),
    Column("strengths", Text("Strengths"), Text("What the client values in it"), 38),
    Column("weaknesses", Text("Weaknesses"), Text("Where it leaves the client unhappy"), 38),
    Column("stance", Text("Stance"), Text("Compete, subcontract or coexist"), 18, choices="kam_list_stance"),
)

FIELDS = {column.field: column for column in CLIENTS}


def _aside(column: Column) -> Column:
    """The hidden column of a calculated one, with its formula; it is called as the function that it calls."""
    name = _CALLED.search(column.formula)[0]  # type: ignore[index] # every calculated column calls one
    formula = _FIELD.sub(lambda match: f"{{{_ASIDE.get(match[1], match[1])}}}", column.formula)
    return column._replace(field=name, title=Text(name), hint=column.title, formula=formula, hidden=True)


_CALLED, _FIELD = re.compile(r"KAM_\w+"), re.compile(r"{(\w+)}")
_ASIDE = {each.field: _CALLED.search(each.formula)[0] for each in CLIENTS if each.formula}  # type: ignore[index]
LIVE_CLIENTS = (
    *(each._replace(formula=f"{{{_ASIDE[each.field]}}}") if each.formula else each for each in CLIENTS),
    *(_aside(each) for each in CLIENTS if each.formula),
)
"""The client table of the workbook without macros: what people see refers to hidden columns (`Draft.answer`)."""
LIVE_FIELDS = {field: next(each for each in LIVE_CLIENTS if each.field == _ASIDE.get(field, field)) for field in FIELDS}
"""Where formulas of that workbook read a field."""
