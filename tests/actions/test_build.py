from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl import actions
from kam_xl.plan.account.plan_fields import PLAN_FIELDS
from tests.tables import CLIENTS, HEADER, edited, write_table


def named(sheet, name):
    """The cells of a sheet's own name, from the top down or from left to right."""
    ((_, address),) = sheet.defined_names[name].destinations
    cells = sheet[address]
    return [cell for row in cells for cell in row] if isinstance(cells, tuple) else [cells]


def value(sheet, name):
    return named(sheet, name)[0].value


@pytest.fixture(scope="module")
def built(built_xlsx):
    return openpyxl.load_workbook(built_xlsx, data_only=True)


def test_our_sheets_come_first_then_the_plans_then_the_person_s(built):
    ours = [
        "Key accounts",
        "Portfolio",
        "This week",
        "What changed",
        "Data check",
        "KAM settings",
        "Plan template",
    ]
    plans = ["Nordwerk", "Alfa", "Северсталь- Юг-Север", "=1+1"]
    assert [*built.sheetnames[:7], *sorted(built.sheetnames[7:11]), *built.sheetnames[11:]] == [
        *ours,
        *sorted(plans),
        "KAM record",
        "Clients",
        "Competitors",
    ]
    assert built["KAM record"].sheet_state == "hidden"
    assert (built.active.title, built.views[0].firstSheet) == ("Key accounts", 0)


def test_every_key_account_has_one_plan_named_after_it(built):
    plans = [name for name in built.sheetnames if "kam_client_id" in built[name].defined_names]
    assert sorted(plans) == sorted(["Plan template", "Nordwerk", "Alfa", "Северсталь- Юг-Север", "=1+1"])


def test_a_plan_says_what_the_rules_say(built):
    plan = built["Nordwerk"]
    assert [value(plan, name) for name in ("kam_client", "kam_revenue", "kam_budget", "kam_penetration")] == [
        "Nordwerk",
        600,
        1000,
        0.6,
    ]
    assert value(plan, "kam_position") == "Strong"
    assert "60%" in value(plan, "kam_position_argument")


def test_formulas_stand_in_the_plan_with_their_values_beside_them(built, built_xlsx):
    assert value(openpyxl.load_workbook(built_xlsx)["Nordwerk"], "kam_headroom").startswith("=IF(")
    assert value(built["Nordwerk"], "kam_headroom") == 400


def test_competitors_stand_in_the_plan(built):
    plan = built["Alfa"]
    assert [cell.value for cell in named(plan, "kam_competitor_name")][:3] == ["Rival", "Other", None]
    assert [cell.value for cell in named(plan, "kam_competitor_stance")][:3] == ["Subcontract", "Compete", None]


def test_every_field_that_the_program_fills_has_its_name_on_a_plan(built):
    assert PLAN_FIELDS.keys() <= built["Nordwerk"].defined_names.keys()


def test_a_name_that_begins_with_an_equals_sign_is_text_everywhere(built):
    plan = built["=1+1"]
    assert (named(plan, "kam_client")[0].data_type, value(plan, "kam_client")) == ("s", "=1+1")
    listed = [cell for row in built["Key accounts"] for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in listed] == ["s"]


def test_the_list_of_key_accounts_is_a_native_table_of_their_size(built):
    sheet = built["Key accounts"]
    first, last = sheet.tables["kam_key_accounts"].ref.split(":")
    assert sheet[last].row - sheet[first].row == 4
    assert [sheet.cell(sheet[first].row + rank, sheet[first].column + 1).value for rank in (1, 2)] == [
        "Nordwerk",
        "Северсталь: Юг/Север",
    ]


def test_findings_link_to_their_cells(build, tmp_path):
    bad = write_table(tmp_path / "bad.xlsx", [*CLIENTS, ["C01", "Twice", "Energy", "Ann", "много", -5, None, None]])
    build(bad, tmp_path / "plans.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "plans.xlsx")["Data check"]
    links = [cell.value for row in sheet for cell in row if str(cell.value).startswith("=HYPERLINK")]
    assert any("'Clients'!E8" in link for link in links)


@pytest.mark.parametrize(
    ("button", "made"),
    [
        (actions.classify, {"Key accounts"}),
        (actions.portfolio, {"Portfolio"}),
        (actions.check, {"Data check"}),
    ],
)
def test_each_button_makes_its_own_sheet_only(build, clients_xlsx, tmp_path, button, made):
    build(clients_xlsx, tmp_path / "out.xlsx", button)
    names = set(openpyxl.load_workbook(tmp_path / "out.xlsx").sheetnames)
    assert names - {"KAM record"} == {"Clients", "Competitors"} | made


def test_russian_sheets_for_russian_users(build, clients_xlsx, tmp_path):
    build(clients_xlsx, tmp_path / "plans.xlsx", lang="ru")
    book = openpyxl.load_workbook(tmp_path / "plans.xlsx", data_only=True)
    assert {"Ключевые клиенты", "Портфель", "Проверка данных", "Шаблон плана"} <= set(book.sheetnames)
    assert value(book["Nordwerk"], "kam_position") == "Сильная"


def test_a_plan_with_revenue_of_ten_months_says_so(build, tmp_path):
    header = [{"Revenue": "Jan-Oct 2025", "Notes": "2024"}.get(each, each) for each in HEADER]
    path = write_table(tmp_path / "months.xlsx", [[*each[:7], 700] for each in CLIENTS], header)
    build(path, path)
    plan = openpyxl.load_workbook(path, data_only=True)["Nordwerk"]
    assert (value(plan, "kam_revenue"), value(plan, "kam_period")) == (600, "10 months of 2025")


def test_sheet_names_already_taken_are_left_to_the_person(build, clients_xlsx, tmp_path):
    with edited(clients_xlsx) as book:
        book.create_sheet("Portfolio")["A1"] = "my own"
        book.create_sheet("NORDWERK")["A1"] = "mine too"
    build(clients_xlsx, tmp_path / "plans.xlsx")
    built = openpyxl.load_workbook(tmp_path / "plans.xlsx")
    assert (built["Portfolio"]["A1"].value, built["NORDWERK"]["A1"].value) == ("my own", "mine too")
    assert {"Portfolio (2)", "Nordwerk (2)"} <= set(built.sheetnames)


def test_rows_of_the_lists_are_as_high_as_their_texts_need(built):
    sheet = built["Key accounts"]
    rows = [row for row in range(6, 14) if sheet.cell(row, 1).value]
    assert len(rows) == 4
    assert all(15 <= sheet.row_dimensions[row].height <= 45 for row in rows)
    assert sheet.row_dimensions[rows[-1] + 1].height is None


def test_a_new_workbook_speaks_the_language_of_the_table_s_headers(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    book = xw.engines["file"].apps.add().books.open(Path(__file__).parents[2] / "examples" / "clients_ru.xlsx")
    actions.classify(book)
    assert "Ключевые клиенты" in [sheet.name for sheet in book.sheets]
