"""Names of the live sheets: the order of the key accounts, and the ceiling of their goals, as the rules have them.

As in a build, a wrong number counts as an unknown one: `kam_earned_of` and `kam_wallet_of` are an empty text there.
"""

from __future__ import annotations

from kam_xl.domain import attainable, bounds, measures
from kam_xl.domain.classify import _KEPT
from kam_xl.domain.model import Criterion
from kam_xl.domain.trajectory import path
from lambdas.filed import filed
from lambdas.rules import call, literal

_BY_REVENUE = f"kam_label_criterion({literal(Criterion.REVENUE.value)},language)"

_EARNED_OF = 'LAMBDA(revenue,IF(ISNUMBER(revenue),IF(revenue<0,"",revenue),""))'
# A budget of 0 gives nothing to win, as an unknown one does.
_WALLET_OF = 'LAMBDA(budget,IF(ISNUMBER(budget),IF(budget>0,budget,""),""))'
_EACH = "IF(kam_many({0}),MAP({0},LAMBDA(cell,{1}(cell))),{1}({0}))".format
# Of a cell or a column.
_STAKE = (
    "LAMBDA(revenue,budget,position,rules,"
    f"KAM_VALUE_AT_STAKE({_EACH('revenue', 'kam_earned_of')},{_EACH('budget', 'kam_wallet_of')},position,rules))"
)

# Amounts that read as equal are equal, as `bounds.levels` has it.
_EVEN = "LAMBDA(amounts,MAP(amounts,LAMBDA(one,IF(N(one)=0,0,ROUND(one,8-INT(LOG10(ABS(one))))))))"
# A text by which numbers within ids count as numbers: each is filled up with zeros (`ranking.natural_key`).
_NATURAL = (
    'LAMBDA(id,LET(text,LOWER(id&""),size,LEN(text),IF(size=0,"",REDUCE("",SEQUENCE(size),LAMBDA(made,place,LET('
    'sign,MID(text,place,1),IF(ISERROR(FIND(sign,"0123456789")),made&sign,'
    'IF(IF(place=1,TRUE,ISERROR(FIND(MID(text,place-1,1),"0123456789"))),made&REPT("0",19)&sign,'
    "LEFT(made,LEN(made)-20)&RIGHT(made,19)&sign))))))))"
)
# Positions of the clients that meet a criterion, from the first rank down (`kam_xl.domain.ranking.rank_order`): `kind`
# is 2 for those that are key by revenue, 1 for the others, 0 for clients that are not key.
_RANKED = (
    "LAMBDA(kind,met,revenue,worth,ids,names,TAKE(SORTBY(SEQUENCE(ROWS(kind)),kind,-1,kam_even(IF(kind=2,revenue,0)),-1,"
    "IF(kind=2,0,met),-1,kam_even(IF(kind=2,0,worth)),-1,"
    'MAP(kind,ids,LAMBDA(one,id,IF(one=0,"",kam_natural(id)))),1,names,1),'
    "SUM(MAP(kind,LAMBDA(one,IF(one=0,0,1))))))"
)
_ORDER = (
    "LAMBDA(criteria,revenue,stake,ids,language,kam_ranked("
    f'MAP(criteria,LAMBDA(cell,IF(cell="",0,IF(ISERROR(SEARCH({_BY_REVENUE},cell)),1,2)))),'
    'MAP(criteria,LAMBDA(cell,IF(cell="",0,LEN(cell)-LEN(SUBSTITUTE(cell,",",""))+1))),'
    "revenue,IFERROR(stake+0,0),ids,ids))"
)
# The level up to which gains are filled so that they add up to an amount (`kam_xl.domain.capacity`): each gain proposes
# one, the highest is it. An empty text where all fit, or where the amount is unknown.
_CEILING = (
    'LAMBDA(listed,amount,IF(amount="","",LET(gains,MAP(listed,LAMBDA(one,N(one))),'
    f'IF({call(bounds.at_least, "amount", "SUM(gains)")},"",MAX(MAP(gains,LAMBDA(gain,LET('
    "smaller,SUM(MAP(gains,LAMBDA(one,IF(one<gain,one,0)))),rest,SUM(MAP(gains,LAMBDA(one,IF(one<gain,0,1)))),"
    "(amount-smaller)/rest))))))))"
)
# As `capacity.growth_capacity`; an empty text without revenue.
_CAPACITY = (
    'LAMBDA(revenue,rules,IF(revenue<=0,"",'
    'revenue*((1+kam_setting(rules,"capacity_growth"))^kam_setting(rules,"horizon_years")-1)))'
)
_KNOWN = (
    "earned,kam_earned_of(revenue),wallet,kam_wallet_of(budget),"
    f"index,{call(measures.penetration, 'earned', 'wallet')},"
)
# The penetration index at the horizon: the attainable one, or as far as the ceiling lets it (`goals.propose`).
_REACHED = (
    f"LAMBDA(revenue,budget,position,gain,ceiling,rules,LET({_KNOWN}"
    f"demand,{call(attainable.budget_at_horizon, 'wallet', 'rules')},"
    'IF(IF(ceiling="",TRUE,gain<=ceiling),'
    f"{call(attainable.attainable_penetration, 'index', 'kam_read_position(position)', 'rules')},"
    "(N(earned)+ceiling)/demand)))"
)
_WAY = call(path, "year/horizon", 'kam_read_path(kam_setting(rules,"target_path"))')
_KEEPS = ",".join(f"strategy=kam_label_strategy({literal(each.value)},language)" for each in sorted(_KEPT))
# Today's revenue, or 0 where it is unknown and there is no demand.
_STAYS = 'IF(earned<>"",earned,IF(ISNUMBER(budget),IF(budget="","",IF(budget=0,0,"")),""))'
# The revenue proposed for a year, before an operational plan; an empty text beyond the horizon.
_GOAL = (
    f'LAMBDA(year,revenue,budget,reached,strategy,language,rules,LET({_KNOWN}now,IF(index="",0,index),'
    f'horizon,kam_setting(rules,"horizon_years"),keeps,OR({_KEEPS}),'
    'demand,IF(wallet="","",wallet*(1+kam_setting(rules,"budget_growth"))^year),'
    f'IF(year>horizon,"",IF(year=0,revenue,IF(IF(demand="",TRUE,{call(bounds.more_than, "now", "1")}),{_STAYS},'
    f"MAX(demand*(now*(1-{_WAY})+reached*{_WAY}),IF(keeps,N(earned),0)))))))"
)

LIVE_NAMES = {
    name: filed(formula)
    for name, formula in {
        "kam_earned_of": _EARNED_OF,
        "kam_wallet_of": _WALLET_OF,
        "kam_stake_of": _STAKE,
        "kam_even": _EVEN,
        "kam_natural": _NATURAL,
        "kam_ranked": _RANKED,
        "kam_order": _ORDER,
        "kam_ceiling": _CEILING,
        "kam_capacity": _CAPACITY,
        "kam_reached": _REACHED,
        "kam_goal_of": _GOAL,
    }.items()
}
