"""What the buttons do. Each takes an xlwings book, on whatever program it is open, and what it is told in `Options`."""

from kam_xl.actions.building import (
    NoOperationalPlanError,
    NothingToRefreshError,
    Options,
    Report,
    agenda,
    build_part,
    build_plans,
    build_selected,
    check,
    classify,
    dashboard,
    portfolio,
    refresh,
    table_of,
    what_changed,
)

__all__ = [
    "NoOperationalPlanError",
    "NothingToRefreshError",
    "Options",
    "Report",
    "agenda",
    "build_part",
    "build_plans",
    "build_selected",
    "check",
    "classify",
    "dashboard",
    "portfolio",
    "refresh",
    "table_of",
    "what_changed",
]
