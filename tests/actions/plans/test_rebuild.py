"""A second run on its own output: numbers follow the table, what people typed stays."""

import re
from itertools import pairwise
from zipfile import ZipFile

import openpyxl
import pytest
import xlwings as xw

from kam_xl.actions import Options, build_plans
from kam_xl.actions.book.record import Record
from kam_xl.actions.book.sheets import NamedSheet, OurSheets
from kam_xl.actions.report_lines import plan_lines
from kam_xl.engines.values import Formula
from kam_xl.plan.account.formulas import FORMER
from kam_xl.plan.fields import OurSheet
from tests.actions.teamwork import opened, type_into
from tests.actions.test_build import named, value
from tests.tables import CLIENTS, TODAY, edited


@pytest.fixture
def rebuilt(build, plans_xlsx, tmp_path):
    """Change the built workbook as a person would, build it again, and read it."""

    def rebuilt(change, **options):
        with edited(plans_xlsx) as book:
            change(book)
        rebuilt.report = build(plans_xlsx, tmp_path / "again.xlsx", **options)
        return openpyxl.load_workbook(tmp_path / "again.xlsx", data_only=True)

    return rebuilt


def test_entries_and_proposals_stay_while_numbers_follow(rebuilt):
    def change(book):
        named(book["Nordwerk"], "kam_goal")[0].value = "Win the second plant"
        named(book["Nordwerk"], "kam_target_penetration")[0].value = 0.9
        named(book["Nordwerk"], "kam_action_what")[2].value = "Visit"
        book["Clients"]["E2"] = 700

    plan = rebuilt(change)["Nordwerk"]
    assert (value(plan, "kam_goal"), value(plan, "kam_target_penetration")) == ("Win the second plant", 0.9)
    assert named(plan, "kam_action_what")[2].value == "Visit"
    assert (value(plan, "kam_revenue"), value(plan, "kam_penetration")) == (700, 0.7)
    assert named(plan, "kam_trajectory_penetration")[3].value == pytest.approx(0.9)


def told(rebuilt, *codes):
    return [
        (each.code, each.client_id, each.cell, each.message.render("en"))
        for each in rebuilt.report.findings
        if each.code in codes
    ]


def test_a_proposal_that_no_longer_fits_is_told_until_somebody_changes_it(rebuilt):
    """Nordwerk loses most of its revenue: its old target stays, and what would be proposed now is told."""

    def fall(book):
        book["Clients"]["E2"] = 100

    book = rebuilt(fall)
    cell = named(book["Nordwerk"], "kam_target_penetration")[0]
    old = "Target penetration index 70% (would be 19.9% now)"
    text = f"Proposed from older figures or settings, and not changed since: {old}."
    assert ("proposal-outdated", "C01", cell.coordinate, text) in told(rebuilt, "proposal-outdated")

    def decide(book):
        named(book["Nordwerk"], "kam_target_penetration")[0].value = 0.3

    rebuilt(lambda book: (fall(book), decide(book)))
    assert "C01" not in [client for _, client, _, _ in told(rebuilt, "proposal-outdated")]


def test_a_budget_that_comes_later_brings_its_proposals_once(rebuilt, build, tmp_path):
    """No budget, no target: the first that can be proposed is, and clearing it is as good as ever."""
    fields = ("kam_target_position", "kam_target_penetration", "kam_goal_revenue")

    def budget(book):
        assert [value(book["=1+1"], name) for name in fields[:2]] == [None, None]
        book["Clients"]["F5"] = 300

    plan = rebuilt(budget)["=1+1"]
    assert [value(plan, name) for name in fields] == ["Strong", 0.5, pytest.approx(150)]
    again = tmp_path / "again.xlsx"
    with edited(again) as book:
        named(book["=1+1"], "kam_target_penetration")[0].value = None
    build(again, again)
    plan = openpyxl.load_workbook(again, data_only=True)["=1+1"]
    assert [value(plan, name) for name in fields] == ["Strong", None, None]


def test_a_budget_that_goes_away_leaves_the_goal_at_the_revenue(rebuilt):
    def gone(book):
        book["Clients"]["F2"] = None

    plan = rebuilt(gone)["Nordwerk"]
    assert (value(plan, "kam_goal_revenue"), value(plan, "kam_target_position")) == (600, "Strong")


def test_strengths_of_a_competitor_that_come_later_are_proposed(rebuilt):
    def rate(book):
        book["Competitors"]["D4"] = "range"

    plan = rebuilt(rate)["Alfa"]
    names, strengths = (
        [cell.value for cell in named(plan, f"kam_competitor_{name}")[:2]] for name in ("name", "strengths")
    )
    assert dict(zip(names, strengths, strict=True)) == {"Rival": None, "Other": "range"}


def test_a_table_that_did_not_change_makes_no_proposal_outdated(rebuilt):
    rebuilt(lambda book: None)
    assert told(rebuilt, "proposal-outdated", "goal-below-revenue") == []


def test_a_goal_that_revenue_has_passed_is_told(rebuilt):
    def change(book):
        named(book["Северсталь- Юг-Север"], "kam_target_penetration")[0].value = 0.2

    book = rebuilt(change)
    cell = named(book["Северсталь- Юг-Север"], "kam_goal_revenue")[0]
    text = "The goal of 50 is below today's revenue of 100."
    assert told(rebuilt, "goal-below-revenue") == [("goal-below-revenue", "C03", cell.coordinate, text)]


def test_a_goal_typed_over_is_told_with_what_counts_instead(rebuilt):
    def change(book):
        named(book["Nordwerk"], "kam_goal_revenue")[0].value = 950

    book = rebuilt(change)
    cell = named(book["Nordwerk"], "kam_goal_revenue")[0]
    text = "The goal of 950 was typed over; list and portfolio count it, but the years on page 2 lead to 700."
    assert told(rebuilt, "goal-typed-over") == [("goal-typed-over", "C01", cell.coordinate, text)]


@pytest.mark.parametrize("formula", [None, FORMER["kam_goal_open"]])
def test_what_is_open_is_the_goal_of_page_1_less_the_plan_wherever_it_shows(rebuilt, formula):
    """Also in a plan that an earlier version made, whose formula looked at the years alone."""

    def change(book):
        named(book["Nordwerk"], "kam_goal_revenue")[0].value = 950
        if formula:
            named(book["Nordwerk"], "kam_goal_open")[0].value = formula

    book = rebuilt(change)
    assert [value(book["Nordwerk"], f"kam_goal_{name}") for name in ("revenue", "secured", "open")] == [950, 600, 350]
    plans = [book[name] for name in ("Nordwerk", "Alfa", "Северсталь- Юг-Север", "=1+1")]
    totals = [named(book["Portfolio"], f"kam_total_{name}")[3].value for name in ("goals", "open")]
    assert totals == [
        sum(value(each, "kam_goal_revenue") for each in plans),
        sum(max(value(each, "kam_goal_open"), 0) for each in plans),
    ]
    rows = [row for row in book["Key accounts"].iter_rows(values_only=True) if "Nordwerk" in row]
    assert {950, 350} <= set(rows[0])


def test_a_formula_that_nothing_has_calculated_is_told_and_ours_are_not(rebuilt):
    """As a program writes it that is no spreadsheet: the value is missing, and nothing may be counted in its place."""

    def change(book):
        named(book["Nordwerk"], "kam_target_penetration")[0].value = "=0.9+0.05"

    book = rebuilt(change)
    cell = named(book["Nordwerk"], "kam_target_penetration")[0]
    text = "The formula in Target penetration index has never been calculated: it counts as blank."
    assert told(rebuilt, "formula-without-value") == [("formula-without-value", "C01", cell.coordinate, text)]


def test_a_formula_whose_value_is_an_empty_text_is_calculated(build, plans_xlsx, tmp_path):
    type_into(plans_xlsx, {("C01", "kam_goal[0]"): Formula('=""', "")})
    assert "formula-without-value" not in {each.code for each in build(plans_xlsx, tmp_path / "again.xlsx").findings}


@pytest.mark.parametrize(("field", "at"), [("kam_goal_revenue", 0), ("kam_trajectory_revenue", 1)])
def test_a_goal_above_everything_that_the_client_buys_is_told(rebuilt, field, at):
    def change(book):
        named(book["Nordwerk"], field)[at].value = 1600

    book = rebuilt(change)
    (found,) = told(rebuilt, "goal-above-budget")
    assert found[1:3] == ("C01", named(book["Nordwerk"], field)[at].coordinate)
    assert "The goal of 1,600 for 202" in found[3]
    assert found[3].endswith("is above the client's whole procurement budget of 1,000.")


def test_a_goal_of_a_year_typed_over_counts_in_all_that_follows_from_it(rebuilt):
    """As a spreadsheet program calculates it: the year's gap, page 1 and the portfolio."""

    def change(book):
        named(book["Nordwerk"], "kam_trajectory_revenue")[3].value = 950

    book = rebuilt(change)
    plan = book["Nordwerk"]
    assert [value(plan, f"kam_goal_{name}") for name in ("revenue", "secured", "open")] == [950, 600, 350]
    assert named(plan, "kam_trajectory_gap")[3].value == 350
    plans = [book[name] for name in ("Nordwerk", "Alfa", "Северсталь- Юг-Север", "=1+1")]
    goals = [named(each, "kam_trajectory_revenue")[3].value for each in plans]
    totals = [named(book["Portfolio"], f"kam_total_{name}")[3].value for name in ("goals", "open")]
    assert totals == [sum(goals), sum(max(value(each, "kam_goal_open"), 0) for each in plans)]


def test_a_computed_cell_that_a_person_typed_over_stays_and_is_reported(rebuilt):
    def change(book):
        named(book["Nordwerk"], "kam_position_argument")[0].value = "They love us"
        book["Clients"]["E2"] = 100

    book = rebuilt(change)
    assert value(book["Nordwerk"], "kam_position_argument") == "They love us"
    assert value(book["Nordwerk"], "kam_position") == "Weak"
    assert len(rebuilt.report.kept) == 1
    assert rebuilt.report.kept[0].startswith("Nordwerk!")


def test_a_cell_of_the_portfolio_that_a_person_typed_over_stays_and_is_reported(rebuilt):
    def change(book):
        named(book["Portfolio"], "kam_grid_strong_high")[0].value = "our crown jewels"
        book["Clients"]["E3"] = 5000

    book = rebuilt(change)
    assert value(book["Portfolio"], "kam_grid_strong_high") == "our crown jewels"
    assert value(book["Portfolio"], "kam_kpi_revenue") == 5797
    assert [address.split("!")[0] for address in rebuilt.report.kept] == ["Portfolio"]


def test_a_formula_of_a_person_s_on_the_portfolio_stays_a_formula_and_is_reported(rebuilt, tmp_path):
    def change(book):
        named(book["Portfolio"], "kam_kpi_clients")[0].value = "=COUNTA(Clients!B:B)-1"
        named(book["Portfolio"], "kam_bubble_label")[1].value = "=Clients!B2"

    rebuilt(change)
    again = openpyxl.load_workbook(tmp_path / "again.xlsx")["Portfolio"]
    assert value(again, "kam_kpi_clients") == "=COUNTA(Clients!B:B)-1"
    assert named(again, "kam_bubble_label")[1].value == "=Clients!B2"
    assert [address.split("!")[0] for address in rebuilt.report.kept] == ["Portfolio", "Portfolio"]


def test_a_number_is_known_again_where_the_record_held_a_date_before():
    book = xw.engines["file"].apps.add().books.add()
    sheets = OurSheets(book)
    sheets.add_missing("en", {OurSheet.RECORD})
    record = Record(sheets)
    record.note("a list", "a word", "word")
    record.note("a list", "a day", TODAY)
    record.save()
    record.note("a list", "a word", None)  # what stands below moves up
    record.note("a list", "a number", 1.0)
    record.save()
    assert Record(sheets).is_ours("a list", "a number", 1.0)


def test_a_copy_of_a_plan_gets_new_numbers_too(build, plans_xlsx, tmp_path):
    app = xw.engines["file"].apps.add()
    book = app.books.open(plans_xlsx)
    book.sheets["Nordwerk"].copy(name="Nordwerk, plan B")
    book.sheets["Clients"]["E2"].value = 650
    book.save(plans_xlsx)
    report = build(plans_xlsx, tmp_path / "again.xlsx")
    again = openpyxl.load_workbook(tmp_path / "again.xlsx", data_only=True)
    assert [value(again[name], "kam_revenue") for name in ("Nordwerk", "Nordwerk, plan B")] == [650, 650]
    assert report.kept == []


def test_a_new_key_account_gets_a_plan(rebuilt):
    def change(book):
        book["Clients"].append(["C07", "Newcomer", "Gas", "Ann", 300, 400, None, None])

    book = rebuilt(change)
    assert value(book["Newcomer"], "kam_revenue") == 300
    assert rebuilt.report.plans.new == ["C07"]


def test_an_account_that_is_key_no_longer_is_marked_and_kept(rebuilt):
    def change(book):
        named(book["Nordwerk"], "kam_goal")[0].value = "Win the second plant"
        book["Clients"]["E2"] = 1
        book["Clients"]["F2"] = 2

    book = rebuilt(change)
    plan = book["Nordwerk"]
    assert value(plan, "kam_goal") == "Win the second plant"
    assert "No longer a key account" in value(plan, "kam_account_state")
    states = [cell.value for row in book["Key accounts"] for cell in row if "No longer" in str(cell.value)]
    assert len(states) == 2  # in the place of the reasons, and among the details


def test_a_client_that_left_the_table_keeps_its_plan(rebuilt):
    def change(book):
        book["Clients"].delete_rows(2)

    plan = rebuilt(change)["Nordwerk"]
    assert "Not in the client table" in value(plan, "kam_account_state")
    assert value(plan, "kam_revenue") == 600


def test_comments_beside_the_list_travel_with_their_client(rebuilt):
    def change(book):
        sheet = book["Key accounts"]
        table = sheet.tables["kam_key_accounts"]
        first, last = table.ref.split(":")
        column, top = sheet[last].column + 1, sheet[first].row
        sheet.cell(top, column, "My comment")
        for row in range(top + 1, sheet[last].row + 1):
            sheet.cell(row, column, f"about {sheet.cell(row, sheet[first].column + 1).value}")
        table.ref = f"{first}:{sheet.cell(sheet[last].row, column).coordinate}"
        table.autoFilter.ref = table.ref
        table.tableColumns.append(
            openpyxl.worksheet.table.TableColumn(id=len(table.tableColumns) + 1, name="My comment")
        )
        book["Clients"]["E3"] = 5000  # Alfa overtakes

    sheet = rebuilt(change)["Key accounts"]
    first, last = sheet.tables["kam_key_accounts"].ref.split(":")
    left, right = sheet[first].column, sheet[last].column
    rows = range(sheet[first].row + 1, sheet[last].row + 1)
    assert [sheet.cell(row, right).value for row in rows] == [
        f"about {sheet.cell(row, left + 1).value}" for row in rows
    ]


def test_a_second_run_without_changes_changes_nothing(build, plans_xlsx, tmp_path):
    runs = [plans_xlsx, tmp_path / "second.xlsx", tmp_path / "third.xlsx"]
    reports = [build(source, target) for source, target in pairwise(runs)]
    first, second, third = (openpyxl.load_workbook(path, data_only=True) for path in runs)
    assert first.sheetnames == second.sheetnames == third.sheetnames
    for name in second.sheetnames:
        if name not in ("What changed", "KAM record"):  # the first build has none to compare with
            assert list(first[name].values) == list(second[name].values), name
        assert list(second[name].values) == list(third[name].values), name
    assert [(report.plans.new, report.kept) for report in reports] == [([], []), ([], [])]


def test_renamed_sheets_are_found_again(build, plans_xlsx, tmp_path):
    app = xw.engines["file"].apps.add()
    book = app.books.open(plans_xlsx)
    book.sheets["Nordwerk"].name = "Plan for N."
    book.sheets["Key accounts"].name = "KA"
    book.sheets["Clients"]["E2"].value = 650
    book.save(plans_xlsx)
    build(plans_xlsx, tmp_path / "again.xlsx")
    again = openpyxl.load_workbook(tmp_path / "again.xlsx", data_only=True)
    assert value(again["Plan for N."], "kam_revenue") == 650
    assert not {"Nordwerk", "Key accounts"} & set(again.sheetnames)


def test_a_plan_sheet_is_renamed_with_its_client_and_everything_follows(build, plans_xlsx, tmp_path):
    with opened(plans_xlsx) as book:
        book.sheets["Clients"]["B2"].value = "Nordwerk / Holding"
        book.sheets.add("Mine")["A1"].formula = "=Nordwerk!$A$1"
        book.save()
    first, second = (build(plans_xlsx, plans_xlsx) for _ in range(2))
    again = openpyxl.load_workbook(plans_xlsx)
    sheets = [again[name] for name in ("Key accounts", "Portfolio", "This week", "Mine")]
    cells = [cell.value for sheet in sheets for row in sheet for cell in row]
    formulas = [cell for cell in cells if str(cell).startswith("=") and "Nordwerk" in cell]
    assert first.plans.renamed == {"Nordwerk": "Nordwerk - Holding"}
    assert "1 plan sheet was renamed with its client: Nordwerk → Nordwerk - Holding." in plan_lines(first, "en")
    assert "Nordwerk" not in again.sheetnames
    assert again["Mine"]["A1"].value == "='Nordwerk - Holding'!$A$1"
    assert len(formulas) == 3
    assert all("Nordwerk - Holding'!" in formula for formula in formulas)
    assert (second.plans.renamed, first.kept, second.kept) == ({}, [], [])


def test_a_plan_sheet_that_a_person_named_keeps_its_name(build, plans_xlsx):
    with opened(plans_xlsx) as book:
        book.sheets["Clients"]["B2"].value = "Holding"
        book.sheets["Nordwerk"].name = "Ann's favourite"
        book.save()
    assert build(plans_xlsx, plans_xlsx).plans.renamed == {}
    assert "Ann's favourite" in openpyxl.load_workbook(plans_xlsx).sheetnames


def test_the_language_of_the_first_build_is_kept(build, clients_xlsx, tmp_path):
    build(clients_xlsx, tmp_path / "ru.xlsx", lang="ru")
    build(tmp_path / "ru.xlsx", tmp_path / "again.xlsx", lang="")
    again = openpyxl.load_workbook(tmp_path / "again.xlsx", data_only=True)
    assert value(again["Nordwerk"], "kam_position") == "Сильная"


def test_the_settings_sheet_decides(rebuilt):
    def change(book):
        sheet = book["KAM settings"]
        names = named(sheet, "kam_setting_name")
        row = next(at for at, cell in enumerate(names) if cell.value == "position_strong_from")
        named(sheet, "kam_setting_value")[row].value = 0.7

    assert value(rebuilt(change)["Nordwerk"], "kam_position") == "Medium"


def test_the_person_s_own_rows_are_untouched(build, plans_xlsx):
    rows = [list(row) for row in openpyxl.load_workbook(plans_xlsx)["Clients"].iter_rows(min_row=2, values_only=True)]
    assert rows == CLIENTS


def test_the_names_at_the_bubbles_follow_the_table(build, plans_xlsx, tmp_path):
    with xw.engines["file"].apps.add() as app:
        book = app.books.open(plans_xlsx)
        book.sheets["Clients"]["B2"].value = "Nordwerk Holding"
        book.save()
    build(plans_xlsx, tmp_path / "again.xlsx")
    with ZipFile(tmp_path / "again.xlsx") as package:
        charts = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/charts/chart")]
    (labels,) = re.findall(r"<c15:dlblRangeCache>(.*?)</c15:dlblRangeCache>", _bubbles(charts))
    assert "<v>Nordwerk Holding</v>" in labels


def _bubbles(charts):
    """The portfolio's chart: plans have charts with labels from cells, too."""
    return "".join(chart for chart in charts if "<bubbleChart>" in chart or "<c:bubbleChart>" in chart)


OLDER = (  # fields that an older template lacks
    *("kam_opportunity_", "kam_next_", "kam_goal_", "kam_was_", "kam_stale", "kam_part_", "kam_competitor_again"),
    *("kam_trajectory_secured", "kam_trajectory_weighted", "kam_trajectory_label", "kam_action_order", "kam_base_year"),
)


def test_a_plan_of_an_older_template_is_built_again_without_losing_what_was_typed(rebuilt):
    def change(book):
        plan = book["Nordwerk"]
        for name in [name for name in plan.defined_names if name.startswith(OLDER)]:
            del plan.defined_names[name]
        # There the years stood below each other, and years counted from 0.
        for place, name in enumerate(("kam_trajectory_year", "kam_trajectory_plan", "kam_trajectory_gap")):
            column = "PQR"[place]
            plan.defined_names[name].attr_text = f"'Nordwerk'!${column}$300:${column}$305"
        plan["P300"], plan["P301"] = "=0", '=IF(kam_horizon>=1,1,"")'
        plan["Q302"] = 777  # typed
        named(plan, "kam_action_effect")[0].value = "Two more lines"
        named(plan, "kam_period")[0].value = "Our year 2025"
        book["Clients"]["E2"] = 700

    plan = rebuilt(change)["Nordwerk"]
    assert (value(plan, "kam_revenue"), value(plan, "kam_penetration")) == (700, 0.7)
    assert (value(plan, "kam_action_effect"), value(plan, "kam_period")) == ("Two more lines", "Our year 2025")
    assert plan["Q302"].value == 777


def test_rows_unfold_when_they_are_filled_and_unused_sections_stay_folded(rebuilt):
    def change(book):
        named(book["Nordwerk"], "kam_action_what")[4].value = "Visit"
        named(book["Nordwerk"], "kam_team_name")[0].value = "Ann"

    plan = rebuilt(change)["Nordwerk"]

    def shown(name):
        return sum(not plan.row_dimensions[cell.row].hidden for cell in named(plan, name))

    assert [shown(name) for name in ("kam_action_what", "kam_risk_what", "kam_team_name", "kam_milestone_what")] == [
        *(7, 2, 3, 0),
    ]


def test_what_a_failed_build_wrote_is_on_record(plans_xlsx, monkeypatch):
    """The numbers that it wrote would count as typed over for ever."""

    def fail(*_):
        raise OSError("the program is gone")

    with opened(plans_xlsx) as book:
        book.sheets["Clients"]["E2"].value = 700
        with monkeypatch.context() as patched:
            patched.setattr("kam_xl.actions.reports.report_sheets.portfolio", fail)
            with pytest.raises(OSError, match="the program is gone"):
                build_plans(book, Options(today=TODAY))
        book.sheets["Clients"]["E2"].value = 600
        assert build_plans(book, Options(today=TODAY)).kept == []
        assert NamedSheet(book.sheets["Nordwerk"]).cells("kam_revenue") == [600]
