"""Puts the sheets of the template together and makes a file of them, the same bytes each time."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

from kam_xl.plan.fields import OurSheet
from kam_xl.plan.report_fields import BUBBLE_ROWS
from kam_xl.template.bubble_labels import with_labels
from kam_xl.template.list_sheet import add_data_check, add_key_accounts
from kam_xl.template.plan_sheet import add_plan_template
from kam_xl.template.portfolio_sheet import add_portfolio
from kam_xl.template.settings_sheet import add_settings
from kam_xl.template.style import Painter

_EPOCH = datetime(2026, 1, 1)  # noqa: DTZ001 (a file's dates know no zone)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def build_book(lang: str) -> bytes:
    """The template workbook; see `kam_xl.template.build`."""
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "kam_xl"
    book.properties.title = OurSheet.PLAN.label.render(lang)
    book.properties.created = _EPOCH
    painter = Painter(lang)
    for add in (add_plan_template, add_key_accounts, add_portfolio, add_data_check, add_settings):
        add(book, painter)
    saved = BytesIO()
    book.save(saved)
    names = book[OurSheet.PORTFOLIO.label.render(lang)].defined_names
    return _repacked(saved, names["kam_bubble_client"].attr_text)


def _repacked(saved: BytesIO, labels: str) -> bytes:
    """The same parts with fixed dates; the bubble chart with the names in the cells `labels` at its bubbles."""
    packed = BytesIO()
    with ZipFile(saved) as source, ZipFile(packed, "w") as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>" + f"{_EPOCH:%Y-%m-%dT%H:%M:%SZ}".encode(), data)
            elif entry.filename.startswith("xl/charts/chart") and b"<bubbleChart>" in data:
                data = with_labels(data.decode(), labels, BUBBLE_ROWS).encode()
            target.writestr(ZipInfo(entry.filename, _EPOCH.timetuple()[:6]), data, ZIP_DEFLATED)
    return packed.getvalue()
