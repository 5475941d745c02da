"""The user's own plan template: which of its named fields are missing or misspelt."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

import xlwings as xw

from kam_xl.actions.book.sheets import MARK, NamedSheet, NoTemplateError, OurSheets
from kam_xl.locale import Text
from kam_xl.plan.account.plan_fields import PARTS, PLAN_FIELDS

PREFIX = "kam_"


def template_faults(book: xw.Book) -> list[Text]:
    """What is wrong with the names of a book's plan template, one sentence a fault; empty where it is sound.

    Raises
    ------
    NoTemplateError
        Where no sheet of the book has the mark of a plan template.
    """
    sheet = OurSheets(book).plan_template
    if sheet is None:
        raise NoTemplateError(book.name)
    return list(_faults(sheet))


def _faults(sheet: NamedSheet) -> Iterator[Text]:
    known = {*PLAN_FIELDS, *PARTS, MARK}
    own = [name for name in sheet.names() if name.startswith(PREFIX)]
    unknown = [name for name in own if name not in known]
    for name in unknown:
        close = get_close_matches(name, known - set(own), n=1)
        if close:
            yield Text("{name} is not a field; did you mean {close}?", name=name, close=close[0])
        else:
            yield Text("{name} is not a field.", name=name)
    for name, field in PLAN_FIELDS.items():
        if name not in own:
            yield Text('{name} is missing: plans will not show "{title}".', name=name, title=field.title)
        elif name not in sheet:
            yield Text(
                '{name} has lost its cells (#REF!): plans will not show "{title}".', name=name, title=field.title
            )
        elif len(sheet.cells(name)) < field.rows:
            yield Text(
                '{name} has {cells:count} of {rows:count} cells: the last values of "{title}" will not show.',
                name=name,
                title=field.title,
                cells=len(sheet.cells(name)),
                rows=field.rows,
            )
