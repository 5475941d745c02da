"""Rows of a table: id, name, industry, revenue, budget."""

import pytest

from kam_xl.table.grid import Outline
from kam_xl.table.records.row_facts import Rows
from kam_xl.table.records.rows import RowSorter

FIELDS = {"client_id": 0, "client": 1, "industry": 2, "revenue": 3, "procurement_budget": 4}
NO_ID = {"client": 1, "industry": 2, "revenue": 3, "procurement_budget": 4}
A = ("1", "Alpha", "Gas", 10.0, 100.0)
B = ("2", "Beta", "Gas", 20.0, 200.0)
C = ("3", "Gamma", "IT", 5.0, None)


def sort(*rows, fields=FIELDS):
    columns = list(zip(*rows, strict=True))
    sorter = RowSorter(columns, fields, {3: columns[3], 4: columns[4]})
    return list(sorter.clients), [(remark.row, remark.code) for remark in sorter.remarks]


def differences(*rows, fields=FIELDS):
    columns = list(zip(*rows, strict=True))
    return [
        (each.row, each.column, each.code, each.grade)
        for each in RowSorter(columns, fields, {3: list(columns[3]), 4: list(columns[4])}).differences
    ]


def test_a_total_that_the_rows_contradict_is_an_error():
    assert differences(A, B, C, (None, "Total", None, 35.0, 300.0)) == []
    assert differences(A, B, C, (None, "Total", None, 36.0, 300.0)) == [(3, 3, "total-differs", "error")]


def test_a_total_counts_the_others_that_are_no_clients():
    others = (None, "Other customers (12)", None, 5.0, 0.0)
    rows = (A, B, others, (None, "Total", None, 35.0, 300.0))
    assert (sort(*rows, fields=NO_ID)[0], differences(*rows, fields=NO_ID)) == ([0, 1], [])


def test_group_heads_of_a_column_of_their_own_are_no_clients_and_name_their_rows():
    rows = [
        ("North", None, 30.0),
        (None, "Alpha", 10.0),
        (None, "Beta", 20.0),
        ("South", None, 5.0),
        (None, "Gamma", 5.0),
    ]
    columns = list(zip(*rows, strict=True))
    sorter = RowSorter(columns, {"client": 1, "revenue": 2}, {2: list(columns[2])})
    assert (sorter.clients, sorter.fills) == ([1, 2, 4], {0: {1: "North", 2: "North", 4: "South"}})


def test_levels_in_one_column_are_told_apart_by_their_sums():
    rows = [("Ann", 30.0), ("Alpha", 10.0), ("Beta", 20.0), ("Bob", 5.0), ("Gamma", 5.0), ("Total", 35.0)]
    columns = list(zip(*rows, strict=True))
    sorter = RowSorter(columns, {"client": 0, "revenue": 1}, {1: list(columns[1])}, levels=("manager", "client"))
    assert (sorter.clients, sorter.fills) == ([1, 2, 4], {"manager": {1: "Ann", 2: "Ann", 4: "Bob"}})
    assert sorter.differences == []


def test_a_client_with_branches_takes_the_total_below_them():
    rows = [("Alpha", 1.0), ("City", 3.0), ("  ward 1", 5.0), ("  ward 2", 2.0), ("Total City", 10.0), ("TOTAL", 11.0)]
    columns = list(zip(*rows, strict=True))
    amounts = {1: list(columns[1])}
    sorter = RowSorter(columns, {"client": 0, "revenue": 1}, amounts)
    assert ([*sorter.clients], amounts[1][1], sorter.differences) == ([0, 1], 10.0, [])


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


def test_a_client_with_the_amounts_of_the_one_client_above_it_is_no_total():
    # A company may be called so; only the sums of two and more tell.
    assert sort(A, (None, "Total Energies", "Gas", 10.0, 100.0), C, fields=NO_ID) == ([0, 1, 2], [])


def test_clients_that_happen_to_add_up_are_no_groups_where_the_total_counts_them_all():
    rows = [("A", 0.01), ("B", 0.01), ("C", 199.83), ("D", 0.01), ("E", 199.83), ("Total", 399.69)]
    columns = list(zip(*rows, strict=True))
    sorter = RowSorter(columns, {"client": 0, "revenue": 1}, {1: list(columns[1])})
    assert ([*sorter.clients], sorter.differences) == ([0, 1, 2, 3, 4], [])


REGIONS = [("North", 9.0), ("Alfa", 4.0), ("Beta", 5.0), ("South", 3.0), ("Gamma", 3.0)]


def sort_outlined(rows, depths, *, heads_below=False, fields=None):
    columns = list(zip(*rows, strict=True))
    money = len(columns) - 1
    fields = fields or {"client": 0, "revenue": money}
    return RowSorter(columns, fields, {money: list(columns[money])}, outline=Outline(depths, heads_below))


@pytest.mark.parametrize("stated", [True, False])
def test_heads_of_an_outline_are_left_out_wherever_they_stand(stated):
    # Programs that write outlines often leave unsaid where the heads stand.
    above = sort_outlined(REGIONS, [0, 1, 1, 0, 1], heads_below=stated)
    assert (above.clients, codes(above)) == ([1, 2, 4], [(0, "group-row"), (3, "group-row"), (None, "groups-unknown")])
    below = sort_outlined(REGIONS[::-1], [1, 0, 1, 1, 0], heads_below=stated)
    assert (below.clients, codes(below)) == ([0, 2, 3], [(1, "group-row"), (4, "group-row"), (None, "groups-unknown")])
    assert below.fills == {"group": {0: "South", 2: "North", 3: "North"}}


def test_heads_of_several_levels_are_left_out():
    rows = [("East", 12.0), *REGIONS, ("West", 7.0), ("Delta", 7.0)]
    assert sort_outlined(rows, [0, 1, 2, 2, 1, 2, 0, 2]).clients == [2, 3, 5, 7]


def test_where_the_sums_fit_both_ways_the_sheet_says_where_the_heads_stand():
    rows = [("North", 9.0), ("Alfa", 4.0), ("Beta", 5.0), ("South", 9.0)]
    assert sort_outlined(rows, [0, 1, 1, 0], heads_below=False).clients == [1, 2, 3]
    assert sort_outlined(rows, [0, 1, 1, 0], heads_below=True).clients == [0, 1, 2]


def sort_named(*rows):
    columns = list(zip(*rows, strict=True))
    return RowSorter(columns, {"client": 0, "revenue": 1}, {1: list(columns[1])})


def test_a_head_that_names_its_field_fills_it_at_every_level_and_is_never_a_client():
    sorter = sort_named(
        ("Region: North", 12.0), ("Manager: Ann", 9.0), ("Alfa", 4.0), ("Beta", 5.0), ("Manager: Bob", 3.0),
        ("Gamma", 3.0), ("Region: South", 2.0), ("Delta", 2.0),
    )  # fmt: skip
    assert (sorter.clients, sorter.differences) == ([2, 3, 5, 7], [])
    assert sorter.fills == {
        "territory": {2: "North", 3: "North", 5: "North", 7: "South"},
        "manager": {2: "Ann", 3: "Ann", 5: "Bob"},
    }


def test_a_head_that_names_its_field_is_compared_with_its_rows_and_others_count():
    rows = [("Manager: Ann", 10.0), ("Alfa", 4.0), ("Others", 5.0), ("Manager: Bob", None), ("Gamma", 3.0)]
    assert [(each.row, each.code) for each in sort_named(*rows).differences] == [(0, "total-differs")]
    assert sort_named(("Manager: Ann", 9.0), *rows[1:]).differences == []


def test_headings_that_begin_with_the_name_of_a_field_fill_it():
    sorter = sort_named(("Region North", None), ("Alfa", 4.0), ("Region South", None), ("Beta", 5.0))
    assert sorter.fills == {"territory": {1: "North", 3: "South"}}


def test_a_client_called_like_a_field_stays_one():
    assert [*sort_named(("Region North", 4.0), ("Sector 5 Ltd", 5.0), ("Manager", 6.0)).clients] == [0, 1, 2]


def test_what_repeats_from_group_to_group_or_has_no_id_is_a_part_of_a_client():
    goods = [("North", 9.0), ("Pumps", 4.0), ("Pipes", 5.0), ("South", 3.0), ("Pumps", 3.0)]
    assert sort_outlined(goods, [0, 1, 1, 0, 1]).clients == [0, 3]
    managed = [("Ann", 12.0), *goods]
    assert sort_outlined(managed, [0, 1, 2, 2, 1, 2]).clients == [1, 4]
    fields = {"client_id": 0, "client": 1, "revenue": 2}
    orders = [("7", "North", 9.0), (None, "Order 1", 4.0), (None, "Order 2", 5.0)]
    assert sort_outlined(orders, [0, 1, 1], fields=fields).clients == [0]
    numbered = [(None, "North", 9.0), ("1", "Alfa", 4.0), ("2", "Beta", 5.0)]
    assert sort_outlined(numbered, [0, 1, 1], fields=fields).clients == [1, 2]
    twice = [*numbered, (None, "South", 3.0), ("1", "Alfa", 3.0)]
    assert sort_outlined(twice, [0, 1, 1, 0, 1], fields=fields).clients == [1, 2, 4]


def test_rows_grouped_for_another_reason_than_their_sums_all_stay():
    folded = [("Alfa", 4.0), ("Beta", 5.0), ("Gamma", 3.0), ("Delta", 8.5)]
    assert [*sort_outlined(folded, [0, 1, 1, 0]).clients] == [0, 1, 2, 3]
    counted = [*REGIONS, ("Total", 24.0)]
    assert [*sort_outlined(counted, [0, 1, 1, 0, 1, 0]).clients] == [0, 1, 2, 3, 4]


def test_a_head_that_contradicts_its_group_is_told():
    sorter = sort_outlined([*REGIONS[:3], ("South", 3.5), ("Gamma", 3.0)], [0, 1, 1, 0, 1])
    assert sorter.clients == [1, 2, 4]
    assert codes(sorter)[:3] == [(0, "group-row"), (3, "group-row"), (3, "total-differs")]


def codes(sorter):
    return [(remark.row, remark.code) for remark in sorter.remarks]


def test_the_total_of_a_group_is_known_by_its_end_and_fills_its_column():
    rows = [("North", "Alfa", 4.0), (None, "Beta", 5.0), ("North Total", None, 9.0), ("South", "Gamma", 1.0)]
    columns = list(zip(*rows, strict=True))
    sorter = RowSorter(columns, {"client": 1, "revenue": 2}, {2: list(columns[2])})
    assert (sorter.clients, sorter.fills) == ([0, 1, 3], {0: {1: "North"}})


def test_averages_and_shares_at_the_end_are_no_clients_but_a_client_may_be_called_so():
    assert sort(A, B, (None, "Average", None, 15.0, 150.0), fields=NO_ID)[0] == [0, 1]
    assert sort(A, (None, "Рост", "IT", 15.0, 150.0), B, fields=NO_ID)[0] == [0, 1, 2]


@pytest.mark.parametrize("nothing", [(None,) * 5, ("",) * 5, (" ", "", None, "\t", " ")])
def test_rows_that_hold_nothing_are_told_without_a_look_at_each(monkeypatch, nothing):
    looked, filled = [], Rows.filled
    monkeypatch.setattr(Rows, "filled", lambda self, row: looked.append(row) or filled(self, row))
    rows = [A, *[nothing] * 500, B, (None, "Total", None, 30.0, 300.0), nothing, ("signed: J. Doe", *(None,) * 4)]
    columns = list(zip(*rows, strict=True))
    amounts = {at: [cell if isinstance(cell, float) else None for cell in columns[at]] for at in (3, 4)}
    sorter = RowSorter(columns, FIELDS, amounts)
    assert (list(sorter.clients), [(each.row, each.code) for each in sorter.remarks]) == (
        [0, 501],
        [(502, "total-row"), (504, "not-a-client")],
    )
    assert not any(0 < row < 501 for row in looked)


def test_a_row_with_anything_in_a_column_that_is_no_field_is_not_one_of_nothing():
    columns = [("1", None, None), ("Alpha", None, None), (None, "Total", None), (10.0, None, None)]
    rows = Rows(columns, {"client_id": 0, "client": 1}, {3: [10.0, None, None]})
    assert (rows.blank([0, 1, 2]), rows.blank([1])) == ([2], [])


def test_sums_of_many_rows_agree_to_the_cent():
    rows = [(str(row), f"Client {row}", None, 0.1, 1e15) for row in range(3000)]
    assert differences(*rows, (None, "Total", None, 300.0, 3e18)) == []
    wrong = (None, "Total", None, 316.0, 3e18)  # by half a cent a row and more
    assert differences(*rows, wrong) == [(3000, 3, "total-differs", "error")]
