"""What spreadsheet programs say when they refuse, in words for people."""

from __future__ import annotations

from kam_xl.errors import KamError
from kam_xl.locale import Text

# Excel's codes for "not now": RPC_E_CALL_REJECTED, RPC_E_SERVERCALL_RETRYLATER, VBA_E_IGNORE (a cell is being edited).
_BUSY = frozenset((-2147418111, -2147417846, -2146777998))


class HostBusyError(KamError):
    """The program waits for the person."""

    def __init__(self) -> None:
        super().__init__(
            Text("the spreadsheet program is busy"),
            remedy=Text("Finish typing into the cell (Enter), close open dialogs, and press the button again."),
        )


class HostRefusesError(KamError):
    """The program does not let something be done, a protected sheet for example."""

    def __init__(self, why: str) -> None:
        super().__init__(
            Text("the spreadsheet program refuses ({why})", why=why.strip().rstrip(".")),
            remedy=Text("If the workbook or a sheet is protected, take the protection off and press the button again."),
        )


def explained(error: BaseException) -> KamError | None:
    """An error of a program as one of ours; None where it is nothing that a person can mend.

    Windows gives code, text, (…, source, description, …) with its errors.
    """
    if type(error).__name__ != "com_error" or not error.args:
        return None
    if error.args[0] in _BUSY:
        return HostBusyError()
    details = error.args[2] if len(error.args) > 2 else None
    description = details[2] if isinstance(details, tuple) and len(details) > 2 else None
    return HostRefusesError(str(description)) if description else None
