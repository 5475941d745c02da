"""A year of invoices as a Russian bookkeeping program leaves them: cp1251, semicolons, totals, two currencies."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kam_xl.ledger.counts.counting import ImportOptions
from kam_xl.ledger.errors import BadRowsError, MixedBasisError, RecipeError
from kam_xl.ledger.invoices import import_invoices
from kam_xl.ledger.opening import Where
from kam_xl.ledger.recipe import Recipe
from kam_xl.table.errors import FileUnreadableError

HEAD = "Отчёт по реализации;;;;;;\r\nпериод: 2025 год;;;;;;\r\n;;;;;;\r\n"
TITLES = "Дата;Контрагент;ИНН;№ документа;Сумма без НДС;Себестоимость;Валюта\r\n"
FIRST = '''15.01.2025;ООО "Ромашка";7701000001;1;1 234 567,89;1 000 000,00;руб.
16.01.2025;"Лютик; сыновья и ""К""";7701000002;2;500,5;400;руб.
16.01.2025;"Лютик; сыновья и ""К""";7701000002;2;500,5;400;руб.
20.02.2025;ООО "Ромашка";7701000001;3;(34 567,89);0;руб.
Итого за I квартал;;;;1 201 001,00;1 000 800,00;

Бухгалтер Иванова;;;;;;
'''
SECOND = """Дата;Контрагент;ИНН;№ документа;Сумма без НДС;Себестоимость;Валюта
05.04.2025;Ромашка ООО;7701000001;4;100,00;;руб.
06.05.2025;Nordwerk GmbH;;5;2 000,00;1 500,00;USD
07.06.2025;Nordwerk GmbH;;6;-;1;USD
08.07.2024;Лютик;7701000002;7;7;1;руб.
Всего;;;;2 107,00;1 502,00;
"""


@pytest.fixture
def year(write):
    write("2025-1.csv", HEAD + TITLES + FIRST.replace("\n", "\r\n"), "cp1251")
    write("2025-2.csv", SECOND, "utf-16")
    return Where([str(Path(write("x", "")).with_name("2025-*.csv"))])


def test_two_currencies_are_refused_with_both_named(year):
    with pytest.raises(MixedBasisError) as refused:
        import_invoices(year, Recipe(period="2025"), ImportOptions())
    assert str(refused.value) == (
        "2025-1.csv, 2025-2.csv: the amounts are in several currencies: RUB (1,201,101), USD (2,000). Choose one with "
        "--currency RUB, or give the exchange rates of the others in the recipe, in the section [rates]."
    )


@pytest.fixture
def rubles(year):
    return import_invoices(year, Recipe(period="2025", currency="RUB"), ImportOptions())


def test_clients_are_told_by_id_and_credit_notes_are_netted(rubles):
    assert [(each.client_id, each.client, each.revenue, each.margin) for each in rubles.clients] == [
        ("7701000002", 'Лютик; сыновья и "К"', Decimal("1001.0000"), Decimal("201.0000")),
        ("7701000001", 'ООО "Ромашка"', Decimal("1200100.0000"), None),
    ]


def test_every_row_is_used_or_left_out_for_a_reason(rubles):
    assert {each.reason.render(): each.rows for each in rubles.left_out} == {
        "totals": 2,
        "headings and notes, without date and amount": 1,
        "no amount": 1,
        "outside the period 2025": 1,
        "in USD": 1,
    }
    assert rubles.used.rows + sum(each.rows for each in rubles.left_out) == rubles.read.rows == 11


def test_findings_tell_what_is_doubtful(rubles):
    assert [(each.code, each.grade) for each in rubles.findings] == [
        ("period-incomplete", "warning"),
        ("credit-notes", "note"),
        ("possible-duplicates", "warning"),
        ("margin-unknown", "warning"),
    ]
    assert rubles.findings[0].message.render() == (
        "The period 2025 is incomplete: there are no rows for 2025-03, 2025-06, 2025-07, 2025-08, 2025-09, …."
    )


def test_repeated_payments_count_once_where_that_is_wanted(year):
    once = import_invoices(year, Recipe(period="2025", currency="RUB"), ImportOptions(drop_duplicates=True))
    assert once.clients[0].revenue == Decimal("500.5000")
    assert ("repeated payments", 1, Decimal("500.5000")) in [
        (each.reason.render(), each.rows, each.amount) for each in once.left_out
    ]


def test_currencies_are_converted_where_the_recipe_says_what_they_are_worth(year):
    both = import_invoices(year, Recipe(period="2025", currency="RUB", rates={"USD": Decimal("80.5")}), ImportOptions())
    assert {each.client: each.revenue for each in both.clients}["Nordwerk GmbH"] == Decimal("161000")


def test_months_stand_beside_each_other_as_in_an_operational_plan(rubles):
    header, first, *_ = rubles.sheets("ru")["Оперативный план"]
    assert [str(cell) for cell in header[:5]] == ["Код клиента", "Клиент", "Показатель", "2025-01-01", "2025-02-01"]
    assert first[:5] == ["7701000002", 'Лютик; сыновья и "К"', "Факт выручки", 1001.0, None]


def test_all_bad_rows_are_told_at_once_with_their_places(write):
    rows = "\n31.02.2025;А;1;1;5;1;\n01.02.2025;Б;2;2;пять;1;\n01.02.2025;В;3;3;5;1;;лишнее\n"
    path = write("bad.csv", TITLES + rows)
    with pytest.raises(BadRowsError) as refused:
        import_invoices(Where([path]), Recipe(), ImportOptions())
    assert str(refused.value) == (
        'bad.csv: 3 rows cannot be read: bad.csv:3 the date cannot be read ("31.02.2025"), bad.csv:4 the amount cannot '
        'be read ("пять"), bad.csv:5 the row has more cells than the header ("лишнее"). Correct them, or leave them '
        "out with --leave-out-bad."
    )


def test_bad_rows_are_left_out_and_counted_where_that_is_wanted(write):
    path = write("bad.csv", TITLES + "31.02.2025;А;1;1;5;1;\n01.02.2025;Б;2;2;7;1;\n")
    imported = import_invoices(Where([path]), Recipe(), ImportOptions(leave_out_bad=True))
    assert [(each.reason.render(), each.rows) for each in imported.left_out] == [("rows that cannot be read", 1)]


def test_a_quotation_mark_that_is_never_closed_loses_nothing_silently(write):
    path = write("open.csv", 'Дата;Клиент;Сумма\n01.02.2025;"Альфа;5\n02.02.2025;Бета;6\n03.02.2025;Гамма;7\n')
    with pytest.raises(BadRowsError, match="never closed"):
        import_invoices(Where([path]), Recipe(), ImportOptions())


def test_amounts_with_and_without_vat_are_not_added(write):
    one = write("a.csv", "Дата;Клиент;Сумма с НДС\n01.02.2025;Альфа;12,0\n")
    other = write("b.csv", "Дата;Клиент;Сумма без НДС\n01.02.2025;Альфа;10,0\n")
    with pytest.raises(MixedBasisError, match=r"without VAT \(10\), with VAT \(12\)"):
        import_invoices(Where([one, other]), Recipe(), ImportOptions())
    only = import_invoices(Where([one, other]), Recipe(vat="excl"), ImportOptions())
    assert only.clients[0].revenue == Decimal(10)


@pytest.mark.parametrize(
    ("rows", "recipe", "revenue"),
    [
        ("01.02.2025;Alfa;1,234\n", Recipe(decimal=","), "1.234"),
        ("01.02.2025;Alfa;1,234\n", Recipe(decimal="."), "1234"),
    ],
)
def test_an_amount_of_two_readings_needs_a_word(write, rows, recipe, revenue):
    where = Where([write("a.csv", "Date;Client;Amount\n" + rows)])
    with pytest.raises(RecipeError, match="two ways"):
        import_invoices(where, replace(recipe, decimal=""), ImportOptions())
    assert import_invoices(where, recipe, ImportOptions()).clients[0].revenue == Decimal(revenue)


def test_a_date_of_two_readings_needs_a_word(write):
    where = Where([write("a.csv", "Date;Client;Amount\n01/02/2025;Alfa;1\n")])
    with pytest.raises(RecipeError, match="day or the month"):
        import_invoices(where, Recipe(), ImportOptions())
    months = [import_invoices(where, Recipe(dates=order), ImportOptions()).rows[0].amounts for order in ("dmy", "mdy")]
    assert [each.index(Decimal(1)) for each in months] == [1, 0]


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(FileUnreadableError, match="there is no such file"):
        import_invoices(Where([str(tmp_path / "none.csv")]), Recipe(), ImportOptions())
