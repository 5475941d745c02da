"""Excel tables: named areas of a sheet with a header, and totals below."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kam_xl.excel.references import Area
from kam_xl.ooxml import xml
from kam_xl.table.grid import Grid, Outline


@dataclass(frozen=True)
class ExcelTable:
    """Where a table stands, as its own part says; `titles` are those of its columns, `headed` that a row shows them."""

    name: str
    sheet: str
    area: Area
    titles: list[str]
    headed: bool
    totals: int

    @classmethod
    def of(cls, sheet: str, text: str) -> ExcelTable | None:
        """A table of a sheet from the text of its part; None where that gives no area."""
        attributes = xml.attributes(xml.root_tag(text))
        if not (area := Area.parse(attributes.get("ref", ""))):
            return None
        titles = [xml.attributes(tag).get("name", "") for tag in xml.start_tags(text, "tableColumn")]
        headed, totals = xml.number(attributes, "headerRowCount", 1) > 0, xml.number(attributes, "totalsRowCount", 0)
        return cls(attributes.get("displayName") or attributes.get("name", ""), sheet, area, titles, headed, totals)

    def cut_out(self, sheet: Grid) -> Grid:
        """The header and the data out of the whole sheet; the totals stay."""
        area, whole = self.area, sheet.from_a()
        first, end = max(area.top - whole.top, 0), max(area.bottom - self.totals - whole.top + 1, 0)
        rows = [row[area.left - 1 : area.right] for row in whole.rows[first:end]]
        depths, top = whole.outline.depths[first:end], whole.top + first
        if not self.headed:
            rows, depths, top = [[*self.titles], *rows], [0, *depths] if depths else depths, top - 1
        outline = Outline(depths, whole.outline.heads_below)
        return replace(whole, rows=rows, top=top, left=area.left, merged=(), outline=outline)
