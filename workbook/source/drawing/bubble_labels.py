"""Names at the points of a chart: labels taken from cells, an extension of 2012 that openpyxl cannot write.

The series says which cells hold its labels ([MS-ODRAWXML], CT_SeriesDataLabelsRange), with a cache of their texts; each
label is a text with one field, CELLRANGE, which stands for the cell of its own point.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import NAMESPACE_URL, uuid5

from openpyxl import Workbook

from kam_xl.ooxml import xml
from kam_xl.plan.account.plan_fields import PEOPLE_ROWS
from kam_xl.plan.reports.portfolio_fields import BUBBLE_ROWS

C15 = "http://schemas.microsoft.com/office/drawing/2012/chart"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_LABEL_EXTENSION, _SERIES_EXTENSION = "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}", "{02D57815-91ED-43cb-92C2-25804820EDAC}"
_NOTHING_ELSE = "".join(
    f'<{part} val="0"/>'
    for part in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
)


_LABELLED = (("<bubbleChart>", "kam_bubble_label", BUBBLE_ROWS), ("<scatterChart>", "kam_map_name", PEOPLE_ROWS))
"""The kind of each chart that has such labels, the name of their cells, and how many these are."""


def labelled(book: Workbook) -> Callable[[str], str]:
    """What puts the names to the points of a chart part of a book."""
    cells = {name: sheet.defined_names[name].attr_text for sheet in book for name in sheet.defined_names}

    def named(chart: str) -> str:
        for mark, name, rows in _LABELLED:
            if mark in chart and name in cells:
                return with_labels(chart, cells[name], rows)
        return chart

    return named


def with_labels(chart: str, labels: str, rows: int, letters: str = 'sz="800"') -> str:
    """A chart whose first series has labels from cells.

    Parameters
    ----------
    chart : str
        The chart part, with the chart namespace as its default one.
    labels : str
        The cells of the labels, absolute and with their sheet.
    rows : int
        How many cells these are; the cache beside the reference is empty.
    letters : str
        The attributes of the labels' letters.

    Examples
    --------
    >>> made = with_labels("<ser><xVal/></ser>", "P!$A$1:$A$2", 2)
    >>> made.count('type="CELLRANGE"'), "<c15:f>P!$A$1:$A$2</c15:f>" in made
    (2, True)
    """
    points = "".join(_label(index, letters) for index in range(rows))
    shared = f'<dLblPos val="r"/>{_NOTHING_ELSE}{_extension(_LABEL_EXTENSION, _SHOW_RANGE)}'
    source = (
        f"<c15:datalabelsRange><c15:f>{xml.escape(labels)}</c15:f>"
        f'<c15:dlblRangeCache><ptCount val="{rows}"/></c15:dlblRangeCache></c15:datalabelsRange>'
    )
    chart = xml.insert(chart, _series(chart), f'<dLbls xmlns:a="{DRAWING}">{points}{shared}</dLbls>', ["xVal"])
    return xml.append(chart, _series(chart), _extension(_SERIES_EXTENSION, source))


def _series(chart: str) -> xml.Element:
    return next(xml.find_all(chart, "ser"))


_SHOW_RANGE = '<c15:showDataLabelsRange val="1"/>'


def _label(index: int, letters: str) -> str:
    """The label of one point. Excel wants an identifier for each field; any will do, if it is always the same."""
    identifier = str(uuid5(NAMESPACE_URL, f"kam_xl bubble {index}")).upper()
    field = (
        f'<a:fld id="{{{identifier}}}" type="CELLRANGE"><a:rPr lang="en-US" {letters}/><a:pPr/>'
        f"<a:t>[CELLRANGE]</a:t></a:fld>"
    )
    return (
        f'<dLbl><idx val="{index}"/>'
        f'<tx><rich><a:bodyPr wrap="square"/><a:p>{field}<a:endParaRPr lang="en-US"/></a:p></rich></tx>'
        f'<dLblPos val="r"/>{_NOTHING_ELSE}{_extension(_LABEL_EXTENSION, _SHOW_RANGE)}</dLbl>'
    )


def _extension(uri: str, content: str) -> str:
    return f'<extLst><ext uri="{uri}" xmlns:c15="{C15}">{content}</ext></extLst>'
