"""The cells of a template that copies fill, and the names under which they are filled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from kam_xl.engines.file.parts import cells
from kam_xl.engines.file.parts.caches import UNKNOWN
from kam_xl.engines.file.parts.cells import CellError
from kam_xl.engines.file.parts.form import Form
from kam_xl.engines.file.parts.references import column_letters
from kam_xl.engines.stamp import laid_out
from kam_xl.engines.values import Formula

Place = tuple[int, int]  # row and column

_SORTS: Mapping[type, object] = {float: "value", int: "value", bool: "value", Formula: "value", type(None): "nothing"}
_RISKY = frozenset("=+-@")  # a text that begins so gets a format of its own, which keeps it text when it is edited


@dataclass(slots=True, eq=False)
class Slot:
    """A cell to be filled.

    `tag` is its start tag without format and type; `own` is what the template has there, `formula` its formula and
    `markup` the formula's element (empty where it has none). `starts` holds the start tag, with the format that a
    content asks for, by the sort of content (`sort_of`).
    """

    key: str
    place: Place
    prefix: str
    style: int
    tag: str = ""
    own: Form = field(default_factory=lambda: Form(""))
    formula: str = ""
    markup: Form = field(default_factory=lambda: Form(""))
    starts: dict[object, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where it is, ``B2``."""
        row, column = self.place
        return f"{column_letters(column)}{row}"

    def allow(self, sort: object, style: int) -> None:
        """Have contents of a sort written in a format."""
        self.starts[sort] = f'{self.tag} s="{style}"' if style else self.tag

    def render(self, sort: object, content: object, values: Mapping[str, str]) -> str:
        """The cell with a content, as `cells.inner` takes it, of a sort that was allowed."""
        start = self.starts[sort]
        if content is None:
            return start + "/>"
        if self.formula and isinstance(content, Formula):
            kind, inner = cells.inner(Formula("", content.value if self.knows(content) else None), self.prefix)
            inner = self.markup.fill(values) + inner.removeprefix(f"<{self.prefix}f></{self.prefix}f>")
        else:
            kind, inner = cells.inner(content, self.prefix)
        said = f' t="{kind}"' if kind else ""
        return f"{start}{said}>{inner}</{self.prefix}c>"

    def shows(self, content: object) -> object:
        """What a chart sees of the cell with a content."""
        if not isinstance(content, Formula):
            return content
        if content.value is None or not self.knows(content):
            return UNKNOWN
        return CellError(content.value) if content.value in cells.ERRORS else content.value

    def knows(self, formula: Formula) -> bool:
        """Whether this is the cell's formula, so that its value is right; a cell without one takes any."""
        return not self.formula or self.formula == formula.text.removeprefix("=")


def sort_of(content: object) -> object:
    """What decides the format of a cell about its content.

    >>> sort_of("plain"), sort_of("=text"), sort_of(1.5) == sort_of(2)
    ('text', 'risky text', True)
    """
    sort = _SORTS.get(type(content))
    if sort is None and isinstance(content, str):
        return "risky text" if content[:1] in _RISKY and content else "text"
    if sort is None and isinstance(content, (dt.date, dt.time, dt.timedelta)):
        return type(content)
    return sort or "value"


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
        self.first = slots[0][0]
        self._column = [row[0] for row in slots] if shape[1] == 1 else []

    def pairs(self, values: Sequence[object], *where: str) -> Iterable[tuple[Slot, object]]:
        """The cells for a list of values, each with its value."""
        is_list = bool(values) and not isinstance(values[0], (list, tuple))
        if is_list and self._column and len(values) <= self._shape[0]:
            return zip(self._column, values, strict=False)
        rows = laid_out(values, *self._shape, ", ".join(where))
        return chain.from_iterable(
            zip(slots, contents, strict=False) for slots, contents in zip(self._slots, rows, strict=False)
        )
