"""The operational plan in a book: in the plans, on the dashboard, at the first build and at later ones."""

import shutil
from datetime import date, datetime

import openpyxl
import pytest

from kam_xl import actions
from tests.actions.test_build import named, value
from tests.tables import CLIENTS, COMPETITORS, HEADER, edited

TODAY = date(2026, 3, 2)
MONTHS = [datetime(2026, month, 1) for month in range(1, 13)]
PLAN = [
    ["Client ID", "Indicator", *MONTHS],
    ["C01", "Revenue plan", *[50] * 12],
    ["C01", "Revenue fact", 40, 70],
    ["C02", "Revenue plan", *[5] * 12],
    ["C02", "Revenue fact", 5, 2],
]


def write_book(path, plan=PLAN):
    book = openpyxl.Workbook()
    sheets = [("Clients", [HEADER, *CLIENTS]), ("Competitors", COMPETITORS), ("Operational plan", plan or [])]
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book["Clients"]["B5"].data_type = "s"
    del book["Sheet"]
    book.save(path)
    return path


@pytest.fixture(scope="module")
def with_plan(build, tmp_path_factory):
    """A book with the usual operational plan, built once."""
    path = write_book(tmp_path_factory.mktemp("operational") / "plans.xlsx")
    build(path, path, today=TODAY)
    return path


@pytest.fixture
def plans(build, with_plan, tmp_path):
    """Build, and build again after a change of the book; gives the opened result."""

    def plans(change=None, button=actions.build_plans, plan=PLAN):
        path = tmp_path / "plans.xlsx"
        if not path.exists() and (plan, button) == (PLAN, actions.build_plans):
            shutil.copy(with_plan, path)
        elif not path.exists():
            build(write_book(tmp_path / "source.xlsx", plan), path, button, today=TODAY)
        if change:
            with edited(path) as book:
                change(book)
            build(path, path, button, today=TODAY)
        return openpyxl.load_workbook(path, data_only=True)

    return plans


def column(sheet, name):
    return [cell.value for cell in named(sheet, name)]


def test_a_plan_sets_its_years_beside_the_operational_plan(plans):
    plan = plans()["Nordwerk"]
    assert column(plan, "kam_operational_plan") == [None, 150, 150, 150, 150, 600, None]
    assert column(plan, "kam_operational_lead") == [None, 160, 150, 150, 150, 610, None]
    assert column(plan, "kam_operational_deviation") == [None, 10, None, None, None, 10, None]
    assert column(plan, "kam_trajectory_plan")[:2] == [None, 610]
    goal, gap = column(plan, "kam_trajectory_revenue")[1], column(plan, "kam_trajectory_gap")[1]
    assert gap == pytest.approx(goal - 610)


def test_the_dashboard_stands_behind_the_portfolio(plans):
    book = plans()
    ours = ["Key accounts", "Portfolio", "Operational dashboard", "This week", "What changed", "Data check"]
    assert book.sheetnames[:6] == ours
    dashboard = book["Operational dashboard"]
    assert column(dashboard, "kam_dash_manager_name")[:3] == ["Ann", "Bob", None]
    assert column(dashboard, "kam_dash_manager_deviation")[:2] == [10, -3]
    rows = [cell.row for cell in named(dashboard, "kam_dash_manager_name")]
    assert [dashboard.row_dimensions[row].hidden for row in rows] == [False, False] + [True] * (len(rows) - 2)
    assert [value(dashboard, f"kam_dash_revenue_{name}") for name in ("plan", "to_date", "fact", "deviation")] == [
        *(660, 110, 117, 7),
    ]


def hides_margin(dashboard):
    rows = [named(dashboard, "kam_dash_margin_plan")[0].row - above for above in (1, 0)]
    assert len({dashboard.row_dimensions[row].hidden for row in rows}) == 1
    return dashboard.row_dimensions[rows[0]].hidden


def test_the_tiles_of_the_margin_show_only_where_a_margin_is_known_or_typed(plans):
    def with_margin(book):
        book["Operational plan"].append(["C01", "Margin plan", *[20] * 12])

    assert hides_margin(plans()["Operational dashboard"])
    assert not hides_margin(plans(with_margin)["Operational dashboard"])


def test_a_margin_that_somebody_typed_on_the_dashboard_shows(plans):
    def typed(book):
        named(book["Operational dashboard"], "kam_dash_margin_fact")[0].value = 7

    assert not hides_margin(plans(typed)["Operational dashboard"])


def test_without_an_operational_plan_there_is_no_dashboard_and_the_plan_says_why(plans):
    book = plans(plan=None)
    assert "Operational dashboard" not in book.sheetnames
    assert value(book["Nordwerk"], "kam_operational_note").startswith("There is no operational plan in this workbook")


def test_the_button_refuses_a_book_without_an_operational_plan(plans):
    with pytest.raises(actions.NoOperationalPlanError, match="no operational plan was found"):
        plans(plan=None, button=actions.dashboard)


def test_the_button_adds_the_dashboard_alone(plans):
    ours = set(plans(button=actions.dashboard).sheetnames) - {"Clients", "Competitors", "Operational plan"}
    assert ours == {"Operational dashboard", "KAM record"}


def test_new_facts_move_plans_and_dashboard(plans):
    def march(book):
        book["Operational plan"]["E3"] = 10

    book = plans(march)
    assert column(book["Nordwerk"], "kam_operational_lead")[5] == 570
    assert column(book["Nordwerk"], "kam_trajectory_plan")[1] == 570
    assert value(book["Operational dashboard"], "kam_dash_revenue_deviation") == -33


def test_what_people_typed_beside_the_operational_plan_stays(plans):
    def own_figures(book):
        named(book["Nordwerk"], "kam_trajectory_plan")[1].value = 777
        named(book["Nordwerk"], "kam_trajectory_plan")[3].value = 999
        named(book["Operational dashboard"], "kam_dash_manager_name")[0].value = "Team North"
        book["Operational plan"]["E3"] = 10

    book = plans(own_figures)
    assert column(book["Nordwerk"], "kam_trajectory_plan")[:4] == [None, 777, None, 999]
    assert value(book["Operational dashboard"], "kam_dash_manager_name") == "Team North"


def test_a_year_typed_where_the_operational_plan_says_nothing_is_nobody_s_mistake(plans):
    def own_year(book):
        named(book["Nordwerk"], "kam_trajectory_plan")[3].value = 999

    messages = [cell.value for cell in plans(own_year)["Data check"]["F"]]
    assert "A computed cell was typed over; it stays as it is." not in messages


def test_a_plan_sheet_without_the_new_fields_goes_on_working(plans):
    def old(book):
        for name in [name for name in book["Nordwerk"].defined_names if name.startswith("kam_operational")]:
            del book["Nordwerk"].defined_names[name]
        book["Operational plan"]["E3"] = 10

    assert column(plans(old)["Nordwerk"], "kam_trajectory_plan")[1] == 570


def test_a_dashboard_whose_plan_is_gone_says_so(plans):
    def no_plan(book):
        del book["Operational plan"]

    dashboard = plans(no_plan)["Operational dashboard"]
    assert (
        value(dashboard, "kam_summary") == "There is no operational plan in this workbook: there is nothing to compare."
    )
    assert value(dashboard, "kam_dash_revenue_plan") is None
