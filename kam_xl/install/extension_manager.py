"""Registers an extension through a running LibreOffice, for root, whom its own program refuses.

``python -m kam_xl.install.extension_manager add|remove FILE|IDENTIFIER PROFILE``, in the Python that has `uno`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from kam_xl.engines.calc.bridge import uno, url
from kam_xl.engines.calc.process import start

_MANAGER = "/singletons/com.sun.star.deployment.ExtensionManager"
_USER = "user"


def main(action: str, what: str, profile: str) -> None:
    """Add the file, or remove the extension of the name."""
    with start(profile=Path(profile)) as office:
        manager = office.context.getValueByName(_MANAGER)
        channel, consent = manager.createAbortChannel(), _consent(office.context)
        if action == "add":
            manager.addExtension(url(what), (), _USER, channel, consent)
        else:
            manager.removeExtension(what, "", _USER, channel, consent)


def _consent(context: Any) -> Any:
    """An environment that says yes: to replacing an older version."""
    import unohelper

    interfaces = [
        uno().getClass(f"com.sun.star.{name}") for name in ("ucb.XCommandEnvironment", "task.XInteractionHandler")
    ]
    approve = uno().getTypeByName("com.sun.star.task.XInteractionApprove")

    def handle(_: Any, request: Any) -> None:
        for answer in request.getContinuations():
            if answer.queryInterface(approve):
                answer.select()
                return

    members = {
        "getInteractionHandler": lambda self: self,
        "getProgressHandler": lambda self: None,
        "handle": handle,
    }
    return type("Consent", (unohelper.Base, *interfaces), members)()


if __name__ == "__main__":
    main(*sys.argv[1:])
