"""What was understood of a table can be written down, changed and given back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_xl.errors import KamError
from kam_xl.table import Grid, read, read_grid
from tests.table.client_cases import FOLDER, TODAY, expectations

REPORT = """Sales by customer
Customer;Qty;Net amount;VAT amount;Comment
Nord;1;1000,00;200,00;x
South;2;500,00;100,00;
Total;3;1500,00;300,00;
"""


@pytest.fixture
def report(text_file):
    return text_file("report.csv", REPORT)


def lines(table):
    return [line.render("en") for line in table.interpretation.summary()]


def test_three_lines_say_what_is_what(report):
    assert lines(read(report)) == [
        'Understood: Client <- A "Customer", Revenue <- C "Net amount" (the amount without VAT).',
        'Not used: B "Qty", D "VAT amount", E "Comment".',
        "Rows left out: totals: 1, the rows add up to the total of the table.",
    ]


def test_a_total_that_differs_is_not_said_to_agree(report):
    report.write_text(REPORT.replace("1500,00", "1600,00"), "utf-8")
    assert lines(read(report))[2] == "Rows left out: totals: 1."


def test_a_reading_file_is_written_changed_and_given_back(report, text_file):
    reading = text_file("reading.toml", read(report).interpretation.toml())
    assert read(report, mapping=reading).clients() == read(report).clients()
    reading.write_text(
        reading.read_text("utf-8").replace('revenue = "Net amount"', 'revenue = { column = "D" }'), "utf-8"
    )
    assert [client.revenue for client in read(report, mapping=reading).clients()] == [200.0, 100.0]


def test_what_a_reading_file_leaves_out_is_not_read(report, text_file):
    reading = text_file("reading.toml", 'kind = "clients"\nheader_rows = [2]\n[columns]\nclient = "Customer"\n')
    assert list(read(report, mapping=reading).fields) == ["client"]


@pytest.mark.skipif(not FOLDER.exists(), reason="the tables lie beside the project")
@pytest.mark.parametrize("name", sorted(expectations()))
def test_every_understanding_given_back_reads_the_same(name, text_file):
    try:
        table = read(FOLDER / name, today=TODAY)
    except KamError:
        return
    reading = text_file("reading.toml", table.interpretation.toml())
    assert read(FOLDER / name, mapping=reading, today=TODAY).checked().made() == table.checked().made()


AMOUNTS = st.integers(1, 10**9).map(lambda cents: cents / 100)
NAMES = st.lists(st.integers(1, 10**6).map("Client {}".format), min_size=1, max_size=12, unique=True)
COLUMNS = ("Client", "Revenue", "Procurement budget", "Note")


@given(NAMES, st.data())
def test_what_was_read_and_what_was_left_out_is_the_file_to_the_cent(names, data):
    groups = data.draw(st.integers(1, min(3, len(names))))
    parts = [names[start::groups] for start in range(groups)]
    rows, members, everything = [], [], 0
    for number, part in enumerate(parts):
        cents = data.draw(st.lists(st.integers(1, 10**9), min_size=len(part), max_size=len(part)))
        members += list(zip(part, cents, strict=True))
        rows += [[name, amount / 100] for name, amount in zip(part, cents, strict=True)]
        rows.append([f"Total for group {number}", sum(cents) / 100])
        everything += sum(cents)
    others = data.draw(st.integers(0, 10**6))
    rows += [["Other customers (7)", others / 100], ["Grand total", (everything + others) / 100]]
    table = read_grid(Grid("", [["Client", "Revenue"], *rows]))
    assert [(client.client, client.revenue) for client in table.clients()] == [(name, at / 100) for name, at in members]
    assert not [finding for finding in table.findings if finding.grade == "error"]
    left = {each.code: each for each in table.interpretation.left_out}
    assert (left["total-row"].rows, left["other-clients"].rows) == (groups + 1, 1)
    assert (left["other-clients"].amount or 0.0) == others / 100
    wrong = [*rows[:-1], ["Grand total", (everything + others) / 100 + 100]]  # more than rounding explains
    told = read_grid(Grid("", [["Client", "Revenue"], *wrong])).findings
    assert [each.code for each in told if each.grade == "error"] == ["total-differs"]


@given(NAMES, st.data())
def test_the_order_of_rows_and_columns_changes_nothing(names, data):
    rows = [
        [name, data.draw(AMOUNTS), data.draw(st.none() | AMOUNTS), data.draw(st.sampled_from("ab"))] for name in names
    ]
    plain = read_grid(Grid("", [list(COLUMNS), *rows]))
    order, places = data.draw(st.permutations(rows)), data.draw(st.permutations(range(len(COLUMNS))))
    shuffled = [[row[place] for place in places] for row in [list(COLUMNS), *order]]
    table = read_grid(Grid("", shuffled))
    assert {client.client: client for client in table.clients()} == {
        client.client: client for client in plain.clients()
    }


def test_all_that_was_decided_is_written(tmp_path):
    path, reading = tmp_path / "clients.csv", tmp_path / "reading.toml"
    text = "Клиент;Выручка;Валюта;Бюджет;Дата бюджета\nОмега;1,5;EUR;7;03/04/2025\nДельта;2;EUR;8;25/04/2025\n"
    path.write_bytes(text.encode("cp1251"))
    table = read(path)
    written = table.interpretation.toml()
    for line in ('encoding = "cp1251"', 'decimal = ","', 'currency = "EUR"', "day_first = true"):
        assert line in written.splitlines()
    reading.write_text(written, "utf-8")
    assert read(path, mapping=reading).checked().made() == table.checked().made()
    assert str(table.checked()[0].budget_date) == "2025-04-03"


def test_columns_of_one_name_are_given_by_their_letters(tmp_path):
    path, reading = tmp_path / "clients.csv", tmp_path / "reading.toml"
    path.write_text("Client,Amount,Amount\nNord,5,10\nSouth,6,12\n", "utf-8")
    reading.write_text(read(path).interpretation.toml(), "utf-8")
    assert 'revenue = { column = "B" }' in reading.read_text("utf-8")
    assert read(path, mapping=reading).checked().made() == read(path).checked().made()


EARLIER = """Client;Jan 2025;Feb 2025;Total actual;Sales 2024;Before
Nord;1;2;3;50;40
Süd;4;5;9;60;50
"""


@pytest.mark.parametrize("revenue", ['"Total actual"', '{ column = "D" }'])
def test_earlier_years_are_found_where_a_reading_file_names_the_revenue(report, text_file, revenue):
    report.write_text(EARLIER, "utf-8")
    reading = text_file("reading.toml", f'kind = "clients"\n[columns]\nclient = "Client"\nrevenue = {revenue}\n')
    table = read(report, mapping=reading)
    assert [(client.revenue, client.year, client.history) for client in table.clients()] == [
        (3.0, 2025, ((2024, 50.0),)),
        (9.0, 2025, ((2024, 60.0),)),
    ]
    assert "part-of-year" in {finding.code for finding in table.findings}


def test_a_reading_file_names_earlier_years(report, text_file):
    report.write_text(EARLIER, "utf-8")
    reading = text_file("reading.toml", '[history]\n2023 = "Before"\n2022 = { column = "B" }\n')
    table = read(report, mapping=reading)
    years = ((2022, 1.0), (2023, 40.0), (2024, 50.0))
    assert table.clients()[0].history == years
    reading.write_text(table.interpretation.toml(), "utf-8")
    assert read(report, mapping=reading).clients()[0].history == years


@pytest.mark.parametrize(
    ("reading", "refusal"),
    [
        ('[history]\n2023 = "Befor"\n', 'there is no such column, got Befor. Did you mean "Before"?'),
        ('[history]\nlast = "Before"\n', "history must give years with their columns, got last = Before"),
        ("history = 2024\n", "history must be a section of the reading file, got 2024"),
    ],
)
def test_earlier_years_that_cannot_be_are_refused(report, text_file, reading, refusal):
    report.write_text(EARLIER, "utf-8")
    path = text_file("reading.toml", reading)
    with pytest.raises(KamError) as caught:
        read(report, mapping=path)
    assert refusal in caught.value.render("en")


def test_a_reading_file_is_commented_in_the_language_of_the_command(text_file):
    report = text_file("report.csv", "Name;Revenue;Note\nNord;900;x\nSued;800;y\n")
    written = read(report).interpretation.toml("ru", "чтение.toml")
    assert written.startswith(
        "# Как понят файл report.csv. Исправьте, что неверно, и дайте его: --reading чтение.toml\n"
    )
    assert '# не используется: C "Note"' in written
