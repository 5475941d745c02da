"""Key-account management in the cells of Excel: `kam_xl.functions` as xlwings functions (Windows).

xlwings finds them by its setting UDF Modules (kam_udfs). VBA wrappers of the workbook turn the texts that stand for
errors (`kam_xl.functions.ERRORS`) into true errors. Elsewhere than on Windows the functions are plain Python:

>>> KAM_PENETRATION([[30.0], [None]], [[120.0], [100.0]])  # noqa: F821
[[0.25], ['#N/A']]
"""

from inspect import Parameter, Signature

import xlwings as xw

from kam_xl.functions import FUNCTIONS, Function
from kam_xl.locale import system_language

# xlwings names Excel's seven old errors. A newer one (#SPILL!, #CALC! ...) arrives as its bare number.
_ERROR_NUMBERS = range(-2146828288, -2146762752)
_NEWER_ERROR = "#VALUE!"


def exposed(function: Function, lang: str):
    """A function of Excel: no annotations, because xlwings would take them for converters."""

    def call(*arguments):
        return function.call(*map(_named_errors, arguments))

    call.__name__ = call.__qualname__ = function.name
    call.__doc__ = function.text.render(lang)
    call.__signature__ = Signature(
        [
            Parameter(each.name, Parameter.POSITIONAL_OR_KEYWORD, default=None if each.optional else Parameter.empty)
            for each in function.arguments
        ]
    )
    for each in function.arguments:
        call = xw.arg(each.name, ndim=2, err_to_str=True, doc=each.text.render(lang))(call)
    return xw.func(call, category=function.category)  # last, because xw.arg puts the category back


def _named_errors(cells):
    """xlwings gives a list of rows, or None for an argument that was left out."""
    if not isinstance(cells, list):
        return cells
    return [
        [_NEWER_ERROR if cell.__class__ is int and cell in _ERROR_NUMBERS else cell for cell in row] for row in cells
    ]


_lang = system_language()
globals().update({name: exposed(function, _lang) for name, function in FUNCTIONS.items()})
