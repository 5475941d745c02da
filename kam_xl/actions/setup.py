"""The buttons about the workbook itself: its settings sheet, its language."""

from __future__ import annotations

import xlwings as xw

from kam_xl import actions
from kam_xl.actions.book.language import language_of, switch
from kam_xl.actions.book.record import language_of_last_build
from kam_xl.actions.book.sheets import OurSheets
from kam_xl.locale import system_language
from kam_xl.plan.fields import OurSheet


def own_language(book: xw.Book) -> str:
    """The language that a workbook speaks: as it says, else that of the last build; blank before the first."""
    return language_of(book) or language_of_last_build(book)


def book_language(book: xw.Book) -> str:
    """The language that a workbook speaks, else that of the system."""
    return own_language(book) or system_language()


def change_language(book: xw.Book, lang: str) -> actions.Report | None:
    """Put a workbook into another language, its lists and plans too; what people typed stays.

    Returns
    -------
    Report or None
        Of the refresh; None where there was no list or plan.
    """
    switch(book, lang)
    try:
        return actions.refresh(book, actions.Options(lang=lang))
    except actions.NothingToRefreshError:
        return None


def settings_sheet(book: xw.Book, lang: str) -> str:
    """The name of the settings sheet, which is added with the defaults where there is none."""
    sheets = OurSheets(book)
    sheets.add_missing(lang, {OurSheet.SETTINGS})
    ours = sheets.find(OurSheet.SETTINGS)
    return ours.title if ours else ""
