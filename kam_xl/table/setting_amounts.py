"""Settings that are amounts, read as the amounts of a client table are: "5 mln", "500 тыс."."""

from __future__ import annotations

from collections.abc import Mapping

from kam_xl.domain.settings import AMOUNTS
from kam_xl.table.values.numbers import read_number


def with_amounts(values: Mapping[str, object]) -> dict[str, object]:
    """Settings as they were written, the amounts among them as numbers.

    What is no amount, names a currency or can be read in two ways stays a text: `Settings` refuses it, because the
    currency is the table's.

    >>> with_amounts({"key_revenue_amount": "1,5 млн", "potential_high_from": "5 mln EUR", "abc_a": "70%"})
    {'key_revenue_amount': 1500000.0, 'potential_high_from': '5 mln EUR', 'abc_a': '70%'}
    """
    return {name: setting_amount(name, value) for name, value in values.items()}


def setting_amount(name: str, value: object) -> object:
    """The value of one setting, as of `with_amounts`.

    >>> setting_amount("key_revenue_amount", "500 тыс."), setting_amount("key_revenue_amount", "1,500 mln")
    (500000.0, '1,500 mln')
    """
    if name not in AMOUNTS or not isinstance(value, str) or (number := read_number(value)) is None:
        return value
    return value if number.unclear or number.percent or number.currency else number.value
