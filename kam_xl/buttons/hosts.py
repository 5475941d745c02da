"""What spreadsheet programs say when they refuse, in words for people."""

from __future__ import annotations

import sys

import xlwings as xw

import kam_xl.engines.excel_processes  # noqa: F401 (ends no Excel on exit)
from kam_xl.errors import KamError, system_reason
from kam_xl.locale import Text

# Excel's codes for "not now": RPC_E_CALL_REJECTED, RPC_E_SERVERCALL_RETRYLATER, VBA_E_IGNORE (a cell is being edited).
_BUSY = frozenset((-2147418111, -2147417846, -2146777998))


def calling_book() -> xw.Book:
    """The workbook whose macro started this process; xlwings cuts its name off at an equals sign."""
    given = dict(each[2:].split("=", 1) for each in sys.argv if each.startswith("--") and "=" in each)
    if "=" not in given.get("wb", "") or given.get("from_xl") != "1":
        return xw.Book.caller()
    if sys.platform == "win32":
        return _excel_at(int(given["hwnd"])).books[given["wb"]]
    return xw.apps.active.books[given["wb"]]


def _excel_at(window: int) -> xw.App:
    from xlwings import _xlwindows

    return xw.App(impl=_xlwindows.App(xl=window))


class HostBusyError(KamError):
    """The program waits for the user."""

    def __init__(self) -> None:
        super().__init__(
            Text("the spreadsheet program is busy"),
            remedy=Text("Finish typing into the cell (Enter), close open dialogs, and press the button again."),
        )


class HostRefusesError(KamError):
    """The program does not let something be done, a protected sheet for example."""

    def __init__(self, why: str) -> None:
        super().__init__(
            Text("the spreadsheet program refused ({why})", why=why.strip().rstrip(".")),
            remedy=Text("If the workbook or a sheet is protected, remove the protection and press the button again."),
        )


class SystemRefusesError(KamError):
    """The system does not let a file be read or written."""

    exit_code = 4

    def __init__(self, error: OSError) -> None:
        super().__init__(
            Text("the operating system refused ({why})", why=system_reason(error)), where=str(error.filename or "")
        )


def explained(error: BaseException) -> KamError | None:
    """An error of a program as one of ours; None where it is nothing that a user can mend.

    Windows gives code, text, (…, source, description, …) with its errors.
    """
    if isinstance(error, OSError) and error.errno:
        return SystemRefusesError(error)
    if type(error).__name__ != "com_error" or not error.args:
        return None
    if error.args[0] in _BUSY:
        return HostBusyError()
    details = error.args[2] if len(error.args) > 2 else None
    description = details[2] if isinstance(details, tuple) and len(details) > 2 else None
    return HostRefusesError(str(description)) if description else None
