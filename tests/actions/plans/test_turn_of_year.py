"""A year that has just begun is told as such: less revenue than in the whole year before is no alarm."""

from datetime import date

import openpyxl
import pytest

from kam_xl.actions.report_lines import report_lines
from kam_xl.plan.week.changes import ChangeKind

DAYS = date(2027, 1, 5), date(2027, 2, 1)


def months(path, years, last):
    """A client table with a column for each month, filled to the last one."""
    book = openpyxl.load_workbook(path) if path.exists() else openpyxl.Workbook()
    sheet = book["Clients"] if path.exists() else book.active
    sheet.title = "Clients"
    dates = [date(year, month, 1) for year in years for month in range(1, 13)]
    rows = [["Client ID", "Client", *(f"{day:%b %Y}" for day in dates), "Procurement budget"]]
    rows += (
        [f"C{at}", f"Firm {at * 'x'}", *(100 * at if day <= last else None for day in dates), 5000 * at]
        for at in range(1, 7)
    )
    for row, cells in enumerate(rows, start=1):
        for column, value in enumerate(cells, start=1):
            sheet.cell(row, column).value = value
    book.save(path)


@pytest.fixture
def report(build, tmp_path):
    path = tmp_path / "plans.xlsx"
    months(path, (2025, 2026), date(2026, 12, 1))
    build(path, path, today=DAYS[0])
    months(path, (2026, 2027), date(2027, 1, 1))
    return build(path, path, today=DAYS[1])


def test_a_part_of_a_year_stands_in_the_summary_and_raises_no_alarm(report):
    assert "an earlier year has 12." in " ".join(report_lines(report, "en"))
    fallen = [each for each in report.changes if str(each.what.render("en")) == "Revenue"]
    assert fallen
    assert {each.kind for each in fallen} == {ChangeKind.CHANGED}
    assert {each.why[0].render("en") for each in fallen} == {
        "no alarm, because the revenue is that of a part of a year"
    }
    assert [each for each in report.findings if each.code == "revenue-fell"] == []
