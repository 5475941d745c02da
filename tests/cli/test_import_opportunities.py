"""kam-xl import opportunities: a CRM's deals into the plans."""

import pytest

from kam_xl.actions.book.sheets import OurSheets
from tests.actions.teamwork import opened

CLIENTS = """Client ID,Client,Parent company,Revenue,Procurement budget
A1,Alfa North,Alfa,900,1000
A2,Alfa South,Alfa,100,500
B,Beta,,50,90
"""


@pytest.fixture
def plans(run, tmp_path):
    """A workbook whose own settings make one client of all companies of a parent."""
    clients, settings, path = tmp_path / "clients.csv", tmp_path / "kam.toml", tmp_path / "plans.xlsx"
    clients.write_text(CLIENTS, "utf-8")
    settings.write_text('clients_by = "parent"\n', "utf-8")
    assert run("plan", clients, "--settings", settings, "-o", path, "--lang", "en")[0] == 0
    return path


def test_the_settings_of_the_workbook_say_who_is_a_client(run, plans, text_file):
    deals = text_file("deals.csv", "Deal,Company,Amount,Probability\nPipes,Alfa,500,40%\n")
    code, out, _ = run("import", "opportunities", deals, "--into", plans, "--lang", "en")
    assert (code, out.splitlines()[0]) == (0, "deals.csv: 1 deal (500), 1 new, 0 changed, plans: 1.")
    with opened(plans) as book:
        assert OurSheets(book).plans["Alfa"][0].cells("kam_opportunity_amount")[0] == 500
