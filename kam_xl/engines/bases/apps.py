"""Engines, their applications, and finding an open book."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import xlwings
from xlwings import base_classes

from kam_xl.engines.errors import NoSuchItemError
from kam_xl.engines.inert_setting import InertSetting
from kam_xl.engines.values import cleaned
from kam_xl.locale import Text


class EngineBase:
    """An engine, as ``xlwings.engines[name].impl``; to add: `name` and `apps`."""

    name = ""
    type = "desktop"  # xlwings hands such engines a single value for a whole range, which is how formulas fill one
    clean_value_data = staticmethod(cleaned)

    @staticmethod
    def prepare_xl_data_element(value: object, options: object) -> object:
        """A value on its way to a cell; `RangeBase.raw_value` does what there is to do."""
        return value


class AppsBase(base_classes.Apps):
    """The applications of an engine, the active one first; to add: `add`."""

    def __init__(self, engine: EngineBase) -> None:
        self.engine = engine
        self.items: list[Any] = []

    def keys(self) -> list[int]:
        return [app.pid for app in self.items]

    @staticmethod
    def cleanup() -> None:
        """Nothing is left behind that could be cleaned up."""

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, pid: int) -> Any:
        for app in self.items:
            if app.pid == pid:
                return app
        raise NoSuchItemError(Text("there is no such application"), got=pid)


class AppBase(base_classes.App):
    """An application; to add: `books`, `quit`, and what it shows and calculates."""

    display_alerts = InertSetting(True)
    enable_events = InertSetting(True)
    interactive = InertSetting(True)
    cut_copy_mode = InertSetting(None)
    hwnd = None
    # Values of their own in the place of the properties that the base class has.
    pid: int = 0
    engine: Any = None
    books: Any = None

    def __init__(self, apps: AppsBase, pid: int) -> None:
        self._apps, self.pid, self.engine = apps, pid, apps.engine

    def activate(self, steal_focus: bool = False) -> None:
        """Make this the application that xlwings means when none is named, and its engine the active one."""
        xlwings.engines[self.engine.name].activate()
        self._apps.items.remove(self)
        self._apps.items.insert(0, self)

    def _leave(self) -> None:
        """Be none of the engine's applications any more."""
        if self in self._apps.items:
            self._apps.items.remove(self)


class BooksBase(base_classes.Books):
    """Open books; to add: `__iter__`, `__len__`, `active`, `add` and `open`."""

    def __call__(self, name_or_index: str | int) -> Any:
        books = list(self)
        if isinstance(name_or_index, int) and 0 < name_or_index <= len(books):
            return books[name_or_index - 1]
        for book in books:
            if book.name == name_or_index:
                return book
        raise NoSuchItemError(Text("no such workbook is open"), got=name_or_index)
