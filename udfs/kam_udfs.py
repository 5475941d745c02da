"""Key-account management in the cells of Excel: `kam_xl.functions` as xlwings functions (Windows).

xlwings finds them by its setting UDF Modules (kam_udfs). VBA wrappers of the workbook turn the texts that stand for
errors (`kam_xl.functions.ERRORS`) into true errors. Elsewhere than on Windows the functions are plain Python:

>>> KAM_PENETRATION([[30.0], [None]], [[120.0], [100.0]])  # noqa: F821
[[0.25], ['#N/A']]
"""

from datetime import datetime
from inspect import Parameter, Signature
from itertools import chain

import xlwings as xw
from xlwings.conversion import RawValueAccessor

import kam_xl.engines.excel_processes  # noqa: F401 (ends no Excel on exit)
from kam_xl.excel.error_values import VBA_NUMBERS
from kam_xl.functions import FUNCTIONS, Function
from kam_xl.locale import system_language

# Errors arrive as numbers; newer ones (#SPILL!, #CALC! ...) have no name that every spreadsheet program knows.
_ERRORS = range(-2146828288, -2146762752)
_NAMES = {_ERRORS.start + number: name for name, number in VBA_NUMBERS.items()}
_NEWER_ERROR = "#VALUE!"
_CELLS = "cells of kam_xl"
_AS_THEY_ARE = frozenset((float, str, bool, type(None)))


def exposed(function: Function, lang: str):
    """A function of Excel: no annotations, because xlwings would take them for converters."""

    def call(*arguments):
        return function.call(*arguments)

    call.__name__ = call.__qualname__ = function.name
    call.__doc__ = function.text.render(lang)
    call.__signature__ = Signature(
        [
            Parameter(each.name, Parameter.POSITIONAL_OR_KEYWORD, default=None if each.optional else Parameter.empty)
            for each in function.arguments
        ]
    )
    for each in function.arguments:
        call = xw.arg(each.name, convert=_CELLS, doc=each.text.render(lang))(call)
    call = xw.ret(convert=_CELLS)(call)
    return xw.func(call, category=function.category)  # last, because xw.arg puts the category back


class _Cells(RawValueAccessor):
    """Cells in and out. xlwings' own way looks at each for a microsecond, which is most of the time a table takes."""

    @classmethod
    def reader(cls, options):
        return super().reader(options).append_stage(_read)

    @classmethod
    def writer(cls, options):
        return super().writer(options).prepend_stage(_write)


_Cells.register(_CELLS)


def _read(context):
    """An argument as Excel hands it over, one cell or rows of them, with names for errors and dates without a zone."""
    value = context.value
    if value.__class__ is not tuple:
        context.value = _cell(value)
        return
    rows = value if value and value[0].__class__ is tuple else (value,)  # {1,2} in a formula is one row
    if not _AS_THEY_ARE.issuperset(map(type, chain.from_iterable(rows))):
        rows = [[cell if cell.__class__ in _AS_THEY_ARE else _cell(cell) for cell in row] for row in rows]
    context.value = rows


def _cell(cell):
    if isinstance(cell, datetime):
        return datetime(*cell.timetuple()[:6], cell.microsecond)
    if cell.__class__ is int and cell in _ERRORS:
        return _NAMES.get(cell, _NEWER_ERROR)
    return cell


def _write(context):
    """An answer as rows, without a None, which would show as 0."""
    rows = context.value if isinstance(context.value, list) else [[context.value]]
    if any(None in row for row in rows):
        rows = [["" if cell is None else cell for cell in row] for row in rows]
    context.value = rows


_lang = system_language()
globals().update({name: exposed(function, _lang) for name, function in FUNCTIONS.items()})
