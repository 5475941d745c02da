"""Many rows written into a sheet that has none: straight to their text, not cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from kam_xl.engines.file.errors import EditError
from kam_xl.engines.file.parts import cell_xml
from kam_xl.engines.numbers import number_text
from kam_xl.excel.references import column_letters

_SAMPLE = "sample"
MANY = 64  # rows from which on it is worth its while
_SHORT, _KEPT = (
    64,
    20_000,
)  # so long are texts that may stand in many cells, and of so many it is known how they are written


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
    letters = [column_letters(column) for column in range(left, left + len(styles))]
    cell_of = {style: _cell_writer(sheet, style) for style in set(styles)}
    columns = [(f'<{p}c r="{letter}', cell_of[style]) for letter, style in zip(letters, styles, strict=True)]
    for number, contents in enumerate(rows, top):
        try:
            cells = [
                f"{start}{number}{cell}"
                for (start, write), content in zip(columns, contents, strict=False)
                if content is not None and (cell := write(content))
            ]
        except EditError as error:
            error.where = _place(sheet, number, left, contents, [write for _, write in columns])
            raise
        if cells:
            yield f'<{p}row r="{number}">{"".join(cells)}</{p}row>'


def _cell_writer(sheet: _Target, style: int) -> Callable[[object], str]:
    """What writes a cell of a column from behind its place; nothing for a value that is none."""
    p, known = sheet.prefix, dict[str, str]()
    head, tail = _cell(sheet, _SAMPLE, style).split(_SAMPLE)
    number_head, number_tail = f"{_start(sheet.written(0.0, style)[1])}><{p}v>", f"</{p}v></{p}c>"

    def write(content: object) -> str:
        what = content.__class__
        if what is str:
            cell = known.get(content)  # type: ignore[call-overload]
            if cell is None:
                plain = cell_xml.is_plain(content)  # type: ignore[arg-type]
                cell = f"{head}{content}{tail}" if plain else _cell(sheet, content, style)
                if len(content) <= _SHORT and len(known) < _KEPT:  # type: ignore[arg-type]
                    known[content] = cell  # type: ignore[index]
            return cell
        if what is int or (what is float and content - content == 0):  # type: ignore[operator]
            return number_head + number_text(content) + number_tail  # type: ignore[arg-type]
        return _cell(sheet, content, style)

    return write


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


def _place(
    sheet: _Target, row: int, left: int, contents: Sequence[object], writers: Sequence[Callable[[object], str]]
) -> str:
    """The first cell of a row that cannot hold its value."""
    for column, (write, content) in enumerate(zip(writers, contents, strict=False), left):
        try:
            write(content)
        except EditError:  # noqa: PERF203 (there is one)
            return sheet.at(row, column)
    return sheet.at(row, left)
