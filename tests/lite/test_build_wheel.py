"""The wheel of the functions: built into a new folder, and in need of nothing but Python."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

BUILDER = Path(__file__).parents[2] / "lite" / "build_wheel.py"
CALL = (
    "import sys; sys.path.insert(0, sys.argv[1]); from kam_xl.functions import FUNCTIONS; "
    "print(len(FUNCTIONS), FUNCTIONS['KAM_PENETRATION'].call(30, 120), FUNCTIONS['KAM_POSITION'].call(0.6, None, 'ru'))"
)


@pytest.mark.source
def test_the_functions_work_with_the_standard_library_alone(tmp_path):
    from kam_xl.functions import FUNCTIONS

    folder = tmp_path / "dist"
    subprocess.run([sys.executable, BUILDER, folder], check=True)
    with ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(tmp_path / "installed")
    alone = [sys.executable, "-I", "-S", "-X", "utf8", "-c", CALL, tmp_path / "installed"]
    told = subprocess.run(alone, capture_output=True, encoding="utf-8", check=False)
    assert (told.stdout, told.stderr) == (f"{len(FUNCTIONS)} 0.25 Сильная\n", "")


@pytest.mark.source
def test_the_wheel_has_the_version_of_the_package_and_the_name_that_the_requirement_gives(tmp_path):
    from kam_xl import __version__

    subprocess.run([sys.executable, BUILDER, tmp_path], check=True)
    wheel = next(tmp_path.glob("*.whl")).name
    required = (BUILDER.parent / "requirements.txt").read_text(encoding="utf-8").splitlines()[-1]
    assert wheel == f"kam_xl_functions-{__version__}-py3-none-any.whl" == required.rpartition("/")[2]
