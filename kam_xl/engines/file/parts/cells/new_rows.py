"""Many rows written into a sheet that has none: straight to their text, not cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from kam_xl.engines.file.errors import EditError
from kam_xl.engines.file.parts.cells import cell_xml
from kam_xl.excel.references import column_letters

_SAMPLE = "sample"
MANY = 64  # rows from which on it is worth its while
_AT_ONCE = 256  # rows that are made and let go of
_WHOLE = 1e15  # up to here a whole number is written with all of its digits
_SHORT, _KEPT = 256, 2_000  # so long are texts that may stand in many cells, and so many of a column are kept


class _Target(Protocol):
    """A sheet: what its elements begin with, what a content is in a cell, and its name for messages."""

    prefix: str

    def written(self, content: object, style: int) -> tuple[object, int]: ...
    def at(self, row: int, column: int) -> str: ...


def rows_text(
    sheet: _Target, top: int, left: int, rows: Iterable[Sequence[object]], styles: Sequence[int]
) -> Iterator[str]:
    """The elements of rows, one by one; `styles` are the formats of their columns.

    Raises
    ------
    EditError
        If no cell can hold a value.
    """
    p = sheet.prefix
    row_start, row_end, number_end = f'<{p}row r="', f"</{p}row>", f"</{p}v></{p}c>"
    looks = [_Look(sheet, style) for style in styles]
    columns = [
        (f'<{p}c r="{column_letters(column)}', look.number, look, look.other) for column, look in enumerate(looks, left)
    ]
    for at, contents in enumerate(rows, top):
        number = str(at)
        try:
            cells = [
                f"{start}{number}{number_start}{content!r}{number_end}"
                if content.__class__ is float and content % 1 > 0  # finite, not whole
                else f"{start}{number}{texts[content]}"
                if content.__class__ is str
                else other(start + number, content)
                for (start, number_start, texts, other), content in zip(columns, contents, strict=False)
                if content is not None
            ]
        except EditError as error:
            error.where = _place(sheet, at, left, contents, styles)
            raise
        if row := "".join(cells):
            yield f'{row_start}{number}">{row}{row_end}'


class _Look(dict[str, str]):
    """How cells of a column are written, from behind their place: by text those that may stand in many of its cells."""

    def __init__(self, sheet: _Target, style: int) -> None:
        self._sheet, self._style = sheet, style
        self._head, self._tail = _cell(sheet, _SAMPLE, style).split(_SAMPLE)
        self.number = f"{_start(sheet.written(0.0, style)[1])}><{sheet.prefix}v>"

    def __missing__(self, text: str) -> str:
        simple = cell_xml.simple_markup(text)
        cell = _cell(self._sheet, text, self._style) if simple is None else f"{self._head}{simple}{self._tail}"
        if len(text) <= _SHORT and len(self) < _KEPT:
            self[text] = cell
        return cell

    def other(self, start: str, content: object) -> str:
        """A cell that holds neither a text nor a fraction, nothing for a value that is none."""
        what = content.__class__
        if (what is int or what is float) and -_WHOLE < content < _WHOLE:  # type: ignore[operator]
            p = self._sheet.prefix
            return f"{start}{self.number}{int(content)}</{p}v></{p}c>"  # type: ignore[call-overload]
        cell = _cell(self._sheet, content, self._style)
        return cell and start + cell


def _start(style: int) -> str:
    return f'" s="{style}"' if style else '"'


def _cell(sheet: _Target, content: object, style: int) -> str:
    p = sheet.prefix
    content, style = sheet.written(content, style)
    if content is None:
        return ""
    kind, inner = cell_xml.inner(content, p)
    kind_of = f' t="{kind}"' if kind else ""
    return f"{_start(style)}{kind_of}>{inner}</{p}c>"


def _place(sheet: _Target, row: int, left: int, contents: Sequence[object], styles: Sequence[int]) -> str:
    """The first cell of a row that cannot hold its value."""
    for column, (style, content) in enumerate(zip(styles, contents, strict=False), left):
        try:
            _cell(sheet, content, style)
        except EditError:  # noqa: PERF203 (there is one)
            return sheet.at(row, column)
    return sheet.at(row, left)
