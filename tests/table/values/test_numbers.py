import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_xl.table.values.numbers import read_number

AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False)
THOUSANDS = ["", " ", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "'", ",", "."]
NEGATIVES = ["-{}", "\N{MINUS SIGN}{}", "({})", "{}-", "- {}"]
DECORATIONS = ["{}", " {} ", "{} ₽", "{} руб.", "{}р.", "$ {}", "€{}", "{} USD", "US${}"]


@given(
    amount=AMOUNTS,
    thousands=st.sampled_from(THOUSANDS),
    decimal=st.sampled_from([",", "."]),
    negative=st.sampled_from(NEGATIVES),
    decoration=st.sampled_from(DECORATIONS),
)
def test_an_amount_written_in_any_style_reads_as_itself(amount, thousands, decimal, negative, decoration):
    if thousands == decimal:
        thousands = " "
    text = f"{abs(amount):,.2f}".replace(",", "_").replace(".", decimal).replace("_", thousands)
    inner, outer = (decoration, negative) if negative == "{}-" else (negative, decoration)
    signed, plain = outer.format(inner.format(text)), decoration.format(text)
    text = signed if amount < 0 else plain
    number = read_number(text)
    assert (number.value, number.unclear) == (float(amount), "")


@given(st.text(max_size=12))
def test_no_text_breaks_the_reading(text):
    number = read_number(text)
    assert number is None or number.value is None or math.isfinite(number.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 234 567,89", 1234567.89),
        ("1\N{NARROW NO-BREAK SPACE}234\N{NO-BREAK SPACE}567", 1234567),
        ("1,234.56", 1234.56),
        ("1.234,56", 1234.56),
        ("1,234,567", 1234567),
        ("1.234.567", 1234567),
        ("1'234.5", 1234.5),
        ("0,125", 0.125),
        ("1234,567", 1234.567),
        ("1 234,567", 1234.567),
        (",5", 0.5),
        ("5.", 5),
        ("12%", 0.12),
        ("12,5 %", 0.125),
        ("(500)", -500),
        ("+5", 5),
        ("1,5 млн руб.", 1500000),
        ("500к", 500000),
        ("$2.5m", 2500000),
        ("3 млрд", 3000000000),
        ("1,2E+07", 12000000),
        ("1\n234", 1234),
    ],
)
def test_numbers_as_people_write_them(text, value):
    assert read_number(text).value == pytest.approx(value)


@pytest.mark.parametrize("text", ["", " ", "-", "—", "–", "н/д", "Н/Д", "n/a", "N/A", "нет данных", "?", "null"])
def test_words_for_unknown_are_no_number_and_no_fault(text):
    assert read_number(text).value is None


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "12abc",
        "12 34",
        "1..2",
        "1,2,3",
        "1,23,45",
        "--5",
        "(-5)",
        "5 м",
        "1 234 56",
        "01.02.2019",
        "1.2.3",
        "нет",
    ],
)
def test_what_is_no_number_is_refused(text):
    assert read_number(text) is None


@pytest.mark.parametrize(("text", "mark"), [("1,234", ","), ("1.234", "."), ("$12,345", ",")])
def test_three_digits_after_a_single_mark_are_told_to_be_unclear(text, mark):
    number = read_number(text)
    assert (number.unclear, number.value) == (mark, float(text.lstrip("$").replace(mark, "")))


def test_the_currency_and_the_decimal_mark_are_told():
    number = read_number("1 200,50 руб.")
    assert (number.currency, number.decimal, number.percent, number.scaled) == ("RUB", ",", False, False)
