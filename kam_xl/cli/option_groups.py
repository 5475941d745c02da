"""Options that several commands share stand in one dataclass: a command takes it as one argument."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from kam_xl.files.names import as_spelt

Command = TypeVar("Command", bound=Callable[..., Any])


def with_groups(command: Command) -> Command:
    """A command whose arguments that are dataclasses are given field by field on the command line.

    Examples
    --------
    >>> from dataclasses import dataclass
    >>> @dataclass
    ... class Size:
    ...     width: int = 1
    >>> @with_groups
    ... def draw(name: str, size: Size) -> str:
    ...     return f"{name} {size.width}"
    >>> list(inspect.signature(draw).parameters), draw(name="a", width=3)
    (['name', 'width'], 'a 3')
    """
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, Any] = {name: hint for name, hint in hints.items() if is_dataclass(hint)}
    parameters: list[inspect.Parameter] = []
    for name, parameter in inspect.signature(command).parameters.items():
        group = groups.get(name)
        own = get_type_hints(group, include_extras=True) if group else {}
        parameters += (
            [_parameter(each, own[each.name]) for each in fields(group)]
            if group
            else [parameter.replace(annotation=hints[name])]
        )

    @wraps(command)
    def flat(**given: Any) -> Any:
        given = {name: _as_on_disk(value) for name, value in given.items()}
        made = {
            name: group(**{each.name: given.pop(each.name) for each in fields(group)}) for name, group in groups.items()
        }
        return command(**given, **made)

    ordered = sorted(parameters, key=lambda each: each.default is not inspect.Parameter.empty)
    flat.__signature__ = inspect.Signature(ordered)  # type: ignore[attr-defined]
    flat.__annotations__ = {each.name: each.annotation for each in ordered}
    return flat  # type: ignore[return-value]


def _as_on_disk(value: Any) -> Any:
    """Files that are named, as the disk spells them."""
    if isinstance(value, list):
        return [_as_on_disk(each) for each in value]
    return as_spelt(value) if isinstance(value, Path) else value


def _parameter(field: Field[Any], annotation: Any) -> inspect.Parameter:
    default = inspect.Parameter.empty if field.default is MISSING else field.default
    if field.default_factory is not MISSING:
        default = field.default_factory()
    return inspect.Parameter(
        field.name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=default, annotation=annotation
    )
