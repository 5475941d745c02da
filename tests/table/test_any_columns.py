"""Any columns side by side: what is read is no matter of where it stands, and stays the same in a workbook."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kam_xl.table import read
from kam_xl.table.errors import TableError
from tests.table.books import make_xlsx

HEADERS = (
    *("Jan 2025", "Feb 2025", "Mar 2025", "Feb", "Q1 2025", "Plan Jan 2025", "2024", "2025"),
    *("Revenue 2024", "Revenue 2025", "Revenue, k", "Revenue incl. VAT", "VAT", "Sales last year", "Returns"),
    *("Budget", "Budget, k", "Share of wallet", "Procurement budget, low", "Procurement budget, high"),
    *("Quantity", "Price", "Margin", "Margin, %", "Sales plan 2025", "Competitor revenue", "Competitor share"),
    *("Parent", "Currency", "Unit", "Reference", "Risk", "Revenue Bolts", "Revenue Nuts", "Total"),
    *("Выручка 2025", "Бюджет закупок, тыс. руб.", "Маржа", "янв 2025", "фев 2025", "Доля конкурентов"),
)
CELLS = st.sampled_from(
    [
        *("", "0", "0.25", "30%", "120", "1 500,5", "-5", "2000000", "Yes", "1e-320", "1e101", "#REF!", "5-7"),
        *("100 EUR", "€1,250.50", "70 USD", "2.5 mln", "1,234", "~300"),
    ]
)
TABLES = st.lists(st.sampled_from(HEADERS), min_size=1, max_size=7, unique=True).flatmap(
    lambda titles: st.lists(st.lists(CELLS, min_size=len(titles), max_size=len(titles)), min_size=1, max_size=4).map(
        lambda rows: [
            ["Client ID", "Client", *titles],
            *([f"C{number}", f"Alfa {number}", *row] for number, row in enumerate(rows)),
        ]
    )
)
ANY = settings(suppress_health_check=list(HealthCheck))


@pytest.fixture
def clients_of(text_file):
    """The table of some lines and its clients; None where it is refused."""

    def clients_of(lines):
        try:
            table = read(text_file("clients.csv", "\n".join(map(";".join, lines))))
            return table, table.clients()
        except TableError:
            return None

    return clients_of


@ANY
@given(TABLES, st.sampled_from(["", "Sales by client, kEUR", "Отчёт за 2025 год, млн руб."]))
def test_a_sheet_made_of_the_rows_gives_the_same_clients_in_the_same_currency(clients_of, tmp_path, lines, title):
    if found := clients_of([[title], *lines] if title else lines):
        table, clients = found
        again = read(make_xlsx(tmp_path / "book.xlsx", {table.source.sheet: table.sheet_rows()}))
        assert (again.clients(), again.currency) == (clients, table.currency)


@ANY
@given(TABLES)
def test_blank_rows_and_columns_and_a_column_of_remarks_change_no_client(clients_of, lines):
    found = clients_of(lines)
    moved = [["", *line, "Memo" if line is lines[0] else "x"] for line in lines]
    again = clients_of([[""] * len(moved[0]), *moved, [""] * len(moved[0])])
    assert (again and again[1]) == (found and found[1])


@ANY
@given(TABLES)
def test_the_order_of_the_clients_changes_none(clients_of, lines):
    found, again = clients_of(lines), clients_of([lines[0], *reversed(lines[1:])])
    assert (again and again[1][::-1]) == (found and found[1])
