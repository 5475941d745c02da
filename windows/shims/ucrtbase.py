"""A ucrtbase.dll for Wine 8: C99's functions of complex numbers, which Wine lacks and numpy imports.

Everything else is forwarded to Wine's own library, which stands beside it as ucrtwine.dll. The functions are those of
mingw; a complex number passes through the Windows ABI as a struct of two numbers.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

COMPILER = "x86_64-w64-mingw32-gcc"
_REAL = ("cabs", "carg", "creal", "cimag")  # complex -> real
_COMPLEX = ("ccos", "ccosh", "cexp", "csin", "csinh", "ctan", "ctanh", "csqrt", "clog")  # complex -> complex
# Of the three kinds of numbers, long double is double on Windows: suffix, type, struct.
_KINDS = (("", "double", "D"), ("l", "double", "D"), ("f", "float", "F"))
_HEAD = """\
#include <complex.h>
typedef struct { double v[2]; } D;
typedef struct { float v[2]; } F;
static double _Complex from_D(D x) { double _Complex z; __real__ z = x.v[0]; __imag__ z = x.v[1]; return z; }
static float _Complex from_F(F x) { float _Complex z; __real__ z = x.v[0]; __imag__ z = x.v[1]; return z; }
static D to_D(double _Complex z) { D x = {{__real__ z, __imag__ z}}; return x; }
static F to_F(float _Complex z) { F x = {{__real__ z, __imag__ z}}; return x; }
int __stdcall DllMain(void *instance, unsigned reason, void *reserved) { return 1; }
"""


def functions() -> Iterator[tuple[str, str]]:
    """Name and source of each function."""
    for suffix, number, struct in _KINDS:
        base = "f" if suffix == "f" else ""
        for name in _REAL:
            yield name + suffix, f"{number} my_{name}{suffix}({struct} x) {{ return {name}{base}(from_{struct}(x)); }}"
        for name in _COMPLEX:
            body = f"return to_{struct}({name}{base}(from_{struct}(x)));"
            yield name + suffix, f"{struct} my_{name}{suffix}({struct} x) {{ {body} }}"
        body = f"return to_{struct}(cpow{base}(from_{struct}(x), from_{struct}(y)));"
        yield f"cpow{suffix}", f"{struct} my_cpow{suffix}({struct} x, {struct} y) {{ {body} }}"


def exported(library: Path) -> list[str]:
    """The names that a library exports."""
    listing = subprocess.run(["x86_64-w64-mingw32-objdump", "-p", library], capture_output=True, text=True, check=True)
    names = listing.stdout.partition("[Ordinal/Name Pointer] Table")[2]
    return re.findall(r"^\s*\[\s*\d+\](?: \+base\[\s*\d+\]\s+[0-9a-f]+)? (\S+)$", names, re.MULTILINE)


def build(original: Path, target: Path) -> None:
    """Build the library over Wine's own."""
    ours = dict(functions())
    source, exports = target.with_suffix(".c"), target.with_suffix(".def")
    source.write_text(_HEAD + "\n".join(ours.values()) + "\n")
    lines = [f'  "{name}" = my_{name}' for name in ours]
    lines += [f'  "{name}" = "ucrtwine.{name}"' for name in exported(original) if name not in ours]
    exports.write_text("\n".join(["LIBRARY ucrtbase", "EXPORTS", *lines]) + "\n")
    options = ["-shared", "-O1", "-nostartfiles", "-static-libgcc", "-s", "-Wl,-e,DllMain"]
    subprocess.run([COMPILER, *options, "-o", target, source, exports, "-lmingwex", "-lmsvcrt"], check=True)
