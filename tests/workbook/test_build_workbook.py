from dataclasses import fields
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from build_workbook import HEAD_ROW, LAYOUTS, WORKBOOK, build
from client_columns import CLIENTS, COMPETITORS
from openpyxl.utils import get_column_letter

from kam_xl.domain.model import BudgetBasis, Client, Competitor, Position, Potential, Stance
from kam_xl.table import read
from kam_xl.table.cells import choice_of, read_mark
from kam_xl.table.vocabulary import CHOICES, COMPETITOR_FIELDS, KINDS

WORDS = {
    "en": {"basis": "Proxy", "position": "Medium", "potential": "Medium", "stance": "Coexist", "yes": "Yes"},
    "ru": {"basis": "Косвенная оценка", "position": "Средняя", "potential": "Средний", "stance": "Сосуществовать"}
    | {"yes": "Да"},
}


def parts(package):
    with ZipFile(package) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def checks(sheet, columns):
    """Field to what its column offers or checks."""
    fields_by_letter = {get_column_letter(n): column.field for n, column in enumerate(columns, start=1)}
    return {
        fields_by_letter[str(check.sqref).partition(str(HEAD_ROW + 1))[0]]: check
        for check in sheet.data_validations.dataValidation
    }


@pytest.fixture(params=["en", "ru"])
def lang(request):
    return request.param


@pytest.fixture
def path(lang):
    return WORKBOOK / f"KeyAccounts_{lang}.xlsx"


@pytest.fixture
def book(path):
    return openpyxl.load_workbook(path)


@pytest.fixture
def filled(book, lang, tmp_path):
    """A copy as a person leaves it: every column filled in one row."""
    words = WORDS[lang]
    client = ["0017", "=1+1", "Energy", "North", "Ann", 600, 120, 650, 1000, words["basis"], "2026-01-31", 900, 1200]
    client += [200, words["yes"], 2, words["position"], "sole supplier", words["potential"], "new plant"]
    for sheet, row in zip(
        book, (client, ["0017", "=1+1", "Rival", 200, "price", "service", words["stance"]]), strict=True
    ):
        for column, value in enumerate(row, start=1):
            sheet.cell(HEAD_ROW + 1, column).value = value
        sheet.cell(HEAD_ROW + 1, 2).data_type = "s"
    book.save(tmp_path / "filled.xlsx")
    return tmp_path / "filled.xlsx"


def test_the_files_are_what_the_builder_builds(path, lang):
    assert parts(path) == parts(BytesIO(build(lang)))


def test_every_field_has_its_column():
    assert sorted(column.field for column in CLIENTS) == sorted(
        {each.name for each in fields(Client)} - {"competitors"}
    )
    assert [column.field for column in COMPETITORS] == list(COMPETITOR_FIELDS)


def test_the_reader_recognises_every_column(filled):
    table = read(filled)
    assert list(table.source.columns) == [column.field for column in CLIENTS]
    assert table.source.header_row == HEAD_ROW


def test_what_a_person_enters_arrives(filled):
    (client,) = read(filled).clients()
    assert (client.client_id, client.client, client.revenue, client.procurement_budget) == ("0017", "=1+1", 600, 1000)
    assert (client.budget_basis, client.position, client.potential) == (
        BudgetBasis.PROXY,
        Position.MEDIUM,
        Potential.MEDIUM,
    )
    assert (client.reference, client.expertise) == (True, 2)
    assert client.competitors == (Competitor("Rival", 200, "price", "service", Stance.COEXIST),)


def test_nothing_in_a_sound_row_is_found_doubtful(filled):
    assert read(filled, today=date(2026, 3, 2)).findings == []


def test_every_choice_offered_is_understood(book):
    for sheet, columns in zip(book, (CLIENTS, COMPETITORS), strict=True):
        for field, check in checks(sheet, columns).items():
            words = check.formula1.strip('"').split(",")
            if KINDS[field] == "choice":
                assert list(map(choice_of(field), words)) == list(CHOICES[field])
            elif KINDS[field] == "mark":
                assert list(map(read_mark, words)) == [True, False]


def test_choices_and_dates_are_checked(book):
    clients, competitors = (checks(*each) for each in zip(book, (CLIENTS, COMPETITORS), strict=True))
    assert list(clients) == ["budget_basis", "budget_date", "reference", "expertise", "position", "potential"]
    assert list(competitors) == ["stance"]


def test_each_sheet_is_a_native_table_below_a_frozen_header(book, lang):
    for sheet, layout in zip(book, LAYOUTS, strict=True):
        assert (sheet.title, list(sheet.tables)) == (layout.name.render(lang), [layout.name.render(lang)])
        assert sheet.freeze_panes.endswith(str(HEAD_ROW + 1))


def test_every_header_has_a_note(book, lang):
    for sheet, layout in zip(book, LAYOUTS, strict=True):
        notes = [cell.comment.text for cell in sheet[HEAD_ROW]]
        assert notes == [column.note.render(lang) for column in layout.columns]


def test_amounts_dates_and_ids_have_their_formats(book, lang):
    formats = {
        column.field: book.worksheets[0].cell(HEAD_ROW + 1, n).number_format for n, column in enumerate(CLIENTS, 1)
    }
    assert formats["client_id"] == "@"
    assert formats["revenue"] == "#,##0"
    assert formats["budget_date"] == {"en": "yyyy-mm-dd", "ru": "dd.mm.yyyy"}[lang]
