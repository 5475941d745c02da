"""What the command line does without, because nothing in it needs it and importing it takes longer than the work."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

_HEAVY = ("pandas", "numpy", "cryptography")


class _WithoutHeavyLibraries(MetaPathFinder):
    """Lets xlwings, and xlwings alone, find none of these: what it does with them, no command asks for."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name.partition(".")[0] in _HEAVY and _importer().startswith("xlwings."):
            raise ModuleNotFoundError(f"not needed on the command line: {name}", name=name)
        return None


def _importer() -> str:
    """The module whose import statement is being carried out."""
    frame = sys._getframe(2)
    while frame.f_back and frame.f_globals.get("__name__", "").startswith("importlib"):
        frame = frame.f_back
    return str(frame.f_globals.get("__name__", ""))


def keep_imports_light() -> None:
    """Spare this process, which only runs a command, what xlwings would import and no command uses."""
    sys.meta_path.insert(0, _WithoutHeavyLibraries())
