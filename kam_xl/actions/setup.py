"""The buttons about the workbook itself: its settings sheet, its language."""

from __future__ import annotations

import xlwings as xw

from kam_xl.actions.record import Record
from kam_xl.actions.sheets import OurSheets
from kam_xl.locale import system_language
from kam_xl.plan.fields import OurSheet


def book_language(book: xw.Book) -> str:
    """The language that a workbook speaks: that of the last build, else that of the person's system."""
    return Record(OurSheets(book)).lang or system_language()


def settings_sheet(book: xw.Book, lang: str) -> str:
    """The name of the settings sheet, which is added with the defaults where there is none."""
    sheets = OurSheets(book)
    sheets.add_missing(lang, {OurSheet.SETTINGS})
    ours = sheets.find(OurSheet.SETTINGS)
    return ours.title if ours else ""
