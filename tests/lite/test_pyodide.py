"""The functions in Pyodide, the Python within Excel that xlwings Lite uses: they answer what they answer here."""

import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random
from shutil import which

import pytest

from kam_xl.functions import FUNCTIONS
from tests.workbook.lambdas.random_calls import python, random_call

ROOT = Path(__file__).parents[2]
LITE = ROOT / "lite"
READERS = ("KAM_TABLE", "KAM_IS_KEY", "KAM_EXPLAIN")
TABLE = [["Client", "Revenue", "Budget"], ["Nordwerk", 60, 100], ["Alfa", 5, None], ["Beta", 35, 70]]


def pyodide():
    """The folder of npm's package: beside the Python of this project, or where NODE_PATH says."""
    places = [Path(sys.prefix) / "npm" / "node_modules", *map(Path, os.environ.get("NODE_PATH", "").split(os.pathsep))]
    return next((place / "pyodide" for place in places if (place / "pyodide" / "pyodide.mjs").is_file()), None)


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not which("node") or pyodide() is None, reason="needs node and npm's package pyodide"),
]


def calls():
    """Random calls of every function, and those that read a table."""
    random = Random(1)  # noqa: S311 (the same calls each time)
    made = [
        (name, list(random_call(name, random).arguments))
        for name in FUNCTIONS
        if name not in READERS
        for _ in range(40)
    ]
    made += [("KAM_TABLE", [TABLE, "criteria, rank, strategy", None, lang]) for lang in ("en", "ru")]
    made += [("KAM_EXPLAIN", ["Alfa", TABLE, None, "ru"]), ("KAM_IS_KEY", ["Alfa", TABLE])]
    return [(name, [None if each == "" else each for each in arguments]) for name, arguments in made]


@pytest.fixture(scope="module")
def answered(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lite")
    subprocess.run([sys.executable, LITE / "build_wheel.py", folder], check=True, capture_output=True)
    wheel = next(folder.glob("*.whl"))
    (folder / "calls.json").write_text(json.dumps(calls()), encoding="utf-8")
    told = subprocess.run(
        ["node", Path(__file__).with_name("run.mjs"), pyodide(), wheel, LITE / "main.py", folder / "calls.json"],
        env={**os.environ, "LANG": "en_US.UTF-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=True,
    )
    return json.loads(told.stdout)


def test_every_function_answers_there_what_it_answers_here(answered):
    assert answered["platform"] == "emscripten"
    wanted = [json.loads(json.dumps(python(name, arguments))) for name, arguments in calls()]
    differing = [
        (call, there, here)
        for call, there, here in zip(calls(), answered["answers"], wanted, strict=True)
        if there != here
    ]
    assert differing == []


def test_nothing_but_the_standard_library_is_loaded(answered):
    allowed = {"kam_xl", "xlwings", "main", "_pyodide", "pyodide", "js", "pyodide_js", "_pyodide_core", "__main__"}
    assert {name for name in answered["loaded"] if not name.startswith("_")} <= allowed
