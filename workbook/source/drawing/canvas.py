"""A sheet while it is drawn from the top down: cells, their names, print settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import quote_sheetname
from openpyxl.utils.cell import absolute_coordinate
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.properties import PageSetupProperties

from drawing import style
from drawing.style import Look, Painter
from kam_xl.domain.model import Labelled
from kam_xl.locale import Text
from kam_xl.plan.fields import Field, Number
from kam_xl.plan.reports import report_fields

A4 = 9
MARGIN, VERTICAL_MARGIN, FOOTER_MARGIN = 0.45, 0.6, 0.3  # inches


class GrowingRow(RowDimension):  # type: ignore[misc] # openpyxl has no types
    """A row whose height is not the last word."""

    customHeight = False  # noqa: N815 (the attribute's name in the file)


class Canvas:
    """One of our sheets, drawn from `row` downwards; a span is a pair of columns such as "B:D"."""

    def __init__(self, book: Workbook, kind: Labelled, painter: Painter, mark: str = "kam_sheet") -> None:
        self.kind, self.painter, self.lang = kind, painter, painter.lang
        self.sheet = book.create_sheet(self.say(kind.label))
        self.sheet.sheet_view.showGridLines = False
        self.sheet.sheet_properties.tabColor = style.BAND
        self.row = 1
        self._define(mark, f'"{kind}"')

    def say(self, text: Text) -> str:
        """A text in the sheet's language."""
        return text.render(self.lang)

    def widths(self, widths: Mapping[str, float]) -> None:
        """Column widths in characters, by column letter."""
        for column, width in widths.items():
            self.sheet.column_dimensions[column].width = width

    def cells(self, span: str, rows: int = 1) -> str:
        """The address of a span at the current row, `rows` high."""
        left, _, right = span.partition(":")
        return f"{left}{self.row}:{right or left}{self.row + rows - 1}"

    def write(
        self,
        span: str,
        value: Text | str | float | None,
        look: Look,
        number: Number = Number.TEXT,
        rows: int = 1,
    ) -> str:
        """Write one cell, merged over its span; returns the address of its first cell."""
        area = self.cells(span, rows)
        for line in self.sheet[area]:
            for cell in line:
                self.painter.paint(cell, look, number)
        first, _, last = area.partition(":")
        self.sheet[first].value = value.render(self.lang) if isinstance(value, Text) else value
        if first != last:
            self.sheet.merge_cells(area)
        return first

    def name(self, name: str, area: str) -> None:
        """Give cells a name of this sheet."""
        self._define(name, self.reference(area))

    def reference(self, area: str) -> str:
        """An area with its sheet, absolute, as formulas and charts take it."""
        return f"{quote_sheetname(self.sheet.title)}!{absolute_coordinate(area)}"

    def _define(self, name: str, refers_to: str) -> None:
        self.sheet.defined_names[name] = DefinedName(name, attr_text=refers_to)

    def height(self, points: float, *, grows: bool = False) -> None:
        """The height of the current row; one that grows is fitted to its text when a user types into it."""
        kind = GrowingRow if grows else RowDimension
        self.sheet.row_dimensions[self.row] = kind(self.sheet, index=self.row, ht=points)

    def gap(self, points: float = 6) -> None:
        """An empty row."""
        self.height(points)
        self.row += 1

    def line(self, span: str, value: Text | str | None, look: Look, height: float) -> str:
        """A row of one cell; returns its address."""
        first = self.write(span, value, look)
        self.height(height)
        self.row += 1
        return first

    def tiles(
        self,
        tiles: Iterable[tuple[Field, str]],
        look: Look,
        height: float = 24,
        label_height: float = 13,
    ) -> dict[str, str]:
        """Named cells side by side under their titles, in the letters of `look`; returns the address of each."""
        tiles = list(tiles)
        for field, span in tiles:
            self.write(span, field.title, style.TILE_LABEL)
        self.height(label_height)
        self.row += 1
        letters: dict[str, Any] = {"size": look.size, "bold": look.bold, "vertical": look.vertical}
        places = {field.name: self.field(field, span, **letters) for field, span in tiles}
        self.height(height)
        self.row += 1
        return places

    def field(self, field: Field, span: str, value: str | None = None, **look: Any) -> str:
        """Write and name the cell of a field of one row; returns its address."""
        first = self.write(span, value, style.field_look(field, **look), field.number)
        self.name(field.name, first)
        return first

    def updated(self, field: Field, span: str, look: Look) -> None:
        """The day of the build, with its title inside the number format: one cell that reads as a sentence."""
        first = self.write(span, None, look, field.number)
        date = self.sheet[first]
        date.number_format = f'"{self.say(field.title)} "{date.number_format}'
        self.name(field.name, first)

    def report_head(self, title: str, day: str) -> None:
        """Title and day of the build side by side on a dark band; below them the summary and the unit."""
        self.write(title, self.kind.label, style.TITLE)
        self.updated(report_fields.BUILT, day, style.TITLE_NOTE)
        self.height(34)
        self.row += 1
        self.field(report_fields.SUMMARY, title, size=11, edge="")
        self.field(report_fields.UNIT, day, edge="", horizontal="right")
        self.height(30)
        self.row += 1

    def table(
        self,
        columns: Iterable[tuple[Field, str]],
        formulas: Mapping[str, Iterable[str]] | None = None,
        height: float = 15,
        head_height: float = 15,
        **look: Any,
    ) -> dict[str, str]:
        """Named columns side by side under their titles; returns the address of each without the title."""
        columns = list(columns)
        for field, span in columns:
            self.write(span, field.title, style.TABLE_HEAD._replace(horizontal=style.side(field)))
        self.height(head_height)
        self.row += 1
        places = {field.name: self._name_column(field, span) for field, span in columns}
        texts = {name: list(lines) for name, lines in (formulas or {}).items()}
        for number in range(columns[0][0].rows):
            for field, span in columns:
                value = texts[field.name][number] if field.name in texts else None
                self.write(span, value, style.field_look(field, **look), field.number)
            # A program fits the row to cells of one column only.
            self.height(height, grows=all(":" not in span for _, span in columns))
            self.row += 1
        return places

    def _name_column(self, field: Field, span: str) -> str:
        """Name the rows of a field from the current row down; returns their address."""
        column = span.partition(":")[0]
        area = f"{column}{self.row}:{column}{self.row + field.rows - 1}"
        self.name(field.name, area)
        return area

    def page(self, area: str = "", *, landscape: bool = False, title_rows: str = "1:1", wide: int = 1) -> None:
        """Print on A4, `wide` pages wide and as many high as it takes, with the title rows on each page."""
        sheet = self.sheet
        if area:
            sheet.print_area = area
        sheet.print_title_rows = title_rows
        sheet.page_setup.paperSize = A4
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = wide, 0
        sheet.print_options.horizontalCentered = True
        margins = sheet.page_margins
        margins.left = margins.right = MARGIN
        margins.top = margins.bottom = VERTICAL_MARGIN
        margins.header = margins.footer = FOOTER_MARGIN
        # &A is the sheet's name (on a plan: the client), &P the page, &N the number of pages.
        sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", self.say(Text("page &P of &N"))
        sheet.oddFooter.left.size = sheet.oddFooter.right.size = 8
