"""Draws the plan card: choose a key account, and page 1 of its perspective plan stands there, by formulas alone."""

from __future__ import annotations

from openpyxl.worksheet.datavalidation import DataValidation

from drawing import style
from drawing.canvas import Canvas
from drawing.charts import categories, columns, place
from drawing.highlights import POSITION_TINTS, POTENTIAL_TINTS, tint_labels
from drawing.key_accounts.columns import COMPETITORS
from drawing.key_accounts.columns import LIVE_FIELDS as FIELDS
from drawing.key_accounts.data_sheets import CALCULATED_INK
from drawing.key_accounts.draft import Draft
from drawing.key_accounts.live import PROGRAMS, array, money, percent, sentence
from drawing.style import Look
from kam_xl.locale import Text, language_named
from kam_xl.plan.book_sheets import BookSheet
from kam_xl.plan.fields import Number

ALL = "A:H"
ASIDE = dict(zip("ABCDEFGH", "LMNOPQRS", strict=True))
"""Where the calls of functions stand that a column shows."""
YEARS, RIVALS = 6, 5
CHOOSE = Text("Choose a key account in the yellow cell: its page stands here at once.")
NOT_LISTED = Text("This client is not on the list of key accounts: choose another one.")
NOTE = Text(
    "Goals are proposals, before any operational plan. The full plan of each key account, with opportunities, actions, "
    "people and risks to fill in, is built by: kam-xl plan {file}"
)
BY_INDEX = Text("Penetration index {index} ({revenue} of {budget}); strong from {strong}, medium from {medium}.")
BY_HAND = Text("Your own rating: {reason}")
NO_BUDGET = Text("The procurement budget is unknown, so nothing can be rated by it.")
BY_BUDGET = Text("Procurement budget {budget}; high from {high}, medium from {medium}.")
TO_REACH = Text("Attainable: a penetration index of {index} in {years} years, {gain} a year more than today.")
LIMITED = Text(
    "Limited to {ceiling}, because all key accounts together would add {wanted}, and we can grow by {capacity}."
)
_MONEY, _SHARE, _TEXT = Number.MONEY, Number.SHARE, Number.TEXT
_TILE = Look(14, bold=True, ink=CALCULATED_INK, edge="below", wrap=False, shrink=True)
_SAID = Look(10, ink=CALCULATED_INK, vertical="top")
_RATED = Look(14, bold=True, ink=CALCULATED_INK, edge="box", horizontal="center")
_CELL = Look(10, ink=CALCULATED_INK, horizontal="right", edge="below", wrap=False)


def add_card(draft: Draft, client: str) -> None:
    """Add the sheet; `client` is chosen to begin with."""
    canvas = draft.canvas(BookSheet.CARD)
    canvas.widths({"A": 20, **dict.fromkeys("BCDEFGH", 15)})
    _head(draft, canvas, client)
    _figures(draft, canvas)
    _ratings(draft, canvas)
    _goal(draft, canvas)
    _rivals(draft, canvas)
    canvas.gap()
    file = f"KeyAccounts{language_named(draft.lang).suffix}.xlsx"
    canvas.line(ALL, Text(NOTE.message, file=file), style.NOTE, 28)
    canvas.line(ALL, PROGRAMS, style.NOTE, 28)
    canvas.page(f"A1:H{canvas.row - 1}")
    canvas.sheet.print_title_rows = None


def _client(draft: Draft, field: str) -> str:
    """A cell of the chosen client in its table."""
    return f"INDEX(Clients[{draft.say(FIELDS[field].title)}],kam_card_row)"


def _listed(letter: str) -> str:
    return f"INDEX(kam_live_{letter},kam_card_rank)"


def _put(draft: Draft, canvas: Canvas, span: str, formula: str, look: Look, number: Number = _TEXT) -> str:
    """A formula that shows nothing until a key account is chosen."""
    cell = canvas.write(span, None, look, number)
    aside = ASIDE[span[0]]
    draft.answer(canvas, cell, f'=IF(kam_card_row="","",{formula})', None, f"{aside}{canvas.row}")
    return cell


def _head(draft: Draft, canvas: Canvas, client: str) -> None:
    canvas.line(ALL, BookSheet.CARD.label, style.TITLE, 34)
    canvas.line(ALL, CHOOSE, style.NOTE._replace(size=10, vertical="center"), 20)
    chosen = canvas.write("A:E", client, Look(18, bold=True, fill=style.ENTRY_FILL, edge="box", wrap=False))
    draft.name_cell("kam_card_client", canvas, chosen)
    choices = DataValidation(type="list", formula1="kam_live_client", allow_blank=True)
    choices.add(chosen)
    canvas.sheet.add_data_validation(choices)
    rank = canvas.write("J", None, style.NOTE)
    draft.formula(
        canvas, rank, '=IF(kam_card_client="","",_xlfn.IFNA(MATCH(kam_card_client,kam_live_client,0),""))', None
    )
    draft.name_cell("kam_card_rank", canvas, rank)
    row = canvas.write("K", None, style.NOTE)
    draft.formula(canvas, row, '=IF(kam_card_rank="","",INDEX(kam_live_order,kam_card_rank))', None)
    draft.name_cell("kam_card_row", canvas, row)
    missing = canvas.write("F:H", None, Look(10, bold=True, ink=style.BAD[1]))
    not_listed = draft.say(NOT_LISTED)
    draft.formula(canvas, missing, f'=IF(OR(kam_card_client="",kam_card_row<>""),"","{not_listed}")', None)
    for letter in ("J", "K", *ASIDE.values()):
        canvas.sheet.column_dimensions[letter].hidden = True
    canvas.height(34)
    canvas.row += 1
    canvas.gap()


def _tiles(draft: Draft, canvas: Canvas, tiles: list[tuple[str, Text, str, Number]], look: Look) -> None:
    for span, title, _, _ in tiles:
        canvas.write(span, title, style.TILE_LABEL)
    canvas.height(26)
    canvas.row += 1
    for span, _, formula, number in tiles:
        _put(draft, canvas, span, formula, look, number)
    canvas.height(24)
    canvas.row += 1


def _text_of(draft: Draft, field: str) -> str:
    return f'{_client(draft, field)}&""'


def _number_of(draft: Draft, field: str) -> str:
    cell = _client(draft, field)
    return f'IF({cell}="","",{cell})'


def _figures(draft: Draft, canvas: Canvas) -> None:
    quiet = _TILE._replace(size=11)
    _tiles(
        draft,
        canvas,
        [
            ("A:B", Text("Key account by"), _text_of(draft, "criteria"), _TEXT),
            ("C", Text("Rank"), "kam_card_rank", Number.COUNT),
            ("D:E", Text("Manager"), _text_of(draft, "manager"), _TEXT),
            ("F:G", Text("Industry"), _text_of(draft, "industry"), _TEXT),
            ("H", Text("Territory"), _text_of(draft, "territory"), _TEXT),
        ],
        quiet,
    )
    share = f'IF(N({_client(draft, "revenue")})*kam_total_revenue>0,{_client(draft, "revenue")}/kam_total_revenue,"")'
    _tiles(
        draft,
        canvas,
        [
            ("A", Text("Revenue"), _number_of(draft, "revenue"), _MONEY),
            ("B", Text("Share"), share, _SHARE),
            ("C:D", Text("Procurement budget"), _number_of(draft, "procurement_budget"), _MONEY),
            ("E", Text("Penetration index"), _number_of(draft, "penetration"), _SHARE),
            ("F", Text("Headroom"), _number_of(draft, "headroom"), _MONEY),
            ("G", Text("Attainable gain"), _listed("gain"), _MONEY),
            ("H", Text("Value at stake"), _listed("stake"), _MONEY),
        ],
        _TILE,
    )
    canvas.gap(10)


def _ratings(draft: Draft, canvas: Canvas) -> None:
    budget = _client(draft, "procurement_budget")
    index = sentence(
        draft,
        BY_INDEX,
        index=percent(_client(draft, "penetration")),
        revenue=money(_client(draft, "revenue")),
        budget=money(budget),
        strong=percent('kam_setting(kam_settings,"position_strong_from")'),
        medium=percent('kam_setting(kam_settings,"position_medium_from")'),
    )
    bounds = (f'VLOOKUP("potential_{level}_from",kam_bounds,2,FALSE)' for level in ("high", "medium"))
    size = sentence(
        draft, BY_BUDGET, budget=money(budget), **dict(zip(("high", "medium"), map(money, bounds), strict=True))
    )
    for question, field, measured, basis, tints in (
        (Text("1. What is our position?"), "position", index, "penetration", POSITION_TINTS),
        (Text("2. What is the client's potential?"), "potential", size, "procurement_budget", POTENTIAL_TINTS),
    ):
        canvas.line(ALL, question, style.QUESTION, 22)
        cell = _put(draft, canvas, "A", _text_of(draft, f"rated_{field}"), _RATED)
        tint_labels(canvas, cell, tints)
        by_hand = sentence(draft, BY_HAND, reason=_client(draft, f"{field}_reason"))
        unknown = f'"{draft.say(NO_BUDGET)}"'
        argument = (
            f'IF({_client(draft, field)}<>"",{by_hand},IF(ISNUMBER({_client(draft, basis)}),{measured},{unknown}))'
        )
        _put(draft, canvas, "B:H", argument, _SAID._replace(vertical="center"))
        canvas.height(34)
        canvas.row += 1
        canvas.gap()


def _goal(draft: Draft, canvas: Canvas) -> None:
    revenue, budget = _client(draft, "revenue"), _client(draft, "procurement_budget")
    position, gain = _client(draft, "rated_position"), _listed("gain")
    canvas.line(ALL, Text("3. What do we want to achieve, and how?"), style.QUESTION, 22)
    _put(draft, canvas, "A:C", _text_of(draft, "strategy"), _RATED._replace(size=12))
    reached = f"kam_reached({revenue},{budget},{position},{gain},kam_live_ceiling,kam_settings)"
    hidden = canvas.write("J", None, style.NOTE, _SHARE)
    draft.formula(canvas, hidden, f'=IF(kam_card_row="","",IF(N({budget})>0,{reached},""))', None)
    draft.name_cell("kam_card_reached", canvas, hidden)
    attainable = sentence(
        draft,
        TO_REACH,
        index=percent(f'kam_reached({revenue},{budget},{position},0,"",kam_settings)'),
        years='kam_setting(kam_settings,"horizon_years")',
        gain=money(gain),
    )
    limited = sentence(
        draft,
        LIMITED,
        ceiling=money("kam_live_ceiling"),
        wanted=money("kam_live_wanted"),
        capacity=money("kam_live_capacity"),
    )
    ceiling = f'IF(kam_live_ceiling="","",IF({gain}>kam_live_ceiling," "&{limited},""))'
    _put(draft, canvas, "D:H", f'IF(N({budget})>0,{attainable}&{ceiling},"{draft.say(NO_BUDGET)}")', _SAID)
    canvas.height(58)
    canvas.row += 1
    canvas.gap()
    _years(draft, canvas, revenue, budget)


def _years(draft: Draft, canvas: Canvas, revenue: str, budget: str) -> None:
    """The way by year on the left, its chart beside it."""
    top = canvas.row
    heads = (Text("Year"), Text("Procurement budget"), Text("Penetration index"), Text("Revenue and goal"))
    for letter, title in zip("ABCD", heads, strict=True):
        canvas.write(letter, title, style.TABLE_HEAD._replace(horizontal="left" if letter == "A" else "right"))
    canvas.height(28)
    canvas.row += 1
    horizon = 'kam_setting(kam_settings,"horizon_years")'
    first = canvas.row
    for year in range(YEARS):
        row = canvas.row
        shown = f"{year}>{horizon}"
        known = f"OR(ISNUMBER(B{row}),ISNUMBER(D{row}))"
        label = f'IF({known},IF(ISNUMBER(kam_set_base_year),kam_set_base_year+{year}&"",{_year(draft, year)}),"")'
        _put(draft, canvas, "A", label, _CELL._replace(horizontal="left"))
        growth = f'{budget}*(1+kam_setting(kam_settings,"budget_growth"))^{year}'
        _put(draft, canvas, "B", f'IF(OR({shown},N({budget})=0),"",{growth})', _CELL, _MONEY)
        _put(draft, canvas, "C", f'IF(ISNUMBER(B{row}),IF(N(D{row})=0,"",D{row}/B{row}),"")', _CELL, _SHARE)
        strategy = _client(draft, "strategy")
        goal = f"kam_goal_of({year},{revenue},{budget},kam_card_reached,{strategy},kam_set_language,kam_settings)"
        _put(draft, canvas, "D", f'IFERROR({goal},"")', _CELL, _MONEY)
        canvas.height(22)
        canvas.row += 1
    last = canvas.row - 1
    years = categories(canvas, f"A{first}:A{last}", text=True)
    chart = columns(canvas, years, [(heads[3], f"D{first}:D{last}", style.BAND)], gap=80, axis=canvas.say(heads[0]))
    place(canvas, chart, f"E{top}:H{last}")
    canvas.gap(10)


def _year(draft: Draft, year: int) -> str:
    label = Text("today") if not year else Text("year {n}", n=year)
    return f'"{draft.say(label)}"'


def _rivals(draft: Draft, canvas: Canvas) -> None:
    """Who else sells there, the largest first: by id or name of the client."""
    titles = {column.field: draft.say(column.title) for column in COMPETITORS}
    column = {field: f"Competitors[{title}]" for field, title in titles.items()}
    canvas.line(ALL, Text("Competitors and our approach"), style.HEADING, 20)
    heads = (
        ("A:B", "competitor"),
        ("C", "revenue"),
        ("D", "share"),
        ("E", "stance"),
        ("F:G", "strengths"),
        ("H", "weaknesses"),
    )
    names = {**{field: Text(title) for field, title in titles.items()}, "share": Text("Share of the budget")}
    for span, field in heads:
        right = field in ("revenue", "share")
        canvas.write(span, names[field], style.TABLE_HEAD._replace(horizontal="right" if right else "left"))
    canvas.height(28)
    canvas.row += 1
    top = canvas.row
    ours = (
        f'(({column["client_id"]}&""={_client(draft, "client_id")}&"")*({column["client_id"]}<>"")'
        f'+({column["client_id"]}="")*({column["client"]}={_client(draft, "client")})>0)'
    )
    places = f"_xlfn.SEQUENCE(ROWS({column['client']}))"
    earned = f"IFERROR({column['revenue']}+0,0)"
    sorted_rivals = f"_xlfn.SORTBY(_xlfn._xlws.FILTER({places},{ours}),-_xlfn._xlws.FILTER({earned},{ours}))"
    area = f"K{top}:K{top + RIVALS - 1}"
    formula = f'=IFERROR(_xlfn.EXPAND(_xlfn.TAKE({sorted_rivals},{RIVALS}),{RIVALS},1,""),"")'
    for _ in range(RIVALS):
        place_of = f"$K{canvas.row}"
        for span, field in heads:
            right = field in ("revenue", "share")
            look = Look(9, ink=CALCULATED_INK, edge="below", horizontal="right" if right else "left")
            if field == "share":
                budget = _client(draft, "procurement_budget")
                value, number = f'IF(AND(ISNUMBER(C{canvas.row}),N({budget})>0),C{canvas.row}/{budget},"")', _SHARE
            elif field == "revenue":
                cell = f"INDEX({column[field]},{place_of})"
                value, number = f'IF({cell}="","",{cell})', _MONEY
            else:
                value, number = f'INDEX({column[field]},{place_of})&""', _TEXT
            _put(draft, canvas, span, f'IF({place_of}="","",{value})', look, number)
        canvas.height(48)
        canvas.row += 1
    array(draft, canvas, area, formula)
