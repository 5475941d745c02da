"""What the package brings is found, in a checkout and in an installed wheel."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kam_xl.install import bundled
from kam_xl.install.guide import guide_page

ROOT = Path(__file__).parents[2]


@pytest.mark.source
def test_workbooks_functions_and_guide_are_found():
    assert bundled.workbook("en") == ROOT / "workbook" / "KeyAccounts.xlsm"
    assert (bundled.udfs(), bundled.guide()) == (ROOT / "udfs", ROOT / "docs")


def test_what_is_not_there_is_told():
    with pytest.raises(bundled.NotBundledError, match="nothing is missing"):
        bundled.bundled("nothing")


def test_the_guide_becomes_pages_whose_links_lead_somewhere(tmp_path):
    page = guide_page("ru", tmp_path)
    text = page.read_text("utf-8")
    assert page.name == "guide_ru.html"
    assert '<h2 id="таблица-клиентов">' in text
    assert 'href="commands.html' in text
    assert (tmp_path / "pictures" / "plan_ru.png").exists()
    assert ".md" not in "".join(part.split('"')[0] for part in text.split('href="')[1:] if "://" not in part)


@pytest.mark.source
def test_where_no_page_can_be_written_the_guide_is_its_text(tmp_path):
    (tmp_path / "file").touch()
    assert guide_page("en", tmp_path / "file") == ROOT / "docs" / "guide_en.md"


@pytest.mark.slow
def test_a_built_wheel_brings_everything_and_finds_it(tmp_path):
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", tmp_path, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    code = (
        "import kam_udfs, kam_xl; from kam_xl.install import bundled as b;"
        "print(kam_udfs.__file__, b.udfs(), b.workbook('ru'), b.guide() / 'pictures' / 'plan_en.png', sep='\\n')"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "site"), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    found = [Path(line) for line in run.stdout.splitlines()]
    assert all(path.exists() and path.is_relative_to(tmp_path / "site") for path in found)
