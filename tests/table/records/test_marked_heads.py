"""Heads of groups that an outline or missing ids mark, before and after figures below them were changed."""

import pytest

from kam_xl.table.grid import NO_OUTLINE, Outline
from kam_xl.table.records.rows import RowSorter

FLAT, DEEP = [0, 1, 1, 0, 1, 1], [0, 1, 2, 2, 1, 2, 2]
MANAGERS = [
    ("Ann", None, 30.0, 90.0),
    ("Alfa", "1", 10.0, 40.0),
    ("Beta", "2", 20.0, 50.0),
    ("Bob", None, 7.0, 21.0),
    ("Gamma", "3", 4.0, 1.0),
    ("Delta", "4", 3.0, 20.0),
]
REGION = [("North", None, 37.0, 111.0), *MANAGERS]


def sort(rows, *levels, depths=(), heads_below=False, ids=True, budgets=True):
    columns = [list(column) for column in zip(*rows, strict=True)]
    fields = {"client": 0, "revenue": 2} | ({"client_id": 1} if ids else {}) | ({"budget": 3} if budgets else {})
    amounts = {column: columns[column] for column in (2, 3)[: 1 + budgets]}
    outline = Outline(depths, heads_below) if depths else NO_OUTLINE
    levels = (*levels, "client") if levels else ()
    sorter = RowSorter(columns, fields, amounts, levels=levels, outline=outline)
    sorter.names = columns[0]
    return sorter


def changed(rows, **figures):
    """The rows with another revenue of some clients."""
    return [(name, key, figures.get(name, revenue), budget) for name, key, revenue, budget in rows]


def clients(sorter):
    return [sorter.names[row] for row in sorter.clients]


def told(sorter):
    found = [*sorter.remarks, *sorter.differences]
    return [(each.code, each.row) for each in found if each.code not in ("group-row", "groups-unknown", "total-row")]


@pytest.mark.parametrize("budgets", [True, False])
@pytest.mark.parametrize("depths", [(), FLAT])
def test_a_figure_changed_below_each_head_makes_no_client_of_a_head_but_its_sum_is_told(budgets, depths):
    sorter = sort(changed(MANAGERS, Alfa=11.0, Gamma=9.0), "manager", depths=depths, budgets=budgets)
    assert clients(sorter) == ["Alfa", "Beta", "Gamma", "Delta"]
    assert sorter.fills == {"manager": {1: "Ann", 2: "Ann", 4: "Bob", 5: "Bob"}}
    assert told(sorter) == [("total-differs", 0), ("total-differs", 3)]


@pytest.mark.parametrize("marks", [{"depths": FLAT, "budgets": False}, {}])
def test_nobody_needs_to_name_the_levels_where_two_marks_agree(marks):
    sorter = sort(changed(MANAGERS, Alfa=90.0, Gamma=90.0), **marks)
    assert clients(sorter) == ["Alfa", "Beta", "Gamma", "Delta"]
    assert told(sorter) == [("total-differs", 0), ("total-differs", 3)]


def test_heads_may_stand_below_their_groups():
    below = sort(changed(MANAGERS, Alfa=11.0, Gamma=9.0)[::-1], "manager", depths=FLAT[::-1], heads_below=False)
    assert clients(below) == ["Delta", "Gamma", "Beta", "Alfa"]
    assert clients(sort(changed(MANAGERS, Alfa=11.0, Gamma=9.0)[::-1], "manager")) == clients(below)


@pytest.mark.parametrize(("depths", "ids"), [((), True), (DEEP, True), (DEEP, False)])
def test_every_level_that_is_named_stays_known(depths, ids):
    sorter = sort(changed(REGION, Alfa=11.0), "territory", "manager", depths=depths, ids=ids)
    assert clients(sorter) == ["Alfa", "Beta", "Gamma", "Delta"]
    assert sorter.fills == {
        "territory": dict.fromkeys((2, 3, 5, 6), "North"),
        "manager": {2: "Ann", 3: "Ann", 5: "Bob", 6: "Bob"},
    }
    assert told(sorter) == [("total-differs", 1)]


@pytest.mark.parametrize("levels", [(), ("manager",)])
def test_without_ids_and_outline_the_sums_of_another_column_tell(levels):
    sorter = sort(changed(MANAGERS, Alfa=11.0, Gamma=9.0), *levels, ids=False)
    assert clients(sorter) == ["Alfa", "Beta", "Gamma", "Delta"]
    assert told(sorter) == [("total-differs", 0), ("total-differs", 3)]


@pytest.mark.parametrize("at", [2, 3, 6])
@pytest.mark.parametrize("is_counted", [True, False])
def test_a_client_without_an_id_stays_one_among_groups(at, is_counted):
    rows = [list(row) for row in MANAGERS]
    head = rows[0 if at < 4 else 3]
    if is_counted:
        head[2:] = [head[2] + 5.0, head[3] + 6.0]
    rows.insert(at, ["New", None, 5.0, 6.0])
    assert "New" in clients(sort(rows, "manager"))
    assert len(clients(sort(rows, "manager"))) == 5


def test_clients_without_ids_in_a_plain_list_are_no_heads():
    rows = [("Alfa", "1", 10.0, 40.0), ("New", None, 5.0, 6.0), ("Beta", "2", 20.0, 50.0), ("Gamma", "3", 1.0, 2.0)]
    sorter = sort(rows)
    assert (clients(sorter), told(sorter)) == (["Alfa", "New", "Beta", "Gamma"], [])


def test_levels_that_are_named_and_not_found_are_told():
    plain = [row for row in MANAGERS if row[1]]
    assert [(each.code, each.grade) for each in sort(plain, "manager", ids=False).remarks] == [
        ("groups-not-found", "error")
    ]
    assert [(each.code, each.grade) for each in sort(plain, "manager").remarks] == [("groups-not-found", "warning")]
    missing = [each for each in sort(MANAGERS, "territory", "manager").remarks if each.code == "groups-not-found"]
    assert [each.grade for each in missing] == ["warning"]


def test_rows_without_ids_that_double_the_table_are_heads_or_told():
    assert len(clients(sort(changed(MANAGERS, Alfa=11.0, Gamma=5.0), budgets=False))) == 4
    doubtful = sort(changed(MANAGERS, Alfa=25.0, Gamma=9.0), budgets=False)
    assert (len(clients(doubtful)), told(doubtful)) == (6, [("groups-suspected", None)])
