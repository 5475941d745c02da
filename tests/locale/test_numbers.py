"""Numbers in sentences: the quick way for numbers of a usual size shows them as the exact one."""

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from kam_xl.locale import LANGUAGES, language_named, shown

NEAR_A_HALF = st.floats(0, 1) | st.floats(0.4999, 0.5001) | st.just(0.5)


def rounded(value: float, decimals: int) -> Decimal:
    return Decimal(format(value, ".15g")).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@given(st.integers(1000, 10**9), NEAR_A_HALF)
def test_amounts_are_whole_and_halves_go_up(whole, rest):
    for lang in LANGUAGES:
        mark = language_named(lang).thousands_mark
        assert shown(whole + rest, "money", lang) == f"{rounded(whole + rest, 0):,}".replace(",", mark)


@given(st.integers(1, 10_000), NEAR_A_HALF)
def test_shares_have_one_decimal_and_halves_go_up(tenths, rest):
    share = (tenths + rest) / 1000
    for lang in LANGUAGES:
        known = language_named(lang)
        digits = f"{rounded(share * 100, 1):,}".removesuffix(".0").partition(".")
        text = digits[0].replace(",", known.thousands_mark) + (known.decimal_mark + digits[2] if digits[1] else "")
        assert shown(share, "share", lang) == text + known.percent_sign
