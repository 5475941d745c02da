"""Functions in Excel on Windows, called with values, as the macros do, and with Range objects; and the floor.

Under Wine, which `./dev windows` sets up: xlwings' own library and Python for Windows, values as Excel's VBA has them,
and a stand-in for Excel that answers what xlwings asks of a range; real Excel answers faster. Each call of
KAM_PENETRATION has two cells for arguments; KAM_TABLE gets 10,000 clients, which the functions know after the first
call, or another revenue each time. The floor is a bare xlwings function with the same cells in and the same answer,
which calculates nothing. The best of several calls counts.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

TOP = Path(__file__).parents[1]
sys.path.insert(0, str(TOP))
CALLS = 50
CLIENTS = 10_000
HEADERS = ["Client ID", "Client", "Revenue", "Procurement budget"]
FLOOR = """
import kam_udfs, xlwings as xw

ANSWERS = {}

@xw.func
@xw.arg("cells", convert="raw")
@xw.ret(convert="raw")
def FLOOR(name, *cells):
    if name not in ANSWERS:
        plain = ([list(row) for row in each] if isinstance(each, tuple) else each for each in cells)
        answer = getattr(kam_udfs, name)(*plain)
        ANSWERS[name] = answer if isinstance(answer, list) else [[answer]]
    return ANSWERS[name]
"""


def main() -> None:
    """Prepare the book and have it measured inside of Wine."""
    import xlwings as xw

    import kam_xl.engines.file  # noqa: F401 (registers the engine)
    from windows.stand_in.type_library import idl
    from windows.wine import PYTHON, installed, windows_path

    wine = installed()
    if wine is None:
        print("Wine is not set up: ./dev windows does that")
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        book = xw.engines["file"].apps.add().books.add()
        book.sheets[0].range("A1").value = [HEADERS, *clients()]
        book.save(folder / "clients.xlsx")
        (folder / "floor.py").write_text(FLOOR, "ascii")
        (folder / "excel.idl").write_text(idl(), "ascii")
        widl = ["x86_64-w64-mingw32-widl", "-t", "-o", folder / "excel.tlb", folder / "excel.idl"]
        subprocess.run(widl, check=True)
        paths = [windows_path(each) for each in (Path(__file__), folder / "excel.tlb", folder / "clients.xlsx")]
        env = {"PYTHONPATH": ";".join(map(windows_path, (TOP, TOP / "udfs", TOP / "windows" / "stand_in", folder)))}
        done = wine.run(PYTHON, *paths, xw.__version__, env=env, timeout=600)
    print(done.stdout.decode() or done.stderr.decode("cp1251")[-2000:])


def clients(first: float = 1.0) -> list[list[Any]]:
    """The clients, the first of which has a revenue of its own."""
    return [[f"C{at}", f"Client {at}", float(at) if at > 1 else first, 2.0 * at] for at in range(1, CLIENTS + 1)]


def inside(library: str, path: str, version: str) -> None:
    """Excel's side, in Python for Windows."""
    import ctypes
    import os

    import pythoncom
    import xlwings as xw
    from automation import DISPATCH, Variant, oleaut32, row
    from function_calls import started

    import kam_xl.engines.file  # noqa: F401 (registers the engine)
    from windows.stand_in.com import handed_out, load_types
    from windows.stand_in.model import Application, Range

    pythoncom.CoInitialize()
    load_types(library)
    app = xw.engines["file"].apps.add()
    sheet = app.books.open(path).sheets[0]
    Application(app)
    interpreter = sys.executable.replace("python.exe", "pythonw.exe")
    python = started(interpreter, path, os.environ["PYTHONPATH"], version)
    references = []  # which Excel holds as long as its formulas

    def reference(address: str) -> Variant:
        references.append(handed_out(Range(sheet.range(address))))
        pointer = int(re.search(r"with obj at 0x([0-9A-Fa-f]+)", repr(references[-1]))[1], 16)  # type: ignore[index]
        return Variant(DISPATCH, pointer=pointer)

    def taken(module: str, name: str, arguments: list[Any], calls: int = CALLS) -> float:
        """Milliseconds of the fastest call; a list of arguments for each call in turn, or the same for all."""
        best = float("inf")
        for at in range(calls + 1):
            given = Variant()
            oleaut32.VariantCopy(ctypes.byref(given), ctypes.byref(arguments[at % len(arguments)]))
            begun = time.perf_counter()
            answer = python.call("CallUDF", module, name, given)
            seconds = time.perf_counter() - begun
            oleaut32.VariantClear(ctypes.byref(answer))
            best = min(best, seconds) if at else best
        return best * 1000

    def compared(name: str, values: list[Any], cells: list[str], calls: int) -> None:
        ours = taken("kam_udfs", name, [row(values)], calls)
        ranges = taken("kam_udfs", name, [row([reference(each) for each in cells])], max(calls // 10, 3))
        floor = taken("floor", "FLOOR", [row([name, *values])], calls)
        print(f"{name}: {ours:.1f} ms with values, {ranges:.1f} ms with ranges ({ranges / ours:.1f}x)", end=", ")
        print(f"floor {floor:.1f} ms: {ours / floor:.2f}x of it", flush=True)

    compared("KAM_PENETRATION", [1.0, 2.0], ["C2", "D2"], CALLS)
    compared("KAM_TABLE", [[HEADERS, *clients()]], [f"A1:D{CLIENTS + 1}"], 15)
    changed = [row([[HEADERS, *clients(revenue)]]) for revenue in (2.5, 3.5, 4.5)]
    print(f"KAM_TABLE, a client changed: {taken('kam_udfs', 'KAM_TABLE', changed, 2):.1f} ms", flush=True)
    os._exit(0)  # references of the other process must not be waited for


if __name__ == "__main__":
    inside(*sys.argv[1:]) if len(sys.argv) > 1 else main()
