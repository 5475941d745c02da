"""The log: what went wrong, for whoever has to mend it. It stays on the user's computer."""

from __future__ import annotations

import logging
import platform
from logging.handlers import RotatingFileHandler
from pathlib import Path

from kam_xl import __version__
from kam_xl.install.folders import log_file

_SIZE = 1_000_000


def write(what: str, error: BaseException) -> Path | None:
    """Write a failure with its traceback; returns the log's path, None where there can be none.

    A log of a megabyte is put aside as ``kam_xl.log.1``, which replaces the one before.
    """
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = RotatingFileHandler(path, maxBytes=_SIZE, backupCount=1, encoding="utf-8", errors="backslashreplace")
    except OSError:
        return None
    file.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logger = logging.Logger("kam_xl")  # of its own: a host's settings for logging are not ours to use or to change
    logger.addHandler(file)
    machine = f"kam_xl {__version__}, Python {platform.python_version()}, {platform.platform()}"
    logger.error("%s\n%s", what, machine, exc_info=error)
    file.close()
    return path
