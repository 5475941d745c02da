"""The bundled example as rows of the workbook: the sound clients of `seller`, so that the first look is a tidy one."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import NamedTuple

from drawing.key_accounts import seller
from drawing.key_accounts.seller import CLIENTS, COMPETITORS, SellerClient, Words
from kam_xl.domain.model import BudgetBasis, Position, Potential, Stance
from kam_xl.locale import Text

YEAR = 2025  # of the example's figures
Cells = dict[str, object]
MONTHS = 12

_AMOUNTS = ("revenue", "procurement_budget", "margin", "sales_plan", "budget_low", "budget_high", "competitor_revenue")
# The words of the drop-downs for those of the example; a medium position and potential are one word there.
_CHOICES: dict[tuple[str, Words], Text] = {
    ("budget_basis", seller.CONFIRMED): BudgetBasis.CONFIRMED.label,
    ("budget_basis", seller.ESTIMATED): BudgetBasis.ESTIMATED.label,
    ("budget_basis", seller.PROXY): BudgetBasis.PROXY.label,
    ("position", seller.STRONG): Position.STRONG.label,
    ("position", seller.MEDIUM): Position.MEDIUM.label,
    ("position", seller.WEAK): Position.WEAK.label,
    ("potential", seller.HIGH): Potential.HIGH.label,
    ("potential", seller.LOW): Potential.LOW.label,
    ("stance", seller.COMPETE): Stance.COMPETE.label,
    ("stance", seller.SUBCONTRACT): Stance.SUBCONTRACT.label,
    ("stance", seller.COEXIST): Stance.COEXIST.label,
    ("reference", seller.YES): Text("Yes"),
    ("reference", seller.NO): Text("No"),
}
# How a year of industrial projects goes; sums to 1.
_SEASON = (0.06, 0.06, 0.08, 0.08, 0.08, 0.09, 0.07, 0.07, 0.09, 0.10, 0.10, 0.12)


def clients(lang: str) -> list[Cells]:
    """Field to value for each client; the doubtful ones (no name, one id twice, impossible amounts) are left out."""
    times = Counter(each.client_id for each in CLIENTS)
    return [_cells(each, lang) for each in CLIENTS if times[each.client_id] == 1 and _is_sound(each)]


def _is_sound(client: SellerClient) -> bool:
    amounts = [getattr(client, field) for field in _AMOUNTS]
    numbers = all(amount is None or (isinstance(amount, (int, float)) and amount >= 0) for amount in amounts)
    return client.client is not None and numbers and not (client.revenue and client.procurement_budget == 0)


def competitors(lang: str) -> list[Cells]:
    """Field to value for each competitor of these clients, the client's name beside its id."""
    names = {each["client_id"]: each["client"] for each in clients(lang)}
    return [{**_cells(each, lang), "client": names[each.client_id]} for each in COMPETITORS if each.client_id in names]


class Months(NamedTuple):
    """A client's year by month, for each indicator of the operational plan; None where nothing is known."""

    client_id: object
    client: object
    plan: list[float] | None
    fact: list[float] | None
    margin_plan: list[float] | None
    margin_fact: list[float] | None


def operational(lang: str) -> list[Months]:
    """The months of the clients with a sales plan, the largest plans first; they sum to the client table's figures."""
    planned = [each for each in clients(lang) if each["sales_plan"]]
    planned.sort(key=lambda each: -_number(each["sales_plan"]))
    return [_months(each, shift) for shift, each in enumerate(planned)]


def _months(client: Cells, shift: int) -> Months:
    plan, revenue, margin = (_number(client[field]) for field in ("sales_plan", "revenue", "margin"))
    rate = margin / revenue if revenue else 0.0
    even, ahead = _parts(plan, 0), _parts(revenue, shift)
    return Months(
        client["client_id"],
        client["client"],
        even,
        ahead if client["revenue"] is not None else None,
        _parts(_thousands(plan * rate), 0) if margin else None,
        _parts(margin, shift) if margin else None,
    )


def _parts(year: float, shift: int) -> list[float]:
    """A year's sum by month in whole thousands, the rest in December; a shift makes the months differ a little."""
    weights = [
        share * (1 + ((month * 7 + shift * 5) % 11 - 5) / (40 if shift else 1e9)) for month, share in enumerate(_SEASON)
    ]
    months = [_thousands(year * weight / sum(weights)) for weight in weights[:-1]]
    return [*months, year - sum(months)]


def _thousands(amount: float) -> float:
    return round(amount / 1000) * 1000


def _number(value: object) -> float:
    return value if isinstance(value, (int, float)) else 0


def _cells(row: NamedTuple, lang: str) -> Cells:
    return {field: _in_language(field, value, lang) for field, value in row._asdict().items()}


def _in_language(field: str, value: object, lang: str) -> object:
    if isinstance(value, Words):
        if choice := _CHOICES.get((field, value)):
            return choice.render(lang)
        return getattr(value, lang, value.en) or None
    return value


def month_starts(year: int) -> list[date]:
    """The first day of each month."""
    return [date(year, month, 1) for month in range(1, MONTHS + 1)]
