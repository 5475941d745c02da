"""Texts of amounts into decimals, in the database: `1 234,50 руб.`, `(500.00)`, `12-`, `1.234,56`.

What a text says is settled in steps, each of which stands on columns of the one before: cleaned, taken apart, and, when
the whole column has been looked at (`kam_xl.ledger.cells.reading`), read. Searching texts takes most of the time: so
`plain` ones, digits and marks alone, are told by one search, and taken apart by their places.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kam_xl.ledger.packages import required

if TYPE_CHECKING:
    import ibis

# Amounts are kept to a hundredth of a kopeck, below a hundred trillion: what 64 bits hold.
DECIMAL = "decimal(18, 4)"
LARGEST = 10**13
_SPACES = "[\\s\u00a0\u202f\u2009'’]"
_DIGITS = "[0-9][0-9.,]*"
_CLEAN = "^[0-9.,-]*$"
_PLAIN = "^-?[0-9]([0-9.,]*[0-9])?$"
# How the digits of an amount look, and what that proves.
_FORMS = {
    "whole": r"^[0-9]{1,13}$",
    "comma?": r"^[1-9][0-9]{0,2},[0-9]{3}$",
    "point?": r"^[1-9][0-9]{0,2}\.[0-9]{3}$",
    "comma": r"^([0-9]{1,13}|[0-9]{1,3}(\.[0-9]{3}){1,4}),[0-9]*$|^[0-9]{1,3}(\.[0-9]{3}){2,4}$",
    "point": r"^([0-9]{1,13}|[0-9]{1,3}(,[0-9]{3}){1,4})\.[0-9]*$|^[0-9]{1,3}(,[0-9]{3}){2,4}$",
}


def cleaned(text: ibis.Value) -> ibis.Value:
    """The text without spaces, its dashes as minus signs."""
    text = text.fill_null("")
    return text.re_search(_CLEAN).ifelse(text, text.re_replace(_SPACES, "").re_replace("[−–—‐‑]", "-"))


def is_plain(text: ibis.Value) -> ibis.BooleanValue:
    """Whether a cleaned text is digits and marks alone, perhaps with a minus before them."""
    return text.re_search(_PLAIN)


def taken_apart(text: ibis.Value, plain: ibis.Value) -> dict[str, ibis.Value]:
    """What a cleaned text consists of; `plain` says whether it is digits and marks alone.

    `digits` with their marks; `negative`; `token`, what stands beside them: a currency, a word.
    """
    before, after, brackets = "^[^0-9]*-[^0-9]*[0-9]", "[0-9.,]-[^0-9]*$", r"^[^0-9]*\(.*[0-9].*\)"
    negative = text.re_search(before) | text.re_search(after) | text.re_search(brackets)
    return {
        "digits": plain.ifelse(text.replace("-", ""), text.re_extract(f"({_DIGITS})", 1).re_replace("[.,]$", "")),
        "token": plain.ifelse("", text.re_replace("[0-9.,()+-]", "")),
        "negative": plain.ifelse(text.startswith("-"), negative),
    }


def form_of(text: ibis.Value, digits: ibis.Value, plain: ibis.Value) -> ibis.Value:
    """How the digits of a cleaned text look.

    `whole`, `comma` and `point`, the decimal mark that the digits prove, `comma?` and `point?`, a mark that may
    separate thousands as well, `none` without digits, else `bad`.
    """
    ibis = required("ibis")
    one_number = text.re_search(f"^[^0-9.,]*{_DIGITS}[^0-9]*$")
    return ibis.cases(
        (plain, _form(digits)), (~text.re_search("[0-9]"), "none"), (one_number, _form(digits)), else_="bad"
    )


def _form(digits: ibis.Value) -> ibis.Value:
    """The form of digits with their marks; with two decimals, as most are written, one form alone is possible."""
    ibis = required("ibis")
    mark = digits.right(3).left(1)
    decimals = [
        (mark == sign, ibis.ifelse(digits.re_search(_FORMS[form]), form, "bad"))
        for sign, form in ((",", "comma"), (".", "point"))
    ]
    return ibis.cases(*decimals, *((digits.re_search(pattern), form) for form, pattern in _FORMS.items()), else_="bad")


def amount(parts: Mapping[str, ibis.Value], decimal: str, words: Iterable[str]) -> ibis.Value:
    """The amount of a text that was taken apart; null where there is none or it cannot be read.

    Parameters
    ----------
    parts : mapping
        The columns of `taken_apart`, and `form`.
    decimal : str
        What the unclear marks are: "," or ".".
    words : iterable of str
        The tokens that are currencies.
    """
    ibis = required("ibis")
    digits = parts["digits"]
    with_comma, with_point = digits.replace(".", "").replace(",", "."), digits.replace(",", "")
    plain = parts["form"].cases(
        ("comma", with_comma),
        ("comma?", with_comma if decimal == "," else with_point),
        ("point?", digits if decimal == "." else digits.replace(".", "")),
        ("point", with_point),
        ("whole", digits),
        else_=ibis.null("string"),
    )
    number = ibis.ifelse(parts["token"].isin(["", *words]), plain, ibis.null("string"))
    return ibis.ifelse(parts["negative"], "-", "").concat(number).cast(DECIMAL)
