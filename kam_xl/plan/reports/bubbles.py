"""The data of the portfolio's bubble chart: penetration across, budget upwards, revenue as size."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10, sqrt
from typing import NamedTuple

from kam_xl.domain.classify import Account
from kam_xl.domain.measures import LARGEST, is_valid_amount
from kam_xl.locale import Text
from kam_xl.plan.reports.portfolio_fields import BUBBLE_ROWS
from kam_xl.plan.words import filled, shortened

SMALLEST_BUBBLE = 0.01
"""The size of the bubble of a client without revenue, in that of the largest: a dot, but there to be seen."""

NAMED = 8
"""How many bubbles bear a name, those with the largest budgets; the others bear their rank, where there is room."""

LABEL_HEIGHT, LETTER_WIDTH, LABEL_LETTERS, RADIUS = 0.035, 0.016, 22, 0.12
"""What the name at a bubble takes of the height of the chart, each of its letters of the width, how many it has; and
the radius of the largest bubble."""

_ABOVE_THE_AXIS = 1.5
_SMALLEST_BUDGET = 1 / LARGEST  # 1e-320 is nothing: no power of ten brings it above 1


def bubble_values(key_accounts: Sequence[Account]) -> dict[str, object]:
    """The key accounts whose budget and penetration are known, those with the largest budgets; large bubbles first.

    A chart draws its points in their order: so no bubble hides a smaller one. Budgets are drawn in a unit, a power of
    ten, in which the smallest is a little above 1: the axis is logarithmic and begins at 1, because not every program
    finds a beginning by itself.
    """
    budgets = ((account, _budget(account)) for account in key_accounts if account.penetration is not None)
    known = [account for account, budget in budgets if budget > _SMALLEST_BUDGET]
    largest = sorted(known, key=lambda account: (-_budget(account), account.client.client_id))[:BUBBLE_ROWS]
    drawn = sorted(largest, key=lambda account: -_revenue(account))
    labels = _labels(largest)
    dot = SMALLEST_BUBBLE * max(map(_revenue, drawn), default=0.0) or 1.0
    unit = _unit(min(map(_budget, drawn))) if drawn else 1.0
    columns: dict[str, list[object]] = {
        "client": [account.client.client for account in drawn],
        "penetration": [account.penetration for account in drawn],
        "budget": [_budget(account) for account in drawn],
        "height": [_budget(account) / unit for account in drawn],
        "revenue": [max(_revenue(account), dot) for account in drawn],
        "label": [labels.get(id(account)) for account in drawn],
    }
    return {
        **{f"kam_bubble_{name}": filled(column, BUBBLE_ROWS) for name, column in columns.items()},
        "kam_bubble_note": _note(unit, len(key_accounts) - len(known), len(known) - len(drawn))
        if drawn
        else _nothing(),
    }


def _unit(smallest: float) -> float:
    """The power of ten in which an amount is a little above 1.

    >>> _unit(2_000_000), _unit(1_000_000), _unit(0.3)
    (1000000.0, 100000.0, 0.1)
    """
    return float(10.0 ** floor(log10(smallest / _ABOVE_THE_AXIS)))


def _note(unit: float, unknown: int, smaller: int) -> Text:
    note = Text(
        "Key accounts: penetration index across, procurement budget upwards (times {unit:number}); the size of a "
        "bubble is revenue, a dot is none; a number is the rank.",
        unit=unit,
    )
    if unknown:
        note = Text("{said} Not drawn: {count:count}, budget or revenue unknown.", said=note, count=unknown)
    if smaller:
        note = Text("{said} Not drawn: {count:count} with smaller budgets.", said=note, count=smaller)
    return note


def _nothing() -> Text:
    return Text("No key account has both revenue and procurement budget: there is nothing to draw.")


def _labels(accounts: Sequence[Account]) -> dict[int, str]:
    """What stands beside the bubbles, by `id` of the account: names of the largest budgets, ranks of the others.

    Two labels collide where one begins before the other ends, on about the same height of the logarithmic axis: then
    the later one is shorter or left out. A name does not run over another bubble either. All are in the data of the
    chart.
    """
    if not accounts:
        return {}
    bubbles = _bubbles(accounts)
    placed: list[_Box] = []
    labels: dict[int, str] = {}
    for account, own in zip(accounts, bubbles, strict=True):
        name, rank = shortened(account.client.client, LABEL_LETTERS), str(account.rank)
        others = [each for each in bubbles if each is not own]
        for label, free_of in ((name, placed + others), (rank, placed)):
            box = own.label(label)
            if (label is rank or len(placed) < NAMED) and not any(map(box.meets, free_of)):
                placed.append(box)
                labels[id(account)] = label
                break
    return labels


class _Box(NamedTuple):
    """Where a bubble or its label is drawn, in shares of the width and the height of the chart."""

    left: float
    right: float
    low: float
    high: float

    def meets(self, other: _Box) -> bool:
        """Whether the two overlap."""
        return self.left < other.right and other.left < self.right and self.low < other.high and other.low < self.high

    def label(self, text: str) -> _Box:
        """The place of a text at the right of a bubble."""
        middle = (self.low + self.high) / 2
        width = LETTER_WIDTH * len(text)
        return _Box(self.right, self.right + width, middle - LABEL_HEIGHT / 2, middle + LABEL_HEIGHT / 2)


def _bubbles(accounts: Sequence[Account]) -> list[_Box]:
    heights = [log10(_budget(account)) for account in accounts]
    decades = max(ceil(max(heights)) - floor(min(heights)), 1)
    widest = max(account.penetration or 0.0 for account in accounts) or 1.0
    largest = max(map(_revenue, accounts)) or 1.0
    boxes = []
    for account, height in zip(accounts, heights, strict=True):
        across, up, radius = (account.penetration or 0.0) / widest, height / decades, RADIUS
        radius *= sqrt(_revenue(account) / largest)
        boxes.append(_Box(across - radius, across + radius, up - radius, up + radius))
    return boxes


def _budget(account: Account) -> float:
    return account.client.procurement_budget or 0.0


def _revenue(account: Account) -> float:
    revenue = account.client.revenue
    return revenue if revenue is not None and is_valid_amount(revenue) else 0.0
