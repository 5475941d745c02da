"""A client table of 129 clients, built again from the 1.2 million payments that it came from."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from kam_xl.ledger.counts.counting import ImportOptions
from kam_xl.ledger.market import import_market
from kam_xl.ledger.opening import Where
from kam_xl.ledger.recipe import read_recipe

pytestmark = pytest.mark.slow
RECIPE = read_recipe(Path(__file__).parent / "public_it_2019.toml")
# What the table's makers did not see: "capita*" is also a college, "daisy*" also a nursery, and so on.
BETTER = {
    "Capita": ("capita", "capita *"),
    "Daisy": ("daisy communications*", "daisy corporate*", "daisy group*"),
    "Northgate": ("northgate", "northgate arinso*", "northgate information*", "northgate public*"),
    "Insight Direct": ("insight direct*", "insightdirect*"),
}


def better(party):
    return replace(party, match=BETTER.get(party.name, party.match))


@pytest.fixture(scope="module")
def ledger(shared):
    return Where([str(shared / "data" / "ledger_2019.parquet")])


@pytest.fixture(scope="module")
def built(ledger):
    return import_market(ledger, RECIPE, ImportOptions())


def as_frames(imported):
    sheets = imported.sheets("en")
    return [pd.DataFrame(sheets[name][1:], columns=sheets[name][0]) for name in ("Clients", "Competitors")]


def test_the_published_table_is_built_again_without_a_difference(built, shared):
    published = pd.read_excel(shared / "data" / "clients_public_it_2019.xlsx", sheet_name=None, engine="calamine")
    published["Clients"] = published["Clients"].rename(columns={"Revenue": "Revenue 2019"})  # imports name the year
    for ours, theirs in zip(as_frames(built), (published["Clients"], published["Competitors"]), strict=True):
        pd.testing.assert_frame_equal(
            ours, theirs[ours.columns], check_dtype=False, check_exact=False, atol=0.005, rtol=0
        )
        assert list(theirs.columns) == list(ours.columns)


def test_every_row_and_all_money_is_accounted_for(built):
    assert built.used.rows + sum(each.rows for each in built.left_out) == built.read.rows == 1_249_200
    known = [each.amount for each in (built.used, *built.left_out) if each.amount is not None]
    assert sum(known) == built.read.amount


def test_better_patterns_differ_by_the_suppliers_that_they_tell_apart_and_by_nothing_else(built, ledger):
    recipe = replace(RECIPE, seller=better(RECIPE.seller), competitors=tuple(map(better, RECIPE.competitors)))
    other = import_market(ledger, recipe, ImportOptions())
    counted, recounted = (
        {link.supplier: link.party for link in each.links if link.decision} for each in (built, other)
    )
    lost = {each.name: party for each, party in counted.items() if each not in recounted}
    assert set(lost.values()) == {"Capita", "Daisy", "Northgate"}
    assert {name for name, party in lost.items() if party == "Capita"} == {
        "CAPITAL AUTOBODIES LLP",
        "CAPITAL CITY COLLEGE GROUP",
        "CAPITAL ENTERPRISE",
        "CAPITAL PROPERTIES",
        "CAPITAL RESOLVE LTD",
        "CAPITAL UK ELECTRICS LTD",
        "Capital UK Ltd",
        "Capital and Centric (Cinnamon1) Ltd",
        "Capital and Centric (Cinnamon2) Ltd",
    }
    assert [each.name for each in recounted if each not in counted] == ["Insightdirect(UK)lt"]
    moved = sum((each.amount for each in recounted if each not in counted), Decimal(0))
    moved -= sum((each.amount for each in counted if each not in recounted), Decimal(0))
    assert other.used.amount - built.used.amount == moved
