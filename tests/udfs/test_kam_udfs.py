"""The module that xlwings imports by its name."""

import doctest
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import kam_udfs
from kam_xl.functions import FUNCTIONS

ROOT = Path(__file__).parents[2]


def test_elsewhere_than_in_excel_they_are_plain_functions():
    assert kam_udfs.KAM_PENETRATION(30, 120) == 0.25
    assert kam_udfs.KAM_STRATEGY("Strong", "High", None, "en") == "Defend and extend"


def test_it_holds_the_functions_of_the_table_and_no_others():
    assert [name for name in vars(kam_udfs) if name.startswith("KAM_")] == list(FUNCTIONS)


def test_the_examples_in_its_texts_run():
    assert doctest.testmod(kam_udfs).failed == 0


def test_importing_it_loads_neither_file_libraries_nor_the_reader_of_tables():
    # pandas comes with xlwings where it is installed; this is what we would add.
    code = (
        "import sys, xlwings\n"
        "before = set(sys.modules)\n"
        f"sys.path.insert(0, {str(ROOT / 'udfs')!r})\n"
        "import kam_udfs\n"
        "print(*{name.split('.')[0] for name in set(sys.modules) - before} - set(sys.stdlib_module_names))\n"
        "assert 'kam_xl.table' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == {"kam_udfs", "kam_xl"}


@pytest.mark.source
def test_the_installed_package_has_it_beside_kam_xl(tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert "kam_udfs.py" in archive.namelist()
