"""The optional packages that ledgers need, with a clear word where one is missing."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from kam_xl.errors import MissingPackageError
from kam_xl.locale import Text


def required(module: str, extra: str = "ledger") -> ModuleType:
    """A module of an optional package.

    Raises
    ------
    MissingPackageError
        Telling how to install it.
    """
    try:
        return import_module(module)
    except ImportError as error:
        name = (error.name or module).partition(".")[0]
        raise MissingPackageError(Text("reading ledgers needs the package {name}", name=name), extra) from error
