"""Two columns of one period: no amount is passed over without a word."""

import pytest

from kam_xl.table import read


def told(text_file, titles, *rows):
    """Each finding about a period that stands twice: its cell and what it says."""
    lines = [["Client ID", "Client", *titles.split(",")], *([f"C{n}", f"Alfa {n}", *row] for n, row in enumerate(rows))]
    table = read(text_file("clients.csv", "\n".join(";".join(map(str, line)) for line in lines)))
    return [(each.address, each.message.render("en")) for each in table.findings if each.code == "double-period"]


@pytest.mark.parametrize(
    ("titles", "cell"),
    [
        ("Jan 2025,Feb 2025,Feb 2025", "D1"),
        ("Jan 2025,Feb 2025,2025-02", "D1"),
        ("Jan 2025,Feb 2025,Feb", "D1"),
        ("Q1,Q2,Q2", "D1"),
        ("2024,2025,2025", "D1"),
        ("Feb 2026,Jan 2025,Jan 2025", "D1"),
    ],
)
def test_a_period_that_stands_twice_is_an_error_where_its_amounts_differ(text_file, titles, cell):
    [(place, text)] = told(text_file, titles, (10, 20, 30), (1, 2, 3))
    first, second = titles.split(",")[1:]
    assert place == f"clients!{cell}"
    assert text.startswith(f'"{first}" (D), "{second}" (E) are of the same period')


@pytest.mark.parametrize(
    "titles",
    [
        "Jan 2025,Feb 2025,Mar 2025",
        "Jan 2025,Feb 2025,Plan Feb 2025",
        "Jan 2025,Feb 2025,Margin Feb 2025",
        "Jan 2025,Feb 2025 excl. VAT,Feb 2025 incl. VAT",
        "Jan 2025,Q1 2025,Revenue 2025",
        "Amount 2025 excl. VAT,Amount 2025 incl. VAT,Budget",
    ],
)
def test_columns_of_several_periods_or_kinds_are_not_called_double(text_file, titles):
    assert not told(text_file, titles, (10, 20, 30), (1, 2, 3))


def test_a_column_that_repeats_another_one_is_no_fault(text_file):
    assert not told(text_file, "Jan 2025,Feb 2025,Feb", (10, 20, 20), (1, "", ""))


def test_months_beside_the_revenue_that_counts_are_no_fault(text_file):
    assert not told(text_file, "Revenue 2025,Feb 2025,Feb 2025", (60, 20, 30), (6, 2, 3))
