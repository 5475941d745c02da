"""What an engine does not do, said by name."""

from __future__ import annotations

import inspect
from typing import Any, NoReturn, TypeVar

from kam_xl.engines.errors import UnsupportedError
from kam_xl.locale import Text

_Class = TypeVar("_Class", bound=type)


class Gaps:
    """The gaps of one engine.

    Parameters
    ----------
    message : Text
        What is said about a gap, with its name in the place of ``{what}``.
    remedy : Text
        Where the same thing can be done.
    """

    def __init__(self, message: Text, remedy: Text) -> None:
        self._message, self._remedy = message, remedy

    def refuse(self, what: str) -> NoReturn:
        """Say that the engine cannot do something."""
        raise UnsupportedError(Text(self._message.message, what=what), remedy=self._remedy)

    def named(self, cls: _Class) -> _Class:
        """Let every member that xlwings asks for and the class does not have refuse by its name.

        xlwings' base classes raise a `NotImplementedError` without a word; a script that meets it should not have to
        guess.
        """
        for base in cls.__mro__[1:]:
            for name, member in vars(base).items():
                if name not in vars(cls) and _is_gap(member) and _is_gap(getattr(cls, name, member)):
                    setattr(cls, name, self._refusing(f"{cls.__name__}.{name}", member))
        for name in dir(cls):
            member = inspect.getattr_static(cls, name)
            if isinstance(member, property) and not member.fset and _can_be_set(cls, name):
                setattr(cls, name, member.setter(self._refusal(f"setting {cls.__name__}.{name}")))
        return cls

    def _refusing(self, what: str, member: object) -> Any:
        if isinstance(member, property):
            return property(self._refusal(what), self._refusal(f"setting {what}"))
        return self._refusal(what)

    def _refusal(self, what: str) -> Any:
        def refusal(*_: object, **__: object) -> NoReturn:
            self.refuse(what)

        refusal.is_gap = True  # type: ignore[attr-defined]  # for `kam_xl.engines.abilities`
        return refusal


def _is_gap(member: object) -> bool:
    function = member.fget if isinstance(member, property) else member
    if not inspect.isfunction(function) or inspect.iscoroutinefunction(function):
        return False
    return set(function.__code__.co_names) == {"NotImplementedError"}


def _can_be_set(cls: type, name: str) -> bool:
    """Whether a property of xlwings can be set."""
    return any(getattr(vars(base).get(name), "fset", None) for base in cls.__mro__[1:])
