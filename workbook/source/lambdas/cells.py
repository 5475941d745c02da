"""How cells come into a LAMBDA and go out of it, as `kam_xl.functions.arguments` and `options` have it for Python.

Each name reads one cell: what is unknown becomes an empty text, an error stays what it is. The words that may stand in
a cell are those that the readers of tables know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields

from kam_xl.domain.model import Criterion, Labelled, PathShape, Position, Potential, Status, Strategy
from kam_xl.domain.settings import ORDERED, Settings
from kam_xl.locale import LANGUAGES
from kam_xl.locale.languages import RECORDS
from kam_xl.plan.book_sheets import LANGUAGE_CELL, SETTINGS_RANGE
from kam_xl.table.values.numbers import BLANKS
from kam_xl.table.words.matching import words
from kam_xl.table.words.vocabulary import CHOICES, MARKS
from lambdas.rules import LARGEST, cases, literal

LABELLED: Mapping[str, type[Labelled]] = {
    "position": Position,
    "potential": Potential,
    "strategy": Strategy,
    "status": Status,
    "criterion": Criterion,
}
DEFAULTS_RANGE, LIMITS_RANGE = "kam_defaults", "kam_limits"
"""Names of the book: names of the settings with value and default; names with least and greatest value, and whether
they must be whole."""

_LEVELS = "{0;1;2;3}"


def limits() -> list[tuple[str, float, float, bool]]:
    """The settings that are numbers: least and greatest value, and whether they must be whole."""
    numeric = (each for each in fields(Settings) if not isinstance(each.default, str))
    return [
        (each.name, each.metadata["low"], min(each.metadata["high"], LARGEST), each.metadata["whole"])
        for each in numeric
    ]


def cell_names() -> dict[str, str]:
    """All names of this module with their formulas."""
    return {
        **_READERS,
        **_RANGES,
        **_SETTINGS,
        **{f"kam_label_{name}": _label(kind) for name, kind in LABELLED.items()},
    }


def _column(texts: Iterable[str]) -> str:
    return "{" + ";".join(literal(text) for text in sorted(texts)) + "}"


def _either(text: str, meanings: Mapping[str, Iterable[str]], otherwise: str) -> str:
    """The first meaning among whose words a text is."""
    formula = otherwise
    for meaning, variants in reversed(list(meanings.items())):
        formula = f"IF(OR({text}={_column(variants)}),{meaning},{formula})"
    return formula


def _rating(field: str) -> str:
    meanings = {
        literal(member.value): {"".join(words(variant)) for variant in (member.value, *variants)}
        for member, variants in CHOICES[field].items()
    }
    return f'LAMBDA(value,LET(word,kam_word(value),IF(ISERROR(word),word,IF(word="","",{_by_letters(meanings)}))))'


def _by_letters(meanings: Mapping[str, Iterable[str]]) -> str:
    return f"LET(letters,kam_letters(word),{_either('letters', meanings, '#VALUE!')})"


def _label(kind: type[Labelled]) -> str:
    """A member's label in the language asked for; what is unknown stays so."""
    spoken = {literal(lang): _labels(kind, lang) for lang in LANGUAGES[1:]}
    return f"LAMBDA(code,language,IF(ISERROR(code),code,{cases('language', spoken, _labels(kind, LANGUAGES[0]))}))"


def _labels(kind: type[Labelled], lang: str) -> str:
    return cases("code", {literal(each.value): literal(each.label.render(lang)) for each in kind}, '""')


def _letters() -> str:
    formula = 'SUBSTITUTE(LOWER(value),"ё","е")'
    for sign in (" ", "\N{NO-BREAK SPACE}", "-", "_", ".", ","):
        formula = f'SUBSTITUTE({formula},"{sign}","")'
    return f"LAMBDA(value,{formula})"


def _criteria() -> str:
    """Codes between commas: of numbers, or of words in any language."""
    text = 'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(LOWER(word)," ",""),"\N{NO-BREAK SPACE}",""),";",",")'
    formula = f'SUBSTITUTE(","&{text}&",",",",",,")'
    left = "codes"
    for number, member in enumerate(Criterion, start=1):
        names = {str(number), *(member.label.render(lang).casefold() for lang in LANGUAGES)} - {member.value}
        for name in sorted(names):
            formula = f'SUBSTITUTE({formula},",{name},",",{member.value},")'
        left = f'SUBSTITUTE({left},",{member.value},","")'
    known = f'IF(SUBSTITUTE({left},",","")="",codes,#VALUE!)'
    return f'LAMBDA(value,LET(word,kam_word(value),IF(ISERROR(word),word,IF(word="","",LET(codes,{formula},{known})))))'


_MARK = _either(
    "text",
    {'""': BLANKS, "VALUE(text)": "0123", "TRUE": MARKS[True], "FALSE": MARKS[False] - BLANKS},
    "#VALUE!",
)
_SHAPES = {
    literal(shape.value): {shape.value, *(shape.label.render(lang).casefold() for lang in LANGUAGES)}
    for shape in PathShape
}
_SPOKEN = {literal(each.code): {each.code, each.name.casefold(), *each.called} for each in RECORDS}

_READERS = {
    # what Python takes as true; FALSE is another thing than 0 to a spreadsheet
    "kam_true": 'LAMBDA(value,IF(ISLOGICAL(value),value,IF(value="",FALSE,value<>0)))',
    "kam_text": 'LAMBDA(value,LOWER(TRIM(SUBSTITUTE(value,UNICHAR(160)," "))))',
    "kam_blank": f"LAMBDA(value,OR(kam_text(value)={_column(BLANKS)}))",
    "kam_amount": 'LAMBDA(value,IF(ISERROR(value),value,IF(ISLOGICAL(value),#VALUE!,IF(value="","",'
    'IF(ISNUMBER(value),value,IF(kam_blank(value),"",#VALUE!))))))',
    "kam_word": 'LAMBDA(value,IF(ISERROR(value),value,IF(value="","",IF(ISNUMBER(value),IF(value=0,"",value),'
    'IF(kam_blank(value),"",value)))))',
    "kam_letters": _letters(),
    "kam_read_position": _rating("position"),
    "kam_read_potential": _rating("potential"),
    "kam_read_criteria": _criteria(),
    "kam_read_mark": 'LAMBDA(value,IF(ISERROR(value),value,IF(ISLOGICAL(value),value,IF(value="","",IF(ISNUMBER(value),'
    f"IF(OR(value={_LEVELS}),value,#VALUE!),LET(text,kam_text(value),{_MARK}))))))",
    "kam_read_path": 'LAMBDA(value,LET(word,kam_word(value),IF(ISERROR(word),word,IF(word="","",'
    f"LET(text,kam_text(word),{_either('text', _SHAPES, '#VALUE!')})))))",
    "kam_answer": 'LAMBDA(value,IF(ISERROR(value),value,IF(value="",#N/A,value)))',
    # a mark says yes where it is TRUE, or a level from a bound on; a lone 1 is a yes
    "kam_meets": 'LAMBDA(mark,levels,rules,IF(mark="",FALSE,IF(ISLOGICAL(mark),mark,'
    'mark>=IF(IF(levels="",mark>1,levels),kam_setting(rules,"mark_min_level"),1))))',
}

_RANGES = {
    "kam_many": "LAMBDA(range,ROWS(range)*COLUMNS(range)>1)",
    "kam_at": "LAMBDA(range,row,column,IF(kam_many(range),IF(OR(IF(ROWS(range)>1,row>ROWS(range),FALSE),"
    "IF(COLUMNS(range)>1,column>COLUMNS(range),FALSE)),#N/A,INDEX(range,IF(ROWS(range)=1,1,row),"
    "IF(COLUMNS(range)=1,1,column))),range))",
    "kam_one": "LAMBDA(range,IF(kam_many(range),#VALUE!,range))",
    "kam_number": "LAMBDA(range,IF(kam_many(range),#VALUE!,kam_amount(range)))",
    "kam_flag": "LAMBDA(range,IF(kam_many(range),#VALUE!,IF(ISERROR(range),range,IF(ISLOGICAL(range),range,"
    "IF(ISNUMBER(range),range<>0,IF(kam_blank(range),FALSE,#VALUE!))))))",
    # how many cells are amounts; an error, or a text that is none, is the answer for all
    "kam_known": "LAMBDA(range,SUM(MAP(range,LAMBDA(cell,LET(amount,kam_amount(cell),IF(ISERROR(amount),amount,"
    'IF(amount="",0,1)))))))',
    # amounts that count in a sum: known, not negative, not without end
    "kam_valid": 'LAMBDA(cell,LET(amount,kam_amount(cell),IF(ISERROR(amount),amount,IF(amount="","",'
    'IF(amount<0,"",IF(amount<1E+100,amount,""))))))',
    "kam_sum": 'LAMBDA(range,LET(known,kam_known(range),IF(ISERROR(known),known,IF(known=0,"",'
    'SUM(MAP(range,LAMBDA(cell,LET(amount,kam_valid(cell),IF(amount="",0,amount)))))))))',
    "kam_total": "LAMBDA(total,own,IF(kam_many(total),kam_sum(total),LET(known,kam_amount(total),"
    'IF(ISERROR(known),known,IF(known="",IF(kam_many(own),kam_sum(own),""),known)))))',
    # how many of some values, as another name gives them, are known
    "kam_count": 'LAMBDA(values,SUM(MAP(values,LAMBDA(one,IF(one="",0,1)))))',
    # amounts above 0, an empty text for every other cell
    "kam_earned": "LAMBDA(range,MAP(range,LAMBDA(cell,LET(amount,kam_valid(cell),IF(ISERROR(amount),amount,"
    'IF(amount="","",IF(amount>0,amount,"")))))))',
}

_LIMIT = f"VLOOKUP(name,{LIMITS_RANGE},{{}},FALSE)".format
_WITHIN = (
    f"LAMBDA(name,value,IF(value<{_LIMIT(2)},FALSE,IF(value>{_LIMIT(3)},FALSE,IF({_LIMIT(4)},value=INT(value),TRUE))))"
)
# settings that are words, not numbers
_WORDED = ("language", *(each.name for each in fields(Settings) if isinstance(each.default, str)))
_NAMES = f"INDEX({LIMITS_RANGE},0,1)"
_SETTINGS = {
    # a cell of a range of settings, an empty text where it has none
    "kam_given": 'LAMBDA(range,name,LET(place,MATCH(name,INDEX(range,0,1),0),IF(ISERROR(place),"",LET(value,'
    'INDEX(range,place,2),IF(ISERROR(value),value,IF(value="","",IF(ISNUMBER(value),value,IF(kam_blank(value),"",value))))))))',
    "kam_within": _WITHIN,
    "kam_misset": "LAMBDA(range,name,LET(value,kam_given(range,name),IF(ISERROR(value),value,IF(ISNUMBER(value),"
    'IF(kam_within(name,value),0,1),IF(value="",0,1)))))',
    # a name of code, such as a_b, that is not the name of a setting
    "kam_unknown": f'LAMBDA(name,IF(ISTEXT(name),IF(ISNUMBER(XMATCH(name,{_NAMES})),FALSE,IF(name="",FALSE,'
    'IF(EXACT(name,LOWER(name)),IF(CODE(name)>96,IF(CODE(name)<123,IF(ISERROR(FIND(" ",name)),'
    f"NOT(OR(name={_column(_WORDED)})),FALSE),FALSE),FALSE),FALSE))),FALSE))",
    "kam_crossed": "LAMBDA(range,OR("
    + ",".join(
        f'LET(low,kam_setting(range,"{low}"),high,kam_setting(range,"{high}"),IF(OR(low="",high=""),FALSE,low>=high))'
        for low, high in ORDERED
    )
    + "))",
    # the settings to go by: those of a range, of this book where none is given; an error where they cannot be used
    "kam_rules": "LAMBDA(settings,IF(kam_many(settings),IF(COLUMNS(settings)<2,#VALUE!,kam_checked(settings)),"
    f'LET(word,kam_word(settings),IF(ISERROR(word),word,IF(word="",kam_checked({SETTINGS_RANGE}),#VALUE!)))))',
    "kam_checked": "LAMBDA(range,LET(unknown,SUM(MAP(INDEX(range,0,1),LAMBDA(name,IF(kam_unknown(name),1,0)))),"
    'wrong,SUM(MAP(INDEX(range,0,1),INDEX(range,0,2),LAMBDA(name,value,IF(IF(ISERROR(value),FALSE,value=""),0,'
    f"IF(ISERROR(XMATCH(name,{_NAMES})),0,kam_misset(range,name)))))),"
    'path,kam_read_path(kam_given(range,"target_path")),'
    "IF(ISERROR(unknown),unknown,IF(unknown>0,#VALUE!,IF(ISERROR(wrong),wrong,IF(wrong>0,#NUM!,IF(ISERROR(path),#NUM!,"
    "IF(IF(COUNT(INDEX(range,0,2))=0,FALSE,kam_crossed(range)),#NUM!,range))))))))",
    # a cell of settings alone is none; the whole range is what rules take
    "kam_fault": "LAMBDA(rules,IF(kam_many(rules),FALSE,ISERROR(rules)))",
    # a setting, its default where none is given; an empty text where that is "off", whatever the sheet says for it
    "kam_setting": 'LAMBDA(rules,name,LET(own,kam_given(rules,name),IF(ISERROR(own),own,IF(own="",'
    f"LET(default,VLOOKUP(name,{DEFAULTS_RANGE},3,FALSE),IF(ISNUMBER(default),default,"
    f'IF(OR(name={_column(_WORDED)}),default,""))),own))))',
    "kam_language": "LAMBDA(language,rules,LET(word,IF(kam_many(language),#VALUE!,kam_word(language)),"
    f'asked,IF(ISERROR(word),word,IF(word="",IF(kam_many(rules),kam_given(rules,"language"),""),word)),'
    f'spoken,IF(ISERROR(asked),asked,IF(asked="",{LANGUAGE_CELL},asked)),IF(ISERROR(spoken),spoken,'
    f"LET(text,kam_text(spoken),{_either('text', _SPOKEN, '#VALUE!')}))))",
}
