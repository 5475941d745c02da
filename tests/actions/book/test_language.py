"""A workbook changes its language: our texts follow, what people typed stays."""

from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from drawing.key_accounts import build_workbook
from kam_xl import actions
from kam_xl.actions.book import language
from kam_xl.actions.book.sheets import OurSheets
from kam_xl.engines.file.parts.chart_words import own_texts

WORKBOOK = Path(__file__).parents[3] / "workbook"
FILES = {"en": WORKBOOK / "KeyAccounts.xlsm", "ru": WORKBOOK / "KeyAccounts_ru.xlsm"}


def switched(source, lang, target, opened):
    book = opened(source)
    language.switch(book, lang)
    book.save(target)
    return target


def contents(path):
    """Everything in the cells; names; tables."""
    formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    cells = {}
    for sheet in formulas:
        for cell in (cell for line in sheet.iter_rows() for cell in line):
            if cell.value is not None:
                shown = values[sheet.title][cell.coordinate].value
                cells[sheet.title, cell.coordinate] = cell.value, shown, cell.number_format
    names = {name: each.attr_text.replace("'", "") for name, each in formulas.defined_names.items()}
    tables = {
        each.displayName: [(c.name, getattr(c.calculatedColumnFormula, "attr_text", None)) for c in each.tableColumns]
        for sheet in formulas
        for each in sheet.tables.values()
    }
    return cells, names, tables


@pytest.mark.parametrize(("source", "lang"), [("en", "ru"), pytest.param("ru", "en", marks=pytest.mark.slow)])
def test_a_workbook_switched_is_the_one_built_in_the_other_language(source, lang, opened, tmp_path):
    found = contents(switched(FILES[source], lang, tmp_path / "switched.xlsm", opened))
    for part, expected in zip(found, contents(FILES[lang]), strict=True):
        assert part == expected


@pytest.mark.slow
def test_there_and_back_again_is_where_it_began(opened, tmp_path):
    there = switched(FILES["en"], "ru", tmp_path / "there.xlsm", opened)
    assert contents(switched(there, "en", tmp_path / "back.xlsm", opened)) == contents(FILES["en"])


def test_macros_and_ribbon_stay_as_they_are(opened, tmp_path):
    there = switched(FILES["en"], "ru", tmp_path / "there.xlsm", opened)
    with ZipFile(there) as changed, ZipFile(FILES["en"]) as before:
        for name in ("xl/vbaProject.bin", "customUI/customUI14.xml"):
            assert changed.read(name) == before.read(name)


def test_what_people_typed_stays_and_words_of_drop_downs_follow(opened, tmp_path):
    (tmp_path / "own.xlsx").write_bytes(build_workbook("en", blank=True))
    book = opened(tmp_path / "own.xlsx")
    clients = book.sheets["Clients"]
    clients["A6"].value = ["'0017", "Power", "Metals"]
    titles = clients["A5:AA5"].value
    clients[5, titles.index("Position")].value = "Strong"
    clients[5, titles.index("Reason for position")].value = "Strong"
    book.sheets["Start"]["C40"].value = "Revenue"
    language.switch(book, "ru")
    clients = book.sheets["Клиенты"]
    assert clients["A6:C6"].value == ["0017", "Power", "Metals"]
    assert clients[5, titles.index("Position")].value == "Сильная"
    assert clients[5, titles.index("Reason for position")].value == "Strong"
    assert book.sheets["Начало"]["C40"].value == "Revenue"


def test_a_sheet_that_a_person_renamed_keeps_its_name(opened):
    book = opened(FILES["en"])
    book.sheets["Clients"].name = "My clients"
    language.switch(book, "ru")
    assert book.sheets["My clients"]["A5"].value == "Код клиента"


def test_built_plans_change_their_words_and_keep_what_was_typed(opened, tmp_path):
    book = opened(FILES["en"])
    actions.build_plans(book)
    plan = next(iter(OurSheets(book).plans.values()))[0]
    plan["kam_goal"].value = "Revenue"
    language.switch(book, "ru")
    plan = next(iter(OurSheets(book).plans.values()))[0]
    assert plan["kam_goal"].value == "Revenue"
    assert "Выручка" in {cell for line in plan.sheet.used_range.value for cell in line}
    book.save(tmp_path / "plans.xlsm")
    text = openpyxl.load_workbook(tmp_path / "plans.xlsm")[plan.title]
    offered = [each.formula1 for each in text.data_validations.dataValidation if each.type == "list"]
    assert offered
    assert not any("Strong" in each or "Planned" in each for each in offered)


def test_answers_chosen_in_plans_and_texts_of_charts_follow(opened, tmp_path):
    book = opened(FILES["en"])
    actions.build_plans(book)
    plan = next(iter(OurSheets(book).plans.values()))[0]
    plan["kam_target_position"].value, plan["kam_goal"].value = "Strong", "Strong"
    language.switch(book, "ru")
    plan = next(iter(OurSheets(book).plans.values()))[0]
    assert [plan[name].value for name in ("kam_target_position", "kam_path")] == ["Сильная", "Линейный"]
    assert plan["kam_goal"].value == "Strong"
    book.save(tmp_path / "plans.xlsm")
    with ZipFile(tmp_path / "plans.xlsm") as package:
        charts = [package.read(name).decode() for name in package.namelist() if "charts/chart" in name]
    said = {words for chart in charts for words in own_texts(chart)}
    assert {"Выручка и цель", "Год", "Сторонник", "Влияние на решение"} <= said
    assert not said & {"Revenue and goal", "Year", "Supporter", "Influence"}


@pytest.mark.slow
def test_answers_of_the_last_build_stay_for_the_next_one_to_change(opened):
    book = opened(FILES["en"])
    actions.build_plans(book)
    (table,) = book.sheets["Key accounts"].tables
    before = table.data_body_range.value
    language.switch(book, "ru")
    (table,) = book.sheets["Ключевые клиенты"].tables
    assert (table.data_body_range.value, table.header_row_range.value[1]) == (before, "Клиент")
    assert actions.build_plans(book).kept == []


@pytest.mark.parametrize("lang", FILES)
def test_a_build_speaks_the_language_of_the_workbook(lang, opened):
    book = opened(FILES[lang])
    assert language.language_of(book) == lang
    actions.check(book)
    assert {"en": "Data check", "ru": "Проверка данных"}[lang] in [sheet.name for sheet in book.sheets]


def test_a_workbook_whose_language_cell_was_deleted_says_nothing_and_can_still_be_switched(opened):
    book = opened(FILES["en"])
    book.names["kam_set_language"].refers_to = "=#REF!$B$3"
    assert language.language_of(book) == ""
    assert language.switch(book, "ru") > 0


def test_a_book_that_is_not_ours_has_no_language_and_is_not_changed(opened, tmp_path):
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    book = opened(tmp_path / "other.xlsx")
    assert (language.language_of(book), language.switch(book, "ru")) == ("", 0)
