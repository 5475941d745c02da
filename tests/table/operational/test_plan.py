"""The operational plan is read from sheets of any shape, and everything doubtful is told with its cell."""

from datetime import date, datetime

import pytest
import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl.domain.periods import MONTH, QUARTER, YEAR, Period
from kam_xl.table import TableError, read, read_book
from tests.table.books import make_xlsx

TODAY = date(2026, 3, 20)
CLIENTS = [
    ["Client ID", "Client", "Revenue", "Budget"],
    *(["C1", "Nord", 100, 1000], ["C2", "Süd", 50, 400], ["C3", "Ost", 20, 30]),
]
DATES = [datetime(2026, month, 1) for month in range(1, 13)]
JAN, FEB, MAR = (Period(2026, MONTH, number) for number in (1, 2, 3))
NORD = {"revenue plan": {JAN: 10.0, FEB: 20.0}, "revenue fact": {JAN: 11.0}}


@pytest.fixture
def table(tmp_path):
    def table(sheets, clients=CLIENTS, **options):
        path = make_xlsx(tmp_path / "book.xlsx", {"Clients": clients, **sheets})
        return read(path, today=TODAY, **options)

    return table


def plan_of(table, position=0):
    """Indicator -> amounts by period, of one client."""
    plan = table.clients()[position].operational
    if plan is None:
        return {}
    series = {
        "revenue plan": plan.revenue.plan,
        "revenue fact": plan.revenue.fact,
        "margin plan": plan.margin.plan,
        "margin fact": plan.margin.fact,
    }
    return {name: dict(amounts) for name, amounts in series.items() if amounts}


def told(table):
    return [(each.code, each.sheet, each.cell) for each in table.findings]


SHAPES = {
    "a row per client and indicator, true dates": {
        "Operational plan": [
            ["Client ID", "Client", "Indicator", *DATES, "Year"],
            ["C1", "Nord", "Revenue plan", 10, 20, *[None] * 10, 30],
            ["C1", "Nord", "Revenue fact", 11, None, *[None] * 10, 11],
        ]
    },
    "the client named once, names of months, the year in the title": {
        "Оперативный план": [
            ["Оперативный план на 2026 год"],
            [],
            ["Клиент", "Менеджер", "Показатель", "Январь", "Февраль", "I кв.", "Итого"],
            ["Nord", "Анна", "План выручки", 10, 20, 30, 30],
            [None, None, "Факт выручки", 11, None, None, 11],
            [None, None, "Выполнение, %", "110%", None, None, None],
        ]
    },
    "plan and fact below each month": {
        "Sheet2": [
            ["Client", "Jan 2026", None, "Feb 2026", None],
            [None, "Plan", "Fact", "Plan", "Fact"],
            ["Nord", 10, 11, 20, None],
        ]
    },
    "months below plan and fact": {
        "Sheet2": [
            [None, "План", None, "Факт", None],
            ["Клиент", "01.2026", "02.2026", "01.2026", "02.2026"],
            ["Nord", 10, 20, 11, None],
        ]
    },
    "one header row": {
        "Sheet2": [["Client", "Jan-26 plan", "Jan-26 fact", "Jan-26 deviation", "Feb-26 plan"], ["Nord", 10, 11, 1, 20]]
    },
    "two sheets": {
        "План 2026": [["Клиент", "янв", "фев", "мар"], ["Nord", 10, 20]],
        "Факт 2026": [["Клиент", "янв", "фев", "мар"], ["Nord", 11]],
    },
    "two blocks on one sheet": {
        "Sheet2": [
            ["Plan 2026"],
            ["Client", "Jan", "Feb", "Mar"],
            ["Nord", 10, 20, None],
            [],
            ["Fact 2026"],
            ["Client", "Jan", "Feb", "Mar"],
            ["Nord", 11, None, None],
        ]
    },
    "a row per client and month": {
        "Data": [
            ["Client ID", "Month", "Plan", "Fact"],
            ["C1", datetime(2026, 1, 1), 10, 11],
            ["C1", "фев. 2026", 20, None],
        ]
    },
    "a row per client, month and indicator": {
        "Data": [
            ["Клиент", "Год", "Месяц", "Показатель", "Сумма"],
            ["Nord", 2026, 1, "План выручки", 10],
            ["Nord", 2026, "февраль", "План выручки", 20],
            ["Nord", 2026, 1, "Факт выручки", 11],
        ]
    },
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_sheet_says_the_same(table, shape):
    assert plan_of(table(SHAPES[shape])) == NORD


@pytest.mark.parametrize("shape", SHAPES)
def test_an_operational_plan_is_never_taken_for_the_client_table(table, shape):
    found = table(SHAPES[shape])
    assert (found.source.sheet, len(found)) == ("Clients", 3)


@pytest.mark.parametrize("shape", SHAPES)
def test_an_open_book_says_the_same_as_its_file(table, tmp_path, shape):
    table(SHAPES[shape])
    app = xw.engines["file"].apps.add()
    assert plan_of(read_book(app.books.open(tmp_path / "book.xlsx"), today=TODAY)) == NORD
    app.quit()


def wide(*rows, header=("Client", "Indicator", *DATES[:3], "Q1 2026")):
    return {"Operational plan": [list(header), *map(list, rows)]}


def test_quarters_and_totals_are_never_counted_twice(table):
    plan = table(wide(["Nord", "Plan", 1, 2, 3, 6])).clients()[0].operational.revenue.plan
    assert plan.roll(Period(2026, YEAR)).value == 6.0


def test_quarters_and_years_count_where_no_month_is_planned(table):
    header = ["Client", "Q1 2026", "Q2 2026", "2027"]
    found = table({"Sales plan": [header, ["Nord", 30, 40, 150]]})
    assert plan_of(found) == {
        "revenue plan": {Period(2026, QUARTER, 1): 30.0, Period(2026, QUARTER, 2): 40.0, Period(2027, YEAR): 150.0}
    }


def test_a_blank_sheet_with_sums_of_nothing_plans_nothing(table):
    found = table(wide([None, None, None, None, None, 0], ["Nord", "Plan", None, None, None, 0]))
    assert (plan_of(found), told(found)) == ({}, [])


@pytest.mark.parametrize("total", ["Year", "FY 2025", "Итого"])
@pytest.mark.parametrize(("amount", "wrong"), [(120, []), (110, [("sum-differs", "Operational plan", "O2")])])
def test_the_total_of_a_financial_year_is_compared_with_all_of_its_months(table, total, amount, wrong):
    months = [datetime(2025 + (month > 12), (month - 1) % 12 + 1, 1) for month in range(4, 16)]
    found = table(wide(["Nord", "Plan", *[10] * 12, amount], header=("Client", "Indicator", *months, total)))
    assert told(found) == wrong
    assert plan_of(found) == {"revenue plan": {Period(each.year, MONTH, each.month): 10.0 for each in months}}


def test_a_wrong_sum_of_months_is_told(table):
    found = table(wide(["Nord", "Plan", 1, 2, 3, 7]))
    assert told(found) == [("sum-differs", "Operational plan", "F2")]


def test_a_total_row_is_left_out_and_checked(table):
    found = table(wide(["Nord", "Plan", 1, 2, 3, 6], ["Süd", "Plan", 1, 1, 1, 3], ["Total", "Plan", 2, 3, 5, 10]))
    assert told(found) == [
        ("total-row", "Operational plan", "A4"),
        ("total-differs", "Operational plan", "E4"),
        ("total-differs", "Operational plan", "F4"),
    ]


def test_subtotals_and_a_grand_total_are_right(table):
    rows = (["Nord", 1], ["Total for North", 1], ["Süd", 2], ["Total for South", 2], ["Total", 3])
    found = table({"Plan": [["Client", "Jan 2026", "Feb 2026"], *rows]})
    assert [code for code, _, _ in told(found)] == ["total-row"] * 3


def test_text_among_the_amounts_is_told_with_its_cell_and_unknown(table):
    found = table(wide(["Nord", "Plan", 1, "later", 3, None]))
    assert (plan_of(found), told(found)) == (
        {"revenue plan": {JAN: 1.0, MAR: 3.0}},
        [("not-a-number", "Operational plan", "D2")],
    )


def test_an_unknown_client_is_told_once(table):
    found = table(wide(["West", "Plan", 1, 2, 3, 6], ["West", "Fact", 1, 2, None, 3]))
    assert told(found) == [("unknown-client", "Operational plan", "A2")]


def test_an_id_beside_the_name_of_somebody_else_is_told_once(table):
    rows = ["C1", "West GmbH", "Revenue plan", 10, 20], ["C1", "West GmbH", "Revenue fact", 9, 19]
    good = ["C2", "SÜD AG", "Revenue plan", 1, 2]
    found = table({"Operational plan": [["Client ID", "Client", "Indicator", *DATES[:2]], *rows, good]})
    assert plan_of(found)["revenue plan"] == {JAN: 10.0, FEB: 20.0}  # the id decides
    assert [(each.address, each.client) for each in found.findings if each.code == "other-name"] == [
        ("'Operational plan'!B2", "Nord")
    ]


def test_what_is_said_twice_counts_once(table):
    found = table(wide(["Nord", "Plan", 1, 2, 3, 6], ["Nord", "Plan", 5, 5, 5, 15]))
    assert plan_of(found) == {"revenue plan": {JAN: 1.0, FEB: 2.0, MAR: 3.0}}
    assert told(found) == [("double-period", "Operational plan", "A3")]


def test_an_unknown_month_is_told(table):
    found = table(
        {"Data": [["Client", "Month", "Plan"], ["Nord", "Janvember", 5], ["Nord", "2026-02", 6], ["Süd", None, None]]}
    )
    assert (plan_of(found), told(found)) == ({"revenue plan": {FEB: 6.0}}, [("unknown-period", "Data", "B2")])


def test_amounts_of_which_nobody_says_whether_they_are_plan_or_fact_count_nowhere(table):
    found = table(wide(["Nord", None, 1, 2, 3, 6]) | {})
    assert plan_of(found) == {"revenue plan": {JAN: 1.0, FEB: 2.0, MAR: 3.0}}  # the sheet is named a plan
    found = table({"Plan-fact": wide(["Nord", None, 1, 2, 3, 6])["Operational plan"]})
    assert (plan_of(found), told(found)) == ({}, [("unknown-indicator", "Plan-fact", "B2")])


def test_months_without_a_year_are_of_this_year_and_that_is_told(table):
    found = table({"Operational plan": [["Client", "Jan", "Feb"], ["Nord", 10, 20]]})
    assert (plan_of(found), told(found)) == (
        {"revenue plan": {JAN: 10.0, FEB: 20.0}},
        [("year-assumed", "Operational plan", "B1")],
    )


def test_months_that_begin_again_are_of_the_next_year(table):
    found = table({"Plan": [["Plan 2025"], ["Client", "Nov", "Dec", "Jan"], ["Nord", 1, 2, 3]]})
    assert [period.year for period in plan_of(found)["revenue plan"]] == [2025, 2025, 2026]


def test_amounts_are_brought_to_the_unit_of_the_client_table(table):
    found = table({"План": [["План на 2026 год, тыс. руб."], ["Клиент", "янв", "фев", "мар"], ["Nord", 10, 20, 30]]})
    assert plan_of(found)["revenue plan"][JAN] == 10_000.0
    assert told(found) == [("units-differ", "План", "B2")]


def test_a_client_table_with_years_beside_its_clients_is_a_client_table(tmp_path):
    header = ["Client", "Revenue 2024", "Revenue 2025", "Sales plan 2026"]
    path = make_xlsx(tmp_path / "years.xlsx", {"Plan": [header, ["Nord", 90, 100, 120]]})
    (nord,) = read(path, today=TODAY).clients()
    assert (nord.revenue, nord.sales_plan, nord.year, nord.operational) == (100.0, 120.0, 2025, None)


def test_a_list_of_invoices_is_no_operational_plan(table):
    found = table({"Invoices": [["Client", "Date", "Amount"], ["Nord", datetime(2026, 1, 5), 10]]})
    assert (plan_of(found), told(found)) == ({}, [])


def test_the_plan_may_stand_in_a_file_of_its_own(table, tmp_path):
    path = tmp_path / "plan.csv"
    path.write_text("Клиент;янв. 2026 план;янв. 2026 факт\nNord;10,5;x\nWest;1;1\n", "cp1251")
    found = table({}, operational=path)
    assert plan_of(found) == {"revenue plan": {JAN: 10.5}}
    assert [(each.code, each.sheet, each.cell) for each in found.findings] == [
        ("not-a-number", "plan.csv: plan!C2", ""),
        ("unknown-client", "plan.csv: plan!A3", ""),
    ]


def test_a_file_without_a_plan_is_refused(table, text_file):
    path = text_file("other.csv", "Client;City\nNord;Riga\n")
    with pytest.raises(TableError, match=r"other\.csv: no operational plan was found"):
        table({}, operational=path)


BASE = [["Client", "Revenue", "Sales plan", "Budget"], ["Nord", 100, 120, 1000], ["Süd", 50, None, 400]]
YEAR_BEFORE = [datetime(2025, month, 1) for month in range(1, 13)]


def test_a_client_table_that_contradicts_the_plan_is_told_of(table):
    header = ["Client", "Indicator", *YEAR_BEFORE]
    rows = [
        ["Nord", "Plan", *[9] * 12],
        ["Nord", "Fact", *[8] * 12],
        ["Süd", "Fact", *[4] * 11, 6],
        ["Süd", "Plan", 50],
    ]
    found = table({"Operational plan": [header, *rows]}, BASE)
    assert [each for each in told(found) if each[0] != "no-id-column"] == [
        ("revenue-differs", "Clients", "B2"),
        ("sales-plan-differs", "Clients", "C2"),
    ]


def test_missing_facts_and_facts_without_a_plan_are_told(table):
    rows = [["Nord", "Plan", 1, 2, 3], ["Nord", "Fact", 1, None, None], ["Süd", "Fact", 1, 1, None]]
    found = table(wide(*rows))
    assert [(each.code, each.client) for each in found.findings] == [
        ("missing-fact", "Nord"),
        ("fact-without-plan", "Süd"),
    ]


Q1 = Period(2026, QUARTER, 1)


@pytest.mark.parametrize("named", [None, "Nord"])
def test_rows_by_product_are_of_the_client_above_where_they_name_none(table, named):
    rows = [["Client", "Product group", "Q1 2026"], ["Nord", "Pumps", 100], [named, "Pipes", 50], ["Süd", "Pumps", 7]]
    found = table({"Operational plan": rows})
    assert [plan_of(found, position) for position in (0, 1)] == [
        {"revenue plan": {Q1: 150}},
        {"revenue plan": {Q1: 7}},
    ]


def test_products_below_the_row_of_a_whole_client_are_not_added_to_it(table):
    rows = [["Client", "Product group", "Q1 2026"], ["Nord", None, 150], [None, "Pumps", 100], [None, "Pipes", 50]]
    assert plan_of(table({"Operational plan": rows})) == {"revenue plan": {Q1: 150}}


def test_amounts_without_a_client_between_others_are_told_with_their_sum(table):
    rows = [["Client", "Project", "Q1 2026"], ["Nord", "A", 100], [None, "B", 50], ["Süd", "C", 7], [None, None, 157]]
    found = table({"Operational plan": rows})
    ignored = [each for each in found.findings if each.code == "rows-ignored"]
    assert [(each.cell, "50" in each.message.render("en")) for each in ignored] == [("C3", True)]


@pytest.mark.parametrize(
    "title", ["Fact 10 months 2026", "9 мес. 2026 план", "Jan - Mar 2026 plan", "Pumps Q2 2026", "Fact cumulative 2026"]
)
def test_columns_of_periods_that_are_not_read_are_named(table, title):
    rows = [["Client", "Plan Q1 2026", title, "Manager", "Deviation, %"], ["Nord", 100, 50, "Ann", 5]]
    found = table({"Operational plan": rows})
    assert plan_of(found) == {"revenue plan": {Q1: 100}}
    assert [(each.cell, each.value) for each in found.findings if each.code == "columns-ignored"] == [("C1", title)]


def test_a_sheet_named_as_a_plan_of_a_year_is_one(table):
    rows = [["Client", "Pumps Q1 2026", "Pipes Q1 2026"], ["Nord", 1, 2]]
    assert ("plan-not-read", "Operational plan 2026", "A1") in told(table({"Operational plan 2026": rows}))


@pytest.mark.parametrize(("title", "assumed"), [("Sheet1", True), ("Plan", False)])
def test_a_file_given_as_the_plan_is_one_whatever_its_sheet_is_called(table, tmp_path, title, assumed):
    path = make_xlsx(tmp_path / "given.xlsx", {title: [["Client", "Q1 2026"], ["Nord", 100]]})
    found = table({}, operational=path)
    assert plan_of(found) == {"revenue plan": {Q1: 100}}
    assert ("plan-assumed" in {each.code for each in found.findings}) is assumed
