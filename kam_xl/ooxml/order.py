"""The order of elements within others, which the standard fixes: what must come behind a new one."""

from __future__ import annotations

from collections.abc import Mapping

_WORKBOOK = """
    fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences
    definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing fileRecoveryPr
    webPublishObjects extLst
"""
_WORKSHEET = """
    sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios
    autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations
    hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches
    ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF picture oleObjects controls webPublishItems tableParts
    extLst
"""
_STYLES = "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst"


def _behind(order: str) -> Mapping[str, list[str]]:
    names = order.split()
    return {name: names[index + 1 :] for index, name in enumerate(names)}


# By the name of an element the names of those that come behind it: CT_Workbook, CT_Worksheet, CT_Stylesheet.
IN_WORKBOOK = _behind(_WORKBOOK)
IN_WORKSHEET = _behind(_WORKSHEET)
IN_STYLES = _behind(_STYLES)
