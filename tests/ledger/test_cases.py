"""Ledgers as people have them, from the collection of cases beside the project: each gives its truth or its refusal."""

from __future__ import annotations

from datetime import date

import pytest

from kam_xl.errors import KamError
from kam_xl.ledger.counts.counting import ImportOptions
from kam_xl.ledger.invoices import import_invoices
from kam_xl.ledger.market import import_market
from kam_xl.ledger.opening import Where
from kam_xl.ledger.recipe import Party, Recipe, read_recipe

TODAY = date(2026, 11, 28)
TWO = {"A": 100, "B": 200}

# Case to the revenue of each client, and codes of findings or reasons that must be told.
TRUTHS = {
    "columns/account_code.csv": ({"Alfa": 120, "Nord": 100}, ["column-not-id"]),
    "columns/client_total.csv": (
        {"Subtotal Ltd": 30, "Total": 100, "Total Energies": 100, "Итого-Сервис": 50},
        ["totals", "total-differs"],
    ),
    "columns/debit_credit.csv": ({"A": 100, "B": 50}, ["how-read"]),
    "columns/dup_hour.csv": ({"A": 30}, []),
    "columns/gl_account.csv": (
        {"Alfa": 50, "Nordwerk": 100},
        ["entries on the account 1200 Receivables, which is not sales"],
    ),
    "columns/id_float.csv": ({"A": 157}, ["id-by-name"]),
    "columns/id_only.csv": ({"C1": 100, "C2": 50}, []),
    "columns/id_two_names.csv": ({"Nord GmbH": 150}, ["id-several-names"]),
    "columns/kod.csv": ({"Норд": 150}, ["column-not-id"]),
    "columns/null_words.csv": ({"A": 1}, ["no client"]),
    "columns/price_is_unit_price.csv": ({"Acme": 164.4, "Beta": -35.4}, ["how-read"]),
    "columns/qty_price.csv": ({"A": 50}, ["how-read"]),
    "columns/row_id.csv": ({"Alfa": 120, "Nord": 100}, ["column-not-id"]),
    "columns/status.csv": ({"A": 100}, ["status Void", "status Draft", "status Cancelled"]),
    "columns/sub_tax_total.csv": ({"A": 100, "B": 50}, ["how-read"]),
    "columns/year_id.csv": ({"Alfa": 100, "Nordwerk": 300}, ["column-not-id"]),
    "dates/dat_2digit.csv": ({"B": 200}, ["several-years"]),
    "dates/dat_2digit99.csv": ({"A": 100}, []),
    "dates/dat_ampm.csv": (TWO, []),
    "dates/dat_future.csv": ({"B": 400}, ["future-dates"]),
    "dates/dat_fy.csv": (TWO, []),
    "dates/dat_missing.csv": ({"B": 200}, ["no date"]),
    "dates/dat_mixed.csv": (TWO, []),
    "dates/dat_mon.csv": (TWO, []),
    "dates/dat_mon2.csv": (TWO, []),
    "dates/dat_mon3.csv": (TWO, []),
    "dates/dat_quarter.csv": (TWO, []),
    "dates/dat_ru.csv": ({"А": 100, "Б": 200}, []),
    "dates/dat_ru2.csv": ({"А": 100, "Б": 200}, []),
    "dates/dat_serial.csv": (TWO, []),
    "dates/dat_year.csv": ({"B": 200}, ["several-years"]),
    "dates/same_bad_date.csv": ({"A": 1, "B": 2, "C": 3}, []),
    "dates/tz.csv": ({"Alfa": 50, "Nord": 100}, []),
    "money/amt_big_ok.csv": ({"A": 19999999999998, "B": 200}, []),
    "money/amt_cr_dr.csv": ({"A": 100, "B": -200}, ["how-read"]),
    "money/amt_indian.csv": ({"A": 100000.5, "B": 200}, []),
    "money/amt_prec.csv": ({"A": 0.247, "B": 200}, []),
    "money/amt_sci.csv": ({"A": 1500000, "B": 200}, []),
    "money/amt_trailing_minus.csv": ({"A": -100, "B": -200, "C": 1000}, ["credit-notes"]),
    "money/amt_zero_neg.csv": ({"A": 0, "B": -5, "C": 100}, ["credit-notes"]),
    "money/cur_brl.csv": ({"A": 1200.5, "B": 200}, []),
    "money/cur_cad.csv": ({"A": 100, "B": 50}, []),
    "money/cur_pln.csv": ({"A": 1200.5, "B": 200}, []),
    "money/cur_rs.csv": ({"A": 1200.5, "B": 200}, []),
    "money/cur_rupee.csv": ({"A": 100000.5, "B": 200}, []),
    "money/cur_sek.csv": ({"A": 1200.5, "B": 200}, []),
    "money/cur_title_inr.csv": ({"A": 100}, []),
    "money/cur_uah.csv": ({"А": 1200.5, "Б": 200}, []),
    "files/enc_bad.csv": ({"Müller": 100}, []),
    "files/enc_utf16.csv": ({"Nörd": 100}, []),
    "files/enc_866.csv": ({"Ромашка": 100}, []),
    "files/enc_koi8.csv": ({"Ромашка": 100}, []),
    "files/enc_cp1250.csv": ({"Łódź Śląsk": 100}, []),
    "files/enc_utf16nobom.csv": ({"Nord": 100}, []),
    "files/inv.csv.gz": ({"A": 100}, []),
    "files/inv.zip": ({"A": 100}, []),
    "files/multiline.csv": ({"Alfa": 50, "Nord": 100}, []),
    "files/parts": ({"A": 100, "B": 200, "C": 300}, ["how-read"]),
    "workbooks/1c_journal.xlsx": ({"Лютик ООО": 250.5, "Ромашка ООО": 1000}, []),
    "workbooks/1c_report.xlsx": ({'ООО "Лютик"': 50, 'ООО "Ромашка"': 300}, ["how-read", "totals"]),
    "workbooks/merged.xlsx": ({"A": 300, "B": 700}, ["how-read"]),
    "workbooks/months_as_sheets.xlsx": ({"A": 300, "B": 300}, []),
    "workbooks/quickbooks_detail.xlsx": ({"Alfa Ltd": -50, "Nordwerk GmbH": 300}, ["how-read", "totals"]),
    "workbooks/serial_no_format.xlsx": (TWO, []),
    "workbooks/xero_by_month.xlsx": ({"Alfa": 60, "Nordwerk": 300}, ["how-read", "totals"]),
}
REFUSALS = {
    "columns/id_only_market.csv": "there is no seller",
    "dates/dat_ambig.csv": "dates can be read in two ways",
    "dates/dat_impossible.csv": "dat_impossible.csv:2 the date cannot be read",
    "money/amt_huge.csv": "amt_huge.csv:2 the amount is too large",
    "money/amt_null.csv": "2 rows cannot be read: amt_null.csv:3 .* amt_null.csv:4",
    "money/cur_mixed_symbols.csv": r"EUR \(100\), USD \(200\)",
    "money/fx.csv": r"EUR \(100\), JPY \(1,000\), USD \(150\)",
    "files/diff": "2 files cannot be read: c.csv.* d.csv",
    "files/inv.json": "this is JSON, not a table",
    "workbooks/formulas_no_cache.xlsx": "formulas_no_cache.xlsx:3 .* formulas_no_cache.xlsx:4",
}


@pytest.fixture
def cases(shared):
    folder = shared / "cases" / "ledgers"
    if not folder.is_dir():
        pytest.skip("the collection of ledgers is not there")
    return folder


def imported(path):
    recipe = path.with_suffix(".toml")
    names = sorted(map(str, path.glob("*"))) if path.name == "diff" else [str(path)]
    run = import_market if path.stem.endswith("market") else import_invoices
    return run(Where(names), read_recipe(recipe) if recipe.exists() else Recipe(), ImportOptions(today=TODAY))


@pytest.mark.parametrize("name", TRUTHS)
def test_every_ledger_gives_its_truth_and_says_what_must_be_said(cases, name):
    found = imported(cases / name)
    revenue, said = TRUTHS[name]
    told = [*(each.code for each in found.findings), *(each.reason.render() for each in found.left_out)]
    assert {each.client: float(each.revenue) for each in found.clients} == pytest.approx(revenue)
    assert [each for each in said if each not in told] == []
    assert found.used.rows + sum(each.rows for each in found.left_out) == found.read.rows


@pytest.mark.parametrize("name", REFUSALS)
def test_what_cannot_be_read_for_sure_is_refused_with_its_places(cases, name):
    with pytest.raises(KamError, match=REFUSALS[name]):
        imported(cases / name)


def test_ids_alone_name_the_clients_of_a_market(cases):
    where = Where([str(cases / "columns" / "id_only_market.csv")])
    found = import_market(where, Recipe(seller=Party("Softcat")), ImportOptions(today=TODAY))
    assert [(each.client, float(each.revenue)) for each in found.clients] == [("B1", 100)]


def test_every_ledger_of_the_collection_is_in_these_tables(cases):
    names = {
        path.relative_to(cases).as_posix() for path in cases.rglob("*") if path.is_file() and path.suffix != ".toml"
    }
    others = ("operational/", "again/", "files/diff/", "files/parts/")
    known = {*TRUTHS, *REFUSALS}
    assert sorted(name for name in names if not name.startswith(others) and name not in known) == []
