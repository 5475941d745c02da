"""Hands the stand-in's objects out over COM, and counts who calls what; runs under Python for Windows."""

from __future__ import annotations

import traceback
from collections import Counter
from typing import Any

import pythoncom
import winerror
from win32com.server import policy, util
from win32com.server.exception import COMException

from windows.stand_in.model import ExcelObject, NotFoundError
from windows.stand_in.type_library import numbers

USED: Counter[str] = Counter()
FAULTS: Counter[str] = Counter()
UNKNOWN: set[str] = set()  # members that Excel does not have, or the stand-in; xlwings asks for them for ever
NUMBERS = numbers()
NAMES = {interface: {number: name for name, number in ids.items()} for interface, ids in NUMBERS.items()}
TYPES: dict[str, Any] = {}
MISSING = -2147352572
EXCEL_FAILS = -2146827284  # 1004


class Policy(policy.BasicWrapPolicy):
    """Late binding as Excel does it: by number and kind, and nothing but what its library has."""

    def __init__(self, wrapped: ExcelObject) -> None:
        self._wrap_(wrapped)

    def _wrap_(self, wrapped: ExcelObject) -> None:
        self._obj_ = wrapped
        self._com_interfaces_ = [pythoncom.IID_IDispatch]
        self._name_to_dispid_, self._dyn_dispid_to_name_ = {}, {}

    def _query_interface_(self, iid: object) -> int:
        return int(iid == pythoncom.IID_IDispatch)

    def _GetTypeInfoCount_(self) -> int:
        return 1

    def _GetTypeInfo_(self, index: int, lcid: int) -> tuple[int, Any]:
        return 0, TYPES[self._obj_.interface]

    def _GetIDsOfNames_(self, names: list[str], lcid: int) -> tuple[int, ...]:
        interface = self._obj_.interface
        known = {name.casefold(): number for name, number in NUMBERS[interface].items()}
        number = known.get(names[0].casefold())
        if number is None:
            UNKNOWN.add(f"{interface}.{names[0]}")
            raise COMException(scode=winerror.DISP_E_UNKNOWNNAME, desc=names[0])
        return (number,)

    def _Invoke_(self, dispid: int, lcid: int, flags: int, arguments: tuple[Any, ...]) -> tuple[int, int, Any]:
        if dispid == pythoncom.DISPID_NEWENUM:
            return winerror.S_OK, -1, util.NewEnum([handed_out(each) for each in self._obj_.enumerated()])
        interface = self._obj_.interface
        name = NAMES[interface].get(dispid)
        if name is None:
            raise COMException(scode=winerror.DISP_E_MEMBERNOTFOUND)
        putting = bool(flags & (pythoncom.DISPATCH_PROPERTYPUT | pythoncom.DISPATCH_PROPERTYPUTREF))
        USED[f"{interface}.{name}{' =' if putting else ''}"] += 1
        call = getattr(self._obj_, f"put_{name}" if putting else f"get_{name}", None) or getattr(self._obj_, name, None)
        if call is None:
            UNKNOWN.add(f"{interface}.{name}{' =' if putting else ''}")
            raise COMException(scode=winerror.DISP_E_MEMBERNOTFOUND)
        try:
            return winerror.S_OK, -1, handed_out(call(*map(taken, arguments)))  # type: ignore[misc]
        except NotFoundError as error:
            is_place = interface in ("Sheets", "Workbooks")
            code = winerror.DISP_E_BADINDEX if is_place else EXCEL_FAILS
            raise COMException(scode=code, desc=str(error), source="Microsoft Excel") from error
        except Exception as error:  # as Excel tells whatever goes wrong
            fault = f"{interface}.{name}: {type(error).__name__} {error}"[:200]
            if fault not in FAULTS:  # each once: nobody reads more than a pipe holds
                traceback.print_exc()
            FAULTS[fault] += 1
            raise COMException(scode=EXCEL_FAILS, desc=str(error), source="Microsoft Excel") from error


_HANDED: dict[int, tuple[ExcelObject, Any]] = {}


def handed_out(value: Any) -> Any:
    """A value on its way out; pywin32 takes a tuple for several answers."""
    if isinstance(value, ExcelObject):
        if id(value) not in _HANDED:
            _HANDED[id(value)] = value, pythoncom.WrapObject(Policy(value), pythoncom.IID_IDispatch)
        return _HANDED[id(value)][1]
    return list(value) if isinstance(value, tuple) else value


def taken(value: Any) -> Any:
    """A value on its way in."""
    if type(value).__name__ == "PyIDispatch":
        return util.unwrap(value)
    left_out = value is pythoncom.Missing or (type(value) is int and value == MISSING)
    return None if left_out else value


def load_types(path: str) -> None:
    """The type library that clients ask for."""
    library = pythoncom.LoadTypeLib(path)
    for at in range(library.GetTypeInfoCount()):
        TYPES[library.GetDocumentation(at)[0]] = library.GetTypeInfo(at)
