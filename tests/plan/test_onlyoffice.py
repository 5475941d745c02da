"""What ONLYOFFICE's core, which R7-Office has too, and LibreOffice calculate for our sheets: the values that we cache.

It comes with `pip install document-builder`: a tool for tests, no part of the program.
"""

import shutil
import subprocess
import sys
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest
import xlwings as xw
from openpyxl import load_workbook

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl import actions
from kam_xl.locale import LANGUAGES
from kam_xl.plan.account.values import serial
from kam_xl.table import read

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not find_spec("docbuilder"), reason="needs the package document-builder"),
    pytest.mark.filterwarnings("ignore:.*extension is not supported", "ignore:DrawingML support is incomplete"),
]
EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = date(2026, 6, 1)
ENTRIES = {
    "kam_opportunity_what": "Line 3",
    "kam_opportunity_amount": 1_000_000,
    "kam_opportunity_probability": 0.4,
    "kam_opportunity_when": datetime(2026, 11, 1),
    "kam_action_what": "Visit",
    "kam_action_when": datetime(2026, 7, 1),
    "kam_revenue": 12_345,  # typed over: the ratings are stale
}
# In a process of its own: a library of C that does not unload.
CALCULATE = """
import sys, docbuilder
builder = docbuilder.CDocBuilder()
builder.OpenFile(sys.argv[1], "")
context = builder.GetContext()
api = context.GetGlobal()["Api"]
api.Call("RecalculateAllFormulas")
builder.SaveFile("xlsx", sys.argv[2])
builder.CloseFile()
"""


def build(path, source, lang):
    app = xw.engines["file"].apps.add()
    book = app.books.open(path)
    table = read(source, today=TODAY)
    actions.build_plans(book, actions.Options(table=table, lang=lang, today=TODAY))
    return app, book


@pytest.fixture(scope="module", params=["en", "ru", "public_it"])
def plans(request, tmp_path_factory):
    """The plans of an example or of a real table, three of them filled in and built again."""
    lang = request.param if request.param in LANGUAGES else "en"
    source = EXAMPLES / f"clients_{lang}.xlsx"
    if request.param == "public_it":
        source = request.getfixturevalue("shared") / "data" / "clients_public_it_2019.xlsx"
    path = tmp_path_factory.mktemp("onlyoffice") / f"plans_{request.param}.xlsx"
    app, book = build(source, source, lang)
    filled = [sheet for sheet in book.sheets if sheet.names and "kam_action_what" in own_names(sheet)]
    for sheet in filled[1:4]:
        for name, value in ENTRIES.items():
            own_names(sheet)[name].refers_to_range[0].value = value
    book.save(path)
    app.quit()
    app, book = build(path, source, lang)
    book.save()
    app.quit()
    return path


def own_names(sheet):
    return {name.name.rpartition("!")[2]: name for name in sheet.names}


def test_it_calculates_the_values_that_we_cache(plans, tmp_path):
    calculated = tmp_path / "calculated.xlsx"
    subprocess.run([sys.executable, "-c", CALCULATE, plans, calculated], check=True, timeout=300, capture_output=True)
    ours, theirs = formulas(plans), values(calculated)
    assert len(ours) > 1500
    assert {cell: theirs.get(cell) for cell in ours} == {cell: approximately(value) for cell, value in ours.items()}


ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_libreoffice_calculates_them_too(plans, tmp_path):
    profile, target = tmp_path / "profile", tmp_path / "calculated"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    office = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command = [*office, "--convert-to", "xlsx", "--outdir", target, plans]
    subprocess.run(command, check=True, timeout=300, capture_output=True)
    ours, theirs = formulas(plans), values(target / plans.name)
    assert {cell: theirs.get(cell) for cell in ours} == {cell: approximately(value) for cell, value in ours.items()}


OPEN = CALCULATE.replace('api.Call("RecalculateAllFormulas")', "pass")
WORKBOOK = Path(__file__).parents[2] / "workbook"


@pytest.mark.parametrize("name", ["KeyAccounts.xlsm", "KeyAccounts_ru.xlsm", "KeyAccounts.xlsx", "KeyAccounts_ru.xlsx"])
def test_it_shows_the_values_that_our_workbooks_were_saved_with(name, tmp_path):
    opened = tmp_path / "opened.xlsx"
    subprocess.run([sys.executable, "-c", OPEN, WORKBOOK / name, opened], check=True, timeout=300, capture_output=True)
    ours, theirs = formulas(WORKBOOK / name), values(opened)
    assert len(ours) > 400
    assert {cell: theirs.get(cell) for cell in ours} == {cell: approximately(value) for cell, value in ours.items()}


def formulas(path):
    """The cached value of each formula by sheet and cell; those of the template, which has none, left out."""
    texts, cached = load_workbook(path), load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): shown(cached[sheet.title][cell.coordinate].value)
        for sheet in texts
        if sheet.sheet_state == "visible" and sheet.title not in ("Plan template", "Шаблон плана")
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def values(path):
    book = load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): shown(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row
    }


def shown(value):
    return "" if value is None else serial(value) if isinstance(value, date) else value


def approximately(value):
    return pytest.approx(value, rel=1e-9) if isinstance(value, float) else value
