"""Rows of a table: id, name, industry, revenue, budget."""

from kam_xl.table.rows import RowSorter

FIELDS = {"client_id": 0, "client": 1, "industry": 2, "revenue": 3, "procurement_budget": 4}
NO_ID = {"client": 1, "industry": 2, "revenue": 3, "procurement_budget": 4}
A = ("1", "Alpha", "Gas", 10.0, 100.0)
B = ("2", "Beta", "Gas", 20.0, 200.0)
C = ("3", "Gamma", "IT", 5.0, None)


def sort(*rows, fields=FIELDS):
    columns = list(zip(*rows, strict=True))
    sorter = RowSorter(columns, fields, {3: columns[3], 4: columns[4]})
    return sorter.clients, [(remark.row, remark.code) for remark in sorter.remarks]


def test_empty_rows_are_left_out_without_a_word():
    assert sort(A, (None, "", " ", None, None), B) == ([0, 2], [])


def test_rows_of_nothing_but_zeros_are_empty():
    assert sort(A, (None, None, None, 0.0, 0.0), B) == ([0, 2], [])


def test_total_rows_are_left_out_and_told():
    for label in ("Итого", "ИТОГО:", "Всего", "Total", "Grand total", "Итого по Москве", "Subtotal", "Total for 2019"):
        assert sort(A, B, (None, label, None, 1.0, 2.0)) == ([0, 1], [(2, "total-row")])


def test_a_total_in_any_column_of_a_nameless_row_is_seen():
    assert sort(A, B, ("Итого", None, None, 30.0, 300.0)) == ([0, 1], [(2, "total-row")])


def test_a_nameless_row_of_sums_is_a_total():
    assert sort(A, B, (None, None, None, 30.0, 300.0)) == ([0, 1], [(2, "total-row")])


def test_a_nameless_row_of_other_numbers_is_a_client_without_a_name():
    assert sort(A, B, (None, None, None, 31.0, 300.0)) == ([0, 1, 2], [])


def test_subtotals_do_not_hide_the_grand_total():
    rows = (
        A,
        B,
        (None, None, None, 30.0, 300.0),
        C,
        C,
        (None, None, None, 10.0, None),
        (None, None, None, 40.0, 300.0),
    )
    assert sort(*rows) == ([0, 1, 3, 4], [(2, "total-row"), (5, "total-row"), (6, "total-row")])


def test_a_client_called_total_stays():
    total = ("4", "Total", "Oil", 7.0, 70.0)
    assert sort(A, B, total) == ([0, 1, 2], [])
    assert sort(A, B, ("4", "Total Energies", None, 30.0, 300.0)) == ([0, 1, 2], [])
    assert sort(A, B, (None, "Total Energies", None, 7.0, 70.0), fields=NO_ID) == ([0, 1, 2], [])
    assert sort(A, B, (None, "Total", "Oil", 7.0, 70.0), fields=NO_ID) == ([0, 1, 2], [])
    assert sort(A, B, (None, "Тотал", None, 7.0, 70.0), fields=NO_ID) == ([0, 1, 2], [])


def test_a_total_with_an_id_is_known_by_its_sums():
    assert sort(A, B, ("3", "Итого", None, 30.0, 300.0)) == ([0, 1], [(2, "total-row")])
    assert sort(A, B, ("3", "Итого", None, 7.0, 70.0)) == ([0, 1, 2], [])


def test_a_lone_cell_without_an_id_is_a_heading_or_a_footnote():
    assert sort((None, "Газ", None, None, None), A, B) == ([1, 2], [(0, "not-a-client")])


def test_without_ids_a_lone_cell_is_a_footnote_only_after_the_end():
    assert sort(A, (None, "Prospect", None, None, None), B, fields=NO_ID) == ([0, 1, 2], [])
    empty = (None, None, None, None, None)
    assert sort(A, B, empty, (None, "Source: CRM", None, None, None), fields=NO_ID) == ([0, 1], [(3, "not-a-client")])


def test_a_client_without_any_number_stays():
    assert sort(A, ("9", "New", None, None, None)) == ([0, 1], [])


def test_a_signature_below_the_table_is_no_client_even_in_the_column_of_ids():
    blank = (None,) * 5
    assert sort(A, B, blank, ("Prepared by: Ann", None, None, None, None)) == ([0, 1], [(3, "not-a-client")])
    assert sort(A, ("7", None, None, None, None), B) == ([0, 1, 2], [])
