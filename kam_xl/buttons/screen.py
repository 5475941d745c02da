"""The screen while a button works: still, telling how far it is, and afterwards as it was."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from time import monotonic

import xlwings as xw

import kam_xl.engines.excel_processes  # noqa: F401 (ends no Excel on exit)
from kam_xl.locale import Text

_EVERY = 0.2  # seconds between two words in the status bar
Status = Callable[[Text], None]


@contextlib.contextmanager
def quiet(app: xw.App, lang: str) -> Iterator[Status]:
    """Hold the screen still; gives a function that says in the status bar what is going on.

    Screen updating, calculation mode and status bar are restored whatever happens, each on its own.
    """
    before = {name: _read(app, name) for name in ("status_bar", "calculation", "screen_updating")}
    shown = 0.0

    def status(text: Text) -> None:
        nonlocal shown
        if monotonic() - shown >= _EVERY:
            shown = monotonic()
            app.status_bar = text.render(lang)

    try:
        app.screen_updating = False
        app.calculation = "manual"
        yield status
    finally:
        for name, value in before.items():
            # Excel's own text comes back with False; as a word it would stand there for good.
            _set(app, name, False if name == "status_bar" and str(value).upper() in ("", "FALSE", "NONE") else value)


def _read(app: xw.App, name: str) -> object:
    try:
        return getattr(app, name)
    except Exception:  # noqa: BLE001 (a host that has no such thing has nothing to restore)
        return ...


def _set(app: xw.App, name: str, value: object) -> None:
    if value is not ...:
        with contextlib.suppress(Exception):  # one that fails must not keep the others from being restored
            setattr(app, name, value)
