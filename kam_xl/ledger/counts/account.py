"""The account of a ledger: its period, what of it is left out and why, and the months that are missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from kam_xl.ledger.columns.proposals import DEALS
from kam_xl.ledger.counts.periods import MonthSpan, missing_months, pieces, read_period
from kam_xl.ledger.counts.result import CountedRows, month_name, remark
from kam_xl.ledger.counts.sums import PAYMENT, ZERO, ClientMonth, Doubles, Profile
from kam_xl.ledger.errors import NothingFoundError
from kam_xl.ledger.recipe import Recipe
from kam_xl.locale import Text, plural
from kam_xl.table.finding import Finding
from kam_xl.table.values.cells import quoted
from kam_xl.table.words.row_words import stands_for_others

_REASONS = {
    "header": Text("headers that are repeated"),
    "total": Text("totals"),
    "note": Text("headings and notes, without date and amount"),
    "unreadable": Text("rows that cannot be read"),
    "no-amount": Text("no amount"),
    "no-date": Text("no date"),
    "no-client": Text("no client"),
    "no-supplier": Text("no supplier"),
    "status": Text("status {value}"),
    "stage": Text("deals at the stage {value}"),
    "scenario": Text("not actual figures: {value}"),
    "where": Text("not asked for: {value}"),
    "ledger_account": Text("entries on the account {value}, which is not sales"),
    "credit_account": Text("entries on the credit of the account {value}, which is not sales"),
    "voided": Text("cancelled or void"),
    "posted": Text("not posted ({value})"),
    "document_type": Text("documents that are not sales: {value}"),
    "outgoing": Text("payments made, not received"),
}
_WITHOUT_MONEY = ("header", "total", "note", "no-amount")
# A message names no more than these.
_MANY = 5


def all_rows(profiles: Sequence[Profile]) -> CountedRows:
    """Everything that was read but empty rows; headings have no money, and totals none of their own."""
    counted = [each for each in profiles if each.state != "blank"]
    money = CountedRows.of(Text("all"), [each for each in counted if each.state not in _WITHOUT_MONEY])
    return replace(money, rows=sum(each.rows for each in counted))


def left_out_rows(profiles: Sequence[Profile], period: MonthSpan, this_month: date) -> list[CountedRows]:
    """The rows that are not payments, and the payments of other periods and of months to come, by reason."""
    groups: dict[str, list[Profile]] = {state: [] for state in _REASONS}
    outside: list[Profile] = []
    future: list[Profile] = []
    for each in sorted(profiles, key=lambda each: each.state):
        if each.state != PAYMENT:
            groups.setdefault(each.state, []).append(each)
        elif each.month and each.month not in period:
            outside.append(each)
        elif each.month and each.month > this_month:
            future.append(each)
    counted = [
        CountedRows(_reason(state), sum(each.rows for each in group))
        if state in _WITHOUT_MONEY
        else CountedRows.of(_reason(state), group)
        for state, group in groups.items()
        if state != "blank"
    ]
    counted.append(CountedRows.of(Text("dated in future months"), future))
    counted.append(CountedRows.of(Text("outside the period {period}", period=period.name), outside))
    return [each for each in counted if each.rows]


def _reason(state: str) -> Text:
    """Why rows of a state are left out; some states hold the value that decided."""
    kind, _, value = state.partition(":")
    return Text(_REASONS[kind].message, value=value) if value else _REASONS[kind]


def without_others(cells: Sequence[ClientMonth]) -> tuple[list[ClientMonth], list[CountedRows]]:
    """The cells of clients, and what stands for many ("Others", "Cash sales"), unless there is nothing else."""
    others = [cell for cell in cells if stands_for_others(" / ".join(filter(None, cell.client)))]
    if not others or len(others) == len(cells):
        return list(cells), []
    names = sorted({" / ".join(filter(None, cell.client)) for cell in others})
    shown = [quoted(name) for name in names[:_MANY]] + ["…"] * (len(names) > _MANY)
    lost = set(map(id, others))
    reason = Text("many clients under one name: {names}", names=shown)
    return [cell for cell in cells if id(cell) not in lost], [CountedRows.of(reason, others)]


def repeated(doubles: Doubles, *, dropped: bool) -> list[CountedRows]:
    """The repeated payments, where they were dropped."""
    return [CountedRows(Text("repeated payments"), doubles.rows, doubles.amounts)] if dropped and doubles.rows else []


def remainder(reason: Text, profiles: Sequence[Profile], known: Sequence[CountedRows]) -> list[CountedRows]:
    """What is neither used nor left out for another reason."""
    read = all_rows(profiles)
    rows = read.rows - sum(each.rows for each in known)
    amounts = dict(read.amounts or {})
    for each in known:
        for code, amount in (each.amounts or {}).items():
            amounts[code] = amounts.get(code, ZERO) - amount
    return [CountedRows(reason, rows, amounts)] if rows else []


def chosen_period(
    profiles: Sequence[Profile], recipe: Recipe, where: str, this_month: date, *, deals: bool = False
) -> tuple[MonthSpan, list[Finding]]:
    """The period asked for; else the year of the ledger, of several the last one, which is said.

    A date in a month to come never chooses the period: it is reported. `deals` says that the rows have stages of deals.

    Raises
    ------
    NothingFoundError
        Where no payment has a date in it.
    """
    paid = [each for each in profiles if each.state == PAYMENT and each.month]
    months = sorted({each.month for each in paid if each.month and each.month <= this_month})
    findings = _future([each for each in paid if each.month and each.month > this_month], where)
    if not months:
        raise NothingFoundError(
            findings[0].message if findings else Text("there are no payments"),
            where=where,
            remedy=DEALS if deals else Text("Check the columns of the ledger."),
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
        return period, findings
    message = Text(
        "The ledger holds the years {years}; the client table is of the last one.", years=list(map(str, years))
    )
    return period, [*findings, remark("several-years", "note", message, Text("Name another with --period."), where)]


def _future(paid: Sequence[Profile], where: str) -> list[Finding]:
    """Payments of months to come: they do not count, because dates are mistyped and facts lie in the past."""
    if not paid:
        return []
    lost = CountedRows.of(Text(""), paid)
    message = Text(
        "{rows:count} rows are dated in the future, up to {last}, and are left out: {money}.",
        rows=lost.rows,
        last=month_name(max(each.month for each in paid if each.month)),
        money=lost.money,
    )
    return [remark("future-dates", "warning", message, Text("Correct these dates."), where, lost.rows)]


def shown_pieces(profiles: Sequence[Profile], period: MonthSpan, by: str, this_month: date) -> list[MonthSpan]:
    """The pieces of time to show: all years of the ledger, else the quarters or months of the period."""
    if by != "year":
        return pieces(period, by)
    years = {each.month.year for each in profiles if each.state == PAYMENT and each.month and each.month <= this_month}
    return [read_period(str(year)) for year in sorted(years | {period.first.year})]


def incomplete(profiles: Sequence[Profile], period: MonthSpan, where: str, this_month: date) -> list[Finding]:
    """What is missing of the period, but for months to come: in the whole ledger, and in each body that publishes."""
    paid = [each for each in profiles if each.state == PAYMENT and each.month]
    lost = [month for month in missing_months(period, _months(paid)) if month <= this_month]
    remedy = Text(
        "Add the missing files, unless the workbook has these months already, or name a period that is complete."
    )
    findings = []
    if lost:
        message = Text(
            "The period {period} is incomplete: there are no rows for {months}.",
            period=period.name,
            months=_some(lost),
        )
        findings.append(remark("period-incomplete", "warning", message, remedy, where))
    for first in sorted({each.first for each in paid} - {""}):
        own = missing_months(period, _months(each for each in paid if each.first == first))
        own = [month for month in own if month <= this_month]
        more = [month for month in own if month not in lost]
        if more and len(own) < len(period.months):
            message = Text("{name} has no rows for {months}.", name=first, months=_some(more))
            findings.append(remark("months-missing", "warning", message, remedy, where))
    return findings


def _months(profiles: Iterable[Profile]) -> Collection[date]:
    return {each.month for each in profiles if each.month}


def _some(months: Sequence[date]) -> list[str]:
    return [month_name(month) for month in months[:_MANY]] + ["…"] * (len(months) > _MANY)


def doubled(doubles: Doubles, *, dropped: bool, where: str) -> list[Finding]:
    """What to report about payments that are there twice."""
    if not doubles.groups:
        return []
    values = {
        "rows": doubles.rows,
        "amount": CountedRows(Text(""), doubles.rows, doubles.amounts).money,
        "groups": doubles.groups,
    }
    if dropped:
        message = Text(
            "{rows:count} repeated payments ({amount}) were left out, of {groups:count} that repeat.",
            **values,
        )
        return [
            remark("duplicates-dropped", "note", message, Text("Leave out --drop-duplicates to count them."), where)
        ]
    message = Text(
        "{groups:count} payments are repeated, identical in every column: {rows:count} too many, {amount}.",
        **values,
    )
    return [
        remark(
            "possible-duplicates", "warning", message, Text("They count. Leave them out with --drop-duplicates."), where
        )
    ]


def credit_notes(cells: Sequence[ClientMonth], where: str) -> list[Finding]:
    """Negative payments, which lower the sums."""
    rows = sum(cell.credit_rows for cell in cells)
    if not rows:
        return []
    amount = float(sum((cell.credits for cell in cells), ZERO))
    message = plural(
        "{n:count} credit note ({amount:money}) is netted.",
        "{n:count} credit notes ({amount:money}) are netted.",
        n=rows,
        amount=amount,
    )
    return [
        remark("credit-notes", "note", message, Text("No action needed, unless they belong to another period."), where)
    ]


def refunded(refunds: Sequence[tuple[str, int, Decimal]], where: str) -> list[Finding]:
    """What was subtracted as refunds, by currency."""
    money = CountedRows(Text(""), 0, {currency: amount for currency, _, amount in refunds}).money
    message = plural(
        "{money} were refunded in {n:count} row and are subtracted.",
        "{money} were refunded in {n:count} rows and are subtracted.",
        n=sum(rows for _, rows, _ in refunds),
        money=money,
    )
    return [remark("refunds", "note", message, Text("Check it against your own figures."), where)] if refunds else []
