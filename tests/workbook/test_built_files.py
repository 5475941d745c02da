"""The workbooks that are kept built: Microsoft's validator and a lint of packages find nothing wrong."""

import importlib.util
import json
import shutil
import subprocess

import pytest
import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from build_workbook import PACKAGE_DATA, live_path, path
from kam_xl.actions.book.templates import template_faults
from kam_xl.locale import LANGUAGES

PACKAGED = [PACKAGE_DATA / f"{name}_{lang}.xlsx" for name in ("live", "template") for lang in LANGUAGES]
FILES = [*map(path, LANGUAGES), *map(live_path, LANGUAGES), *PACKAGED]
each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("ooxml-validator"), reason="the Open XML SDK's validator is not installed")
@each_file
def test_the_schema_of_excel_finds_nothing_wrong(file):
    command = ["ooxml-validator", file, "--officeVersion", "Microsoft365"]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert json.loads(told.stdout)["errors"] == []


@each_file
def test_the_package_has_no_faults(file, shared):
    spec = importlib.util.spec_from_file_location("pkglint", shared / "tools" / "pkglint.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.lint(str(file)) == []


@each_file
def test_every_field_of_a_plan_has_all_its_cells(file):
    with xw.engines["file"].apps.add() as app:
        assert template_faults(app.books.open(file)) == []
