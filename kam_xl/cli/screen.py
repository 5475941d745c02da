"""The one way from the commands to the screen."""

from __future__ import annotations

import sys
from functools import cache

from kam_xl.files.secrets import secrets_of, without_secrets
from kam_xl.locale.printable import printable


def show(text: str, *, err: bool = False) -> None:
    """Print lines for people, on standard error where they are not the result itself."""
    if _hold_secrets(tuple(sys.argv)):  # a connection string, wherever it was put, and whoever repeats it
        text = without_secrets(text, *sys.argv)
    print(printable(text), file=sys.stderr if err else sys.stdout, flush=True)


@cache
def _hold_secrets(arguments: tuple[str, ...]) -> bool:
    return any(map(secrets_of, arguments))
