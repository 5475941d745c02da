"""Where a perspective plan leads, in numbers."""
# ruff: noqa: N802 (functions of a spreadsheet are upper case)

from __future__ import annotations

from kam_xl.domain.model import PathShape
from kam_xl.domain.setting_values import path_shape
from kam_xl.domain.trajectory import trajectory
from kam_xl.functions.arguments import IMPOSSIBLE, WRONG, Answer, ArgumentError, Cells, number, single, word
from kam_xl.functions.options import SETTINGS, settings_of
from kam_xl.functions.registry import Example, function
from kam_xl.locale import Text


@function(
    Text(
        "Perspective plan in numbers, one row a year from the present (0) to the horizon: year, procurement budget, "
        "penetration index, revenue and, with a margin rate, margin."
    ),
    Example(
        ("{procurement_budget}", "0.1", "0.3", "3", "0.05"),
        "count, money, share, money",
        (4, 4),
        (Text("Year"), Text("Procurement budget"), Text("Penetration index"), Text("Revenue")),
    ),
    budget=Text("This year's procurement budget of the client."),
    penetration=Text("The penetration index now, as a fraction."),
    target=Text("The penetration index to reach at the horizon, as a fraction."),
    years=Text("The horizon, 2 to 5 years; if omitted, as in the settings, else 3."),
    growth=Text("Yearly growth of the budget as a fraction; if omitted, as in the settings, else 0."),
    path=Text("linear or s-shaped; if omitted, as in the settings, else linear."),
    margin_rate=Text("Margin as a share of revenue, such as 0.25 or 25%; if omitted, there is no margin column."),
    settings=SETTINGS,
)
def KAM_TARGET(
    budget: Cells,
    penetration: Cells,
    target: Cells,
    years: Cells = None,
    growth: Cells = None,
    path: Cells = None,
    margin_rate: Cells = None,
    settings: Cells = None,
) -> Answer:
    """The path from today's penetration index to the target, year by year.

    Notes
    -----
    A margin rate lies between -1 and 1.
    #N/A: unknown budget, penetration or target. #NUM!: an impossible number, such as a margin rate of 25, or a
    horizon outside 2 to 5. Section 5.

    Examples
    --------
    >>> KAM_TARGET(1000, 0.1, 0.3, 2, 0.5)
    [[0, 1000.0, 0.1, 100.0], [1, 1500.0, 0.2, 300.0], [2, 2250.0, 0.3, 675.0]]
    """
    rules = settings_of(
        settings, horizon_years=number(years), budget_growth=number(growth), target_path=_shape(word(single(path)))
    )
    rate = number(margin_rate)
    if rate is not None and not -1 <= rate <= 1:
        return IMPOSSIBLE  # 25 for 25% would be 2,500%
    plan = trajectory(
        number(budget),
        number(penetration),
        number(target),
        years=rules.horizon_years,
        growth=rules.budget_growth,
        shape=rules.target_path,
        margin_rate=rate,
    )
    return [list(year[: 4 if rate is None else 5]) for year in plan] or None


def _shape(word: object) -> PathShape | None:
    if word is None:
        return None
    shape = path_shape(word)
    if shape is None:
        raise ArgumentError(WRONG)
    return shape
