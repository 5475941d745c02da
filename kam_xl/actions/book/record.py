"""What the program wrote, kept in a hidden sheet of the book, so that what a user typed over it can be told apart.

A rebuild may overwrite a cell only while it still holds what the last build put there. `Record.settle` is the one place
that decides it, for plans, reports, lists, imported deals and formulas alike; `Record.propose` does so for proposals.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum

import xlwings as xw

from kam_xl.actions.book.sheets import NamedSheet, OurSheets
from kam_xl.actions.book.trend_record import with_trends, without_trends
from kam_xl.engines.values import Formula, put
from kam_xl.plan.account.formulas import link_text
from kam_xl.plan.account.values import serial
from kam_xl.plan.fields import OurSheet

_HEADER = ["owner", "part", "written"]
_PART = 4_000  # letters of a cell; Excel refuses blocks in which a text has more than 8 203 units
_DATE = "date"
_BOOK, _LANGUAGE, _READING, _OPERATIONAL = "book", "language", "reading", "operational"
_MISSING = object()


class Fate(Enum):
    """What becomes of a cell that the program has something to put into."""

    WRITE = "write"  # blank, or as the last build left it
    LEAVE = "leave"  # it says so already
    KEEP = "keep"  # a user typed something else: that stays, and is reported


class Record:
    """Owner (a plan, a row of a list) and field -> the value last written there.

    Attributes
    ----------
    lang : str
        The language of the last build; blank before the first.
    reading : str
        The reading that the client table is read by (`kam_xl.table.kept_reading`), blank where none was given.
    has_operational : bool
        Whether the last build counted with an operational plan.
    damaged : list of str
        The owners of rows that somebody damaged: what was written for them is not known, so all counts as people's.
    stranded : dict of str to list of str
        By the title of a list, the cells beside it that this build left where they were while their rows moved.
    """

    def __init__(self, sheets: OurSheets) -> None:
        self._sheets = sheets
        self.damaged: list[str] = []
        self.stranded: dict[str, list[str]] = {}
        self._rows = _rows(sheets.find(OurSheet.RECORD))  # as they stand in the book
        kept = unpacked(self._rows, self.damaged.append)
        self.lang = _language(kept)
        of_book = kept.pop(_BOOK, {})
        self.reading = str(of_book.get(_READING) or "")
        self.has_operational = bool(of_book.get(_OPERATIONAL))
        self._before = with_trends(kept, self.lang)
        # Kept apart: a user may have copied a plan, and both copies are compared.
        self._written = {owner: dict(fields) for owner, fields in self._before.items()}

    @contextmanager
    def saved(self) -> Iterator[None]:
        """Save at the end of the block, also where it failed half way: what is not on record counts as typed."""
        try:
            yield
        except BaseException:
            with suppress(Exception):  # the first failure is the one to tell
                self.save()
            raise
        self.save()

    def __contains__(self, key: tuple[str, str]) -> bool:
        owner, field = key
        return field in self._before.get(owner, {})

    def of(self, owner: str) -> Mapping[str, object]:
        """Field -> value as the last build wrote them for an owner."""
        return self._before.get(owner, {})

    def owners(self) -> list[str]:
        """All owners that the last build wrote for."""
        return list(self._before)

    def note(self, owner: str, field: str, value: object) -> None:
        """Remember what was written; a blank cell is nobody's."""
        if is_blank(value):
            self._written.get(owner, {}).pop(field, None)
        else:
            self._written.setdefault(owner, {})[field] = value

    def replace(self, owner: str, values: Mapping[str, object]) -> None:
        """Remember these values of an owner and no others."""
        self._written[owner] = {field: value for field, value in values.items() if not is_blank(value)}

    def accept(self, owner: str, field: str, value: object) -> None:
        """Take what a user typed for ours: it has gone where it belongs."""
        self.note(owner, field, value)
        self._before.setdefault(owner, {})[field] = value

    def carry_on(self, carried: Callable[[Mapping[str, dict[str, object]]], dict[str, dict[str, object]]]) -> None:
        """Keep what was written under other owners from now on."""
        self._before, self._written = carried(self._before), carried(self._written)

    def is_ours(self, owner: str, field: str, content: object, formula: str = "") -> bool:
        """Whether a cell holds what the program put there, or nothing.

        Parameters
        ----------
        owner, field : str
        content : object
            The cell's value, or `Formula` where it has one.
        formula : str, optional
            The formula of ours that belongs into the cell.
        """
        if is_blank(content):
            return True
        if isinstance(content, Formula):
            return same_formula(content.text, formula) if formula else link_text(content.text) is not None
        return not formula and same(content, self._before.get(owner, {}).get(field, _MISSING))

    def settle(self, owner: str, field: str, new: object, content: object) -> Fate:
        """Decide what becomes of a cell, and remember what it holds of ours from now on.

        Parameters
        ----------
        owner, field : str
        new : object
            What the program has to say there: a value or a `Formula` with its value.
        content : object
            What the cell holds: a value or a `Formula`.
        """
        fate = self._fate(owner, field, new, content)
        if fate is not Fate.KEEP:
            self.note(owner, field, None if isinstance(new, Formula) else new)
        return fate

    def settle_column(
        self, owner: str, fields: Sequence[str], new: Sequence[object], contents: Sequence[object]
    ) -> Iterator[tuple[int, Fate]]:
        """Settle cells one by one; gives the places of those that are not left as they are, and what becomes of them.

        The shortest of the sequences ends it.
        """
        written = self._written.setdefault(owner, {})
        for at, (field, value, content) in enumerate(zip(fields, new, contents, strict=False)):
            if _says_so(value, content):  # of most cells, and quicker to see
                if value.__class__ is Formula or is_blank(value):
                    written.pop(field, None)
                else:
                    written[field] = value
            elif (fate := self.settle(owner, field, value, content)) is not Fate.LEAVE:
                yield at, fate

    def propose(self, owner: str, field: str, new: object, content: object) -> Fate:
        """Decide on a proposal: made once, and only where nothing stands, not even a formula that shows nothing."""
        if is_blank(new) or not is_blank(content) or (owner, field) in self or owner in self.damaged:
            return Fate.LEAVE
        self.note(owner, field, new)
        return Fate.WRITE

    def _fate(self, owner: str, field: str, new: object, content: object) -> Fate:
        if isinstance(new, Formula):
            return self._fate_of_formula(new, content)
        shows = content.value if isinstance(content, Formula) else content
        if same(shows, new):
            return Fate.LEAVE
        if self.is_ours(owner, field, content):
            return Fate.WRITE
        return Fate.LEAVE if is_blank(new) else Fate.KEEP

    def _fate_of_formula(self, new: Formula, content: object) -> Fate:
        is_link = link_text(new.text) is not None
        if isinstance(content, Formula) and same_formula(content.text, new.text):
            return Fate.LEAVE if same(content.value, new.value) else Fate.WRITE
        if is_blank(content) or (is_link and self.is_ours("", "", content)):
            return Fate.WRITE
        if isinstance(content, Formula):
            # In a plan whoever owns the template may have improved on ours; a link of ours is nobody's to improve.
            return Fate.KEEP if is_link else Fate.LEAVE
        if same(content, new.value):  # a program that keeps no formulas left the text of a link
            return Fate.WRITE if is_link else Fate.LEAVE
        return Fate.KEEP

    def save(self) -> None:
        """Write the record into its hidden sheet, from the first row on that differs from what stands there."""
        of_book = {_LANGUAGE: self.lang, _READING: self.reading, _OPERATIONAL: self.has_operational}
        of_book = {name: value for name, value in of_book.items() if value or name == _LANGUAGE}
        written = {_BOOK: of_book, **without_trends(self._written, self.lang)}
        ours = self._sheets.find(OurSheet.RECORD)
        if ours is None:
            return
        rows, old = packed(written), self._rows or _rows(ours)
        known = min(len(rows), len(old))
        first = next((at for at in range(known) if rows[at] != old[at]), known)
        stale = first if first == 0 else len(rows)  # what is written over need not be cleared
        if stale < len(old):
            ours.sheet.range((stale + 1, 1), (len(old), len(old[0]))).clear()  # formats too: dates once had some
        if first < len(rows):
            put(ours.sheet.range((first + 1, 1)), rows[first:])
        self._rows = rows


def language_of_last_build(book: xw.Book) -> str:
    """The language of the last build, blank before the first.

    The record stands behind the plans: looked for from the end, it is there before any of them is asked.
    """
    sheets = (NamedSheet(sheet) for sheet in reversed(book.sheets))
    return _language(unpacked(_rows(next((ours for ours in sheets if ours.kind == OurSheet.RECORD), None))))


def _rows(ours: NamedSheet | None) -> list[list[object]]:
    return ours.sheet.used_range.options(ndim=2).value if ours else []


def _language(written: Mapping[str, Mapping[str, object]]) -> str:
    return str(written.get(_BOOK, {}).get(_LANGUAGE) or "")


def packed(written: Mapping[str, Mapping[str, object]]) -> list[list[object]]:
    """The rows of the record sheet: an owner's fields as one text, in as many parts as cells need.

    A row for each field would be a hundred for each plan, which programs take long to read and to write.

    >>> packed({"plan:7": {"kam_built": date(2026, 6, 1), "kam_revenue": 60.0}})[1:]
    [['plan:7', 1, '{"kam_built": {"date": "2026-06-01T00:00:00"}, "kam_revenue": 60.0}']]
    """
    rows: list[list[object]] = [[*_HEADER]]
    for owner, fields in written.items():
        if fields:
            as_cells = {name: float(value) if type(value) is int else value for name, value in fields.items()}
            text = _JSON.encode(as_cells)
            parts = (text[at : at + _PART] for at in range(0, len(text), _PART))
            rows += ([owner, number, part] for number, part in enumerate(parts, start=1))
    return rows


def unpacked(
    rows: Sequence[Sequence[object]], damaged: Callable[[str], object] = lambda owner: None
) -> dict[str, dict[str, object]]:
    """Owner and field -> value from the rows of the sheet; an owner whose text is none any more is told.

    >>> unpacked(packed({"plan:7": {"kam_built": date(2026, 6, 1), "kam_revenue": 60.0}}))
    {'plan:7': {'kam_built': datetime.datetime(2026, 6, 1, 0, 0), 'kam_revenue': 60.0}}
    """
    if not rows or len(rows[0]) < len(_HEADER):
        return {}
    header, *body = rows
    unpacked: dict[str, dict[str, object]] = {}
    if header[1] == "field":  # a row for each field, as the first versions kept them
        for owner, name, value, *_ in body:
            unpacked.setdefault(str(owner), {})[str(name)] = value
        return unpacked
    texts: dict[str, list[str]] = {}
    for owner, _, part, *_ in body:
        if owner is not None:
            texts.setdefault(str(owner), []).append(str(part))
    for owner, parts in texts.items():
        try:
            fields = json.loads("".join(parts), object_hook=_moment_of)
        except (ValueError, RecursionError):
            fields = None
        if isinstance(fields, dict):
            unpacked[owner] = fields
        else:
            damaged(owner)
    return unpacked


def _plain(value: object) -> object:
    if isinstance(value, date):
        return {_DATE: _moment(value).isoformat()}
    return float(value) if isinstance(value, Decimal) else str(value)


def _moment_of(value: dict[str, object]) -> object:
    return datetime.fromisoformat(str(value[_DATE])) if value.keys() == {_DATE} else value


_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=_plain)


def _says_so(new: object, content: object) -> bool:
    """Whether a cell holds the very thing that it should; what a formula shows that shows nothing may be told as None.

    >>> _says_so("A", "A"), _says_so(Formula("=A1", ""), Formula("=A1")), _says_so(Formula("=A1", 0.0), Formula("=A1"))
    (True, True, False)
    """
    if new.__class__ is not content.__class__:
        return False
    if isinstance(new, Formula) and isinstance(content, Formula) and content.value is None:
        return new.text == content.text and is_blank(new.value)
    return new == content


def is_blank(value: object) -> bool:
    return value is None or value == ""


def same_formula(one: str, other: str) -> bool:
    """Whether two formulas are the same to a spreadsheet program, with their "=" or without.

    >>> same_formula("=A1+B1", "A1+B1"), same_formula("=A1", "=A2")
    (True, False)
    """
    return one.removeprefix("=") == other.removeprefix("=")


def same(one: object, other: object) -> bool:
    """Whether two cell values are the same to a user.

    >>> same(1, 1.0), same("a", "A"), same(0.1 + 0.2, 0.3), same(date(2026, 1, 2), datetime(2026, 1, 2))
    (True, False, True, True)

    A date written as its serial number is read as a date where the cell has a date format.

    >>> same(46358.0, datetime(2026, 12, 2)), same(date(2026, 12, 3), 46358), same("02.12.2026", date(2026, 12, 2))
    (True, False, False)
    """
    if is_blank(one) and is_blank(other):
        return True
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=1e-9)
    if isinstance(one, date) and isinstance(other, date):
        return _moment(one) == _moment(other)
    if isinstance(one, date) or isinstance(other, date):
        days, others = serial(one), serial(other)
        return days is not None and others is not None and math.isclose(days, others, rel_tol=1e-9)
    if isinstance(one, str) and isinstance(other, str):
        return one.replace("\r\n", "\n") == other.replace("\r\n", "\n")
    return one == other


def _moment(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, time())
