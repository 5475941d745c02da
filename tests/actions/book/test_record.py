"""The record of what was written: whole again after a save, also from the rows of earlier versions."""

from datetime import datetime, timedelta

import pytest
import xlwings as xw
from hypothesis import given
from hypothesis import strategies as st

from kam_xl.actions.book import record
from kam_xl.actions.book.record import Record, packed, unpacked
from kam_xl.actions.book.sheets import OurSheets
from kam_xl.plan.account.plan_fields import PLAN_NAMES
from kam_xl.plan.fields import OurSheet
from tests.actions.teamwork import opened
from tests.tables import TODAY

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1)
WRITTEN = st.one_of(WORDS, st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.datetimes())
RECORDS = st.dictionaries(WORDS, st.dictionaries(WORDS, WRITTEN, min_size=1), max_size=3)


@given(RECORDS)
def test_what_was_noted_comes_back(written):
    assert unpacked(packed(written)) == written


def test_texts_cut_anywhere_come_back_from_a_book(monkeypatch):
    monkeypatch.setattr(record, "_PART", 3)  # parts begin with every sign that programs take for a formula or number
    written = {"plan:7": {"kam_goal": "=1+1 '007' -5 @x 1/2 TRUE  blanks", "kam_built": datetime(2026, 6, 1, 9, 30)}}
    book = xw.engines["file"].apps.add().books.add()
    sheets = OurSheets(book)
    sheets.add_missing("en", {OurSheet.RECORD})
    ours = Record(sheets)
    ours.replace("plan:7", written["plan:7"])
    ours.save()
    assert {owner: Record(sheets).of(owner) for owner in Record(sheets).owners()} == written


def test_a_book_of_an_earlier_version_is_built_again_as_one_of_ours(build, plans_xlsx, tmp_path):
    book = xw.engines["file"].apps.add().books.open(plans_xlsx)
    sheet = OurSheets(book).find(OurSheet.RECORD).sheet
    before = unpacked(sheet.used_range.options(ndim=2).value)
    sheet.used_range.clear()
    rows = [[owner, field, content] for owner, fields in before.items() for field, content in fields.items()]
    sheet["A1"].value = [["owner", "field", "written"], *rows]
    book.sheets["Nordwerk"]["kam_position_argument"].value = "They love us"
    book.sheets["Clients"]["E2"].value = 700
    book.save(plans_xlsx)
    report = build(plans_xlsx, tmp_path / "again.xlsx")
    plan = xw.engines["file"].apps.add().books.open(tmp_path / "again.xlsx").sheets["Nordwerk"]
    assert (plan["kam_revenue"].value, plan["kam_position_argument"].value) == (700, "They love us")
    assert [address.split("!")[0] for address in report.kept] == ["Nordwerk"]


@pytest.mark.parametrize("text", ['{"kam_revenue[0]": 900', "5", "[" * 30_000, '{"kam_built[0]": {"date": "soon"}}'])
def test_a_record_that_somebody_damaged_is_told_and_its_cells_stay(build, plans_xlsx, tmp_path, text):
    book = xw.engines["file"].apps.add().books.open(plans_xlsx)
    sheet = OurSheets(book).find(OurSheet.RECORD).sheet
    owners = sheet["A1"].expand("down").value
    (row,) = [number for number, owner in enumerate(owners, start=1) if owner == "plan:C01"]
    sheet[f"C{row}"].value = "'" + text[:30_000]
    book.sheets["Clients"]["E2"].value = 700
    book.save(plans_xlsx)
    report = build(plans_xlsx, tmp_path / "again.xlsx")
    told = [(each.sheet, each.client_id) for each in report.findings if each.code == "record-damaged"]
    assert told == [("KAM record", "C01")]
    assert any(address.startswith("Nordwerk!") for address in report.kept)


def test_each_save_leaves_in_the_book_what_is_on_record_and_no_more():
    sheets = OurSheets(xw.engines["file"].apps.add().books.add())
    sheets.add_missing("en", {OurSheet.RECORD})
    for fields in ({"a": {"x": 1.0}}, {"a": {"x": 1.0}, "b": {"y": "2"}}, {"b": {"y": "3"}}, {}):
        ours = Record(sheets)
        for owner in "ab":
            ours.replace(owner, fields.get(owner, {}))
        ours.save()
        again = Record(sheets)
        assert {owner: again.of(owner) for owner in again.owners()} == fields


def test_a_trend_that_history_tells_is_kept_once_and_comes_back_whole(build, plans_xlsx):
    with opened(plans_xlsx) as book:
        book.sheets["Clients"]["E2"].value = 700
        book.save()
    build(plans_xlsx, plans_xlsx, today=TODAY + timedelta(days=31))
    with opened(plans_xlsx) as book:
        sheets = OurSheets(book)
        kept = unpacked(sheets.find(OurSheet.RECORD).sheet.used_range.options(ndim=2).value)["plan:C01"]
        assert not [name for name in kept if name.startswith("kam_trend_")]
        plan = sheets.plans["C01"][0]
        shown = {
            f"{name}[{at}]": value
            for name in PLAN_NAMES
            if name.startswith("kam_trend_") and name in plan
            for at, value in enumerate(plan.cells(name))
            if value is not None
        }
        ours = {name: value for name, value in Record(sheets).of("plan:C01").items() if name.startswith("kam_trend_")}
        assert (ours, len(ours)) == (shown, 10)


def test_a_trend_that_history_does_not_tell_any_more_stays_in_the_record(build, plans_xlsx):
    build(plans_xlsx, plans_xlsx, today=TODAY + timedelta(days=31))
    with opened(plans_xlsx) as book:
        sheets = OurSheets(book)
        ours = Record(sheets)
        before = dict(ours.of("plan:C01"))
        ours.replace(f"history:{TODAY}", {})
        ours.save()
        assert Record(sheets).of("plan:C01") == before
