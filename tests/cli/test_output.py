from datetime import date

import pytest

from kam_xl.cli.output import explanation, print_accounts
from kam_xl.domain.classify import classify
from kam_xl.domain.model import Client
from kam_xl.domain.operational import OperationalPlan, PlanFact
from kam_xl.domain.periods import MONTH, YEAR, Period, Series

MONTHS = Period(2026, YEAR).parts(MONTH)


@pytest.mark.parametrize(
    ("plan", "lines"),
    [
        (
            {},
            ["Operational plan of 2026: unknown", "Actual without a plan: 15", "Forecast for the year: unknown"],
        ),
        (dict.fromkeys(MONTHS, 10.0), ["Operational plan of 2026: 120", "Forecast for the year: 115"]),
        (
            dict.fromkeys(MONTHS[:6], 10.0),
            ["Operational plan of 2026: 60 (6 of 12 months)", "Forecast for the year: 55 (6 of 12 months)"],
        ),
    ],
)
def test_an_explanation_says_what_the_year_of_the_plan_covers_and_what_came_in_without_a_plan(plan, lines):
    sales = PlanFact(Series(plan), Series(dict(zip(MONTHS, [7.0, 8.0], strict=False))))
    client = Client("1", "Nord", 100.0, operational=OperationalPlan(sales))
    classification = classify([client], today=date(2026, 3, 20))
    shown = explanation(classification.accounts[0], classification, [], "en").splitlines()
    told = ("Operational plan of", "Actual without", "Forecast")
    assert [line for line in shown if line.startswith(told)] == lines


def test_a_share_is_not_shown_as_the_bound_that_it_misses(capsys):
    clients = [Client("1", "Nord", 199_999.0, 1_000_000.0), Client("2", "Süd", 100_000.0, 500_000.0)]
    classification = classify(clients, today=date(2026, 3, 20))
    by_name = {account.client.client: account for account in classification.accounts}
    shown = [explanation(by_name[name], classification, [], "en").splitlines() for name in ("Nord", "Süd")]
    assert ["Penetration index: 19.9999%" in shown[0], "Penetration index: 20%" in shown[1]] == [True, True]
    print_accounts(classification.accounts, "en")
    [line] = [line for line in capsys.readouterr().out.splitlines() if "Nord" in line]
    assert ["19.9999%" in line, "Weak" in line] == [True, True]
