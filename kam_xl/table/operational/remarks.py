"""What is to be said about cells of an operational plan: code, grade, message, the cell's value and what to do."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kam_xl.domain.periods import Period
from kam_xl.locale import Text, plural
from kam_xl.table.finding import Grade
from kam_xl.table.values.cells import Cell, quoted

_MANY = 6

Remarked = tuple[str, Grade, Text, Cell, Text]


def rows_ignored(value: Cell, labels: Iterable[str]) -> Remarked:
    """Rows that are a plan or actual figures of a kind of their own."""
    message = Text("Rows of {labels} are ignored: they are not simply plan or actual.", labels=[*map(quoted, labels)])
    return (
        "rows-ignored",
        "warning",
        message,
        value,
        Text("If one of them is the plan or the actual figures, call it so."),
    )


def not_money(unit: str) -> Remarked:
    """Rows in tonnes, pieces or hours."""
    message = Text("Rows in {unit} are ignored: these are not amounts of money.", unit=quoted(unit))
    return "rows-ignored", "warning", message, unit, Text("Give plan and actual figures in money.")


def in_other_currency(text: str, currency: str, wanted: str) -> Remarked:
    """Rows in another currency than the client table."""
    message = Text(
        "Rows in {currency} are ignored: amounts here count in {wanted}, and nothing is converted.",
        currency=currency,
        wanted=wanted,
    )
    return "other-currency", "warning", message, text, Text("Bring all amounts to one currency.")


def nameless_rows(rows: int, money: float) -> Remarked:
    """Rows with amounts that name no client."""
    message = plural(
        "{n:count} row with amounts names no client ({money:money}): it is ignored.",
        "{n:count} rows with amounts name no client ({money:money}): they are ignored.",
        n=rows,
        money=money,
    )
    remedy = Text("Name the client in each row. If these rows are sums of others, no action is needed.")
    return "rows-ignored", "warning", message, None, remedy


def columns_ignored(titles: Collection[str]) -> Remarked:
    """Columns of amounts that are not plan or actual of a month, a quarter, a half-year or a year."""
    named = [*map(quoted, titles)]
    message = plural(
        "Column {columns} is ignored: it is not plan or actual of one month, quarter, half-year or year.",
        "Columns {columns} are ignored: they are not plan or actual of one month, quarter, half-year or year.",
        n=len(named),
        columns=[*named[:_MANY], "…"] if len(named) > _MANY else named,
    )
    remedy = Text("Give the amounts by month, quarter or year; rows may be of products, with a column for them.")
    return "columns-ignored", "warning", message, next(iter(titles)), remedy


def zeros_filled() -> Remarked:
    """Zeros that a program put into months to come."""
    return (
        "zeros-to-come",
        "note",
        Text("Future months have 0 as their actual figure: on this sheet 0 is taken to mean unknown."),
        0.0,
        Text("Leave the actual figures of future months blank, and 0 will mean that nothing was sold."),
    )


def zeros_waiting(period: Period) -> Remarked:
    """Zeros where nobody has another actual figure of a running period yet."""
    return (
        "zeros-so-far",
        "note",
        Text(
            "{period} is not over yet and has no other actual figure than 0: these zeros do not count yet.",
            period=period.label,
        ),
        0.0,
        Text("No action needed: they count once a client has another actual figure there, or the period is over."),
    )


def not_over(running: bool, period: Period, money: float, value: Cell) -> Remarked:
    """Actual figures of a period that is running or to come."""
    if running:
        message = Text(
            "{period} is not over yet: its actual figures ({money:money}) are compared with the whole of its plan.",
            period=period.label,
            money=money,
        )
        return (
            "running-period",
            "note",
            message,
            value,
            Text("No action needed: it is complete when the period is over."),
        )
    message = Text("Actual figures of future periods ({money:money}) do not count.", money=money)
    return "future-facts", "warning", message, value, Text("Correct the month, or write forecasts as forecasts.")


def assumed(value: Cell, year: int) -> Remarked:
    """A year that no header gives."""
    return (
        "year-assumed",
        "warning",
        Text("The headers give no year; {year} was assumed.", year=year),
        value,
        Text("Write the year into the headers or into the title above them."),
    )


def financial(value: Cell, period: Period) -> Remarked:
    """A financial year, which may begin in another month than the calendar's."""
    message = Text(
        "{value} names a financial year: its amounts were placed in the calendar as {period}.",
        value=quoted(value),
        period=period.label,
    )
    remedy = Text("If financial years do not begin in January, name the months or the quarters of calendar years.")
    return "financial-periods", "warning", message, value, remedy


def unknown_period(value: Cell) -> Remarked:
    """A cell that names no period."""
    return (
        "unknown-period",
        "error",
        Text("{value} is not a month, quarter or year: the amounts of this row are ignored.", value=quoted(value)),
        value,
        Text("Write the month as a date, as 2026-03, as 03.2026 or as its name with the year."),
    )
