"""The members of the stand-in, as IDL of a type library; numbers of members are ours, all else is Excel's."""

from __future__ import annotations

import inspect
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from windows.stand_in import model

_KNOWN_IDS = {"Range": "00020846", "_Application": "000208D5", "_Workbook": "000208DA", "_Worksheet": "000208D8"}


# What Windows' own files would define, which compilers for it on Linux come without; VARIANT is known by its name.
_BASICS = """\
typedef struct tagVARIANT { int value; } VARIANT;
[object, uuid(00000000-0000-0000-C000-000000000046)] interface IUnknown {};
[object, uuid(00020400-0000-0000-C000-000000000046)] interface IDispatch : IUnknown {};
"""


@dataclass
class Member:
    """A property or method of an interface."""

    arguments: tuple[str, ...] = ()
    is_property: bool = False
    can_be_put: bool = False
    required: int = 0


def interfaces() -> dict[str, dict[str, Member]]:
    """The members of each interface."""
    by_name: dict[str, dict[str, Member]] = {}
    for kind in _classes(model.ExcelObject):
        for interface in _interfaces_of(kind):
            members = by_name.setdefault(interface, {})
            for name, call in inspect.getmembers(kind, inspect.isfunction):
                _add(members, name, call)
    return by_name


def _classes(kind: type) -> Iterator[type]:
    for each in kind.__subclasses__():
        yield each
        yield from _classes(each)


def _interfaces_of(kind: type) -> tuple[str, ...]:
    named = {
        model.Collection: ("Areas", "ListObjects"),
        model.Names: ("Names",),
        model.Sheets: ("Sheets",),
        model.Workbooks: ("Workbooks",),
    }
    return named.get(kind) or (kind.interface,)  # type: ignore[attr-defined]


def _add(members: dict[str, Member], name: str, call: object) -> None:
    prefix, _, rest = name.partition("_")
    if prefix in ("get", "put"):
        member = members.setdefault(rest, Member(is_property=True))
        member.can_be_put = member.can_be_put or prefix == "put"
        if prefix == "put":
            return
    elif name[0].isupper():
        member = members.setdefault(name, Member())
    else:
        return
    parameters = [each for each in inspect.signature(call).parameters.values() if each.name != "self"]  # type: ignore[arg-type]
    if len(parameters) >= len(member.arguments):
        member.arguments = tuple(each.name for each in parameters)
        member.required = sum(each.default is each.empty for each in parameters)


def numbers() -> dict[str, dict[str, int]]:
    """The dispatch numbers of each interface's members."""
    return {
        interface: {name: 0 if name == "_Default" else at for at, name in enumerate(sorted(members), 1)}
        for interface, members in interfaces().items()
    }


def idl() -> str:
    """The whole library."""
    lines = [_BASICS, "[uuid(00020813-0000-0000-C000-000000000046), version(1.9)] library Excel {"]
    for interface, members in interfaces().items():
        lines += _interface(interface, members, numbers()[interface])
    return "\n".join([*lines, "};"])


def _interface(interface: str, members: dict[str, Member], ids: dict[str, int]) -> Iterator[str]:
    known = _KNOWN_IDS.get(interface)
    identity = f"{known}-0000-0000-C000-000000000046" if known else uuid.uuid5(uuid.NAMESPACE_DNS, f"excel.{interface}")
    yield f"[uuid({identity})] dispinterface {interface} {{ properties: methods:"
    for name, member in members.items():
        arguments = [_argument(each, at >= member.required) for at, each in enumerate(member.arguments)]
        if member.is_property:
            yield f"[id({ids[name]}), propget] VARIANT {name}({', '.join(arguments)});"
        if member.can_be_put:
            yield f"[id({ids[name]}), propput] void {name}({', '.join([*arguments, '[in] VARIANT RHS'])});"
        if not member.is_property:
            yield f"[id({ids[name]})] VARIANT {name}({', '.join(arguments)});"
    yield "[id(-4), restricted] VARIANT _NewEnum(); };"


def _argument(name: str, optional: bool) -> str:
    return f"[in{', optional' if optional else ''}] VARIANT {name}"
