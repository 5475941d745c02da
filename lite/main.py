"""For the tab main.py of xlwings Lite: all functions of kam_xl, in Excel on Windows, macOS and the web."""

from inspect import Parameter, Signature

import xlwings as xw

from kam_xl.functions import FUNCTIONS
from kam_xl.locale import system_language

_LANG = system_language()


def exposed(function):
    """A custom function of Excel, with the arguments and the texts of the function."""

    def call(*arguments):
        return function.call(*arguments)

    call.__name__ = call.__qualname__ = function.name
    call.__doc__ = function.text.render(_LANG)
    call.__signature__ = Signature(
        [
            Parameter(each.name, Parameter.POSITIONAL_OR_KEYWORD, default=None if each.optional else Parameter.empty)
            for each in function.arguments
        ]
    )
    for each in function.arguments:
        call = xw.arg(each.name, ndim=2, err_to_str=True, doc=each.text.render(_LANG))(call)
    return xw.func(call)


globals().update({name: exposed(function) for name, function in FUNCTIONS.items()})
