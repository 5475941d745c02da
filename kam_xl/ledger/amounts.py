"""Texts of amounts into decimals, in the database: `1 234,50 руб.`, `(500.00)`, `12-`, `1.234,56`.

What a text says is settled in two steps. `Amount.form` and `Amount.token` are counted over the whole column; from the
counts follow the decimal mark and which words are currencies (`kam_xl.ledger.evidence`); then `Amount.value` reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kam_xl.ledger.packages import required

if TYPE_CHECKING:
    import ibis

# Amounts are kept to a hundredth of a kopeck, below a hundred trillion: what 64 bits hold.
DECIMAL = "decimal(18, 4)"
LARGEST = 10**13
_SPACES = "[\\s\u00a0\u202f\u2009'’]"
_DIGITS = "[0-9][0-9.,]*"
# How the digits of an amount look, and what that proves.
_FORMS = {
    "whole": r"^[0-9]{1,13}$",
    "comma?": r"^[1-9][0-9]{0,2},[0-9]{3}$",
    "point?": r"^[1-9][0-9]{0,2}\.[0-9]{3}$",
    "comma": r"^([0-9]{1,13}|[0-9]{1,3}(\.[0-9]{3}){1,4}),[0-9]*$|^[0-9]{1,3}(\.[0-9]{3}){2,4}$",
    "point": r"^([0-9]{1,13}|[0-9]{1,3}(,[0-9]{3}){1,4})\.[0-9]*$|^[0-9]{1,3}(,[0-9]{3}){2,4}$",
}


class Amount:
    """A text column of amounts."""

    def __init__(self, text: ibis.Value) -> None:
        text = text.fill_null("").re_replace(_SPACES, "").re_replace("[−–—‐‑]", "-")
        self._text = text
        self._digits = text.re_extract(f"({_DIGITS})", 1).re_replace("[.,]$", "")

    @property
    def token(self) -> ibis.Value:
        """What stands beside the digits: a currency, a word."""
        return self._text.re_replace("[0-9.,()+-]", "")

    @property
    def form(self) -> ibis.Value:
        """`whole`; `comma` and `point`, the decimal mark that the digits prove; `comma?` and `point?`, a mark that may
        separate thousands as well; `none` without digits; else `bad`."""
        ibis = required("ibis")
        one_number = self._text.re_search(f"^[^0-9.,]*{_DIGITS}[^0-9]*$")
        forms = [(one_number & self._digits.re_search(pattern), form) for form, pattern in _FORMS.items()]
        return ibis.cases((~self._text.re_search("[0-9]"), "none"), *forms, else_="bad")

    def value(self, decimal: str, words: dict[str, str]) -> ibis.Value:
        """The amount; null where there is none or it cannot be read.

        Parameters
        ----------
        decimal : str
            What the unclear marks are: "," or ".".
        words : dict
            The tokens that are currencies.
        """
        ibis = required("ibis")
        digits = self._digits
        with_comma, with_point = digits.replace(".", "").replace(",", "."), digits.replace(",", "")
        plain = self.form.cases(
            ("comma", with_comma),
            ("comma?", with_comma if decimal == "," else with_point),
            ("point?", digits if decimal == "." else digits.replace(".", "")),
            ("point", with_point),
            ("whole", digits),
            else_=ibis.null("string"),
        )
        known = self.token.isin(["", *words])
        number = ibis.ifelse(known, plain, ibis.null("string")).cast(DECIMAL)
        return ibis.ifelse(self._negative, -number, number).cast(DECIMAL)

    @property
    def _negative(self) -> ibis.Value:
        text = self._text
        before, after, brackets = "^[^0-9]*-[^0-9]*[0-9]", "[0-9.,]-[^0-9]*$", r"^[^0-9]*\(.*[0-9].*\)"
        return text.re_search(before) | text.re_search(after) | text.re_search(brackets)
