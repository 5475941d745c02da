"""What headers, titles and notes say about VAT: whether amounts are with it or without it, or are the tax itself."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from kam_xl.table.words.patterns import any_of
from kam_xl.table.words.vocabulary import section

Basis = Literal["", "net", "gross"]
_KEPT = 4096
_WORDS = section("vat")
_VAT = any_of(_WORDS["tax_header"])
_TAX = any_of((*_WORDS["tax_header"], *_WORDS["other_tax"]))
_RATE = r"\d{1,2}(?:[.,]\d{1,2})?\s?%"
_AT_RATE = rf"\W{{0,3}}(?:(?:{any_of(_WORDS['at_rate'])})\s+)?{_RATE}"
_NAMED = rf"(?:{_RATE}(?:-\w{{1,2}})?\s*)?(?:{_TAX})(?![^\W\d])(?:{_AT_RATE})?"
_NOT_IN, _IN = any_of(_WORDS["excluded"]), any_of(_WORDS["included"])
# "excl. VAT", "with 20% VAT", "before VAT", "VAT not included", and behind the name of amounts "of which VAT".
_PHRASE = re.compile(
    rf"""(?:
        (?<!\w)(?:(?P<net>{any_of(_WORDS["excluding"])})|{any_of(_WORDS["including"])})\W{{0,2}}{_NAMED}
            (?:\W{{0,2}}(?:{_NOT_IN}|{_IN})(?!\w))?
      | (?<!\w)(?P<before>{any_of(_WORDS["before"])})\s+(?:{_VAT})(?!\w)
      | (?<!\w){_NAMED}\W{{0,2}}(?:(?P<out>{_NOT_IN})|{_IN})(?!\w)
      | (?<=\S)[\s,(]+(?:{any_of(_WORDS["of_which"])})\W{{0,2}}{_NAMED}
    )\.?""",
    re.IGNORECASE | re.VERBOSE,
)
_BEFORE_OF_WHICH = "- "
# Words that say it without naming the tax.
_NET, _GROSS = (
    re.compile(rf"(?<!\w)(?:{any_of(_WORDS[key])})(?!\w)", re.IGNORECASE) for key in ("net_header", "gross_header")
)
_NAMES_TAX = re.compile(rf"(?<!\w)(?:{_TAX})(?![^\W\d])", re.IGNORECASE)
_TAX_ANYWHERE = re.compile(_TAX, re.IGNORECASE)
_TAX_WITH_RATE = re.compile(rf"(?<!\w){_NAMED}", re.IGNORECASE)


def vat_of(header: str) -> Basis:
    """Whether a header says that its amounts are without or with VAT.

    >>> vat_of("Сумма с НДС"), vat_of("Net amount"), vat_of("Amount"), vat_of("Sales, VAT not included")
    ('gross', 'net', '', 'net')
    """
    return _said(header) or ("net" if _NET.search(header) else "gross" if _GROSS.search(header) else "")


def vat_around(text: str) -> Basis:
    """Whether a part of a title says, with a word for the tax, that amounts are without or with it.

    >>> vat_around("all amounts excl. VAT"), vat_around("в т.ч. НДС"), vat_around("Net sales by client")
    ('net', 'gross', '')
    """
    return _said(_BEFORE_OF_WHICH + text)


def _said(text: str) -> Basis:
    match = _PHRASE.search(text)
    if match is None:
        return ""
    return "net" if match["net"] or match["before"] or match["out"] else "gross"


@lru_cache(_KEPT)
def without_vat(header: str) -> str:
    """A header without what it says about VAT; of the tax itself the rate goes.

    >>> without_vat("Выручка, с НДС 20%"), without_vat("Sales incl. 20% VAT"), without_vat("VAT-exclusive sales")
    ('Выручка,', 'Sales', 'sales')
    >>> without_vat("НДС 20%"), without_vat("В т.ч. НДС")
    ('НДС', 'В т.ч. НДС')
    """
    if not _TAX_ANYWHERE.search(header):
        return header
    bare = _PHRASE.sub(" ", header)
    return _TAX_WITH_RATE.sub(lambda match: re.sub(rf"\W*{_RATE}(?:-\w{{1,2}})?\s*", "", match[0]), bare).strip()


def without_tax(header: str) -> str:
    """A header without the VAT that it names, also where it is the tax itself.

    >>> without_tax("В т.ч. НДС, руб.")
    ', руб.'
    """
    return without_vat(_BEFORE_OF_WHICH + header).removeprefix(_BEFORE_OF_WHICH.strip()).strip()


def is_tax(header: str) -> bool:
    """Whether a header names the tax itself.

    >>> is_tax("Сумма НДС"), is_tax("В т.ч. НДС"), is_tax("Сумма без НДС"), is_tax("Net amount")
    (True, True, False, False)
    """
    return bool(_NAMES_TAX.search(without_vat(header))) and not vat_of(header)
