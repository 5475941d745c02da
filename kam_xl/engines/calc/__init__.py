"""An xlwings engine on LibreOffice Calc, from outside and from inside of it.

Importing this package registers the engine; it needs the Python that has `uno` only when an office is started or
connected to::

    import xlwings as xw
    import kam_xl.engines.calc

    with xw.engines["calc"].apps.add() as app:           # an office of our own, without windows
        book = app.books.open("theirs.xlsx")
        book.sheets["Sheet1"]["B2"].value = "C0017"
        book.save("out.xlsx")

    app = xw.engines["calc"].apps.add(spec="pipe,name=kam")   # one that runs: soffice --accept="pipe,name=kam;urp"

    book = kam_xl.engines.calc.active_book(context)      # in an extension or a macro
"""

from __future__ import annotations

from typing import Any

import xlwings

from kam_xl.engines.calc.app import Engine

if "calc" not in xlwings.engines.engines_by_name:
    xlwings.engines.add(xlwings.Engine(impl=Engine()))


def app_within(context: Any) -> xlwings.App:
    """The office in which this Python runs.

    Parameters
    ----------
    context : XComponentContext
        What the office hands to a component; in a macro ``XSCRIPTCONTEXT.getComponentContext()``.
    """
    return xlwings.App(impl=xlwings.engines["calc"].impl.apps.within(context), add_book=False)


def active_book(context: Any) -> xlwings.Book:
    """The book in front of the user, in the office in which this Python runs.

    Raises
    ------
    NoSuchItemError
        If no workbook is open.
    """
    return app_within(context).books.active


def book_of(context: Any, document: Any) -> xlwings.Book:
    """The book of a document, a ``com.sun.star.sheet.SpreadsheetDocument`` of the office in which this Python runs."""
    return xlwings.Book(impl=app_within(context).impl.books.book(document))
