"""Which year the revenue is of, where headers, titles and names say so, and what is told about it."""

from datetime import date

import pytest

from kam_xl.domain.settings import Settings
from kam_xl.table import read
from tests.table.books import make_xlsx

TODAY = date(2026, 11, 29)


_TOLD = {"year-of-name", "financial-year", "old-figures", "running-year"}


def year_of(tmp_path, header, name="table.xlsx", sheet="Sheet1", settings=None):
    rows = [header, ["Nord", *[float(number) for number, _ in enumerate(header[1:], 1)]]]
    table = read(make_xlsx(tmp_path / name, {sheet: rows}), settings=settings or Settings(), today=TODAY)
    [client] = table.clients()
    told = {finding.code for finding in table.findings} & _TOLD
    return client.year, client.history, told


@pytest.mark.parametrize(
    ("name", "sheet", "year", "told"),
    [
        ("sales 2025.xlsx", "Sheet1", 2025, {"year-of-name"}),
        ("sales.xlsx", "Sales 2025", 2025, {"year-of-name"}),
        ("sales_2024.xlsx", "Sheet1", 2024, {"year-of-name", "old-figures"}),
        ("sales_2023.xlsx", "Sheet1", None, set()),  # too old to be what goals begin with
        ("sales 2026.xlsx", "Sheet1", None, set()),
        ("sales 2025-11-30.xlsx", "Sheet1", None, set()),
        ("sales 2024-2025.xlsx", "Sheet1", None, set()),
    ],
)
def test_a_year_in_the_name_of_sheet_or_file_counts_where_no_header_has_one(tmp_path, name, sheet, year, told):
    assert year_of(tmp_path, ["Client", "Revenue"], name, sheet) == (year, (), told)


def test_the_header_goes_before_the_name_of_the_file(tmp_path):
    assert year_of(tmp_path, ["Client", "Revenue 2025"], "sales 2024.xlsx") == (2025, (), set())


def test_a_financial_year_is_told_and_is_the_one_that_begins_where_the_settings_say_when(tmp_path):
    header = ["Client", "Sales FY2024/25", "Sales FY2025/26"]
    assert year_of(tmp_path, header) == (2026, ((2025, 1.0),), {"financial-year", "running-year"})
    april = Settings(financial_year_start=4)
    assert year_of(tmp_path, header, settings=april) == (2025, ((2024, 1.0),), {"financial-year"})


def test_quarters_of_a_financial_year_are_told(tmp_path):
    header = ["Client", "FY25 Q1", "FY25 Q2", "FY25 Q3", "FY25 Q4"]
    assert year_of(tmp_path, header) == (2025, (), {"financial-year"})


def test_figures_whose_goals_would_begin_in_the_past_are_told_unless_a_setting_gives_the_year(tmp_path):
    assert year_of(tmp_path, ["Client", "Revenue 2024"]) == (2024, (), {"old-figures"})
    assert year_of(tmp_path, ["Client", "Revenue 2024"], settings=Settings(base_year=2024)) == (2024, (), set())


def test_figures_of_a_year_that_is_not_over_are_told(tmp_path):
    assert year_of(tmp_path, ["Client", "Revenue 2026"]) == (2026, (), {"running-year"})
    assert year_of(tmp_path, ["Client", "Revenue 2025"]) == (2025, (), set())


def test_a_calendar_year_that_the_settings_make_a_financial_one_is_told(tmp_path):
    april = Settings(financial_year_start=4)
    assert year_of(tmp_path, ["Client", "Revenue 2025"], settings=april) == (2025, (), {"financial-year"})
    assert year_of(tmp_path, ["Client", "Revenue 2025"]) == (2025, (), set())
