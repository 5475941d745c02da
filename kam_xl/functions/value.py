"""What a client is worth, how a group is penetrated, how revenue grows, how many key accounts there may be."""
# ruff: noqa: N802 (functions of a spreadsheet are upper case)

from __future__ import annotations

from kam_xl.domain import attainable, measures
from kam_xl.domain.model import Position
from kam_xl.domain.ranking import limit_of
from kam_xl.domain.ratings import rate_position
from kam_xl.functions.arguments import (
    IMPOSSIBLE,
    UNKNOWN,
    WRONG,
    Answer,
    ArgumentError,
    Cells,
    amount,
    amounts,
    each,
    flag,
    is_range,
    number,
    plain,
    rating,
    rows,
)
from kam_xl.functions.options import SETTINGS, settings_of
from kam_xl.functions.registry import Example, function
from kam_xl.functions.shares import BUDGET, REVENUE
from kam_xl.locale import Text


@function(
    Text(
        "Value at stake: what a year with the client is worth once the plan has worked, that is today's revenue "
        "plus the gain attainable within the horizon. If the budget is unknown, the revenue alone."
    ),
    Example(("{revenue}", "{procurement_budget}", "", "kam_settings"), "money"),
    each_cell=True,
    revenue=REVENUE,
    budget=BUDGET,
    position=Text("Our position (strong, medium, weak); if omitted, it follows from the penetration index."),
    settings=SETTINGS,
)
def KAM_VALUE_AT_STAKE(revenue: Cells, budget: Cells, position: Cells = None, settings: Cells = None) -> Answer:
    """Revenue today and the attainable gain.

    Notes
    -----
    Money a year, before the ceiling of capacity.
    #N/A: neither revenue nor budget is known. #NUM!: an amount that cannot be right. Sections 1 and 5.

    Examples
    --------
    >>> KAM_VALUE_AT_STAKE(10, 100), KAM_VALUE_AT_STAKE(10, None)
    (20.0, 10.0)
    """
    rules = settings_of(settings)

    def value(earned: float | None, wallet: float | None, own: Position | None) -> float | None:
        rated = rate_position(measures.penetration(earned, wallet), rules, manual=own)
        return attainable.value_at_stake(earned, wallet, rated and rated.value, rules)

    return each(value, revenue, budget, position, read=(amount, amount, rating("position")))


@function(
    Text(
        "Penetration index of a group: total revenue divided by total budget, over the clients whose budget is "
        "known; never an average of ratios. With TRUE, a row: index, clients counted, all clients, share of "
        "revenue."
    ),
    Example(
        ("{revenues}", "{procurement_budgets}", "TRUE"),
        "share, count, count, share",
        (1, 4),
        (Text("Penetration index"), Text("Clients counted"), Text("All clients"), Text("Share of revenue")),
    ),
    revenues=Text("The revenue of each client of the group: a column."),
    budgets=Text("Their procurement budgets: a column of the same size."),
    coverage=Text("TRUE to add the coverage, four cells in a row; if omitted, the index alone."),
)
def KAM_GROUP_PENETRATION(revenues: Cells, budgets: Cells, coverage: Cells = None) -> Answer:
    """Penetration index of several clients together.

    Notes
    -----
    Rows with an unknown or impossible amount are left out, which the coverage tells.
    #N/A: no client has both amounts; in the row, the share of a group without revenue. #VALUE!: columns of different
    size. Section 3, "penetration of a group".

    Examples
    --------
    >>> KAM_GROUP_PENETRATION([10, 30, 60], [100, 60, None])
    0.25
    >>> KAM_GROUP_PENETRATION([10, 30, 60], [100, 60, None], True)
    [[0.25, 2, 3, 0.4]]
    """
    earned, wallets = amounts(revenues), amounts(budgets)
    if len(earned) != len(wallets):
        raise ArgumentError(WRONG)
    group = measures.group_penetration(zip(earned, wallets, strict=True))
    if group.penetration is None or not flag(coverage):
        return group.penetration
    return [[UNKNOWN if each is None else each for each in group]]


@function(
    Text("Compound annual growth rate (CAGR): the yearly growth that leads from the first amount to the last."),
    Example(("400", "{revenue}", "3"), "share"),
    each_cell=True,
    first=Text("The amount of the first year, above 0: a cell or a column."),
    last=Text("The amount of the last year: a cell or a column."),
    years=Text("How many years lie between them, such as 3 from 2022 to 2025."),
)
def KAM_CAGR(first: Cells, last: Cells, years: Cells) -> Answer:
    """Compound annual growth rate.

    Notes
    -----
    (last / first) ^ (1 / years) - 1.
    #N/A: an unknown amount. #NUM!: a first amount of 0 or below, a last one below 0, no years.

    Examples
    --------
    >>> KAM_CAGR(100, 400, 2)
    1.0
    """
    return each(measures.growth_rate, first, last, years)


@function(
    Text("How many key accounts the limit allows: 15% of all clients, at least one; 0 only if the limit is 0."),
    Example(("{clients}", "kam_settings"), "count"),
    clients=Text("The number of clients, or their column without its header; blank cells do not count."),
    settings=SETTINGS,
)
def KAM_LIMIT(clients: Cells, settings: Cells = None) -> Answer:
    """How many key accounts a company can serve.

    Notes
    -----
    #N/A: no clients. #NUM!: not a whole number. Section 2, "limit"; the share is `key_account_limit`.

    Examples
    --------
    >>> KAM_LIMIT(40), KAM_LIMIT(["Nordwerk", "Alfa", None])
    (6, 1)
    """
    if is_range(clients):
        count: float = sum(plain(cell) is not None for row in rows(clients) for cell in row)
    else:
        count = number(clients) or 0.0
    if not (count >= 0 and count == count // 1):
        return IMPOSSIBLE
    return limit_of(int(count), int(count), settings_of(settings)).allowed if count else None
