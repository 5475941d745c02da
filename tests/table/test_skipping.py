"""Rows that a reading file leaves out."""

import pytest

from kam_xl.table import read
from kam_xl.table.errors import MappingError
from kam_xl.table.kept_reading import given_of, text_of
from kam_xl.table.mapping import read_given

TABLE = """Client;Revenue;Status
Alfa;100;old
Beta;50;
Test 1;7;
of all above;157;
Gamma;10;
Total;167;
"""


@pytest.fixture
def table(tmp_path, text_file):
    path = text_file("table.csv", TABLE)

    def read_by(reading):
        (tmp_path / "reading.toml").write_text(reading, "utf-8")
        return read(path, mapping=tmp_path / "reading.toml")

    return read_by


def clients(table):
    return [client.client for client in table.clients()]


def skipped(table):
    return [(finding.cell, finding.grade) for finding in table.findings if finding.code == "skipped-row"]


def test_a_row_is_left_out_by_its_number_and_a_total_that_agrees_without_it_is_no_error(table):
    assert "total-differs" in {finding.code for finding in table("").findings}
    without = table("[skip]\nrows = [5]\n")
    assert (clients(without), skipped(without)) == (["Alfa", "Beta", "Test 1", "Gamma"], [("A5", "note")])
    assert "total-differs" not in {finding.code for finding in without.findings}
    assert without.interpretation.summary()[-1].render("en") == (
        "Rows left out: totals: 1, skipped by the reading file: 1 (157), the rows add up to the total of the table."
    )


def test_rows_are_left_out_by_texts_in_columns_whatever_their_case(table):
    reading = '[skip]\nrows = [5]\nclient = "test *"\nstatus = ["OLD"]\n'
    assert clients(table(reading)) == ["Beta", "Gamma"]


def test_rows_that_one_reading_leaves_out_are_left_out_of_the_reading_written_next(table, tmp_path):
    first = table('[skip]\nrows = [5]\n"Status" = "old"\n')
    again = table(first.interpretation.toml())
    assert (again.clients(), skipped(again)) == (first.clients(), skipped(first))


def test_a_workbook_keeps_what_is_left_out(table, tmp_path):
    table('groups = "manager"\n[skip]\nrows = [5]\nclient = "Test 1"\n')
    given = read_given(tmp_path / "reading.toml")
    assert given_of(text_of(given)) == given


def test_a_text_that_stands_nowhere_is_told(table):
    findings = [each for each in table('[skip]\nclient = "Testt 1"\n').findings if each.code == "skip-unused"]
    assert [each.message.render("en") for each in findings] == [
        'The reading file leaves out rows with "Testt 1" in "client", but there are none.'
    ]


@pytest.mark.parametrize(
    ("reading", "refusal"),
    [
        ("[skip]\nrows = [1]\n", "the section skip names rows that are not below the header in row 1: 1"),
        ("[skip]\nrows = [99]\n", "the section skip names rows that are not below the header in row 1: 99"),
        ('[skip]\nrows = "5"\n', "rows to skip must be numbers, got 5"),
        ('[skip]\nStatuss = "old"\n', 'not there, got Statuss. Did you mean "Status"?'),
        ("[skip]\nclient = true\n", "what to skip by client must be texts, got True"),
        ("skip = [5]\n", "skip must be a section of the reading file"),
        ('groups = "client"\n', "heads of groups cannot be this, got client. Known: industry, territory, manager"),
    ],
)
def test_what_cannot_be_left_out_is_refused(table, reading, refusal):
    with pytest.raises(MappingError) as caught:
        table(reading)
    assert refusal in caught.value.render("en")


def test_groups_say_what_their_heads_name(table, tmp_path):
    (tmp_path / "table.csv").write_text("Client;Revenue\nAnn;\nAlfa;4\nBeta;5\nBob;\nGamma;3\n", "utf-8")
    named = table('groups = "manager"\n')
    assert [(client.client, client.manager) for client in named.clients()] == [
        ("Alfa", "Ann"),
        ("Beta", "Ann"),
        ("Gamma", "Bob"),
    ]
    assert named.interpretation.summary()[-1].render("en") == 'Manager <- the headings of groups: "Ann", "Bob".'
