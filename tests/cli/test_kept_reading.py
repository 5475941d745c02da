"""A workbook keeps the reading file that its plans were built with, and is read by it from then on."""

import json

import openpyxl
import pytest

from kam_xl.buttons import press
from kam_xl.table.kept_reading import IS_USED, kept_reading
from kam_xl.table.sources.open_book import OpenBook
from tests.actions.teamwork import opened
from tests.tables import edited

HEADER = ["ID", "Client", "Revenue 2025", "Revenue last year", "Budget", "Manager"]
CLIENTS = [["C1", "Nord", 5, 600, 1000, "Ann"], ["C2", "Sued", 700, 3, 900, "Bob"], ["C3", "West", 4, 2, 20, "Bob"]]
USED = IS_USED.render("en") + "\n"


def table(path, header=HEADER):
    book = openpyxl.Workbook()
    book.active.title = "Clients"
    for row in [header, *CLIENTS]:
        book.active.append(row)
    book.save(path)
    return path


@pytest.fixture
def reading(text_file):
    return text_file("reading.toml", '[columns]\nrevenue = "Revenue last year"\nclient_id = { column = "A" }\n')


@pytest.fixture
def plans(run, reading, tmp_path):
    path = tmp_path / "plans.xlsx"
    source = table(tmp_path / "clients.xlsx")
    assert run("plan", source, "--reading", reading, "-o", path, "--lang", "en")[0] == 0
    reading.unlink()
    return path


def revenue(run, path):
    """Of each client as the workbook is read now."""
    _, out, _ = run("classify", path, "--json", "--lang", "en")
    return {each["client"]: each["revenue"] for each in json.loads(out)}


def with_header(path, column, title):
    with edited(path) as book:
        book["Clients"].cell(1, column).value = title


def test_every_command_reads_by_the_kept_reading(run, plans):
    assert revenue(run, plans) == {"Nord": 600, "Sued": 3, "West": 2}
    for command in ("refresh", "changes"):
        code, _, err = run(command, plans, "--lang", "en")
        assert (code, err) == (0, USED), command
    code, out, _ = run("plan", plans, "--lang", "en")
    assert (code, "0 of clients that are no longer key" in out) == (0, True)
    assert revenue(run, plans) == {"Nord": 600, "Sued": 3, "West": 2}


def test_the_record_is_known_by_its_mark_whatever_it_is_called(run, plans):
    with edited(plans) as book:
        book["KAM record"].title = "Hidden notes"
        theirs = book.create_sheet("KAM record")
        theirs.append(["owner", "part", "written"])
        theirs.append(["book", 1, json.dumps({"reading": "not a reading"})])
    assert revenue(run, plans) == {"Nord": 600, "Sued": 3, "West": 2}
    with opened(plans) as book:
        assert kept_reading(OpenBook(book)).columns["revenue"] == ("Revenue last year",)


def test_the_record_has_no_path(plans, tmp_path):
    record = openpyxl.load_workbook(plans)["KAM record"]
    assert not [cell for row in record.values for cell in row if str(tmp_path) in str(cell) or ".toml" in str(cell)]


def test_another_reading_replaces_it(run, plans, text_file):
    other = text_file("other.toml", 'revenue = "Revenue 2025"\n')
    code, _, err = run("refresh", plans, "--reading", other, "--lang", "en")
    assert (code, err) == (0, "")
    assert revenue(run, plans) == {"Nord": 5, "Sued": 700, "West": 4}


def test_it_can_be_dropped(run, plans):
    code, _, err = run("refresh", plans, "--forget-reading", "--lang", "en")
    assert (code, err) == (0, "")
    assert revenue(run, plans) == {"Nord": 5, "Sued": 700, "West": 4}


def test_a_header_that_is_gone_is_an_error_that_names_it(run, plans):
    with_header(plans, 4, "Turnover before")
    before = plans.read_bytes()
    code, _, err = run("refresh", plans, "--lang", "en")
    assert (code, plans.read_bytes()) == (2, before)
    assert 'there is no column "Revenue last year"' in err
    assert (
        "Give one that fits with --reading FILE, or drop the kept one: kam-xl refresh WORKBOOK --forget-reading." in err
    )


def test_another_header_above_a_letter_is_an_error_that_names_both(run, plans):
    with_header(plans, 1, "Row")
    code, _, err = run("check", plans, "--lang", "en")
    assert code == 2
    assert err.startswith('kam-xl: Clients: other headers stand above the columns (A: "Row" instead of "ID"). ')


def test_the_workbooks_of_managers_have_no_table_to_read_by_it(run, plans, tmp_path):
    assert run("plan", plans, "--split-by", "manager", "-o", tmp_path / "out", "--lang", "en")[0] == 0
    for path in (tmp_path / "out").iterdir():
        rows = openpyxl.load_workbook(path)["KAM record"].values
        assert "Revenue last year" not in "".join(str(cell) for row in rows for cell in row), path


def test_buttons_read_by_it(opened, plans, tmp_path, monkeypatch):
    monkeypatch.setenv("KAM_XL_STATE", str(tmp_path / "state"))
    book = opened(plans)
    press("refresh", book=book)
    said = book.app.impl.alerts[-1].prompt
    assert "their revenue is 600 today" in said
    press("check", book=book)
    sheet = book.sheets["Data check"]
    texts = [str(cell) for row in sheet.used_range.value for cell in row]
    assert any(IS_USED.render("en") in text for text in texts)


def test_a_table_of_a_text_file_keeps_it_too(run, reading, tmp_path):
    rows = "\n".join(";".join(map(str, row)) for row in [HEADER, *CLIENTS])
    source, path = tmp_path / "clients.csv", tmp_path / "of_text.xlsx"
    source.write_text(rows, encoding="utf-8")
    assert run("read", source, "--reading", reading, "-o", tmp_path / "whole.toml", "--lang", "en")[0] == 0
    assert run("plan", source, "--reading", tmp_path / "whole.toml", "-o", path, "--lang", "en")[0] == 0
    assert revenue(run, path) == {"Nord": 600, "Sued": 3, "West": 2}


def test_an_import_reads_the_file_by_its_option_and_the_workbook_by_the_kept_reading(run, plans, tmp_path):
    source, reading = tmp_path / "new.csv", tmp_path / "new.toml"
    source.write_text("Nr;Firma;Total\nC1;Nord;650\n", encoding="utf-8")
    reading.write_text('client_id = "Nr"\nclient = "Firma"\nrevenue = "Total"\n', encoding="utf-8")
    code, out, err = run("import", "clients", plans, source, "--reading", reading, "--lang", "en")
    assert (code, err) == (0, USED)
    assert "Nord: Revenue last year 600 → 650" in out
    assert [cell.value for cell in openpyxl.load_workbook(plans)["Clients"][2]] == ["C1", "Nord", 5, 650, 1000, "Ann"]


MONTHS = "ID;Client;Jan 2026;Feb 2026;Budget\nC1;Nord;10;20;500\nC2;Sued;1;2;100\n"


@pytest.fixture
def by_month(run, tmp_path):
    source, path = tmp_path / "months.csv", tmp_path / "months.xlsx"
    source.write_text(MONTHS, encoding="utf-8")
    assert run("plan", source, "-o", path, "--lang", "en")[0] == 0
    return path


def test_a_total_is_not_written_over_a_month(run, by_month, tmp_path):
    source, before = tmp_path / "total.csv", by_month.read_bytes()
    source.write_text("ID;Client;Revenue;Budget\nC1;Nord;66;510\n", encoding="utf-8")
    code, _, err = run("import", "clients", by_month, source, "--lang", "en")
    assert (code, by_month.read_bytes()) == (3, before)
    assert err == (
        'kam-xl: total.csv: "Revenue" in the workbook is computed from the columns "Jan 2026", "Feb 2026": a total '
        "has no place there. Import a file with these columns, or name the workbook's own column of totals in a "
        "reading file: kam-xl refresh WORKBOOK --reading FILE. Nothing was changed.\n"
    )


def test_months_go_into_the_columns_of_months_as_numbers(run, by_month, text_file):
    source = text_file("months_2.csv", MONTHS.replace(";20;", ";25;"))
    code, out, _ = run("import", "clients", by_month, source, "--lang", "en")
    assert (code, "Nord: Feb 2026 20 → 25" in out) == (0, True)
    assert [cell.value for cell in openpyxl.load_workbook(by_month)["months"][2]] == ["C1", "Nord", 10, 25, 500]
