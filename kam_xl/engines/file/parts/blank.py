"""A new workbook with one empty sheet: the least that Excel opens without a word."""

from __future__ import annotations

from kam_xl.engines.file.parts.looks.styles import LEAST, STYLES
from kam_xl.engines.file.parts.workbook import WORKBOOK_TYPES, WORKSHEET, Workbook
from kam_xl.ooxml import xml
from kam_xl.ooxml.package import Package

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORKBOOK = (
    _DECLARATION
    + '<workbook xmlns="{main}" xmlns:r="{related}"><bookViews><workbookView/></bookViews>'
    + '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


def blank_sheet(strict: bool = False) -> str:
    """The text of an empty worksheet.

    >>> blank_sheet().endswith("<sheetData/></worksheet>")
    True
    """
    main = xml.STRICT_MAIN if strict else xml.MAIN
    return (
        f'{_DECLARATION}<worksheet xmlns="{main}" xmlns:r="{xml.RELATIONSHIPS[strict]}">'
        '<sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetData/></worksheet>'
    )


def blank_workbook() -> Workbook:
    """A workbook with one sheet called "Sheet1".

    >>> [entry.name for entry in blank_workbook().sheets]
    ['Sheet1']
    """
    package = Package.blank()
    workbook = _WORKBOOK.format(main=xml.MAIN, related=xml.RELATIONSHIPS[0])
    package.put("xl/workbook.xml", workbook, WORKBOOK_TYPES[".xlsx"])
    package.relate("", "officeDocument", "xl/workbook.xml")
    package.put("xl/worksheets/sheet1.xml", blank_sheet(), WORKSHEET)
    package.relate("xl/workbook.xml", "worksheet", "xl/worksheets/sheet1.xml")
    package.put("xl/styles.xml", LEAST.format(main=xml.MAIN), STYLES)
    package.relate("xl/workbook.xml", "styles", "xl/styles.xml")
    return Workbook(package)
