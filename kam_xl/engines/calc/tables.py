"""Native tables of a sheet, which are Calc's database ranges with names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kam_xl.engines.bases.tables import TableBase, TablesBase
from kam_xl.engines.calc.formats import address_of, area_of
from kam_xl.engines.calc.gaps import named_gaps, refuse
from kam_xl.engines.errors import EditError
from kam_xl.excel.references import Area
from kam_xl.locale import Text

if TYPE_CHECKING:
    from kam_xl.engines.calc.sheets import Sheet

_ANONYMOUS = "__Anonymous_Sheet_DB__"  # Calc's own names for ranges that people filter without having named them
# What a cell looks like and takes, in the order that the call wants.
_LOOKS = (
    "BottomBorder",
    "CellBackColor",
    "CellProtection",
    "CellStyle",
    "CharColor",
    "CharFontName",
    "CharHeight",
    "CharPosture",
    "CharStrikeout",
    "CharUnderline",
    "CharWeight",
    "HoriJustify",
    "IsTextWrapped",
    "LeftBorder",
    "NumberFormat",
    "Orientation",
    "ParaIndent",
    "RightBorder",
    "ShrinkToFit",
    "TopBorder",
    "VertJustify",
)


@named_gaps
class Tables(TablesBase):
    """The tables of a sheet."""

    @property
    def api(self) -> Any:
        """Calc's own object, ``com.sun.star.sheet.DatabaseRanges``, of the whole book."""
        return self._sheet.book.api.DatabaseRanges

    def _all(self) -> list[Table]:
        place, ranges = self._sheet.position, self.api
        names = [name for name in ranges.getElementNames() if not name.startswith(_ANONYMOUS)]
        databases = [ranges.getByName(name) for name in names]
        return [Table(self._sheet, each) for each in databases if each.getDataArea().Sheet == place]

    def add(self, source: Any, name: str | None = None, has_headers: bool = True, **options: Any) -> Table:
        """Make a table of a range whose first row holds the names of the columns."""
        if not has_headers:
            refuse("Tables.add with has_headers=False; write a row of headers first")
        area, ranges = source.impl.area, self.api
        for other in self:
            if any(other.area.meets(*cell) for cell in area.cells()):
                raise EditError(Text("the table would overlap another one"), where=name or "", got=other.name)
        taken = [each.casefold() for each in ranges.getElementNames()]
        fresh = name or next(f"Table{n}" for n in range(1, len(taken) + 2) if f"table{n}" not in taken)
        if fresh.casefold() in taken:
            raise EditError(Text("another table or name of the workbook has this name"), got=fresh)
        ranges.addNewByName(fresh, address_of(area, self._sheet.position))
        made = ranges.getByName(fresh)
        made.ContainsHeader, made.AutoFilter = True, True
        return Table(self._sheet, made)


@named_gaps
class Table(TableBase):
    """One table."""

    api: Any = None  # a value of its own in the place of the property that the base class has

    def __init__(self, sheet: Sheet, ranged: Any) -> None:
        self._sheet, self.api = sheet, ranged

    @property
    def area(self) -> Area:
        """All its cells, header and totals among them."""
        return area_of(self.api.getDataArea())

    @property
    def name(self) -> str:
        return str(self.api.getName())

    @name.setter
    def name(self, value: str) -> None:
        self.api.setName(value)

    @property
    def show_headers(self) -> bool:
        return bool(self.api.ContainsHeader)

    @property
    def show_totals(self) -> bool:
        return bool(self.api.TotalsRow)

    @property
    def show_autofilter(self) -> bool:
        return bool(self.api.AutoFilter)

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        if not value:
            self.show_all_rows()
        self.api.AutoFilter = bool(value)

    def show_all_rows(self) -> None:
        """Show all rows of data; see `kam_xl.engines.filters`. Rows that people hid stay hidden."""
        descriptor = self.api.getFilterDescriptor()
        descriptor.setFilterFields3(())
        self.api.refresh()
        rows = self.range.api.getRows()
        rows.IsFiltered = False

    def resize(self, range: Any) -> None:
        """Give the table another range. A row of totals moves along; new rows look like the last one before them."""
        before, area = self.area, range.impl.area
        if (area.top, area.left) != (before.top, before.left):
            raise EditError(Text("a table must keep its first cell"), where=self.name, got=area.address())
        least = area.top + self.show_headers + self.show_totals
        area = area._replace(bottom=max(area.bottom, least))  # Excel, too, leaves one row of data
        last = before.bottom - self.show_totals
        if self.show_totals and area.bottom != before.bottom:
            self._move(before._replace(top=before.bottom), area.bottom)
        self.api.setDataArea(address_of(area, self._sheet.position))
        if area.bottom > before.bottom and last > before.top:
            self._dress(area._replace(top=last, bottom=last), last + 1, area.bottom - self.show_totals)

    def _move(self, cells: Area, row: int) -> None:
        target = self._sheet.api.getCellByPosition(cells.left - 1, row - 1).getCellAddress()
        self._sheet.change(lambda: self._sheet.api.moveRange(target, address_of(cells, self._sheet.position)))

    def _dress(self, like: Area, first: int, last: int) -> None:
        """Give rows the formats and validations of a model row, column by column."""
        for column in range(like.left, like.right + 1):
            model = self._sheet.api.getCellByPosition(column - 1, like.top - 1)
            looks = model.getPropertyValues(_LOOKS)
            cells = self._sheet.api.getCellRangeByPosition(column - 1, first - 1, column - 1, last - 1)
            cells.setPropertyValues(_LOOKS, looks)
            if model.Validation.Type.value != "ANY":
                cells.Validation = model.Validation
