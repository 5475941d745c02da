"""What the program imports is declared in pyproject.toml, and what is declared there is imported."""

import ast
import importlib
import re
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
SOURCES = ("kam_xl", "udfs", "lite", "addins/calc")
# Modules that are called otherwise than their package.
PACKAGES = {"markdown_it": "markdown-it-py", "pptx": "python-pptx", "ibis": "ibis-framework"}
# What a spreadsheet program, its Python or Windows brings along; babel only compiles the catalogues.
BROUGHT = {"uno", "unohelper", "com", "org", "win32com", "pywintypes", "kam_xl", "kam_udfs", "babel"}
LOADED = {"tomli"}  # in Pythons that have no tomllib
pytestmark = pytest.mark.source


def asked_for(node):
    """The module that a call such as `required("pymysql", "mysql")` imports."""
    is_asking = isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("required", "import_module")
    if is_asking and node.args and isinstance(node.args[0], ast.Constant):
        yield node.args[0].value


def imported():
    """Packages from outside, each with a file that imports it."""
    found = {}
    for path in (path for folder in SOURCES for path in sorted((TOP / folder).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            names += list(asked_for(node))
            for name in {name.partition(".")[0] for name in names} - sys.stdlib_module_names - BROUGHT:
                found[PACKAGES.get(name, name).replace("_", "-")] = path.relative_to(TOP).as_posix()
    return found


def declared():
    """The packages that the program and its extras need."""
    tomllib = importlib.import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    ours = {"kam_xl", *project["optional-dependencies"]}
    return {name for line in lines for name in re.findall(r"[A-Za-z][\w-]+", re.split(r"[<>=;]", line)[0])} - ours


def test_what_is_imported_is_declared():
    assert {name: path for name, path in imported().items() if name not in declared()} == {}


def test_what_is_declared_is_imported():
    assert declared() - imported().keys() - LOADED == set()
