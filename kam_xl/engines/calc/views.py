"""How a sheet is looked at: frozen rows and columns, grid lines. Calc keeps that with the window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kam_xl.engines.calc.bridge import service

_SIZE = (0, 0, 1600, 1000, 15)  # left, top, width, height of a hidden window, and that all of these count


def carry(context: Any, source: Any, original: Any, target: Any, copy: Any) -> None:
    """Have a copy looked at as its original is, where both documents have a window, be it a hidden one."""
    theirs, ours = source.getCurrentController(), target.getCurrentController()
    if theirs is None or ours is None:
        return
    grid = _has_grid(source, original.getName())
    with _shown(theirs, original):
        frozen = (theirs.getSplitColumn(), theirs.getSplitRow()) if theirs.hasFrozenPanes() else (0, 0)
    with _shown(ours, copy):
        _freeze(ours, *frozen)
        if not grid:  # which a new sheet has; the property of the controller is not that of one sheet
            dispatcher = service(context, "frame.DispatchHelper")
            dispatcher.executeDispatch(ours.getFrame(), ".uno:ToggleSheetGrid", "", 0, ())


def _has_grid(document: Any, sheet: str) -> bool:
    """Whether a sheet had grid lines in the file that its document came from."""
    views = document.getViewData()
    for view in views.getByIndex(0) if views is not None and views.getCount() else ():
        if view.Name == "Tables" and view.Value.hasByName(sheet):
            return all(each.Value for each in view.Value.getByName(sheet) if each.Name == "ShowGrid")
    return True


def _freeze(controller: Any, columns: int, rows: int) -> None:
    if columns or rows:
        window = controller.getFrame().getComponentWindow()
        if not window.getPosSize().Width:  # nothing can be frozen that is out of sight
            window.setPosSize(*_SIZE)
        controller.freezeAtPosition(columns, rows)


@contextmanager
def _shown(controller: Any, sheet: Any) -> Iterator[None]:
    """The sheet in front for a moment; a hidden one too."""
    before, visible = controller.getActiveSheet(), sheet.IsVisible
    sheet.IsVisible = True
    controller.setActiveSheet(sheet)
    try:
        yield
    finally:
        controller.setActiveSheet(before)
        sheet.IsVisible = visible
