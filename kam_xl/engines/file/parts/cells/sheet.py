"""A worksheet: its cells written by changing the text of its part where they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import itemgetter

from kam_xl.engines import dates
from kam_xl.engines.file.errors import EditError
from kam_xl.engines.file.parts.cells import cell_xml, new_rows, splice
from kam_xl.engines.file.parts.cells.cell_xml import KEEP, Edit
from kam_xl.engines.file.parts.cells.grid import Cell
from kam_xl.engines.file.parts.cells.shared_parts import SharedParts
from kam_xl.engines.file.parts.cells.sheet_cells import SheetCells
from kam_xl.engines.file.parts.looks import formats
from kam_xl.engines.file.parts.names.tabs import SheetEntry
from kam_xl.engines.values import CellError, Formula, blocks
from kam_xl.excel.references import COLUMNS, ROWS, Area, column_letters
from kam_xl.excel.shifting import shifted
from kam_xl.locale import Text
from kam_xl.ooxml import markup, xml
from kam_xl.ooxml.archive import Packed
from kam_xl.ooxml.markup import LongText

_AT_ONCE = 64


class SheetPart(SheetCells):
    """A worksheet that can be written to.

    Edits are kept beside the text and spliced into it in one pass when the text is asked for.

    Attributes
    ----------
    values_changed, formulas_changed : bool
        Whether a value was set, or a formula set or removed.
    refresh_charts : bool
        Whether charts that came with the sheet keep the new values of cells that were written. Excel reads the cells
        anyway; programs that only show a book draw a chart from the values that it keeps. Charts of a sheet that was
        added always keep them; others are somebody's, and stay byte for byte unless asked.
    """

    def __init__(self, workbook: SharedParts, entry: SheetEntry) -> None:
        self.values_changed = self.formulas_changed = self.refresh_charts = False
        super().__init__(workbook, entry)

    def _begin(self) -> None:
        super()._begin()
        self._broken: dict[str, tuple[int, int, str]] = {}

    def set(self, row: int, column: int, content: object, *, style: int | None = None) -> None:
        """Write a cell.

        Parameters
        ----------
        row, column : int
            From 1.
        content : object
            None, a bool, a number, a date, a `Formula`, or a str, which is always literal text.
        style : int, optional
            The number of its format; by default it keeps its own, else takes its row's or column's.

        Raises
        ------
        EditError
            If no cell can hold this, or the cell is part of an array formula.
        """
        self.set_block(row, column, [[content]], style=style)

    def set_block(self, top: int, left: int, rows: Sequence[Sequence[object]], *, style: int | None = None) -> None:
        """Write a block of cells, row by row."""
        width = max(map(len, rows), default=0)
        if not width:
            return
        area = Area("", top, left, top + len(rows) - 1, left + width - 1)
        self._guard(area)
        if len(rows) >= new_rows.MANY and style is None and self._has_nothing:
            self._fill(area, rows)
            return
        for row, contents in enumerate(rows, top):
            self._put_row(row, enumerate(contents, left), style)

    def set_cells(self, cells: Mapping[tuple[int, int], object]) -> None:
        """Write cells wherever they are, by row and column."""
        if not cells or self.grid.arrays:  # of which no part can be written
            for place, rows in blocks(cells):
                self.set_block(*place, rows)
            return
        by_row: dict[int, list[tuple[int, object]]] = {}
        for (row, column), content in sorted(cells.items(), key=itemgetter(0)):
            by_row.setdefault(row, []).append((column, content))
        columns = [column for _, column in cells]
        self._guard(Area("", min(by_row), min(columns), max(by_row), max(columns)))
        for row, contents in by_row.items():
            self._put_row(row, contents, None)

    @property
    def _has_nothing(self) -> bool:
        """Whether no row is in the sheet yet, and nothing that would have to follow one: no table, no chart."""
        return not (
            self.edits or self.heights or self.hidden or len(self.grid.rows) or self.workbook.package.rels(self.part)
        )

    def _fill(self, area: Area, rows: Sequence[Sequence[object]]) -> None:
        """Write a block of rows into a sheet that has none, at once."""
        styles = [self._column_style(column) for column in range(area.left, area.right + 1)]
        made = new_rows.rows_text(self, area.top, area.left, rows, styles)
        texts = list(iter(lambda: "".join(islice(made, _AT_ONCE)), ""))
        p = self.prefix
        empty = f"<{p}sheetData/>"
        before, _, behind = splice.with_dimension(self.frame, area).partition(empty)
        data = [f"<{p}sheetData>", *texts, f"</{p}sheetData>"] if texts else [empty]
        self.replace(LongText([before, *data, behind]))
        self.values_changed = True
        self.formulas_changed = self.formulas_changed or any(Formula in map(type, contents) for contents in rows)

    def at(self, row: int, column: int) -> str:
        """A cell for a message: ``Sheet1!B2``."""
        return f"{self.entry.name}!{column_letters(column)}{row}"

    def set_style(self, row: int, column: int, style: int) -> None:
        """Give a cell another format; what it holds stays."""
        content = self.edits.get(row, {}).get(column, Edit(KEEP, 0)).content
        self.edits.setdefault(row, {})[column] = Edit(content, style)

    def set_height(self, row: int, points: float | None) -> None:
        """Give a row the height that its contents need, None for the sheet's usual one."""
        self.heights[row] = points

    def is_high(self, row: int, points: float | None) -> bool:
        """Whether a row says already what `set_height` would have it say."""
        attributes = self._row_attributes(row)
        says = None if points is None else f"{points:g}"
        return row not in self.heights and attributes.get("ht") == says and "customHeight" not in attributes

    def height(self, row: int) -> float:
        """The height of a row in points, 0 for a hidden one."""
        ((points, shows),) = self.rows_high(row, row)
        return points if shows else 0.0

    def rows_high(self, first: int, last: int) -> Iterator[tuple[float, bool]]:
        """The heights of some rows in points, those of hidden ones once they show, and whether they show."""
        usual = xml.find_all(self.frame, "sheetFormatPr")
        default = next((xml.attributes(xml.tag(self.frame, each)).get("defaultRowHeight") for each in usual), None)
        for row in range(first, last + 1):
            attributes = self._row_attributes(row)
            points = self.heights.get(row) if row in self.heights else attributes.get("ht")
            shows = not self.hidden.get(row, attributes.get("hidden") in {"1", "true"})
            yield float(points or default or 15), shows

    def _row_attributes(self, row: int) -> dict[str, str]:
        start = self.grid.row_start(row)
        return xml.attributes(self.grid.row_tag(start)[0]) if start is not None else {}

    def show(self, first: int, last: int, *, shown: bool = True) -> None:
        """Show the hidden ones of some rows, or hide the others; their heights stay what they are."""
        for row in range(first, last + 1):
            if shown is (self._row_attributes(row).get("hidden") in {"1", "true"}):
                self.hidden[row] = not shown
            else:
                self.hidden.pop(row, None)

    def clear(self, area: Area) -> None:
        """Empty the cells of a block; their formats stay."""
        self._guard(area)
        places = [
            (row, cell.column)
            for row, items in self.grid.block(area.top, area.bottom)
            for cell in items
            if not cell.empty
        ]
        places += [(row, column) for row, edits in self.edits.items() for column in edits]
        for row, column in places:
            if area.meets(row, column):
                self._put_row(row, [(column, None)], None)

    def _put_row(self, row: int, contents: Iterable[tuple[int, object]], style: int | None) -> None:
        """Write cells of a row, by column; what it has in common is looked up once."""
        cells, edits, of_row = self.cells(row), self.edits.get(row, {}), None
        for column, content in contents:
            old, edit = cells.get(column), edits.get(column)
            if content is None and style is None and old is None and edit is None:
                continue
            base = style
            if base is None and (edit or old):
                base = edit.style if edit else int((old and old.style) or 0)
            elif base is None:
                of_row = self._row_style(row) if of_row is None else of_row
                base = of_row or self._column_style(column)
            try:
                content, base = self.written(content, base)
            except EditError as error:
                error.where = self.at(row, column)
                raise
            if content is not None or style is not None or old or edit:
                self._note(row, column, old, content)
                edits[column] = Edit(content, base)
        if edits:
            self.edits[row] = edits

    def written(self, content: object, style: int) -> tuple[object, int]:
        """A content as the file holds it, dates as numbers, and the format that it asks of a cell with a format."""
        content = cell_xml.normal(content)
        if isinstance(content, (dt.date, dt.time, dt.timedelta)):
            content, style = self._dated(content, style)
        elif isinstance(content, Formula) and isinstance(content.value, (dt.date, dt.time, dt.timedelta)):
            value, style = self._dated(content.value, style)
            content = Formula(content.text, value)
        return content, self._quoted(content, style)

    def _dated(self, moment: dt.date | dt.time | dt.timedelta, style: int) -> tuple[float, int]:
        styles = self.workbook.styles
        if styles.number_format(style) == formats.GENERAL:
            style = styles.with_number_format(style, formats.for_moment(moment))
        return dates.to_serial(moment, self.workbook.date_1904), style

    def _quoted(self, content: object, style: int) -> int:
        """The format with which Excel, when the cell is edited, takes as text what is text, and only that."""
        if isinstance(content, str):
            risky = cell_xml.needs_prefix(content) and not isinstance(content, CellError)
            return self.workbook.styles.with_prefix(style, True) if risky else style
        return self.workbook.styles.with_prefix(style, False) if style and content is not None else style

    def _note(self, row: int, column: int, old: Cell | None, content: object) -> None:
        """Take down what a change of this cell means for the rest of the book."""
        self.values_changed = True
        formula = self.grid.formula(old) if old else None
        if formula or isinstance(content, Formula):
            self.formulas_changed = True
        if formula and formula[0].get("t") == "shared" and formula[1]:
            self._broken[formula[0].get("si", "")] = (row, column, formula[1])

    def _guard(self, area: Area) -> None:
        """Refuse a block that leaves the sheet, or cuts through an array formula."""
        if area.top < 1 or area.left < 1 or area.bottom > ROWS or area.right > COLUMNS:
            raise EditError(Text("the cells lie outside the sheet"), where=self.entry.name, got=area.address())
        for array in self.grid.arrays:
            if _overlap(array, area) and not _within(array, area):
                raise EditError(
                    Text("part of an array formula cannot be changed"),
                    where=f"{self.entry.name}!{area.address()}",
                    remedy=Text("Change the whole range {range}, or none of it.", range=array.address()),
                )

    def expanded(self) -> Iterator[tuple[int, int, str]]:
        """The formulas of cells that shared one whose master was overwritten: row, column, text of each."""
        for row, column, attributes, text in self.grid.formulas("shared") if self._broken else ():
            master = self._broken.get(attributes.get("si", ""))
            edit = self.edits.get(row, {}).get(column)
            if master and not text and (edit is None or edit.content is KEEP):
                yield row, column, shifted(master[2], row - master[0], column - master[1])

    # --- the text ----------------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """The part's text with all edits in it."""
        data = xml.child(self.frame, xml.root(self.frame), "sheetData")
        assert data is not None  # noqa: S101 - the frame holds it from the beginning
        grid = splice.render(self) if self.edits or self.heights or self.hidden else self.grid.text
        return self.frame[: data.start] + grid + self.frame[data.end :]

    def may_mention(self, word: str) -> bool:
        """Whether a formula may have a word, in lower case; that none has is certain, and cheap to know."""
        contents = (edit.content for edits in self.edits.values() for edit in edits.values())
        formulas = (content.text for content in contents if isinstance(content, Formula))
        return any(word in text.casefold() for text in (self.frame, self.grid.text, *formulas))

    def select(self, selected: bool) -> None:
        """Mark the sheet as the one shown, or not: of two that are marked, typing into one types into both."""
        for view in reversed(list(xml.find_all(self.frame, "sheetView"))):
            known = xml.attributes(xml.tag(self.frame, view)).get("tabSelected") in {"1", "true"}
            if known != selected:
                self.frame = xml.set_attributes(self.frame, view, {"tabSelected": "1" if selected else None})

    def render(self) -> bytes:
        """The part's bytes."""
        return markup.encode(self.text)

    def flush(self) -> None:
        """Hand the part to the package, to be written when the file is."""
        if self.changed:
            self._grow_dimension()
            self.workbook.touch(self.part)
            self.workbook.package.put(self.part, self.render)

    def pack(self) -> None:
        """Put the changes into the part now, and let its text go: of a thousand changed sheets no more is kept."""
        if self.changed:
            self._grow_dimension()
            self.replace(Packed(self.render()))

    def _grow_dimension(self) -> None:
        self.frame = splice.with_dimension(self.frame, splice.around(self.edits))


def _overlap(one: Area, other: Area) -> bool:
    return one.top <= other.bottom and other.top <= one.bottom and one.left <= other.right and other.left <= one.right


def _within(inner: Area, outer: Area) -> bool:
    return outer.meets(inner.top, inner.left) and outer.meets(inner.bottom, inner.right)
