"""How much of a plan sheet shows: tables grow as they are filled, optional sections appear when they are used."""

from __future__ import annotations

from collections.abc import Mapping

from kam_xl.plan.account.formulas import FORMULAS
from kam_xl.plan.account.plan_fields import ARGUMENT_ROWS, BEHIND, PLAN, PLAN_FIELDS
from kam_xl.plan.fields import Section
from kam_xl.plan.reports.dashboard_fields import MARGIN, MARGIN_PART

ALL_ROWS = 500
"""More than any part of a plan has."""


def rows_shown(fields: Mapping[str, object]) -> dict[str, int]:
    """How many rows of a name show from the top, the others being folded away; for `kam_xl.engines.stamp.Fill.shown`.

    Parameters
    ----------
    fields : mapping
        What the cells of the plan hold, by field name (columns as lists).

    Returns
    -------
    dict
        Wholes before what lies within them: what stands behind the way, optional sections, tables.

    Examples
    --------
    >>> shown = rows_shown({"kam_action_what": ["Visit", None, "Offer", None, None, None, None]})
    >>> shown["kam_action_what"], shown["kam_risk_what"], shown["kam_part_team"]
    (5, 2, 0)
    """
    parts = {section.part: ALL_ROWS if _filled(section, fields) else 0 for section in PLAN if section.optional}
    tables = {
        name: min(_filled(section, fields) + section.spare, PLAN_FIELDS[name].rows)
        for section in PLAN
        for name in section.tables
        if not section.optional or parts[section.part]
    }
    arguments = {"kam_arguments": max(_last(fields.get("kam_arguments"), ARGUMENT_ROWS), 1)}
    return {BEHIND: ALL_ROWS} | parts | tables | arguments


def portfolio_rows_shown(values: Mapping[str, object]) -> dict[str, int]:
    """How many rows of the portfolio's tables show: those that are filled, and the few that stand beside another table.

    >>> portfolio_rows_shown({"kam_rival_name": ["Alfa", None], "kam_notice": None})["kam_rival_name"]
    1
    """
    least = {"kam_notice": 0, "kam_by_manager_name": 5, "kam_rival_name": 1, "kam_reference_vertical": 3}
    return _filled_rows(values, least)


def dashboard_rows_shown(values: Mapping[str, object]) -> dict[str, int]:
    """How many rows of the dashboard's tables show: those that are filled, and one to say that there are none.

    The tiles of the margin show where any margin is known.

    >>> dashboard_rows_shown({"kam_dash_top_name": ["Nordwerk", "Alpha", None]})["kam_dash_top_name"]
    2
    """
    tables = dict.fromkeys(("kam_dash_manager_name", "kam_dash_territory_name", "kam_dash_top_name"), 1)
    margin = any(_last(values.get(field.name), 1) for field in MARGIN)
    return _filled_rows(values, tables) | {MARGIN_PART: ALL_ROWS if margin else 0}


def _filled_rows(values: Mapping[str, object], least: Mapping[str, int]) -> dict[str, int]:
    return {name: max(_last(values.get(name), ALL_ROWS), rows) for name, rows in least.items()}


def _filled(section: Section, fields: Mapping[str, object]) -> int:
    """The last filled row of a section, 1 for a field of one cell; results of formulas do not count."""
    return max([_last(fields.get(name), rows) for name, rows in _TYPED[section.code]])


_TYPED = {
    section.code: [(field.name, field.rows) for field in section.fields if field.name not in FORMULAS]
    for section in PLAN
}


def _last(value: object, rows: int) -> int:
    if not isinstance(value, (list, tuple)):
        return 0 if value is None or value == "" else 1
    for row in range(min(len(value), rows), 0, -1):
        if value[row - 1] is not None and value[row - 1] != "":
            return row
    return 0
