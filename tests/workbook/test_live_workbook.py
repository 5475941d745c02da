"""KeyAccounts without macros: what its formulas say is what the rules say, and plans are built from it."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from shutil import which

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from build_workbook import live_path
from drawing.key_accounts.cached import EMPTY
from drawing.key_accounts.columns import CLIENTS
from drawing.key_accounts.data_sheets import FIRST_ROW as FIRST_CLIENT
from drawing.key_accounts.live_list import FIRST
from kam_xl.domain.classify import classify
from kam_xl.domain.model import Criterion
from kam_xl.domain.settings import Settings
from kam_xl.functions import ERRORS, FUNCTIONS
from kam_xl.locale import LANGUAGES
from kam_xl.plan.book_sheets import BookSheet
from kam_xl.table import read
from lambdas.functions import LEFT_OUT

ironcalc = pytest.importorskip("ironcalc", reason="ironcalc calculates the formulas")
DAY = date(2026, 6, 1)


@pytest.fixture(scope="module", params=LANGUAGES)
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def values(lang):
    return openpyxl.load_workbook(live_path(lang), data_only=True)


@pytest.fixture(scope="module")
def classification(lang):
    table = read(live_path(lang), today=DAY)
    return classify(table.clients(), today=DAY)


def sheet(book, kind, lang):
    return book[kind.label.render(lang)]


def test_every_function_that_formulas_can_say_is_a_name_with_a_description(lang):
    names = openpyxl.load_workbook(live_path(lang)).defined_names
    made = [name for name in names if name.startswith("KAM_")]
    assert made == [name for name in FUNCTIONS if name not in LEFT_OUT]
    assert [names[name].comment for name in made] == [FUNCTIONS[name].text.render(lang)[:255] for name in made]
    assert not [name for name in made if names[name].hidden]


def test_helpers_are_hidden_and_no_name_is_longer_than_excel_takes(lang):
    names = openpyxl.load_workbook(live_path(lang)).defined_names
    formulas = {name: each.attr_text for name, each in names.items() if "LAMBDA(" in each.attr_text}
    assert all(names[name].hidden for name in formulas if not name.startswith("KAM_"))
    assert max(map(len, formulas.values())) < 8192


def test_a_name_calls_only_names_that_the_book_has(lang):
    names = openpyxl.load_workbook(live_path(lang)).defined_names
    called = {word for each in names.values() for word in re.findall(r"\bkam_\w+", each.attr_text)}
    assert called <= set(names)


def test_the_list_ranks_as_the_rules_do(lang, values, classification):
    listed = sheet(values, BookSheet.LIVE_LIST, lang)
    keys = sorted((each for each in classification.accounts if each.is_key), key=lambda each: each.rank)
    rows = list(listed.iter_rows(min_row=FIRST, max_row=FIRST + len(keys), max_col=6, values_only=True))
    assert [row[:2] for row in rows[:-1]] == [(each.rank, each.client.client) for each in keys]
    assert [row[4] for row in rows[:-1]] == [
        ", ".join(one.label.render(lang) for one in each.criteria) for each in keys
    ]
    assert [bool((row[5] or "").strip()) for row in rows[:-1]] == [each.above_limit for each in keys]
    assert not (rows[-1][1] or "").strip()


def test_the_list_values_what_is_at_stake_as_the_rules_do(lang, values, classification):
    listed = sheet(values, BookSheet.LIVE_LIST, lang)
    keys = sorted((each for each in classification.accounts if each.is_key), key=lambda each: each.rank)
    shown = [listed[f"O{FIRST + number}"].value for number in range(len(keys))]
    assert shown == pytest.approx([each.value_at_stake for each in keys])


def test_blue_columns_calculate_to_the_values_that_python_gave(lang, values):
    model = ironcalc.load_from_xlsx(str(live_path(lang)), "en", "UTC", "en")
    model.evaluate()
    clients = sheet(values, BookSheet.CLIENTS, lang)
    place = values.sheetnames.index(clients.title)
    for column in (number for number, each in enumerate(CLIENTS, start=1) if each.formula):
        for row in range(FIRST_CLIENT, clients.max_row + 1):
            kept = clients.cell(row, column).value
            kept = "" if kept in (None, EMPTY) else kept
            assert model.get_cell_value(place, row, column) == (
                pytest.approx(kept) if isinstance(kept, float) else kept
            )


def hidden_columns(page):
    """The numbers of the columns that nobody sees."""
    found = [each for each in page.column_dimensions.values() if each.hidden]
    return {number for each in found for number in range(each.min, each.max + 1)}


@pytest.mark.parametrize("example", [True, False], ids=["example", "blank"])
def test_what_people_see_is_plain_formulas_and_what_those_rest_on_is_hidden(lang, example):
    """A program without LAMBDA keeps the values of formulas that it can read. A cell that other formulas read keeps
    nothing where it is blank: to Excel a space would be a criterion that is met."""
    from kam_xl.install.bundled import live_workbook

    path = live_path(lang) if example else live_workbook(lang, example=False)
    book, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    calls = 0
    for page in book:
        hidden = hidden_columns(page)
        for cell in (cell for line in page.iter_rows() for cell in line if cell.data_type == "f"):
            formula = cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value
            calling = bool(re.search(r"\bkam_\w+\(", formula, re.IGNORECASE))
            assert not calling or cell.column in hidden, cell
            assert not calling or values[page.title][cell.coordinate].value != EMPTY, cell
            calls += calling
    assert calls > 50


@pytest.mark.slow
@pytest.mark.skipif(which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.filterwarnings("ignore:.*extension is not supported")
@pytest.mark.parametrize("example", [True, False], ids=["example", "blank"])
def test_libreoffice_without_our_functions_shows_what_was_saved(lang, example, tmp_path):
    from kam_xl.install.bundled import live_workbook

    path = live_path(lang) if example else live_workbook(lang, example=False)
    office = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    subprocess.run([*office, "--convert-to", "xlsx", "--outdir", tmp_path, path], check=True, capture_output=True)
    saved, shown = (openpyxl.load_workbook(each, data_only=True) for each in (path, tmp_path / path.name))
    for kind in (BookSheet.CLIENTS, BookSheet.LIVE_LIST, BookSheet.LIVE_PORTFOLIO, BookSheet.CARD, BookSheet.FUNCTIONS):
        page, other = sheet(saved, kind, lang), sheet(shown, kind, lang)
        hidden = hidden_columns(page)
        for cell in (cell for line in page.iter_rows() for cell in line if cell.column not in hidden):
            kept, now = (each or "" if each != EMPTY else "" for each in (cell.value, other[cell.coordinate].value))
            assert now == (pytest.approx(kept) if isinstance(kept, float) else kept), cell


def enter(model, book, name, value):
    """Type into the cell of a name."""
    title, _, cell = book.defined_names[name].attr_text.replace("'", "").replace("$", "").rpartition("!")
    place = book[title][cell]
    model.set_user_input(book.sheetnames.index(title), place.row, place.column, value)


@pytest.mark.slow
@pytest.mark.parametrize("growth", [0.2, 0.02], ids=["all gains fit", "gains are limited"])
def test_goals_of_the_card_are_those_of_the_plans(lang, growth):
    """For every key account, chosen one after the other: the revenue proposed at the horizon."""
    classification = classify(read(live_path(lang), today=DAY).clients(), Settings(capacity_growth=growth), DAY)
    assert (classification.capacity.ceiling is not None) == (growth < 0.2)
    path = live_path(lang)
    book = openpyxl.load_workbook(path)
    card = sheet(book, BookSheet.CARD, lang)
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    place = book.sheetnames.index(card.title)
    enter(model, book, "kam_set_capacity_growth", str(growth))
    goal = next(cell for line in card for cell in line if "kam_goal_of(3," in str(cell.value))
    keys = [each for each in classification.accounts if each.is_key]
    for account in keys:
        enter(model, book, "kam_card_client", "'" + account.client.client)
        model.evaluate()
        assert model.get_cell_value(place, goal.row, goal.column) == pytest.approx(
            classification.proposal(account).goals[-1].revenue
        )


@pytest.mark.slow
def test_a_negative_revenue_is_an_unknown_one_on_the_card(lang):
    table = read(live_path(lang), today=DAY).clients()
    before = [each for each in classify(table, today=DAY).key_accounts if Criterion.REVENUE not in each.criteria]
    chosen = next(each.client for each in before if each.client.reference and each.client.procurement_budget)
    changed = [replace(each, revenue=-1e6) if each.client_id == chosen.client_id else each for each in table]
    wanted = next(
        each for each in classify(changed, today=DAY).key_accounts if each.client.client_id == chosen.client_id
    )
    book = openpyxl.load_workbook(live_path(lang))
    clients, card = sheet(book, BookSheet.CLIENTS, lang), sheet(book, BookSheet.CARD, lang)
    row = next(cell.row for cell in clients["A"] if str(cell.value) == chosen.client_id)
    column = next(number for number, each in enumerate(CLIENTS, start=1) if each.field == "revenue")
    stake = next(cell for line in card for cell in line if "kam_live_stake" in str(cell.value))
    model = ironcalc.load_from_xlsx(str(live_path(lang)), "en", "UTC", "en")
    model.set_user_input(book.sheetnames.index(clients.title), row, column, "-1000000")
    enter(model, book, "kam_card_client", "'" + chosen.client)
    model.evaluate()
    shown = model.get_cell_value(book.sheetnames.index(card.title), stake.row, stake.column)
    assert shown == pytest.approx(wanted.value_at_stake)


def test_a_blank_workbook_shows_no_error_and_no_client(lang):
    from kam_xl.install.bundled import live_workbook

    book = openpyxl.load_workbook(live_workbook(lang, example=False), data_only=True)
    for kind in (BookSheet.LIVE_LIST, BookSheet.LIVE_PORTFOLIO, BookSheet.CARD, BookSheet.CLIENTS):
        cells = [cell.value for line in sheet(book, kind, lang).iter_rows() for cell in line]
        assert not [cell for cell in cells if cell in ERRORS]
    assert not (sheet(book, BookSheet.LIVE_LIST, lang)[f"B{FIRST}"].value or "").strip()


@pytest.mark.slow
def test_a_bound_changed_in_the_settings_changes_the_ratings(lang, values):
    """No bound stands in a formula: all read the sheet of settings."""
    book = openpyxl.load_workbook(live_path(lang))
    model = ironcalc.load_from_xlsx(str(live_path(lang)), "en", "UTC", "en")
    column = next(number for number, each in enumerate(CLIENTS, start=1) if each.field == "criteria")
    clients = sheet(values, BookSheet.CLIENTS, lang)

    def by_revenue() -> int:
        model.evaluate()
        place = values.sheetnames.index(clients.title)
        told = [model.get_cell_value(place, row, column) for row in range(FIRST_CLIENT, clients.max_row + 1)]
        return sum(Criterion.REVENUE.label.render(lang) in str(each) for each in told)

    before = by_revenue()
    enter(model, book, "kam_set_key_revenue_share", "0.05")
    table = read(live_path(lang), today=DAY).clients()
    wanted = [
        sum(Criterion.REVENUE in each.criteria for each in classify(table, rules, DAY).accounts)
        for rules in (Settings(), Settings(key_revenue_share=0.05))
    ]
    assert [before, by_revenue()] == wanted
    assert wanted[0] < wanted[1]


def test_plans_are_built_from_it(lang, tmp_path):
    target = tmp_path / "plans.xlsx"
    subprocess.run([sys.executable, "-m", "kam_xl", "plan", live_path(lang), "-o", target], check=True)
    built = openpyxl.load_workbook(target)
    assert sum("kam_client_id" in each.defined_names for each in built) == 16  # fifteen plans and their template
    live = sheet(built, BookSheet.LIVE_LIST, lang)
    assert isinstance(live[f"Q{FIRST}"].value, ArrayFormula)
