"""Titles and labels of a client table, as far as formulas know them: the words of the table readers, to look up.

A title that stands in the vocabulary means its field. One that is known only without its unit, its year or words that
change nothing ("Revenue 2025, thousand EUR") is refused, for a formula would count what stands below it wrong.
"""

from __future__ import annotations

from kam_xl.table.headers import columns, period_words
from kam_xl.table.headers.choose import client_matcher
from kam_xl.table.words import matching, vocabulary
from kam_xl.table.words.matching import nature_of, unit_of, words
from kam_xl.table.words.vat import vat_of
from lambdas.filed import plain
from lambdas.rules import literal

TITLES_RANGE, SMALL_RANGE, LABELS_RANGE = "kam_titles", "kam_small", "kam_labels"
"""Names of the book: titles with their fields; words that a title may have beside them; labels that are no client's."""

USED = (
    *("client", "client_id", "revenue", "procurement_budget", "competitor_revenue", "sales_plan"),
    *("reference", "expertise", "position", "potential", "share_of_wallet", "industry", "territory", "manager"),
)
HARMLESS, INSTEAD, UNSURE = "harmless", "instead", "unsure"
"""What a title may be besides a field: of no consequence; of none where revenue is given; one that is refused."""
_INSTEAD = (
    *("amount", "total", "revenue_earlier", "client_turnover", "quantity", "unit_price", "discount", "tax", "cost"),
    *("debit", "credit", "crm_record", "person"),
)
_OF_OTHER_TABLES = ("competitor", "indicator", "period", "year")
_OF_NO_CONSEQUENCE = (
    *("margin", "reference_reason", "expertise_reason", "position_reason", "potential_reason", "parent", "contract"),
    *("budget_basis", "budget_date", "budget_low", "budget_high", "category", "department"),
)
_BOTH, _PERIOD, _MODIFIER = 1, 2, 3


def titles() -> list[tuple[str, str]]:
    """Every title that is known, by its letters, with what it is."""
    known = {title: _kind(title, field) for title, (field, _) in client_matcher()._index.items()}
    tables = vocabulary.COMPETITOR_FIELDS | vocabulary.OPERATIONAL_FIELDS
    for field in _OF_OTHER_TABLES:
        for title in tables[field]:
            known.setdefault("".join(words(title)), UNSURE)
    return sorted(known.items())


def _kind(title: str, field: str) -> str:
    meaning = period_words.heading_of(title)
    doubtful = nature_of(title) or vat_of(title) or any(unit_of(title)) or [title] in columns._ROW_NUMBERS
    if doubtful or (meaning and meaning.kind in ("fact", "forecast")):
        return UNSURE
    if field in _INSTEAD:
        return INSTEAD
    return field if field in USED else HARMLESS if field in _OF_NO_CONSEQUENCE else UNSURE


def small_words() -> list[tuple[str, int, str]]:
    """Words that may stand beside the name of a field or make a period, with what they are, and a currency's code."""
    units = {
        *(*vocabulary.CURRENCIES, *matching._HEADER_SCALES, *matching._FILLERS),
        *("г", "гг", "год", "года", "году", "year", "fy", "per", "annum", "pa", "ltm"),
    }
    periods = {
        *(*period_words._MONTHS, *period_words._ORDINALS, *period_words._NUMBERED, *period_words._WHOLE_YEAR),
        *(*period_words._WORDS, *period_words._FILLERS),
    }
    prefixes = (word for prefix in vocabulary.section("header_words")["prefix"] for word in words(prefix))
    modifiers = {*matching._MODIFIERS, *prefixes}
    kinds = dict.fromkeys(_plain(periods), _PERIOD)
    kinds |= {word: _BOTH if word in kinds else _MODIFIER for word in _plain(modifiers)}
    kinds |= dict.fromkeys(_plain(units), _BOTH)
    return [(word, kind, vocabulary.CURRENCIES.get(word, "")) for word, kind in sorted(kinds.items())]


def _plain(phrases: set[str]) -> set[str]:
    return {"".join(words(word)) for word in phrases} - {""}


def labels() -> list[tuple[str, bool]]:
    """Labels of rows that are no clients, between spaces, and whether one alone is surely a total's."""
    totals = {*vocabulary.SURE_TOTALS, *vocabulary.TOTALS}
    others = {*vocabulary.OTHERS, *vocabulary.SIGNATURES, *vocabulary.STATISTICS}
    is_total_by_label = dict.fromkeys(map(_spaced, others), False) | dict.fromkeys(map(_spaced, totals), True)
    return sorted((f" {label} ", is_total) for label, is_total in is_total_by_label.items() if label)


def _spaced(label: str) -> str:
    return " ".join(words(label))


_SIGNS = tuple(".,:;()[]/-_%*†‡?~$€£₽₸¥₹₴₺№\N{NO-BREAK SPACE}")
_SPLIT = tuple(",:;([")
_BESIDE = tuple(":;()[]/%*$€£₽₸¥₹₴₺№")
_NOTES = "*†‡¹²³"


def _instead(text: str, signs: tuple[str, ...], other: str) -> str:
    for sign in signs:
        text = f'SUBSTITUTE({text},"{sign}","{other}")'
    return f'SUBSTITUTE({text},CHAR(10),"{other}")'


def _place(value: str, range_: str) -> str:
    return f"XMATCH({value},INDEX({range_},0,1))"


def _beside(of: str, kept: int) -> str:
    """Whether a text is known without the words beside its field."""
    return f"kam_is_title(kam_core({of},{kept}))"


# The words of a text between single spaces.
_WORDS = f'LAMBDA(text,TRIM(SUBSTITUTE({_instead("LOWER(text)", _SIGNS, " ")},"ё","е")))'
_IS_TITLE = f'LAMBDA(core,IF(core="",FALSE,ISNUMBER({_place("core", TITLES_RANGE)})))'
# The words of a title together, without small ones but those of a kind, and without what is glued to a currency.
_CORE = f"""
LAMBDA(text,kept,LET(spaced,kam_words(text),IF(spaced="","",
    REDUCE("",TEXTSPLIT(spaced," "),LAMBDA(core,word,LET(
        found,{_place("word", SMALL_RANGE)},
        glued,{_place("RIGHT(word,3)", SMALL_RANGE)}+{_place("LEFT(word,LEN(word)-3)", SMALL_RANGE)},
        IF(ISNUMBER(found),IF(INDEX({SMALL_RANGE},found,2)=kept,core&word,core),IF(ISNUMBER(glued),core,core&word))))))))
"""
# Whether a title that does not stand in the vocabulary may mean something to the readers of tables all the same.
_UNSURE = f"""
LAMBDA(title,
    IF(SUM(MAP(SEQUENCE(10),LAMBDA(next,IF(ISERROR(FIND(next-1,title)),0,1))))>0,TRUE,
    IF(kam_core(title,{_MODIFIER})="",TRUE,
    IF({_beside("title", _PERIOD)},TRUE,
    SUM(MAP(TEXTSPLIT({_instead("title", _SPLIT, "/")},"/"),LAMBDA(part,IF({_beside("part", _PERIOD)},1,0))))>0))))
"""
# The code of the currency that a title names.
_CURRENCY = f"""
LAMBDA(title,REDUCE("",TEXTSPLIT(kam_words(title)," "),LAMBDA(code,word,LET(
    found,{_place("word", SMALL_RANGE)},IF(ISERROR(found),code,INDEX({SMALL_RANGE},found,3)&code)))))
"""
# The letters of a title without its year and its currency, both written out; one with other signs stays as it is.
_DATED = f"""
LAMBDA(title,IF({_instead("title", _BESIDE, "")}<>title,title,
    REDUCE("",TEXTSPLIT(kam_words(title)," "),LAMBDA(core,word,LET(
        found,{_place("word", SMALL_RANGE)},
        money,IF(ISERROR(found),FALSE,INDEX({SMALL_RANGE},found,3)<>""),
        year,IF(LEN(word)=4,IF(OR(LEFT(word,2)={{"19","20"}}),ISNUMBER(VALUE(word)),FALSE),FALSE),
        IF(OR(money,year),core,core&word))))))
"""
_FIELD = f"""
LAMBDA(title,
    IF(ISERROR(title),{literal(UNSURE)},
    IF(title="","",
    IF(NOT(ISTEXT(title)),{literal(UNSURE)},
    LET(known,{_place("kam_letters(title)", TITLES_RANGE)},
    IF(ISNUMBER(known),INDEX({TITLES_RANGE},known,2),
    LET(dated,{_place("kam_dated(title)", TITLES_RANGE)},
    IF(ISNUMBER(dated),LET(found,INDEX({TITLES_RANGE},dated,2),IF(found={literal(INSTEAD)},{literal(UNSURE)},found)),
    IF(kam_unsure(title),{literal(UNSURE)},"")))))))))
"""
# Whether a name is the title of the column of clients.
_HEADS = f"""
LAMBDA(name,LET(found,{_place("kam_letters(name)", TITLES_RANGE)},
    IF(ISNUMBER(found),OR(INDEX({TITLES_RANGE},found,2)={{"client";"client_id"}}),FALSE)))
"""
# Whether a name says what labels of totals, of other clients and below a report say.
_IS_LABEL = f"""
LAMBDA(name,IF(ISNUMBER(FIND(LEFT(name,1),{literal(_NOTES)})),TRUE,
    LET(spaced," "&kam_words(name)&" ",
    SUM(MAP(INDEX({LABELS_RANGE},0,1),LAMBDA(label,IF(ISERROR(FIND(label,spaced)),0,1))))>0)))
"""
_IS_TOTAL = f"""
LAMBDA(name,LET(label," "&SUBSTITUTE(LOWER(name),":","")&" ",found,{_place("label", LABELS_RANGE)},
    IF(ISNUMBER(found),INDEX({LABELS_RANGE},found,2),FALSE)))
"""
TITLE_NAMES = {
    "kam_words": _WORDS,
    "kam_is_title": _IS_TITLE,
    "kam_core": plain(_CORE),
    "kam_unsure": plain(_UNSURE),
    "kam_currency": plain(_CURRENCY),
    "kam_dated": plain(_DATED),
    "kam_field": plain(_FIELD),
    "kam_heads": plain(_HEADS),
    "kam_is_label": plain(_IS_LABEL),
    "kam_is_total": plain(_IS_TOTAL),
}
