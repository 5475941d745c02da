"""The Python process behind Excel on Windows: xlwings' own `udfs` with empty stand-ins for the COM libraries only.

Reads a JSON list of calls [function, arguments] from standard input and writes the list of what Excel's cells would
be given, then what the registered functions look like. In the input null is an empty cell, {"error": code} is an error
as COM hands it over, {"omitted": true} an omitted argument; a list is a range.
"""

import ctypes
import datetime
import json
import sys
from types import ModuleType
from unittest.mock import MagicMock, patch

OMITTED = -2147352572  # DISP_E_PARAMNOTFOUND


class ComError(Exception):
    pass


class Time(datetime.datetime):
    pass


def stand_in(name, **contents):
    module = ModuleType(name)
    module.__path__ = []
    module.__dict__.update(contents)
    sys.modules[name] = module
    return module


def load_xlwings_udfs():
    for name in ("win32api", "win32con", "win32gui", "win32process", "xlwings.com_server"):
        stand_in(name, loop=None)
    stand_in("win32timezone", TimeZoneInfo=MagicMock())
    stand_in("pywintypes", com_error=ComError, TimeType=Time, IID=str)
    stand_in("pythoncom", __file__="", com_error=ComError, CoInitialize=None, IID_IDispatch=None)
    bases = {name: type(name, (), {}) for name in ("CDispatch", "CoClassBaseClass", "DispatchBaseClass")}
    stand_in("win32com", client=stand_in("win32com.client", Dispatch=MagicMock(), DispatchEx=MagicMock(), **bases))
    with patch.multiple(ctypes, create=True, oledll=MagicMock(), windll=MagicMock(), PyDLL=MagicMock()):
        import xlwings
        import xlwings._xlwindows
    xlwings.engines.add(xlwings.Engine(impl=xlwings._xlwindows.engine))
    xlwings.engines.active = xlwings.engines["excel"]
    import xlwings.udfs

    # Elsewhere than on Windows these do nothing.
    xlwings.func, xlwings.arg, xlwings.ret = xlwings.udfs.xlfunc, xlwings.udfs.xlarg, xlwings.udfs.xlret
    return xlwings.udfs


def as_com(value):
    if isinstance(value, dict):
        return value.get("error", OMITTED)
    if isinstance(value, list):
        return tuple(tuple(map(as_com, row)) for row in value)
    return float(value) if type(value) is int else value


def answers(udfs, calls):
    return [udfs.call_udf("kam_udfs", name, [as_com(value) for value in given]) for name, given in calls]


def registered(udfs):
    module = udfs.get_udf_module("kam_udfs", None)
    functions = [getattr(module, name).__xlfunc__ for name in dir(module) if name.startswith("KAM_")]
    return [
        {
            "name": function["name"],
            "text": function["ret"]["doc"],
            "category": function["category"],
            "arguments": {each["name"]: each["doc"] for each in function["args"]},
            "converters": [each["options"].get("convert") for each in function["args"]],
        }
        for function in functions
    ]


if __name__ == "__main__":
    excel = load_xlwings_udfs()
    with patch.object(excel, "Range"), patch.object(sys.modules["xlwings"]._xlwindows, "Range"):
        given = answers(excel, json.load(sys.stdin))
    json.dump({"answers": given, "functions": registered(excel)}, sys.stdout)
