"""Client tables as people have them, by chance: plain ones, which formulas read, and those that they may refuse."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from random import Random
from typing import Any

from kam_xl.functions.answers import COLUMNS
from kam_xl.table.words.vocabulary import CLIENT_FIELDS
from lambdas.answers import SENTENCES
from tests.workbook.lambdas.engine import Block, Call
from tests.workbook.lambdas.random_calls import SETTINGS, python

NAMES = ("Nordwerk", "Alfa", "Beta & Co", "Gamma GmbH", "ООО «Ромашка»", "Осин", "Delta 2", "Delta 10", "alfa")
AMOUNTS = (0.0, 1.0, 5.0, 12.5, 20.0, 80.0, 100.0, 250.0, 999.5, 1e6, None, None, "n/a")
MARKS = ("yes", "да", "no", "", "", "", True, 1.0, 0.0)
LEVELS = (0.0, 1.0, 2.0, 3.0, "", "")
POSITIONS = ("Strong", "средняя", "", "", "", "weak")
POTENTIALS = ("High", "низкий", "", "", "", "medium")
CELLS: dict[str, Sequence[Any]] = {
    **dict.fromkeys(("revenue", "procurement_budget", "competitor_revenue", "sales_plan", "margin"), AMOUNTS),
    "position": POSITIONS,
    "potential": POTENTIALS,
    "industry": ("Gas", "Telecom", "", "Banks"),
    "manager": ("Anna", "Борис", ""),
}
OTHER_TITLES = (
    *("Strategy", "Headroom", "Client since", "Phone", "Revenue 2025", "Turnover, kEUR", "Budget, thousand EUR"),
    *(
        "2024",
        "Jan",
        "Q1",
        "Currency",
        "Total",
        "Amount",
        "Quantity",
        "Share of wallet",
        "Penetration index",
        "",
        "Rank",
    ),
    *("Revenue last year", "Выручка, тыс. руб.", "Доля, %", "Reference (0-3)", "Parent", "Notes", "Stage", "Sales rep"),
    *("Revenue 2025, EUR", "Procurement budget, EUR", "Margin 2024 USD", "Sales plan 2026", "Выручка 2025, руб."),
    *("Net sales / year", "Margin, %", "Our revenue", "Actual", "Variance", "Competitor", "City", "Umsatz", "VIP?"),
)
ODD_ROWS: tuple[tuple[str, Any], ...] = (
    *(("", ""), ("", "Total"), ("", "Итого"), ("", "Others"), ("", "Total Energies"), ("", "North"), ("", "Average")),
    *(("", "Prepared by: sales"), ("", "* estimated"), ("7", ""), ("", "Nordwerk Total"), ("Client ID", "Client")),
    *(("9", "Total Energies"), ("", "ACME"), ("-", "Dash"), ("1.2E+11", "Damaged"), ("Total", ""), ("Итого:", "")),
)
CODES = [code for code in COLUMNS if code not in SENTENCES]


def plain_table(random: Random) -> Block:
    """A table with ids of its own for every client, under titles that stand in the vocabulary."""
    fields = ["client_id", "client", *(each for each in (*CELLS, "reference", "expertise") if random.random() < 0.7)]
    if len(fields) == 2:
        fields.append("revenue")
    titles = [random.choice(_plain_titles(field)) for field in fields]
    order = random.sample(range(len(fields)), len(fields))
    marks = {field: random.choice((MARKS, LEVELS)) for field in ("reference", "expertise")}
    rows = []
    for number in range(random.randint(1, 9)):
        amount = _amounts(random)
        cells = {"client_id": random.choice((f"C{number}", float(100 + number))), "client": random.choice(NAMES)}
        rows.append([cells[field] if field in cells else _cell(field, amount, marks, random) for field in fields])
    return [[line[at] for at in order] for line in [titles, *rows]]


@cache
def _plain_titles(field: str) -> list[str]:
    from lambdas.titles import titles

    known = dict(titles())
    letters = {title: "".join(title.lower().replace("ё", "е").split()) for title in CLIENT_FIELDS[field]}
    kept = [title for title, key in letters.items() if known.get(key) in (field, "harmless")]
    return [*kept[:20], *kept[-5:]]


def _amounts(random: Random) -> Sequence[Any]:
    return AMOUNTS if random.random() < 0.9 else (*AMOUNTS, -30.0)


def _cell(field: str, amounts: Sequence[Any], marks: dict[str, Sequence[Any]], random: Random) -> Any:
    value = random.choice(amounts if CELLS.get(field) is AMOUNTS else CELLS.get(field) or marks[field])
    return "" if value is None else value


def wild_table(random: Random) -> Block:
    """A plain table that something was done to: odd titles, odd rows, no ids, sums, texts among the amounts."""
    table = plain_table(random)
    for change in random.sample(CHANGES, 2):
        change(table, random)
    return table


def _odd_title(table: Block, random: Random) -> None:
    title, at = random.choice(OTHER_TITLES), random.randrange(len(table[0]) + 1)
    for line in table:
        line.insert(at, title if line is table[0] else random.choice((1.0, 5.0, 20.0, 0.35, "", "x")))


def _odd_row(table: Block, random: Random) -> None:
    places = [_place(table, field) for field in ("client_id", "client")]
    line = [random.choice(("", "", 5.0)) if at not in places else "" for at in range(len(table[0]))]
    for place, cell in zip(places, random.choice(ODD_ROWS), strict=True):
        if place is not None:
            line[place] = cell
    table.insert(random.choice((len(table), random.randrange(1, len(table) + 1))), line)


def _place(table: Block, field: str) -> int | None:
    from kam_xl.table.headers.choose import client_matcher

    matches = [client_matcher().match(title) for title in table[0]]
    return next((at for at, match in enumerate(matches) if match and match.field == field), None)


def _no_ids(table: Block, random: Random) -> None:
    place = _place(table, "client_id")
    for line in table:
        if place is not None:
            del line[place]


def _sum(table: Block, random: Random) -> None:
    names = {_place(table, "client_id"), _place(table, "client")}
    sums = [sum(line[at] for line in table[1:] if isinstance(line[at], float)) for at in range(len(table[0]))]
    name = random.choice(("Total", "Всего", "Nordwerk", "Rest"))
    line = [(name if at == _place(table, "client") else "") if at in names else each for at, each in enumerate(sums)]
    table.insert(random.choice((1, len(table), len(table))), line)


def _odd_cell(table: Block, random: Random) -> None:
    line = random.choice(table[1:])
    line[random.randrange(len(line))] = random.choice(("1 200", "12 EUR", "#N/A", True, "?", "tbd", "5-7", 3.0, "sehr"))


def _two_alike(table: Block, random: Random) -> None:
    at = random.randrange(len(table[0]))
    for line in table:
        line.append(line[at])


def _blank_row(table: Block, random: Random) -> None:
    table.insert(random.randrange(1, len(table) + 1), [""] * len(table[0]))


CHANGES = (_odd_title, _odd_row, _no_ids, _sum, _odd_cell, _two_alike, _blank_row)


def random_columns(random: Random) -> Any:
    """What a person asks for: nothing, codes or titles in one cell, a row of titles, a word that is no column."""
    chosen = random.sample(CODES, random.randint(1, 4))
    titles = [COLUMNS[code].title.render(random.choice(("en", "ru"))) for code in chosen]
    listed = ", ".join(random.choice((chosen, titles)))
    return random.choice(
        (None, listed, listed, listed.replace(",", ";"), [[*titles, ""]], "rank, nothing", "", "#REF!")
    )


def table_call(table: Block, random: Random) -> Call:
    """A call of KAM_TABLE or KAM_IS_KEY, with the shape of what Python answers."""
    language = random.choice(("en", "ru"))
    settings = random.choice((None, None, *SETTINGS[:6]))
    if random.random() < 0.25:
        names = [[random.choice((*NAMES, "c1", 101.0, "", "#N/A", "C0"))] for _ in range(random.choice((1, 3)))]
        wanted = names if len(names) > 1 else names[0][0]
        return _shaped("KAM_IS_KEY", wanted, table, random.choice((None, True, False)), settings)
    if random.random() < 0.1:
        settings = random.choice(SETTINGS)
    return _shaped("KAM_TABLE", table, random_columns(random), settings, language)


def _shaped(name: str, *arguments: Any) -> Call:
    answer = python(name, [_seen(each) for each in arguments])
    shape = (len(answer), len(answer[0])) if isinstance(answer, list) else (1, 1)
    return Call(name, *arguments, shape=shape)


def _seen(argument: Any) -> Any:
    """An argument as Python gets it: blank cells are None."""
    if isinstance(argument, list):
        return [[None if cell == "" else cell for cell in line] for line in argument]
    return argument


def table_answer(call: Call) -> Any:
    """What the Python function answers."""
    return python(call.name, [_seen(each) for each in call.arguments])
