"""Many places of a sheet in one call: Excel on Windows answers every call from another process.

Its `Range` takes several addresses or names with commas between them, and its `Address` gives them back in this order.
Both are cut off at 255 letters, and fail as a whole where one of the names is none; then half of them are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import xlwings as xw

import kam_xl.engines.excel_processes  # noqa: F401 (ends no Excel on exit)
from kam_xl.excel.references import Area

_LETTERS = 255
_AT_ONCE = 16
_FAILED = -2147352567  # DISP_E_EXCEPTION: the call came through, and Excel has something against it
_EDITING = -2146777998  # what it has then against every call, while a cell is being edited


def takes_many(thing: xw.Sheet | xw.Range | xw.main.Names) -> bool:
    """Whether the program behind a sheet, its cells or names is Excel on Windows."""
    return type(thing.impl).__module__ == "xlwings._xlwindows"


def rows_of(cells: xw.Range, *, err_to_str: bool = False) -> list[list[Any]]:
    """What cells show, row by row, as `Range.value` has it; of Excel on Windows in one call in the place of a dozen."""
    if not takes_many(cells):
        return list(cells.options(ndim=2, err_to_str=err_to_str).value)
    values = cells.impl.raw_value
    rows = values if isinstance(values, tuple) else ((values,),)
    return list(xw.engines["excel"].impl.clean_value_data(rows, datetime, None, None, err_to_str))


def refers_to(names: xw.main.Names, name: str) -> str:
    """What a name stands for, as a formula; blank where there is no such name."""
    if takes_many(names):
        return str(_unless_refused(lambda: names(name).refers_to) or "")
    return str(names(name).refers_to) if name in names else ""


def areas_of(sheet: xw.Sheet, names: Iterable[str]) -> dict[str, Area]:
    """Where names lie on a sheet of Excel on Windows; those that lie nowhere, or in several places, are left out."""
    areas: dict[str, Area] = {}
    for some in _portions(list(names)):
        areas |= _areas(sheet, some)
    return areas


def together(sheet: xw.Sheet, addresses: Iterable[str]) -> Iterator[tuple[Sequence[str], Any]]:
    """Cells at several addresses as few ranges of the engine's own, each with the addresses that it covers."""
    if takes_many(sheet):
        for some in _portions(list(addresses)):
            yield from _ranges(sheet, some)
    else:
        yield from (([each], sheet.range(each).impl) for each in addresses)


def _portions(texts: Sequence[str]) -> Iterator[list[str]]:
    some: list[str] = []
    for text in texts:
        if some and (len(some) == _AT_ONCE or len(",".join([*some, text])) > _LETTERS):
            yield some
            some = []
        some.append(text)
    if some:
        yield some


def _areas(sheet: xw.Sheet, names: Sequence[str]) -> Mapping[str, Area]:
    address = _address(sheet, names)
    areas = [Area.parse(part) for part in address.split(",")]
    if len(areas) == len(names) and len(address) < _LETTERS:
        return {name: area for name, area in zip(names, areas, strict=True) if area}
    if len(names) == 1:
        return {}
    middle = len(names) // 2
    return {**_areas(sheet, names[:middle]), **_areas(sheet, names[middle:])}


def _address(sheet: xw.Sheet, names: Sequence[str]) -> str:
    cells = _range(sheet, names)
    return "" if cells is None else str(cells.address)


def _ranges(sheet: xw.Sheet, addresses: Sequence[str]) -> Iterator[tuple[Sequence[str], Any]]:
    cells = _range(sheet, addresses)
    if cells is not None:
        yield addresses, cells
    elif len(addresses) == 1:
        yield addresses, sheet.impl.range(addresses[0])  # which says why it cannot
    else:
        middle = len(addresses) // 2
        yield from _ranges(sheet, addresses[:middle])
        yield from _ranges(sheet, addresses[middle:])


def _range(sheet: xw.Sheet, texts: Sequence[str]) -> Any:
    """The cells of several names or addresses; None where Excel says that one of them is none."""
    return _unless_refused(lambda: sheet.impl.range(",".join(texts)))


def _unless_refused(ask: Callable[[], Any]) -> Any:
    """What Excel answers; None where it has something against the question, whatever it is."""
    from pywintypes import com_error

    try:
        return ask()
    except com_error as error:
        code, _, details, *_ = error.args
        if code != _FAILED or (details and details[5] == _EDITING):
            raise
        return None
