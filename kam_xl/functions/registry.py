"""One table of all cell functions, from which every host is made: wrappers, function wizards, type libraries, docs.

What a function and its arguments are stands in the texts given to `function`; its docstring adds errors and examples.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import NamedTuple

from kam_xl.functions.arguments import Answer, answered
from kam_xl.locale import Text

CATEGORY = "KAM"
NUMBERS = ("text", "money", "share", "count", "index")
"""What the answer of an example may be."""


@dataclass(frozen=True)
class Argument:
    """An argument as the function wizard shows it; an omitted one is None."""

    name: str
    text: Text
    optional: bool = False


class Example(NamedTuple):
    """A call over the small table of the sheet *Functions*, for people to try.

    Parameters
    ----------
    arguments : tuple of str
        As they are typed: ``{revenue}`` is the first client's cell of a column, ``{revenues}`` the whole column,
        ``{table}`` the table with its titles.
    number : str
        What the answer is, a word of `NUMBERS`; of columns unlike each other, one for each: "text, share".
    shape : (int, int)
        Rows and columns of the answer.
    heads : tuple of Text
        Titles of the answer's columns.
    """

    arguments: tuple[str, ...]
    number: str = "text"
    shape: tuple[int, int] = (1, 1)
    heads: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Function:
    """A function for cells, with all that belongs to it.

    `call` takes plain cells and ranges (see `kam_xl.functions.arguments`), as many as there are arguments or fewer, and
    never raises on account of what it was given. A function that is `cell_by_cell` needs to know no other client, nor
    what a whole column holds: Calc calls it for each cell of a column.
    """

    name: str
    call: Callable[..., Answer]
    text: Text
    arguments: tuple[Argument, ...]
    example: Example
    cell_by_cell: bool = False
    category: str = CATEGORY

    def signature(self, separator: str = ", ") -> str:
        """How it is typed, optional arguments in brackets.

        >>> from kam_xl.functions import FUNCTIONS
        >>> FUNCTIONS["KAM_POTENTIAL"].signature("; ")
        'KAM_POTENTIAL(budget; [budgets]; [total]; [settings]; [language])'
        """
        names = (f"[{each.name}]" if each.optional else each.name for each in self.arguments)
        return f"{self.name}({separator.join(names)})"


FUNCTIONS: dict[str, Function] = {}
"""All functions by name, in the order of the rules."""


def function(
    text: Text, example: Example, /, *, each_cell: bool = False, **arguments: Text
) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Enter a function into the table.

    Parameters
    ----------
    text : Text
        What the function wizard says about it.
    example : Example
        A call for the sheet *Functions*.
    each_cell : bool
        Whether it is `cell_by_cell`.
    arguments : Text
        What each argument is, in the order of the function's parameters.

    Raises
    ------
    TypeError
        Where an argument has no text, the docstring no example, or the example an unknown kind of answer: it names the
        function and its place.
    """

    def enter(rule: Callable[..., Answer]) -> Callable[..., Answer]:
        parameters = inspect.signature(rule).parameters
        if list(parameters) != list(arguments):
            missing = ", ".join(parameters.keys() ^ arguments.keys()) or "their order differs"
            raise TypeError(f"{_place(rule)}: @function must give a text for each argument, in order ({missing})")
        if f"{rule.__name__}(" not in (rule.__doc__ or "").partition(">>> ")[2]:
            raise TypeError(f"{_place(rule)}: its docstring needs an example, >>> {rule.__name__}(...)")
        if wrong := set(example.number.split(", ")) - set(NUMBERS):
            raise TypeError(f"{_place(rule)}: its Example answers one of {', '.join(NUMBERS)}, not {', '.join(wrong)}")

        @wraps(rule)
        def call(*given: object) -> Answer:
            return answered(rule, *given)

        described = tuple(
            Argument(name, arguments[name], parameter.default is None) for name, parameter in parameters.items()
        )
        FUNCTIONS[rule.__name__] = Function(rule.__name__, call, text, described, example, each_cell)
        return call

    return enter


def _place(rule: Callable[..., Answer]) -> str:
    return f"{rule.__name__} in {rule.__module__}"
