"""Revenue by month in the client table is the actual of an operational plan without one."""

import pytest

from kam_xl.domain.periods import MONTH, Period
from tests.table.operational.test_plan import plan_of, table, told  # noqa: F401 (the fixture)

JAN, FEB, MAR, APR = (Period(2026, MONTH, number) for number in (1, 2, 3, 4))
MONTHS = ["Jan 2026", "Feb 2026", "Mar 2026", "Apr 2026"]
CLIENTS = [["Client ID", "Client", *MONTHS], ["C1", "Nord", 11, 12, 13, 14], ["C2", "Süd", 1, None, 3, 4]]
PLAN = [["Client ID", "Plan Jan 2026", "Plan Feb 2026"], ["C1", 10, 20], ["C2", 2, 2]]
NOTE = ("actual-from-table", "Clients", "C1")


def test_months_up_to_the_present_one_are_the_actual_and_it_is_told(table):  # noqa: F811
    found = table({"Operational plan": PLAN}, CLIENTS)
    assert [plan_of(found, position)["revenue fact"] for position in (0, 1)] == [
        {JAN: 11, FEB: 12, MAR: 13},
        {JAN: 1, MAR: 3},
    ]
    assert plan_of(found)["revenue plan"] == {JAN: 10, FEB: 20}
    assert NOTE in told(found)


def test_months_in_another_unit_come_in_that_of_the_plan(table):  # noqa: F811
    clients = [["Client ID", "Client", *(f"{month}, thousand" for month in MONTHS)], *CLIENTS[1:]]
    found = table({"Operational plan": PLAN}, clients)
    assert (plan_of(found)["revenue fact"], found.clients()[0].revenue) == (
        {JAN: 11_000, FEB: 12_000, MAR: 13_000},
        50_000,
    )


@pytest.mark.parametrize(
    ("plan", "clients"),
    [
        ([[*PLAN[0], "Actual Jan 2026"], ["C1", 10, 20, 9], ["C2", 2, 2, None]], CLIENTS),  # it has its own
        (PLAN, [["Client ID", "Client", "Revenue"], ["C1", "Nord", 50], ["C2", "Süd", 8]]),  # no months
        (PLAN, [["Client ID", "Client", "Q1 2026", "Q2 2026"], ["C1", "Nord", 5, 6], ["C2", "Süd", 1, 2]]),
        (PLAN, [["Client", "Product", *MONTHS], *(["Nord", each, 1, 2, 3, 4] for each in ("Pumps", "Pipes"))]),
    ],
)
def test_nothing_is_taken_otherwise(table, plan, clients):  # noqa: F811
    assert "actual-from-table" not in {code for code, _, _ in told(table({"Operational plan": plan}, clients))}


def test_a_present_month_without_any_revenue_is_not_known_yet(table):  # noqa: F811
    clients = [CLIENTS[0], ["C1", "Nord", 11, 12, 0, None], ["C2", "Süd", 1, None, 0, None]]
    found = table({"Operational plan": PLAN}, clients)
    assert plan_of(found)["revenue fact"] == {JAN: 11, FEB: 12}
    assert ("actual-from-table", "Clients", "C1") in told(found)


def test_months_beside_their_total_are_the_actual_as_well(table):  # noqa: F811
    clients = [[*CLIENTS[0], "Total 2026", "Budget"], [*CLIENTS[1], 50, 900], [*CLIENTS[2], 8, 700]]
    found = table({"Operational plan": PLAN}, clients)
    assert found.clients()[0].revenue == 50
    assert plan_of(found)["revenue fact"] == {JAN: 11, FEB: 12, MAR: 13}
    assert NOTE in told(found)


def test_months_that_do_not_make_the_total_are_not_taken(table):  # noqa: F811
    clients = [[*CLIENTS[0], "Total 2026", "Budget"], [*CLIENTS[1], 51, 900], [*CLIENTS[2], 8, 700]]
    assert NOTE not in told(table({"Operational plan": PLAN}, clients))
