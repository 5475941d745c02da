"""The same expressions on DuckDB, PostgreSQL and Spark: equal clients, sums, accounts and findings."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from kam_xl.ledger.counts.counting import ImportOptions
from kam_xl.ledger.errors import SourceError
from kam_xl.ledger.invoices import import_invoices
from kam_xl.ledger.market import import_market
from kam_xl.ledger.opening import Where
from kam_xl.ledger.recipe import Party, Recipe, read_recipe

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]
PUBLIC = read_recipe(Path(__file__).parent / "public_it_2019.toml")
INVOICES = Recipe(period="2025", by="quarter", categories=("Tools*", "Сервис"))


@pytest.fixture(scope="module")
def payments(shared, tmp_path_factory):
    """Every payment to an IT supplier and each fortieth of the others."""
    import duckdb

    path = tmp_path_factory.mktemp("payments") / "payments.parquet"
    starts = [pattern.rstrip("*") for party in PUBLIC.parties for pattern in party.match]
    wanted = " OR ".join(f"lower(supplier) LIKE '{start}%'" for start in starts)
    source = shared / "data" / "ledger_2019.parquet"
    duckdb.sql(
        f"COPY (SELECT * FROM (SELECT *, row_number() OVER () AS n FROM '{source}') "  # noqa: S608
        f"WHERE {wanted} OR n % 40 = 0) TO '{path}' (FORMAT parquet)"
    )
    return path


def written(path, row, repeated):
    """A file of many rows by chance, the first of them twice."""
    import pyarrow as pa
    from pyarrow import parquet

    dice = random.Random(5)  # noqa: S311
    rows = [row(dice) for _ in range(3000)]
    parquet.write_table(pa.Table.from_pylist([*rows, *rows[:repeated]]), path)
    return path


@pytest.fixture(scope="module")
def sold(tmp_path_factory):
    """Invoices with credit notes, repeated lines, costs that are missing, texts for amounts and dates."""
    return written(tmp_path_factory.mktemp("sold") / "sold.parquet", line, repeated=7)


def line(dice):
    day = date(2024, 6, 1) + timedelta(dice.randrange(600))
    amount = Decimal(dice.randrange(-20_000, 900_000)) / 100
    return {
        "Дата": day.strftime("%d.%m.%Y"),
        "Клиент": dice.choice(["ООО «Ромашка»", "Nordwerk GmbH", "АО Лютик", "o'Neill & Sons"]),
        "Группа": dice.choice(["Tools", "Tools, hand", "Сервис", "Other"]),
        "Сумма": f"{amount:,.2f}".replace(",", " ").replace(".", ","),
        "Себестоимость": None if dice.random() < 0.001 else float(amount) * 0.7,
    }


@pytest.fixture(scope="module")
def bought(tmp_path_factory):
    """Payments in several categories, some of them twice, some without a supplier."""
    return written(tmp_path_factory.mktemp("bought") / "bought.parquet", payment, repeated=9)


def payment(dice):
    return {
        "Buyer": dice.choice(["City", " City", "Alfa", None]),
        "Supplier": dice.choice(["Insight Direct", "SOFTCAT PLC ", "softcat ltd", "Bakery", "", None]),
        "Date": date(2024, 12, 1) + timedelta(dice.randrange(300)),
        "Amount": float(dice.randrange(-20_000, 900_000)) / 100,
        "Category": dice.choice(["IT goods", "IT services", "Софт", "Food", None]),
    }


def load(url, path):
    """A parquet file as a table of PostgreSQL."""
    import ibis
    from pyarrow import parquet

    connection = ibis.connect(url)
    connection.create_table(path.stem, ibis.memtable(parquet.read_table(path)))
    connection.disconnect()
    return Where([path.stem], url)


def told(imported):
    """All that an import says, its name apart."""
    findings = [
        (each.code, each.grade, each.message.render("ru"), each.remedy.render("ru")) for each in imported.findings
    ]
    links = [(each.supplier, each.party, each.decision) for each in imported.links]
    return {**vars(imported), "name": "", "fingerprint": "", "findings": findings, "links": links}


@pytest.mark.parametrize("database", ["postgres", "spark"])
def test_a_market_ledger_gives_the_same_everywhere(database, payments, request):
    url = request.getfixturevalue(database)
    here = import_market(Where([str(payments)]), PUBLIC, ImportOptions())
    where = load(url, payments) if database == "postgres" else Where([str(payments)], url)
    assert told(import_market(where, PUBLIC, ImportOptions())) == told(here)
    assert len(here.clients) == 129


def test_a_market_of_categories_gives_the_same_in_postgresql(postgres, bought):
    recipe = replace(PUBLIC, columns={}, categories=("it *", "софт"), competitors=(Party("Softcat", ("softcat*",)),))
    recipe = replace(recipe, seller=Party("Insight", ("insight*",)), period="2025")
    here, there = Where([str(bought)]), load(postgres, bought)
    for options in (ImportOptions(), ImportOptions(drop_duplicates=True)):
        assert told(import_market(there, recipe, options)) == told(import_market(here, recipe, options))
    assert {each.reason.render() for each in import_market(here, recipe, ImportOptions()).left_out} >= {
        "other categories"
    }


@pytest.mark.parametrize(("database", "dropped"), [("postgres", False), ("postgres", True), ("spark", True)])
def test_invoices_with_texts_give_the_same_everywhere(database, dropped, sold, request):
    url = request.getfixturevalue(database)
    options = ImportOptions(drop_duplicates=dropped)
    where = Where([str(sold)], url)
    if database == "postgres":
        copy = sold.with_stem(f"sold_{dropped}".lower())
        copy.write_bytes(sold.read_bytes())
        where = load(url, copy)
    here = import_invoices(Where([str(sold)]), INVOICES, options)
    assert told(import_invoices(where, INVOICES, options)) == told(here)
    assert {each.code for each in here.findings} >= {
        "credit-notes",
        "duplicates-dropped" if dropped else "possible-duplicates",
    }


def filled(connection, path, mark):
    """A parquet file as a table of a database, through its own driver."""
    from pyarrow import parquet

    rows = parquet.read_table(path).to_pylist()
    kinds = {"str": "TEXT", "float": "DOUBLE PRECISION", "date": "DATE", "NoneType": "TEXT"}
    named = {name: next((type(row[name]).__name__ for row in rows if row[name] is not None), "str") for name in rows[0]}
    cursor = connection.cursor()
    quote = "`" if mark == "%s" else '"'
    columns = ", ".join(f"{quote}{name}{quote} {kinds[kind]}" for name, kind in named.items())
    cursor.execute(f"CREATE TABLE {path.stem} ({columns})")
    cells = [[str(cell) if isinstance(cell, date) else cell for cell in row.values()] for row in rows]
    cursor.executemany(f"INSERT INTO {path.stem} VALUES ({', '.join([mark] * len(named))})", cells)  # noqa: S608
    connection.commit()


@pytest.fixture(scope="module")
def elsewhere(sold, bought, tmp_path_factory, request):
    """The address of a database that holds both ledgers, which are fetched from there."""

    def address(database):
        if database == "sqlite":
            import sqlite3

            path = tmp_path_factory.mktemp("lite") / "ledgers.db"
            url, connection, mark = f"sqlite:///{path}", sqlite3.connect(path), "?"
        else:
            import pymysql

            url, socket = request.getfixturevalue("mariadb")
            account = {"user": "kam", "password": "S3cret/@", "database": "sales"}
            connection, mark = pymysql.connect(unix_socket=socket, **account), "%s"
        for path in (sold, bought):
            filled(connection, path, mark)
        connection.close()
        return url

    return cache(address)


@pytest.mark.parametrize("database", ["sqlite", "mariadb"])
def test_ledgers_fetched_from_other_databases_give_the_same(database, elsewhere, sold, bought):
    url = elsewhere(database)
    assert told(import_invoices(Where(["sold"], url), INVOICES, ImportOptions())) == told(
        import_invoices(Where([str(sold)]), INVOICES, ImportOptions())
    )
    recipe = replace(PUBLIC, columns={}, competitors=(Party("Softcat", ("softcat*",)),), period="2025")
    recipe = replace(recipe, seller=Party("Insight", ("insight*",)))
    here = told(import_market(Where([str(bought)]), recipe, ImportOptions()))
    assert told(import_market(Where(["bought"], url), recipe, ImportOptions())) == here
    query = "SELECT b.* FROM bought b WHERE b.Supplier IS NOT NULL;"
    asked = import_market(Where([], url, query=query), recipe, ImportOptions())
    assert [each.revenue for each in asked.clients] == [each.revenue for each in here["clients"]]


@pytest.mark.parametrize("database", ["sqlite", "mariadb"])
def test_a_table_that_is_not_there_is_told_without_the_password(database, elsewhere):
    with pytest.raises(SourceError, match="the table cannot be read") as refused:
        import_invoices(Where(["none"], elsewhere(database)), INVOICES, ImportOptions())
    assert "S3cret" not in str(refused.value)


def test_a_wrong_password_is_told_and_not_shown(mariadb):
    url = mariadb[0].replace("S3cret", "Wr0ng")
    with pytest.raises(SourceError, match="the database cannot be reached") as refused:
        import_invoices(Where(["sold"], url), INVOICES, ImportOptions())
    assert "Wr0ng" not in str(refused.value)


@pytest.mark.parametrize("zone", ["UTC", "Europe/Moscow", "America/New_York"])
def test_the_time_zone_of_a_session_moves_no_day(postgres, zone):
    import psycopg

    table = f"moments_{zone.lower().replace('/', '_')}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE TABLE {table} (date timestamptz, client text, amount numeric)")
        moments = "('2025-01-31 23:30+00', 'A', 5), ('2025-02-01 00:30+00', 'A', 7)"
        connection.execute(f"INSERT INTO {table} VALUES {moments}")  # noqa: S608
        connection.execute(f"ALTER ROLE kam SET timezone = '{zone}'")
    rows = import_invoices(Where([table], postgres), Recipe(), ImportOptions()).rows
    assert [float(each) for each in rows[0].amounts[:2]] == [5, 7]


def test_midnights_of_a_time_zone_are_the_days_that_begin(tmp_path):
    import duckdb

    path = tmp_path / "moments.parquet"
    duckdb.sql(
        "SET TimeZone = 'UTC'; "
        "COPY (SELECT TIMESTAMPTZ '2025-01-31 21:00:00+00' AS date, 'A' AS client, 5.0 AS amount) "
        f"TO '{path}' (FORMAT parquet)"
    )
    [row] = import_invoices(Where([str(path)]), Recipe(), ImportOptions()).rows
    assert [each and float(each) for each in row.amounts[:2]] == [None, 5]
