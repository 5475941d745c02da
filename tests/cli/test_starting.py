import subprocess
import sys

import pytest

from kam_xl import __version__
from kam_xl.cli.all_commands import MODULES, app_with

ASK = "import sys; from kam_xl.cli import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"


def started(*arguments):
    """What a command prints, and the modules that it imported."""
    found = subprocess.run([sys.executable, "-c", ASK, *arguments], capture_output=True, text=True)
    return found.stdout, {name.partition(".")[0] for name in found.stderr.split()}, set(found.stderr.split())


def test_the_version_is_shown_without_importing_a_library():
    shown, packages, modules = started("--version")
    assert shown == f"kam-xl {__version__}\n"
    assert not packages & {"typer", "rich", "xlwings"}
    assert "kam_xl.cli.commands" not in modules


def test_building_plans_imports_nothing_of_other_commands_and_no_heavy_library(tmp_path, text_file):
    table = text_file("clients.csv", "Client,Revenue\nNordwerk,60\nRhein,40\n")
    _, packages, modules = started("plan", str(table), "-o", str(tmp_path / "plans.xlsx"), "--lang", "en")
    assert (tmp_path / "plans.xlsx").exists()
    assert not packages & {"pandas", "numpy", "openpyxl", "cryptography", "ibis", "duckdb", "pptx"}
    assert not [name for name in modules if name.startswith("kam_xl.ledger")]


def test_every_command_is_in_the_module_that_is_imported_for_its_name():
    whole = app_with()
    places = {each.name or each.callback.__name__: each.callback.__module__ for each in whole.registered_commands}
    groups = [each.typer_instance.info.name for each in whole.registered_groups]
    places |= {name: f"kam_xl.cli.{name}_commands" for name in groups}
    others = {name: f"kam_xl.cli.{module}" for name, module in MODULES.items()}
    assert {name: place for name, place in places.items() if place != "kam_xl.cli.commands"} == others


def test_a_command_imports_nothing_of_the_others():
    for command in ("read", "settings"):
        _, _, modules = started(command, "--help")
        assert not modules & {"kam_xl.cli.team_commands", "kam_xl.cli.import_commands", "kam_xl.cli.install_commands"}


@pytest.mark.parametrize("command", ["read", "refresh", "template", "import", "deck"])
def test_a_command_that_is_added_later_is_found_by_its_name(command):
    shown, _, _ = started(command, "--help")
    assert f"{command} " in shown
