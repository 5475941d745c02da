"""A sheet of ours, filled: read in one piece, decided cell by cell, written in as few calls as a program needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from kam_xl.actions.book.cell_contents import contents_of, write
from kam_xl.actions.book.record import Fate, Record, same_formula
from kam_xl.actions.book.sheets import NamedSheet, native
from kam_xl.engines.values import Formula, Place, value_of
from kam_xl.excel.addresses import address
from kam_xl.excel.references import Area, column_letters


class Contents:
    """What a sheet holds, or the block around some areas of it, read in one piece: values, and `Formula` where one is.

    Parameters
    ----------
    ours : NamedSheet
    areas : collection of Area, optional
        What will be asked for; by default all that is used.
    """

    def __init__(self, ours: NamedSheet, areas: Collection[Area] = ()) -> None:
        if areas:
            self.top, self.left = min(area.top for area in areas), min(area.left for area in areas)
            bottom, right = max(area.bottom for area in areas), max(area.right for area in areas)
            block = ours.sheet.range(address(Area("", self.top, self.left, bottom, right)))
        else:
            block = ours.sheet.used_range
            self.top, self.left = block.row, block.column
        self.rows = contents_of(block)
        self.calculates = not getattr(block.impl, "keeps_formula_values", False)

    def of(self, area: Area) -> list[object]:
        """What the cells of one of the areas hold, row by row."""
        rows = self.rows[area.top - self.top : area.bottom - self.top + 1]
        first, behind = area.left - self.left, area.right - self.left + 1
        return (
            [row[first] for row in rows]
            if behind - first == 1
            else [cell for row in rows for cell in row[first:behind]]
        )

    def __getitem__(self, place: Place) -> object:
        """The content of the cell in a row and column, None outside of what is used."""
        row, column = place[0] - self.top, place[1] - self.left
        inside = 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row])
        return self.rows[row][column] if inside else None


class Filled:
    """The fields of a sheet of ours: what they hold, and what the program makes of them.

    Parameters
    ----------
    ours : NamedSheet
    record : Record
        Decides which cells the program may write.
    owner : str
        Under which the record keeps what was written on this sheet.
    names : iterable of str
        The fields; those that the sheet lacks are passed over.

    Attributes
    ----------
    shown : dict of str to list
        Field to the values of its cells from the top down, as they will be once written.
    kept : list of str
        Addresses of the cells that people typed over: they stay as they are.
    """

    def __init__(self, ours: NamedSheet, record: Record, owner: str, names: Iterable[str]) -> None:
        self._ours, self._record, self._owner = ours, record, owner
        self._areas = ours.areas(names)
        contents = Contents(ours, self._areas.values())
        self._calculates = contents.calculates
        self._contents = {name: contents.of(area) for name, area in self._areas.items()}
        self.shown = {name: [value_of(content) for content in column] for name, column in self._contents.items()}
        self.kept: list[str] = []
        self._new: dict[Place, object] = {}

    def put(self, name: str, at: int, value: object) -> None:
        """Put a value of ours into a cell that is the program's to write."""
        new = native(value)
        self._new[self._place(name, at)] = new
        self.shown[name][at] = value_of(new)
        self._record.note(self._owner, key(name, at), None if isinstance(new, Formula) else value)

    def _place(self, name: str, at: int) -> Place:
        area = self._areas[name]
        down, right = divmod(at, area.shape[1])
        return area.top + down, area.left + right

    def settle(self, name: str, at: int, value: object) -> None:
        """Put a value into a cell, unless a person typed something else there."""
        content, new = self._contents[name][at], native(value)
        if self._calculates and _is_formula(new, content):
            self.shown[name][at] = value_of(new)  # the program finds the value itself
            self._record.note(self._owner, key(name, at), None)
            return
        fate = self._record.settle(self._owner, key(name, at), new, content)
        if fate is Fate.WRITE:
            self.put(name, at, value)
        elif fate is Fate.KEEP:
            row, column = self._place(name, at)
            self.kept.append(f"{self._ours.title}!{column_letters(column)}{row}")

    def propose(self, name: str, at: int, value: object) -> None:
        """Put a proposal into a cell where nothing stands and none was made before."""
        fate = self._record.propose(self._owner, key(name, at), native(value), self._contents[name][at])
        if fate is Fate.WRITE:
            self.put(name, at, value)

    def fill(self, values: Mapping[str, object]) -> None:
        """Settle fields, of columns as many cells as there are values and room."""
        for name, value in values.items():
            column = value if isinstance(value, list) else [value]
            for at, each in enumerate(column[: len(self.shown.get(name, ()))]):
                self.settle(name, at, each)

    def write(self) -> None:
        """Write what was settled."""
        write(self._ours.sheet, self._new)
        self._new.clear()


def _is_formula(ours: object, content: object) -> bool:
    """Whether a cell holds a formula of ours already."""
    return isinstance(ours, Formula) and isinstance(content, Formula) and same_formula(content.text, ours.text)


def key(name: str, at: int) -> str:
    """A cell of a field, as the record has it.

    >>> key("kam_action_what", 2)
    'kam_action_what[2]'
    """
    return f"{name}[{at}]"
