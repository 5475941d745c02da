"""The contents of many copies, laid over a template's cells; of each copy only what differs from the one before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from kam_xl.engines.file.parts.copies.slots import Place, Slot
from kam_xl.engines.stamp import Fill, laid_out


class Field:
    """The cells that a name of the template stands for.

    Parameters
    ----------
    shape : (int, int)
        Rows and columns of the name's range.
    slots : sequence of sequences of Slot
        Its cells, row by row, as many of them as are filled.
    """

    def __init__(self, shape: tuple[int, int], slots: Sequence[Sequence[Slot]]) -> None:
        self._shape, self._slots = shape, slots
        self._column = tuple(row[0] for row in slots) if shape[1] == 1 else ()

    def laid(self, value: object, *where: str) -> tuple[Sequence[Slot], Sequence[object]]:
        """The cells for a value of the name, or for a list of values, and what goes into each."""
        if not isinstance(value, (list, tuple)):
            return self._slots[0][:1], (value,)
        is_list = bool(value) and not isinstance(value[0], (list, tuple))
        if is_list and self._column and len(value) <= self._shape[0]:
            return self._column[: len(value)], value
        rows = laid_out(value, *self._shape, ", ".join(where))
        each = list(chain.from_iterable(zip(*pair, strict=False) for pair in zip(self._slots, rows, strict=False)))
        return tuple(slot for slot, _ in each), [content for _, content in each]


class Layout:
    """The cells that copies fill, each once, in the order of their contents.

    Attributes
    ----------
    slots : list of Slot
    keys : frozenset of str
        The keys of their holes.
    moving : list of int
        The places among `slots` of formulas that name the sheet: they differ from copy to copy.
    charted : list of int
        The places of the cells that charts show.
    """

    def __init__(self, slots: Sequence[Slot], charted: Collection[Place]) -> None:
        last = {slot.key: at for at, slot in enumerate(slots)}  # of names that share a cell the last one has it
        self._order = sorted(last.values()) if len(last) < len(slots) else None
        self.slots = [slots[at] for at in sorted(last.values())]
        self.keys = frozenset(last)
        self.moving = [at for at, slot in enumerate(self.slots) if slot.markup.keys]
        self.charted = [at for at, slot in enumerate(self.slots) if slot.place in charted]

    def contents(self, given: list[object]) -> list[object]:
        """What goes into the cells, of what was given for all names."""
        return given if self._order is None else [given[at] for at in self._order]


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """One copy to be: its name, its cells with their contents, and how many rows of a name show."""

    name: str
    layout: Layout
    contents: Sequence[object]
    shown: Mapping[str, int]


class Layouts:
    """Lays fills over the fields of a template; the fills of one call most often have one layout in common."""

    def __init__(self, fields: Mapping[str, Field], charted: Collection[Place]) -> None:
        self._fields, self._charted = fields, charted
        self._known: dict[tuple[Sequence[Slot], ...], Layout] = {}
        self._whole: dict[object, Layout] = {}  # by the shape of fills of which each value has a cell, in their order

    def laid(self, fill: Fill) -> Laid:
        """A fill as the contents of cells; names that the template does not have are passed over."""
        shape = _shape(fill.cells)
        contents: list[object]
        if layout := self._whole.get(shape):
            contents = list(chain.from_iterable(fill.cells.values()))  # type: ignore[arg-type]
        else:
            layout, contents = self._laid(fill)
            if shape and len(contents) == sum(shape[1]):
                self._whole[shape] = layout
        return Laid(fill.name, layout, layout.contents(contents), fill.shown)

    def _laid(self, fill: Fill) -> tuple[Layout, list[object]]:
        slots: list[Sequence[Slot]] = []
        contents: list[object] = []
        for name, value in fill.cells.items():
            field = self._fields.get(name.casefold())
            if field is not None:
                cells, each = field.laid(value, fill.name, name)
                slots.append(tuple(cells))
                contents += each
        key = tuple(slots)
        layout = self._known.get(key)
        if layout is None:
            layout = self._known[key] = Layout(list(chain.from_iterable(slots)), self._charted)
        return layout, contents


def _shape(cells: Mapping[str, object]) -> tuple[tuple[str, ...], tuple[int, ...]] | None:
    """The names that a fill has lists of values for, and their lengths; None where a value is another."""
    if not all(type(value) is list for value in cells.values()):
        return None
    kinds = set(map(type, chain.from_iterable(cells.values())))  # type: ignore[arg-type]
    if any(issubclass(kind, (list, tuple)) for kind in kinds):
        return None
    return tuple(cells), tuple(map(len, cells.values()))  # type: ignore[arg-type]


def differing(copy: Laid, last: Laid | None) -> Iterable[int]:
    """The places of the cells that hold something else than those of another copy: all of them in another layout."""
    if last is None or last.layout is not copy.layout:
        return range(len(copy.contents))
    pairs = enumerate(zip(copy.contents, last.contents, strict=True))
    return [at for at, (new, old) in pairs if new is not old]
