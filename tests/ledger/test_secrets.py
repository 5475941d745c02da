"""No password leaves a connection string, whatever its form and whoever repeats it."""

from __future__ import annotations

import pytest

from kam_xl.files.secrets import without_password, without_secrets
from kam_xl.ledger.errors import SourceError
from kam_xl.ledger.sources.connect import database

FORMS = [
    "postgresql://kam:S3cret@server/sales",
    "postgresql://kam:S3cret/with@signs@server:5432/sales?sslmode=require",
    "postgresql://server/sales?user=kam&password=S3cret&sslmode=require",
    "mssql+pyodbc://kam:S3cret@server/sales?driver=ODBC+Driver+18",
    "host=server dbname=sales user=kam password=S3cret",
    "host=server user=kam password='S3cret with space'",
    "Driver={ODBC Driver 18};Server=server;UID=kam;PWD={S3cret};Encrypt=yes",
    "snowflake://kam:S3cret@account/db?private_key=S3cret&warehouse=w",
    "clickhouse://server?access_token=S3cret",
    "kam:S3cret@server/sales",
    "//kam:S3cret@server/sales",
    "postgresql:/kam:S3cret@server/sales",
    "postgresql://:S3cret@server/sales",
    "postgresql://kam:S3cret with space@server/sales",
    "postgresql://kam:S3cret'quoted@server/sales",
    "jdbc:postgresql://server:5432/sales?user=kam&password=S3cret",
]


@pytest.mark.parametrize("url", FORMS)
def test_a_password_is_hidden_in_every_form(url):
    shown = without_password(url)
    assert "S3cret" not in shown
    assert "server" in shown or "account" in shown


@pytest.mark.parametrize("url", FORMS)
def test_a_driver_that_repeats_it_is_silenced(url):
    secret = next(each for each in ("S3cret/with@signs", "S3cret with space", "S3cret") if each in url)
    assert "S3cret" not in without_secrets(f"connection to {url} failed: bad password {secret}", url)


@pytest.mark.parametrize(
    "words", ["clients.csv", r"D:\\Users\\ann@firm\\a.xlsx", "D:/Users/ann@firm/a.xlsx", "Note: a@b.c"]
)
def test_what_holds_no_secret_is_shown_as_it_is(words):
    assert without_secrets(f"{words}: it is Note: a", words) == f"{words}: it is Note: a"


def test_the_pieces_that_a_reader_of_addresses_cuts_out_are_hidden():
    url = "postgresql://kam:S3cret#rest@server:1/sales"
    assert without_secrets("Port could not be cast to integer value as 'S3cret'", url).endswith("as '…'")


def test_spark_is_given_no_password():
    with (
        pytest.raises(SourceError, match="Spark takes no password") as raised,
        database("spark://kam:S3cret@server:7077"),
    ):
        pass
    assert "S3cret" not in str(raised.value)


def test_a_decoded_password_is_known_too():
    url = "postgresql://kam:p%40ss%2Fword@server/sales"
    assert without_secrets("FATAL: p@ss/word, p%40ss%2Fword", url) == "FATAL: …, …"


def test_a_database_file_is_not_made_by_asking_for_it(tmp_path):
    path = tmp_path / "none.duckdb"
    with pytest.raises(SourceError, match="there is no such file"), database(f"duckdb://{path}"):
        pass
    assert not path.exists()
