"""Draws the list of key accounts that formulas keep: ranked, beside the limit, as soon as a number changes."""

from __future__ import annotations

from typing import NamedTuple

from drawing import style
from drawing.canvas import Canvas
from drawing.highlights import POSITION_TINTS, POTENTIAL_TINTS, tint_labels
from drawing.key_accounts.columns import LIVE_FIELDS as FIELDS
from drawing.key_accounts.data_sheets import CALCULATED_HEAD, CALCULATED_INK
from drawing.key_accounts.draft import Draft
from drawing.key_accounts.live import PROGRAMS, array, percent, sentence
from drawing.style import Look
from kam_xl.domain.ranking import RANKING_RULE
from kam_xl.locale import Text
from kam_xl.plan.book_sheets import BookSheet
from kam_xl.plan.fields import Number

ROWS, PRINTED, HEAD_ROW = 200, 45, 6
FIRST = HEAD_ROW + 1
LAST = FIRST + ROWS - 1
ORDER, ASIDE = "Q", "R"
SUMMARY = Text(
    "{keys} of {clients} clients meet a criterion; the limit allows {allowed}, {above} are above it. Together they "
    "bring {share} of all revenue."
)
FULL = Text("Only the first {rows} are listed here; kam-xl plan lists all.")


class Shown(NamedTuple):
    """A column: its title, width, number and formula, or the field of the client table that it repeats."""

    title: Text
    width: float
    number: Number
    formula: str = ""
    field: str = ""


_MONEY, _SHARE, _TEXT = Number.MONEY, Number.SHARE, Number.TEXT
_STAKE = "kam_stake_of($G{row},$I{row},$L{row},kam_settings)"
COLUMNS = {
    "A": Shown(Text("Rank"), 7, Number.COUNT, f"ROW()-{HEAD_ROW}"),
    "B": Shown(Text("Client"), 44, _TEXT, field="client"),
    "C": Shown(Text("Client ID"), 11, _TEXT, field="client_id"),
    "D": Shown(Text("Manager"), 17, _TEXT, field="manager"),
    "E": Shown(Text("Key account by"), 30, _TEXT, field="criteria"),
    "F": Shown(Text("Above the limit"), 11, _TEXT, 'IF($A{row}>kam_live_allowed,{yes},"")'),
    "G": Shown(Text("Revenue"), 15, _MONEY, field="revenue"),
    "H": Shown(
        Text("Share of our revenue"), 11, _SHARE, 'IF(N($G{row})*kam_total_revenue>0,$G{row}/kam_total_revenue,"")'
    ),
    "I": Shown(Text("Procurement budget"), 15, _MONEY, field="procurement_budget"),
    "J": Shown(Text("Penetration index"), 15, _SHARE, field="penetration"),
    "K": Shown(Text("Headroom"), 15, _MONEY, field="headroom"),
    "L": Shown(Text("Position"), 11, _TEXT, field="rated_position"),
    "M": Shown(Text("Potential"), 11, _TEXT, field="rated_potential"),
    "N": Shown(Text("Strategy"), 50, _TEXT, field="strategy"),
    "O": Shown(Text("Value at stake"), 15, _MONEY, f'IFERROR({_STAKE},"")'),
    "P": Shown(Text("Attainable gain"), 15, _MONEY, "IF(ISNUMBER($O{row}),MAX($O{row}-MAX(N($G{row}),0),0),0)"),
}


def add_live_list(draft: Draft) -> None:
    """Add the sheet."""
    canvas = draft.canvas(BookSheet.LIVE_LIST)
    canvas.widths({letter: each.width for letter, each in COLUMNS.items()} | {ORDER: 3, ASIDE: 3})
    canvas.line("A:P", BookSheet.LIVE_LIST.label, style.TITLE, 34)
    summary = {
        "keys": "kam_live_keys",
        "clients": "kam_live_clients",
        "allowed": "kam_live_allowed",
        "above": "MAX(kam_live_keys-kam_live_allowed,0)",
        "share": percent("kam_live_share"),
    }
    more = beyond(draft, " ")
    look = Look(11, vertical="center")
    draft.formula(canvas, canvas.write("A:P", None, look), f"={sentence(draft, SUMMARY, **summary)}&{more}", None)
    canvas.height(24)
    canvas.row += 1
    canvas.line("A:P", RANKING_RULE, style.NOTE._replace(size=10, vertical="center"), 20)
    canvas.line("A:P", PROGRAMS, style.NOTE._replace(size=10, vertical="center"), 32)
    canvas.gap()
    _heads(canvas)
    _order(draft, canvas)
    _body(draft, canvas)
    for field, letter in (
        ("client", "B"),
        ("strategy", "N"),
        ("budget", "I"),
        ("revenue", "G"),
        ("stake", "O"),
        ("gain", "P"),
        ("order", ORDER),
    ):
        draft.name_cell(f"kam_live_{field}", canvas, f"{letter}{FIRST}:{letter}{LAST}")
    tint_labels(canvas, f"L{FIRST}:L{LAST}", POSITION_TINTS)
    tint_labels(canvas, f"M{FIRST}:M{LAST}", POTENTIAL_TINTS)
    for letter in (ORDER, ASIDE):
        canvas.sheet.column_dimensions[letter].hidden = True
    canvas.sheet.freeze_panes = f"C{FIRST}"
    canvas.page(f"A1:P{FIRST + PRINTED - 1}", landscape=True, title_rows=f"{HEAD_ROW}:{HEAD_ROW}")


def beyond(draft: Draft, before: str = "") -> str:
    """A formula that says where there are more key accounts than the list has rows."""
    return f'IF(N(kam_live_keys)>{ROWS},"{before}"&{sentence(draft, FULL, rows=str(ROWS))},"")'


def _heads(canvas: Canvas) -> None:
    for letter, each in COLUMNS.items():
        side = "right" if each.number in (_MONEY, _SHARE) else "left"
        canvas.write(letter, each.title, CALCULATED_HEAD._replace(horizontal=side))
    canvas.height(46)  # three lines
    canvas.row += 1


def _order(draft: Draft, canvas: Canvas) -> None:
    """Where each rank stands in the client table: one array formula, of which all else is plain formulas."""
    column = {field: f"Clients[{draft.say(FIELDS[field].title)}]" for field in FIELDS}
    worth = ",".join(column[field] for field in ("revenue", "procurement_budget", "rated_position"))
    stake = f"kam_stake_of({worth},kam_settings)"
    order = f"kam_order({column['criteria']},{column['revenue']},{stake},{column['client_id']},kam_set_language)"
    formula = f'=IFERROR(_xlfn.EXPAND(_xlfn.TAKE({order},{ROWS}),{ROWS},1,""),"")'
    array(draft, canvas, f"{ORDER}{FIRST}:{ORDER}{LAST}", formula)


def _body(draft: Draft, canvas: Canvas) -> None:
    yes = '"' + draft.say(Text("Yes")) + '"'
    for row in range(FIRST, LAST + 1):
        for letter, each in COLUMNS.items():
            side = "right" if each.number in (_MONEY, _SHARE) else "left"
            look = Look(10, ink=CALCULATED_INK, wrap=False, shrink=each.field == "strategy", horizontal=side)
            canvas.write(letter, None, look, each.number)
            formula = each.formula.format(row=row, yes=yes) or _repeated(draft, each, row)
            shown = f'=IF(ISNUMBER(${ORDER}{row}),{formula},"")'
            draft.answer(canvas, f"{letter}{row}", shown, None, f"{ASIDE}{row}")
        canvas.row += 1


def _repeated(draft: Draft, each: Shown, row: int) -> str:
    cell = f"INDEX(Clients[{draft.say(FIELDS[each.field].title)}],${ORDER}{row})"
    return f'{cell}&""' if each.number == _TEXT else f'IF({cell}="","",{cell})'
