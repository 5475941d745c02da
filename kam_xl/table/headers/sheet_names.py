"""What the names of sheets are that make one table: managers, territories, industries, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kam_xl.locale import Text
from kam_xl.table.block import Block
from kam_xl.table.finding import Remark
from kam_xl.table.headers.period_words import heading_of
from kam_xl.table.interpretation import Given
from kam_xl.table.words.row_words import group_of, plain
from kam_xl.table.words.vocabulary import is_unnamed, section

SHEETS_NAMED = "sheets-named"
_NAMED = {
    "manager": Text("The names of the sheets are the managers."),
    "territory": Text("The names of the sheets are the territories."),
    "industry": Text("The names of the sheets are the industries."),
}
_REMEDY = Text('If they are something else, write groups = "manager" into a reading file (or territory, industry).')
_PLACES = frozenset(section("places")["names"])
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def name_sheets(block: Block, sheets: Sequence[str], given: Given) -> None:
    """Give the clients of several sheets the name of theirs, unless the sheets are named after months or by a program.

    The names are managers, but territories where most are places; a word in them ("Region Ural"), a line above the
    header ("Region: Ural") or the user (`groups`) says otherwise. A column of that field goes before them.
    """
    if len(sheets) < 2 or any(heading_of(sheet) or is_unnamed(sheet) for sheet in sheets):
        return
    field = given.groups[0] if given.groups else field_of_sheets(sheets) or _stated(block, sheets) or "manager"
    if field not in block.fields:
        places = [block.grid.place(block.header.row + 1 + row)[0] for row in block.rows]
        block.fields[field] = [group_of(place)[1] for place in places]
        block.remarks.append(Remark(None, block.column("client"), SHEETS_NAMED, "note", _NAMED[field], field, _REMEDY))


def field_of_sheets(sheets: Sequence[str]) -> str:
    """The field that the names of sheets say themselves; blank where they may be people.

    >>> field_of_sheets(["North", "South"]), field_of_sheets(["Урал", "Сибирь"]), field_of_sheets(["Ann", "Bob West"])
    ('territory', 'territory', '')
    >>> field_of_sheets(["Manager Ann", "Manager Bob"])
    'manager'
    """
    stated = {group_of(sheet)[0] for sheet in sheets}
    if len(stated) == 1 and "" not in stated:
        return stated.pop()
    return "territory" if sum(map(_is_place, sheets)) * 2 > len(sheets) else ""


def _is_place(sheet: str) -> bool:
    name = sheet.casefold().replace("ё", "е")
    return " ".join(name.split()) in _PLACES or any(word in _PLACES for word in _WORD.findall(name)[:1])


def _stated(block: Block, sheets: Sequence[str]) -> str:
    """The field that a line above the header gives the name of its sheet as, or as a part of it."""
    names = [plain(sheet) for sheet in sheets]
    lines = [group_of(cell) for row in block.grid.rows[: max(block.header.top, 0)] for cell in row]
    return next((field for field, value in lines if field and any(plain(value) in name for name in names)), "")
