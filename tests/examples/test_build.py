"""The bundled example: built from its source, read by our own reader, every case of the rules in it."""

import importlib.util
import json
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from shutil import which

import openpyxl
import pytest
import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl import actions
from kam_xl.domain.classify import Limit, classify
from kam_xl.domain.model import Stance
from kam_xl.domain.periods import YEAR, Period
from kam_xl.table.reader import read

EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = date(2026, 6, 1)
LANGUAGES = ("en", "ru")


@pytest.fixture(scope="module")
def build():
    spec = importlib.util.spec_from_file_location("examples_build", EXAMPLES / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def tables():
    return {lang: read(EXAMPLES / f"clients_{lang}.xlsx", today=TODAY) for lang in LANGUAGES}


@pytest.fixture(scope="module")
def results(tables):
    return {lang: classify(table.clients(), today=TODAY) for lang, table in tables.items()}


@pytest.fixture(scope="module")
def accounts(results):
    return {account.client.client_id: account for account in results["en"].accounts}


def cells(source):
    book = openpyxl.load_workbook(source)
    return {sheet.title: [[(cell.value, cell.data_type) for cell in row] for row in sheet.rows] for sheet in book}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_committed_files_are_what_the_same_source_always_gives(build, lang):
    first, second = (build.same_bytes(build.workbook(lang)) for _ in range(2))
    assert cells(EXAMPLES / f"clients_{lang}.xlsx") == cells(BytesIO(first))
    assert first == second


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_column_but_the_contract_is_understood(tables, lang):
    fields = set(tables[lang].source.columns)
    assert len(fields) == 22
    assert {column.title for column in tables[lang].interpretation.unused} <= {"Framework contract", "Рамочный договор"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_reasons_scores_and_earlier_years_are_used(results, lang):
    client = next(account.client for account in results[lang].accounts if account.client.client_id == "1008")
    assert [(score.criterion, score.points) for score in client.own_scores] == [
        ("price", 3),
        ("quality", 5),
        ("service", 4),
    ]
    assert [len(rival.scores) for rival in client.competitors] == [3]
    assert (client.history, bool(client.expertise_reason)) == (((2024, 300_000.0),), True)


@pytest.mark.slow
@pytest.mark.skipif(not which("ooxml-validator"), reason="the Open XML SDK's validator is not installed")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_example_and_the_plans_built_from_it_are_valid(lang, tmp_path):
    source, plans = EXAMPLES / f"clients_{lang}.xlsx", tmp_path / "plans.xlsx"
    app = xw.engines["file"].apps.add()
    book = app.books.open(source)
    actions.build_plans(book, actions.Options(table=read(source, today=TODAY), lang=lang, today=TODAY))
    book.save(plans)
    app.quit()
    for path in (source, plans):
        run = subprocess.run(
            ["ooxml-validator", path, "--officeVersion", "Microsoft365"], capture_output=True, text=True, check=False
        )
        assert json.loads(run.stdout)["errors"] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_findings_are_those_planted(tables, lang):
    assert [(finding.code, finding.client_id) for finding in tables[lang].findings] == [
        ("missing-fact", "1009"),
        ("rating-without-reason", "1018"),
        ("fact-without-plan", "1023"),
        ("budget-zero", "1025"),
        ("revenue-above-budget", "1026"),
        ("competitors-above-budget", "1027"),
        ("negative-revenue", "1028"),
        ("negative-budget", "1029"),
        ("duplicate-id", "1030"),
        ("missing-name", "1031"),
        ("missing-fact", "1037"),
        ("total-row", ""),
        *[("total-without-texts", "")] * 2,  # numbers typed as text, which the total of the sheet passes over
        ("unknown-client", "1999"),
        ("not-a-number", ""),
        *[("total-row", "")] * 4,
        ("sum-differs", ""),
        ("unknown-client", ""),
    ]


def test_both_languages_give_the_same_answer(results):
    def answer(result):
        return [
            (
                account.client.client_id,
                account.criteria,
                account.rank,
                account.penetration,
                account.strategy,
                account.status,
                account.abc,
            )
            for account in result.accounts
        ]

    assert answer(results["en"]) == answer(results["ru"])


def test_the_key_accounts_are_those_meant(results):
    assert results["en"].limit == Limit(clients=48, allowed=7, qualified=14, above=7)
    assert {
        account.client.client_id: " ".join(map(str, account.criteria)) for account in results["en"].key_accounts
    } == {
        "1001": "revenue reference expertise",
        "1002": "revenue",
        "1004": "prospect",
        "1005": "prospect",
        "1006": "prospect expertise",
        "1007": "prospect",
        "1008": "prospect reference expertise",
        "1009": "reference",
        "1010": "reference",
        "1011": "reference",
        "1012": "reference",
        "1013": "expertise",
        "1014": "expertise",
        "1015": "prospect",
    }


def test_one_client_has_exactly_ten_per_cent(results, accounts):
    assert (results["en"].total_revenue, accounts["1003"].revenue_share) == (120_000_000, 0.1)
    assert not accounts["1003"].is_key


def test_one_client_stands_exactly_at_the_prospects_bound(accounts):
    assert accounts["1016"].penetration == 0.2
    assert not accounts["1016"].is_key


def test_numbers_typed_as_text_are_read(accounts):
    clients = {client_id: account.client for client_id, account in accounts.items()}
    assert (clients["1019"].revenue, clients["1020"].procurement_budget) == (1_234_567.89, 2_400_000)
    assert (clients["1022"].procurement_budget, clients["1028"].revenue) == (None, -120_000)


def test_old_estimated_and_undated_budgets_are_told(accounts):
    notes = {client_id: accounts[client_id].budget_note() for client_id in ("1001", "1011", "1032", "1040", "1021")}
    assert {client_id: note and note.render() for client_id, note in notes.items()} == {
        "1001": None,
        "1011": "Procurement budget: estimated, dated 2023-05-10 (older than 12 months).",
        "1032": "Procurement budget: derived from a proxy, dated 2024-02-01 (older than 12 months).",
        "1040": "Procurement budget: undated.",
        "1021": None,
    }


def test_names_that_trouble_spreadsheets_are_there(results):
    for lang in LANGUAGES:
        names = [account.client.client for account in results[lang].accounts]
        assert {name[0] for name in names if name and name[0] in "=+-@"} == set("=+-@")
        assert any(len(name) > 120 for name in names)
        key = [account.client.client for account in results[lang].key_accounts]
        assert any(sum(other.startswith(name[:31]) for other in key) == 2 for name in key)
        assert any(set(":/?*[]") <= set(name) for name in key)


def test_competitors_take_all_three_stances(accounts):
    stances = {rival.stance for account in accounts.values() for rival in account.client.competitors}
    assert stances >= set(Stance)
    assert accounts["1004"].competitor_revenue == 56_500_000


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_operational_plan_adds_up_to_the_client_table(results, lang):
    calendar = results[lang].calendar
    assert (calendar.base_year, calendar.current_year, calendar.plan_year) == (2025, 2026, 2025)
    year = Period(2025, YEAR)
    for account in results[lang].accounts:
        client = account.client
        if client.operational is not None:
            assert client.operational.revenue.fact.whole(year) == pytest.approx(client.revenue)
            if client.sales_plan is not None:
                assert client.operational.revenue.plan.whole(year) == pytest.approx(client.sales_plan)


def test_some_clients_have_no_operational_plan(accounts):
    assert sorted(each for each, account in accounts.items() if account.client.operational is None) == [
        *("1007", "1024", "1028", "1030"),  # of the two 1030 the first has one
    ]
