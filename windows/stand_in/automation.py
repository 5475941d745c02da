"""Automation by hand, as Excel's VBA does it: VARIANTs of every kind that cells hold, and late-bound calls.

Runs under Python for Windows, with ctypes alone: pywin32 cannot send errors. In JSON a number is a number, null an
empty cell, a list of rows an array of two dimensions; {"error": 2042} is CVErr(2042), {"date": 46000.5} a date,
{"money": 30.5} a Currency, {"integer": 3} a Long, {"omitted": true} an argument that was left out.
"""

import ctypes
from ctypes import POINTER, byref, c_byte, c_double, c_int64, c_long, c_short, c_uint, c_ulong, c_ushort, c_void_p

EMPTY, NULL, I4, R8, CY, DATE, BSTR, DISPATCH, ERROR, BOOL, VARIANTS = 0, 1, 3, 5, 6, 7, 8, 9, 10, 11, 12
ARRAY = 0x2000
OMITTED = -2147352572  # DISP_E_PARAMNOTFOUND
EXCEL_ERRORS = -2146828288  # CVErr(0)
LCID = 0x0419

oleaut32 = ctypes.WinDLL("oleaut32")
oleaut32.SysAllocStringLen.restype = c_void_p
oleaut32.SafeArrayCreate.restype = c_void_p
oleaut32.SafeArrayCreate.argtypes = (c_ushort, c_uint, c_void_p)
oleaut32.SafeArrayPutElement.argtypes = oleaut32.SafeArrayGetElement.argtypes = (c_void_p, c_void_p, c_void_p)
oleaut32.SafeArrayGetDim.argtypes = (c_void_p,)
oleaut32.SafeArrayGetLBound.argtypes = oleaut32.SafeArrayGetUBound.argtypes = (c_void_p, c_uint, c_void_p)


class Value(ctypes.Union):
    _fields_ = [
        ("long", c_long),
        ("double", c_double),
        ("money", c_int64),
        ("flag", c_short),
        ("pointer", c_void_p),
        ("_", c_byte * 16),
    ]


class Variant(ctypes.Structure):
    _anonymous_ = ("value",)
    _fields_ = [("kind", c_ushort), ("_1", c_ushort), ("_2", c_ushort), ("_3", c_ushort), ("value", Value)]


class Bound(ctypes.Structure):
    _fields_ = [("count", c_ulong), ("lower", c_long)]


class Arguments(ctypes.Structure):
    _fields_ = [("values", POINTER(Variant)), ("names", c_void_p), ("count", c_uint), ("named", c_uint)]


class Failure(ctypes.Structure):
    _fields_ = [
        ("code", c_ushort),
        ("_", c_ushort),
        ("source", c_void_p),
        ("description", c_void_p),
        ("help", c_void_p),
        ("context", c_ulong),
        ("_1", c_void_p),
        ("_2", c_void_p),
        ("scode", c_long),
    ]


class CallError(Exception):
    """A call failed: its number, and what Err.Description would be."""


def variant(value):
    """A value of Excel as a VARIANT."""
    made = Variant()
    if isinstance(value, Variant):
        return value
    if isinstance(value, dict):
        ((kind, content),) = value.items()
        return _special(made, kind, content)
    if isinstance(value, bool):
        made.kind, made.flag = BOOL, -value
    elif isinstance(value, (int, float)):
        made.kind, made.double = R8, value
    elif isinstance(value, str):
        made.kind, made.pointer = BSTR, oleaut32.SysAllocStringLen(value, len(value.encode("utf-16-le")) // 2)
    elif isinstance(value, list):
        made.kind, made.pointer = ARRAY | VARIANTS, _table(value)
    return made


def _special(made, kind, content):
    if kind == "error":
        made.kind, made.long = ERROR, EXCEL_ERRORS + content
    elif kind == "omitted":
        made.kind, made.long = ERROR, OMITTED
    elif kind == "date":
        made.kind, made.double = DATE, content
    elif kind == "money":
        made.kind, made.money = CY, round(content * 10000)
    elif kind == "integer":
        made.kind, made.long = I4, content
    else:
        raise KeyError(kind)
    return made


def row(values):
    """What VBA's Array() makes."""
    bounds = (Bound * 1)(Bound(len(values), 0))
    array = oleaut32.SafeArrayCreate(VARIANTS, 1, bounds)
    for at, value in enumerate(values):
        assert oleaut32.SafeArrayPutElement(array, (c_long * 1)(at), byref(variant(value))) == 0
    made = Variant()
    made.kind, made.pointer = ARRAY | VARIANTS, array
    return made


def _table(rows):
    """What Range.Value makes: rows and columns from 1."""
    bounds = (Bound * 2)(Bound(len(rows), 1), Bound(len(rows[0]), 1))
    array = oleaut32.SafeArrayCreate(VARIANTS, 2, bounds)
    for at, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells, 1):
            assert oleaut32.SafeArrayPutElement(array, (c_long * 2)(at, column), byref(variant(cell))) == 0
    return array


def plain(value):
    """A VARIANT as JSON, by the kinds that Excel shows differently."""
    if value.kind & ARRAY:
        return _rows(value.pointer)
    if value.kind == ERROR:
        return {"error": value.long - EXCEL_ERRORS}
    readers = {
        EMPTY: lambda: None,
        NULL: lambda: None,
        I4: lambda: value.long,
        R8: lambda: value.double,
        BSTR: lambda: ctypes.wstring_at(value.pointer) if value.pointer else "",
        BOOL: lambda: value.flag != 0,
        DATE: lambda: {"date": value.double},
    }
    return readers[value.kind]()


def _rows(array):
    dimensions = oleaut32.SafeArrayGetDim(array)
    lower, upper = c_long(), c_long()
    spans = []
    for dimension in range(1, dimensions + 1):
        oleaut32.SafeArrayGetLBound(array, dimension, byref(lower))
        oleaut32.SafeArrayGetUBound(array, dimension, byref(upper))
        spans.append(range(lower.value, upper.value + 1))

    def cell(*place):
        variant = Variant()
        assert oleaut32.SafeArrayGetElement(array, (c_long * dimensions)(*place), byref(variant)) == 0
        return plain(variant)

    if dimensions == 1:
        return [cell(at) for at in spans[0]]
    return [[cell(at, column) for column in spans[1]] for at in spans[0]]


class Dispatch:
    """An object of another process, called late-bound."""

    def __init__(self, pointer):
        self.pointer = pointer
        self.table = ctypes.cast(pointer, POINTER(POINTER(c_void_p)))[0]
        self.numbers = {}

    def _method(self, at, *kinds):
        return ctypes.WINFUNCTYPE(c_long, c_void_p, *kinds)(self.table[at])

    def _number(self, name):
        if name not in self.numbers:
            nobody, number = (c_byte * 16)(), c_long()
            get = self._method(5, c_void_p, c_void_p, c_uint, c_ulong, c_void_p)
            result = get(self.pointer, nobody, (ctypes.c_wchar_p * 1)(name), 1, LCID, byref(number))
            assert result == 0, hex(result & 0xFFFFFFFF)
            self.numbers[name] = number.value
        return self.numbers[name]

    def call(self, name, *values):
        """Call a method; raises `CallError`."""
        given = (Variant * len(values))(*[variant(value) for value in reversed(values)])
        arguments = Arguments(given, None, len(values), 0)
        answer, failure, nobody, at = Variant(), Failure(), (c_byte * 16)(), c_uint()
        invoke = self._method(6, c_long, c_void_p, c_ulong, c_ushort, c_void_p, c_void_p, c_void_p, c_void_p)
        number = self._number(name)
        result = invoke(
            self.pointer, number, nobody, LCID, 1, byref(arguments), byref(answer), byref(failure), byref(at)
        )
        for each in given:
            oleaut32.VariantClear(byref(each))
        if result:
            description = ctypes.wstring_at(failure.description) if failure.description else ""
            raise CallError((failure.scode or result), description)
        return answer
