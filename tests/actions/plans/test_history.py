"""Earlier builds are on record, and each build says what changed since."""

from datetime import date, timedelta

import pytest

from kam_xl import actions
from kam_xl.actions.book.record import Record
from kam_xl.actions.book.sheets import OurSheets
from kam_xl.actions.plans.history import NoSuchBuildError, _kept, builds, earlier, remember
from kam_xl.domain.classify import Client, classify
from kam_xl.domain.settings import Settings
from kam_xl.plan.fields import OurSheet
from tests.actions.teamwork import opened
from tests.tables import TODAY

LATER = TODAY + timedelta(days=31)


def test_the_next_build_lists_what_changed_with_alarms_first(build, plans_xlsx, tmp_path):
    with opened(plans_xlsx) as book:
        book.sheets["Clients"]["E2"].value = 300
        book.save()
    report = build(plans_xlsx, tmp_path / "again.xlsx", today=LATER)
    assert next((each.kind.value, each.client_id) for each in report.changes) == ("alarm", "C01")
    assert [finding.code for finding in report.findings if finding.client_id == "C01"] == [
        "proposal-outdated",
        "revenue-fell",
    ]
    with opened(tmp_path / "again.xlsx") as book:
        sheet = OurSheets(book).find(OurSheet.CHANGES)
        first = sheet.sheet.tables[0].data_body_range.options(ndim=2).value[0]
        assert first[:6] == ["Alarm", "Nordwerk", "Revenue", "600", "300", -0.5]
        assert sheet.cells("kam_summary")[0].startswith(f"Since {TODAY}: 1 alarm, ")


def test_an_alarm_leads_to_its_cell_whatever_the_name_of_the_sheet(build, plans_xlsx):
    """A formula writes 'Clients 2026' in quotes; the name of the sheet has none."""
    with opened(plans_xlsx) as book:
        book.sheets["Clients"].name = "Clients 2026"
        book.sheets["Clients 2026"]["E2"].value = 300
        book.save()
    found = [each for each in build(plans_xlsx, plans_xlsx, today=LATER).findings if each.code == "revenue-fell"]
    assert [(each.sheet, each.cell) for each in found] == [("Clients 2026", "E2")]


def test_a_second_build_of_the_same_day_compares_with_the_day_before(build, plans_xlsx):
    with opened(plans_xlsx) as book:
        book.sheets["Clients"]["E2"].value = 300
        book.save()
    first, second = (build(plans_xlsx, plans_xlsx, today=LATER).changes for _ in range(2))
    assert first == second


def test_the_builds_of_the_first_day_are_compared_with_its_first_one(build, plans_xlsx):
    shown = []
    for revenue in (500, 300, 300):
        with opened(plans_xlsx) as book:
            book.sheets["Clients"]["E2"].value = revenue
            book.save()
        changed = next(each for each in build(plans_xlsx, plans_xlsx).changes if each.what.render("en") == "Revenue")
        shown.append((changed.before, changed.after))
    assert shown == [(600, 500), (600, 300), (600, 300)]
    build(plans_xlsx, plans_xlsx, today=LATER)
    with opened(plans_xlsx) as book:
        record = Record(OurSheets(book))
        assert not [owner for owner in record.owners() if owner.startswith("first:")]
        assert earlier(record, LATER)[1]["C01"].revenue == 300


def test_old_builds_are_thinned_to_months_and_quarters(plans_xlsx):
    with opened(plans_xlsx) as book:
        record = Record(OurSheets(book))
        classification = classify([Client("1", "Nordwerk", revenue=60)])
        days = [TODAY + timedelta(weeks=n) for n in range(300)]
        for day in days:
            remember(record, day, classification, {})
            record.save()
            record = Record(OurSheets(book))
        kept = builds(record)
    assert len(kept) < 35  # 300 weeks: 3 builds, 12 months, the quarters of 5 years
    assert kept[-3:] == days[-3:]
    assert max(each for each in kept if each <= date(2027, 6, 30)) > date(2027, 6, 20)


def test_a_day_before_the_first_build_is_refused_with_the_days_there_are(plans_xlsx):
    with opened(plans_xlsx) as book, pytest.raises(NoSuchBuildError, match=str(TODAY)):
        earlier(Record(OurSheets(book)), LATER, since=date(2000, 1, 1))


def test_the_button_without_an_earlier_build_says_so(clients_xlsx):
    with opened(clients_xlsx) as book:
        report = actions.what_changed(book, actions.Options(lang="en", today=TODAY))
        sheet = OurSheets(book).find(OurSheet.CHANGES)
        assert (report.changes, sheet.cells("kam_summary")) == ([], ["There is no earlier build to compare with."])


def test_a_plan_shows_its_trend_from_the_second_month_on(build, plans_xlsx):
    with opened(plans_xlsx) as book:
        plan = OurSheets(book).plans["C01"][0]
        assert plan.cells("kam_trend_day") == [None] * 6
        book.sheets["Clients"]["E2"].value = 700
        book.save()
    build(plans_xlsx, plans_xlsx, today=LATER)
    with opened(plans_xlsx) as book:
        plan = OurSheets(book).plans["C01"][0]
        assert plan.cells("kam_trend_day")[:3] == [str(TODAY), str(LATER), None]
        assert plan.cells("kam_trend_revenue")[:3] == [600, 700, None]


def test_a_history_within_bounds_however_often_people_build():
    settings = Settings(history_builds=2, history_months=1, history_years=1)
    days = [TODAY + timedelta(days=3 * n) for n in range(400)]
    assert len(_kept(days, days[-1], settings)) <= 2 + 2 + 5
