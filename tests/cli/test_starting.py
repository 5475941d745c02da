import subprocess
import sys

import pytest

from kam_xl import __version__

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


@pytest.mark.parametrize("command", ["read", "refresh", "template", "import", "deck"])
def test_a_command_that_is_added_later_is_found_by_its_name(command):
    shown, _, _ = started(command, "--help")
    assert f"{command} " in shown
