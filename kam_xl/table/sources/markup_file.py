"""Web pages and SpreadsheetML, which programs export under the name of a workbook."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from kam_xl.locale import Text
from kam_xl.table.errors import FileUnreadableError
from kam_xl.table.grid import Grid, Grids
from kam_xl.table.sources.text_file import decoded
from kam_xl.table.values.cells import Cell

_ROWS, _CELLS, _TABLES = ("tr", "row"), ("td", "th", "cell"), ("table",)
# No sheet is wider, and no cell spans more.
_WIDEST = 16_384


def read_markup_file(path: Path, data: bytes, encoding: str = "") -> Grids:
    """The tables of a web page, or the sheets of a SpreadsheetML file, as sheets.

    Raises
    ------
    FileUnreadableError
        Where it has no table.
    """
    tables = _Tables()
    tables.feed(decoded(path, data, encoding)[0])
    tables.close()
    grids = [grid for grid in tables.grids() if any(map(any, grid.rows))]
    if not grids:
        raise FileUnreadableError(
            Text("this is a web page or XML without a table"),
            where=str(path),
            remedy=Text("Export the table as .xlsx or .csv."),
        )
    return Grids(path.name, grids)


class _Tables(HTMLParser):
    """Collects cells: `<tr><td>` of web pages, `<Row><Cell><Data>` of SpreadsheetML, both in lower case."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._tables: list[tuple[str, list[list[Cell]]]] = []
        self._sheet = ""
        self._text: list[str] | None = None
        self._type = ""
        self._span = 1

    def grids(self) -> list[Grid]:
        """The tables as sheets; those without a name are numbered."""
        names = [name or f"Table{number}" for number, (name, _) in enumerate(self._tables, start=1)]
        return [Grid(name, rows) for name, (_, rows) in zip(names, self._tables, strict=True)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, row, cell or its data begins."""
        tag, given = tag.rpartition(":")[2], {name.rpartition(":")[2]: value or "" for name, value in attrs}
        if tag == "worksheet":
            self._sheet = given.get("name", "")
        elif tag in _TABLES:
            self._end_cell()
            self._tables.append((self._sheet, []))
        elif tag in _ROWS and self._tables:
            self._end_cell()
            rows = self._tables[-1][1]
            rows += [[] for _ in range(min(_number(given.get("index")) - 1 - len(rows), _WIDEST))]
            rows.append([])
        elif tag in _CELLS and self._tables and self._tables[-1][1]:
            self._end_cell()
            row = self._tables[-1][1][-1]
            row += [None] * min(_number(given.get("index")) - 1 - len(row), _WIDEST)
            self._text, self._type = [], "Number" if "num" in given and not given["num"] else ""
            self._span = max(_number(given.get("colspan")), _number(given.get("mergeacross")) + 1)
        elif tag == "data":
            self._type = given.get("type", "")
        elif tag == "br" and self._text is not None:
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """A cell, row or table ends."""
        if tag.rpartition(":")[2] in (*_CELLS, *_ROWS, *_TABLES):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        """Text, of which only that in cells counts."""
        if self._text is not None:
            self._text.append(data)

    def _end_cell(self) -> None:
        if self._text is None:
            return
        text = " ".join("".join(self._text).split())
        row = self._tables[-1][1][-1]
        row.append(_value(text, self._type))
        row += [None] * (min(self._span, _WIDEST) - 1)
        self._text = None


def _value(text: str, kind: str) -> Cell:
    if kind == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    return text or None


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0
