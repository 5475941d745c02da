"""Months that headers and titles name are counted in the words of the language."""

import pytest

from kam_xl.table import read


@pytest.mark.parametrize(
    ("months", "words"),
    [
        ("Jan-Mar", ("3 months", "3 месяца")),
        ("YTD Jan", ("1 month", "1 месяц")),
        ("Jan-May", ("5 months", "5 месяцев")),
    ],
)
@pytest.mark.parametrize("is_title", [True, False])
def test_months_are_counted_in_words(tmp_path, months, words, is_title):
    path = tmp_path / "report.csv"
    title, header = (f"Sales by client, {months} 2026\n", "Revenue") if is_title else ("", f"Revenue {months} 2026")
    path.write_text(f"{title}Client;{header};Procurement budget\nNord;5;90\nSüd;7;80\n", "utf-8")
    grade, message = next((each.grade, each.message) for each in read(path).findings if each.code == "part-of-year")
    english, russian = words
    assert grade == ("error" if int(english[0]) <= 3 else "warning")
    assert f"The revenue is that of {english}{':' if is_title else ';'} " in message.render("en")
    assert f"Выручка взята за {russian}{':' if is_title else ','} " in message.render("ru")


@pytest.mark.parametrize(
    ("header", "months"),
    [
        ("Revenue H1 2026", 6),
        ("Sales 1H26, kEUR", 6),
        ("Our revenue Q3 2026", 3),
        ("Revenue Oct 2026", 1),
        ("Revenue 9M 2026", 9),
        ("Sales, first 9 months 2026", 9),
        ("YTD Oct 2026", 10),
        ("H1 2026", 6),
        ("Выручка за 1 полугодие 2026", 6),
        ("Выручка за первое полугодие 2026 г., тыс. руб. без НДС", 6),
        ("Наша выручка, 3 кв. 2026", 3),
        ("Отгрузка за первые 9 месяцев 2026", 9),
        ("I полугодие 2026", 6),
        ("9 мес. 2026", 9),
        ("Umsatz 1. Halbjahr 2026", 6),
        ("Выручка январь-октябрь 2026 без НДС", 10),
        ("Выручка за 10 мес. 2026, руб. с НДС", 10),
        ("Revenue Jan-Oct 2026, net of VAT", 10),
        ("Revenue excl. 20% VAT, 10 months 2026", 10),
        ("Revenue, 1 month of 2026", 1),
    ],
)
def test_one_column_of_a_part_of_a_year_is_the_revenue(tmp_path, header, months):
    path = tmp_path / "report.csv"
    path.write_text(f"Client;{header};Procurement budget\nNord;5;90\nSüd;7;80\n", "utf-8")
    table = read(path)
    [told] = [each for each in table.findings if each.code == "part-of-year"]
    unit = 1000 if "k" in header or "тыс" in header else 1
    assert [client.revenue for client in table.clients()] == [5 * unit, 7 * unit]
    assert (told.cell, told.message.values["n"], table.clients()[0].year) == ("B1", months, 2026)


@pytest.mark.parametrize("header", ["Oct 2026", "Plan H1 2026", "Margin H1 2026", "Forecast Q4 2026", "H1"])
def test_one_column_of_something_else_is_no_revenue(tmp_path, header):
    path = tmp_path / "report.csv"
    path.write_text(f"Client;{header};Procurement budget\nNord;5;90\nSüd;7;80\n", "utf-8")
    assert [client.revenue for client in read(path).clients()] == [None, None]


def test_a_half_year_is_read_where_it_is_all_that_stands_beside_the_clients(tmp_path):
    path = tmp_path / "report.csv"
    path.write_text("Client;Revenue H1 2026\nNord;5\nSüd;7\n", "utf-8")
    assert [client.revenue for client in read(path).clients()] == [5.0, 7.0]


@pytest.mark.parametrize("title", ["Sales by client, H1 2026", "Отчёт за 1 полугодие 2026 г."])
def test_a_half_year_in_the_title_is_told(tmp_path, title):
    path = tmp_path / "report.csv"
    path.write_text(f"{title}\nClient;Revenue;Procurement budget\nNord;5;90\nSüd;7;80\n", "utf-8")
    [told] = [each for each in read(path).findings if each.code == "part-of-year"]
    assert told.message.values["n"] == 6


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Sales 2024, kEUR", 2024),
        ("Продажи 2024", 2024),
        ("Report for 2024", 2024),
        ("Sales plan 2024", None),
        ("Sales 2024 and 2023", None),
        ("Clients 2024", None),
    ],
)
def test_the_year_of_sales_in_a_title_is_that_of_the_revenue(text_file, title, year):
    table = read(text_file("clients.csv", f"{title}\nClient;Amount\nNord;5\nSüd;7\n"))
    assert table.clients()[0].year == year
