"""The list of key accounts and the data check."""

from dataclasses import dataclass
from datetime import date

import pytest

from kam_xl.domain.classify import classify
from kam_xl.domain.model import Client, Competitor, Position
from kam_xl.locale import LANGUAGES, Text
from kam_xl.plan.formulas import Computed
from kam_xl.plan.report_fields import DATA_CHECK, KEY_ACCOUNTS
from kam_xl.plan.reports import (
    FormerAccount,
    data_check_rows,
    data_check_summary,
    key_accounts_rows,
    key_accounts_summary,
)

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


def test_a_key_account_is_listed_with_its_class_and_arguments():
    first, _ = key_accounts_rows(RESULT, {"7": "Nordwerk's"}, lang="en")
    assert first == {
        "rank": 1,
        "client_id": "7",
        "client": "Nordwerk",
        "plan": Computed("=HYPERLINK(\"#'Nordwerk''s'!A1\",\"Open\")", "Open"),
        "industry": "Telecoms",
        "territory": None,
        "manager": "Ann",
        "revenue": 120.0,
        "revenue_share": 120 / 825,
        "procurement_budget": 1000.0,
        "penetration": 0.12,
        "headroom": 880.0,
        "competitor_revenue": 300.0,
        "criteria": "Revenue, Prospect",
        "criteria_met": 2,
        "affects": "Financial results, directly; future revenue",
        "position": "Weak",
        "potential": "High",
        "strategy": "Attack or ally (subcontract, coexist)",
        "status": "Actual",
        "above_limit": None,
        "account_state": "Key account",
        "arguments": "Revenue: 14.5% of all revenue (120 of 825) is more than 10%. "
        "Prospect: penetration 12% (120 of 1,000) is below 20%; procurement budget 1,000, potential high; "
        "competitors earn 300 there. "
        "Position weak: penetration 12% (120 of 1,000) is below 20%. "
        "Potential high: procurement budget 1,000 is at least 1,000 (percentile 80 of the known budgets). "
        "Actual account: 14.5% of all revenue (120 of 825) is at least 1%.",
    }


def test_accounts_stand_by_rank_and_one_above_the_limit_says_so():
    rows = key_accounts_rows(RESULT, {}, lang="en")
    assert [(row["rank"], row["client"], row["plan"], row["above_limit"]) for row in rows] == [
        (1, "Nordwerk", None, None),
        (2, "South", None, "Yes"),
    ]


def test_a_person_s_reason_without_a_full_stop_is_told_apart_from_the_next_argument():
    client = Client("1", "Nordwerk", reference=True, position=Position.WEAK, position_reason="they went to tender")
    (row,) = key_accounts_rows(classify([client], today=date(2026, 3, 31)), {}, lang="en")
    assert "they went to tender." in row["arguments"]


def test_former_accounts_stand_below_with_the_numbers_that_are_left():
    former = [FormerAccount("9", "East GmbH", "No longer key"), FormerAccount("5", "Gone", "Not in the table")]
    rows = key_accounts_rows(RESULT, {"5": "Gone"}, former, lang="en")[2:]
    assert [
        (row["rank"], row["client"], row["revenue"], row["criteria_met"], row["account_state"], row["plan"] and 1)
        for row in rows
    ] == [(None, "East", 5.0, 0, "No longer key", None), (None, "Gone", None, None, "Not in the table", 1)]


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
        (0, 0, "en", "0 clients, 0 key accounts; the limit allows 1, none is above it."),
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
            "value": -5.0,
            "remedy": "Correct it.",
        }
    ]


def test_a_finding_about_no_cell_has_no_link():
    row = data_check_rows([Found("note", Text("All is well."), cell="", value=None, remedy=Text(""))], "en")[0]
    assert list(row) == [column.code for column in DATA_CHECK]
    assert (row["cell"], row["value"], row["remedy"]) == (None, None, None)


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
