"""Many rows written into a sheet that has none: straight to their text, not cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, zip_longest
from typing import Protocol

from kam_xl.engines.file.errors import EditError
from kam_xl.engines.file.parts.cells import cell_xml
from kam_xl.excel.references import column_letters

_SAMPLE = "sample"
MANY = 64  # rows from which on it is worth its while
_AT_ONCE = 256  # rows that are made and let go of
_WHOLE = 1e15  # up to here a whole number is written with all of its digits
_KEPT = 2_000  # so many texts of a column are kept: others may be the same
_NONE = type(None)
_NUMBERS, _TEXTS = {float, int, _NONE}, {str, _NONE}


class _Target(Protocol):
    """A sheet: what its elements begin with, what a content is in a cell, and its name for messages."""

    prefix: str

    def written(self, content: object, style: int) -> tuple[object, int]: ...
    def at(self, row: int, column: int) -> str: ...


def rows_text(
    sheet: _Target, top: int, left: int, rows: Iterable[Sequence[object]], styles: Sequence[int]
) -> Iterator[str]:
    """The elements of rows, one by one; `styles` are the formats of their columns.

    Some rows at once are made column by column: what stands in a column is alike.

    Raises
    ------
    EditError
        If no cell can hold a value.
    """
    p = sheet.prefix
    columns = [_Column(sheet, column_letters(at), style) for at, style in enumerate(styles, left)]
    remaining = iter(rows)
    while block := list(islice(remaining, _AT_ONCE)):
        numbers = list(map(str, range(top, top + len(block))))
        try:
            cells = [each.cells(numbers, of) for each, of in zip(columns, zip_longest(*block), strict=False)]
        except EditError as error:
            error.where = _place(sheet, top, left, block, styles)
            raise
        for number, row in zip(numbers, map("".join, zip(*cells, strict=True)), strict=False):
            if row:
                yield f'<{p}row r="{number}">{row}</{p}row>'
        top += len(block)


class _Column:
    """How the cells of a column are written."""

    def __init__(self, sheet: _Target, letters: str, style: int) -> None:
        self._sheet, self._style = sheet, style
        p = sheet.prefix
        self._start = f'<{p}c r="{letters}'
        self._number = f"{_start(sheet.written(0.0, style)[1])}><{p}v>"
        self._number_end = f"</{p}v></{p}c>"
        self._head, self._tail = _cell(sheet, _SAMPLE, style).split(_SAMPLE)
        self._known: dict[str, str] = {}

    def cells(self, numbers: Sequence[str], contents: Sequence[object]) -> list[str]:
        """The cells in rows of these numbers, nothing for one without a content."""
        kinds = set(map(type, contents))
        if kinds == {_NONE}:
            return [""] * len(numbers)
        if kinds <= _NUMBERS:
            return self._numbers(numbers, contents)  # type: ignore[arg-type]
        if kinds <= _TEXTS:
            return self._texts(numbers, contents)  # type: ignore[arg-type]
        return [self._other(number, content) for number, content in zip(numbers, contents, strict=True)]

    def _numbers(self, numbers: Sequence[str], contents: Sequence[float | None]) -> list[str]:
        start, before, end = self._start, self._number, self._number_end
        return [
            ""
            if content is None
            else f"{start}{number}{before}{content!r}{end}"
            if content % 1 > 0  # finite, not whole
            else f"{start}{number}{before}{int(content)}{end}"
            if -_WHOLE < content < _WHOLE
            else self._other(number, content)
            for number, content in zip(numbers, contents, strict=True)
        ]

    def _texts(self, numbers: Sequence[str], contents: Sequence[str | None]) -> list[str]:
        start, known = self._start, self._known
        if len(known) > _KEPT:
            known.clear()
        if new := [text for text in dict.fromkeys(contents) if text is not None and text not in known]:
            known.update(zip(new, self._made(new), strict=True))
        return [
            "" if text is None else f"{start}{number}{known[text]}"
            for number, text in zip(numbers, contents, strict=True)
        ]

    def _made(self, texts: list[str]) -> Iterable[str]:
        """Cells with texts, from behind their place."""
        simple = cell_xml.simple_markups(texts)
        if simple is None:
            return [_cell(self._sheet, text, self._style) for text in texts]
        return [f"{self._head}{markup}{self._tail}" for markup in simple]

    def _other(self, number: str, content: object) -> str:
        cell = _cell(self._sheet, content, self._style)
        return cell and f"{self._start}{number}{cell}"


def _start(style: int) -> str:
    return f'" s="{style}"' if style else '"'


def _cell(sheet: _Target, content: object, style: int) -> str:
    """A cell from behind its place, nothing for a content that is none."""
    p = sheet.prefix
    content, style = sheet.written(content, style)
    if content is None:
        return ""
    kind, inner = cell_xml.inner(content, p)
    kind_of = f' t="{kind}"' if kind else ""
    return f"{_start(style)}{kind_of}>{inner}</{p}c>"


def _place(sheet: _Target, top: int, left: int, rows: Sequence[Sequence[object]], styles: Sequence[int]) -> str:
    """The first cell of rows that cannot hold its value."""
    for row, contents in enumerate(rows, top):
        for column, (style, content) in enumerate(zip(styles, contents, strict=False), left):
            try:
                _cell(sheet, content, style)
            except EditError:  # noqa: PERF203 (there is one)
                return sheet.at(row, column)
    return sheet.at(top, left)
