"""The reference of functions is the one that its program writes."""

import subprocess
import sys

import pytest

from kam_xl.functions import FUNCTIONS
from tests.docs.pages import DOCS, headings, page

PAGES = ("functions.md", "functions_ru.md")


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reference")
    subprocess.run([sys.executable, "-W", "error", str(DOCS / "make_functions.py"), str(folder)], check=True)
    return folder


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_what_the_functions_say(fresh, name):
    assert page(name) == (fresh / name).read_text("utf-8"), "write it anew with: python docs/make_functions.py"


@pytest.mark.parametrize("name", PAGES)
def test_the_page_has_a_place_for_each_function(name):
    assert [heading for heading in headings(page(name)) if heading in FUNCTIONS] == list(FUNCTIONS)


def test_russian_formulas_have_semicolons_and_decimal_commas():
    assert "`=KAM_PENETRATION(30; 120)` даёт `0,25`" in page("functions_ru.md")
    assert "`=KAM_PENETRATION(30, 120)` returns `0.25`" in page("functions.md")
