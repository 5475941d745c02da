from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_xl.table.errors import FileUnreadableError
from kam_xl.table.sources import text_file
from kam_xl.table.sources.files import open_file
from kam_xl.table.values.text_columns import TextRows

LINES = st.sampled_from(
    ["a,b\n", "c,\r\n", "\n", "d\r", '"e,f\ng",h\n', 'i,"', '"', ",", "k", "l,m,n\n", '5" pipe,o\n']
)


@given(st.lists(LINES, min_size=1).map("".join), st.integers(1, 12))
def test_a_text_is_read_in_parts_as_in_one(text, part):
    whole = text_file._records(text, ",")
    with patch.object(text_file, "_PART", part):
        if whole is None:
            with pytest.raises(FileUnreadableError, match="never closed"):
                list(text_file._tables(text, ",", Path("clients.csv")))
        else:
            assert list(TextRows.of(list(text_file._tables(text, ",", Path("clients.csv"))))) == whole


def test_rows_of_any_length_stay_as_they_are(tmp_path):
    path = tmp_path / "clients.csv"
    lines = [[f"C{row}", "Gas" if row % 2 else "Steel", "x"][: 1 + row % 3] for row in range(30_000)]
    path.write_text("Client,Industry,Mark\n" + "".join(",".join(line) + "\n" for line in lines), encoding="utf-8")
    assert list(open_file(path).grid("clients").rows[1:]) == lines


def test_a_long_row_among_many_short_ones_asks_for_no_more_room_than_there_is(tmp_path):
    path = tmp_path / "clients.csv"
    path.write_text("Client,Revenue\n" + "," * 100_000 + "\n" * 100_000, encoding="utf-8")
    with pytest.raises(Exception, match="more than 30,000,000 cells"):
        open_file(path)
