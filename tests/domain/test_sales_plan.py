"""The sales plan: the client table's own, else the operational plan's."""

from datetime import date

from kam_xl.domain.classify import classify
from kam_xl.domain.model import Client, Status
from kam_xl.domain.operational import OperationalPlan, PlanFact
from kam_xl.domain.periods import Period, Series
from kam_xl.domain.settings import Settings

TODAY = date(2026, 6, 1)


def planned(amount):
    return OperationalPlan(PlanFact(Series({Period(2026, 12): amount})))


def statuses(*clients, settings=None):
    return [account.status for account in classify(clients, settings or Settings(), TODAY).accounts]


def test_the_operational_plan_stands_in_for_a_missing_sales_plan():
    small, large = statuses(Client("1", "A", operational=planned(5.0)), Client("2", "B", operational=planned(995.0)))
    assert (small.value, large.value) == (Status.POTENTIAL, Status.ACTUAL)
    assert small.argument.render() == (
        "Potential account: 0.5% of the sales plan (5 by the operational plan of 2026, of 1,000) is below 1%."
    )


def test_the_table_s_own_sales_plan_goes_first():
    own, _ = statuses(
        Client("1", "A", sales_plan=50.0, operational=planned(5.0)), Client("2", "B", operational=planned(950.0))
    )
    assert own.argument.render() == "Current account: 5% of the sales plan (50 of 1,000) is at least 1%."


def test_without_any_plan_revenue_decides():
    account, _ = statuses(Client("1", "A", revenue=5.0), Client("2", "B", revenue=95.0, operational=planned(5.0)))
    assert account.argument.render() == "Current account: 5% of all revenue (5 of 100) is at least 1%."


def test_the_year_of_the_table_s_header_is_the_base_year():
    table = [Client("1", "A", year=2024, operational=planned(5.0))]
    assert classify(table, today=TODAY).calendar.base_year == 2024


def test_a_setting_of_the_base_year_goes_before_the_header():
    table = [Client("1", "A", year=2024, operational=planned(5.0))]
    assert classify(table, Settings(base_year=2026), TODAY).calendar.base_year == 2026
