"""Which currency the amounts of a ledger are in, where documents are in several: columns that belong together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kam_xl.ledger.columns.evidence import Sample
from kam_xl.locale import Text
from kam_xl.table.headers.currencies import currency_code
from kam_xl.table.words.matching import unit_of, words
from kam_xl.table.words.vocabulary import section

_AMOUNT = frozenset(("amount", "сумма"))
_FOREIGN = frozenset(word for each in section("ledgers")["foreign"] for word in words(each) if len(word) > 2)
_LOCAL = frozenset(word for each in section("ledgers")["local"] for word in words(each))


def currency_columns(
    titles: Sequence[str], fields: dict[str, tuple[int, ...]], by_field: Mapping[str, Sequence[int]], sample: Sample
) -> tuple[Text, ...]:
    """Amounts and currencies that belong together: those in our own currency, where documents are in several.

    A column such as "Amount in EUR" or "Amount in local currency" comes before those in each document's currency, whose
    codes stand in a column of their own.
    """
    if "currency" not in fields or "amount" not in fields:
        return ()
    own, *others = (titles[at] for at in (*fields["amount"], *_of_money(titles) - {*fields["amount"]}))
    if _is_local(own) or (not _is_foreign(own) and any(map(_is_foreign, others))):
        return _with_own_currency(titles, fields, by_field["currency"])
    codes = {currency_code(str(cell)) for cell in sample.cells(fields["currency"][0])}
    if len(codes) < 2 and len(by_field["currency"]) < 2:
        return ()
    named = [at for at in by_field["amount"] if unit_of(titles[at]).currency]
    local = [at for at in by_field["amount"] if _is_local(titles[at])]
    if len(codes) > 1 and len(named) == 1:
        fields["amount"] = (named[0],)
        del fields["currency"]
        code = unit_of(titles[named[0]]).currency or ""
        return (Text("Documents are in several currencies; their amounts in {code} count.", code=code),)
    if not local:
        return ()
    fields["amount"] = (local[0],)
    return _with_own_currency(titles, fields, by_field["currency"])


def _with_own_currency(titles: Sequence[str], fields: dict[str, tuple[int, ...]], columns: Sequence[int]) -> tuple[()]:
    """Amounts in local currency go with its code, never with that of the document."""
    own = [at for at in columns if _is_local(titles[at])]
    fields.pop("currency")
    fields.update({"currency": (own[0],)} if own else {})
    return ()


def _of_money(titles: Sequence[str]) -> set[int]:
    """The columns of amounts, by the word alone: "Amount (Foreign Currency)"."""
    return {at for at, title in enumerate(titles) if not _AMOUNT.isdisjoint(words(title))}


def _is_foreign(title: str) -> bool:
    return not _FOREIGN.isdisjoint(words(title))


def _is_local(title: str) -> bool:
    return not _LOCAL.isdisjoint(words(title))
