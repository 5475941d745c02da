"""Layouts of operational plans that people keep: budget and actual, numbered months, products, zeros, quarters."""

from datetime import date

import pytest

from kam_xl.domain.operational import summed
from kam_xl.domain.periods import YEAR, Period
from kam_xl.domain.sales_plan import calendar_of_clients
from kam_xl.domain.settings import Settings
from kam_xl.table import read
from kam_xl.table.errors import HeaderNotFoundError
from tests.table.books import make_xlsx

TODAY = date(2026, 11, 28)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def year(found):
    """The current year of all clients together: plan, plan to date, fact, where it leads."""
    calendar = calendar_of_clients(found.clients(), Settings(), TODAY)
    plans = [client.operational.revenue for client in found.clients() if client.operational]
    whole = summed(plan.compare(Period(calendar.current_year, YEAR), calendar.closed) for plan in plans)
    return whole.plan, whole.plan_to_date, whole.fact, whole.lead


CLIENTS = [["Client", "Revenue", "Procurement budget"], ["Nord", 900, 1800], ["Süd", 700, 2500]]
PLAN_TITLES = ["Client", "Indicator", *(date(2026, month, 1) for month in range(1, 13))]


@pytest.fixture
def in_november(tmp_path):
    """Read a book of sheets beside the client table in November 2026."""

    def read_in_november(**sheets):
        path = tmp_path / "plan.xlsx"
        return read(make_xlsx(path, {"Clients": CLIENTS, **sheets}), today=TODAY)

    return read_in_november


def test_zeros_in_months_to_come_are_no_facts_and_neither_are_the_others_of_that_sheet(in_november):
    facts = [5, 0, 5, 5, 5, 5, 5, 5, 5, 5, 0, 0]
    found = in_november(Plan=[PLAN_TITLES, ["Nord", "Plan", *[4] * 12], ["Nord", "Fact", *facts]])
    assert year(found) == (48, 36, 45, 57)
    assert "zeros-to-come" in [each.code for each in found.findings]


def test_a_fact_of_0_in_a_month_gone_by_counts_where_months_to_come_are_blank(in_november):
    facts = [5, 0, 5, 5, 5, 5, 5, 5, 5, 5, None, None]
    assert year(in_november(Plan=[PLAN_TITLES, ["Nord", "Plan", *[4] * 12], ["Nord", "Fact", *facts]])) == (
        48,
        40,
        45,
        53,
    )


def test_facts_of_months_beside_a_plan_of_quarters_never_vanish_and_the_division_is_told(in_november):
    plan = [["Client", "Q1", "Q2", "Q3", "Q4"], ["Nord", 12, 12, 12, 12]]
    fact = [["Client", *MONTHS], ["Nord", *[5] * 10, None, None]]
    found = in_november(**{"Plan 2026": plan, "Fact 2026": fact})
    assert year(found) == (48, 40, 50, 58)
    assert "plan-divided" in [each.code for each in found.findings]


@pytest.mark.parametrize(
    ("facts", "whole", "told"),
    [
        ([*[5] * 10, 2, None], (48, 44, 52, 56), "running-period"),
        ([*[5] * 10, None, 9], (48, 40, 50, 58), "future-facts"),
    ],
)
def test_facts_of_the_running_month_are_marked_and_those_of_months_to_come_count_not(in_november, facts, whole, told):
    found = in_november(Plan=[PLAN_TITLES, ["Nord", "Plan", *[4] * 12], ["Nord", "Fact", *facts]])
    assert year(found) == whole
    assert [each.code for each in found.findings if each.code.endswith(("-period", "-facts"))] == [told]


def running_month(*facts):
    """The facts of November of Nord and Süd, with a plan of 4 and a fact of 5 in each month."""
    clients = zip(("Nord", "Süd"), facts, strict=True)
    return [PLAN_TITLES, *(row for client, fact in clients for row in (
        [client, "Plan", *[4] * 12], [client, "Fact", *[5] * 10, fact, None],
    ))]  # fmt: skip


def test_a_fact_of_0_in_the_running_month_counts_where_another_client_has_sold_something(in_november):
    found = in_november(Plan=running_month(0, 2))
    assert year(found) == (96, 88, 102, 110)
    assert "missing-fact" not in [each.code for each in found.findings]
    assert "missing-fact" in [each.code for each in in_november(Plan=running_month(None, 2)).findings]


def test_zeros_alone_in_the_running_month_do_not_count_yet_and_that_is_told(in_november):
    found = in_november(Plan=running_month(0, 0))
    assert year(found) == (96, 80, 100, 116)
    assert [each.code for each in found.findings if "zeros" in each.code] == ["zeros-so-far"]


def test_zeros_of_the_running_month_count_not_where_months_to_come_are_filled_with_zeros(in_november):
    rows = running_month(0, 2)
    rows[2][-1] = 0
    assert year(in_november(Plan=rows)) == (96, 84, 102, 114)


def test_a_running_year_is_no_year_to_come(in_november):
    header = ["Client", "2025", "2026"]
    facts = [header, ["Nord", 0, 5], ["Süd", 3, 0]]
    found = in_november(Plan=[header, ["Nord", 4, 4], ["Süd", 4, 4]], Fact=facts)
    assert year(found) == (8, 8, 5, 5)
    assert "zeros-to-come" not in [each.code for each in found.findings]


QUARTER_ENDS = {3: "Q1", 6: "Q2", 9: "Q3", 12: "Q4"}


def months_across(facts, sums):
    """A row for each client and indicator, its months side by side, with or without their sums."""
    heads = [name for month, name in enumerate(MONTHS, 1) for name in (name, QUARTER_ENDS.get(month)) if name]
    rows = [["Client", "Indicator", *(heads if sums else MONTHS), *["Total"] * sums]]
    for client, fact in facts.items():
        for name, amounts in (("Plan", [4] * 12), ("Fact", fact)):
            cells = []
            for month, amount in enumerate(amounts, 1):
                quarter = [sum(filter(None, amounts[month - 3 : month]))] if sums and month in QUARTER_ENDS else []
                cells += [amount, *quarter]
            rows.append([client, name, *cells, *[sum(filter(None, amounts))] * sums])
    return rows


@pytest.mark.parametrize("sold", [7, 9, 10])
def test_sums_of_0_beside_their_months_make_no_zero_of_a_month_unknown(tmp_path, sold):
    facts = {"Nord": [5, 0, *[5] * (sold - 2), *[None] * (12 - sold)], "Süd": [*[None] * 12]}

    def read_with(sums):
        sheets = {"Clients": CLIENTS, "Plan 2026": months_across(facts, sums)}
        return read(make_xlsx(tmp_path / "plan.xlsx", sheets), today=date(2026, sold + 1, 15))

    found = read_with(sums=True)
    assert year(found) == year(read_with(sums=False))
    assert year(found)[1:3] == (4 * sold, 5 * (sold - 1))
    assert [each.code for each in found.findings if "zeros" in each.code] == []


def test_the_total_of_the_products_of_a_client_counts_once(in_november):
    titles = ["Client", "Product", "Indicator", *PLAN_TITLES[2:]]
    rows = [["Nord", product, "Plan", *[amount] * 12] for product, amount in (("a", 1), ("b", 3), ("Total", 4))]
    assert year(in_november(**{"Operational plan": [titles, *rows]}))[0] == 48


def test_subtotals_of_managers_are_nobodys(in_november):
    rows = [["Ann", None, "Plan", *[4] * 12], [None, "Nord", "Plan", *[4] * 12]]
    rows += [["Bob", None, "Plan", *[3] * 12], [None, "Süd", "Plan", *[3] * 12]]
    found = in_november(Plan=[["Manager", *PLAN_TITLES], *rows])
    assert year(found)[0] == 84
    assert "double-period" not in [each.code for each in found.findings]


def test_a_sheet_named_as_a_plan_that_cannot_be_read_is_told(in_november):
    found = in_november(Plan=[["Client", "W1", "W2"], ["Nord", 1, 2]])
    assert "plan-not-read" in [each.code for each in found.findings]


@pytest.mark.parametrize(
    ("sheet", "titles"),
    [
        ("Оперативный план", ["Менеджер", *(f"{quarter} кв. 2027, тыс. руб." for quarter in ("I", "II", "III", "IV"))]),
        ("Бюджет 2027", ["Менеджер", "План 2027, тыс. руб."]),
        ("План по группам", ["Товарная группа", *(f"{month:02}.2027" for month in range(1, 13))]),
        ("Sheet2", ["Sales rep", "Q1 plan", "Q2 plan", "Q3 plan", "Q4 plan"]),
        ("Targets", ["Region", "Month", "Plan"]),
        ("Targets", ["Account manager", "Target"]),
        ("План 2027", ["Партнёрская сеть", "I кв. 2027", "II кв. 2027"]),
    ],
)
def test_a_plan_that_names_no_client_is_told_at_whom_it_names(in_november, sheet, titles):
    rows = [["Ann", *[7] * (len(titles) - 1)], ["Bob", *[5] * (len(titles) - 1)]]
    found = in_november(**{sheet: [["Plan of the year"], titles, *rows]})
    told = [(each.sheet, each.cell) for each in found.findings if each.code == "plan-not-read"]
    assert told == [(sheet, "A2")]


@pytest.mark.parametrize(
    ("sheet", "titles"),
    [
        ("Бюджет 2027", ["Клиент", "Бюджет 2027, руб."]),
        ("Targets", ["Client", "Target 2026", "Target 2027"]),
        ("Ann", ["Client", "Plan Q1 2026", "Plan Q2 2026"]),
    ],
)
def test_plans_by_client_on_a_sheet_that_is_not_called_a_plan_are_told(in_november, sheet, titles):
    found = in_november(**{sheet: [titles, ["Nord", *[7] * (len(titles) - 1)]]})
    assert [(each.sheet, each.cell) for each in found.findings if each.code == "plan-not-read"] == [(sheet, "B1")]
    assert not any(client.operational for client in found.clients())
    assert "plan-not-read" not in [each.code for each in in_november(Plan=[titles, ["Nord", 7, 7]]).findings]


def test_sheets_of_one_client_table_with_plans_are_not_told(tmp_path):
    titles = ["Клиент", "Выручка 2025", "План 2026"]
    sheets = {"Орлова": [titles, ["Nord", 5, 7]], "Морозов": [titles, ["Süd", 6, 8]]}
    found = read(make_xlsx(tmp_path / "plan.xlsx", sheets), today=TODAY)
    assert [client.sales_plan for client in found.clients()] == [7, 8]
    assert "plan-not-read" not in [each.code for each in found.findings]


def test_figures_of_managers_that_are_no_plan_are_not_told(in_november):
    found = in_november(Managers=[["Manager", "2024", "2025", "Bonus, %"], ["Ann", 5, 7, 3]])
    assert "plan-not-read" not in [each.code for each in found.findings]


def test_a_file_with_a_plan_of_managers_only_is_no_operational_plan(tmp_path):
    book = make_xlsx(tmp_path / "clients.xlsx", {"Clients": CLIENTS})
    plan = make_xlsx(tmp_path / "plan.xlsx", {"Plan": [["Manager", "Q1 2026 plan", "Q2 2026 plan"], ["Ann", 4, 5]]})
    with pytest.raises(HeaderNotFoundError):
        read(book, operational=plan, today=TODAY)


def test_budget_is_the_plan_and_actual_the_fact(in_november):
    titles = ["Client", *(f"{month} 2026 {kind}" for month in MONTHS for kind in ("Budget", "Actual"))]
    row = ["Nord", *[4, 5] * 10, 4, None, 4, None]
    assert year(in_november(**{"Budget vs Actual": [titles, row]})) == (48, 40, 50, 58)


def test_months_may_be_numbers(in_november):
    header = ["Client", *range(1, 13)]
    sheets = {"Plan 2026": [header, ["Nord", *[4] * 12]], "Fact 2026": [header, ["Nord", *[5] * 10, None, None]]}
    assert year(in_november(**sheets)) == (48, 40, 50, 58)


def test_products_of_one_client_are_added_up(in_november):
    titles = ["Client", "Product", "Indicator", *PLAN_TITLES[2:]]
    rows = [
        ["Nord", product, indicator, *amounts]
        for product in ("Pipes", "Valves")
        for indicator, amounts in (("Plan", [2] * 12), ("Fact", [2.5] * 10 + [None] * 2))
    ]
    found = in_november(**{"Operational plan": [titles, *rows]})
    assert year(found) == (48, 40, 50, 58)
    assert "double-period" not in [each.code for each in found.findings]


def test_facts_of_many_clients_without_a_plan_are_told_once(in_november):
    facts = [*[5] * 10, None, None]
    found = in_november(Plan=[PLAN_TITLES, ["Nord", "Fact", *facts], ["Süd", "Fact", *facts]])
    assert [each.code for each in found.findings if each.code == "fact-without-plan"] == ["fact-without-plan"]


NORD, SOUTH = ([4] * 12, [5] * 10 + [None] * 2), ([2] * 12, [3] * 10 + [None] * 2)
BOTH = (("Nord", NORD), ("Süd", SOUTH))
DAYS = PLAN_TITLES[2:]
RUSSIAN = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
GERMAN = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli"),
    *("August", "September", "Oktober", "November", "Dezember"),
)
FRENCH = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]


def long(titles, more=(), labels=DAYS):
    """A row for each client and month: plan, fact and `more`."""
    rows = [
        (client, *each) for client, both in (("Nord", NORD), ("Süd", SOUTH)) for each in zip(labels, *both, strict=True)
    ]
    return [titles, *([*row, *more] for row in rows)]


def down(which):
    """The months below each other, the clients across."""
    rows = [[month, NORD[which][at], SOUTH[which][at]] for at, month in enumerate(MONTHS)]
    return [["Month", "Nord", "Süd"], *rows, ["Total", sum(filter(None, NORD[which])), sum(filter(None, SOUTH[which]))]]


def rows_of(titles, plan, fact, more=()):
    """A row for each client and indicator."""
    kinds = [
        (client, kind, cells)
        for client, both in (("Nord", NORD), ("Süd", SOUTH))
        for kind, cells in zip((plan, fact), both, strict=True)
    ]
    return [titles, *([client, kind, *cells] for client, kind, cells in kinds), *more]


LAYOUTS = {
    "budget, actual, forecast, last year": {
        "Plan": long(["Client", "Month", "Budget", "Actual", "Forecast", "Last year"], (9, 1)),
    },
    "план, факт, прогноз, прошлый год": {
        "План-факт": long(["Клиент", "Период", "План", "Факт", "Прогноз", "Факт прошлого года"], (9, 1)),
    },
    "months down": {"Plan 2026": down(0), "Actual 2026": down(1)},
    "months down, plan and actual of each client": {
        "Plan and actual 2026": [
            ["Month", "Nord", None, "Süd", None],
            [None, "Plan", "Actual", "Plan", "Actual"],
            *([month, *(cells[at] for both in (NORD, SOUTH) for cells in both)] for at, month in enumerate(MONTHS)),
        ]
    },
    "forecast and last year as rows": {
        "Operational plan": rows_of(
            PLAN_TITLES, "Budget", "Actual", [["Nord", "Forecast", *[9] * 12], ["Nord", "Last year", *[1] * 12]]
        )
    },
    "German": {"Plan": rows_of(["Kunde", "Kennzahl", *(f"{each} 2026" for each in GERMAN)], "Soll", "Ist")},
    "French": {"Plan": rows_of(["Client", "Indicateur", *(f"{each} 2026" for each in FRENCH)], "Budget", "Réalisé")},
    "numbered periods": {
        "Plan": rows_of(["Client", "Measure", *(f"2026M{month:02}" for month in range(1, 13))], "Plan", "Actual")
    },
    "posting periods": {
        "Plan FY2026": rows_of(["Client", "Measure", *(f"P{month:02}" for month in range(1, 13))], "Plan", "Actual")
    },
    "deviations beside each month": {
        "План-факт 2026": [
            ["Клиент", *(f"{month} {kind}" for month in RUSSIAN for kind in ("план", "факт", "откл.", "%"))],
            *(
                [
                    client,
                    *(cell for plan, fact in zip(*both, strict=True) for cell in (plan, fact, (fact or 0) - plan, 1.2)),
                ]
                for client, both in (("Nord", NORD), ("Süd", SOUTH))
            ),
        ]
    },
    "a sheet for each month": {
        f"{month} 2026": [["Client", "Plan", "Fact"], *([name, each[0][at], each[1][at]] for name, each in BOTH)]
        for at, month in enumerate(MONTHS)
    },
    "thousands, as the sheet's name says": {
        "План-факт 2026, тыс. руб.": [
            PLAN_TITLES,
            *(
                [name, kind, *(cell and cell / 1000 for cell in cells)]
                for name, both in BOTH
                for kind, cells in zip(("План", "Факт"), both, strict=True)
            ),
        ]
    },
    "year and number of the month": {
        "Plan fact": [
            ["Year", "Month", "Customer", "Budget", "Actual"],
            *([2026, month, client, plan, fact] for client, month, plan, fact in long([], labels=range(1, 13))[1:]),
        ]
    },
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_of_one_plan_says_the_same(in_november, name):
    assert year(in_november(**LAYOUTS[name])) == (72, 60, 80, 92)


def test_a_forecast_is_not_used_and_told_once(in_november):
    found = in_november(**LAYOUTS["budget, actual, forecast, last year"])
    assert [each.code for each in found.findings if each.code in ("forecast-not-used", "unknown-indicator")] == [
        "forecast-not-used"
    ]


def test_figures_of_last_year_are_facts_of_the_year_before(in_november):
    nord = in_november(**LAYOUTS["budget, actual, forecast, last year"]).clients()[0]
    assert nord.operational.revenue.fact.whole(Period(2025, YEAR)) == 12


def test_findings_of_a_turned_sheet_name_the_cells_of_the_sheet(in_november):
    plan = [["Month", "Nord", "West"], *([month, 4, 2] for month in MONTHS)]
    [unknown] = [each for each in in_november(**{"Plan 2026": plan}).findings if each.code == "unknown-client"]
    assert (unknown.sheet, unknown.cell) == ("Plan 2026", "C1")


CASES = {
    "s13_quarter_plan_month_fact": (474_700, 371_266.67, 401_600, 505_033.33),
    "s14_fiscal": (343_500, 270_700, 285_100, 357_900),
}


def test_the_layouts_of_one_plan_say_the_same(shared):
    folder = shared / "cases" / "ledgers" / "operational"
    if not folder.is_dir():
        pytest.skip("the collection of operational plans is not there")
    found = {path.stem: year(read(path, today=TODAY)) for path in folder.glob("*.xlsx")}
    same = (474_700, 372_600, 401_600, 503_700)
    assert found == {name: pytest.approx(CASES.get(name, same), abs=0.01) for name in found}


def test_versions_of_a_plan_are_told_apart(in_november):
    rows = [["Nord", "Budget", *[4] * 12], ["Nord", "Actual", *[5] * 10, None, None]]
    other = [["Nord", "Last year", *[3] * 12], ["Nord", "Forecast", *[6] * 12]]
    assert year(in_november(Plan=[["Client", "Version", *MONTHS], *rows, *other])) == (48, 40, 50, 58)


def test_rows_that_are_not_simply_plan_or_actual_are_named(in_november):
    rows = [["Nord", "Budget", *[4] * 12], ["Nord", "Budget v2", *[6] * 12], ["Nord", "Actual", *[5] * 10, None, None]]
    found = in_november(Plan=[PLAN_TITLES, *rows, ["Nord", "Deviation from plan", *[1] * 12]])
    assert year(found) == (48, 40, 50, 58)
    [told] = [each for each in found.findings if each.code == "rows-ignored"]
    assert '"Budget v2"' in told.message.render()
    assert "Deviation" not in told.message.render()


def test_a_sheet_that_is_called_an_operational_plan_and_is_none_is_told(in_november):
    rows = [["Клиент", *[f"{month} нараст." for month in ("янв", "фев")]], ["Nord", 4, 8]]
    assert "plan-not-read" in [each.code for each in in_november(**{"Операционный план": rows}).findings]


def test_months_down_without_a_year_are_of_this_year_and_that_is_told(in_november):
    rows = [["Month", "Client", "Plan", "Fact"], *([month, "Nord", 4, 5] for month in MONTHS[:10])]
    found = in_november(Plan=rows)
    assert year(found) == (40, 40, 50, 50)
    assert "year-assumed" in [each.code for each in found.findings]


QUARTERS = ("Q1", "Q2", "Q3", "Q4")


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ([["Client", *[f"FY26 {each}" for each in QUARTERS]], ["Nord", 1, 2, 3, 4]], '"FY26 Q1"'),
        ([["Client", *[f"Fiscal 2026 {each}" for each in QUARTERS]], ["Nord", 1, 2, 3, 4]], '"Fiscal 2026 Q1"'),
        ([["Client", *[f"{each} фин. года 2026" for each in QUARTERS]], ["Nord", 1, 2, 3, 4]], '"Q1 фин. года 2026"'),
        ([["Client", *[f"{each} 2025/26" for each in QUARTERS]], ["Nord", 1, 2, 3, 4]], '"Q1 2025/26"'),
        ([["Plan FY2026"], ["Client", *QUARTERS], ["Nord", 1, 2, 3, 4]], '"Plan FY2026"'),
        ([["Client", "Period", "Plan"], ["Nord", "Q1 2026", 1], ["Nord", "FY26 Q2", 2]], '"FY26 Q2"'),
        ([["Client", "Year", "Period", "Plan"], ["Nord", "FY26", "Q1", 1], ["Nord", "FY26", "Q2", 2]], '"FY26"'),
    ],
)
def test_periods_of_financial_years_are_placed_in_the_calendar_and_that_is_told(in_november, rows, named):
    [told] = [each for each in in_november(Plan=rows).findings if each.code == "financial-periods"]
    place = "Q2 2026" if named == '"FY26 Q2"' else "Q1 2026"
    assert told.message.render() == (
        f"{named} names a financial year: its amounts were placed in the calendar as {place}."
    )


def test_periods_that_name_their_own_years_are_of_the_calendar_whatever_the_title_says(in_november):
    found = in_november(Plan=[["Plan FY2026"], PLAN_TITLES, ["Nord", "Plan", *[4] * 12]])
    assert "financial-periods" not in [each.code for each in found.findings]
