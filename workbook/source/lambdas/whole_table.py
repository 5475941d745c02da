"""KAM_TABLE and KAM_IS_KEY: a table is read by the titles in its first row, and its clients are judged all at once.

Formulas read plain tables. What the table readers of Python decide by sums, units, periods or spellings is refused
with #VALUE!, never read in another way.
"""

from __future__ import annotations

from collections.abc import Mapping

from kam_xl.domain import attainable, criteria, measures, ratings
from kam_xl.domain.model import Criterion
from kam_xl.table.headers import columns
from kam_xl.table.records import groups
from lambdas.filed import plain
from lambdas.rules import call, literal
from lambdas.titles import INSTEAD, UNSURE

# What a client is read as: a column each, behind the one that says whether the row is a client.
_READERS: Mapping[str, str] = {
    **dict.fromkeys(("client_id", "client"), "kam_named"),
    **dict.fromkeys(("revenue", "procurement_budget", "competitor_revenue", "sales_plan"), "kam_amount"),
    **{field: f"kam_read_{field}" for field in ("position", "potential")},
    **dict.fromkeys(("reference", "expertise"), "kam_read_mark"),
    "share_of_wallet": "kam_amount",
    **dict.fromkeys(("industry", "territory", "manager"), "kam_named"),
}
_DESCRIBED = 3  # how many of them, at the end, may stand twice, and say that a row is not a total
_MADE = ("usable", "rated_position", "rated_potential", "met", "gain", "rank")
_PLACES = {field: place for place, field in enumerate((*_READERS, *_MADE), start=2)}
_FIELDS = "{" + ";".join(map(literal, _READERS)) + "}"
# The columns of the amounts that tell a sum, among the cells of a row.
_FIRST, _LAST = 3, 6
_ALONE = "{" + ";".join(map(literal, [*_READERS][:-_DESCRIBED])) + "}"


def of_row(*fields: str) -> str:
    """Parts of a row of `clients_` for a LET, each by its own name; `row` is its number."""
    return ",".join(f"{field},INDEX(clients_,row,{_PLACES[field]})" for field in fields)


def of_all(field: str) -> str:
    """A whole column of `clients_`."""
    return f"INDEX(clients_,0,{_PLACES[field]})"


def _each(body: str) -> str:
    """A value for each row of `clients_`."""
    return f"MAKEARRAY(ROWS(clients_),1,LAMBDA(row,column,{plain(body)}))"


def _count(cells: str, test: str) -> str:
    """For how many cells, each called `one`, something is true."""
    return f"SUM(MAP({cells},LAMBDA(one,IF({test},1,0))))"


# Whether the titles are of a table that formulas cannot read.
_REFUSED = f"""
LAMBDA(fields,OR(
    ISERROR(XMATCH("client",fields)),
    ISNUMBER(XMATCH({literal(UNSURE)},fields)),
    {_count("fields", 'one<>""')}<2,
    AND(ISNUMBER(XMATCH({literal(INSTEAD)},fields)),ISERROR(XMATCH("revenue",fields))),
    SUM(MAP({_ALONE},LAMBDA(field,IF({_count("fields", "one=field")}>1,1,0))))>0))
"""
# Whether titles name several currencies.
_MIXED = f"""
LAMBDA(titles,LET(
    codes,MAP(titles,LAMBDA(title,IF(ISTEXT(title),IF(TRIM(title)="","",kam_currency(title)),""))),
    first,REDUCE("",codes,LAMBDA(code,one,IF(code="",one,code))),
    {_count("codes", 'IF(one="",FALSE,one<>first)')}>0))
"""
# 1 for a client, 0 for a row to pass over, an error where only the table readers can tell.
_KIND = f"""
LAMBDA(line,id,name,amount,described,LET(
    filled,{_count("line", 'IF(ISERROR(one),TRUE,TRIM(one)<>"")')},
    total,IF(kam_is_total(IF(name="",id,name)),AND(NOT(described),{
    _count("line", 'IF(ISTEXT(one),TRIM(one)<>"",FALSE)')
}=1),FALSE),
    IF(name="",IF(OR(filled=0,total),0,IF(id="",#VALUE!,IF(OR(amount=0,kam_is_label(id)),#VALUE!,1))),
    IF(kam_heads(name),#VALUE!,
    IF(id<>"",1,
    IF(total,0,
    IF(kam_is_label(name),#VALUE!,
    IF(amount>0,1,IF(filled<2,#VALUE!,1)))))))))
"""
# Whether the first amount of a row is the sum of two or more right above or below it in its column.
_ADDS = f"""
LAMBDA(cells,kinds,sums,row,LET(
    column,kam_first(cells,row),own,IF(column=0,0,INDEX(cells,row,column)),
    IF(own=0,FALSE,
    LET(running,INDEX(sums,0,column-{_FIRST - 1}),at,SEQUENCE(ROWS(running)),
    through,INDEX(running,row),above,through-own,
    IF(IF(row>2,kam_near(above,own),FALSE),TRUE,
        SUM(IF(at<row-2,IF(kam_near(above-running,own),1,0),0))
        +SUM(IF(at>row+1,IF(kam_near(running-through,own),1,0),0))>0)))))
"""
# Whether ids tell clients apart, as `kam_xl.table.headers.columns` asks.
_IDENTIFY = f"""
LAMBDA(ids,names,LET(
    given,{_count("ids", 'one<>""')},named,{_count("names", 'one<>""')},
    IF({_count("ids", 'ISNUMBER(SEARCH("e+",one))')}>0,FALSE,
    IF(given<3,TRUE,
    IF(given<named*{columns._MOSTLY},FALSE,ROWS(UNIQUE(FILTER(ids,ids<>"")))>given*{columns._MOSTLY})))))
"""
_CLIENTS = f"""
LAMBDA(table,
    IF(NOT(kam_many(table)),IF(ISERROR(table),table,#VALUE!),
    IF(ROWS(table)<2,#VALUE!,
    LET(fields,MAP(TAKE(table,1),LAMBDA(title,kam_field(title))),
    IF(OR(kam_refused(fields),kam_mixed(TAKE(table,1))),#VALUE!,
    LET(cells,MAKEARRAY(ROWS(table)-1,{len(_READERS)},LAMBDA(row,column,LET(
        place,XMATCH(INDEX({_FIELDS},column),fields),
        IF(ISERROR(place),"",kam_reader(column,INDEX(table,row+1,place)))))),
    IF({_count("cells", "ISERROR(one)")}>0,#VALUE!,kam_sorted(table,cells))))))))
"""
# The column of the first amount of a row, 0 where it has none.
_FIRST_OF = "LAMBDA(cells,row,{},0{})".format(
    ",".join(f"IF(N(INDEX(cells,row,{place}))<>0,{place}" for place in range(_FIRST, _LAST + 1)),
    ")" * (_LAST - _FIRST + 1),
)
_SUMS = ",".join(
    f"SCAN(0,MAP(rows,LAMBDA(row,INDEX(kinds,row)*N(INDEX(cells,row,{place})))),LAMBDA(sum,one,sum+one))"
    for place in range(_FIRST, _LAST + 1)
)
# A column that says which rows are clients, then what they say; the other rows are blank.
_SORTED = f"""
LAMBDA(table,cells,LET(
    rows,SEQUENCE(ROWS(cells)),
    kinds,MAP(rows,LAMBDA(row,
        kam_kind(INDEX(table,row+1,0),INDEX(cells,row,1),INDEX(cells,row,2),kam_first(cells,row),
            INDEX(cells,row,12)&INDEX(cells,row,13)&INDEX(cells,row,14)<>""))),
    IF({_count("kinds", "ISERROR(one)")}>0,#VALUE!,
    IF(SUM(kinds)=0,#VALUE!,
    IF(NOT(kam_identify(INDEX(cells,0,1),INDEX(cells,0,2))),#VALUE!,
    LET(sums,HSTACK({_SUMS}),
    doubtful,SUM(MAP(rows,LAMBDA(row,IF(INDEX(kinds,row)=0,0,IF(OR(
        AND(IF(INDEX(cells,row,1)="",TRUE,kam_is_label(INDEX(cells,row,2))),kam_adds(cells,kinds,sums,row)),
        AND(N(INDEX(cells,row,3))*N(INDEX(cells,row,11))<>0,INDEX(cells,row,4)="")),1,0))))),
    IF(doubtful>0,#VALUE!,HSTACK(kinds,MAKEARRAY(ROWS(cells),COLUMNS(cells),LAMBDA(row,column,
        IF(INDEX(kinds,row)=0,"",IF(column=2,IF(INDEX(cells,row,2)="",INDEX(cells,row,1),INDEX(cells,row,2)),
            INDEX(cells,row,column)))))))))))))
"""
# As `yardsticks.usable_budget`.
_USABLE = """
LAMBDA(revenue,budget,LET(known,kam_valid(budget),
    IF(known="","",IF(known>0,known,IF(N(kam_valid(revenue))>0,"",known)))))
"""
_JUDGED_BY = {
    Criterion.REVENUE: f"IFERROR({call(criteria.revenue_criterion, 'revenue', 'whole', 'rules')},FALSE)",
    Criterion.PROSPECT: "IFERROR("
    + call(criteria.prospect_criterion, "revenue", "budget", "potential", "rules")
    + ",FALSE)",
    Criterion.REFERENCE: "kam_meets(reference,levels,rules)",
    Criterion.EXPERTISE: "kam_meets(expertise,skills,rules)",
}
_MET = "&".join(f'IF({_JUDGED_BY[each]},",{number}","")' for number, each in enumerate(Criterion, start=1))
_INDEX = f"IFERROR({call(measures.penetration, 'revenue', 'procurement_budget')},{literal(None)})"
_POSITION = call(ratings.rate_position, _INDEX, "rules", "position")
_POTENTIAL = call(ratings.rate_potential, "INDEX(usable,row)", "bounds", "potential")
_GAIN = call(attainable.attainable_gain, "kam_valid(revenue)", "INDEX(usable,row)", "INDEX(positions,row)", "rules")
_JUDGED = f"""
LAMBDA(table,rules,LET(
    clients_,kam_clients(table),
    IF(ISERROR(INDEX(clients_,1,1)),INDEX(clients_,1,1),
    LET(whole,kam_adding({of_all("revenue")}),
    levels,{_count(of_all("reference"), "IF(ISNUMBER(one),one>1,FALSE)")}>0,
    skills,{_count(of_all("expertise"), "IF(ISNUMBER(one),one>1,FALSE)")}>0,
    usable,{_each(f"LET({of_row('revenue', 'procurement_budget')},kam_usable(revenue,procurement_budget))")},
    bounds,kam_bounds_of(VSTACK(usable,""),rules,whole),
    positions,{_each(f"LET({of_row('revenue', 'procurement_budget', 'position')},{_POSITION})")},
    potentials,{_each(f"LET({of_row('potential')},{_POTENTIAL})")},
    met,{
    _each(f'''LET({of_row("revenue", "procurement_budget", "reference", "expertise")},
        kam_met(revenue,procurement_budget,INDEX(potentials,row),reference,expertise,whole,levels,skills,rules))''')
},
    gains,{_each(f"LET({of_row('revenue')},IFERROR({_GAIN},{literal(None)}))")},
    earned,MAP({of_all("revenue")},LAMBDA(one,N(kam_valid(one)))),
    order,kam_ranked(
        MAP(met,LAMBDA(one,IF(one="",0,IF(LEFT(one)="1",2,1)))),MAP(met,LAMBDA(one,(LEN(one)+1)/2)),
        earned,MAP(earned,gains,LAMBDA(one,gain,one+N(gain))),
        MAP({of_all("client_id")},{of_all("client")},LAMBDA(id,name,IF(id="",name,id))),{of_all("client")}),
    HSTACK(clients_,usable,positions,potentials,met,gains,{_each('IFERROR(XMATCH(row,order),"")')})))))
"""
_IS_KEY = f"""
LAMBDA(client,clients_,allowed,limited,LET(
    name,kam_named(client),
    IF(ISERROR(name),name,
    IF(name="",#N/A,
    LET(own,{_each(f'LET({of_row("client_id", "client")},IF(client_id="",client,client_id))')},
    ids,{_count("own", "one=name")},
    found,IF(ids>0,own,{of_all("client")}),
    IF({_count("found", "one=name")}<>1,#N/A,
    LET(row,SUM(MAP(found,SEQUENCE(ROWS(found)),LAMBDA(one,at,IF(one=name,at,0)))),{of_row("met", "rank")},
    IF(limited,IF(rank="",FALSE,rank<=allowed),met<>""))))))))
"""

WHOLE_TABLE = {
    name: plain(formula)
    for name, formula in {
        "kam_named": 'LAMBDA(cell,IF(ISERROR(cell),cell,LET(text,TRIM(SUBSTITUTE(SUBSTITUTE(cell&"",UNICHAR(160)," "),'
        'CHAR(10)," ")),IF(OR(text={"-";"–";"—";"?"}),"",text))))',
        "kam_reader": f"LAMBDA(column,cell,CHOOSE(column,{','.join(f'{each}(cell)' for each in _READERS.values())}))",
        "kam_refused": _REFUSED,
        "kam_mixed": _MIXED,
        "kam_kind": _KIND,
        "kam_adds": _ADDS,
        "kam_identify": _IDENTIFY,
        "kam_first": _FIRST_OF,
        "kam_near": f"LAMBDA(sum,own,ABS(sum-own)<={groups.ROUNDING}*IF(ABS(sum)>ABS(own),ABS(sum),ABS(own)))",
        "kam_sorted": _SORTED,
        "kam_clients": _CLIENTS,
        "kam_usable": _USABLE,
        "kam_met": f"LAMBDA(revenue,budget,potential,reference,expertise,whole,levels,skills,rules,MID({_MET},2,9))",
        "kam_adding": "LAMBDA(column,SUM(MAP(column,LAMBDA(one,N(kam_valid(one))))))",
        "kam_judged": _JUDGED,
        # how many key accounts the limit allows
        "kam_allowed": f"LAMBDA(clients_,rules,IF({_count(of_all('met'), 'one<>' + literal(''))}=0,0,"
        "kam_do_limit(SUM(INDEX(clients_,0,1)),rules)))",
        "kam_cell_is_key": _IS_KEY,
    }.items()
}
