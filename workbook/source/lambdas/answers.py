"""What KAM_TABLE answers, column by column, from clients that `lambdas.whole_table` has judged."""

from __future__ import annotations

from collections.abc import Mapping

from kam_xl.domain import attainable, measures, ratings, strategy, tasks
from kam_xl.domain.criteria import AFFECTS
from kam_xl.domain.model import Criterion
from kam_xl.domain.yardsticks import Uncovered
from kam_xl.functions import answers
from kam_xl.locale import LANGUAGES, Text
from lambdas.filed import plain
from lambdas.rules import call, cases, literal
from lambdas.whole_table import of_all, of_row

ANSWERS_RANGE = "kam_answers"
"""Name of the book: what a column may be called, its code, its title in each language."""
SENTENCES = ("rank_argument", "task_argument", "arguments", "why_not")
"""Columns that answer in sentences, which no formula does."""
_CODES = [code for code in answers.COLUMNS if code not in SENTENCES]
_TASKS = {
    Criterion.REVENUE: tasks.protect(None).value,
    Criterion.PROSPECT: tasks.win((), (), None).value,  # a range says nothing of single competitors
    Criterion.REFERENCE: tasks.use("", Uncovered()).value,
    Criterion.EXPERTISE: tasks.learn().value,
}


def answer_columns() -> list[tuple[str, ...]]:
    """What each column may be called, its code, and its title in each language."""
    by_field: dict[str, tuple[str, ...]] = {}
    for code in _CODES:
        spoken = [answers.COLUMNS[code].title.render(lang) for lang in LANGUAGES]
        for name in (code, *(title.casefold() for title in spoken)):
            by_field.setdefault(name, (name, code, *spoken))
    return sorted(by_field.values())


def _quoted(text: Text) -> str:
    """A text in the language asked for."""
    spoken = {literal(lang): literal(text.render(lang)) for lang in LANGUAGES[1:]}
    return cases("language", spoken, literal(text.render(LANGUAGES[0])))


def _listed(words: Mapping[Criterion, Text], separator: str) -> str:
    """A word for each criterion met."""
    parts = "&".join(
        f'IF(ISERROR(FIND({number},met)),"","{separator}"&{_quoted(words[each])})'
        for number, each in enumerate(Criterion, start=1)
    )
    return f"MID({parts},{len(separator) + 1},999)"


_INDEX = call(measures.penetration, "revenue", "procurement_budget")
_SHARE = call(measures.revenue_share, "revenue", "whole")
_STRATEGY = call(strategy.strategy, "rated_position", "rated_potential", "kam_read_criteria(met)")
_STATUS = call(ratings.rate_status, "revenue", "whole", "sales_plan", "whole_plan", "rules")
_AMOUNTS = ("revenue", "procurement_budget")
_GAINED = ("revenue", "procurement_budget", "rated_position", "rules")
_REACHED = call(attainable.attainable_penetration, f'IFERROR({_INDEX},"")', "rated_position", "rules")
_POSITION = f'IF(rated_position="",kam_answer({_INDEX}),kam_label_position(rated_position,language))'
_POTENTIAL = (
    'IF(rated_potential="",IF(AND(procurement_budget<>"",usable=""),#NUM!,#N/A),'
    "kam_label_potential(rated_potential,language))"
)
_YES = answers._YES
# Fields of a client that a column needs, and its formula over them.
_CELLS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "client_id": (("client_id", "client"), 'IF(client_id="",client,client_id)'),
    "client": (("client",), "client"),
    "is_key": (("met",), 'met<>""'),
    "within_limit": (("rank",), 'IF(rank="",FALSE,rank<=allowed)'),
    "rank": (("rank",), "rank"),
    "above_limit": (("rank",), f'IF(rank="","",IF(rank>allowed,{_quoted(_YES)},""))'),
    "criteria": (("met",), _listed({each: each.label for each in Criterion}, ", ")),
    "criteria_codes": (("met",), "met"),
    "criteria_met": (("met",), 'IF(met="",0,(LEN(met)+1)/2)'),
    "affects": (("met",), _listed(AFFECTS, "; ")),
    "revenue_share": (("revenue",), f"kam_answer({_SHARE})"),
    "penetration": (_AMOUNTS, f"kam_answer({_INDEX})"),
    "headroom": (_AMOUNTS, f"kam_answer({call(measures.headroom, *_AMOUNTS)})"),
    "competitor_share": (
        ("competitor_revenue", "procurement_budget"),
        f"kam_answer({call(measures.competitor_share, 'competitor_revenue', 'procurement_budget')})",
    ),
    "value_at_stake": (
        (*_AMOUNTS, "rated_position"),
        f"kam_answer({call(attainable.value_at_stake, *_GAINED)})",
    ),
    "attainable_penetration": (
        (*_AMOUNTS, "usable", "rated_position"),
        f"IF(N(usable)=0,kam_answer({_INDEX}),{_REACHED})",
    ),
    "attainable_gain": (
        (*_AMOUNTS, "rated_position"),
        f"kam_answer({call(attainable.attainable_gain, *_GAINED)})",
    ),
    "goal": (
        (*_AMOUNTS, "rated_position", "rated_potential", "met", "gain"),
        'IF(met="","",LET(earned,kam_earned_of(revenue),wallet,kam_wallet_of(procurement_budget),'
        'reached,IF(wallet="","",kam_reached(earned,wallet,rated_position,N(gain),ceiling,rules)),'
        f'kam_answer(kam_goal_of(kam_setting(rules,"horizon_years"),earned,procurement_budget,reached,'
        f"kam_label_strategy({_STRATEGY},language),language,rules))))",
    ),
    "position": ((*_AMOUNTS, "rated_position"), _POSITION),
    "potential": (("procurement_budget", "usable", "rated_potential"), _POTENTIAL),
    "strategy": (
        (*_AMOUNTS, "usable", "rated_position", "rated_potential", "met"),
        f'LET(advised,{_STRATEGY},IF(advised<>"",kam_label_strategy(advised,language),'
        f'IF(rated_position="",{_POSITION},{_POTENTIAL})))',
    ),
    "task": (("met",), _listed({each: task.label for each, task in _TASKS.items()}, ", ")),
    "status": (
        ("revenue", "sales_plan"),
        f'LET(rated,IFERROR({_STATUS},""),IF(rated="",kam_answer({_SHARE}),kam_label_status(rated,language)))',
    ),
    "abc": (
        ("revenue",),
        f'LET(everyone,VSTACK({of_all("revenue")},""),earned,kam_earned(everyone),'
        "kam_cell_abc(revenue,everyone,earned,SUM(earned),rules))",
    ),
}
_GIVEN = "clients_,row,whole,whole_plan,allowed,ceiling,rules,language"


def _cell_name(code: str) -> str:
    return f"kam_table_{code}"


_LINE = ",".join(f'IF(code="{code}",{_cell_name(code)}({_GIVEN})' for code in _CODES)
_TITLE = cases(
    "language",
    {literal(lang): str(place) for place, lang in enumerate(LANGUAGES[1:], start=4)},
    "3",
)
# The codes asked for: one text with commas, or a range of titles; an empty text where none is asked for.
_CHOSEN = f"""
LAMBDA(columns,LET(
    words,IF(kam_many(columns),MAKEARRAY(1,ROWS(columns)*COLUMNS(columns),LAMBDA(row,place,
        kam_word(INDEX(columns,INT((place-1)/COLUMNS(columns))+1,MOD(place-1,COLUMNS(columns))+1)))),
        LET(word,kam_word(columns),IF(ISERROR(word),word,IF(word="","",TEXTSPLIT(SUBSTITUTE(word,";",","),","))))),
    split,IF(kam_many(columns),FALSE,IF(ISERROR(INDEX(words,1,1)),FALSE,NOT(AND(COLUMNS(words)=1,INDEX(words,1,1)="")))),
    MAP(words,LAMBDA(word,IF(ISERROR(word),word,IF(AND(NOT(split),word=""),"",
        LET(place,XMATCH(TRIM(LOWER(word)),INDEX({ANSWERS_RANGE},0,1)),
        IF(ISERROR(place),#VALUE!,INDEX({ANSWERS_RANGE},place,2)))))))))
"""
_TABLE = f"""
LET(codes,kam_chosen(columns),
    fault,SUM(MAP(codes,LAMBDA(one,IF(ISERROR(one),one,0)))),
    IF(ISERROR(fault),fault,
    LET(clients_,kam_judged(table,rules),
    IF(ISERROR(INDEX(clients_,1,1)),INDEX(clients_,1,1),
    LET(asked,IF(SUM(MAP(codes,LAMBDA(one,LEN(one))))=0,{{{",".join(map(literal, answers.DEFAULT))}}},codes),
    whole,kam_adding({of_all("revenue")}),whole_plan,kam_adding({of_all("sales_plan")}),
    allowed,kam_allowed(clients_,rules),
    ceiling,kam_ceiling(MAP({of_all("met")},{of_all("gain")},LAMBDA(met,gain,IF(met="",0,N(gain)))),
        kam_capacity(whole,rules)),
    MAKEARRAY(ROWS(table),COLUMNS(asked),LAMBDA(line,column,LET(
        code,INDEX(asked,1,column),row,line-1,
        IF(code="","",
        IF(row=0,INDEX({ANSWERS_RANGE},XMATCH(code,INDEX({ANSWERS_RANGE},0,2)),kam_spoken(lang)),
        IF(INDEX(clients_,row,1)=0,"",kam_table_cell(code,clients_,row,whole,whole_plan,allowed,ceiling,rules,lang))))))))))))
"""
TABLE = plain(_TABLE)
IS_KEY = (
    "LET(clients_,kam_judged(table,rules),IF(ISERROR(INDEX(clients_,1,1)),INDEX(clients_,1,1),"
    "LET(limited,kam_flag(within_limit),allowed,kam_allowed(clients_,rules),IF(ISERROR(limited),limited,{}))))"
)
"""The bodies of KAM_TABLE, and of KAM_IS_KEY around its answer for each client."""
TABLE_NAMES = {
    **{
        _cell_name(code): f"LAMBDA({_GIVEN},LET({of_row(*fields)},{formula}))"
        for code, (fields, formula) in _CELLS.items()
    },
    "kam_table_cell": f"LAMBDA(code,{_GIVEN},{_LINE},#VALUE!{')' * (len(_CODES) + 1)}",
    "kam_chosen": plain(_CHOSEN),
    "kam_spoken": f"LAMBDA(language,{_TITLE})",
}
