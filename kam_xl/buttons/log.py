"""The log: what went wrong, for whoever has to mend it. It stays on the person's computer."""

from __future__ import annotations

import platform
import traceback
from datetime import datetime
from pathlib import Path

from kam_xl import __version__
from kam_xl.install.folders import log_file

_SIZE = 1_000_000


def write(what: str, error: BaseException) -> Path | None:
    """Write a failure with its traceback; returns the log's path, None where even that fails.

    A log of a megabyte is put aside as ``kam_xl.old.log``, which replaces the one before.
    """
    path = log_file()
    head = f"{datetime.now():%Y-%m-%d %H:%M:%S} {what}"
    machine = f"kam_xl {__version__}, Python {platform.python_version()}, {platform.platform()}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _SIZE:
            path.replace(path.with_suffix(".old.log"))
        with path.open("a", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write("\n".join([head, machine, *traceback.format_exception(error), ""]))
    except OSError:
        return None
    return path
