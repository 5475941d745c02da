"""A new workbook of plain tables: a header that stays in sight, columns as wide as they need, rows made as they go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from kam_xl.engines import dates
from kam_xl.engines.file.errors import EditError
from kam_xl.engines.file.parts.blank import blank_workbook
from kam_xl.engines.file.parts.cells import cell_xml
from kam_xl.engines.file.parts.cells.new_rows import rows_text
from kam_xl.engines.file.parts.looks import formats
from kam_xl.engines.file.parts.looks.styles import Styles
from kam_xl.engines.file.parts.workbook import WORKSHEET, Workbook
from kam_xl.excel.references import ROWS, Area, column_letters
from kam_xl.locale import Text
from kam_xl.ooxml import xml
from kam_xl.ooxml.markup import LongText

AMOUNT, SHARE = "#,##0", "0.0%"
_NARROW, _WIDE, _MEASURED = 9, 60, 200  # widths in characters; how many rows are measured
_MARGIN = 0.7109375  # what Excel adds to a width in characters
_AT_ONCE = 256  # rows that are made, written and let go of
_FONT = '<font>{weight}<sz val="10"/><color rgb="FF{ink}"/><name val="Calibri"/><family val="2"/></font>'
_BAND = '<fill><patternFill patternType="solid"><fgColor rgb="FF34495E"/><bgColor indexed="64"/></patternFill></fill>'
_FORMAT = (
    '<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" applyNumberFormat="1" '
    'applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center"{wrap}/></xf>'
)
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="{main}"><dimension ref="{area}"/><sheetViews><sheetView{selected} workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>'
    '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>'
)
_TAIL = '</sheetData><autoFilter ref="{area}"/></worksheet>'
_ROW, _TALL_ROW = '<row r="1">', '<row r="1" ht="30" customHeight="1">'
Row = Sequence[object]


class TooManyRowsError(EditError):
    """A table has more rows than a sheet."""

    def __init__(self, name: str, rows: int) -> None:
        super().__init__(
            Text("a sheet holds {most:count} rows, the table has {rows:count}", most=ROWS, rows=rows),
            where=name,
            remedy=Text("Write a .csv file instead."),
        )


class PlainSheet(NamedTuple):
    """A table to be written.

    Attributes
    ----------
    header : sequence
        The titles of its columns: texts, or the first days of months.
    rows : iterable of sequences
        `row_count` rows of plain values. They are gone through twice, the first ones for the widths of the columns.
    row_count : int
    number_formats : mapping of int to str
        How numbers look in a column, counted from 0; by default as amounts.
    """

    header: Row
    rows: Iterable[Row]
    row_count: int
    number_formats: Mapping[int, str] = {}


def plain_book(sheets: Mapping[str, PlainSheet]) -> Workbook:
    """A workbook with these sheets, by name; no text becomes a formula. Their rows are made when it is saved.

    Raises
    ------
    TooManyRowsError

    Examples
    --------
    >>> book = plain_book({"Clients": PlainSheet(["Client", "Revenue"], [["=Nord", 900.0]], 1)})
    >>> b"<t>=Nord</t>" in book.package.read(book.sheets[0].part)
    True
    """
    book = blank_workbook()
    first = book.sheets[0]
    for number, (name, sheet) in enumerate(sheets.items()):
        if sheet.row_count >= ROWS:
            raise TooManyRowsError(name, sheet.row_count + 1)
        if number:
            entry = book.add_entry(name, book.package.fresh_name(str(first.part)))
        else:  # a new workbook comes with a sheet
            entry = first
            book.tabs.rename(entry, name)
        area = Area(name, 1, 1, sheet.row_count + 1, len(sheet.header))
        book.names.add("_xlnm._FilterDatabase", area.address(), entry, hidden=True)
        book.package.put(str(entry.part), _Content(book.styles, name, sheet, selected=not number), WORKSHEET)
    return book


class _Look:
    """The formats of headers or of rows, in the styles of a workbook."""

    def __init__(self, styles: Styles, font: str, day: str, fill: str = "", wrap: str = "") -> None:
        self._styles, self._wrap = styles, wrap
        self._font, self._fill = styles.add("fonts", font), styles.add("fills", fill) if fill else 0
        self.text, self.day = self.of(formats.GENERAL), self.of(day)
        # Added now: the styles may be written before the rows are made.
        self.quoted = styles.with_prefix(self.text, True)

    def of(self, code: str) -> int:
        """The format of numbers that look so."""
        number = self._styles.number_of(code)
        element = _FORMAT.format(number=number, font=self._font, fill=self._fill, wrap=self._wrap)
        return self._styles.add("cellXfs", element)


class _Cells:
    """Makes cells whose format follows from what they hold; `new_rows` asks it as it asks a sheet."""

    prefix = ""

    def __init__(self, name: str, look: _Look) -> None:
        self._name, self._look = name, look

    def written(self, content: object, style: int) -> tuple[object, int]:
        """A content as the file holds it, and its format; `style` is that of the numbers in its column."""
        content = cell_xml.normal(content)
        if isinstance(content, str):
            return content, self._look.quoted if cell_xml.needs_prefix(content) else self._look.text
        if isinstance(content, dt.date):
            return dates.to_serial(content), self._look.day
        return content, self._look.text if content is None or isinstance(content, bool) else style

    def at(self, row: int, column: int) -> str:
        """A cell for a message."""
        return f"{self._name}!{column_letters(column)}{row}"


class _Content(LongText):
    """What a sheet's part will hold, made anew each time that it is asked for, and never there as a whole."""

    def __init__(self, styles: Styles, name: str, sheet: PlainSheet, *, selected: bool) -> None:
        self._name, self._sheet, self._selected = name, sheet, selected
        self._header = _Look(styles, _FONT.format(weight="<b/>", ink="FFFFFF"), "mmm yyyy", _BAND, ' wrapText="1"')
        self._body = _Look(styles, _FONT.format(weight="", ink="22303C"), formats.DATE)
        columns = range(len(sheet.header))
        self._titles = [self._header.of(AMOUNT) for _ in columns]
        self._columns = [self._body.of(sheet.number_formats.get(column, AMOUNT)) for column in columns]

    def _texts(self) -> Iterator[str]:
        sheet = self._sheet
        area = Area("", 1, 1, sheet.row_count + 1, len(sheet.header)).address().replace("$", "")
        selected = ' tabSelected="1"' if self._selected else ""
        yield _HEAD.format(main=xml.MAIN, area=area, selected=selected, columns="".join(self._widths()))
        (titles,) = rows_text(_Cells(self._name, self._header), 1, 1, [sheet.header], self._titles)
        yield titles.replace(_ROW, _TALL_ROW, 1)
        rows = rows_text(_Cells(self._name, self._body), 2, 1, sheet.rows, self._columns)
        while text := "".join(islice(rows, _AT_ONCE)):
            yield text
        yield _TAIL.format(area=area)

    def _widths(self) -> Iterator[str]:
        first = [self._sheet.header, *islice(self._sheet.rows, _MEASURED - 1)]
        for column in range(len(self._sheet.header)):
            longest = max(len(_shown(row[column])) for row in first if column < len(row))
            width = min(max(longest + 3, _NARROW), _WIDE) + _MARGIN
            yield f'<col min="{column + 1}" max="{column + 1}" width="{width}" customWidth="1"/>'


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}"
    return "" if value is None else "mmm yyyy" if isinstance(value, dt.date) else str(value)
