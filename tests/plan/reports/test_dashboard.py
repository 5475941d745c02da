"""The operational dashboard: like compared with like, everything adding up."""

import re
import shutil
from dataclasses import replace
from datetime import date

import pytest

from kam_xl.domain.classify import classify
from kam_xl.domain.model import Client
from kam_xl.domain.operational import OperationalPlan, PlanFact
from kam_xl.domain.periods import MONTH, YEAR, Period, Series
from kam_xl.locale import LANGUAGES
from kam_xl.plan.account.formulas import Computed
from kam_xl.plan.reports.dashboard import dashboard_values
from kam_xl.plan.reports.dashboard_fields import DASHBOARD_FIELDS, GROUP_ROWS
from kam_xl.plan.reports.dashboard_formulas import DASHBOARD_FORMULAS, with_dashboard_formulas
from tests.plan.account.test_formulas import approximately, recalculated

TODAY = date(2026, 4, 20)
MONTHS = Period(2026, YEAR).parts(MONTH)


def client(client_id, manager, plan, *facts, margin=None, **others):
    """A client that plans the same each month, with the facts of the first months."""
    revenue = PlanFact(
        Series(dict.fromkeys(MONTHS, plan) if plan else {}), Series(dict(zip(MONTHS, facts, strict=False)))
    )
    return Client(
        client_id,
        f"Client {client_id}",
        manager=manager,
        territory="North",
        operational=OperationalPlan(revenue, margin or PlanFact()),
        **others,
    )


ANN = client(
    "1",
    "Ann",
    100.0,
    90.0,
    80.0,
    100.0,
    reference=True,
    margin=PlanFact(Series({MONTHS[0]: 30.0}), Series({MONTHS[0]: 27.0})),
)
BOB = client("2", "Bob", 50.0, 60.0, 60.0, 60.0)
NEW = client("3", "", None, 5.0)
TABLE = [ANN, BOB, NEW, Client("4", "No plan")]


def shown(table=TABLE, lang="en"):
    """Field name -> values, formulas as what they come to, blanks left out."""
    found = {}
    for name, value in dashboard_values(classify(table, today=TODAY), lang).items():
        cells = [
            each.value if isinstance(each, Computed) else each
            for each in (value if isinstance(value, list) else [value])
        ]
        if kept := [each for each in cells if each not in (None, "")]:
            found[name.removeprefix("kam_dash_")] = kept if isinstance(value, list) else kept[0]
    return found


def test_the_summary_says_how_far_the_facts_reach_and_what_is_missing():
    assert (
        shown()["kam_summary"]
        == "2026, actual figures to Mar 2026: 2 clients have a plan, 1 has actual figures without a plan."
    )


def test_the_key_figures():
    found = shown()
    assert {name: value for name, value in found.items() if name.startswith(("revenue", "margin"))} == {
        "revenue_plan": 1800.0,
        "revenue_to_date": 450.0,
        "revenue_fact": 450.0,
        "revenue_deviation": 0.0,
        "revenue_share": 0.0,
        "revenue_unplanned": 5.0,
        "revenue_lead": 1805.0,
        "revenue_lead_share": 1805 / 1800,
        "revenue_pace": 1800.0,
        "revenue_key_fact": 270.0,
        "revenue_key_share": 0.6,
        "revenue_key_lead": 1170.0,
        "margin_plan": 30.0,
        "margin_to_date": 30.0,
        "margin_fact": 27.0,
        "margin_deviation": -3.0,
        "margin_share": -0.1,
        "margin_lead": 27.0,
    }


def test_managers_stand_by_where_they_lead_and_add_up_to_the_whole():
    found = shown()
    assert found["manager_name"] == ["Ann", "Bob", "Manager not given"]
    assert found["manager_deviation"] == [-30.0, 30.0]
    assert found["manager_lead"] == [1170.0, 630.0]  # what came in so far, without a plan, is no forecast
    assert sum(found["manager_lead"]) + 5.0 == found["revenue_lead"] == found["territory_lead"][0]


def test_without_any_plan_the_actual_so_far_is_no_forecast_of_the_year():
    found = shown([NEW, client("5", "Eva", None, 7.0, 8.0)])
    assert (found["revenue_unplanned"], found["manager_unplanned"]) == (20.0, [15.0, 5.0])
    assert not {"revenue_lead", "revenue_lead_share", "revenue_pace", "manager_lead", "territory_lead"} & set(found)


def test_groups_beyond_the_rows_of_the_sheet_stand_together():
    many = [client(str(number), f"M{number:02}", float(100 - number), 1.0) for number in range(GROUP_ROWS + 3)]
    found = shown(many)
    assert (len(found["manager_name"]), found["manager_name"][-1]) == (GROUP_ROWS, "Others")
    assert sum(found["manager_plan"]) == found["revenue_plan"]


def test_the_months_show_all_facts_those_without_a_plan_too():
    found = shown()
    assert (found["month_plan"], found["month_fact"]) == ([150.0] * 12, [155.0, 140.0, 160.0])


def test_the_largest_deviations_come_shortfalls_first():
    found = shown()
    assert (found["top_name"], found["top_deviation"], found["top_key"]) == (
        ["Client 1", "Client 2"],
        [-30.0, 30.0],
        ["Yes"],
    )


def test_two_months_say_nothing_of_the_pace_of_a_year():
    early = replace(BOB, operational=client("2", "Bob", 50.0, 60.0, 60.0).operational)
    assert "revenue_pace" not in shown([early])


def test_without_an_operational_plan_there_is_nothing_to_compare():
    found = shown([Client("4", "No plan")])
    assert found == {
        "kam_summary": "There is no operational plan in this workbook: there is nothing to compare.",
        "kam_built": TODAY,
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_field_has_as_many_values_as_rows(lang):
    values = dashboard_values(classify(TABLE, today=TODAY), lang)
    assert {name: len(values[name]) if isinstance(values[name], list) else 1 for name in DASHBOARD_FIELDS} == {
        name: field.rows for name, field in DASHBOARD_FIELDS.items()
    }


@pytest.mark.parametrize("name", DASHBOARD_FORMULAS)
def test_a_formula_names_declared_fields_and_no_cell(name):
    formula = DASHBOARD_FORMULAS[name]
    for text in [formula] if isinstance(formula, str) else formula:
        assert set(re.findall(r"kam_\w+", text)) <= set(DASHBOARD_FIELDS)
        assert not re.findall(r"\$?\b[A-Z]{1,3}\$?\d+\b", text)


def test_a_cell_read_from_a_sheet_may_come_as_a_list_of_one():
    cells = {"kam_dash_revenue_fact": 90.0, "kam_dash_revenue_to_date": 100.0, "kam_dash_manager_fact": [5.0, None]}
    found = with_dashboard_formulas({name: cell if isinstance(cell, list) else [cell] for name, cell in cells.items()})
    assert found == with_dashboard_formulas(cells)
    assert (found["kam_dash_revenue_deviation"].value, found["kam_dash_revenue_share"].value) == (-10.0, -0.1)


def awkward(name, field):
    """Numbers, zeros, text and blanks in every cell that formulas look at."""
    pattern = [100.0, 0.0, None, "much", -5.0, 7.5, 1e9, 3.0]
    start = sum(map(ord, name)) % len(pattern)
    return [pattern[(start + row) % len(pattern)] for row in range(field.rows)]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_a_spreadsheet_program_calculates_the_values_that_we_cache(tmp_path):
    typed = {name: awkward(name, field) for name, field in DASHBOARD_FIELDS.items() if name not in DASHBOARD_FORMULAS}
    good = {name: [50.0 + at for at in range(len(cells))] for name, cells in typed.items()}
    cases = [typed, good]
    formulas = {name: [text] if isinstance(text, str) else list(text) for name, text in DASHBOARD_FORMULAS.items()}
    seen = recalculated([case | formulas for case in cases], tmp_path)
    for case, cells in zip(cases, seen, strict=True):
        ours = {
            name: [each.value for each in (value if isinstance(value, list) else [value])]
            for name, value in with_dashboard_formulas(case).items()
        }
        assert {name: cells[name] for name in ours} == approximately(ours)
