"""The account of a ledger: its period, what of it is left out and why, and the months that are missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from kam_xl.ledger.errors import NothingFoundError
from kam_xl.ledger.periods import Period, missing_months, pieces, read_period
from kam_xl.ledger.recipe import Recipe
from kam_xl.ledger.result import LeftOut, month_name, remark
from kam_xl.ledger.sums import PAYMENT, ZERO, Cell, Doubles, Profile
from kam_xl.locale import Text
from kam_xl.table.finding import Finding

_REASONS = {
    "header": Text("headers that are repeated"),
    "total": Text("totals"),
    "note": Text("headings and notes, without date and amount"),
    "unreadable": Text("rows that cannot be read"),
    "no-amount": Text("no amount"),
    "no-date": Text("no date"),
    "no-client": Text("no client"),
    "no-supplier": Text("no supplier"),
}
# A message names no more than these.
_MANY = 5


def all_rows(profiles: Sequence[Profile]) -> LeftOut:
    """Everything that was read but empty rows; totals have no money of their own."""
    counted = [each for each in profiles if each.state != "blank"]
    money = [each.amount for each in counted if each.state in (PAYMENT, "no-date", "no-client", "no-supplier")]
    return LeftOut(Text("all"), sum(each.rows for each in counted), sum(money, ZERO))


def left_out_rows(profiles: Sequence[Profile], period: Period) -> list[LeftOut]:
    """The rows that are no payments, and the payments of other periods, by reason."""
    found = []
    for state, reason in _REASONS.items():
        group = [each for each in profiles if each.state == state]
        money = sum((each.amount for each in group), ZERO) if state.startswith("no-") and state != "no-amount" else None
        found.append(LeftOut(reason, sum(each.rows for each in group), money))
    other = [each for each in profiles if each.state == PAYMENT and each.month and each.month not in period]
    outside = Text("outside of the period {period}", period=period.name)
    found.append(LeftOut(outside, sum(each.rows for each in other), sum((each.amount for each in other), ZERO)))
    return [each for each in found if each.rows]


def repeated(found: Doubles, *, dropped: bool) -> list[LeftOut]:
    """The repeated payments, where they were dropped."""
    return [LeftOut(Text("repeated payments"), found.rows, found.amount)] if dropped and found.rows else []


def remainder(reason: Text, profiles: Sequence[Profile], known: Sequence[LeftOut]) -> list[LeftOut]:
    """What is neither used nor left out for another reason."""
    read = all_rows(profiles)
    rows = read.rows - sum(each.rows for each in known)
    amount = (read.amount or ZERO) - sum((each.amount or ZERO for each in known), ZERO)
    return [LeftOut(reason, rows, amount)] if rows else []


def chosen_period(profiles: Sequence[Profile], recipe: Recipe, where: str) -> tuple[Period, list[Finding]]:
    """The period asked for; else the year of the ledger, of several the last one, which is said.

    Raises
    ------
    NothingFoundError
        Where no payment has a date in it.
    """
    months = sorted({each.month for each in profiles if each.state == PAYMENT and each.month})
    if not months:
        raise NothingFoundError(
            Text("there are no payments"), where=where, remedy=Text("Check the columns of the ledger.")
        )
    years = sorted({month.year for month in months})
    period = read_period(recipe.period or str(years[-1]))
    if not any(month in period for month in months):
        raise NothingFoundError(
            Text("there are no payments in the period"),
            where=where,
            got=period.name,
            remedy=Text(
                "The ledger goes from {first} to {last}.", first=month_name(months[0]), last=month_name(months[-1])
            ),
        )
    if recipe.period or len(years) == 1:
        return period, []
    message = Text(
        "The ledger holds the years {years}; the client table is of the last one.", years=list(map(str, years))
    )
    return period, [remark("several-years", "note", message, Text("Name another with --period."), where)]


def shown_pieces(profiles: Sequence[Profile], period: Period, by: str) -> list[Period]:
    """The pieces of time to show: all years of the ledger, else the quarters or months of the period."""
    if by != "year":
        return pieces(period, by)
    years = {each.month.year for each in profiles if each.state == PAYMENT and each.month}
    return [read_period(str(year)) for year in sorted(years | {period.first.year})]


def incomplete(profiles: Sequence[Profile], period: Period, where: str) -> list[Finding]:
    """What is missing of the period: in the whole ledger, and where several bodies publish, in theirs."""
    paid = [each for each in profiles if each.state == PAYMENT and each.month]
    lost = missing_months(period, _months(paid))
    remedy = Text("Add the missing files, or name a period that is complete.")
    findings = []
    if lost:
        message = Text(
            "The period {period} is not complete, there are no payments in: {months}.",
            period=period.name,
            months=_some(lost),
        )
        findings.append(remark("period-incomplete", "warning", message, remedy, where))
    for first in sorted({each.first for each in paid} - {""}):
        own = missing_months(period, _months(each for each in paid if each.first == first))
        more = [month for month in own if month not in lost]
        if more and len(own) < len(period.months):
            message = Text("{name} has no payments in: {months}.", name=first, months=_some(more))
            findings.append(remark("months-missing", "warning", message, remedy, where))
    return findings


def _months(profiles: Iterable[Profile]) -> Collection[date]:
    return {each.month for each in profiles if each.month}


def _some(months: Sequence[date]) -> list[str]:
    return [month_name(month) for month in months[:_MANY]] + ["…"] * (len(months) > _MANY)


def doubled(found: Doubles, *, dropped: bool, where: str) -> list[Finding]:
    """What is to be said of payments that are there twice."""
    if not found.groups:
        return []
    values = {"rows": found.rows, "amount": float(found.amount), "groups": found.groups}
    if dropped:
        message = Text(
            "{rows:count} repeated payments ({amount:money}) were left out, of {groups:count} that repeat.",
            **values,
        )
        return [
            remark("duplicates-dropped", "note", message, Text("Leave out --drop-duplicates to count them."), where)
        ]
    message = Text(
        "{groups:count} payments are repeated, equal in all that is known: {rows:count} too many, {amount:money}.",
        **values,
    )
    return [
        remark(
            "possible-duplicates", "warning", message, Text("They count. Leave them out with --drop-duplicates."), where
        )
    ]


def credit_notes(cells: Sequence[Cell], where: str) -> list[Finding]:
    """Negative payments, which lower the sums."""
    rows = sum(cell.credit_rows for cell in cells)
    if not rows:
        return []
    amount = float(sum((cell.credits for cell in cells), ZERO))
    message = Text("{rows:count} credit notes ({amount:money}) are netted.", rows=rows, amount=amount)
    return [remark("credit-notes", "note", message, Text("Nothing, unless they belong to another period."), where)]
