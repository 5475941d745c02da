"""What this engine does not do, said by name."""

from __future__ import annotations

import inspect
from typing import Any, NoReturn, TypeVar

from kam_xl.engines.file.errors import UnsupportedError
from kam_xl.locale import Text

_Class = TypeVar("_Class", bound=type)


def refuse(what: str) -> NoReturn:
    """Say that something cannot be done without a spreadsheet program."""
    raise UnsupportedError(
        Text("the file engine does not support {what}", what=what),
        remedy=Text("Do this in Excel, or through xlwings' own engine on Windows or macOS."),
    )


def named_gaps(cls: _Class) -> _Class:
    """Let every member that xlwings asks for and the class does not have refuse by its name.

    xlwings' base classes raise a `NotImplementedError` without a word; a script that meets it should not have to guess.
    """
    for base in cls.__mro__[1:]:
        for name, member in vars(base).items():
            if name not in vars(cls) and _is_gap(member):
                setattr(cls, name, _refusing(f"{cls.__name__}.{name}", member))
    for name, member in list(vars(cls).items()):
        wanted = next((vars(base)[name] for base in cls.__mro__[1:] if name in vars(base)), None)
        if isinstance(member, property) and member.fset is None and isinstance(wanted, property) and wanted.fset:
            setattr(cls, name, member.setter(_refusal(f"setting {cls.__name__}.{name}")))
    return cls


def _is_gap(member: object) -> bool:
    function = member.fget if isinstance(member, property) else member
    if not inspect.isfunction(function) or inspect.iscoroutinefunction(function):
        return False
    return set(function.__code__.co_names) == {"NotImplementedError"}


def _refusing(what: str, member: object) -> Any:
    return property(_refusal(what), _refusal(f"setting {what}")) if isinstance(member, property) else _refusal(what)


def _refusal(what: str) -> Any:
    def refusal(*_: object, **__: object) -> NoReturn:
        refuse(what)

    refusal.is_gap = True  # type: ignore[attr-defined]  # for `kam_xl.engines.abilities`
    return refusal
