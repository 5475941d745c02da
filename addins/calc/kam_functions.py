"""The cell functions as LibreOffice calls them: every function of the table, none of its rules.

Runs in LibreOffice's own Python. Standard library only at import, so that a workbook opens at once.
"""

import unohelper
from com.sun.star.lang import Locale, XLocalizable, XServiceInfo
from org.kamxl import XKamFunctions

from kam_xl import locale
from kam_xl.calc_addin.conversion import Reader, answer_value
from kam_xl.calc_addin.types import FULL_SERVICE, answer_type, calc_types, identifier
from kam_xl.functions import FUNCTIONS

_ADD_IN = "com.sun.star.sheet.AddIn"


class KamFunctions(unohelper.Base, XKamFunctions, XServiceInfo, XLocalizable):
    """One method for each function, made below."""

    def __init__(self, context, *_):
        self._context, self._locale = context, Locale("en", "US", "")
        self.reader = Reader(self._decimal_mark)

    def _decimal_mark(self):
        create = self._context.ServiceManager.createInstanceWithContext
        formatter = create("com.sun.star.util.NumberFormatter", self._context)
        formatter.attachNumberFormatsSupplier(create("com.sun.star.util.NumberFormatsSupplier", self._context))
        return formatter.convertNumberToString(0, 0.5)[1]

    def setLocale(self, spoken):  # noqa: N802 (names of the interfaces)
        """The language of the program's menus, in which answers are given unless a formula asks for another."""
        self._locale = spoken
        locale.use_host_language(spoken.Language)

    def getLocale(self):  # noqa: N802
        return self._locale

    def getImplementationName(self):  # noqa: N802
        return FULL_SERVICE

    def supportsService(self, name):  # noqa: N802
        return name in self.getSupportedServiceNames()

    def getSupportedServiceNames(self):  # noqa: N802
        return FULL_SERVICE, _ADD_IN


def _method(function):
    kinds, answer_kind = calc_types(function), answer_type(function)

    def called(self, *arguments):
        read = self.reader.argument
        try:
            answer = function.call(*[read(kind, value) for kind, value in zip(kinds, arguments, strict=True)])
        except Exception:  # noqa: BLE001 (nothing may reach Calc but a value)
            answer = "#VALUE!"
        return answer_value(answer_kind, answer)

    return called


for _function in FUNCTIONS.values():
    setattr(KamFunctions, identifier(_function.name), _method(_function))

g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 (LibreOffice looks for this name)
g_ImplementationHelper.addImplementation(KamFunctions, FULL_SERVICE, (FULL_SERVICE, _ADD_IN))
