"""Every function for cells that can be said in formulas, by its name in `kam_xl.functions.FUNCTIONS`.

A function stands in up to three names: ``KAM_POSITION`` with its arguments as people type them, ``kam_do_position``
over cells or ranges, where what is left out is an empty text, and ``kam_cell_position`` for one cell
(`lambdas.one_cell`). Rules are those of `kam_xl.domain`, translated by `lambdas.rules`; what is written here is what
the Python of a function does around them: reading its cells, going over ranges, sums and ranks of whole columns.
"""

from __future__ import annotations

from collections.abc import Sequence

from kam_xl.domain import (
    attainable,
    bounds,
    concentration,
    criteria,
    measures,
    operational,
    ratings,
    strategy,
    trajectory,
)
from kam_xl.functions import FUNCTIONS
from kam_xl.plan.book_sheets import CLIENTS_TABLE, COMPETITORS_TABLE
from lambdas.answers import IS_KEY, TABLE, TABLE_NAMES
from lambdas.cells import cell_names
from lambdas.filed import filed
from lambdas.one_cell import BUDGET, ONE_CELL, REVENUE, stop
from lambdas.rules import call, translated
from lambdas.titles import TITLE_NAMES
from lambdas.whole_table import WHOLE_TABLE

LEFT_OUT = ("KAM_EXPLAIN",)
"""Functions that no formula answers: sentences."""

_RULES = (
    measures.penetration,
    measures.revenue_share,
    measures.plan_share,
    measures.competitor_share,
    measures.headroom,
    measures.growth_rate,
    ratings.rate_position,
    ratings.rate_potential,
    ratings.rate_status,
    attainable.attainable_gain,
    attainable.value_at_stake,
    criteria.revenue_criterion,
    criteria.prospect_criterion,
    strategy.strategy,
    operational.gap_to_goal,
    trajectory.path,
    trajectory._between,
    trajectory._check,
    concentration._abc_class,
    bounds.whole_up,
    bounds.whole_down,
)


def names() -> dict[str, str]:
    """All names of the book that make the functions, with their formulas as a file holds them."""
    formulas = {**cell_names(), **translated(_RULES), **ONE_CELL, "kam_classes": _CLASSES}
    formulas |= {**TITLE_NAMES, **WHOLE_TABLE, **TABLE_NAMES, **_INNER, **_public()}
    return {name: filed(formula) for name, formula in formulas.items()}


def _public() -> dict[str, str]:
    made = [name for name in FUNCTIONS if name not in LEFT_OUT]
    if missing := [name for name in made if _inner(name) not in _INNER]:
        raise NotImplementedError(
            f"workbook/source/lambdas/functions.py needs a formula for {', '.join(missing)}, or the name in LEFT_OUT"
        )
    return {name: _call(name) for name in made}


def _call(name: str) -> str:
    """A function as people call it: it hands on its arguments, an empty text for what is left out."""
    arguments = list(zip(_parameters(name), FUNCTIONS[name].arguments, strict=True))
    declared = [f"[{own}]" if each.optional else own for own, each in arguments]
    handed = [f'IF(ISOMITTED({own}),"",{own})' if each.optional else own for own, each in arguments]
    return f"LAMBDA({','.join(declared)},{_inner(name)}({','.join(handed)}))"


def _parameters(name: str) -> list[str]:
    """The arguments of a function; one that is called as a table of the workbook is would be taken as the table."""
    tables = {CLIENTS_TABLE.lower(), COMPETITORS_TABLE.lower()}
    return [f"{each.name}_" if each.name in tables else each.name for each in FUNCTIONS[name].arguments]


def _inner(name: str) -> str:
    return name.lower().replace("kam_", "kam_do_")


def _do(name: str, body: str) -> tuple[str, str]:
    """The name over ranges, with the arguments of the function."""
    return _inner(name), f"LAMBDA({','.join([*_parameters(name), body])})"


def _with_rules(body: str, *, spoken: bool = False) -> str:
    """What is calculated by settings and, where words are answered, in a language."""
    if spoken:
        body = f"LET(lang,kam_language(language,rules),{stop(['lang'], body)})"
    return f"LET(rules,kam_rules(settings),IF(kam_fault(rules),rules,{body}))"


def _each(name: str, ranges: Sequence[str], *others: str) -> str:
    """A cell's answer for each cell of ranges; one row or column is repeated to fit the others."""
    alone = f"{name}({','.join([*ranges, *others])})"
    at = ",".join([*(f"kam_at({each},row,column)" for each in ranges), *others])
    height, width = (f"MAX({','.join(f'{size}({each})' for each in ranges)})" for size in ("ROWS", "COLUMNS"))
    return f"IF({height}*{width}=1,{alone},MAKEARRAY({height},{width},LAMBDA(row,column,{name}({at}))))"


# whether a column of marks holds levels; of one mark alone nobody knows
_LEVELS = (
    "IF(kam_many({0}),SUM(MAP({0},LAMBDA(cell,LET(mark,kam_read_mark(cell),IF(ISNUMBER(mark),IF(mark>1,1,0),0)))))>0,"
    '"")'
)

_WHOLE = "LET(whole,kam_total(total,revenue),{})"
_COUNTED = (
    'LET(own_revenue,kam_amount(earned),own_budget,kam_amount(wallet),IF(OR(own_revenue="",own_budget=""),{none},'
    "IF(ISERROR({index}),{none},{value})))"
)


def _counted(value: str) -> str:
    """The sum of something over the clients of a group whose amounts are both known and possible."""
    body = _COUNTED.format(none="0", index=call(measures.penetration, REVENUE, BUDGET), value=value)
    return f"SUM(MAP(revenues,budgets,LAMBDA(earned,wallet,{body})))"


def _target() -> str:
    """One row a year; the arguments go before the settings, and must keep to their bounds."""
    given = {"years": "kam_number(years)", "growth": "kam_number(growth)", "path": "kam_read_path(kam_one(path))"}
    reading = ",".join(f"own_{name},{reader}" for name, reader in given.items())
    amounts = (
        "wallet,kam_number(budget),now,kam_number(penetration),goal,kam_number(target),rate,kam_number(margin_rate)"
    )
    chosen = ",".join(
        f'{name},IF({own}="",kam_setting(rules,"{setting}"),IF(kam_within("{setting}",{own}),{own},#NUM!))'
        for name, own, setting in (
            ("horizon", "own_years", "horizon_years"),
            ("rise", "own_growth", "budget_growth"),
        )
    )
    shape = 'shape,IF(own_path="",kam_read_path(kam_setting(rules,"target_path")),own_path)'
    share = call(trajectory._between, "now", "goal", call(trajectory.path, "year/horizon", "shape"))
    cells = "CHOOSE(column,year,wanted,part,wanted*part,wanted*part*rate)"
    line = f"LET(year,row-1,wanted,wallet*(1+rise)^year,part,{share},{cells})"
    body = (
        'IF(OR(wallet="",now="",goal=""),#N/A,'
        f"IF(ISERROR({call(trajectory._check, 'wallet', 'now', 'goal')}),#NUM!,"
        f'MAKEARRAY(horizon+1,IF(rate="",4,5),LAMBDA(row,column,{line}))))'
    )
    known = stop(("wallet", "now", "goal"), body)
    rated = f'IF(IF(rate="",FALSE,OR(rate<-1,rate>1)),#NUM!,{known})'  # 25 for 25% would be 2,500%
    checked = stop(("horizon", "rise", "shape", "rate"), rated)
    inner = _with_rules(f"LET({chosen},{shape},{amounts},{checked})")
    return f"LET({reading},{stop([f'own_{name}' for name in given], inner)})"


def _limit() -> str:
    count = (
        "IF(kam_many(clients_),SUM(MAP(clients_,LAMBDA(cell,IF(ISERROR(cell),cell,IF(kam_blank(cell),0,1))))),"
        'LET(number,kam_amount(clients_),IF(ISERROR(number),number,IF(number="",0,number))))'
    )
    allowed = call(bounds.whole_down, 'kam_setting(rules,"key_account_limit")*count')
    least = 'IF(kam_setting(rules,"key_account_limit")>0,1,0)'
    body = f"IF(count<0,#NUM!,IF(count<>INT(count),#NUM!,IF(count=0,#N/A,{_with_rules(f'MAX({allowed},{least})')})))"
    return f"LET(count,{count},{stop(['count'], body)})"


_INNER = dict(
    (
        _do("KAM_PENETRATION", _each("kam_cell_penetration", ["revenue", "budget"])),
        _do(
            "KAM_REVENUE_SHARE",
            _WHOLE.format(stop(["whole"], _each("kam_cell_revenue_share", ["revenue"], "whole"))),
        ),
        _do("KAM_COMPETITOR_SHARE", _each("kam_cell_competitor_share", ["competitor_revenue", "budget"])),
        _do("KAM_HEADROOM", _each("kam_cell_headroom", ["revenue", "budget"])),
        _do(
            "KAM_CLASSIFY",
            _with_rules(
                "LET(coded,kam_flag(codes),whole,kam_total(total,revenue),bounds,kam_bounds_of(budget,rules,whole),"
                + f"levels,{_LEVELS.format('reference')},skills,{_LEVELS.format('expertise')},"
                + stop(
                    ("coded", "whole", "INDEX(bounds,1)"),
                    _each(
                        "kam_cell_classify",
                        ["revenue", "budget", "potential", "reference", "expertise"],
                        *("whole", "bounds", "levels", "skills", "coded", "rules", "lang"),
                    ),
                )
                + ")",
                spoken=True,
            ),
        ),
        _do(
            "KAM_STATUS",
            _with_rules(
                "LET(whole,kam_total(total,revenue),whole_plan,kam_total(total_plan,sales_plan),"
                + stop(
                    ("whole", "whole_plan"),
                    _each("kam_cell_status", ["revenue", "sales_plan"], "whole", "whole_plan", "rules", "lang"),
                )
                + ")",
                spoken=True,
            ),
        ),
        _do("KAM_POSITION", _with_rules(_each("kam_cell_position", ["penetration"], "rules", "lang"), spoken=True)),
        _do(
            "KAM_POTENTIAL",
            _with_rules(
                'LET(whole,kam_total(total,""),others,kam_many(budgets),none,IF(others,FALSE,IF(ISERROR(budgets),FALSE,budgets="")),'
                "bounds,IF(others,kam_bounds_of(budgets,rules,whole),IF(none,kam_bounds_of(budget,rules,whole),"
                "kam_bounds_of(budgets,rules,whole))),"
                + stop(("whole", "INDEX(bounds,1)"), _each("kam_cell_potential", ["budget"], "bounds", "lang"))
                + ")",
                spoken=True,
            ),
        ),
        _do(
            "KAM_STRATEGY",
            'LET(lang,kam_language(language,""),'
            + stop(["lang"], _each("kam_cell_strategy", ["position", "potential", "criteria"], "lang"))
            + ")",
        ),
        _do(
            "KAM_VALUE_AT_STAKE",
            _with_rules(_each("kam_cell_value_at_stake", ["revenue", "budget", "position"], "rules")),
        ),
        _do(
            "KAM_GROUP_PENETRATION",
            "IF(OR(ROWS(revenues)<>ROWS(budgets),COLUMNS(revenues)<>COLUMNS(budgets)),#VALUE!,"
            "LET(earning,kam_known(revenues),spending,kam_known(budgets),"
            + stop(
                ("earning", "spending"),
                f"LET(covered,{_counted(REVENUE)},count,{_counted('1')},"
                f"index,{call(measures._ratio, 'covered', _counted(BUDGET))},"
                f'IF(ISERROR(index),index,IF(index="",#N/A,LET(whole,kam_flag(coverage),IF(ISERROR(whole),whole,IF(whole,MAP(HSTACK(index,count,ROWS(revenues)*COLUMNS(revenues),'
                f"{call(measures._ratio, 'covered', 'SUM(kam_earned(revenues))')}),"
                "LAMBDA(cell,kam_answer(cell))),index))))))",
            )
            + "))",
        ),
        _do("KAM_CAGR", _each("kam_cell_cagr", ["first", "last", "years"])),
        _do("KAM_LIMIT", _limit()),
        _do("KAM_TARGET", _target()),
        _do(
            "KAM_PLAN_FACT",
            "LET(shared,kam_flag(share),whole,kam_flag(to_date),"
            + stop(
                ("shared", "whole"),
                "IF(whole,LET(planned,kam_known(plan),came,kam_known(fact),"
                + stop(
                    ("planned", "came"),
                    "IF(OR(ROWS(plan)<>ROWS(fact),COLUMNS(plan)<>COLUMNS(fact)),#VALUE!,LET(both,SUM(MAP(plan,fact,LAMBDA(one,done,kam_both(one,done,1)))),"
                    "IF(both=0,#N/A,kam_answer(kam_deviation("
                    "SUM(MAP(plan,fact,LAMBDA(one,done,kam_both(one,done,kam_amount(one))))),"
                    "SUM(MAP(plan,fact,LAMBDA(one,done,kam_both(one,done,kam_amount(done))))),shared)))))",
                )
                + "),"
                + _each("kam_cell_plan_fact", ["plan", "fact"], "shared")
                + ")",
            )
            + ")",
        ),
        _do(
            "KAM_PLAN_GAP",
            'LET(bare,IF(kam_many(fact),FALSE,IF(ISERROR(fact),FALSE,IF(kam_many(plan),fact="",FALSE))),'
            "IF(kam_many(goal),IF(OR(COLUMNS(goal)>1,ROWS(goal)<>ROWS(plan),IF(bare,FALSE,ROWS(goal)<>ROWS(fact))),"
            "#VALUE!,MAKEARRAY(ROWS(goal),1,LAMBDA(row,column,kam_cell_plan_gap(INDEX(goal,row,1),INDEX(plan,row,0),"
            'IF(bare,"",INDEX(fact,row,0)),bare)))),kam_cell_plan_gap(goal,plan,fact,bare)))',
        ),
        _do(
            "KAM_HHI",
            "LET(known,kam_known(revenues),freed,kam_flag(normalised),"
            + stop(
                ("freed", "known"),
                "LET(earned,kam_earned(revenues),count,kam_count(earned),total,SUM(earned),"
                'index,IF(count=0,0,SUM(MAP(earned,LAMBDA(one,IF(one="",0,(one/total)^2))))),'
                "IF(count<IF(freed,2,1),#N/A,IF(freed,MAX((index-1/count)/(1-1/count),0),index)))",
            )
            + ")",
        ),
        _do(
            "KAM_TOP_SHARE",
            "LET(known,kam_known(revenues),"
            + stop(
                ["known"],
                "LET(earned,kam_earned(revenues),count,kam_count(earned),total,SUM(earned),"
                + _each("kam_cell_top_share", ["n"], "earned", "count", "total")
                + ")",
            )
            + ")",
        ),
        _do("KAM_TABLE", _with_rules(TABLE, spoken=True)),
        _do(
            "KAM_IS_KEY",
            _with_rules(IS_KEY.format(_each("kam_cell_is_key", ["client"], "clients_", "allowed", "limited"))),
        ),
        _do(
            "KAM_ABC",
            _with_rules(
                "LET(known,kam_known(revenues),IF(ISERROR(known),known,IF(kam_many(revenues),"
                "kam_classes(revenue,revenues,rules),kam_classes(revenue,revenue,rules))))"
            ),
        ),
    )
)
_CLASSES = (
    "LAMBDA(revenue,everyone,rules,LET(known,kam_known(everyone),IF(ISERROR(known),known,LET(earned,kam_earned(everyone),"
    "total,SUM(earned)," + _each("kam_cell_abc", ["revenue"], "everyone", "earned", "total", "rules") + "))))"
)
