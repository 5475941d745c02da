"""Names at the bubbles of a chart: labels taken from cells, an extension of 2012 that openpyxl cannot write."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

C15 = "http://schemas.microsoft.com/office/drawing/2012/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
# The identifiers that [MS-ODRAWXML] gives these two extensions.
_LABELS_URI = "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"
_SERIES_URI = "{02D57815-91ED-43cb-92C2-25804820EDAC}"

_SHOWN = "".join(
    f'<{each} val="0"/>'
    for each in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
)


def with_labels(chart: str, labels: str, rows: int, *, size: float = 8, ink: str = "22303C") -> str:
    """A bubble chart whose only series has labels from cells.

    Parameters
    ----------
    chart : str
        The chart part, with the chart namespace as its default one.
    labels : str
        The cells of the labels, absolute and with their sheet.
    rows : int
        How many cells these are; the cache beside the reference says so and is empty.

    Examples
    --------
    >>> "<c15:f>P!$A$1:$A$2</c15:f>" in with_labels("<ser><xVal/></ser>", "P!$A$1:$A$2", 2)
    True
    """
    letters = (
        f'<txPr><a:bodyPr xmlns:a="{_DRAWING}" wrap="none"/><a:p xmlns:a="{_DRAWING}"><a:pPr>'
        f'<a:defRPr sz="{round(size * 100)}"><a:solidFill><a:srgbClr val="{ink}"/></a:solidFill></a:defRPr>'
        f'</a:pPr><a:endParaRPr lang="en-US"/></a:p></txPr>'
    )
    shown = (
        f'<dLbls>{letters}<dLblPos val="r"/>{_SHOWN}'
        f'<extLst><ext uri="{_LABELS_URI}" xmlns:c15="{C15}"><c15:showDataLabelsRange val="1"/></ext></extLst></dLbls>'
    )
    source = (
        f'<extLst><ext uri="{_SERIES_URI}" xmlns:c15="{C15}"><c15:datalabelsRange><c15:f>{escape(labels)}</c15:f>'
        f'<c15:dlblRangeCache><ptCount val="{rows}"/></c15:dlblRangeCache></c15:datalabelsRange></ext></extLst>'
    )
    chart = re.sub(r"(?=<xVal\b)", shown, chart, count=1)
    return chart.replace("</ser>", source + "</ser>", 1)
