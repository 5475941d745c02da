"""The portfolio in money: goals against revenue, operational plans and opportunities, by year and by manager."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kam_xl.domain.bounds import less
from kam_xl.domain.classify import Account, Classification
from kam_xl.domain.goals import secured_by, year_label, year_shown
from kam_xl.domain.measures import is_valid_amount, total_of
from kam_xl.locale import Text, plural
from kam_xl.plan.account.formulas import PAGE_1, SAME_GOAL
from kam_xl.plan.account.plan_fields import TRAJECTORY_ROWS
from kam_xl.plan.reports.goal_summary import knows_revenue, shared_ids
from kam_xl.plan.reports.portfolio_fields import MANAGER_ROWS
from kam_xl.plan.words import both, filled, some

_OF_YEAR = ("revenue", "secured", "weighted")

PlanCells = Mapping[str, Sequence[object]]
"""The cells of a plan sheet by field; `BY_YEAR` are the ones looked at."""

BY_YEAR = (*(f"kam_trajectory_{name}" for name in ("year", *_OF_YEAR, "plan")), "kam_horizon", *PAGE_1)


class GoalCoverage(NamedTuple):
    """One year of one account: the goal, what is secured by operational plan or today's revenue, what may be won."""

    revenue: float
    secured: float
    weighted: float

    @property
    def open(self) -> float:
        """What neither leads to; nothing where there is more than the goal, which fills no gap of another account."""
        return max(less(self.revenue, self.secured + self.weighted), 0.0)


class Sums(NamedTuple):
    """Goals of several accounts, each column added up."""

    revenue: float
    secured: float
    weighted: float
    open: float


def money_values(classification: Classification, plans: Mapping[str, PlanCells]) -> dict[str, object]:
    """Goals of all key accounts by year and by manager.

    Parameters
    ----------
    classification : Classification
    plans : mapping
        Client id to the cells of its plan sheet: what people made of the proposals counts. Accounts without a plan
        count with their proposal.

    Returns
    -------
    dict
        Field name to values, or text.
    """
    goals = [(account, _goals(account, classification, plans)) for account in classification.key_accounts]
    first_month = classification.settings.financial_year_start
    years = list(classification.years)[: TRAJECTORY_ROWS - 1]
    sums = {year: _summed(goal[year] for _, goal in goals if year in goal) for year in years}
    known = {year: sum(year in goal for _, goal in goals) for year in years}
    today = total_of(_revenue(account) for account in classification.key_accounts)
    columns: dict[str, list[object]] = {
        "year": [year_shown(year, first_month) for year in (classification.base_year, *years)],
        "goals": [today, *(sums[year].revenue for year in years)],
        "secured": [None, *(sums[year].secured for year in years)],
        "weighted": [None, *(sums[year].weighted for year in years)],
        "open": [None, *(sums[year].open for year in years)],
        "plans": [None, *(known[year] for year in years)],
    }
    if not goals:
        columns = {name: [] for name in columns}
    last = years[-1]
    with_goal = [(account, goal[last]) for account, goal in goals if last in goal]
    return {
        **{f"kam_total_{name}": filled(column, TRAJECTORY_ROWS) for name, column in columns.items()},
        **_by_manager(with_goal),
        "kam_goals_note": _notes(classification, [account for account, _ in with_goal], sums[last], last)
        if goals
        else None,
    }


def other_horizons(classification: Classification, plans: Mapping[str, PlanCells], lang: str) -> dict[object, str]:
    """Key accounts, by rank, whose plan has its last goal in another year than the table, with that year in words."""
    last, settings = classification.years[-1], classification.settings
    ends = {
        account.rank: max(_goals(account, classification, plans), default=None)
        for account in classification.key_accounts
        if BY_YEAR[0] in (_own(plans, account, classification) or {})
    }
    return {
        rank: year_label(end, settings) if end else Text("no goal").render(lang)
        for rank, end in ends.items()
        if end != last
    }


def other_goals(classification: Classification, plans: Mapping[str, PlanCells]) -> Text | None:
    """Whose plan has another goal than the proposed one, which summaries of proposals do not count."""
    names = [
        account.client.client
        for account in classification.key_accounts
        if BY_YEAR[0] in (_own(plans, account, classification) or {})
        and not _same(_goals(account, classification, plans), _proposed(account, classification))
    ]
    if not names:
        return None
    return plural(
        "{n:count} plan has another goal than the proposed one; list and portfolio count the plan's: {names}.",
        "{n:count} plans have other goals than the proposed ones; list and portfolio count the plans': {names}.",
        n=len(names),
        names=some(names),
    )


def _same(goals: Mapping[int, GoalCoverage], proposed: Mapping[int, GoalCoverage]) -> bool:
    """Whether the goals of the last year are the same; a proposal of nothing is no goal on a plan."""
    if not proposed:
        return not goals
    last = max(proposed)
    if max(goals, default=last) != last:
        return False
    goal, other = (each[last].revenue if last in each else 0.0 for each in (goals, proposed))
    return abs(goal - other) <= abs(other) * SAME_GOAL


def _revenue(account: Account) -> float:
    revenue = account.client.revenue
    return revenue if revenue is not None and is_valid_amount(revenue) else 0.0


def _goals(account: Account, classification: Classification, plans: Mapping[str, PlanCells]) -> dict[int, GoalCoverage]:
    cells = _own(plans, account, classification)
    return _proposed(account, classification) if cells is None else _planned(cells, _revenue(account))


def _own(plans: Mapping[str, PlanCells], account: Account, classification: Classification) -> PlanCells | None:
    """The plan of an account; None where there is none, or where it is that of another account with its id."""
    client_id = account.client.client_id
    return plans.get(client_id) if classification.by_id[client_id] is account else None


def _planned(cells: PlanCells, revenue: float) -> dict[int, GoalCoverage]:
    """What a plan sheet says; one made from an older template has no cells for what is secured and weighted."""
    years, plan = (list(cells.get(f"kam_trajectory_{name}", ())) for name in ("year", "plan"))
    goals, secured, weighted = (_with_page_1(cells, *names) for names in zip(_OF_YEAR, PAGE_1, strict=True))
    if not secured:
        secured = [revenue, *secured_by(map(_number, plan[1:]), revenue)]
    coverage = {}
    for place, (year, goal) in enumerate(zip(years, goals, strict=False)):
        if place and isinstance(year, (int, float)) and isinstance(goal, (int, float)):
            safe, won = (_number(column[place]) if place < len(column) else None for column in (secured, weighted))
            coverage[int(year)] = GoalCoverage(goal, safe or 0.0, won or 0.0)
    return coverage


def _with_page_1(cells: PlanCells, of_year: str, page_1: str) -> list[object]:
    """A column by year, its last year as page 1 has it: there people type their own goal."""
    column = list(cells.get(f"kam_trajectory_{of_year}", ()))
    last = int(_number(next(iter(cells.get("kam_horizon", ())), None)) or 0)
    if page_1 in cells and 0 < last < len(column):
        column[last] = cells[page_1][0]
    return column


def _proposed(account: Account, classification: Classification) -> dict[int, GoalCoverage]:
    goals = classification.proposal(account).goals
    secured = secured_by((goal.operational_plan for goal in goals), _revenue(account))
    return {
        goal.year: GoalCoverage(goal.revenue, safe, 0.0)
        for goal, safe in zip(goals, secured, strict=True)
        if goal.revenue is not None
    }


def _number(value: object) -> float | None:
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _summed(goals: Iterable[GoalCoverage]) -> Sums:
    columns = list(zip(*((*goal, goal.open) for goal in goals), strict=True)) or [()] * len(Sums._fields)
    return Sums(*map(total_of, columns))


def _by_manager(goals: Sequence[tuple[Account, GoalCoverage]]) -> dict[str, object]:
    """The managers with the largest goals; those beyond the rows of the sheet stand together in the last."""
    groups: dict[str, list[tuple[Account, GoalCoverage]]] = {}
    for account, goal in goals:
        groups.setdefault(account.client.manager, []).append((account, goal))
    ordered = sorted(groups.items(), key=lambda group: (-_summed(goal for _, goal in group[1]).revenue, group[0]))
    rows: list[tuple[str | Text, list[tuple[Account, GoalCoverage]]]] = [
        (name or Text("Manager not given"), members) for name, members in ordered
    ]
    if len(rows) > MANAGER_ROWS:
        rest = [member for _, members in rows[MANAGER_ROWS - 1 :] for member in members]
        rows = [*rows[: MANAGER_ROWS - 1], (Text("Other managers"), rest)]
    sums = [_summed(goal for _, goal in members) for _, members in rows]
    columns: dict[str, list[object]] = {
        "name": [name for name, _ in rows],
        "accounts": [len(members) for _, members in rows],
        "revenue": [total_of(_revenue(account) for account, _ in members) for _, members in rows],
        "goal": [each.revenue for each in sums],
        "weighted": [each.weighted for each in sums],
        "open": [each.open for each in sums],
    }
    return {f"kam_by_manager_{name}": filled(column, MANAGER_ROWS) for name, column in columns.items()}


def _notes(classification: Classification, with_goal: Sequence[Account], last: Sums, year: int) -> Text:
    note = _note(classification, total_of(map(_revenue, with_goal)), last, year)
    for more in (_without_goal(classification, with_goal, year), shared_ids(classification)):
        note = both(note, more) or note
    return note


def _without_goal(classification: Classification, with_goal: Sequence[Account], year: int) -> Text | None:
    """Which accounts the goal and the revenue beside it leave out."""
    known = set(map(id, with_goal))
    names = [account.client.client for account in classification.key_accounts if id(account) not in known]
    if not names:
        return None
    return plural(
        "Without {n:count} account whose plan has no goal for {year}: {names}.",
        "Without {n:count} accounts whose plans have no goal for {year}: {names}.",
        n=len(names),
        year=year_label(year, classification.settings),
        names=some(names),
    )


def _note(classification: Classification, today: float, last: Sums, year: int) -> Text:
    """What the goals add to today's revenue, beside what we can grow by."""
    capacity = classification.capacity
    values = {
        "year": year_label(year, classification.settings),
        "goal": last.revenue,
        "more": last.revenue - today,
        "today": today,
    }
    if not knows_revenue(classification):
        return Text("Key accounts: goal {goal:money} in {year}; today's revenue is unknown.", **values)
    if capacity.amount is None:
        return Text(
            "Key accounts: goal {goal:money} in {year}, {more:money} more than today's {today:money}.", **values
        )
    return Text(
        "Key accounts: goal {goal:money} in {year}, {more:money} more than today's {today:money}; we can grow by "
        "{capacity:money} in that time ({growth:share} a year of all revenue).",
        **values,
        capacity=capacity.amount,
        growth=classification.settings.capacity_growth,
    )
