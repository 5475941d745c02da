"""Calls of the functions as people make them, by chance: amounts, blanks, words, errors, cells and ranges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from kam_xl.functions import FUNCTIONS
from tests.workbook.lambdas.engine import Block, Call

Draw = Callable[[Random], Any]
UNKNOWN = ("", "", "n/a", "н/д", "-")
WRONG = ("#DIV/0!", "#N/A", "xyz", True, -5.0)
AMOUNTS = (0.0, 1.0, 5.0, 12.0, 20.0, 80.0, 100.0, 100.0, 250.0, 999.5, 1e6)
SHARES = (0.0, 0.01, 0.1, 0.19, 0.2, 0.1 + 0.2, 0.5, 0.7, 1.0, 1.2)
RATINGS = ("Strong", "strong", "Средняя", "слабая", "Weak", "medium ", "", "", 0.0)
POTENTIALS = ("High", "высокий", "Средний", "low", "Low", "", "", "Medium")
MARKS = ("yes", "да", "no", "нет", "", "", True, False, 0.0, 1.0, 2.0, 3.0, "x", "2")
CRITERIA = ("", "Revenue", "Доход", "Revenue, Expertise", "1,3", "2;4", 4.0, "Reference,Prospect", "")
FLAGS = ("codes", "share", "to_date", "coverage", "normalised")
SETTINGS: tuple[Block, ...] = (
    [["Setting", "Value"], ["language", "ru"], ["position_strong_from", 0.6]],
    [["potential_high_from", 100.0], ["potential_medium_from", 20.0], ["actual_min_share", 0.05]],
    [["key_revenue_share", 0.05], ["key_revenue_amount", 80.0], ["prospect_min_budget", 90.0]],
    [["horizon_years", 5.0], ["budget_growth", 0.1], ["max_step", 0.05], ["target_path", "S-shaped"]],
    [["abc_a", 0.5], ["abc_b", 0.9], ["key_account_limit", 0.0], ["considerable_share", 0.5], ["mark_min_level", 3.0]],
    [["position_strong_from", ""], ["strong_step", 0.3], ["attainable_max", 0.6], ["potential_high_percentile", 0.6]],
    [["position_strong_from", 1.6], ["abc_a", 0.5]],  # out of range
    [["position_strong_from", 0.1], ["position_medium_from", 0.4]],  # in the wrong order
    [["positon_strong_from", 0.1], ["abc_a", 0.4]],  # no setting's name
    [["horizon_years", 2.5], ["abc_a", 0.4]],  # not whole
)


def _cell(values: tuple[Any, ...]) -> Draw:
    def draw(random: Random) -> Any:
        chance = random.random()
        return random.choice(WRONG if chance < 0.04 else UNKNOWN if chance < 0.15 else values)

    return draw


def _words(values: tuple[Any, ...]) -> Draw:
    return lambda random: "xyz" if random.random() < 0.02 else random.choice(values)


_LANGUAGE: Draw = lambda random: random.choice(("en", "ru", "Russian", "", "xx", "en", "ru"))  # noqa: E731
_FLAG: Draw = lambda random: random.choice((True, False, "", 0.0, 1.0, "xyz", True, False))  # noqa: E731
_KINDS: dict[str, Draw] = {
    **dict.fromkeys(("revenue", "budget", "budgets", "total", "competitor_revenue", "revenues"), _cell(AMOUNTS)),
    **dict.fromkeys(("sales_plan", "total_plan", "plan", "fact", "goal", "first", "last"), _cell(AMOUNTS)),
    "penetration": _cell(SHARES),
    "target": _cell((0.0, 0.2, 0.5, 0.9, 1.0, 1.5)),
    "years": _cell((1.0, 2.0, 3.0, 4.0, 5.0, 2.5)),
    "growth": _cell((0.0, 0.05, -0.1, 0.5, 11.0)),
    "margin_rate": _cell((0.25, 0.0, -0.5, 25.0)),
    "n": _cell((1.0, 2.0, 3.0, 10.0, 1.5, 0.0)),
    "clients": _cell((1.0, 7.0, 40.0, 100.0, 0.0, 6.5)),
    "path": _words(("linear", "S-shaped", "Линейный", "", "", "s-shaped")),
    "position": _words(RATINGS),
    "potential": _words(POTENTIALS),
    "criteria": _words(CRITERIA),
    "reference": _words(MARKS),
    "expertise": _words(MARKS),
    "language": _LANGUAGE,
    **dict.fromkeys(FLAGS, _FLAG),
}
_ALONE = frozenset((*FLAGS, "settings", "language", "path", "growth", "margin_rate", "target"))
# Arguments whose cells stand for one client or one period each: one column long, all of them.
_COLUMNS = {"KAM_GROUP_PENETRATION", "KAM_PLAN_GAP", "KAM_HHI", "KAM_TOP_SHARE", "KAM_ABC"}


def random_call(name: str, random: Random) -> Call:
    """A call of a function, with the shape of what Python answers."""
    height = random.choice((1, 1, 2, 3, 5, 8)) if name not in _COLUMNS else random.choice((2, 3, 5, 8))
    arguments = [_argument(each.name, each.optional, name, height, random) for each in FUNCTIONS[name].arguments]
    answer = python(name, arguments)
    shape = (len(answer), len(answer[0])) if isinstance(answer, list) else (1, 1)
    return Call(name, *arguments, shape=shape)


def python(name: str, arguments: Sequence[Any]) -> Any:
    """What the Python function answers: a blank cell comes as None, as from Excel."""
    return FUNCTIONS[name].call(*[None if argument == "" else argument for argument in arguments])


def _argument(argument: str, optional: bool, function: str, height: int, random: Random) -> Any:
    if argument == "settings":  # a wrong one is wrong for a formula even where an argument goes before it
        return random.choice((None, None, *SETTINGS[: -1 if function == "KAM_TARGET" else None]))
    if optional and random.random() < 0.4:
        return None
    draw = _KINDS[argument]
    alone = argument in _ALONE or (function == "KAM_TARGET")
    if alone or height == 1 or (function not in _COLUMNS and random.random() < 0.2):
        return draw(random)
    if function == "KAM_PLAN_GAP" and argument == "goal":
        return draw(random)
    if function not in _COLUMNS and random.random() < 0.05:
        height += 1  # another column ends early
    return [[draw(random)] for _ in range(height)]
