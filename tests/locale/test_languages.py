"""A language is one record, one catalogue and what is built: nothing else names it, and what is missing is named."""

import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest

from kam_xl import locale, template
from kam_xl.install.bundled import WORKBOOKS
from kam_xl.locale import catalogue, languages
from kam_xl.locale.languages import ENGLISH, LANGUAGES, RECORDS, Language

ROOT = Path(locale.__file__).parents[2]
# What makes books and pages for people; the words of tables are `kam_xl/table` and `kam_xl/ledger`'s own.
SOURCES = [*ROOT.glob("kam_xl/**/*.py"), *ROOT.glob("workbook/source/**/*.py"), *ROOT.glob("docs/make_*.py")]
OTHERS = {each.code for each in RECORDS} - {ENGLISH.code}
REGIONS = {f"{lang}{mark}{lang.upper()}" for lang in OTHERS for mark in "-_"}


def documentation(tree):
    """The docstrings of a module, which may show any language."""
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef)
    return {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, holders)}


def naming(path):
    """The lines of a module on which a language other than English is named."""
    tree = ast.parse(path.read_text("utf-8"))
    texts = documentation(tree)
    for node in ast.walk(tree):
        said = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
        if said not in texts and (said.lower() in OTHERS or said in REGIONS):
            yield f"{path.relative_to(ROOT)}:{node.lineno}: {said!r}"


@pytest.mark.source
def test_no_code_but_the_record_names_a_language():
    assert [each for path in SOURCES if path != Path(languages.__file__) for each in naming(path)] == []


@pytest.mark.parametrize("language", RECORDS, ids=LANGUAGES)
def test_a_record_says_everything(language):
    may_be_blank = {"date_order", "region", "errors"}
    blank = [each.name for each in fields(Language) if not getattr(language, each.name)]
    assert set(blank) <= may_be_blank, f"kam_xl/locale/languages.py: {language.name} needs {blank}"


@pytest.mark.source
@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_that_a_language_needs_is_there(lang):
    suffix = locale.language_named(lang).suffix
    needed = [
        ROOT / "kam_xl" / "table" / "words" / f"{lang}.ini",
        template.BUILT / f"template_{lang}.xlsx",
        ROOT / WORKBOOKS[lang],
        ROOT / "docs" / f"guide_{lang}.md",
        ROOT / "docs" / f"functions{suffix}.md",
    ]
    if lang != LANGUAGES[0]:
        needed.append(catalogue.place(lang))
    missing = [str(path.relative_to(ROOT)) for path in needed if not path.exists()]
    assert not missing, f"see 'A language' in docs/architecture.md: {', '.join(missing)} missing"
    assert f'"{WORKBOOKS[lang]}"' in (ROOT / "pyproject.toml").read_text("utf-8"), f"force-include {WORKBOOKS[lang]}"


def test_no_two_languages_are_called_alike():
    names = [name for each in RECORDS for name in {each.code, each.name.casefold(), *each.called}]
    assert len(names) == len(set(names))


def test_a_language_without_a_record_is_named():
    with pytest.raises(KeyError, match=re.escape("'xx' is not a language of kam_xl/locale/languages.py: en, ru")):
        locale.Text("{x:money}", x=1).render("xx")


def test_a_language_without_a_catalogue_is_named(monkeypatch):
    record = Language(**{each.name: getattr(ENGLISH, each.name) for each in fields(Language)} | {"code": "xx"})
    monkeypatch.setitem(languages._BY_NAME, "xx", record)
    with pytest.raises(FileNotFoundError, match=re.escape("kam_xl/locale/xx/LC_MESSAGES/kam_xl.mo is missing")):
        locale.Text("Clients without a translation").render("xx")


@pytest.mark.parametrize(
    ("titles", "lang"),
    [(["Client", "Revenue"], "en"), (["ID", "CRM", "Выручка"], "ru"), (["2025", "%"], "en"), ([], "en")],
)
def test_a_table_is_in_the_language_whose_own_letters_its_headers_have(titles, lang):
    assert locale.language_of_headers(titles).code == lang


@pytest.mark.parametrize(
    ("variables", "lang"),
    [({"LANG": "ru_RU.UTF-8"}, "ru"), ({"LANG": "Russian_Russia.1251"}, "ru"), ({"LANG": "run"}, "en"), ({}, "en")],
)
def test_the_system_s_language_is_read_from_the_name_of_its_locale(variables, lang):
    assert locale.system_language(variables) == lang
