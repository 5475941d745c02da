"""What can go wrong with a ledger ends in one clear sentence, and leaves nothing behind."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from kam_xl.errors import KamError
from kam_xl.ledger.counts.counting import ImportOptions
from kam_xl.ledger.errors import BadRowsError, ColumnsError, NothingFoundError, RecipeError, SourceError
from kam_xl.ledger.invoices import import_invoices
from kam_xl.ledger.opening import Where
from kam_xl.ledger.recipe import Recipe, read_recipe
from kam_xl.ledger.sources.connect import embedded
from kam_xl.table.errors import FileUnreadableError


def taken(*names, **options):
    return import_invoices(Where(list(map(str, names)), **options), Recipe(), ImportOptions())


@pytest.fixture
def parquet(tmp_path):
    """Write columns as a parquet file; gives its path."""
    import pyarrow as pa
    from pyarrow import parquet

    def write(**columns):
        parquet.write_table(pa.table(columns), tmp_path / "ledger.parquet")
        return tmp_path / "ledger.parquet"

    return write


@pytest.mark.parametrize(
    ("name", "data", "error", "said"),
    [
        ("empty.csv", b"", FileUnreadableError, "the file is empty"),
        ("blank.csv", b"\n ; \n\n", SourceError, "the file is empty"),
        ("header.csv", b"Date;Client;Amount\n", NothingFoundError, "there are no payments"),
        ("page.xls", b"<html><table>", ColumnsError, "columns were not found"),
        ("broken.parquet", b"PAR1 and then nothing PAR1", SourceError, "the parquet file is damaged"),
    ],
)
def test_files_that_are_no_ledgers_are_refused(tmp_path, name, data, error, said):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(error, match=f"{name}: {said}"):
        taken(tmp_path / name)


@pytest.mark.parametrize(
    "data", [b"", b"\n ; \n\n", b'{"a": 1}', b"PAR1 and then nothing PAR1", b"PK\x03\x04[Content_Types].xml"]
)
def test_errors_about_a_packed_ledger_name_the_archive(tmp_path, data):
    path = tmp_path / "ledger.csv.gz"
    path.write_bytes(gzip.compress(data))
    with pytest.raises(KamError) as caught:
        taken(path)
    told = str(caught.value)
    assert told.removeprefix(f"{tmp_path}/").startswith("ledger.csv.gz: ")
    assert "0-ledger.csv" not in told  # as it is called in the temporary folder


@pytest.mark.parametrize(
    ("proof", "bad"),
    [("28/03/2025", "11/33/2025"), ("28/03/2025", "40/03/2025"), ("03/28/2025", "33/11/2025")],
)
def test_an_impossible_date_leaves_the_order_of_the_others_proven_and_is_named(tmp_path, proof, bad):
    (tmp_path / "a.csv").write_text(f"Date,Client,Amount\n05/03/2025,A,1\n{proof},A,2\n{bad},A,4\n", "utf-8")
    with pytest.raises(BadRowsError, match=f"1 row cannot be read: a.csv:4 .*{bad}"):
        taken(tmp_path / "a.csv")


def test_dates_that_prove_both_orders_are_asked_about_by_one_that_can_be_read_in_two_ways(tmp_path):
    text = "Date,Client,Amount\n05/03/2025,A,1\n28/03/2025,A,2\n03/29/2025,A,4\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    with pytest.raises(RecipeError, match=r"two ways.*05/03/2025"):
        taken(tmp_path / "a.csv")


def test_a_folder_without_a_table_is_refused(tmp_path):
    with pytest.raises(SourceError, match="no file matches this name"):
        taken(tmp_path)


def test_files_of_different_layouts_are_one_ledger(write):
    one = write("a.csv", "Date;Client;Amount\n01.02.2025;Alfa;5\n")
    other = write("b.csv", "Сумма,Дата,Клиент\n7.5,01.03.2025,Alfa\n")
    assert [float(each.revenue) for each in taken(one, other).clients] == [12.5]


def test_words_for_nobody_name_no_client_in_typed_columns_too(parquet):
    names = ["NULL", " n/a ", "Nadia", None]
    found = taken(parquet(date=[date(2025, 1, 1)] * 4, client=names, amount=[1.0, 2.0, 4.0, 8.0]))
    assert [(each.client, float(each.revenue)) for each in found.clients] == [("Nadia", 4)]
    assert [(each.reason.render(), each.rows) for each in found.left_out] == [("no client", 3)]


def test_a_column_of_lists_is_refused(parquet):
    path = parquet(date=[date(2025, 1, 1)], client=["A"], amount=[[5.0]])
    with pytest.raises(
        ColumnsError, match=r"amount: the column holds neither text nor the values expected .*, got array"
    ):
        taken(path)


def test_amounts_too_large_to_be_exact_are_bad_rows_and_missing_ones_are_none(parquet):
    amounts = [1e15, 5.0, float("nan"), float("inf"), None]
    path = parquet(date=[date(2025, 1, 1)] * 5, client=["A"] * 5, amount=amounts)
    with pytest.raises(BadRowsError) as refused:
        taken(path)
    assert "2 rows cannot be read: ledger.parquet:1 the amount is too large" in str(refused.value)
    kept = import_invoices(Where([str(path)]), Recipe(), ImportOptions(leave_out_bad=True))
    assert [(each.reason.render(), each.rows) for each in kept.left_out] == [
        ("rows that cannot be read", 2),
        ("no amount", 2),
    ]


def test_where_room_is_short_the_way_out_is_told_and_nothing_stays(write, tmp_path):
    path = write("a.csv", "Date;Client;Amount\n01.02.2025;Alfa;5\n")
    (tmp_path / "room").mkdir()
    with pytest.raises(SourceError, match=r"the database reported an error \(Out of Memory.*--temporary"):
        taken(path, memory="1MB", temporary=tmp_path / "room")
    assert list((tmp_path / "room").iterdir()) == []


def test_an_interruption_is_one_and_leaves_nothing(tmp_path):
    with pytest.raises(KeyboardInterrupt), embedded(temporary=tmp_path):
        raise RuntimeError("Query interrupted")
    assert list(Path(tmp_path).iterdir()) == []


def test_the_refusal_of_unknown_columns_prints_a_reading_to_give_back(text_file):
    path = text_file("unknown.csv", "Kdy,Kdo,Kolik\n15.01.2025,Alfa,7.5\n16.02.2025,Nord,9\n")
    with pytest.raises(ColumnsError) as refused:
        import_invoices(Where([str(path)]), Recipe(), ImportOptions(today=date(2026, 11, 28)))
    [_, *lines] = refused.value.render("en").split("reading.toml:\n")
    reading = text_file("reading.toml", lines[0])
    found = import_invoices(Where([str(path)]), read_recipe(reading), ImportOptions(today=date(2026, 11, 28)))
    assert {each.client: float(each.revenue) for each in found.clients} == {"Alfa": 7.5, "Nord": 9.0}
