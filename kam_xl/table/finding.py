"""What the data check has to say: one finding per bad cell, with its address and the way out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from string import ascii_uppercase, digits
from typing import Literal, NamedTuple

from kam_xl.locale import Text

Grade = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Finding:
    """One thing to know about the data.

    An error makes a number or a client unusable, a warning makes it doubtful, a note tells what was done with it.
    `cell` is an address such as "D7", blank where the finding is about no cell; `value` is what stands there.
    """

    sheet: str
    cell: str
    client_id: str
    client: str
    code: str
    grade: Grade
    message: Text
    value: object
    remedy: Text

    @property
    def address(self) -> str:
        """The cell as a formula writes it: "'My clients'!D7"."""
        return address(self.sheet, self.cell)

    @property
    def row(self) -> int | None:
        """The row of the cell."""
        row = self.cell.lstrip(ascii_uppercase)
        return int(row) if row else None

    @property
    def column(self) -> str:
        """The letters of the cell's column."""
        return self.cell.rstrip(digits)


class Remark(NamedTuple):
    """A finding on its way: about a data row (from 0) and a column (from 0), either of which may be missing."""

    row: int | None
    column: int | None
    code: str
    grade: Grade
    message: Text
    value: object
    remedy: Text


def address(sheet: str, cell: str) -> str:
    """A cell with its sheet, quoted where a formula needs it.

    >>> address("Clients", "D7"), address("Bob's list", "D7"), address("", "D7")
    ('Clients!D7', "'Bob''s list'!D7", 'D7')
    """
    if not sheet or not cell:
        return cell or sheet
    plain = sheet.isidentifier() and not any(character.isdigit() for character in sheet)
    return f"{sheet}!{cell}" if plain else "'" + sheet.replace("'", "''") + f"'!{cell}"


def part_of_year(findings: Iterable[Finding]) -> Finding | None:
    """The finding that the revenue is that of a part of a year, where it is."""
    return next((each for each in findings if each.code == "part-of-year"), None)


def months_covered(findings: Iterable[Finding]) -> int | None:
    """How many months of a year the revenue is of, 0 where nobody knows; None where it is that of a whole year.

    >>> message = Text("The revenue is that of {n} months.", n=10)
    >>> months_covered([Finding("", "", "", "", "part-of-year", "warning", message, None, Text(""))])
    10
    """
    part = part_of_year(findings)
    months = part.message.values.get("n", 0) if part else None
    return months if isinstance(months, int) else None


def sums_in_doubt(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that say why a sum of all clients is wrong or unknown."""
    return [each for each in findings if each.grade == "error" and each.code in ("currencies-differ", "total-differs")]
