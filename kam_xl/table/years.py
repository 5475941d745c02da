"""Which year the revenue is of: as headers and titles say, else the names of sheet and file; and what that means."""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePath

from kam_xl.domain.goals import last_full_year, year_label
from kam_xl.domain.periods import YEAR
from kam_xl.domain.settings import Settings
from kam_xl.locale import Quoted, Text
from kam_xl.table.block import Block
from kam_xl.table.finding import Grade, Remark
from kam_xl.table.headers.titles import year_of_title
from kam_xl.table.values.cells import quoted
from kam_xl.table.words.patterns import any_of
from kam_xl.table.words.vocabulary import section

FISCAL, YEAR_OF_NAME, OLD, RUNNING = "financial-year", "year-of-name", "old-figures", "running-year"
_SPAN = re.compile(r"(?<!\d)20(\d\d)\s?[/\u2010-\u2015-]\s?(?:20)?(\d\d)(?![\d/.-])")
_NAMED = re.compile(
    rf"(?<![^\W\d_])(?:(?:fy|gj)\s?'?\d|{any_of(section('periods')['financial_year'])})",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_OF_DATE = re.compile(r"20\d\d[-_. ]?(?:0[1-9]|1[0-2])(?!\d)|(?:0[1-9]|1[0-2])[-_. ]?20\d\d")
_ENDS = Text("{column} is a financial year: it was read as {year}, the year in which it ends.")
_BEGINS = Text("{column} is a financial year: it was read as the one that begins in {year}.")
_CALENDAR = Text("{column} names no financial year: by the setting financial_year_start it was read as {year}.")
_CALENDAR_REMEDY = Text("If the figures are of a calendar year, or of its months, remove that setting.")
_ENDS_REMEDY = Text("The setting financial_year_start says in which month financial years begin.")
_BEGINS_REMEDY = Text("If it is another one, name the year in the setting base_year.")
_OF_NAME = Text("The year of the revenue, {year}, is that in the name {name}.")
_OF_NAME_REMEDY = Text("Write the year into the header of the revenue if it is another one.")
_OLD = Text("The newest revenue is that of {year}: goals begin in {next}, which is over.")
_OLD_REMEDY = Text("Give newer figures; if these are newer, correct their header or the setting base_year.")
_RUNNING = Text("The revenue is that of {year}, which is not over yet.")
_RUNNING_REMEDY = Text("Compare it with budgets of the same months, or name another column in a reading file.")


def settle_year(block: Block, name: str, settings: Settings, today: date) -> int | None:
    """The year of the revenue; what is to be known about it becomes remarks of the block.

    Financial years are called after the year in which they end; where `settings` say in which month they begin, the
    years are those in which they begin, as in `kam_xl.domain.goals.last_full_year`, also in the block's history.
    """
    column = block.header.fields.get("revenue")
    if column is None:
        return None
    year = block.settled.unit(column).year or year_of_title(block.grid, block.header)
    latest = last_full_year(today, settings)
    if year and (title := _financial(block, column)):
        begins = settings.financial_year_start > 1
        if begins:
            year -= 1
            block.history = {each - 1: values for each, values in block.history.items()}
        message, remedy = (_BEGINS, _BEGINS_REMEDY) if begins else (_ENDS, _ENDS_REMEDY)
        _tell(block, FISCAL, "note", Text(message.message, column=quoted(title), year=str(year)), remedy)
    elif year and settings.financial_year_start > 1:
        of_months = any((each.months or YEAR) < YEAR for each in block.header.periods.values())
        part = block.settled.made_of.get(column, (column,))[0]
        values = {"column": quoted(block.header.titles[part]), "year": year_label(year, settings)}
        _tell(block, FISCAL, "warning" if of_months else "note", Text(_CALENDAR.message, **values), _CALENDAR_REMEDY)
    for place in (block.grid.sheet, PurePath(name).stem) if year is None else ():
        if year is None and (year := year_in_name(place, latest)):
            message = Text(_OF_NAME.message, year=str(year), name=Quoted(place))
            _tell(block, YEAR_OF_NAME, "note", message, _OF_NAME_REMEDY)
    if year and year > latest and not any(remark.code == "part-of-year" for remark in block.remarks):
        _tell(block, RUNNING, "note", Text(_RUNNING.message, year=str(year)), _RUNNING_REMEDY)
    if year and year < latest and not settings.base_year:
        _tell(block, OLD, "warning", Text(_OLD.message, year=str(year), next=str(year + 1)), _OLD_REMEDY)
    return year


def year_in_name(name: str, latest: int) -> int | None:
    """The only year in a name, no part of a date: the latest full one or that before it.

    An older one names the file rather than its figures, or figures that no plan can begin with: nothing is made of it.

    >>> year_in_name("sales_2024", 2025), year_in_name("clients 2025-11-30", 2025), year_in_name("plan 2026", 2025)
    (2024, None, None)
    >>> year_in_name("clients_2019", 2025) is None
    True
    """
    years = {int(year) for year in _YEAR.findall(name)}
    [year] = years if len(years) == 1 and not _OF_DATE.search(name) else [None]
    return year if year and latest - 1 <= year <= latest else None


def _financial(block: Block, column: int) -> str:
    """The header of the revenue, or of a part of it, that names a financial year."""
    titles = [block.header.titles[part] for part in block.settled.made_of.get(column, (column,))]
    return next((title for title in titles if names_financial(title)), "")


def names_financial(title: str) -> bool:
    """Whether a header names a year that may begin in another month than January.

    >>> names_financial("Sales FY25"), names_financial("2024/25"), names_financial("Sales 2024/12")
    (True, True, False)
    """
    spans = any(int(last) == (int(first) + 1) % 100 for first, last in _SPAN.findall(title))
    return spans or _NAMED.search(title) is not None


def _tell(block: Block, code: str, grade: Grade, message: Text, remedy: Text) -> None:
    column = block.header.fields["revenue"]
    block.remarks.append(Remark(None, column, code, grade, message, block.header.titles[column] or None, remedy))
