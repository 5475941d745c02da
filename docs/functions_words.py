"""How the reference of functions speaks in each language: data only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from kam_xl.domain.model import Position, Potential
from kam_xl.locale import LANGUAGES, language_named
from kam_xl.locale.languages import Language


@dataclass(frozen=True)
class Speech:
    """The words of the page in a language, and how it writes formulas."""

    language: Language
    words: dict[str, str]

    @property
    def separator(self) -> str:
        """Between the arguments of a formula."""
        return self.language.list_separator + " "

    def cell(self, value: Any) -> str:
        """A cell as a sheet shows it."""
        if isinstance(value, bool):
            return self.language.true if value else self.language.false
        if isinstance(value, (int, float)):
            return f"{value:.6g}".replace(".", self.language.decimal_mark)
        return "" if value is None else str(value)

    def literal(self, value: Any) -> str:
        """A value as it is typed into a formula."""
        return f'"{value}"' if isinstance(value, str) else self.cell(value)


_RATINGS = [*Position, *Potential]
SPEECHES = {
    "en": Speech(
        language_named("en"),
        {
            "title": "Functions",
            "argument": "argument",
            "meaning": "meaning",
            "optional": "optional",
            "answer": "answer",
            "gives": "returns",
            "bad": "What a bad input returns in the first example:",
            "blank": "blank",
            "text": 'the text "xyz"',
            "negative": "-1",
            "error": "an error",
            "same": "the same answer",
            "sentence": "a sentence that says why",
            "other": "another answer",
            "columns": "Columns of KAM_TABLE",
            "code": "code",
            "column": "title",
            "usual": "by default",
            "yes": "yes",
            "client": "Client",
            "revenue": "Revenue",
            "budget": "Budget",
        },
    ),
    "ru": Speech(
        language_named("ru"),
        {
            "title": "Функции",
            "argument": "аргумент",
            "meaning": "что это",
            "optional": "можно не указывать",
            "answer": "ответ",
            "gives": "даёт",
            "bad": "Что даёт неверное значение аргумента в первом примере:",
            "blank": "пусто",
            "text": "текст «xyz»",
            "negative": "-1",
            "error": "ошибка",
            "same": "тот же ответ",
            "sentence": "предложение, которое говорит почему",
            "other": "другой ответ",
            "columns": "Столбцы KAM_TABLE",
            "code": "код",
            "column": "заголовок",
            "usual": "без указания",
            "yes": "да",
            "client": "Клиент",
            "revenue": "Выручка",
            "budget": "Бюджет",
        },
    ),
}


@cache
def words_of_examples(lang: str) -> dict[str, str]:
    """The words of the examples' arguments in a language."""
    english, spoken = SPEECHES[LANGUAGES[0]].words, SPEECHES[lang].words
    return {
        **{member.label.render(): member.label.render(lang) for member in _RATINGS},
        **{str(member): member.label.render(lang).lower() for member in _RATINGS},
        **{english[key]: spoken[key] for key in ("yes", "client", "revenue", "budget")},
    }


INTRO = {
    "en": """\
[По-русски](functions_ru.md) · [user guide](guide_en.md)

Functions for your own cells: the same rules that build the plans. This page is made from the functions themselves;
every answer on it was computed.

**Where.** In Excel for Windows, through xlwings, in [KeyAccounts.xlsm](../workbook/). Excel for macOS does not run such
functions; the buttons and the command line give the same answers there. In Excel for Microsoft 365 and Excel 2024, on
Windows, macOS and the web, [KeyAccounts.xlsx](../workbook/) has all of them but `KAM_EXPLAIN`, without Python and
without macros: [which program does what](programs.md).

**Separators.** Formulas here are written as Excel expects them with English settings: `=KAM_PENETRATION(30, 120)`. With
Russian, German and many other settings the separator is `;` and the decimal mark a comma:
`=KAM_TARGET(1000;0,1;0,4)`.

**Ranges.** Every argument that may be "a cell or a column" takes a range, and the function returns a range of the
same shape in one call: type it once and let it spill. One cell beside a column is used for all its rows; where one
column is shorter than another the answer is `#N/A`. For many clients one spilled formula, or KAM_TABLE, is far faster
than a formula in each row.

**Errors** are true errors, which ISERROR and IFERROR notice:

| error | means |
|---|---|
| `#N/A` | unknown: an input is blank or says "n/a", or there is no such client |
| `#NUM!` | impossible: a negative budget, revenue without budget, settings that contradict themselves |
| `#VALUE!` | not a number, an unknown word, no client table |
| `#NAME?` | Python does not answer: see the sheet Start, or the cell `=KamLastError()` |
| any other | it stands in an argument and comes through |

Blank is not 0: an unknown budget gives `#N/A`, a budget of 0 is no demand.

**Settings** are a range of two columns, names and values, such as the sheet [KAM settings](guide_en.md#settings) has;
a row `language` may be among them. **Language** decides the words of the answer; words that you give may be in either
one.
""",
    "ru": """\
[In English](functions.md) · [руководство](guide_ru.md)

Функции для ваших ячеек: те же правила, по которым строятся планы. Страница составлена по самим функциям; каждый ответ
на ней вычислен.

**Где.** В Excel для Windows, через xlwings, в книге [KeyAccounts.xlsm](../workbook/). В Excel для macOS таких функций
нет; там то же отвечают кнопки и командная строка. В Excel для Microsoft 365 и Excel 2024 на
Windows, macOS и в браузере они есть и без Python, и без макросов, все, кроме `KAM_EXPLAIN`: книга
[KeyAccounts_ru.xlsx](../workbook/), [какая программа что умеет](programs.md).

**Разделители.** Формулы здесь записаны так, как их принимает русский Excel: аргументы через `;`, дробная часть через
запятую: `=KAM_TARGET(1000;0,1;0,4)`. В английском Excel — через запятую и точку: `=KAM_TARGET(1000, 0.1, 0.4)`.

**Диапазоны.** Аргумент, о котором сказано «ячейка или столбец», принимает диапазон, и функция отвечает диапазоном той
же формы за один вызов: введите её один раз, ответ займёт соседние ячейки сам. Одна ячейка рядом со столбцом берётся
для всех его строк; где один столбец короче другого, ответ `#Н/Д`. Для многих клиентов одна такая формула или
KAM_TABLE намного быстрее формулы в каждой строке.

**Ошибки** — настоящие ошибки, их замечают ЕОШИБКА и ЕСЛИОШИБКА. Русский Excel показывает их по-своему:

| ошибка | в русском Excel | значит |
|---|---|---|
| `#N/A` | `#Н/Д` | неизвестно: аргумент пуст или в нём «н/д», или такого клиента нет |
| `#NUM!` | `#ЧИСЛО!` | невозможно: отрицательный бюджет, выручка без бюджета, противоречивые настройки |
| `#VALUE!` | `#ЗНАЧ!` | не число, неизвестное слово, не таблица клиентов |
| `#NAME?` | `#ИМЯ?` | Python не отвечает: см. лист «Начало» или ячейку `=KamLastError()` |
| любая другая | | стоит в аргументе и проходит насквозь |

Пусто — не 0: неизвестный бюджет даёт `#N/A`, бюджет 0 — нет спроса.

**Настройки** — диапазон из двух столбцов, названия и значения, как на листе [Настройки KAM](guide_ru.md#настройки);
среди них может быть строка `language`. **Язык** определяет слова ответа; слова в аргументах могут быть на любом из
двух языков.
""",
}

# What the tables do not say, by function.
REMARKS = {
    "KAM_PENETRATION": {
        "en": "Revenue 0 and budget 0 is no demand: `#N/A`. Revenue without budget cannot be: `#NUM!`.",
        "ru": "Выручка 0 и бюджет 0 — нет спроса: `#N/A`. Выручки без бюджета не бывает: `#NUM!`.",
    },
    "KAM_REVENUE_SHARE": {
        "en": ("An error or a text among the revenues is the answer for all: a total without them would be wrong."),
        "ru": "Ошибка или текст среди выручек — ответ для всех: итог без них был бы неверным.",
    },
    "KAM_CLASSIFY": {
        "en": (
            "The answer is empty where no criterion is met, and `#N/A` where revenue, budget and marks are all "
            "blank. One client alone can be a prospect only if its potential is given or the settings say from "
            "which budget it is high; a column of budgets gives the percentiles itself. Competitors' revenue is "
            "no condition: KAM_EXPLAIN quotes it as the proof."
        ),
        "ru": (
            "Ответ пуст, если не выполнен ни один критерий, и `#N/A`, если пусты и выручка, и бюджет, и отметки. "
            "Один клиент без остальных может быть перспективным, только если указан его потенциал или в "
            "настройках задано, с какого бюджета он высокий; столбец бюджетов даёт процентили сам. Доход "
            "конкурентов — не условие: KAM_EXPLAIN приводит его как доказательство."
        ),
    },
    "KAM_STATUS": {
        "en": "A client with a plan is judged by its share of the plan, any other by its share of revenue.",
        "ru": "Клиент с планом оценивается по доле в плане, любой другой — по доле в выручке.",
    },
    "KAM_POTENTIAL": {
        "en": (
            "Budget 0 is low: no demand. Any other single cell with neither `budgets` nor amounts in the settings "
            "gives `#N/A`."
        ),
        "ru": "Бюджет 0 — низкий: спроса нет. Другая ячейка без `budgets` и без сумм в настройках даёт `#N/A`.",
    },
    "KAM_IS_KEY": {
        "en": (
            "A key account above the limit is FALSE here and TRUE with the third argument TRUE; KAM_TABLE shows "
            "it in the column *Above the limit*. A name that several clients of the table have gives `#N/A`: use "
            "the id. Do not put this formula into the table that it reads, but beside it, or name only the "
            "columns that are typed."
        ),
        "ru": (
            "Ключевой клиент сверх лимита здесь ЛОЖЬ, а с третьим аргументом ИСТИНА — ИСТИНА; KAM_TABLE "
            "показывает его в столбце *Сверх лимита*. Название, которое есть у нескольких клиентов таблицы, даёт "
            "`#N/A`: укажите код. Ставьте формулу не в саму таблицу, которую она читает, а рядом, или укажите "
            "только те её столбцы, которые введены руками."
        ),
    },
    "KAM_EXPLAIN": {
        "en": "All sentences stand in one cell: let the text wrap.",
        "ru": "Все предложения стоят в одной ячейке: включите перенос текста.",
    },
    "KAM_TABLE": {
        "en": (
            "Titles above the header, totals and footnotes do no harm: the rows of the answer stand beside the "
            "clients. A measure or rating that is unknown is `#N/A` in its cell, one whose amounts cannot be "
            "right `#NUM!`; what else is doubtful in the table the data check tells. A blank cell among titles "
            "leaves its column blank."
        ),
        "ru": (
            "Названия над заголовком, итоги и сноски не мешают: строки ответа стоят рядом с клиентами. "
            "Неизвестный показатель или оценка — `#N/A` в своей ячейке, а если суммы не могут быть верными — "
            "`#NUM!`; что ещё сомнительно в таблице, скажет проверка данных. Пустая ячейка среди заголовков "
            "оставляет свой столбец пустым."
        ),
    },
    "KAM_ABC": {
        "en": (
            "The client that crosses a bound belongs to the better class, equal revenues share one; no revenue is "
            "C. A revenue that is not among `revenues` gives `#N/A`."
        ),
        "ru": (
            "Клиент, который переходит границу, относится к лучшему классу, равная выручка — один класс; нет "
            "выручки — C. Выручка, которой нет среди `revenues`, даёт `#N/A`."
        ),
    },
}
