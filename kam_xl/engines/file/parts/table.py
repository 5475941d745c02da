"""A native table of a sheet: its range, its columns, and what follows when it grows, shrinks or gets other headers."""

from __future__ import annotations

from functools import cached_property

from kam_xl.engines.file.errors import EditError
from kam_xl.engines.file.parts import charts, filters
from kam_xl.engines.file.parts.cells.cell_xml import KEEP
from kam_xl.engines.file.parts.cells.sheet import SheetPart
from kam_xl.engines.file.parts.workbook import Workbook
from kam_xl.engines.values import Formula
from kam_xl.excel.references import Area
from kam_xl.locale import Text
from kam_xl.ooxml import xml
from kam_xl.ooxml.errors import DamagedFileError
from kam_xl.ooxml.order import IN_WORKSHEET

TABLE = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"


class TablePart:
    """A table over its part's text.

    Attributes
    ----------
    area : Area
        All its cells, header and totals among them.
    """

    def __init__(self, sheet: SheetPart, part: str) -> None:
        self.sheet, self.part = sheet, part
        self.text = sheet.workbook.package.text(part)
        area = Area.parse(self.attributes.get("ref", ""))
        if area is None:
            raise DamagedFileError(Text("the table has no range"), where=part)
        self.area = area

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes of the table."""
        return xml.attributes(xml.root_tag(self.text))

    @property
    def name(self) -> str:
        """What formulas call it."""
        return self.attributes.get("displayName", "")

    @property
    def header_rows(self) -> int:
        """How many rows the header has: one or none."""
        return xml.number(self.attributes, "headerRowCount", 1)

    @property
    def totals_rows(self) -> int:
        """How many rows of totals there are: one or none."""
        return xml.number(self.attributes, "totalsRowCount", 0)

    @property
    def data(self) -> Area:
        """The cells between header and totals."""
        area = self.area
        return area._replace(top=area.top + self.header_rows, bottom=area.bottom - self.totals_rows)

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return [xml.attributes(xml.tag(self.text, item)).get("name", "") for item in self._column_elements()]

    def _column_elements(self) -> list[xml.Element]:
        parent = xml.child(self.text, xml.root(self.text), "tableColumns")
        return list(xml.children(self.text, parent, "tableColumn")) if parent else []

    def set(self, **attributes: str | None) -> None:
        """Change attributes of the table."""
        self._store(xml.set_attributes(self.text, xml.root(self.text), attributes))

    def _store(self, text: str) -> None:
        if text != self.text:
            self.text = text
            self.sheet.workbook.touch(self.part)
            self.sheet.workbook.package.put(self.part, text)

    # --- another range -----------------------------------------------------------------------------------------------

    def resize(self, workbook: Workbook, area: Area) -> None:
        """Give the table another range, which begins in the same cell and takes in header and totals.

        A row of totals moves to the new last row. New rows take the formats of the last one, and the formulas of
        calculated columns where their cells are empty. Charts over whole columns of the table follow.
        """
        if (area.top, area.left) != (self.area.top, self.area.left):
            raise EditError(Text("a table must keep its first cell"), where=self.name, got=area.address())
        least = area.top + self.header_rows + self.totals_rows
        area = area._replace(bottom=max(area.bottom, least))  # Excel, too, leaves one row of data
        self._refuse_overlap(area)
        old, old_area = self.data, self.area
        if area == old_area:
            return
        self._move_totals(area)
        self.area = area
        self._store(self._resized(old, old_area))
        self._set_columns(area.shape[1])
        self._fill(old)
        charts.follow(workbook, self.sheet.entry, _written(old), _written(self.data))

    def _refuse_overlap(self, area: Area) -> None:
        for other in tables(self.sheet):
            if other.part != self.part and any(other.area.meets(*cell) for cell in area.cells()):
                raise EditError(Text("the table would overlap another one"), where=self.name, got=other.name)

    def _move_totals(self, area: Area) -> None:
        if not self.totals_rows or area.bottom == self.area.bottom:
            return
        sheet, old, new = self.sheet, self.area.bottom, area.bottom
        for column in range(self.area.left, min(self.area.right, area.right) + 1):
            formula, value = sheet.formula(old, column), sheet.value(old, column)
            content = Formula(formula, value) if formula else value
            above = sheet.style(old - 1, column)
            sheet.set(new, column, content, style=sheet.style(old, column))
            sheet.set(old, column, None, style=above)

    def _resized(self, old: Area, old_area: Area) -> str:
        """The text with the new range, also in the filter and what it is sorted by."""
        text = self.text
        for name in ("sortCondition", "sortState", "autoFilter"):
            for element in reversed(list(xml.find_all(text, name))):
                area = Area.parse(xml.attributes(xml.tag(text, element)).get("ref", ""))
                if area is None:
                    continue
                bottom = self.data.bottom if area.bottom == old.bottom else area.bottom
                right = self.area.right if area.right == old_area.right and name != "sortCondition" else area.right
                text = xml.set_attributes(text, element, {"ref": _written(area._replace(bottom=bottom, right=right))})
        for element in reversed(list(xml.find_all(text, "filterColumn"))):
            if xml.number(xml.attributes(xml.tag(text, element)), "colId", 0) >= self.area.shape[1]:
                text = xml.replace(text, element, "")
        return xml.set_attributes(text, xml.root(text), {"ref": _written(self.area)})

    def _set_columns(self, count: int) -> None:
        """Add columns, named by their header cells, or take the last ones away."""
        elements = self._column_elements()
        if count == len(elements):
            return
        parent = xml.child(self.text, xml.root(self.text), "tableColumns")
        if parent is None:
            raise DamagedFileError(Text("the table has no columns"), where=self.part)
        columns = [xml.attributes(xml.tag(self.text, element)) for element in elements]
        number = max((xml.number(column, "id", 0) for column in columns), default=0)
        kept = [self.text[element.start : element.end] for element in elements[:count]]
        names = [column.get("name", "") for column in columns[:count]]
        p = parent.prefix
        for column in range(self.area.left + len(kept), self.area.right + 1):
            number += 1
            names.append(self._header(column, names))
            kept.append(f'<{p}tableColumn id="{number}" name="{xml.quote(_escaped(names[-1]))}"/>')
        element = f'<{p}tableColumns count="{count}">{"".join(kept)}</{p}tableColumns>'
        self._store(xml.replace(self.text, parent, element))

    def _header(self, column: int, taken: list[str]) -> str:
        """The name for a column: what its header cell says, which is made to say it as text, and once only."""
        row = self.area.top
        value = self.sheet.value(row, column) if self.header_rows else None
        wanted = _spoken(value) or f"Column{column - self.area.left + 1}"
        name, number = wanted, 2
        while name.casefold() in {known.casefold() for known in taken}:
            name, number = f"{wanted}{number}", number + 1
        if self.header_rows and name != value:
            self.sheet.set(row, column, name)
        return name

    def _fill(self, old: Area) -> None:
        """Give new rows the formats of the last old one, and the formulas of calculated columns."""
        formulas = [xml.child(self.text, element, "calculatedColumnFormula") for element in self._column_elements()]
        texts = [xml.content(self.text, each) if each else "" for each in formulas]
        columns = range(self.area.left, self.area.left + len(texts))
        # All at once before the loop: the last row would be read anew for each cell of the rows below.
        last = {column: self.sheet.style(old.bottom, column) for column in columns if column <= old.right}
        # A formula that shows nothing, for want of a function in some program, shows no error below, either.
        above = {column: self.sheet.value(old.bottom, column) for column in columns if column <= old.right}
        shown = {column: value for column, value in above.items() if isinstance(value, str) and value.isspace()}
        for row in range(old.bottom + 1, self.data.bottom + 1):
            for column, formula in zip(columns, texts, strict=True):
                own = self.sheet.style(row, column)
                style = last.get(column, own)
                empty = self.sheet.value(row, column) is None and not self.sheet.formula(row, column)
                if formula and empty:
                    self.sheet.set(row, column, Formula(formula, shown.get(column)), style=style)
                elif empty and style != own:
                    self.sheet.set_style(row, column, style)

    # --- its filter --------------------------------------------------------------------------------------------------

    def show_all_rows(self) -> None:
        """Show all rows of data: the criteria of the filter and what the table was sorted by go, the buttons stay."""
        filtered = filters.has_criteria(self.text)
        self._store(filters.cleared(self.text))
        self.sheet.show(self.data.top, self.data.bottom)
        others = [self.sheet.frame, *(table.text for table in tables(self.sheet))]
        if filtered and not any(map(filters.has_criteria, others)):
            self.sheet.frame = filters.without_mode(self.sheet.frame)

    # --- other headers -----------------------------------------------------------------------------------------------

    def follow_header(self) -> dict[str, str]:
        """Rename the columns whose header cells were written: to Excel a difference is a damaged file.

        Returns old names and new ones, by which formulas have to refer to them.
        """
        edits = self.sheet.edits.get(self.area.top, {}) if self.header_rows else {}
        if not any(column in edits and edits[column].content is not KEEP for column in self._columns()):
            return {}
        names, renamed = self.columns, {}
        for index, column in enumerate(self._columns()):
            others = names[:index] + names[index + 1 :]
            new = self._header(column, others) if column in edits else names[index]
            if new != names[index]:
                renamed[names[index]] = new
                names[index] = new
                self._store(xml.set_attributes(self.text, self._column_elements()[index], {"name": _escaped(new)}))
        return renamed

    def _columns(self) -> range:
        return range(self.area.left, self.area.right + 1)

    @cached_property
    def style(self) -> dict[str, str]:
        """The attributes of its style."""
        info = xml.child(self.text, xml.root(self.text), "tableStyleInfo")
        return xml.attributes(xml.tag(self.text, info)) if info else {}


def tables(sheet: SheetPart) -> list[TablePart]:
    """The tables of a sheet."""
    rels = sheet.workbook.package.rels(sheet.part)
    parts = [TablePart(sheet, rel.part) for rel in rels if rel.kind == "table" and rel.part]
    for table in parts:
        if table.area.shape[1] != len(table.columns):
            raise DamagedFileError(Text("the range of the table does not fit its columns"), where=table.part)
    return parts


def add(workbook: Workbook, sheet: SheetPart, area: Area, name: str, style: str) -> TablePart:
    """Make a table of a block of cells whose first row is its header."""
    for other in tables(sheet):
        if any(other.area.meets(*cell) for cell in area.cells()):
            raise EditError(Text("the table would overlap another one"), where=name, got=other.name)
    area = area._replace(bottom=max(area.bottom, area.top + 1))
    number, known = workbook.table_names.number(), workbook.table_names.fresh(name or "Table1")
    if name and known != name:
        raise EditError(Text("another table or name of the workbook has this name"), got=name)
    main = xml.STRICT_MAIN if workbook.package.strict else xml.MAIN
    reference = _written(area)
    text = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<table xmlns="{main}" id="{number}" name="{known}" '
        f'displayName="{known}" ref="{reference}" totalsRowShown="0"><autoFilter ref="{reference}"/>'
        f'<tableColumns count="0"/><tableStyleInfo name="{xml.quote(style)}" showFirstColumn="0" showLastColumn="0" '
        'showRowStripes="1" showColumnStripes="0"/></table>'
    )
    part = workbook.package.fresh_name("xl/tables/table1.xml")
    workbook.package.put(part, text, TABLE)
    _list(sheet, workbook.package.relate(sheet.part, "table", part))
    table = TablePart(sheet, part)
    table._set_columns(area.shape[1])
    return table


def _list(sheet: SheetPart, rel_id: str) -> None:
    """Tell the sheet of one more table."""
    sheet.frame, related = xml.with_relationships(sheet.frame)
    p, root = sheet.prefix, xml.root(sheet.frame)
    element = f'<{p}tablePart {related}:id="{rel_id}"/>'
    parent = xml.child(sheet.frame, root, "tableParts")
    if parent is None:
        new = f'<{p}tableParts count="1">{element}</{p}tableParts>'
        sheet.frame = xml.insert(sheet.frame, root, new, IN_WORKSHEET["tableParts"])
        return
    count = len(list(xml.children(sheet.frame, parent))) + 1
    frame = xml.append(sheet.frame, parent, element)
    parent = xml.child(frame, xml.root(frame), "tableParts") or parent
    sheet.frame = xml.set_attributes(frame, parent, {"count": str(count)})


def _written(area: Area) -> str:
    """An address as parts write it: ``A1:B2``, a single cell too as ``A1``."""
    return area._replace(sheet="").address().replace("$", "")


def _spoken(value: object) -> str:
    """What a header cell shows, as the name of a column."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _escaped(name: str) -> str:
    """A name as attributes write it, line breaks in the way of the format."""
    return name.replace("\r", "_x000d_").replace("\n", "_x000a_")
