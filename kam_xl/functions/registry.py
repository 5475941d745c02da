"""One table of all cell functions, from which every host is made: wrappers, function wizards, type libraries, docs."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from kam_xl.functions.cells import Answer, answered
from kam_xl.locale import Text

CATEGORY = "KAM"


@dataclass(frozen=True)
class Argument:
    """An argument as the function wizard shows it; a left out one is None."""

    name: str
    text: Text
    optional: bool = False


@dataclass(frozen=True)
class Function:
    """A function for cells.

    `call` takes plain cells and ranges (see `kam_xl.functions.cells`), as many as there are arguments or fewer, and
    never raises on account of what it was given.
    """

    name: str
    call: Callable[..., Answer]
    text: Text
    arguments: tuple[Argument, ...]
    category: str = CATEGORY

    def signature(self, separator: str = ", ") -> str:
        """How it is typed, what may be left out in brackets.

        >>> from kam_xl.functions import FUNCTIONS
        >>> FUNCTIONS["KAM_POTENTIAL"].signature("; ")
        'KAM_POTENTIAL(budget; [budgets]; [settings]; [language])'
        """
        names = (f"[{each.name}]" if each.optional else each.name for each in self.arguments)
        return f"{self.name}({separator.join(names)})"


FUNCTIONS: dict[str, Function] = {}
"""All functions by name, in the order of the rules."""


def function(text: Text, /, **arguments: Text) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Enter a function into the table: what it does, then what each of its arguments is."""

    def enter(rule: Callable[..., Answer]) -> Callable[..., Answer]:
        parameters = inspect.signature(rule).parameters
        if list(parameters) != list(arguments):
            raise TypeError(f"{rule.__name__}: the texts do not fit the arguments")

        @wraps(rule)
        def call(*given: object) -> Answer:
            return answered(rule, *given)

        described = tuple(
            Argument(name, arguments[name], parameter.default is None) for name, parameter in parameters.items()
        )
        FUNCTIONS[rule.__name__] = Function(rule.__name__, call, text, described)
        return call

    return enter
