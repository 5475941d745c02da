"""Of several columns that name one field the right one, by header and by values."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence

from kam_xl.ledger.columns import evidence
from kam_xl.ledger.columns.evidence import Sample
from kam_xl.ledger.columns.fields import LINES, PAID
from kam_xl.table.values.cells import Cell
from kam_xl.table.words.matching import Match, words
from kam_xl.table.words.vat import vat_of
from kam_xl.table.words.vocabulary import section

VAT = {"net": "excl", "gross": "incl"}
"""What a word of the basis means in a VAT column."""
_NET_SALES = ["net", "sales"]
# Numbers of the deals, in a list of deals.
_OF_DEALS = frozenset("".join(words(each)) for each in section("deal_columns")["deal_id"])
_NO_SALES = ("credit", "payment", "not_a_sale")
_NUMBERS = ("amount", "total", "debit", "credit", "cost", "margin", "quantity", "unit_price")


class ColumnChoice:
    """The columns of a header that were recognised, and what stands below them."""

    def __init__(self, titles: Sequence[str], matches: Mapping[int, Match], sample: Sample) -> None:
        self._titles, self._matches, self._sample = titles, matches, sample
        self._has_fees = any(match.field == "fee" for match in matches.values())

    def best(self, name: str, columns: Sequence[int]) -> tuple[int, ...]:
        """The best of the columns that a field has: the user's own, then by its values, then by its header.

        Amounts of lines come before those of whole documents, which may stand on each line; of these the net ones, as
        margins are. Beside a column of fees "net" means less fees, and the gross ones are the sales; "net sales" are
        less discounts and returns only.
        """

        def order(column: int) -> tuple[bool, bool, bool, bool, bool, int, int]:
            match, title = self._matches[column], self._titles[column]
            is_paid = "".join(words(title)) in PAID
            is_document = name == "amount" and match.rank >= LINES
            wanted = "incl" if self._has_fees else "excl"
            is_net_sales = self._has_fees and words(title) == _NET_SALES
            other_vat = name == "amount" and vat_of_title(title) != wanted and not is_net_sales
            odd = self._is_odd(name, column)
            return match.level != 0, odd, is_document, is_paid, other_vat, match.level, match.rank

        return (min(columns, key=order),)

    def _is_odd(self, name: str, column: int) -> bool:
        """Whether the values below a header contradict it, where there are any below the header."""
        sample = self._sample
        if not sample.rows:
            return False
        if name == "date":
            return not sample.mostly(column, evidence.is_date)
        if name in _NUMBERS:
            return not sample.mostly(column, evidence.is_number)
        if name == "client":
            coded = sample.mostly(column, evidence.is_code) or self._is_account(column)
            return coded or not sample.cells(column)
        return not sample.cells(column)

    def _is_account(self, column: int) -> bool:
        title = words(self._titles[column])
        return title[-1:] in (["account"], ["konto"], ["compte"]) and self._sample.mostly(column, _is_of_books)

    def settle(self, fields: MutableMapping[str, tuple[int, ...]], by_field: Mapping[str, Sequence[int]]) -> None:
        """Columns of the wrong field to the right one: numbers of clients, accounts of the books, sides."""
        clients = fields.get("client", ())
        if len(clients) == 1 and self._is_account(clients[0]) and self._matches[clients[0]].level:
            fields.setdefault("ledger_account", fields.pop("client"))
        if "deal" in fields and "".join(words(self._titles[fields.get("client_id", (0,))[0]])) in _OF_DEALS:
            fields.pop("client_id", None)
        by_header = sorted(by_field.get("client", ()), key=lambda at: (self._matches[at].level, self._matches[at].rank))
        for column in by_header:  # of the numbers of the one sold to and the one shipped to the first
            if (column,) == fields.get("client"):
                continue
            if "account" in words(self._titles[column]):
                fields.setdefault("ledger_account", (column,))
            elif "client" in fields and self._sample.mostly(column, evidence.is_code):
                fields.setdefault("client_id", (column,))
        credit = fields.get("credit")
        if credit and "amount" in fields and self._sample.all(credit[0], evidence.is_account):
            fields.setdefault("credit_account", fields.pop("credit"))
            fields.pop("debit", None)
        if "currency" in fields and self._sample.mostly(fields["currency"][0], evidence.is_number):
            del fields["currency"]  # "Total in currency"
        if "vat" in fields and self._sample.mostly(fields["vat"][0], evidence.is_number):
            fields.setdefault("tax", fields.pop("vat"))
        self._settle_sides(fields, by_field)

    def _settle_sides(
        self, fields: MutableMapping[str, tuple[int, ...]], by_field: Mapping[str, Sequence[int]]
    ) -> None:
        """A column whose cells say debit or credit, whatever its header; one that does not is none."""
        if "side" not in fields and (kind := fields.get("document_type")) and self._sample.all(kind[0], _names_a_side):
            fields["side"] = fields.pop("document_type")
        if "supplier" not in fields and (named := [at for at in by_field.get("number", ()) if self._names_kinds(at)]):
            fields.setdefault("document_type", (named[0],))
        if "side" in fields and not self._sample.all(fields["side"][0], _names_a_side):
            del fields["side"]

    def _names_kinds(self, column: int) -> bool:
        """Whether names of documents say what they are: most of them, or some that they are not sales."""
        return self._sample.mostly(column, _names_a_kind) or self._sample.some(column, _names_no_sale)


def _is_of_books(cell: Cell) -> bool:
    return evidence.is_account(cell) or evidence.says(cell, "sales_account")


def _names_a_kind(cell: Cell) -> bool:
    return _is_kind_of_number(cell, "sale", *_NO_SALES)


def _names_no_sale(cell: Cell) -> bool:
    return _is_kind_of_number(cell, *_NO_SALES)


def _is_kind_of_number(cell: Cell, *keys: str) -> bool:
    """Whether words before a number are one of these kinds; two letters are a part of the number."""
    kind = evidence.kind_in_name(cell)
    return len(kind) > 2 and evidence.is_kind(kind, *keys)


def _names_a_side(cell: Cell) -> bool:
    return bool(evidence.side_of(cell))


def vat_of_title(title: str) -> str:
    """What a title says about VAT.

    >>> vat_of_title("Сумма с НДС"), vat_of_title("Net amount"), vat_of_title("Amount")
    ('incl', 'excl', '')
    """
    return VAT.get(vat_of(title), "")
