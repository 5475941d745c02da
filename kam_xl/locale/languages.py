"""The languages of the interface: one record each holds all that is not a message.

Whatever depends on a language asks its record, by `language_named`; nothing else in the project names one. What
tables are read in is another matter: that vocabulary is `kam_xl/table/words`, and knows more languages.
"""

from __future__ import annotations

import locale
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """A language of the interface.

    Attributes
    ----------
    code : str
        As in ``--lang``, in settings and in the names of files.
    name : str
        What it calls itself.
    called : tuple of str
        What people and systems call it besides, in lower case.
    word : str
        "Language" in it, for those who cannot read the rest of a workbook.
    letters : str
        Its alphabet, in lower case: tells in which language texts are.
    decimal_mark, thousands_mark, percent_sign : str
        How it writes numbers; the thousands mark never breaks a line.
    quotation_marks : tuple of str
        What stands before and behind a name or a value that is quoted.
    date_format, cell_date_format : str
        How it writes dates, for `strftime` and for the cells of a workbook.
    date_order : str
        The order of day and month in dates such as 01/02/2025; blank where it depends on the country.
    list_separator : str
        Between the arguments of a formula, as people type it, and between the cells of a csv file.
    region : str
        The region whose numbers and dates a printed page has; blank where it depends on the country.
    true, false : str
        TRUE and FALSE as people type them in a formula.
    errors : tuple of str
        The errors that Excel shows in it, where they are not the English ones.
    log_sheet : str
        The sheet name that Excel keeps for its log of changes.
    yes : tuple of str
        Answers that mean yes.
    """

    code: str
    name: str
    called: tuple[str, ...]
    word: str
    letters: str
    decimal_mark: str
    thousands_mark: str
    percent_sign: str
    quotation_marks: tuple[str, str]
    date_format: str
    cell_date_format: str
    date_order: str
    list_separator: str
    region: str
    true: str
    false: str
    errors: tuple[str, ...]
    log_sheet: str
    yes: tuple[str, ...]

    @property
    def suffix(self) -> str:
        """The end of a file's name in this language, nothing for the first.

        >>> [each.suffix for each in RECORDS]
        ['', '_ru']
        """
        return "" if self is RECORDS[0] else f"_{self.code}"


ENGLISH = Language(
    code="en",
    name="English",
    called=("english", "английский"),
    word="Language",
    letters="abcdefghijklmnopqrstuvwxyz",
    decimal_mark=".",
    thousands_mark=",",
    percent_sign="%",
    quotation_marks=('"', '"'),
    date_format="%Y-%m-%d",
    cell_date_format="yyyy-mm-dd",
    date_order="",
    list_separator=",",
    region="",
    true="TRUE",
    false="FALSE",
    errors=(),
    log_sheet="History",
    yes=("y", "yes"),
)
RUSSIAN = Language(
    code="ru",
    name="Русский",
    called=("russian", "русский"),
    word="Язык",
    letters="абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    decimal_mark=",",
    thousands_mark="\N{NO-BREAK SPACE}",
    percent_sign="\N{NO-BREAK SPACE}%",
    quotation_marks=("«", "»"),
    date_format="%d.%m.%Y",
    cell_date_format="dd.mm.yyyy",
    date_order="dmy",
    list_separator=";",
    region="ru-RU",
    true="ИСТИНА",
    false="ЛОЖЬ",
    errors=("#Н/Д", "#ДЕЛ/0!", "#ЗНАЧ!", "#ССЫЛКА!", "#ИМЯ?", "#ЧИСЛО!", "#ПУСТО!"),
    log_sheet="Журнал",
    yes=("д", "да"),
)

RECORDS = (ENGLISH, RUSSIAN)
"""All of them; English is first, as the messages themselves are English."""

LANGUAGES = tuple(each.code for each in RECORDS)

_BY_NAME = {name: each for each in RECORDS for name in (each.code, each.name.casefold(), *each.called)}
_host = ""


class UnknownLanguageError(KeyError):
    """A language that has no record; to a user it is refused before."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} is not a language of kam_xl/locale/languages.py: {', '.join(LANGUAGES)}")


def language_named(name: str) -> Language:
    """The record of a language, by its code or what people call it.

    >>> language_named("Russian").code, language_named("en").decimal_mark
    ('ru', '.')
    """
    try:
        return _BY_NAME[name.casefold()]
    except KeyError:
        raise UnknownLanguageError(name) from None


def code_of(name: str) -> str:
    """The code of a language by what people call it; blank where it is none of ours.

    >>> code_of(" Русский "), code_of("Klingon")
    ('ru', '')
    """
    language = _BY_NAME.get(name.strip().casefold())
    return language.code if language else ""


def next_language(lang: str) -> str:
    """The language that a switch goes to.

    >>> next_language("en"), next_language("ru")
    ('ru', 'en')
    """
    return LANGUAGES[(LANGUAGES.index(lang) + 1) % len(LANGUAGES)]


def use_host_language(lang: str) -> None:
    """Use the host program's language as the default, English where it is not one of ours."""
    global _host
    _host = code_of(lang) or ENGLISH.code


def system_language(environment: Mapping[str, str] = os.environ) -> str:
    """The language of the user's system, English where it is not one of ours.

    >>> system_language({"LANG": "ru_RU.UTF-8"})
    'ru'
    >>> system_language({"LC_ALL": "C", "LANG": "ru_RU.UTF-8"})
    'en'
    """
    if _host and environment is os.environ:
        return _host
    named = next((environment[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(key)), "")
    if not named and environment is os.environ:
        named = locale.getlocale()[0] or ""  # Windows sets no variables
    return code_of(re.split(r"[_.@-]", named)[0]) or ENGLISH.code


def language_of_texts(texts: Iterable[str]) -> str:
    """The language whose letters most of some texts are written in; blank where they have no letters.

    Where several languages have them all, the system's is taken if it is one of these, else the first.

    Examples
    --------
    >>> language_of_texts(["Клиент", "Выручка, EUR"]), language_of_texts(["Client"]), language_of_texts(["2025"])
    ('ru', 'en', '')
    """
    letters = Counter(
        each.code for text in texts for letter in text.casefold() for each in RECORDS if letter in each.letters
    )
    likely = [lang for lang in LANGUAGES if letters[lang] and letters[lang] == max(letters.values())]
    return system_language() if system_language() in likely else next(iter(likely), "")


def language_of_headers(titles: Iterable[str]) -> Language:
    """The language of a table: one whose own letters some header has, else English, which headers mix into any.

    >>> language_of_headers(["ID", "CRM", "Выручка"]).code, language_of_headers(["Client", "Revenue"]).code
    ('ru', 'en')
    """
    letters = {letter for title in titles for letter in title.casefold()} - set(ENGLISH.letters)
    return next((each for each in RECORDS if letters & set(each.letters)), ENGLISH)
