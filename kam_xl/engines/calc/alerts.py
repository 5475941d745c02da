"""Messages to the user in front of the screen, or to the log where there is nobody."""

from __future__ import annotations

import sys
from typing import Any

from kam_xl.engines.calc.bridge import constant, service, uno
from kam_xl.locale.printable import printable

# xlwings' buttons -> those of com.sun.star.awt.MessageBoxButtons, and the one that is pressed where nobody can
_BUTTONS = {
    "ok": ("BUTTONS_OK", "ok"),
    "ok_cancel": ("BUTTONS_OK_CANCEL", "ok"),
    "yes_no": ("BUTTONS_YES_NO", "yes"),
    "yes_no_cancel": ("BUTTONS_YES_NO_CANCEL", "yes"),
}
_KINDS = {None: "MESSAGEBOX", "info": "INFOBOX", "critical": "ERRORBOX"}
_ANSWERS = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}


def ask(context: Any, frame: Any, prompt: str, title: str, buttons: str, mode: str | None) -> str:
    """Show a message over a window and return the button pressed; without a window, print it and press the first."""
    kind, default = _BUTTONS[buttons]
    window = frame.getContainerWindow() if frame is not None else None
    if window is None or not window.isVisible():
        print(printable(f"{title}: {prompt}" if title else prompt), file=sys.stderr)
        return default
    toolkit = service(context, "awt.Toolkit")
    box = toolkit.createMessageBox(
        window,
        uno().Enum("com.sun.star.awt.MessageBoxType", _KINDS[mode]),
        constant(f"com.sun.star.awt.MessageBoxButtons.{kind}"),
        title,
        prompt,
    )
    try:
        return _ANSWERS.get(box.execute(), default)
    finally:
        box.dispose()
