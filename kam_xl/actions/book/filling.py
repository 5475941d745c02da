"""A sheet of ours, filled: read in one piece, decided cell by cell, written in as few calls as a program needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from kam_xl.actions.book.cell_contents import contents_of, write
from kam_xl.actions.book.record import Fate, Record, is_blank, same_formula
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
        self.shown = {
            name: [content.value if content.__class__ is Formula else content for content in column]
            for name, column in self._contents.items()
        }
        self.kept: list[str] = []
        self._new: dict[Place, object] = {}

    def drop(self, formulas: Mapping[str, str]) -> None:
        """Take cells that hold these formulas for blank ones."""
        for name, text in formulas.items():
            for at, content in enumerate(self._contents.get(name, ())):
                if isinstance(content, Formula) and same_formula(content.text, text):
                    self._contents[name][at] = None

    def put(self, name: str, at: int, value: object) -> None:
        """Put a value of ours into a cell that is the program's to write."""
        new = native(value)
        self._put(name, at, new)
        self._record.note(self._owner, key(name, at), None if isinstance(new, Formula) else new)

    def _put(self, name: str, at: int, new: object) -> None:
        self._new[self._place(name, at)] = new
        self.shown[name][at] = value_of(new)

    def _place(self, name: str, at: int) -> Place:
        area = self._areas[name]
        down, right = divmod(at, area.shape[1])
        return area.top + down, area.left + right

    def propose(self, name: str, at: int, value: object) -> None:
        """Put a proposal into a cell where nothing stands and none was made before."""
        fate = self._record.propose(self._owner, key(name, at), native(value), self._contents[name][at])
        if fate is Fate.WRITE:
            self.put(name, at, value)

    def fill(self, values: Mapping[str, object]) -> None:
        """Put values into fields, unless a person typed something else there; of columns as many as there is room."""
        for name, value in values.items():
            contents = self._contents.get(name)
            if contents is None:
                continue
            new = list(map(native, value if isinstance(value, list) else [value]))[: len(contents)]
            if self._calculates:
                contents = self._calculated(name, new, contents)
            for at, fate in self._record.settle_column(self._owner, _keys(name, len(contents)), new, contents):
                if fate is Fate.WRITE:
                    self._put(name, at, new[at])
                else:
                    row, column = self._place(name, at)
                    self.kept.append(f"{self._ours.title}!{column_letters(column)}{row}")

    def _calculated(self, name: str, new: list[object], contents: list[object]) -> list[object]:
        """The contents of cells, those with formulas of ours as they should be: the program finds the values itself."""
        known = [_is_formula(*pair) for pair in zip(new, contents, strict=False)]
        for at, is_ours in enumerate(known):
            if is_ours:
                self.shown[name][at] = value_of(new[at])
        return [ours if is_ours else cell for is_ours, ours, cell in zip(known, new, contents, strict=False)]

    def typed(self, formulas: Mapping[str, str | Sequence[str]]) -> dict[str, list[object]]:
        """What stands in cells instead of these formulas of ours: `typed_over`."""
        return {
            name: typed_over(contents, formulas[name]) for name, contents in self._contents.items() if name in formulas
        }

    def without_value(self, formulas: Mapping[str, str | Sequence[str]]) -> list[tuple[str, int]]:
        """The cells whose formula nobody has calculated, as field and place; `formulas` of ours have their values.

        A program that calculates has them all.
        """
        if self._calculates:
            return []
        return [
            (name, at)
            for name, contents in self._contents.items()
            for at, content in enumerate(contents)
            if isinstance(content, Formula)
            and content.value is None
            and not _is_one_of(content, formulas.get(name, ()))
            and self._ours.sheet.range(self._place(name, at)).raw_value is None  # an empty text or an error is a value
        ]

    def write(self) -> None:
        """Write what was settled."""
        write(self._ours.sheet, self._new)
        self._new.clear()


def typed_over(contents: Sequence[object], formulas: str | Sequence[str]) -> list[object]:
    """What cells of formulas show that hold something else; None where the formula stands, or nothing does.

    >>> typed_over([Formula("=A1", 5.0), 7.0, "", Formula("=9", 9.0)], ["=A1", "=A2", "=A3", "=A4"])
    [None, 7.0, None, 9.0]
    """
    column = (formulas,) if isinstance(formulas, str) else formulas
    return [
        None
        if is_blank(content) or (isinstance(content, Formula) and same_formula(content.text, text))
        else value_of(content)
        for content, text in zip(contents, column, strict=False)
    ]


def _is_one_of(content: Formula, formulas: str | Sequence[str]) -> bool:
    return any(same_formula(content.text, text) for text in ([formulas] if isinstance(formulas, str) else formulas))


def _is_formula(ours: object, content: object) -> bool:
    """Whether a cell holds a formula of ours already."""
    return isinstance(ours, Formula) and isinstance(content, Formula) and same_formula(content.text, ours.text)


@lru_cache(maxsize=1024)
def _keys(name: str, count: int) -> tuple[str, ...]:
    """The cells of a field, as the record has them: plans have the same ones."""
    return tuple([key(name, at) for at in range(count)])


def key(name: str, at: int) -> str:
    """A cell of a field, as the record has it.

    >>> key("kam_action_what", 2)
    'kam_action_what[2]'
    """
    return f"{name}[{at}]"
