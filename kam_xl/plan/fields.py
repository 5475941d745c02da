"""The named fields of our sheets: what stands on them and whose it is. No cells, no addresses.

Each sheet carries its fields as defined names of its own (sheet-scoped), so that people may move, restyle and extend
the sheets freely.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kam_xl.domain.model import Labelled
from kam_xl.locale import Text


class OurSheet(Labelled):
    """The sheets we make; the code is the value of the name `kam_sheet` on each, the label its usual title."""

    PLAN = "plan", Text("Plan template")
    KEY_ACCOUNTS = "key_accounts", Text("Key accounts")
    PORTFOLIO = "portfolio", Text("Portfolio")
    DASHBOARD = "dashboard", Text("Operational dashboard")
    AGENDA = "agenda", Text("This week")
    CHANGES = "changes", Text("What changed")
    WHITESPACE = "whitespace", Text("Whitespace")
    WHITE_SPOTS = "white_spots", Text("White spots")
    DATA_CHECK = "data_check", Text("Data check")
    CONFLICTS = "conflicts", Text("Conflicts")
    SETTINGS = "settings", Text("KAM settings")
    RECORD = "record", Text("KAM record")  # hidden: what the program wrote, to know what people typed over


class Kind(Enum):
    """Whose a field is."""

    COMPUTED = "computed"  # ours: written at every build
    PROPOSAL = "proposal"  # written once, as soon as there is one, then the user's
    ENTRY = "entry"  # the user's: never written


class Number(Enum):
    """What a cell holds, and so how it is shown."""

    TEXT = "text"
    MONEY = "money"
    SHARE = "share"  # a fraction, shown in per cent
    COUNT = "count"
    DATE = "date"
    INDEX = "index"  # a pure number between 0 and 1
    YEAR = "year"


@dataclass(frozen=True)
class Field:
    """A named cell, or a named column of `rows` cells.

    `choices` are offered in a drop-down; `long` text wants room to be read and typed.
    """

    name: str
    title: Text
    kind: Kind
    number: Number = Number.TEXT
    rows: int = 1
    choices: tuple[Text | int, ...] = ()
    long: bool = False


@dataclass(frozen=True)
class Section:
    """A titled part of the plan sheet; fields of more than one row stand side by side as a table.

    `tables` names the first field of each of its tables. These grow as they are filled: beyond the last filled row they
    show `spare` blank ones. An optional section is there when it is used: until then its rows are folded away, and
    nothing of it is printed.
    """

    code: str
    title: Text
    fields: tuple[Field, ...]
    tables: tuple[str, ...] = ()
    spare: int = 2
    optional: bool = False

    @property
    def part(self) -> str:
        """The name of all its rows on the sheet, the heading's included."""
        return f"kam_part_{self.code}"


@dataclass(frozen=True)
class Column:
    """A column of one of the native tables; its header cell has the name `kam_col_<code>`."""

    code: str
    title: Text
    number: Number = Number.TEXT
    long: bool = False

    @property
    def name(self) -> str:
        """The defined name of the header cell."""
        return f"kam_col_{self.code}"
