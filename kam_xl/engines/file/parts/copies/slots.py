"""The cells of a template that copies fill, and the names under which they are filled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from kam_xl.engines import dates
from kam_xl.engines.file.parts.caches import UNKNOWN
from kam_xl.engines.file.parts.cells import cell_xml, strings
from kam_xl.engines.numbers import number_text
from kam_xl.engines.values import CellError, Formula
from kam_xl.excel.error_values import ERRORS
from kam_xl.excel.references import column_letters
from kam_xl.ooxml.form import Form

Place = tuple[int, int]  # row and column

# The sorts of contents: they decide about the format of a cell and the way in which it is written. Text that Excel
# would take as something else has a format of its own; of dates the sort is their class.
NOTHING, NUMBER, TEXT, RISKY_TEXT, OTHER = "nothing", "number", "text", "risky text", "other"


@dataclass(slots=True, eq=False)
class Slot:
    """A cell to be filled.

    `tag` is its start tag without format and type; `own` is what the template has there, `formula` its formula and
    `markup` the formula's element (empty where it has none). `ends` holds what stands before and behind a content, with
    the format that the content asks for, by the sort of content (`stored`).
    """

    key: str
    place: Place
    prefix: str
    style: int
    tag: str = ""
    own: Form = field(default_factory=lambda: Form(""))
    formula: str = ""
    markup: Form = field(default_factory=lambda: Form(""))
    ends: dict[object, tuple[str, str]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where it is, ``B2``."""
        row, column = self.place
        return f"{column_letters(column)}{row}"

    def allow(self, sort: object, style: int) -> None:
        """Have contents of a sort written in a format."""
        start, p = f'{self.tag} s="{style}"' if style else self.tag, self.prefix
        if sort == NUMBER:
            self.ends[sort] = f"{start}><{p}v>", f"</{p}v></{p}c>"
        elif sort in {TEXT, RISKY_TEXT}:
            self.ends[sort] = f'{start} t="inlineStr"><{p}is>', f"</{p}is></{p}c>"
        else:
            self.ends[sort] = start, "/>" if sort == NOTHING else f"</{p}c>"

    def render(self, sort: object, content: object, values: Mapping[str, str]) -> str:
        """The cell with a content, as the file holds it, of a sort that was allowed."""
        start, end = self.ends[sort]
        if sort == NUMBER:
            return start + number_text(content) + end  # type: ignore[arg-type]
        if sort == NOTHING:
            return start + end
        if isinstance(content, str) and not isinstance(content, CellError):
            return start + strings.element(content, self.prefix + "t") + end
        kind, inner = self._inner(content, values)
        attributes = f' t="{kind}"' if kind else ""
        return f"{start}{attributes}>{inner}{end}"

    def _inner(self, content: object, values: Mapping[str, str]) -> tuple[str, str]:
        if not self.formula or not isinstance(content, Formula):
            return cell_xml.inner(content, self.prefix)
        kind, result = cell_xml.result(content.value if self.knows(content) else None, self.prefix)
        return kind, self.markup.fill(values) + result

    def shows(self, content: object) -> object:
        """What a chart sees of the cell with a content."""
        if not isinstance(content, Formula):
            return content
        if content.value is None or not self.knows(content):
            return UNKNOWN
        return CellError(content.value) if content.value in ERRORS else content.value

    def knows(self, formula: Formula) -> bool:
        """Whether this is the cell's formula, so that its value is right; a cell without one takes any."""
        return not self.formula or self.formula == formula.text.removeprefix("=")


def stored(content: object, date_1904: bool = False) -> tuple[object, object]:
    """The sort of a content, and the content as the file holds it.

    >>> stored("plain"), stored("=text"), stored(1.5), stored(float("nan"))
    (('text', 'plain'), ('risky text', '=text'), ('number', 1.5), ('nothing', None))
    """
    if content is None:  # the most frequent ones first
        return NOTHING, None
    kind = type(content)
    if kind is float and content - content == 0:  # type: ignore[operator]
        return NUMBER, content
    content = cell_xml.normal(content)
    if isinstance(content, Formula):
        if isinstance(content.value, (dt.date, dt.time, dt.timedelta)):
            content = Formula(content.text, dates.to_serial(content.value, date_1904))
        return OTHER, content
    if type(content) is str:
        return RISKY_TEXT if cell_xml.needs_prefix(content) else TEXT, content
    if content is None:
        return NOTHING, None
    if isinstance(content, (dt.date, dt.time, dt.timedelta)):
        return type(content), dates.to_serial(content, date_1904)
    return NUMBER if type(content) is int else OTHER, content
