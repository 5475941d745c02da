import os
import shutil
import sys
from unicodedata import normalize

import pytest

from tests.docs.pages import ROOT


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no names of such bytes")
def test_a_workbook_whose_name_is_not_utf_8_is_read_and_written_under_such_a_name(run, tmp_path):
    source = os.fsdecode(os.fsencode(tmp_path) + b"/clients\xff.xlsx")
    shutil.copy(ROOT / "examples" / "clients_en.xlsx", source)
    assert run("plan", source, "--lang", "en")[0] == 0
    assert b"clients\xff-plans.xlsx" in map(os.fsencode, (path.name for path in tmp_path.iterdir()))


def test_a_name_with_composed_letters_finds_the_file_with_decomposed_ones_that_macos_wrote(run, tmp_path):
    source, plans = tmp_path / normalize("NFD", "Клиенты й ё.xlsx"), tmp_path / normalize("NFC", "Планы й ё.xlsx")
    shutil.copy(ROOT / "examples" / "clients_en.xlsx", source)
    assert run("plan", tmp_path / normalize("NFC", source.name), "-o", plans, "--lang", "en")[0] == 0
    decomposed = plans.rename(tmp_path / normalize("NFD", plans.name))
    before = decomposed.read_bytes()
    assert run("classify", source, "-o", plans, "--overwrite", "--lang", "en")[0] == 4  # nobody loses plans
    assert run("language", plans, "ru")[0] == 0
    assert (sorted(tmp_path.iterdir()), decomposed.read_bytes() == before) == (sorted([source, decomposed]), False)


def test_managers_find_their_workbooks_also_where_macos_has_named_them(run, tmp_path):
    table = tmp_path / "clients.csv"
    table.write_text("Client ID,Client,Manager,Revenue,Procurement budget\n1,Nordwerk,Андрей,900,1000\n", "utf-8")
    call = ["plan", table, "--split-by", "manager", "-o", tmp_path / "handed", "--lang", "en"]
    assert run(*call)[0] == 0
    (made,) = (tmp_path / "handed").iterdir()
    made.rename(made.with_name(normalize("NFD", made.name)))
    assert run(*call)[0] == 0
    assert [normalize("NFC", path.name) for path in (tmp_path / "handed").iterdir()] == [normalize("NFC", made.name)]
