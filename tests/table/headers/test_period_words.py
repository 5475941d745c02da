"""What a header says of period and indicator, as people write it in both languages."""

from datetime import date, datetime

import pytest

from kam_xl.domain.operational import MARGIN_FACT, REVENUE_PLAN
from kam_xl.domain.periods import HALF_YEAR, MONTH, QUARTER, YEAR, Period
from kam_xl.table.headers.period_words import Heading, heading_of, hinted_by

JANUARY, FIRST_QUARTER = Period(2026, MONTH, 1), Period(2026, QUARTER, 1)


@pytest.mark.parametrize(
    "header",
    [
        *("январь 2026", "Янв. 2026", "янв.26", "янв26", "Jan-26", "January 2026", "Jan'26", "2026-01", "2026/1"),
        *("01.2026", "1/2026", "01.01.2026", "2026-01-31", "Январь 2026 г.", "план, янв. 2026", "Jan 2026 fact"),
        *(datetime(2026, 1, 1), date(2026, 1, 31), 46023.0),
    ],
)
def test_a_month_is_known_however_it_is_written(header):
    assert heading_of(header).period == JANUARY


@pytest.mark.parametrize(
    "header", ["Q1 2026", "1Q26", "1 кв. 2026", "I кв 2026", "2026, 1 квартал", "I квартал 2026 года", "1-й кв. 2026"]
)
def test_a_quarter_is_known_however_it_is_written(header):
    assert heading_of(header).period == FIRST_QUARTER


@pytest.mark.parametrize("header", ["H1 2026", "1 полугодие 2026", "I п/г 2026", "1-е полугодие 2026"])
def test_half_a_year_is_known_however_it_is_written(header):
    assert heading_of(header).period == Period(2026, HALF_YEAR, 1)


@pytest.mark.parametrize("header", ["2026 год", "Year 2026", "Итого 2026", "Total 2026", "FY2026", "Год 2026, план"])
def test_a_total_is_the_whole_year(header):
    assert heading_of(header).period == Period(2026, YEAR, 1)


@pytest.mark.parametrize("header", ["март", "Mar", "марта", "МАРТ факт"])
def test_a_month_without_a_year_leaves_the_year_open(header):
    assert heading_of(header)[:3] == (None, MONTH, 3)


@pytest.mark.parametrize(
    "header",
    [
        *("Отклонение", "Deviation, Jan", "% выполнения", "Margin, %", "YTD", "9 мес.", "Manager", "Client", "Q5"),
        *("К-0004", "Q0004", "H-002", "M-012", "кв. 003"),  # codes
        *("", None, True, 17.0, 2026.5, float("inf"), float("nan"), "ноябрьские", "Марина", "x" * 80),
    ],
)
def test_other_words_are_no_period(header):
    assert heading_of(header) is None


@pytest.mark.parametrize(
    "header", ["План выручки", "Revenue plan", "план", "Sales plan, EUR", "Плановая выручка, тыс. руб."]
)
def test_a_revenue_plan_is_known(header):
    assert heading_of(header).indicator == REVENUE_PLAN


@pytest.mark.parametrize("header", ["Факт маржи", "Margin fact", "Маржинальный доход, факт", "Actual margin"])
def test_a_margin_fact_is_known(header):
    assert heading_of(header).indicator == MARGIN_FACT


def test_a_header_that_says_plan_and_fact_says_neither():
    assert hinted_by("План-факт 2026") == Heading(year=2026)


def test_a_title_lets_suppose_what_it_names_among_other_words():
    assert hinted_by("ООО «Сигма»: план продаж по клиентам на 2026 год") == Heading(2026, None, None, "revenue", "plan")
