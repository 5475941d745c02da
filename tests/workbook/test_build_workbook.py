"""KeyAccounts: what stands in it is read right, its formulas have the values that the rules give."""

import re
from dataclasses import fields
from datetime import date
from xml.sax.saxutils import escape
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from build_workbook import build, built_files, path
from drawing.key_accounts import build_workbook, example
from drawing.key_accounts.cached import EMPTY
from drawing.key_accounts.columns import CLIENTS, COMPETITORS
from drawing.key_accounts.data_sheets import FIRST_ROW, HEAD_ROW
from kam_xl.domain.classify import classify
from kam_xl.domain.model import Client, Position, Potential
from kam_xl.domain.operational import INDICATORS
from kam_xl.domain.settings import Settings
from kam_xl.functions import ERRORS, FUNCTIONS
from kam_xl.install.bundled import live_workbook, workbook
from kam_xl.locale import LANGUAGES
from kam_xl.plan.book_sheets import DATA_SHEETS, BookSheet
from kam_xl.plan.commands import COMMANDS, LANGUAGE_LABEL
from kam_xl.table import read, read_settings
from kam_xl.table.values.cells import choice_of, read_mark
from kam_xl.table.words.matching import Matcher
from kam_xl.table.words.vocabulary import CHOICES, CLIENT_FIELDS, COMPETITOR_FIELDS

DAY = date(2026, 6, 1)


def parts(package):
    with ZipFile(package) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.fixture(scope="module", params=LANGUAGES)
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def book(lang):
    return openpyxl.load_workbook(path(lang))


@pytest.fixture(scope="module")
def values(lang):
    return openpyxl.load_workbook(path(lang), data_only=True)


@pytest.fixture(scope="module")
def table(lang):
    return read(path(lang), today=DAY)


@pytest.fixture(scope="module")
def blank(lang, tmp_path_factory):
    file = tmp_path_factory.mktemp("blank") / f"blank_{lang}.xlsx"
    file.write_bytes(build_workbook(lang, blank=True))
    return file


def sheet(book, kind, lang):
    return book[kind.label.render(lang)]


def column(values, lang, field):
    """The cells of a column of the client table."""
    letter = [each.field for each in CLIENTS].index(field) + 1
    cells = next(sheet(values, BookSheet.CLIENTS, lang).iter_cols(letter, letter, min_row=FIRST_ROW, values_only=True))
    return [None if cell == EMPTY else cell for cell in cells]


# --- the files -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rebuilt(lang):
    return build(lang)


@pytest.mark.source
def test_the_committed_files_are_what_the_builder_builds():
    stale = [path.name for path, content in built_files() if path.read_bytes() != content]
    assert stale == []


def test_building_twice_gives_the_same_bytes(lang, rebuilt):
    assert build(lang) == rebuilt


@pytest.mark.parametrize("has_macros", [True, False])
def test_a_workbook_without_the_example_holds_nothing_of_it(lang, has_macros):
    found = (workbook if has_macros else live_workbook)(lang, example=False)
    texts = b"\n".join(parts(found).values()).decode("utf-8", "ignore")
    rows = [*example.clients(lang), *example.competitors(lang)]
    typed = {str(row[field]) for row in rows for field in ("client", "competitor", "manager") if row.get(field)}
    assert sorted(each for each in typed if escape(each) in texts) == []
    book = openpyxl.load_workbook(found)
    for kind in DATA_SHEETS:
        sheet = book[kind.label.render(lang)]
        rows = sheet.iter_rows(min_row=HEAD_ROW + 1)
        cells = [cell for row in rows for cell in row if cell.value not in (None, "") and cell.data_type != "f"]
        labels = {each.label.render(lang) for each in INDICATORS} if kind is BookSheet.OPERATIONAL else set()
        assert {cell.value for cell in cells} <= labels


def test_both_languages_have_the_same_macros_and_ribbon():
    english, russian = (parts(path(each)) for each in LANGUAGES)
    assert [english[name] == russian[name] for name in ("xl/vbaProject.bin", "customUI/customUI14.xml")] == [True, True]


def test_nothing_is_calculated_on_opening(book):
    assert not book.calculation.fullCalcOnLoad


# --- the client table ------------------------------------------------------------------------------------------------


def test_every_field_has_its_column():
    entries = sorted(each.field for each in CLIENTS if not each.formula)
    elsewhere = {"competitors", "own_scores", "year", "operational", "history"}
    assert entries == sorted({each.name for each in fields(Client)} - elsewhere)
    other_ways = {"competitor_share"}  # of giving the revenue
    assert sorted(each.field for each in COMPETITORS) == sorted({*COMPETITOR_FIELDS} - other_ways)


def test_the_reader_recognises_every_entry_and_nothing_calculated(table):
    assert sorted(table.source.columns) == sorted(each.field for each in CLIENTS if not each.formula)
    assert (table.source.header_row, len(table)) == (HEAD_ROW, 39)


@pytest.mark.parametrize("calculated", [each for each in CLIENTS if each.formula], ids=lambda each: each.field)
def test_no_title_of_a_calculated_column_is_a_word_of_the_reader(calculated, lang):
    title = calculated.title.render(lang)
    assert Matcher(CLIENT_FIELDS).match(title) is None


def test_a_position_that_a_person_typed_is_read_and_a_calculated_one_is_not(table):
    typed = {each.client_id: each.position for each in table.clients() if each.position}
    assert typed == {"1002": Position.MEDIUM, "1018": Position.STRONG}


def test_nothing_in_the_example_is_an_error(table):
    assert {each.grade for each in table.findings} == {"warning"}


def test_the_formulas_show_what_the_classification_says(table, values, lang):
    accounts = classify(table.clients(), Settings(), DAY).accounts
    assert column(values, lang, "rated_position") == [
        each.position.value.label.render(lang) if each.position else None for each in accounts
    ]
    assert column(values, lang, "rated_potential") == [
        each.potential.value.label.render(lang) if each.potential else None for each in accounts
    ]
    assert column(values, lang, "criteria") == [
        ", ".join(each.label.render(lang) for each in account.criteria) or None for account in accounts
    ]
    assert column(values, lang, "status") == [
        each.status.value.label.render(lang) if each.status else None for each in accounts
    ]


def test_tables_have_their_titles_and_formulas(book, lang):
    for kind, columns in ((BookSheet.CLIENTS, CLIENTS), (BookSheet.COMPETITORS, COMPETITORS)):
        page = sheet(book, kind, lang)
        (native,) = page.tables.values()
        titles = [each.title.render(lang) for each in columns]
        assert native.displayName == {"clients": "Clients", "competitors": "Competitors"}[kind]
        assert [each.name for each in native.tableColumns] == titles == [cell.value for cell in page[HEAD_ROW]]
        for number, each in enumerate(native.tableColumns, start=1):
            said = each.calculatedColumnFormula
            below = page.cell(FIRST_ROW, number).value
            assert (said is None) or below == f"={said.attr_text}"


def test_every_choice_offered_is_understood(book, values, lang):
    words = {name: defined_words(values, book, name) for name in book.defined_names if name.startswith("kam_list_")}
    assert list(map(read_mark, words.pop("kam_list_mark"))) == [True, False]
    assert len(words.pop("kam_list_path")) == 2
    for name, said in words.items():
        field = name.removeprefix("kam_list_")
        assert list(map(choice_of(field), said)) == list(CHOICES[field])


def defined_words(values, book, name):
    ((title, area),) = book.defined_names[name].destinations
    return [cell.value for line in values[title][area] for cell in line]


# --- a blank one -----------------------------------------------------------------------------------------------------


def test_a_blank_workbook_shows_nothing_where_there_is_no_client(blank, lang):
    page = sheet(openpyxl.load_workbook(blank, data_only=True), BookSheet.CLIENTS, lang)
    assert {cell.value for cell in page[FIRST_ROW]} <= {None, EMPTY}


def test_what_a_person_types_into_a_blank_workbook_arrives(blank, lang, tmp_path):
    book = openpyxl.load_workbook(blank)
    clients, competitors = sheet(book, BookSheet.CLIENTS, lang), sheet(book, BookSheet.COMPETITORS, lang)
    for number, each in enumerate(CLIENTS, start=1):
        typed = {"client_id": "0017", "client": "Nordwerk", "revenue": 600, "procurement_budget": 1000}.get(each.field)
        if typed:
            clients.cell(FIRST_ROW, number).value = typed
    for number, typed in enumerate(("0017", "Nordwerk", "Rival", 200), start=1):
        competitors.cell(FIRST_ROW, number).value = typed
    book.save(tmp_path / "typed.xlsx")
    (client,) = read(tmp_path / "typed.xlsx").clients()
    assert (client.client_id, client.revenue, client.position) == ("0017", 600, None)
    assert [each.revenue for each in client.competitors] == [200]


# --- the other sheets ------------------------------------------------------------------------------------------------


def test_the_operational_plan_sums_to_the_client_table(values, table, lang):
    page = sheet(values, BookSheet.OPERATIONAL, lang)
    fields_of = dict(zip(INDICATORS, ("sales_plan", "revenue", None, "margin"), strict=True))
    by_label = {each.label.render(lang): field for each, field in fields_of.items()}
    clients = {each.client_id: each for each in table.clients()}
    rows = list(page.iter_rows(FIRST_ROW, values_only=True))
    assert len(rows) == 4 * sum(1 for each in clients.values() if each.sales_plan)
    for client_id, _, indicator, *months, year in rows:
        if field := by_label[indicator]:
            expected = getattr(clients[str(client_id)], field)
            assert (sum(month or 0 for month in months), year or 0) == (expected or 0, expected or 0)


def test_its_months_are_dates(values, lang):
    titles = [cell.value for cell in sheet(values, BookSheet.OPERATIONAL, lang)[HEAD_ROW]]
    assert [each.date() for each in titles[3:15]] == [date(2025, month, 1) for month in range(1, 13)]


def test_the_value_of_every_setting_has_a_name_of_the_book(book):
    named = {name.removeprefix("kam_set_") for name in book.defined_names if name.startswith("kam_set_")}
    assert named == {each.name for each in Settings().listed()} | {"language"}


def test_blank_settings_are_the_defaults_and_typed_ones_are_read(lang, tmp_path):
    assert Settings.from_mapping(read_settings(path(lang))) == Settings()
    book = openpyxl.load_workbook(path(lang))
    ((title, cell),) = book.defined_names["kam_set_key_account_limit"].destinations
    book[title][cell].value = 0.2
    book.save(tmp_path / "set.xlsx")
    assert read_settings(tmp_path / "set.xlsx") == {"key_account_limit": 0.2}


def test_the_formulas_take_all_settings_as_a_range(book, values, lang):
    ((title, area),) = book.defined_names["kam_settings"].destinations
    names = [line[0].value for line in values[title][area]]
    assert names == ["language", *(each.name for each in Settings().listed())]
    assert values[title][area][0][1].value == lang


def test_every_function_has_an_example_that_answers(values, book, lang):
    page, shown = sheet(book, BookSheet.FUNCTIONS, lang), sheet(values, BookSheet.FUNCTIONS, lang)
    formulas = {}
    for line in page.iter_rows():
        for cell in line:
            if cell.data_type == "f":
                name = re.search(r"KAM_\w+", cell.value)[0]
                formulas[name] = shown[cell.coordinate].value
    assert set(formulas) == set(FUNCTIONS)
    assert [name for name, answer in formulas.items() if answer is None or answer in ERRORS] == []


def test_functions_needs_no_array_formula_which_libreoffice_calculates_at_once(book, lang):
    page = sheet(book, BookSheet.FUNCTIONS, lang)
    assert [cell.coordinate for line in page.iter_rows() for cell in line if isinstance(cell.value, ArrayFormula)] == []


def test_every_formula_has_its_value_but_for_those_of_the_blank_plan_template(book, lang):
    with ZipFile(path(lang)) as package:
        sheets = [
            package.read(f"xl/worksheets/sheet{number}.xml").decode() for number in range(1, len(book.sheetnames) + 1)
        ]
    without = {
        page.sheet_properties.codeName
        for page, text in zip(book, sheets, strict=True)
        for attributes in re.findall(r"<c ([^>]*)><f[^>]*>[^<]*</f><v ?/?>(?:</v>)?</c>", text)
        if 't="str"' not in attributes  # an empty text
    }
    assert without == {"shPlan"}


def test_links_lead_to_names_of_the_book(book, lang):
    links = [
        cell.hyperlink.location
        for line in sheet(book, BookSheet.START, lang).iter_rows()
        for cell in line
        if cell.hyperlink
    ]
    assert set(links) <= set(book.defined_names)
    pressed = {link.removeprefix("kam_press_") for link in links if link.startswith("kam_press_")}
    assert pressed == {each.code for each in COMMANDS} - {"build_selected"}  # a selection is made on another sheet


def test_sheets_of_data_are_marked_apart_from_those_that_are_not_read(book, lang):
    marked = {page.title for page in book if "kam_data" in page.defined_names}
    assert marked == {kind.label.render(lang) for kind in DATA_SHEETS}
    assert all(("kam_sheet" in page.defined_names) != (page.title in marked) for page in book)


def test_russian_sheets_say_nothing_in_english():
    english, russian = (openpyxl.load_workbook(path(each)) for each in LANGUAGES)
    visible = [page for page in russian if page.sheet_state == "visible"]
    said = {cell.value for page in visible for line in page.iter_rows() for cell in line}
    also = {cell.value for page in english for line in page.iter_rows() for cell in line}
    alike = {each for each in said & also if isinstance(each, str) and " " in each and each[0] not in "=K"}
    assert alike == {LANGUAGE_LABEL.render("ru")}  # the one button that must be read in every language


def test_a_potential_is_the_same_where_many_budgets_are_equal():
    from drawing.key_accounts.example_values import Totals, with_values

    rows = [{"procurement_budget": amount, "client": "x"} for amount in (5.0, 10.0, 10.0, 10.0)]
    totals = Totals.of(rows)
    found = [with_values(row, totals, "en")["rated_potential"] for row in rows]
    clients = [Client(str(n), "x", procurement_budget=row["procurement_budget"]) for n, row in enumerate(rows)]
    accounts = classify(clients, Settings(), DAY).accounts
    assert found == [each.potential.value.label.render("en") for each in accounts]
    assert found[0] == Potential.LOW.label.render("en")
