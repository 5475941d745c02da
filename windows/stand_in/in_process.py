"""xlwings' own code for Windows over the stand-in, on any system and without COM: presses buttons and counts the calls.

    python windows/stand_in/in_process.py WORKBOOK

Lines of standard input and output are as those of `server`. Modules of pywin32 are replaced by what xlwings asks of
them; every call that would go to Excel is answered by the stand-in, or fails where Excel would not know the member.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import inspect
import json
import sys
import types
from collections import Counter
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

sys.path.insert(0, str(Path(__file__).parents[2]))
from windows.stand_in.model import Application, ExcelObject, NotFoundError, Workbook
from windows.stand_in.model.validation import Validation

USED: Counter[str] = Counter()
SAID: list[str] = []
BAD_INDEX = -2147352567
YES, OK = 6, 1
WITH_ARGUMENTS = {"International", "Offset", "Range", "Resize"}  # properties that are called


class CallError(Exception):
    """What pywin32 raises."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(code, text, (0, "Microsoft Excel", text, None, 0, code), None)
        self.hresult = code


class UnknownMemberError(BaseException):
    """Excel has no such member. Nothing catches it: xlwings would ask for ever."""


class LateBound:
    """An object of Excel as pywin32 hands it to xlwings; each member that is asked for is a call."""

    _inner: ExcelObject

    def __init__(self, inner: ExcelObject) -> None:
        self.__dict__["_inner"] = inner

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        get, method = getattr(self._inner, f"get_{name}", None), getattr(self._inner, name, None)
        if get and not (name in WITH_ARGUMENTS or _required(get)):
            return self._called(name, get)
        call = get or (method if name[0].isupper() else None)
        if call is None:
            raise UnknownMemberError(f"{self._inner.interface}.{name}")
        return types.MethodType(lambda _, *given, **named: self._called(name, call, *given, **named), self)

    def __setattr__(self, name: str, value: Any) -> None:
        put = getattr(self._inner, f"put_{name}", None)
        if put is None:
            raise UnknownMemberError(f"{self._inner.interface}.{name} =")
        self._called(f"{name} =", put, value)

    def __call__(self, *given: Any) -> Any:
        return self._called("_Default", self._inner.get__Default, *given)  # type: ignore[attr-defined]

    def __iter__(self) -> Any:
        for each in self._inner.enumerated():
            yield self._called("_NewEnum", lambda each=each: each)

    def _called(self, name: str, call: Any, *given: Any, **named: Any) -> Any:
        USED[f"{self._inner.interface}.{name}"] += 1
        try:
            return _out(call(*map(_in, given), **{each: _in(value) for each, value in named.items()}))
        except NotFoundError as error:
            raise CallError(BAD_INDEX, str(error)) from error


def _required(get: Any) -> bool:
    return any(each.default is each.empty for each in inspect.signature(get).parameters.values())


def _out(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_out, value))
    return LateBound(value) if isinstance(value, ExcelObject) else value


def _in(value: Any) -> Any:
    while not isinstance(value, ExcelObject) and hasattr(value, "_inner"):
        value = value._inner
    return value


def xlwings_for_windows() -> Any:
    """The module of xlwings, imported with what stands in for pywin32."""
    names = ("win32api", "win32con", "win32gui", "win32process", "win32timezone", "pythoncom", "win32com")
    modules: dict[str, Any] = {name: MagicMock(__file__="") for name in (*names, "xlwings._win32patch")}
    modules["pywintypes"] = types.SimpleNamespace(TimeType=dt.datetime, com_error=CallError, error=OSError)
    nobody = type("Nobody", (), {})
    client = types.SimpleNamespace(CDispatch=LateBound, CoClassBaseClass=nobody, DispatchBaseClass=nobody)
    client.Dispatch = client.DispatchEx = LateBound
    modules["win32com"].client = modules["win32com.client"] = client
    modules["xlwings._win32patch"].CoClassBaseClass = nobody
    modules["win32timezone"].TimeZoneInfo.utc = lambda: dt.timezone.utc
    modules["win32api"].MessageBox = message_box
    sys.modules.update(modules)
    ctypes.windll = ctypes.oledll = ctypes.PyDLL = MagicMock()  # type: ignore[assignment,misc]
    from xlwings import _xlwindows

    return _xlwindows


def message_box(window: int, text: str, title: str, style: int) -> int:
    """Consent to a message, and note it."""
    SAID.append(text)
    return YES if style & 0xF in (3, 4) else OK  # MB_YESNOCANCEL, MB_YESNO


def main() -> None:
    """Open the workbook and do what the lines say."""
    native = xlwings_for_windows()
    import xlwings as xw

    import kam_xl.engines.file  # noqa: F401 (registers the engine)

    xw.engines.add(xw.Engine(impl=native.engine))
    xw.engines.active = xw.engines["excel"]
    xw.App.activate = lambda self, steal_focus=False: None  # type: ignore[method-assign]  # it looks for windows
    Validation.separator = ","  # of a program that runs on this system
    opened = xw.engines["file"].apps.add().books.open(sys.argv[1])
    excel = Application(opened.app, window=1)
    book = xw.App(impl=native.App(xl=native.COMRetryObjectWrapper(LateBound(excel)))).books[0]
    for line in sys.stdin:
        wanted = json.loads(line)
        answer: dict[str, Any]
        if "save" in wanted:
            opened.save(wanted["save"])
            answer = {"saved": opened.fullname}
        elif "is" in wanted:
            for name, value in wanted["is"].items():
                setattr(Workbook, name, value)
            answer = wanted
        else:
            answer = press(excel, book, **wanted)
        print(json.dumps(answer), flush=True)


def press(excel: Application, book: Any, button: str, argument: str = "", select: Any = None) -> dict[str, Any]:
    """Press one button."""
    from kam_xl.buttons import press

    USED.clear()
    SAID.clear()
    if select:
        excel.select(*select)
    unknown = []
    try:
        press(button, argument, book)
    except UnknownMemberError as error:
        unknown.append(str(error))
    return {"said": SAID, "used": USED, "state": excel.state, "unknown": unknown}


if __name__ == "__main__":
    main()
