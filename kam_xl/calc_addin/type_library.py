"""The type library: what Calc can call, as IDL text, which needs no compiler."""

from __future__ import annotations

from collections.abc import Iterable

from kam_xl.calc_addin.types import INTERFACE, MODULES, answer_type, calc_types, identifier
from kam_xl.functions import Function


def idl(functions: Iterable[Function]) -> str:
    """The interface with one method for each function.

    >>> from kam_xl.functions import FUNCTIONS
    >>> print(idl([FUNCTIONS["KAM_PENETRATION"]]))
    module org { module kamxl {
    interface XKamFunctions {
      any kamPenetration([in] string revenue, [in] string budget);
    };
    }; };
    <BLANKLINE>
    """
    opened = " ".join(f"module {name} {{" for name in MODULES)
    methods = "\n".join(
        f"  {answer_type(each).value} {identifier(each.name)}({_arguments(each)});" for each in functions
    )
    return f"{opened}\ninterface {INTERFACE} {{\n{methods}\n}};\n{' '.join(['};'] * len(MODULES))}\n"


def _arguments(function: Function) -> str:
    kinds = zip(calc_types(function), function.arguments, strict=True)
    return ", ".join(f"[in] {kind.value} {identifier(argument.name)}" for kind, argument in kinds)
