import sys
from datetime import date
from decimal import Decimal

import pytest

from kam_xl.errors import MissingPackageError
from kam_xl.ooxml.errors import UnsafeFileError
from kam_xl.table import read
from kam_xl.table.errors import FileUnreadableError, NoClientsError
from kam_xl.table.sources.parquet_pages import check_pages


@pytest.fixture
def parquet(tmp_path):
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from pyarrow import parquet

    path = tmp_path / "clients.parquet"
    columns = {
        "Client ID": [1, 2, 3],
        "Client": ["Nord", "Süd", None],
        "Revenue": [Decimal("1.50"), Decimal("2.00"), None],
        "Budget": [10.0, float("nan"), None],
        "Budget date": [date(2024, 1, 31), None, None],
        "Notes": [b"x", None, None],
    }
    parquet.write_table(pyarrow.table(columns), path)
    return path


def test_parquet_is_read_like_a_sheet(parquet):
    table = read(parquet, today=date(2025, 1, 1))
    assert [(c.client_id, c.client, c.revenue, c.procurement_budget, c.budget_date) for c in table.clients()] == [
        ("1", "Nord", 1.5, 10.0, date(2024, 1, 31)),
        ("2", "Süd", 2.0, None, None),
        ("3", "3", None, None, None),
    ]
    assert list(table.frame["Notes"]) == ["x", None, None]
    assert [(finding.code, finding.address) for finding in table.findings] == [("missing-name", "clients!B4")]


def test_the_extra_is_named_where_pyarrow_is_missing(parquet, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingPackageError, match=r'pip install "kam_xl\[parquet\]"'):
        read(parquet)


def test_parquet_without_rows_is_refused(tmp_path):
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from pyarrow import parquet

    path = tmp_path / "clients.parquet"
    parquet.write_table(
        pyarrow.table({"Client": pyarrow.array([], "string"), "Revenue": pyarrow.array([], "double")}), path
    )
    with pytest.raises(NoClientsError, match=r"clients.parquet: the table has no clients"):
        read(path)


def test_a_damaged_parquet_file_is_told(parquet):
    parquet.write_bytes(parquet.read_bytes()[:60])
    with pytest.raises(FileUnreadableError, match="the parquet file is damaged"):
        read(parquet)


def of_one_text(pyarrow, length, rows):
    """A column in which one text repeats; in memory it stands once."""
    return pyarrow.DictionaryArray.from_arrays(
        pyarrow.array([0] * rows, pyarrow.int32()), pyarrow.array(["x" * length])
    )


ENDLESS = {
    "a dictionary": lambda pa: ([of_one_text(pa, 20_000_000, 20_000)], ["Client"]),
    "plain texts": lambda pa: ([pa.array(["x" * 30_000] * 20_000)], ["Client"]),
    "columns of one name": lambda pa: ([of_one_text(pa, 200_000, 20_000), pa.array(["x"] * 20_000)], ["Client"] * 2),
    "lists": lambda pa: (
        [pa.ListArray.from_arrays(range(0, 40_001, 2), of_one_text(pa, 200_000, 40_000))],
        ["Client"],
    ),
    "bytes of one length": lambda pa: ([pa.array([b"x" * 30_000] * 20_000, pa.binary(30_000))], ["Client"]),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_a_small_file_of_endless_texts_is_refused_before_they_take_room(tmp_path, name):
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from pyarrow import parquet

    path = tmp_path / "clients.parquet"
    columns, names = ENDLESS[name](pyarrow)
    table = pyarrow.table([*columns, pyarrow.array([1.0] * 20_000)], names=[*names, "Revenue"])
    plain = {"use_dictionary": name != "plain texts", "dictionary_pagesize_limit": 1 << 29}
    parquet.write_table(table, path, compression="zstd", **plain)
    del table, columns
    assert path.stat().st_size < 100_000
    with pytest.raises(UnsafeFileError, match="its texts have more than 268,435,456 characters"):
        read(path)


@pytest.fixture
def lying(tmp_path):
    """A file whose first page says that it unpacks into 128 MB; what is there unpacks into 3 MB."""
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from pyarrow import parquet

    path = tmp_path / "clients.parquet"
    columns = {"Client": ["x" * 3_000_000, "Nord"], "Date": ["2025-01-05"] * 2, "Revenue": [1.0, 2.0]}
    parquet.write_table(pyarrow.table(columns), path, compression="zstd", use_dictionary=False)
    data = path.read_bytes()
    place = data.index(b"\x15", 5) + 1  # behind the kind of the page
    assert data[place + 3] < 0x80 <= min(data[place : place + 3])
    path.write_bytes(data[:place] + b"\xfe\xff\xff\x7f" + data[place + 4 :])
    return path


def test_a_page_that_asks_for_more_than_its_column_has_is_refused(lying):
    with pytest.raises(UnsafeFileError, match="a page of the column Client asks for 134,217,727 bytes of memory"):
        read(lying)


def test_pages_as_large_as_their_columns_are_read(tmp_path):
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from pyarrow import parquet

    path = tmp_path / "clients.parquet"
    parquet.write_table(pyarrow.table({"Note": ["x" * 70_000_000]}), path, compression="zstd", use_dictionary=False)
    metadata = parquet.read_metadata(path)
    assert metadata.row_group(0).column(0).total_uncompressed_size > 70_000_000
    check_pages(path, metadata, path.name)


@pytest.mark.parametrize("names", [["Client", "Note", "Revenue"], ["Client", "Client", "Revenue"]])
def test_a_cell_longer_than_those_of_a_csv_file_is_refused(tmp_path, names):
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from pyarrow import parquet

    path, columns = tmp_path / "clients.parquet", [["Nord", "Süd"], ["x", "y" * 1_000_001], [1.0, 2.0]]
    parquet.write_table(pyarrow.table([*map(pyarrow.array, columns)], names=names), path)
    with pytest.raises(UnsafeFileError, match=r"clients.parquet: a cell has 1,000,001 characters"):
        read(path)


def test_nested_values_and_columns_of_one_name_are_told(tmp_path):
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from pyarrow import parquet

    path = tmp_path / "clients.parquet"
    columns = [pyarrow.array(["Nord"]), pyarrow.array([[1.0]]), pyarrow.array([2.0]), pyarrow.array([3.0])]
    parquet.write_table(pyarrow.table(columns, names=["Client", "Revenue", "Budget", "Budget"]), path)
    assert [(finding.code, finding.cell) for finding in read(path).findings] == [
        ("no-id-column", "A1"),
        ("ambiguous-column", "C1"),
        ("not-a-number", "B2"),
    ]
