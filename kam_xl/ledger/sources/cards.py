"""The card of an account, as bookkeeping programs print it: entries with who stands on their debit and their credit."""

from __future__ import annotations

from collections.abc import Sequence

from kam_xl.ledger.columns.evidence import is_account, is_date
from kam_xl.ledger.sources.across import Flat, cell_at
from kam_xl.locale import Text
from kam_xl.table.values.cells import Cell
from kam_xl.table.words.matching import words
from kam_xl.table.words.vocabulary import section

_SIDES = ("debit", "credit")
_ANALYTICS = {side: {"".join(words(each)) for each in section("ledgers")[f"analytics_{side}"]} for side in _SIDES}
_HEADS = {side: {word for each in section("columns")[side] for word in words(each)} for side in _SIDES}


def card(rows: Sequence[Sequence[Cell]], top: int) -> Flat | None:
    """The entries of a card; None where the row `top` is not its header.

    The debit of a client's account is a sale, its credit a payment. The first line of the analytics is the client.
    """
    titles = ["".join(words(cell)) if isinstance(cell, str) else "" for cell in rows[top]]
    clients = {side: next((at for at, title in enumerate(titles) if title in _ANALYTICS[side]), -1) for side in _SIDES}
    spans = _spans(rows[top])
    if min(clients.values()) < 0 or not spans:
        return None
    flat: list[list[Cell]] = [["Date", "Client", "Document", "Document type", "Account", "Amount"]]
    places = [top]
    for place, row in enumerate(rows[top + 1 :], start=top + 1):
        first = cell_at(row, 0)
        entries = {side: _entry(row, spans[side]) for side in _SIDES}
        side = "debit" if entries["debit"][1] is not None else "credit"
        if not is_date(first) or entries[side][1] is None:
            flat.append([None, first, None, None, None, None])
        else:
            client = str(cell_at(row, clients[side]) or "").split("\n")[0].strip()
            kind = "Invoice" if side == "debit" else "Payment"
            account = entries["credit" if side == "debit" else "debit"][0]
            flat.append([first, client, _document(row), kind, account, entries[side][1]])
        places.append(place)
    return Flat(flat, places, Text("This is the card of an account: its debits count as sales, its credits do not."))


def _spans(header: Sequence[Cell]) -> dict[str, range] | None:
    """The columns of both sides: the account of the entry and, beside it, the amount."""
    firsts = {
        side: next(
            (at for at, cell in enumerate(header) if words(cell or "")[:1] and words(cell)[0] in _HEADS[side]), -1
        )
        for side in _SIDES
    }
    debit, credit = firsts["debit"], firsts["credit"]
    if not 0 <= debit < credit:
        return None
    return {"debit": range(debit, credit), "credit": range(credit, 2 * credit - debit)}


def _entry(row: Sequence[Cell], span: range) -> tuple[Cell, float | None]:
    """Account and amount of one side."""
    filled = [cell for at in span if (cell := cell_at(row, at)) not in (None, "")]
    account = filled[0] if filled and is_account(filled[0]) else None
    amounts = [cell for cell in filled[account is not None :] if isinstance(cell, (int, float))]
    return account, amounts[-1] if amounts else None


def _document(row: Sequence[Cell]) -> Cell:
    cell = cell_at(row, 1)
    return cell.split("\n")[0] if isinstance(cell, str) else cell
