"""The one way from the commands to the screen."""

from __future__ import annotations

import sys

from kam_xl.locale.printable import printable


def show(text: str, *, err: bool = False) -> None:
    """Print lines for people, on standard error where they are not the result itself."""
    print(printable(text), file=sys.stderr if err else sys.stdout, flush=True)
