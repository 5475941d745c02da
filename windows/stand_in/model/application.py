"""Excel itself."""

from __future__ import annotations

from typing import Any

from windows.stand_in.model.base import ExcelObject
from windows.stand_in.model.books import Workbooks
from windows.stand_in.model.ranges import Range

AUTOMATIC = -4105


class Application(ExcelObject):
    """Excel itself."""

    interface = "_Application"
    running: Application

    def __init__(self, app: Any, window: int = 0) -> None:
        self.app, self.window = app, window
        self.selected: Any = None
        self.state = {"ScreenUpdating": True, "StatusBar": False, "Calculation": AUTOMATIC}
        Application.running = self

    def get_Workbooks(self) -> Workbooks:
        return Workbooks(self.app)

    def select(self, sheet: str, cells: str) -> None:
        """Select cells, as a person does."""
        active = self.app.books.active.sheets[sheet]
        active.activate()
        self.selected = active.range(cells)

    def get_Selection(self) -> Range:
        return Range(self.selected or self.app.selection)

    def get_Hwnd(self) -> int:
        return self.window


def _add_state(name: str) -> None:
    setattr(Application, f"get_{name}", lambda self: self.state[name])
    setattr(Application, f"put_{name}", lambda self, value: self.state.__setitem__(name, value))


for _name in ("ScreenUpdating", "StatusBar", "Calculation"):
    _add_state(_name)
