"""The fields of a ledger and the headers that name them, better ones first: data of `kam_xl/table/words`."""

from __future__ import annotations

from collections.abc import Mapping

from kam_xl.table.words.matching import words
from kam_xl.table.words.vocabulary import section

_WORDS = section("columns")
_OWN = section("ledger_columns")
# Amounts of single lines: the totals of a document may stand on each of its lines.
LINES = len(_OWN["line_amount"])
# What was paid is what was sold only where nothing else says it.
PAID = frozenset("".join(words(each)) for each in _OWN["paid"])
# What describes a client beside its name.
ABOUT = ("industry", "territory", "manager")
# What says about whole rows whether they are sales: see `kam_xl.ledger.counts.filters`.
JUDGED = ("status", "stage", "scenario", "posted", "voided", "document_type", "ledger_account", "credit_account")


def _headers(*fields: str) -> dict[str, tuple[str, ...]]:
    return {name: _WORDS.get(name, ()) + _OWN.get(name, ()) for name in fields}


_SHARED = _headers(
    *("number", "category", "currency", "vat", "quantity", "unit_price", "discount", "tax", "debit", "credit"),
    *("side", "ledger_account", "credit_account", "own_company", "industry", "territory", "manager", "year", "total"),
    *(
        "status",
        "stage",
        "deal",
        "scenario",
        "posted",
        "voided",
        "document_type",
        "refunded",
        "fee",
        "balance",
        "purpose",
        "bank_account",
    ),
)
# Suppliers before clients: in a list of purchases a bare "company no" or "ИНН" is the supplier's.
FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "market": {
        "date": _WORDS["date"],
        "amount": _OWN["line_amount"] + _WORDS["amount"],
        "supplier": _WORDS["supplier"],
        "supplier_id": _WORDS["supplier_id"],
        "client": _WORDS["buyer"] + _WORDS["client"],
        "client_id": _WORDS["buyer_id"] + _WORDS["client_id"],
        **_SHARED,
    },
    "invoices": {
        "date": ("date", "дата", *_OWN["sale_date"], *_WORDS["date"], *_OWN["date"]),
        "amount": _OWN["line_amount"] + _WORDS["revenue"] + _WORDS["amount"] + _OWN["amount"] + _OWN["paid"],
        "client": _WORDS["client"] + _WORDS["buyer"] + _OWN["client"],
        "client_id": (*_WORDS["client_id"], *_OWN["client_id"], *_WORDS["buyer_id"], "инн"),
        "cost": _WORDS["cost"],
        "margin": _WORDS["margin"],
        **_SHARED,
    },
}
NEEDED = {"market": (("client", "client_id"), ("supplier", "supplier_id")), "invoices": (("client", "client_id"),)}
