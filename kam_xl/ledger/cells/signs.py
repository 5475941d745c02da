"""What gives amounts their sign and size beside their own cells: kinds of documents, discounts, returned quantities."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kam_xl.ledger.cells.reading import Reading, column, distinct, is_text, used_money
from kam_xl.ledger.columns.evidence import is_kind
from kam_xl.ledger.counts.filters import document_kind
from kam_xl.ledger.queries import dicts, rows_of
from kam_xl.ledger.sources.sources import Part
from kam_xl.table.values.numbers import read_number
from kam_xl.table.words.matching import words
from kam_xl.table.words.vocabulary import section

if TYPE_CHECKING:
    import ibis

_PERCENT = re.compile(r"%|percent|pct|процент", re.IGNORECASE)


def with_signs(part: Part, reading: Reading) -> Reading:
    """The reading of a part with its kinds of credit notes, its discounts and its returns."""
    lowering, doubtful = _credits(part)
    return replace(reading, credits=lowering, doubtful=doubtful, discount=_discount(part), unlike=_unlike(part))


def _credits(part: Part) -> tuple[list[str], list[str]]:
    """The kinds of credit notes, where no row of theirs has a sign of its own, and the kinds that may be some.

    "RE" is a Rechnung, an invoice, in German books, and a credit for returns among the billing types of SAP.
    """
    if "document_type" not in part.layout.fields or len(part.layout.money) != 1 or part.layout.bank:
        return [], []
    kind = document_kind(part)
    name = part.layout.money[0]
    raw = column(part, name)
    negative = (part.table[f"{name}_negative"] if is_text(raw) else (raw < 0)).fill_null(False).cast("int32").max()
    kinds = dicts(part.table.group_by(text=kind).agg(rows=part.table.count(), negative=negative))
    of_sap = [each for each in kinds if is_kind(each["text"], "sap_credit")]
    plain = [each for each in kinds if is_kind(each["text"], "credit")]
    is_sap = _is_sap(part.layout.title("document_type"), kinds, of_sap)
    notes = [*plain, *of_sap] if is_sap else plain
    lowering = [] if any(each["negative"] for each in notes) else sorted(each["text"] for each in notes)
    in_doubt = [each["text"] for each in of_sap if not each["negative"] and each["text"] not in lowering]
    return lowering, sorted(in_doubt) if is_sap or not plain else []


def _is_sap(title: str, kinds: Sequence[Mapping[str, Any]], doubtful: Sequence[Mapping[str, Any]]) -> bool:
    """Whether kinds of documents are billing types of SAP: some are its invoices or credit memos, or the header says so
    and most documents are of kinds that are not in doubt."""
    if any(is_kind(each["text"], "sap_sure") for each in kinds):
        return True
    named = words(title) in [words(each) for each in section("ledgers")["sap_title"]]
    rows, of_doubtful = (sum(each["rows"] for each in some) for some in (kinds, doubtful))
    return named and 2 * of_doubtful < rows


def _discount(part: Part) -> str:
    """What discounts are: shares where all lie within 0 and 1 and some between, for 1 alone may be a unit of money."""
    if "discount" not in used_money(part):
        return ""
    if _PERCENT.search(part.layout.title("discount")):
        return "percent"
    read = {each: read_number(str(each)) for each in distinct(part.table.select(text=column(part, "discount")))}
    values = [abs(number.value) for number in read.values() if number and number.value is not None]
    if any("%" in str(text) for text in read) or (max(values, default=0) <= 1 and any(0 < each < 1 for each in values)):
        return "share"
    return "money"


def _unlike(part: Part) -> int:
    """How many rows have a negative quantity and a positive amount: returns, perhaps, that would count as sales."""
    if "quantity" not in part.layout.fields or part.layout.money not in (("amount",), ("total",)):
        return 0
    returned, sold = _is_below(part, "quantity"), ~_is_below(part, part.layout.money[0])
    if not is_text(column(part, part.layout.money[0])):
        sold = column(part, part.layout.money[0]) > 0
    unlike = part.table.filter(returned & sold)
    [[rows]] = rows_of(unlike.aggregate(rows=unlike.count()))
    return int(rows)


def _is_below(part: Part, name: str) -> ibis.Value:
    """Whether a number, or one in a text, is below zero."""
    raw = column(part, name)
    return raw.strip().re_search(r"^[-−(][^-−]*[1-9]") if is_text(raw) else raw < 0
