"""Protected sheets are told before anything is written: what is written until a program refuses is on no record."""

from __future__ import annotations

from collections.abc import Iterable

import xlwings as xw

import kam_xl.engines.excel_processes  # noqa: F401 (ends no Excel on exit)
from kam_xl.actions.book.sheets import NamedSheet
from kam_xl.engines.abilities import has_fixed_sheets, is_protected
from kam_xl.errors import KamError
from kam_xl.locale import Text, plural
from kam_xl.plan.words import some


class ProtectedError(KamError):
    """A workbook or a sheet that somebody protected."""

    exit_code = 4

    def __init__(self, book: str, what: Text) -> None:
        super().__init__(
            what,
            where=book,
            remedy=Text("Remove the protection (on the Review tab) and try again."),
        )


def refuse_protected(book: xw.Book, sheets: Iterable[NamedSheet]) -> None:
    """Refuse a book whose sheets cannot be changed in the program that has it open.

    Parameters
    ----------
    book : xlwings.Book
    sheets : iterable of NamedSheet
        What is to be written.

    Raises
    ------
    ProtectedError
    """
    if has_fixed_sheets(book):
        raise ProtectedError(book.name, Text("the structure of the workbook is protected"))
    titles = [each.title for each in sheets if is_protected(each.sheet)]
    if titles:
        protected = plural(
            "{n:count} sheet is protected: {titles}",
            "{n:count} sheets are protected: {titles}",
            n=len(titles),
            titles=some(titles),
        )
        raise ProtectedError(book.name, protected)
