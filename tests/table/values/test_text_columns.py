from hypothesis import given
from hypothesis import strategies as st

from kam_xl.table.values.text_columns import Piece, TextColumn, TextRows

CELLS = st.sampled_from(["a", "", "b\nc", "\u2028", "é"])
PIECES = st.lists(st.lists(CELLS | st.none(), min_size=1, max_size=4), max_size=5)
AT = st.none() | st.integers(-8, 20)


@given(PIECES, AT, AT, st.sampled_from([None, 1, 2, -1]))
def test_a_column_in_pieces_is_a_sequence_as_a_list_is(pieces, start, stop, step):
    plain, column = [cell for piece in pieces for cell in piece], TextColumn([*map(Piece.of, pieces)])
    assert [column[at] for at in range(-len(plain), len(plain))] == [*plain, *plain]
    part = column[start:stop:step]
    assert (list(part), len(part)) == (plain[start:stop:step], len(plain[start:stop:step]))
    assert list(part[1:3]) == plain[start:stop:step][1:3]


@given(st.lists(st.lists(st.lists(CELLS, max_size=3), min_size=1, max_size=3), max_size=4))
def test_rows_are_what_they_were_made_of(parts):
    def table(rows):
        columns = [[row[at] if at < len(row) else None for row in rows] for at in range(max(map(len, rows)) or 1)]
        return [*map(Piece.of, columns)]

    plain, rows = [row for part in parts for row in part], TextRows.of([*map(table, parts)])
    assert (list(rows), len(rows), [rows[at] for at in range(len(plain))]) == (plain, len(plain), plain)
    assert len(rows.columns) == max(map(len, plain), default=0)
