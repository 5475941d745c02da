"""The user guide says what the program says: its sheets, columns, settings, numbers, in both languages."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kam_xl.buttons import COMMANDS
from kam_xl.domain.model import Labelled, Position, Potential
from kam_xl.domain.scores import score_criteria
from kam_xl.domain.settings import Settings
from kam_xl.domain.strategy import strategy
from kam_xl.locale import LANGUAGES, shown
from kam_xl.plan import fields
from kam_xl.plan.account import plan_fields
from kam_xl.table.scores import header_key, score_headers
from kam_xl.table.values.numbers import read_number
from kam_xl.table.words.matching import Matcher
from kam_xl.table.words.vocabulary import CLIENT_FIELDS, COMPETITOR_FIELDS
from tests.docs.pages import headings, links, page, quoted, table

GUIDE = {lang: page(f"guide_{lang}.md") for lang in LANGUAGES}
HEADERS = {
    "settings": {"en": ("setting", "default", "meaning"), "ru": ("настройка", "по умолчанию", "что означает")},
    "columns": {
        "en": ("column", "field", "what to enter", "headers that are known, for example"),
        "ru": ("столбец", "поле", "что вводить", "известные заголовки, например"),
    },
    "numbers": {"en": ("you write", "it is read as"), "ru": ("вы пишете", "программа понимает")},
}
UNKNOWN = {"en": "unknown", "ru": "неизвестно"}


def rows(name, lang):
    return table(GUIDE[lang], *HEADERS[name][lang])


def default(value, lang):
    """A default as the settings sheet shows it."""
    if isinstance(value, Labelled):
        return value.label.render(lang)
    if isinstance(value, float):
        return shown(value, "share", lang)
    return str(value) if value else "–"


def settings_rows(lang):
    return [[f"`{each.name}`", default(each.value, lang), each.meaning.render(lang)] for each in Settings().listed()]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_setting_stands_in_the_guide_with_its_default_and_meaning(lang):
    assert rows("settings", lang) == settings_rows(lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("at", "vocabulary"), [(0, CLIENT_FIELDS), (1, COMPETITOR_FIELDS)])
def test_every_column_stands_in_the_guide_with_headers_that_are_recognised(lang, at, vocabulary):
    text = GUIDE[lang]
    for _ in range(at):  # the second table of the same header
        text = text.split("|".join(["", *(f" {cell} " for cell in HEADERS["columns"][lang]), ""]), 1)[1]
    *found, scores = table(text, *HEADERS["columns"][lang])
    assert [quoted(row[1])[0] for row in found] == list(vocabulary) if at else set(vocabulary)
    matcher = Matcher(vocabulary)
    wrong = [
        (header, row[1])
        for row in found
        for header in quoted(row[3])
        if (match := matcher.match(header)) is None or match.field != quoted(row[1])[0]
    ]
    assert wrong == []
    known = score_headers(tuple(score_criteria()), own=not at)
    assert [header for header in quoted(scores[3]) if header_key(header) not in known] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_numbers_are_read_as_the_guide_says(lang):
    for written, meant in rows("numbers", lang):
        number = read_number(quoted(written)[0])
        assert number is not None
        assert number.value == (None if meant == UNKNOWN[lang] else float(Fraction(meant))), written


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_matrix_of_strategies_is_the_program_s(lang):
    matrix = table(GUIDE[lang], "", *(each.label.render(lang) for each in Potential))
    assert matrix == [
        [position.label.render(lang), *(strategy(position, potential).label.render(lang) for potential in Potential)]
        for position in Position
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sheet_and_every_section_of_the_plan_is_named_as_on_the_sheets(lang):
    sheets = [each.label.render(lang) for each in fields.OurSheet]
    sections = [
        each.title.render(lang) for each in plan_fields.PLAN if each not in (plan_fields.HEADER, plan_fields.NUMBERS)
    ]
    missing = [name for name in (*sheets, *sections) if name not in GUIDE[lang]]
    assert missing == []


def test_both_guides_have_the_same_parts_and_pictures():
    english, russian = GUIDE["en"], GUIDE["ru"]
    assert len(headings(english)) == len(headings(russian))
    assert [link.replace("_en.png", "") for link in links(english) if link.endswith(".png")] == [
        link.replace("_ru.png", "") for link in links(russian) if link.endswith(".png")
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_button_stands_in_the_guide_in_its_words(lang):
    header = {"en": ("button", "command", "what it does"), "ru": ("кнопка", "команда", "что делает")}[lang]
    rows, labels = table(GUIDE[lang], *header), [command.label.render(lang) for command in COMMANDS]
    assert [row[0] for row in rows] == labels, f"the table of buttons in docs/guide_{lang}.md"
