"""References in formulas: which sheets, tables and cells a formula refers to, and how to make it refer to others.

A formula is read only as far as a reference needs: texts, structured references and errors are stepped over, names of
sheets and tables are found where they stand. Everything else stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from kam_xl.excel.tokens import TOKEN

ROWS, COLUMNS = 1_048_576, 16_384  # of a sheet

_PLAIN = re.compile(r"[^\W\d][\w.]*")
_LIKE_A_REFERENCE = re.compile(r"[a-z]{1,3}\d+|r\d*|c\d*|r\d*c\d*|true|false", re.IGNORECASE)
_SHEET = re.compile(r"'(?P<quoted>(?:[^'\[\]:]|'')+)'|(?P<bare>\w[\w.]*)")
_CELLS = re.compile(r"\$?(?P<left>[A-Za-z]{1,3})\$?(?P<top>\d+)(?::\$?(?P<right>[A-Za-z]{1,3})\$?(?P<bottom>\d+))?")


@lru_cache(maxsize=1024)
def quoted(sheet: str) -> str:
    """A sheet's name as formulas write it: in apostrophes only where it needs them.

    >>> quoted("Plan"), quoted("Plan 1"), quoted("It's"), quoted("A1")
    ('Plan', "'Plan 1'", "'It''s'", "'A1'")
    """
    if _PLAIN.fullmatch(sheet) and not _LIKE_A_REFERENCE.fullmatch(sheet):
        return sheet
    return "'" + sheet.replace("'", "''") + "'"


def same(one: str, other: str) -> bool:
    """Whether two names are one to Excel, which does not tell capitals apart."""
    return one.casefold() == other.casefold()


def moved(formula: str, sheet: str, prefix: str, tables: Mapping[str, str] | None = None) -> str:
    """The formula with its references to one sheet turned to another, and its table names exchanged.

    References through several sheets (``Jan:Mar!A1``), to other workbooks and within texts stay.

    Parameters
    ----------
    formula : str
        Without the leading "=" (one does no harm).
    sheet : str
        The sheet left behind.
    prefix : str
        What stands in its place, with the exclamation mark: ``quoted("Nordwerk") + "!"``.
    tables : mapping of str to str, optional
        New names by old ones in lower case.

    Examples
    --------
    >>> moved("SUM('Plan A'!B2:B9)+Other!C1", "Plan A", "Nordwerk!")
    'SUM(Nordwerk!B2:B9)+Other!C1'
    >>> moved('SUM(Sales[Jan])&"Sales"', "Plan A", "Nordwerk!", {"sales": "Sales_2"})
    'SUM(Sales_2[Jan])&"Sales"'
    """
    folded = sheet.casefold()

    def change(token: re.Match[str]) -> str:
        named = _single_sheet(token)
        if named and named[1].casefold() == folded:
            return token[0][: named[0]] + prefix
        name = _bare_name(token) if tables else None
        return tables.get(name.casefold(), token[0]) if tables and name else token[0]

    return TOKEN.sub(change, formula)


def sheets(formula: str) -> Iterator[str]:
    """The sheets of the same workbook that a formula names, those at the ends of a span too.

    >>> list(sheets("'My sheet'!A1+Jan:Mar!B2+[1]Other!C3"))
    ['My sheet', 'Jan', 'Mar']
    """
    for token in TOKEN.finditer(formula) if "!" in formula else ():
        if named := _single_sheet(token):
            yield named[1]
        else:
            yield from _ends(token)


def names(formula: str) -> Iterator[str]:
    """The bare names in a formula: defined names and tables.

    >>> list(names("SUM(Sales[Jan])*rate+A1"))
    ['Sales', 'rate']
    """
    return filter(None, map(_bare_name, TOKEN.finditer(formula)))


def is_external(formula: str) -> bool:
    """Whether a formula refers to another workbook.

    >>> is_external("[1]Plan!A1"), is_external("'[Book.xlsx]My plan'!A1"), is_external("[0]!rate+Sales[Jan]")
    (True, True, False)
    """
    for token in TOKEN.finditer(formula) if "[" in formula else ():
        if token["quoted"] is not None and "[" in token["quoted"]:
            return True
        if token[0].startswith("[") and "!" in (token[0][-1], formula[token.end() : token.end() + 1]):
            return not token[0].startswith("[0]")
    return False


def spans_renamed(formula: str, old: str, new: str) -> str:
    """The formula with a sheet renamed where it is the end of a span.

    >>> spans_renamed("SUM(Jan:Mar!A1)+Jan!A1", "Jan", "Jan 1")
    "SUM('Jan 1:Mar'!A1)+Jan!A1"
    """
    if ":" not in formula or old.casefold() not in formula.casefold():
        return formula

    def change(token: re.Match[str]) -> str:
        ends = _ends(token)
        if not any(same(end, old) for end in ends):
            return token[0]
        ends = [new if same(end, old) else end for end in ends]
        if any(quoted(end).startswith("'") for end in ends):
            return "'" + ":".join(end.replace("'", "''") for end in ends) + "'!"
        return ":".join(ends) + "!"

    return TOKEN.sub(change, formula)


def _ends(token: re.Match[str]) -> list[str]:
    """The first and the last sheet of a span, nothing where the token is none."""
    if token["quoted"] is not None and "[" not in token["quoted"] and ":" in token["quoted"]:
        return token["quoted"].replace("''", "'").split(":")
    return [token["first"], token["sheet"]] if token["first"] and not _continues_a_range(token) else []


def _bare_name(token: re.Match[str]) -> str | None:
    if token["name"]:
        return None if token["call"] else token["name"]
    return token[0] if token["column"] and not on_sheet(token["column"], token["row"]) else None


def on_sheet(column: str, row: str) -> bool:
    """Whether letters and digits are a cell, and not the name of a table such as ``XYZ1``.

    >>> on_sheet("$XFD", "1"), on_sheet("XYZ", "1")
    (True, False)
    """
    return column_number(column.lstrip("$")) <= COLUMNS and int(row.lstrip("$")) <= ROWS


def _single_sheet(token: re.Match[str]) -> tuple[int, str] | None:
    """Where in the token the prefix of one sheet begins, and the sheet; None where it names none or several."""
    if token["quoted"] is not None:
        name = token["quoted"].replace("''", "'")
        return None if "[" in name or ":" in name else (0, name)
    if token["sheet"] is None or (token["dollar"] and not token["first"]):
        return None
    if token["first"] and not _continues_a_range(token):
        return None
    return token.start("sheet") - token.start(), token["sheet"]


def _continues_a_range(token: re.Match[str]) -> bool:
    """Whether ``first:Plan!`` is the second half of ``Plan!first:Plan!last``, not the span of sheets."""
    before = token.string[token.start() - 1 : token.start()]
    return bool(before == "!" or token["dollar"])


class Area(NamedTuple):
    """A block of cells: rows and columns counted from 1, both ends included; `sheet` is "" where none is named."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def parse(cls, text: str) -> Area | None:
        """An area from its address, None where the text is anything else.

        >>> Area.parse("'It''s'!$B$2:$C$9")
        Area(sheet="It's", top=2, left=2, bottom=9, right=3)
        """
        before, mark, cells = text.strip().rpartition("!")
        sheet, place = _sheet_of(before) if mark else "", _place(cells)
        return None if sheet is None or place is None else cls(sheet, *place)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.bottom - self.top + 1, self.right - self.left + 1

    def cells(self) -> Iterator[tuple[int, int]]:
        """Row and column of every cell, row by row."""
        columns = range(self.left, self.right + 1)
        return ((row, column) for row in range(self.top, self.bottom + 1) for column in columns)

    def meets(self, row: int, column: int) -> bool:
        """Whether the cell lies within."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def address(self) -> str:
        """As formulas write it, fixed: ``'My sheet'!$B$2:$C$9``.

        >>> Area("Plan", 2, 2, 2, 2).address()
        'Plan!$B$2'
        """
        first = f"${column_letters(self.left)}${self.top}"
        last = f":${column_letters(self.right)}${self.bottom}" if self.shape != (1, 1) else ""
        return (quoted(self.sheet) + "!" if self.sheet else "") + first + last


@lru_cache(maxsize=1024)
def _sheet_of(text: str) -> str | None:
    """The sheet that stands before an exclamation mark, None where it is none."""
    match = _SHEET.fullmatch(text)
    return (match["quoted"] or match["bare"]).replace("''", "'") if match else None


@lru_cache(maxsize=4096)
def _place(cells: str) -> tuple[int, int, int, int] | None:
    """First row and column, last row and column of cells: the copies of a sheet all ask for the same ones."""
    match = _CELLS.fullmatch(cells)
    if match is None:
        return None
    top, left = int(match["top"]), column_number(match["left"])
    bottom = int(match["bottom"] or top)
    right = column_number(match["right"]) if match["right"] else left
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def areas(formula: str) -> list[Area]:
    """The areas of a reference, also of a union in brackets; empty where any of it is not an area.

    >>> areas("(Plan!$A$1:$A$3,Plan!$C$1)")
    [Area(sheet='Plan', top=1, left=1, bottom=3, right=1), Area(sheet='Plan', top=1, left=3, bottom=1, right=3)]
    """
    inner = formula[1:-1] if formula.startswith("(") and formula.endswith(")") else formula
    parsed = [Area.parse(part) for part in _split_at_commas(inner)]
    return [area for area in parsed if area] if all(parsed) else []


def _split_at_commas(formula: str) -> list[str]:
    """Cut at commas outside apostrophes: a sheet may be called "Jan, Feb"."""
    if "," not in formula:
        return [formula]
    parts = [""]
    for piece in re.split(r"('(?:[^']|'')*')", formula):
        if piece.startswith("'"):
            parts[-1] += piece
        else:
            first, *rest = piece.split(",")
            parts[-1] += first
            parts += rest
    return parts


@lru_cache(maxsize=16_384)
def column_number(letters: str) -> int:
    """A column's number from 1.

    >>> column_number("A"), column_number("AA")
    (1, 27)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


@lru_cache(maxsize=16_384)
def column_letters(number: int) -> str:
    """A column's letters.

    >>> column_letters(1), column_letters(27)
    ('A', 'AA')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


# Where a part's text holds formulas: cells, conditional formats, validations, tables, charts, controls, linked shapes.
_ELEMENT = re.compile(
    r"(<(?:\w+:)?(?:f|formula[12]?|calculatedColumnFormula|totalsRowFormula|sqref"
    r"|Fmla(?:Link|Range|Txbx|Group|Pict))(?:\s[^>]*)?(?<!/)>)([^<]+)(?=<)"
)
_ATTRIBUTE = re.compile(
    r'(\s(?:location|linkedCell|listFillRange|fmla(?:Link|Range|Txbx|Group)|textlink|cellRange)=")([^"]+)(?=")'
)


def in_text(xml: str, change: Callable[[str], str]) -> str:
    """A part's text with every formula in it changed; `change` gets and gives formulas as they stand in XML.

    >>> in_text('<c><f t="array">A!B1</f></c><hyperlink location="A!B1"/>', str.lower)
    '<c><f t="array">a!b1</f></c><hyperlink location="a!b1"/>'
    """

    def swap(match: re.Match[str]) -> str:
        return match[1] + change(match[2])

    return _ATTRIBUTE.sub(swap, _ELEMENT.sub(swap, xml))
