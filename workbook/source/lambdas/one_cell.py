"""The names that answer one cell: a rule over cells that are read, and over what whole columns gave beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kam_xl.domain import attainable, bounds, concentration, criteria, measures, operational, ratings, strategy
from kam_xl.domain.model import Criterion
from lambdas.rules import call, literal

REVENUE, BUDGET = "own_revenue", "own_budget"
_AMOUNTS = {"revenue": "amount", "budget": "amount"}


def stop(values: Sequence[str], body: str) -> str:
    """The first error among some values, else the body."""
    for value in reversed(values):
        body = f"IF(ISERROR({value}),{value},{body})"
    return body


def _cell(readers: Mapping[str, str], body: str, *others: str) -> str:
    """One cell's answer: arguments are read in their order, the first error among them is the answer."""
    reading = ",".join(f"own_{name},kam_{reader}({name})" for name, reader in readers.items())
    own = [f"own_{name}" for name in readers]
    return f"LAMBDA({','.join([*readers, *others])},LET({reading},{stop(own, body)}))"


def _labelled(scale: str, code: str) -> str:
    """The word for a member of a scale."""
    return f"kam_answer(kam_label_{scale}({code},lang))"


# By percentiles of nearest rank, as `PotentialBounds.of` has them; an empty text is a bound that nothing gives.
_BOUNDS = (
    "LAMBDA(budgets,rules,whole,LET("
    'known,kam_known(budgets),column,IF(kam_many(budgets),kam_earned(budgets),""),count,kam_count(column),'
    'set_high,kam_setting(rules,"potential_high_from"),set_medium,kam_setting(rules,"potential_medium_from"),'
    'high,IF(set_high<>"",set_high,kam_percentile(column,count,kam_setting(rules,"potential_high_percentile"))),'
    'medium,IF(set_medium<>"",set_medium,kam_percentile(column,count,'
    'kam_setting(rules,"potential_medium_percentile"))),'
    'least,IF(whole="",0,kam_setting(rules,"considerable_share")*whole),'
    'top,IF(high="","",IF(set_high<>"",high,MAX(high,least))),'
    'IF(ISERROR(known),known,VSTACK(top,IF(OR(top="",medium=""),medium,MIN(medium,top))))))'
)
_PERCENTILE = f'LAMBDA(column,count,share,IF(count=0,"",SMALL(column,MAX({call(bounds.whole_up, "share*count")},1))))'


def _criteria_cell() -> str:
    """Which criteria a client meets: numbers, or words; nothing where none."""
    rated = call(ratings.rate_potential, "own_budget", "bounds", "own_potential")
    by_revenue = call(criteria.revenue_criterion, REVENUE, "whole", "rules")
    budget = f'IF(IF({REVENUE}="",FALSE,IF({REVENUE}=0,FALSE,own_budget=0)),"",own_budget)'
    prospect = call(criteria.prospect_criterion, REVENUE, budget, "rated", "rules")
    met = ("by_revenue", "by_prospect", "by_reference", "by_expertise")
    coded = "&".join(f'IF({each},{literal(f",{number}")},"")' for number, each in enumerate(met, start=1))
    worded = "&".join(
        f'IF({each},", "&kam_label_criterion({literal(member.value)},lang),"")'
        for each, member in zip(met, Criterion, strict=True)
    )
    body = (
        f'IF(AND({REVENUE}="",own_budget="",own_reference="",own_expertise=""),#N/A,LET(rated,{rated},{met[0]},{by_revenue},'
        f"{met[1]},{prospect},{met[2]},kam_meets(own_reference,levels,rules),"
        f"{met[3]},kam_meets(own_expertise,skills,rules),"
        + stop(
            ("rated", *met),
            f'IF(IF(whole="",IF({REVENUE}="",FALSE,NOT({met[0]})),FALSE),#N/A,IF(coded,MID({coded},2,9),'
            f"MID({worded},3,99)))",
        )
        + "))"
    )
    readers = {**_AMOUNTS, "potential": "read_potential", "reference": "read_mark", "expertise": "read_mark"}
    return _cell(readers, body, "whole", "bounds", "levels", "skills", "coded", "rules", "lang")


ONE_CELL = {
    "kam_percentile": _PERCENTILE,
    "kam_bounds_of": _BOUNDS,
    "kam_cell_penetration": _cell(_AMOUNTS, f"kam_answer({call(measures.penetration, REVENUE, BUDGET)})"),
    "kam_cell_revenue_share": _cell(
        {"revenue": "amount"}, f"kam_answer({call(measures.revenue_share, REVENUE, 'whole')})", "whole"
    ),
    "kam_cell_competitor_share": _cell(_AMOUNTS, f"kam_answer({call(measures.competitor_share, REVENUE, BUDGET)})"),
    "kam_cell_headroom": _cell(_AMOUNTS, f"kam_answer({call(measures.headroom, REVENUE, BUDGET)})"),
    "kam_cell_classify": _criteria_cell(),
    "kam_cell_status": _cell(
        {"revenue": "amount", "plan": "amount"},
        f"LET(share,{call(measures.revenue_share, REVENUE, 'whole')},"
        f"planned,{call(measures.plan_share, 'own_plan', 'whole_plan')},"
        + stop(
            ("share", "planned"),
            _labelled("status", call(ratings.rate_status, REVENUE, "whole", "own_plan", "whole_plan", "rules")),
        )
        + ")",
        "whole",
        "whole_plan",
        "rules",
        "lang",
    ),
    "kam_cell_position": _cell(
        {"penetration": "amount"},
        _labelled("position", call(ratings.rate_position, "own_penetration", "rules", literal(None))),
        "rules",
        "lang",
    ),
    "kam_cell_potential": _cell(
        {"budget": "amount"},
        _labelled("potential", call(ratings.rate_potential, BUDGET, "bounds", literal(None))),
        "bounds",
        "lang",
    ),
    "kam_cell_strategy": _cell(
        {"position": "read_position", "potential": "read_potential", "criteria": "read_criteria"},
        _labelled("strategy", call(strategy.strategy, "own_position", "own_potential", "own_criteria")),
        "lang",
    ),
    "kam_cell_value_at_stake": _cell(
        {**_AMOUNTS, "position": "read_position"},
        "LET(rated,"
        + call(ratings.rate_position, call(measures.penetration, REVENUE, BUDGET), "rules", "own_position")
        + ","
        + stop(["rated"], f"kam_answer({call(attainable.value_at_stake, REVENUE, BUDGET, 'rated', 'rules')})")
        + ")",
        "rules",
    ),
    "kam_cell_cagr": _cell(
        {"first": "amount", "last": "amount", "years": "amount"},
        f"kam_answer({call(measures.growth_rate, 'own_first', 'own_last', 'own_years')})",
    ),
    "kam_cell_plan_fact": _cell(
        {"plan": "amount", "fact": "amount"}, "kam_answer(kam_deviation(own_plan,own_fact,share))", "share"
    ),
    # as `Comparison.deviation` and `deviation_share`
    "kam_deviation": 'LAMBDA(plan,fact,share,IF(OR(plan="",fact=""),"",IF(share,IF(plan>0,(fact-plan)/plan,""),'
    "fact-plan)))",
    "kam_cell_top_share": _cell(
        {"n": "amount"},
        'LET(count,IF(own_n="",1,own_n),IF(count<1,#NUM!,IF(count<>INT(count),#NUM!,IF(known=0,#N/A,'
        'LET(rank,MIN(count,known),least,LARGE(earned,rank),more,SUM(MAP(earned,LAMBDA(one,IF(one="",0,IF(one>least,1,0))))),'
        "(kam_larger(earned,least)+(rank-more)*least)/total)))))",
        "earned",
        "known",
        "total",
    ),
    "kam_cell_abc": _cell(
        {"revenue": "amount"},
        f'IF({REVENUE}="",#N/A,IF(SUM(MAP(everyone,LAMBDA(cell,IF(kam_amount(cell)={REVENUE},1,0))))=0,#N/A,'
        f'IF(kam_valid({REVENUE})="","C",IF({REVENUE}=0,"C",'
        + call(concentration._abc_class, f"kam_larger(earned,{REVENUE})/total", "rules")
        + "))))",
        "everyone",
        "earned",
        "total",
        "rules",
    ),
    "kam_larger": 'LAMBDA(earned,amount,SUM(MAP(earned,LAMBDA(one,IF(one="",0,IF(one>amount,one,0))))))',
}

_LEAD = (
    "LET(leads,IF(bare,MAP(plan,LAMBDA(cell,kam_amount(cell))),MAP(plan,fact,LAMBDA(cell,done,LET(came,kam_amount(done),"
    'IF(came="",kam_amount(cell),came))))),IF(kam_count(leads)<ROWS(plan)*COLUMNS(plan),"",SUM(leads)))'
)
# where the periods lead; unknown where one has neither fact nor plan
ONE_CELL["kam_lead"] = (
    "LAMBDA(plan,fact,bare,LET(planned,kam_known(plan),came,IF(bare,0,kam_known(fact)),"
    + stop(
        ("planned", "came"),
        f"IF(IF(bare,FALSE,ROWS(plan)*COLUMNS(plan)<>ROWS(fact)*COLUMNS(fact)),#VALUE!,{_LEAD})",
    )
    + "))"
)
ONE_CELL["kam_cell_plan_gap"] = (
    "LAMBDA(goal,plan,fact,bare,LET(own_goal,kam_amount(goal),lead,kam_lead(plan,fact,bare),"
    + stop(("own_goal", "lead"), f"kam_answer({call(operational.gap_to_goal, 'own_goal', 'lead')})")
    + "))"
)
ONE_CELL["kam_both"] = 'LAMBDA(plan,fact,value,IF(OR(kam_amount(plan)="",kam_amount(fact)=""),0,value))'
