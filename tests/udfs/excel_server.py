"""The Python process behind Excel on Windows: xlwings' own `udfs` with empty stand-ins for the COM libraries only.

Reads lines from standard input, each a JSON list of calls [function, arguments], and answers each with a line: what
Excel's cells would be given. The first line it writes tells what the registered functions look like, and the VBA that
xlwings would write for them.

In the input a number is what a cell holds, null an empty cell, a list of rows an array. {"error": number} is an error
as COM hands it over, {"omitted": true} an omitted argument, {"date": "2024-05-06"} a date, {"currency": "12.5"} a cell
with a currency format, {"integer": 5} a number from VBA, {"range": cells} a reference to cells.
"""

import ctypes
import datetime
import importlib
import io
import json
import sys
from decimal import Decimal
from types import ModuleType, SimpleNamespace
from unittest.mock import MagicMock, patch

OMITTED = -2147352572  # DISP_E_PARAMNOTFOUND
RANGE_INTERFACE = "{00020846-0000-0000-C000-000000000046}"


class ComError(Exception):
    pass


class Time(datetime.datetime):
    """pywintypes.TimeType: a datetime with a time zone."""


class ComRange:
    """What Excel passes for a reference to cells: its value comes at once, a tuple of rows or one cell alone."""

    def __init__(self, value):
        rows = value if isinstance(value, tuple) else ((value,),)
        self.Value = rows if len(rows) > 1 or len(rows[0]) > 1 else rows[0][0]
        self.Row = self.Column = 1
        self.Rows, self.Columns = SimpleNamespace(Count=len(rows)), SimpleNamespace(Count=len(rows[0]))
        application = MagicMock(Hwnd=1)
        book = SimpleNamespace(Name="KeyAccounts.xlsm", Application=application)
        self.Worksheet = self.Parent = SimpleNamespace(Name="Clients", Parent=book, Application=application)
        self.Address = "$A$1"
        self._oleobj_ = MagicMock()
        self._oleobj_.GetTypeInfo.return_value.GetTypeAttr.return_value = SimpleNamespace(iid=RANGE_INTERFACE)


def stand_in(name, **contents):
    module = ModuleType(name)
    module.__path__ = []
    module.__dict__.update(contents)
    sys.modules[name] = module
    return module


def load_xlwings_udfs():
    """The real `xlwings.udfs` and `xlwings._xlwindows`, at work as on Windows."""
    for name in ("win32api", "win32con", "win32gui", "xlwings.com_server"):
        stand_in(name, loop=None)
    stand_in("win32process", GetWindowThreadProcessId=lambda window: (1, 1))
    stand_in("win32timezone", TimeZoneInfo=MagicMock())
    stand_in("pywintypes", com_error=ComError, TimeType=Time, IID=str)
    stand_in("pythoncom", __file__="", com_error=ComError, CoInitialize=lambda: None, IID_IDispatch=None)
    bases = {name: type(name, (), {}) for name in ("CDispatch", "CoClassBaseClass", "DispatchBaseClass")}
    client = stand_in("win32com.client", Dispatch=lambda com: com, DispatchEx=MagicMock(), **bases)
    stand_in("win32com", client=client)
    with patch.multiple(ctypes, create=True, oledll=MagicMock(), windll=MagicMock(), PyDLL=MagicMock()):
        import xlwings
        import xlwings._xlwindows
    xlwings._xlwindows.App.engine = property(lambda app: xlwings._xlwindows.engine)
    xlwings.engines.add(xlwings.Engine(impl=xlwings._xlwindows.engine))
    xlwings.engines.active = xlwings.engines["excel"]
    import xlwings.udfs

    # Elsewhere than on Windows these do nothing.
    xlwings.func, xlwings.arg, xlwings.ret = xlwings.udfs.xlfunc, xlwings.udfs.xlarg, xlwings.udfs.xlret
    return xlwings.udfs


KINDS = {
    "error": lambda number: number,
    "omitted": lambda _: OMITTED,
    "date": lambda text: Time.fromisoformat(text).replace(tzinfo=datetime.timezone.utc),
    "currency": Decimal,
    "integer": int,
    "range": lambda cells: ComRange(as_com(cells)),
}


def as_com(value):
    if isinstance(value, dict):
        ((kind, content),) = value.items()
        return KINDS[kind](content)
    if isinstance(value, list):
        return tuple(tuple(map(as_com, row)) for row in value)
    return float(value) if type(value) is int else value


def call(udfs, name, *arguments, module="kam_udfs"):
    """What Excel gets for a call: a list of rows."""
    return udfs.call_udf(module, name, arguments, None, ComRange(None))


def registered(module):
    functions = [value.__xlfunc__ for value in vars(module).values() if hasattr(value, "__xlfunc__")]
    return [
        {
            "name": function["name"],
            "text": function["ret"]["doc"],
            "category": function["category"],
            "volatile": function["volatile"],
            "arguments": {each["name"]: each["doc"] for each in function["args"]},
            "converters": [each["options"].get("convert") for each in function["args"]],
        }
        for function in functions
    ]


def vba(udfs, name):
    """The wrappers that xlwings itself would import into the workbook."""
    file = io.StringIO()
    udfs.generate_vba_wrapper(name, importlib.import_module(name), file, SimpleNamespace(Name="KeyAccounts.xlsm"))
    return file.getvalue()


def main():
    excel = load_xlwings_udfs()
    functions = registered(importlib.import_module("kam_udfs"))
    print(json.dumps({"functions": functions, "vba": vba(excel, "kam_udfs")}), flush=True)
    for line in sys.stdin:
        answers = [call(excel, name, *map(as_com, given)) for name, given in json.loads(line)]
        print(json.dumps(answers), flush=True)


if __name__ == "__main__":
    main()
