"""Texts that are told by one search, and names folded many at once, say what the long way says."""

from __future__ import annotations

from itertools import product

import ibis
import pytest

from kam_xl.ledger.cells import amounts, dates
from kam_xl.ledger.parties.company_names import core, fitting, folded, folded_all, matches
from kam_xl.ledger.queries import rows_of, small
from kam_xl.ledger.sources.connect import embedded


@pytest.fixture(scope="module")
def database():
    with embedded() as connection:
        yield connection


def both_ways(database, texts, is_plain, columns):
    """What columns hold where plain texts are told, and where none is; and how many texts are plain."""
    table = small(database, {"text": texts})
    quick, slow = (
        rows_of(table.select(text=table.text, **columns(table.text, plain)).order_by("text"))
        for plain in (is_plain(table.text), ibis.literal(False))
    )
    plain = table.filter(is_plain(table.text))
    return quick, slow, rows_of(plain.aggregate(n=plain.count()))[0][0]


def amount_columns(text, plain):
    parts = amounts.taken_apart(text, plain)
    return {**parts, "form": amounts.form_of(text, parts["digits"], plain)}


def test_plain_amounts_are_taken_apart_as_all_others(database):
    texts = {*map("".join, product("05.,-", repeat=5))}
    texts |= {
        f"{sign}{whole}{mark}{rest}"
        for sign in ("", "-")
        for whole in ("0", "12", "1.234", "1,234", "1.234.567")
        for mark in (".", ",")
        for rest in ("", "5", "50", "500", "5000")
    }
    quick, slow, plain = both_ways(database, sorted(texts), amounts.is_plain, amount_columns)
    assert plain > 300
    assert quick == slow


def date_columns(text, plain):
    form = dates.form_of(text, plain)
    return {"form": form, **dates.numbers(text, form, plain)}


def test_dates_in_fixed_places_are_read_as_all_others(database):
    days = [
        "2025-12-31",
        "2025/12/31",
        "2025-1-1",
        "31.12.2025",
        "31/12/2025",
        "31-12-2025",
        "31.12/2025",
        "1.2.25",
        "20251231",
    ]
    ends = ["", " 10:20", "T10:20:30.5", " 10:20:30Z", " г.", "г.", " 1:20 PM", " 10", "x"]
    texts = [f"{day}{end}" for day, end in product(days, ends)]
    quick, slow, plain = both_ways(database, texts, dates.is_plain, date_columns)
    assert plain >= 5
    assert quick == slow


NAMES = [
    "Capita Ltd.",
    "O'Neill's",
    "Smiths' ",
    "S.p.A. Foods",
    "A\nB Limited",
    "ООО «Ромашка»",
    "",
    "***",
    "Ltd",
    "Private Limited Cafe",
    "Cafe Public Limited Company",
    "Sociedad Anonima Norte",
    "Straße GmbH",
    "x.",
    "Rob's\tCafé",
]


def test_many_names_are_folded_as_each_alone():
    assert folded_all(NAMES) == [(folded(name), core(name)) for name in NAMES]
    assert folded_all([]) == []


@pytest.mark.parametrize("patterns", [("capita",), ("capita", "x*"), ("*cafe",), ("o?eill*", "ромашка"), ()])
def test_names_fit_many_at_once_as_each_alone(patterns):
    assert fitting(folded_all(NAMES), patterns) == [at for at, name in enumerate(NAMES) if matches(name, patterns)]
