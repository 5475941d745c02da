"""Amounts in several currencies are never added up: one is named, or nothing is made of the table."""

import pytest

from kam_xl.domain.settings import Settings
from kam_xl.table import Grid, read, read_grid, read_grids
from kam_xl.table.errors import SeveralCurrenciesError

BY_ROW = [
    ["Client", "Revenue", "Budget", "Currency"],
    ["Nord", 10.0, 100.0, "EUR"],
    ["Süd", 900.0, 9000.0, "руб."],
    ["West", 90.0, None, "RUB"],
]
BY_CELL = [["Client", "Revenue"], ["Nord", "10 €"], ["Süd", "900 руб."]]
BY_HEADER = [["Client", "Revenue, EUR", "Procurement budget, RUB"], ["Nord", 10.0, 9000.0]]
TABLES = pytest.mark.parametrize("rows", [BY_ROW, BY_CELL, BY_HEADER], ids=["row", "cell", "header"])


def table_of(rows, currency=""):
    return read_grid(Grid("S", rows), settings=Settings(currency=currency))


def amounts(table):
    return [(client.client, client.revenue, client.procurement_budget) for client in table.clients()]


@TABLES
def test_nothing_is_made_of_several_currencies_and_the_check_tells(rows):
    table = table_of(rows)
    assert "currencies-differ" in [finding.code for finding in table.findings]
    with pytest.raises(SeveralCurrenciesError, match="which are never added up"):
        table.clients()


def test_the_refusal_tells_sums_by_currency_and_the_remedy():
    with pytest.raises(SeveralCurrenciesError) as refused:
        table_of(BY_ROW, "USD").clients()
    assert refused.value.render("en") == (
        "the amounts are in several currencies (Revenue: EUR 10, RUB 990, Budget: EUR 100, RUB 9,000), which are never "
        "added up. Name the one to keep, in the setting currency or in a reading file (currency = …), or bring all "
        "amounts to one currency."
    )


@pytest.mark.parametrize(
    ("rows", "currency", "kept"),
    [
        (BY_ROW, "RUB", [("Süd", 900.0, 9000.0), ("West", 90.0, None)]),
        (BY_ROW, "€", [("Nord", 10.0, 100.0)]),
        (BY_CELL, "RUB", [("Süd", 900.0, None)]),
        (BY_HEADER, "EUR", [("Nord", 10.0, None)]),
    ],
)
def test_of_the_named_currency_only_amounts_are_kept_and_the_rest_is_told(rows, currency, kept):
    table = table_of(rows, currency)
    assert amounts(table) == kept
    assert "other-currency" in [finding.code for finding in table.findings]
    assert not table.several_currencies


def test_a_row_without_a_currency_beside_others_is_assumed_and_told():
    table = table_of([*BY_ROW, ["Ost", 5.0, 50.0, None]], "EUR")
    assert amounts(table) == [("Nord", 10.0, 100.0), ("Ost", 5.0, 50.0)]
    assert [finding.code for finding in table.findings].count("currency-not-stated") == 1


def test_one_currency_is_read_whatever_the_setting_names():
    assert amounts(table_of([BY_ROW[0], BY_ROW[1]], "RUB")) == [("Nord", 10.0, 100.0)]
    assert table_of([BY_ROW[0], BY_ROW[1]]).unit("revenue").currency == "EUR"


def test_the_revenue_of_competitors_in_another_currency_is_unknown():
    competitors = Grid("Competitors", [["Client", "Competitor", "Revenue, USD"], ["Nord", "Rival", 70.0]])
    clients = Grid("Clients", [["Client", "Revenue, EUR", "Industry"], ["Nord", 5.0, "Steel"]])
    table = read_grids([clients, competitors])
    assert [(each.name, each.revenue) for each in table.clients()[0].competitors] == [("Rival", None)]
    assert "other-currency" in [finding.code for finding in table.findings]


def test_earlier_years_in_another_currency_are_unknown_and_told_with_their_sums():
    rows = [
        ["Client", "Revenue 2023, EUR k", "Revenue 2024", "Revenue 2025, RUB"],
        ["Nord", 10.0, "5 €", 2000.0],
        ["Süd", 20.0, "700 руб.", 600.0],
        ["Total", 30.0, None, 2600.0],
    ]
    table = table_of(rows)
    assert [client.history for client in table.clients()] == [(), ((2024, 700.0),)]
    [told] = [finding for finding in table.findings if finding.code == "other-currency"]
    assert (told.cell, told.grade, told.message.render("en")) == (
        "B1",
        "warning",
        "Revenue of earlier years is taken in RUB only; amounts in other currencies are left out (Revenue 2023, EUR k: "
        "EUR 30,000, Revenue 2024: EUR 5).",
    )


def test_earlier_years_in_the_currency_of_the_revenue_are_kept_without_a_word():
    table = table_of([["Client", "Revenue 2024, RUB", "Revenue 2025, RUB"], ["Nord", 10.0, 20.0]])
    assert [client.history for client in table.clients()] == [((2024, 10.0),)]
    assert "other-currency" not in [finding.code for finding in table.findings]


def test_what_is_computed_from_an_amount_is_in_its_currency():
    rows = [["Клиент", "Выручка", "Наша доля, %"], ["Ромашка", "900 руб.", 20.0], ["Вега", "60 USD", 20.0]]
    assert [client.procurement_budget for client in table_of(rows, "RUB").clients()] == [4500]


AGREEING = [["Client", "Revenue, EUR", "Currency"], ["Nord", 10.0, "EUR"], ["Süd", 9.0, "€"], ["West", 8.0, None]]
CONTRADICTED = [
    ["Client", "Revenue, EUR", "Currency"],
    ["Nord", 10.0, "EUR"],
    ["Süd", 9.0, "USD"],
    ["West", 8.0, "USD"],
]
ALL_OTHERS = [["Client", "Revenue, EUR", "Currency"], ["Nord", 10.0, "USD"], ["Süd", 9.0, "USD"]]


def test_a_column_of_currencies_that_agrees_with_the_headers_is_read():
    assert amounts(table_of(AGREEING)) == [("Nord", 10.0, None), ("Süd", 9.0, None), ("West", 8.0, None)]


@pytest.mark.parametrize(("rows", "cell", "count"), [(CONTRADICTED, "C3", 2), (ALL_OTHERS, "C2", 2)])
def test_a_header_that_names_another_currency_than_the_rows_is_told_with_the_place(rows, cell, count):
    table = table_of(rows)
    [told] = [finding for finding in table.findings if finding.code == "currencies-differ"]
    message = (
        f'headers name EUR ("Revenue, EUR"), but "Currency" names USD (rows: {count}): nobody can tell which is right.'
    )
    assert (told.cell, told.message.render("en")) == (cell, f"The {message}")
    with pytest.raises(SeveralCurrenciesError) as refused:
        table.clients()
    assert f"the {message} Take the currency out of the headers" in refused.value.render("en")


def test_a_cell_that_names_the_currency_of_its_row_contradicts_nothing():
    rows = [CONTRADICTED[0], CONTRADICTED[1], ["Süd", "9 USD", "USD"]]
    [told] = [finding for finding in table_of(rows).findings if finding.code == "currencies-differ"]
    assert "which are never added up" in told.message.render("en")


def test_the_currency_that_the_user_names_is_that_of_the_rows():
    assert amounts(table_of(CONTRADICTED, "USD")) == [("Süd", 9.0, None), ("West", 8.0, None)]
    assert amounts(table_of(ALL_OTHERS, "USD")) == [("Nord", 10.0, None), ("Süd", 9.0, None)]


def told(table, code):
    return [finding.message.render("en") for finding in table.findings if finding.code == code]


@pytest.mark.parametrize("header", ["Валюта бюджета", "Budget currency", "Код валюты бюджета", "Budgetwährung"])
def test_a_column_of_currencies_of_one_amount_says_those_of_this_amount_alone(header):
    rows = [
        ["Client", "Revenue 2025, RUB", "Procurement budget", header],
        ["A", 10.0, 5.0, "USD"],
        ["B", 20.0, 60.0, "RUB"],
    ]
    assert told(table_of(rows), "currencies-differ") == [
        "The amounts are in several currencies (Revenue 2025, RUB: RUB 30, Procurement budget: USD 5, RUB 60), which "
        "are never added up."
    ]
    assert amounts(table_of(rows, "RUB")) == [("A", 10.0, None), ("B", 20.0, 60.0)]


@pytest.mark.parametrize("header", ["In", "Ден.ед.", "Единица измерения", "Счёт договора"])
@pytest.mark.parametrize("codes", [["USD", "RUB"], ["$", "₽"], ["тыс. долл.", "тыс. руб."]])
def test_a_column_of_nothing_but_currencies_says_them_whatever_it_is_called(header, codes):
    table = table_of([["Client", "Revenue", header], *zip("AB", (5.0, 60.0), codes, strict=True)])
    assert table.several_currencies
    assert next(use.field for use in table.interpretation.columns if use.title == header) in ("currency", "unit")


@pytest.mark.parametrize(
    ("header", "cells"),
    [("Grade", ["K", "р"]), ("Country", ["FR", "US"]), ("Note", ["USD", "soon"]), ("Выручка, валюта", [70.0, 80.0])],
)
def test_letters_words_and_amounts_are_no_currencies(header, cells):
    table = table_of([["Client", "Revenue", header], *zip("AB", (5.0, 60.0), cells, strict=True)])
    assert not table.several_currencies
    assert "currency" not in [use.field for use in table.interpretation.columns]


def test_digital_codes_are_currencies_below_a_header_that_says_so():
    rows = [["Клиент", "Выручка", "Валюта договора"], ["A", 5.0, 643], ["B", 6.0, "810"]]
    assert not table_of(rows).several_currencies
    assert table_of([*rows, ["C", 7.0, 840]]).several_currencies


def test_an_understanding_of_columns_of_currencies_given_back_reads_the_same(tmp_path):
    path, reading = tmp_path / "clients.csv", tmp_path / "reading.toml"
    path.write_text("Client,Revenue,Budget,Budget currency,In\nA,5,6,USD,RUB\nB,7,8,RUB,RUB\n", "utf-8")
    found = read(path)
    assert found.several_currencies
    reading.write_text(found.interpretation.toml(), "utf-8")
    assert told(read(path, mapping=reading), "currencies-differ") == told(found, "currencies-differ")


@pytest.mark.parametrize(("currency", "revenue", "earlier"), [("USD", 110.0, 90.0), ("RUB", 10000.0, 9000.0)])
def test_of_an_amount_in_two_currencies_the_column_of_the_named_one_is_read(currency, revenue, earlier):
    titles = ["Revenue 2025, RUB", "Revenue 2025, USD", "Revenue 2024, RUB", "Revenue 2024, USD"]
    table = table_of([["Client", *titles], ["A", 10000.0, 110.0, 9000.0, 90.0]], currency)
    [client] = table.clients()
    assert (client.revenue, client.history) == (revenue, ((2024, earlier),))
    assert {finding.code for finding in table.findings}.isdisjoint(("other-currency", "ambiguous-column"))


def test_where_no_row_is_left_out_none_is_counted():
    table = table_of([["Client", "Revenue, USD", "Budget, RUB"], ["A", 5.0, 60.0]], "USD")
    assert told(table, "other-currency") == [
        "Only amounts in USD are read; those in other currencies are left out (Budget, RUB: RUB 60)."
    ]


@pytest.mark.parametrize("header", ["Валюта", "Валюта продаж", "In"])
def test_a_column_of_currencies_counts_on_the_competitors_sheet(header):
    rows = [["Client", "Competitor", "Revenue", header], ["Nord", "Rival", 12.0, "USD"], ["Nord", "Other", 7.0, "RUB"]]
    clients = Grid("Clients", [["Client", "Revenue, RUB", "Industry"], ["Nord", 5.0, "Steel"]])
    table = read_grids([clients, Grid("Competitors", rows)])
    assert [each.revenue for each in table.clients()[0].competitors] == [None, 7.0]
    assert "other-currency" in [finding.code for finding in table.findings]
