"""Reports how a ledger was read, and whether its own totals agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kam_xl.ledger.cells.reading import used_money
from kam_xl.ledger.counts.result import remark
from kam_xl.ledger.counts.sums import ZERO
from kam_xl.ledger.parties.company_names import core
from kam_xl.ledger.parties.names import client_columns
from kam_xl.ledger.queries import dicts
from kam_xl.locale import Text, plural
from kam_xl.table.finding import Finding
from kam_xl.table.values.cells import quoted
from kam_xl.table.values.dates import is_fiscal, is_week
from kam_xl.table.words.vocabulary import SURE_TOTALS, TOTALS

if TYPE_CHECKING:
    from kam_xl.ledger.cells.reading import Reading
    from kam_xl.ledger.opening import Ledger
    from kam_xl.ledger.sources.sources import Part

# More totals than these are not compared: it is not a report that people read.
_MANY = 2000
# Half a unit of the smallest coin: totals are rounded.
_CENT = Decimal("0.005")
_BARE = frozenset((*SURE_TOTALS, *TOTALS))


def how_read(ledger: Ledger) -> list[Finding]:
    """Choices that were made in reading, one finding for each."""
    notes: dict[str, Finding] = {}
    for part, reading in zip(ledger.parts, ledger.readings, strict=True):
        for message, remedy in (*_of_columns(part), *_of_values(part, reading)):
            notes.setdefault(message.render(), remark("how-read", "note", message, remedy, part.name))
        if reading.approximate:
            message = plural(
                "{n:count} amount is marked as approximate and counts as it is.",
                "{n:count} amounts are marked as approximate and count as they are.",
                n=reading.approximate,
            )
            remedy = Text("Enter the exact amounts.")
            notes.setdefault(message.render(), remark("amount-approximate", "warning", message, remedy, part.name))
        if reading.unlike:
            message = Text(
                "{n:count} rows have a negative quantity and a positive amount; they count as sales.", n=reading.unlike
            )
            remedy = Text("If they are returns, give their amounts a minus sign.")
            notes.setdefault(message.render(), remark("signs-differ", "warning", message, remedy, part.name))
    return list(notes.values())


_EXCHANGED = Text("Check this: some exports swap the sides.")


def _of_columns(part: Part) -> Iterator[tuple[Text, Text]]:
    """What was chosen by the columns: message and remedy."""
    layout = part.layout
    for note in part.notes or layout.notes:
        yield note, Text("If that is wrong, name the columns in the recipe.")
    if len(layout.money) == 2 and layout.money[0] in ("credit", "debit") and not layout.bank:
        yield _sides(part), _EXCHANGED
    if layout.contra:
        side = quoted(layout.title("side"))
        yield (
            (
                Text("Amounts on the credit side (column {side}) reduce the total.", side=side)
                if layout.contra == "credit"
                else Text("Amounts on the debit side (column {side}) reduce the total.", side=side)
            ),
            _EXCHANGED,
        )
    if "discount" in layout.fields and "unit_price" not in layout.money and layout.vat != "excl":
        yield (
            Text(
                "Discounts ({title}) are not subtracted: the amounts count as they stand.",
                title=quoted(layout.title("discount")),
            ),
            Text("Check it against your own figures."),
        )
    if "refunded" in layout.fields:
        title = quoted(layout.title("refunded"))
        yield (
            (
                Text("Refunds ({title}) are subtracted.", title=title)
                if "refunded" in used_money(part)
                else Text(
                    "Refunds ({title}) are not subtracted: they may hold tax that the amounts do not.", title=title
                )
            ),
            Text("Check it against your own figures."),
        )


_DISCOUNTS = {
    "percent": Text("Discounts are read as percentages."),
    "share": Text("Discounts are read as shares of the amount (0.1 is 10%)."),
    "money": Text("Discounts are read as money off the whole row."),
}


def _of_values(part: Part, reading: Reading) -> Iterator[tuple[Text, Text]]:
    """What was chosen by the values: message and remedy."""
    if reading.credits:
        kinds = [*map(quoted, reading.credits)]
        yield (
            Text("Documents of the kind {kinds} are subtracted.", kinds=kinds),
            Text("Check this: their amounts have no sign of their own."),
        )
    if reading.doubtful:
        yield (
            Text("Documents of the kind {kinds} count as sales.", kinds=[*map(quoted, reading.doubtful)]),
            Text("If they are credits for returns, as in SAP, give their amounts a minus sign."),
        )
    if reading.discount:
        yield _DISCOUNTS[reading.discount], Text("Check it against one of your documents.")
    if reading.sides:
        yield Text("Amounts marked Cr are taken as positive, those marked Dr as negative."), _EXCHANGED
    if any(is_week(each.text) for each in reading.days):
        yield Text("Weeks count in the month of their Thursday."), Text("Give dates where months matter.")
    if any(is_fiscal(each.text) for each in reading.days):
        yield (
            Text("Parts of fiscal years were read as those of calendar years."),
            Text("Check that the fiscal year begins in January, or give dates."),
        )
    if reading.shift:
        yield (
            Text("Times that are midnight in a time zone east of UTC are counted on the day that begins then."),
            Text("No action needed if these are dates without a time."),
        )


def _sides(part: Part) -> Text:
    if part.layout.kind == "market":
        return Text("Purchases are the debit side of the account, and the credit side reduces them.")
    if part.layout.money[0] == "credit":
        return Text("Sales are the credit side of the account, and the debit side reduces them.")
    return Text("Sales are the debit side of the account, where the invoices are; the credit side reduces them.")


def check_totals(ledger: Ledger) -> list[Finding]:
    """The totals that the ledger itself states, against the rows that were taken: a difference is an error."""
    table = ledger.table
    rows = table.filter(table.skip == "total", table.amount.notnull())
    totals = dicts(rows.select("file", "amount", label=table.bad_value).limit(_MANY))
    if not totals:
        return []
    named = table.filter(table.skip == "", table.bad_field.isnull(), table.amount.notnull())
    client = named[client_columns(table)[0]]
    sums = dicts(named.group_by(file=named.file, client=client).agg(amount=named.amount.sum()))
    findings = []
    for file in sorted({each["file"] for each in totals}):
        own = {core(each["client"]): each["amount"] for each in sums if each["file"] == file}
        whole = sum((each["amount"] for each in sums if each["file"] == file), ZERO)
        stated = [each for each in totals if each["file"] == file]
        findings += _of_clients(stated, own, _shown(ledger, file))
        findings += _of_all(stated, whole, _shown(ledger, file))
    return findings


def _of_all(stated: list[dict[str, Any]], whole: Decimal, where: str) -> list[Finding]:
    bare = [each["amount"] for each in stated if (each["label"] or "").strip(" :.").casefold() in _BARE]
    if not bare or any(abs(each - whole) <= _CENT for each in (*bare, sum(bare, ZERO))):
        return []
    message = Text(
        "The ledger states a total of {total:money}, but the rows that were read add up to {rows:money}.",
        total=float(max(bare, key=abs)),
        rows=float(whole),
    )
    remedy = Text("Find the rows that are missing or counted twice before you use these numbers.")
    return [remark("total-differs", "error", message, remedy, where)]


def _of_clients(stated: list[dict[str, Any]], own: Mapping[str, Decimal], where: str) -> list[Finding]:
    """Totals that name a client: "Total for Nordwerk"."""
    wrong: list[Text | str] = []
    for each in stated:
        label, stated_total = core(each["label"] or ""), each["amount"]
        names = (name for name in sorted(own, key=len, reverse=True) if name and label.endswith(f" {name}"))
        rows = own.get(next(names, ""), stated_total)
        if abs(stated_total - rows) > _CENT:
            values = {"total": float(stated_total), "rows": float(rows)}
            wrong.append(Text("{label}: {total:money}, the rows {rows:money}", label=each["label"], **values))
    if not wrong:
        return []
    shown = [*wrong[:5], *["…"] * (len(wrong) > 5)]
    message = Text("Totals of clients differ from their rows: {totals}.", totals=shown)
    remedy = Text("Find the rows that are missing or counted twice before you use these numbers.")
    return [remark("total-differs", "error", message, remedy, where, len(wrong))]


def _shown(ledger: Ledger, file: str) -> str:
    path = next((part.places[file] for part in ledger.parts if file in part.places), None)
    return path.name if path else file
