"""How a sheet is looked at: frozen rows and columns, grid lines. Calc keeps that with the window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from kam_xl.engines.calc.bridge import service

_SIZE = (0, 0, 1600, 1000, 15)  # left, top, width, height of a hidden window, and that all of these count


class View(NamedTuple):
    """Columns and rows that stay in sight, and whether there are grid lines."""

    columns: int
    rows: int
    grid: bool


def carry(context: Any, source: Any, original: Any, target: Any, copy: Any) -> None:
    """Have a copy looked at as its original is, where both documents have a window, be it a hidden one."""
    theirs, ours = source.getCurrentController(), target.getCurrentController()
    if theirs is None or ours is None:
        return
    with _shown(theirs, original):
        wanted = _view(theirs)
    with _shown(ours, copy):
        _look(context, ours, wanted)


def _view(controller: Any) -> View:
    frozen = controller.hasFrozenPanes()
    columns, rows = (controller.getSplitColumn(), controller.getSplitRow()) if frozen else (0, 0)
    return View(columns, rows, bool(controller.ShowGrid))


def _look(context: Any, controller: Any, wanted: View) -> None:
    now, frame = _view(controller), controller.getFrame()
    if (now.columns, now.rows) != (wanted.columns, wanted.rows):
        window = frame.getComponentWindow()
        if not window.getPosSize().Width:  # nothing can be frozen that is out of sight
            window.setPosSize(*_SIZE)
        controller.freezeAtPosition(wanted.columns, wanted.rows)
    if now.grid != wanted.grid:  # the property of the controller is that of all sheets
        service(context, "frame.DispatchHelper").executeDispatch(frame, ".uno:ToggleSheetGrid", "", 0, ())


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
