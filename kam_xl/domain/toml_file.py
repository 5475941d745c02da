"""TOML files that people and their shells wrote: settings, mappings, recipes."""

from __future__ import annotations

import codecs
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from kam_xl.errors import refuse_pipe
from kam_xl.locale import system_encoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),  # what PowerShell 5.1 writes for >
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LARGEST = 10_000_000  # bytes
_MOST_DOTS = 1000  # in a line: the reader's memory grows with the square of the parts of a key


def read_toml(path: str | Path) -> dict[str, Any]:
    """The top level of a TOML file, in UTF-8, in an encoding that its mark tells, or in the system's own.

    TOML is UTF-8; but a Windows shell writes what a program prints as it pleases, and editors follow it.

    Raises
    ------
    OSError
        Where the file cannot be read.
    ValueError
        Where it is not TOML.
    """
    tomllib = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    refuse_pipe(Path(path))
    if Path(path).stat().st_size > _LARGEST:
        raise ValueError("it is too large")
    text = _decoded(Path(path).read_bytes()).replace("\r\n", "\n")
    if max(line.count(".") for line in text.split("\n")) > _MOST_DOTS:
        raise ValueError("it is nested too deeply")
    try:
        values: dict[str, Any] = tomllib.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    return values


def _decoded(content: bytes) -> str:
    r"""The text of a file.

    >>> _decoded("a = 'Москва'\n".encode("utf-16"))
    "a = 'Москва'\n"
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode(system_encoding())
