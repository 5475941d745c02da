"""Draws the portfolio that formulas keep: sums, concentration, capacity, position against potential."""

from __future__ import annotations

from drawing import style
from drawing.canvas import Canvas
from drawing.key_accounts.columns import LIVE_FIELDS as FIELDS
from drawing.key_accounts.data_sheets import CALCULATED_INK
from drawing.key_accounts.draft import Draft
from drawing.key_accounts.live import PROGRAMS, array
from drawing.key_accounts.live_list import beyond
from drawing.style import Look
from kam_xl.domain.model import Position, Potential, Strategy
from kam_xl.domain.strategy import strategy
from kam_xl.locale import Text
from kam_xl.plan.book_sheets import BookSheet
from kam_xl.plan.fields import Number

ALL, ASIDE = "A:H", "J"
_MONEY, _SHARE, _COUNT = Number.MONEY, Number.SHARE, Number.COUNT
_LINE = Look(10, edge="below")
_VALUE = Look(11, bold=True, ink=CALCULATED_INK, horizontal="right", edge="below", wrap=False)


def add_live_portfolio(draft: Draft) -> None:
    """Add the sheet."""
    canvas = draft.canvas(BookSheet.LIVE_PORTFOLIO)
    canvas.widths({"A": 60, "B": 19, "C": 3, **dict.fromkeys("DEFGH", 19)})
    canvas.line(ALL, BookSheet.LIVE_PORTFOLIO.label, style.TITLE, 34)
    canvas.line(ALL, PROGRAMS, style.NOTE._replace(size=10, vertical="center"), 32)
    warned = canvas.write(ALL, None, Look(10, bold=True))
    draft.formula(canvas, warned, f"={beyond(draft)}", None)
    canvas.height(15)
    canvas.row += 1
    top = canvas.row
    _numbers(draft, canvas)
    canvas.row = top
    _matrix(draft, canvas)
    canvas.sheet.column_dimensions[ASIDE].hidden = True
    canvas.page(f"A1:H{top + 22}", landscape=True)


def _column(draft: Draft, field: str) -> str:
    return f"Clients[{draft.say(FIELDS[field].title)}]"


def _numbers(draft: Draft, canvas: Canvas) -> None:
    revenue, budget = _column(draft, "revenue"), _column(draft, "procurement_budget")
    # An error in the table leaves these blank: counting passes over it in some programs.
    keys = f'IFERROR(SUM(--({_column(draft, "criteria")}<>"")),"")'
    earned = 'IFERROR(SUM(kam_live_revenue),"")'
    share = f'IFERROR(IF(kam_total_revenue>0,{earned}/kam_total_revenue,0),"")'
    limit = "KAM_LIMIT(kam_live_clients,kam_settings)"
    gains = "kam_live_gain"
    group = f'IFERROR(KAM_GROUP_PENETRATION({revenue},{budget}),"")'
    known = f'COUNTIFS({revenue},">=0",{budget},">0")'
    for name, title, formula, number in (
        ("kam_live_clients", Text("Clients"), f"COUNTA({_column(draft, 'client')})", _COUNT),
        ("", Text("Revenue of all clients"), "kam_total_revenue", _MONEY),
        ("kam_live_keys", Text("Clients that meet a criterion"), keys, _COUNT),
        ("kam_live_allowed", Text("Key accounts that the limit allows"), f"IFERROR({limit},0)", _COUNT),
        ("", Text("Revenue of the key accounts listed"), earned, _MONEY),
        ("kam_live_share", Text("Their share of all revenue"), share, _SHARE),
        ("", Text("Penetration index of all clients with a known budget"), group, _SHARE),
        ("", Text("Clients with a known budget"), known, _COUNT),
        ("", Text("Share of the largest client"), f'IFERROR(KAM_TOP_SHARE({revenue},1),"")', _SHARE),
        ("", Text("Share of the five largest"), f'IFERROR(KAM_TOP_SHARE({revenue},5),"")', _SHARE),
        ("", Text("Share of the ten largest"), f'IFERROR(KAM_TOP_SHARE({revenue},10),"")', _SHARE),
        ("", Text("Herfindahl-Hirschman index"), f'IFERROR(KAM_HHI({revenue}),"")', Number.INDEX),
        ("kam_live_wanted", Text("Attainable gains of the key accounts listed"), f"SUM({gains})", _MONEY),
        (
            "kam_live_capacity",
            Text("Capacity: by how much our revenue can grow"),
            'IFERROR(kam_capacity(kam_total_revenue,kam_settings),"")',
            _MONEY,
        ),
        (
            "kam_live_ceiling",
            Text("Ceiling of a single gain; blank where all fit"),
            f'IFERROR(kam_ceiling({gains},kam_live_capacity),"")',
            _MONEY,
        ),
    ):
        canvas.write("A", title, _LINE)
        cell = canvas.write(ASIDE, None, _VALUE, number)
        array(draft, canvas, f"{cell}:{cell}", f"={formula}")  # over whole columns, in every cell's own right
        draft.refer(canvas, canvas.write("B", None, _VALUE, number), cell, None)
        if name:
            draft.name_cell(name, canvas, cell)
        canvas.height(18)
        canvas.row += 1


def _matrix(draft: Draft, canvas: Canvas) -> None:
    """Position against potential: what to do, how many clients, how much revenue."""
    position, potential = _column(draft, "rated_position"), _column(draft, "rated_potential")
    canvas.write("D", Text("Position"), style.COLUMN_HEAD)
    for letter, scale in zip("EFG", Potential, strict=True):
        label = Text("Potential: {level}", level=scale.label)
        canvas.write(letter, label, style.COLUMN_HEAD._replace(horizontal="center"))
    canvas.height(22)
    canvas.row += 1
    for ours in Position:
        for part in range(3):
            canvas.height(30 if part == 0 else 18)  # what to do may take two lines
            _matrix_line(draft, canvas, ours, part, f"{position},{_quoted(draft, ours.label)},{potential}")
            canvas.row += 1


def _matrix_line(draft: Draft, canvas: Canvas, ours: Position, part: int, where: str) -> None:
    canvas.write("D", ours.label if part == 0 else None, Look(10, bold=True, edge="below" if part == 2 else ""))
    for letter, theirs in zip("EFG", Potential, strict=True):
        look = Look(9 if part == 0 else 10, bold=part == 1, horizontal="center", edge="below" if part == 2 else "")
        counted = f"{where},{_quoted(draft, theirs.label)}"
        if part == 0:
            canvas.write(letter, (strategy(ours, theirs) or Strategy.TEST).label, look._replace(ink=style.MUTED))
            continue
        cell = canvas.write(letter, None, look._replace(ink=CALCULATED_INK), _COUNT if part == 1 else _MONEY)
        formula = f"COUNTIFS({counted})" if part == 1 else f"SUMIFS({_column(draft, 'revenue')},{counted})"
        draft.formula(canvas, cell, f"={formula}", None)


def _quoted(draft: Draft, text: Text) -> str:
    return f'"{draft.say(text)}"'
