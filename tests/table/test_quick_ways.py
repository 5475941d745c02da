"""What is quick where cells are plain says what the thorough way says, whatever the cells hold."""

from hypothesis import given
from hypothesis import strategies as st

from kam_xl.table.values.cells import read_cells, read_mark, read_name, read_text
from kam_xl.table.values.money import read_money
from kam_xl.table.values.text_columns import Piece, TextColumn
from kam_xl.table.words import row_words
from kam_xl.table.words.matching import Unit
from kam_xl.table.words.row_words import is_suspect, suspects
from kam_xl.table.words.similar_names import name_key, similar_names
from kam_xl.table.words.vocabulary import OTHERS, SIGNATURES, STATISTICS, SURE_TOTALS, TOTALS, section

WORDS = st.sampled_from(
    [
        *SURE_TOTALS,
        *TOTALS,
        *OTHERS,
        *SIGNATURES,
        *STATISTICS,
        "Nord",
        "Осин",
        "7",
        "²",
        "a_b",
        "İx",
        "ß",
        "-",
        "(",
        "*",
    ]
)
BLANKS = st.sampled_from([" ", " ", "  ", "\u00a0", "-", ": ", "", "."])
LABELS = st.lists(st.tuples(BLANKS, WORDS | st.text(max_size=3)), max_size=4).map(
    lambda pairs: "".join(part for pair in pairs for part in pair)
)
NAMES = st.lists(
    st.sampled_from([*section("names")["legal_form"], "Nord", "НОРД", '"', "«", " ", " ", ".", "&", "1", "é"])
    | st.text(max_size=3),
    max_size=6,
).map("".join)
CELLS = st.sampled_from(["yes", "нет", "", None, " x ", "#N/A", "maybe", True, False, 1, 1.0, 0, 7, "1", float("nan")])


@given(LABELS)
def test_a_label_is_suspect_where_any_of_the_patterns_says_so(label):
    assert is_suspect(label) == any(pattern.match(label) for pattern in row_words._SUSPECT)


@given(
    st.lists(st.sampled_from(["Nord", "Süd GmbH", "Alfa 7", " "]) | LABELS | st.sampled_from([None, 7.0]), max_size=5)
)
def test_labels_are_suspected_together_as_one_by_one(labels):
    assert list(suspects(labels)) == [isinstance(label, str) and is_suspect(label) for label in labels]


@given(NAMES.map(lambda name: " ".join(name.split())))
def test_marks_around_a_name_do_not_change_what_it_is_compared_by(name):
    assert name_key(name) == name_key(f'"{name}"')


@given(st.lists(NAMES.map(lambda name: " ".join(name.split())), max_size=6))
def test_names_are_compared_together_as_one_by_one(names):
    alike = [sorted(group) for group in similar_names(names)]
    spellings = {
        (one, other)
        for one in range(len(names))
        for other in range(one)
        if name_key(names[one]) == name_key(names[other]) != "" and names[one].casefold() != names[other].casefold()
    }
    assert all((one, other) in spellings for group in alike for one in group for other in group if one > other)
    assert bool(spellings) == bool(alike)


@given(st.lists(NAMES | st.sampled_from([None, "", "#N/A", "#1", "-", "A\nB", " A", "A  B", "\u00a0"]), max_size=4))
def test_names_are_read_together_as_one_by_one(names):
    many = [f"C{number}" for number in range(600)]
    read, remarks = read_cells([*many, *names], read_name, 0)
    alone = [read_cells([name], read_name, 0) for name in names]
    assert read == [*many, *(value for (value,), _ in alone)]
    assert len(remarks) == sum(len(found) for _, found in alone)


@given(st.lists(CELLS, max_size=12), st.sampled_from([read_mark, read_text]))
def test_a_column_is_read_as_its_cells_are_one_by_one(cells, parse):
    values, remarks = read_cells(cells, parse, 0)
    alone = [read_cells([cell], parse, 0) for cell in cells]
    assert list(map(repr, values)) == [repr(each[0]) for each, _ in alone]
    assert [(each.code, each.row) for each in remarks] == [
        (each.code, row) for row, (_, found) in enumerate(alone) for each in found
    ]


@given(
    st.lists(st.sampled_from(["12.5", "n/a", "", "-7", "1 200", "1e5", "٣", "1.234", "nan", "0"])), st.integers(1, 5)
)
def test_amounts_kept_as_text_are_read_as_one_by_one(cells, size):
    column = TextColumn([Piece.of(cells[at : at + size]) for at in range(0, len(cells), size)])
    read, alone = (read_money(each, 0, Unit(None, None, None)) for each in (column, cells))
    assert (read.values, [each.row for each in read.remarks]) == (alone.values, [each.row for each in alone.remarks])
