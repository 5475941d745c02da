"""The list of key accounts and the data check."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from kam_xl.domain.classify import classify
from kam_xl.domain.model import Client, Competitor, Position
from kam_xl.domain.operational import OperationalPlan, PlanFact
from kam_xl.domain.periods import YEAR, Period, Series
from kam_xl.domain.settings import Settings
from kam_xl.locale import LANGUAGES, Text
from kam_xl.plan.account.content import plan_values
from kam_xl.plan.account.formulas import Computed
from kam_xl.plan.reports.lists import (
    FormerAccount,
    PlanSheet,
    data_check_rows,
    data_check_summary,
    key_accounts_rows,
    key_accounts_summary,
    notice,
    ranking_rule,
)
from kam_xl.plan.reports.portfolio import portfolio_values
from kam_xl.plan.reports.portfolio_money import money_values
from kam_xl.plan.reports.report_fields import DATA_CHECK, KEY_ACCOUNTS
from kam_xl.plan.units import TableUnit

NORDWERK = Client(
    "7",
    "Nordwerk",
    revenue=120.0,
    procurement_budget=1000.0,
    industry="Telecoms",
    manager="Ann",
    competitors=(Competitor("Alfa", 300.0),),
)
SOUTH = Client("8", "South", revenue=700.0)
EAST = Client("9", "East", revenue=5.0)
RESULT = classify([EAST, SOUTH, NORDWERK], today=date(2026, 3, 31))


PLAN = PlanSheet(
    "Nordwerk's",
    {
        "kam_goal_revenue": 500.0,
        "kam_goal_open": 380.0,
        "kam_next_what": "Call them",
        "kam_next_when": date(2026, 4, 1),
        "kam_unfilled": "",
    },
)


def test_a_key_account_is_listed_with_its_plan_and_its_arguments():
    _, second = key_accounts_rows(RESULT, {"7": PLAN}, lang="en")
    arguments = second.pop("arguments")
    assert second == {
        "rank": 2,
        "client": "Nordwerk",
        "criteria": "Revenue, Prospect",
        "revenue": 120.0,
        "revenue_share": 120 / 825,
        "goal": 500.0,
        "gap": 380.0,
        "value_at_stake": 200.0,
        "position": "Weak",
        "potential": "High",
        "task": "Protect the income; Attack: win a share from competitors",
        "next_step": "Call them",
        "next_date": date(2026, 4, 1),
        "plan": Computed("=HYPERLINK(\"#'Nordwerk''s'!A1\",\"Filled in\")", "Filled in"),
        "client_id": "7",
        "manager": "Ann",
        "industry": "Telecoms",
        "territory": None,
        "budget_note": None,
        "procurement_budget": 1000.0,
        "penetration": 0.12,
        "headroom": 880.0,
        "attainable_gain": 80.0,
        "competitor_revenue": 300.0,
        "criteria_met": 2,
        "affects": "Financial results, directly; future revenue",
        "strategy": "Attack or ally (subcontract, coexist)",
        "status": RESULT.key_accounts[1].status.value.label.render("en"),
        "above_limit": "Yes",
        "account_state": "Key account",
        "unfilled": None,
    }
    account = RESULT.key_accounts[1]
    said = [account.rank_argument, *account.arguments(), *(task.argument for task in account.tasks)]
    assert [each for each in said if each.render("en") not in arguments] == []


def test_without_a_plan_the_goal_is_the_proposed_one():
    (row, _), account = key_accounts_rows(RESULT, {}, lang="en"), RESULT.key_accounts[0]
    goal = RESULT.proposal(account).goals[-1].revenue
    assert (row["goal"], row["gap"], row["next_step"], row["plan"]) == (goal, goal - 700.0, None, None)


def test_of_nothing_known_there_is_no_goal():
    (row,) = key_accounts_rows(classify([Client("7", "Nordwerk", reference=True)]), {}, lang="en")
    assert (row["goal"], row["gap"]) == (None, None)


def test_what_is_still_open_of_a_proposal_is_what_its_plan_would_show():
    """The last operational plan counts, though the horizon lies behind it; more than the goal is below zero."""
    year_2026 = OperationalPlan(PlanFact(Series({Period(2026, YEAR): 900.0})))
    shrinking = Settings(budget_growth=-0.5, horizon_years=2)
    for client in (
        Client("7", "Nordwerk", 700.0, 1000.0, operational=year_2026),
        Client("7", "Nordwerk", 150.0, 1000.0, reference=True),
    ):
        result = classify([client, EAST], shrinking, date(2026, 3, 31))
        plan = plan_values(result.key_accounts[0], result, lang="en", built=result.today)
        (row,) = key_accounts_rows(result, {}, lang="en")
        assert row["gap"] == pytest.approx(plan["kam_goal_open"].value)
    assert row["gap"] < 0


def test_the_list_says_why_many_goals_add_the_same():
    """Only where the ceiling limits, and with what leads beyond it."""
    giants = [Client(str(number), "Giant", 10.0, 1e5) for number in range(2)]
    rule = "Key accounts by revenue come first"
    assert ranking_rule(classify(giants), {}, "en").startswith(rule)
    assert ranking_rule(classify(giants), {}, "en").endswith(
        "No proposed goal adds more than 7.28: together the key accounts would add 39,980, and our revenue of 20 can "
        "grow by 14.56 in that time (20% a year)."
    )
    year = date.today().year
    planned = OperationalPlan(PlanFact(Series({Period(each, YEAR): 20.0 for each in range(year - 2, year + 6)})))
    beyond = [Client("1", "Giant", 10.0, 1e5), Client("2", "Planned", 10.0, 1e5, operational=planned)]
    assert "adds more than 4.56 unless its operational plan does: together" in ranking_rule(classify(beyond), {}, "en")
    assert "adds more" not in ranking_rule(RESULT, {}, "en")


@pytest.mark.parametrize(
    ("fields", "shown"),
    [({"kam_unfilled": "No goal"}, "To fill in"), ({"kam_unfilled": ""}, "Filled in"), ({}, "Open")],
)
def test_the_link_says_whether_the_plan_is_filled_in(fields, shown):
    row, _ = key_accounts_rows(RESULT, {"8": PlanSheet("South", fields)}, lang="en")
    assert row["plan"].value == shown


def test_accounts_stand_by_rank_and_one_above_the_limit_says_so():
    rows = key_accounts_rows(RESULT, {}, lang="en")
    assert [(row["rank"], row["client"], row["above_limit"]) for row in rows] == [
        (1, "South", None),
        (2, "Nordwerk", "Yes"),
    ]


def test_a_person_s_reason_without_a_full_stop_is_told_apart_from_the_next_argument():
    client = Client("1", "Nordwerk", reference=True, position=Position.WEAK, position_reason="they went to tender")
    (row,) = key_accounts_rows(classify([client], today=date(2026, 3, 31)), {}, lang="en")
    assert "they went to tender." in row["arguments"]


def test_former_accounts_stand_below_with_the_numbers_that_are_left():
    former = [FormerAccount("9", "East GmbH", "No longer key"), FormerAccount("5", "Gone", "Not in the table")]
    rows = key_accounts_rows(RESULT, {"5": PlanSheet("Gone", {})}, former, lang="en")[2:]
    assert [(row["rank"], row["client"], row["revenue"], row["criteria"], row["plan"] and 1) for row in rows] == [
        (None, "East", 5.0, "No longer key", None),
        (None, "Gone", None, "Not in the table", 1),
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_row_has_every_column(lang):
    rows = key_accounts_rows(RESULT, {}, [FormerAccount("5", "Gone", "")], lang=lang)
    assert [list(row) for row in rows] == [[column.code for column in KEY_ACCOUNTS]] * 3


def table(keys, others):
    marked = [Client(f"k{number}", "K", reference=True) for number in range(keys)]
    return classify([*marked, *(Client(f"o{number}", "O") for number in range(others))])


@pytest.mark.parametrize(
    ("keys", "others", "lang", "summary"),
    [
        (14, 115, "en", "129 clients, 14 key accounts; the limit allows 19, none is above it."),
        (1, 0, "en", "1 client, 1 key account; the limit allows 1, none is above it."),
        (3, 18, "en", "21 clients, 3 key accounts; the limit allows 3, none is above it."),
        (4, 1, "en", "5 clients, 4 key accounts; the limit allows 1, 3 are above it."),
        (0, 0, "en", "0 clients, 0 key accounts; the limit allows 0, none is above it."),
        (14, 115, "ru", "129 клиентов, 14 ключевых клиентов; лимит допускает 19, сверх лимита никого нет."),
        (4, 17, "ru", "21 клиент, 4 ключевых клиента; лимит допускает 3, сверх лимита — 1."),
    ],
)
def test_the_summary_counts_clients_key_accounts_and_the_limit(keys, others, lang, summary):
    assert key_accounts_summary(table(keys, others), lang) == summary


@dataclass(frozen=True)
class Found:
    grade: str
    message: Text
    sheet: str = "My clients"
    cell: str = "D7"
    client_id: str = "7"
    client: str = "Nordwerk"
    value: object = -5.0
    code: str = "negative"
    remedy: Text = Text("Correct it.")  # noqa: RUF009 (a Text never changes)


def test_a_finding_says_where_what_and_how_and_links_to_its_cell():
    assert data_check_rows([Found("error", Text("Revenue is negative."))], "en") == [
        {
            "grade": "Error",
            "sheet": "My clients",
            "cell": Computed('=HYPERLINK("#\'My clients\'!D7","D7")', "D7"),
            "client_id": "7",
            "client": "Nordwerk",
            "message": "Revenue is negative.",
            "value": "\N{MINUS SIGN}5",
            "remedy": "Correct it.",
        }
    ]


def test_a_finding_about_no_cell_has_no_link():
    row = data_check_rows([Found("note", Text("All is well."), cell="", value=None, remedy=Text(""))], "en")[0]
    assert list(row) == [column.code for column in DATA_CHECK]
    assert (row["cell"], row["value"], row["remedy"]) == (None, None, None)


def test_a_name_that_serves_as_the_id_is_named_once():
    row = data_check_rows([Found("warning", Text("No id."), client_id="Nordwerk")], "en")[0]
    assert (row["client_id"], row["client"]) == (None, "Nordwerk")


def test_what_occurs_often_comes_after_what_occurs_once():
    often = [Found("warning", Text("No id."), cell=f"A{row}", code="missing-id") for row in range(2, 6)]
    once = Found("warning", Text("Perhaps one client."), code="same-client")
    note = Found("note", Text("A total."), code="total")
    rows = data_check_rows([often[0], often[1], once, note, *often[2:]], "en")
    assert [row["message"] for row in rows] == ["Perhaps one client.", *["No id."] * 4, "A total."]
    few = data_check_rows([*often[:3], once], "en")
    assert [row["message"] for row in few] == [*["No id."] * 3, "Perhaps one client."]


def test_errors_come_first_and_else_the_order_is_that_of_the_table():
    found = [
        Found(grade, Text(text)) for grade, text in [("note", "a"), ("error", "b"), ("warning", "c"), ("error", "d")]
    ]
    assert [row["message"] for row in data_check_rows(found, "en")] == ["b", "d", "c", "a"]


@pytest.mark.parametrize(
    ("grades", "lang", "summary"),
    [
        ([], "en", "Nothing to correct."),
        (["error", "note", "error"], "en", "2 errors, 0 warnings, 1 note."),
        (["warning"] * 22, "ru", "0 ошибок, 22 предупреждения, 0 примечаний."),
    ],
)
def test_the_data_check_counts_its_findings(grades, lang, summary):
    assert data_check_summary([Found(grade, Text("a")) for grade in grades], lang) == summary


def test_a_plan_counts_once_where_two_key_accounts_have_its_id():
    result = classify([NORDWERK, SOUTH, replace(NORDWERK, client="Namesake", revenue=300.0)], today=date(2026, 3, 31))
    years = {
        "kam_trajectory_year": [2025, 2026, 2027, 2028],
        "kam_trajectory_revenue": [300.0, 500.0, 500.0, 500.0],
    }
    plans = {"7": replace(PLAN, years=years)}
    rows = {row["client"]: row for row in key_accounts_rows(result, plans, lang="en")}
    assert (rows["Nordwerk"]["goal"], rows["Nordwerk"]["plan"].value) == (500.0, "Filled in")
    proposed = next(account for account in result.key_accounts if account.client.client == "Namesake")
    assert (rows["Namesake"]["goal"], rows["Namesake"]["plan"]) == (
        result.proposal(proposed).goals[-1].revenue,
        "ID not unique",
    )
    money = money_values(result, {client_id: plan.years for client_id, plan in plans.items()})
    assert money["kam_total_goals"][3] == pytest.approx(sum(row["goal"] for row in rows.values()))
    said = "1 key account has the ID of another one and so no plan of its own; its proposed goal counts: Namesake (7)."
    assert ranking_rule(result, {}, "en").endswith(said)
    assert money["kam_goals_note"].render("en").endswith(said)


@pytest.mark.parametrize(
    ("years", "goals", "said"),
    [
        ([2025, 2026, 2027, 2028, 2029, 2030], [120.0, 200.0, 300.0, 400.0, 500.0, 600.0], "Nordwerk (2030)."),
        ([2025, 2026, 2027, "", "", ""], [120.0, 200.0, 300.0, "", "", ""], "Nordwerk (2027)."),
        ([2025, "", "", "", "", ""], [120.0, "", "", "", "", ""], "Nordwerk (no goal)."),
        ([2025, 2026, 2027, 2028, "", ""], [120.0, 200.0, 300.0, 400.0, "", ""], ""),
    ],
)
def test_a_goal_for_another_year_than_the_list_names_is_told(years, goals, said):
    plan = replace(PLAN, years={"kam_trajectory_year": years, "kam_trajectory_revenue": goals})
    begins = " Goals for another year, as their plans have it: "
    assert ranking_rule(RESULT, {"7": plan}, "en").partition(begins)[2] == said


def test_the_notice_says_first_that_the_revenue_is_of_a_part_of_a_year():
    part = "Revenue of 2 months of 2025 only: positions, shares and goals rest on it."
    assert notice(RESULT, TableUnit(months=2)).render("en").replace("\N{NO-BREAK SPACE}", " ") == part
    assert notice(RESULT, TableUnit()) is None
    wide = classify([Client(str(number), "Small", revenue=1.0) for number in range(50)], today=date(2026, 3, 31))
    assert notice(wide, TableUnit(months=2)).render("en").startswith("Revenue of 2")
    assert notice(wide, TableUnit(months=2)).render("en").endswith(notice(wide, TableUnit()).render("en"))
    assert portfolio_values(RESULT, "en", unit=TableUnit(months=2))["kam_notice"].startswith("Revenue of 2")
