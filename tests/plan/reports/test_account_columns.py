"""Clients as columns of the list of key accounts."""

from kam_xl.domain.classify import classify
from kam_xl.domain.model import BudgetBasis, Client, Competitor, Position
from kam_xl.plan.reports.account_columns import account_columns, account_rows
from kam_xl.plan.reports.report_fields import KEY_ACCOUNTS

CLIENTS = [
    Client("1", "Nordwerk", revenue=60, procurement_budget=90, industry="Gas", reference=True),
    Client("2", "", revenue=-8, procurement_budget=40, budget_basis=BudgetBasis.ESTIMATED),
    Client("", "Alpha", expertise=True, competitors=(Competitor("Beta", 5),)),
    Client("4", "Gamma", revenue=1, procurement_budget=80, position=Position.STRONG, position_reason="sole supplier"),
]


def test_a_client_reads_the_same_among_others_and_alone():
    accounts = classify(CLIENTS).accounts

    assert account_rows(accounts, "en") == [account_rows([account], "en")[0] for account in accounts]


def test_the_columns_are_those_of_the_list_without_what_only_plans_tell():
    columns = account_columns(classify(CLIENTS).accounts, "en")

    assert set(columns) <= {column.code for column in KEY_ACCOUNTS}
    assert {len(column) for column in columns.values()} == {len(CLIENTS)}


def test_what_is_unknown_is_blank():
    second = account_rows(classify(CLIENTS).accounts, "en")[1]

    assert second["client"] is None
    assert second["revenue_share"] is None
    assert second["task"] is None
    assert second["above_limit"] is None
