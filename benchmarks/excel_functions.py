"""Functions in Excel on Windows: arguments handed over as values, as the workbook's macros do, against Range objects.

Under Wine, which `./dev windows` sets up: xlwings' own library and Python for Windows, and a stand-in for Excel that
answers what xlwings asks of a range. Each call of KAM_PENETRATION has two cells for arguments; KAM_TABLE gets 10,000
clients, which the functions know after the first call. The ratio counts; real Excel answers faster than the stand-in.
Processor time is that of Python alone, without waiting for anybody: of a table it is pywin32's, who makes Python's
values of Excel's and back.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOP = Path(__file__).parents[1]
sys.path.insert(0, str(TOP))
CALLS = 100
CLIENTS = 10_000
HEADERS = ["Client ID", "Client", "Revenue", "Procurement budget"]


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
        rows = [[f"C{at}", f"Client {at}", float(at), 2.0 * at] for at in range(1, CLIENTS + 1)]
        book.sheets[0].range("A1").value = [HEADERS, *rows]
        book.save(folder / "clients.xlsx")
        (folder / "excel.idl").write_text(idl(), "ascii")
        widl = ["x86_64-w64-mingw32-widl", "-t", "-o", folder / "excel.tlb", folder / "excel.idl"]
        subprocess.run(widl, check=True)
        paths = [windows_path(each) for each in (Path(__file__), folder / "excel.tlb", folder / "clients.xlsx")]
        env = {"PYTHONPATH": ";".join(map(windows_path, (TOP, TOP / "udfs", TOP / "windows" / "stand_in")))}
        done = wine.run(PYTHON, *paths, xw.__version__, env=env, timeout=300)
    print(done.stdout.decode() or done.stderr.decode("cp1251")[-2000:])


def inside(library: str, path: str, version: str) -> None:
    """Excel's side, in Python for Windows."""
    import os

    import pythoncom
    import win32com.client.dynamic
    import xlwings as xw
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
    server = started(interpreter, path, os.environ["PYTHONPATH"], version)
    python = win32com.client.dynamic.Dispatch(pythoncom.ObjectFromAddress(server.pointer, pythoncom.IID_IDispatch))

    def processor() -> float:
        return float(python.Str(python.Eval("__import__('time').process_time()")))

    def timed(name: str, arguments: list[object], calls: int) -> tuple[float, float]:
        python.CallUDF("kam_udfs", name, arguments)
        own, begun = processor(), time.perf_counter()
        for _ in range(calls):
            python.CallUDF("kam_udfs", name, arguments)
        taken = time.perf_counter() - begun
        return taken / calls * 1000, (processor() - own) / calls * 1000

    def compared(name: str, cells: list[str], calls: int) -> None:
        values, of_values = timed(name, [sheet.range(each).options(ndim=2).value for each in cells], calls)
        ranges, of_ranges = timed(name, [handed_out(Range(sheet.range(each))) for each in cells], calls)
        print(f"{name}: {values:.1f} ms with values, {ranges:.1f} ms with ranges: {ranges / values:.1f}x")
        print(f"  of which Python's processor time: {of_values:.1f} ms with values, {of_ranges:.1f} ms with ranges")

    compared("KAM_PENETRATION", ["C2", "D2"], CALLS)
    compared("KAM_TABLE", [f"A1:D{CLIENTS + 1}"], 10)
    sys.stdout.flush()
    os._exit(0)  # references of the other process must not be waited for


if __name__ == "__main__":
    inside(*sys.argv[1:]) if len(sys.argv) > 1 else main()
