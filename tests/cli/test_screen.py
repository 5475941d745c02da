import json
import re
from pathlib import Path

import pytest

import kam_xl.cli
from kam_xl.cli.files import csv_text
from kam_xl.table.sources.formula_texts import as_before, kept_text

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
HOSTILE = "Alfa\x1b]0;owned\x07\x9b2J"


@pytest.fixture
def hostile(text_file):
    """A table whose names steer a terminal."""
    return text_file(
        "hostile.csv", f"Client ID,Client,Revenue,Procurement budget\n1,{HOSTILE},60,100\n2,{HOSTILE},x\x1b[5m,90\n"
    )


@pytest.mark.parametrize(
    "command", [["check"], ["classify"], ["explain", "{path}", "1"], ["explain", "{path}", "no\x1b[2Jbody"], ["read"]]
)
def test_what_a_table_holds_does_not_steer_the_terminal(run, hostile, command):
    name, *rest = command
    _, out, err = run(name, *([each.format(path=hostile) for each in rest] or [hostile]), "--lang", "en")
    assert out + err
    assert CONTROLS.findall(out + err) == []


def test_json_escapes_what_a_terminal_obeys_and_loses_nothing(run, hostile):
    _, out, _ = run("classify", hostile, "--json", "--lang", "en")
    assert CONTROLS.findall(out) == []
    assert {record["client"] for record in json.loads(out)} == {HOSTILE}


def test_commands_print_through_one_place():
    folder = Path(kam_xl.cli.__file__).parent
    prints = {
        path.name
        for path in folder.glob("*.py")
        if re.search(r"\bprint\(|\.echo\(|stdout\.write|stderr\.write", re.sub(r"console\.print", "", path.read_text()))
    }
    # Beside it JSON and tables, the line end after Ctrl+C, and an example in a docstring.
    assert prints == {"screen.py", "output.py", "__init__.py"}


@pytest.mark.parametrize(
    "text", ["=1+1", "Alfa;=1+1", "Alfa,=1+1", "Alfa\t=1+1", "Alfa\n=1+1", 'Alfa;"=1+1;', "Alfa;@SUM(1)", "-1"]
)
@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_no_text_of_a_csv_is_run_wherever_a_spreadsheet_splits_it(text, lang, delimiter):
    written = csv_text(["Client", "Note"], [["Alfa", text]], lang)
    cells = [cell.lstrip('"') for line in re.split(r"[\r\n]+", written) for cell in line.split(delimiter)]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert as_before(kept_text(text)) == text


def test_an_ordinary_text_stays_as_it_is():
    ordinary = "Roga & Kopyta, Ltd; Moscow - 2, +7 495"
    assert kept_text(ordinary) == ordinary
