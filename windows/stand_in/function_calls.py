"""Excel's side of a formula: starts Python through xlwings' library as the macros do, and calls functions in it.

Runs under Python for Windows. The first line of standard input says what `started` wants to know; each further one is
a JSON list of calls [function, arguments]. Each is answered with a line of JSON: answers as cells would get them, a
failed call as {"failed": [number, description]}. The first line of output is {"started": seconds}, or {"failed": …}.
"""

import ctypes
import json
import ntpath
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from automation import BSTR, DISPATCH, CallError, Dispatch, Variant, oleaut32, plain, row

LIBRARY = "xlwings64-{version}.dll"
IN_PROCESS_BY_NAME = 1


def command(interpreter, workbook, pythonpath):
    """XLPyCommand of the module xlwings, line by line; the workbook's configuration says not to add its folder."""
    path = f"false;{workbook};{workbook};;;;{pythonpath}"
    path = path.replace("\\", "\\\\").replace("'", "\\'").replace("&", "^&")
    start = f'cmd.exe  /K ""{interpreter}"'
    code = "import sys, os;import xlwings.utils;"
    code += f"xlwings.utils.prepare_sys_path(\\\"{path}\\\");import xlwings; xlwings.serve('$(CLSID)')"
    return f'{start} -B -c "{code}""'


def library(interpreter, version):
    """XLPyLoadDLL: from the interpreter's folder, or from the one above it."""
    folder = ntpath.dirname(interpreter)
    for place in (folder, ntpath.dirname(folder)):
        path = ntpath.join(place, LIBRARY.format(version=version))
        if Path(path).exists():
            return ctypes.WinDLL(path)
    raise CallError(1, f"Could not load {LIBRARY.format(version=version)}")


def started(interpreter, workbook, pythonpath, version):
    """XLPy: the process that answers."""
    activate = library(interpreter, version).XLPyDLLActivateAuto
    activate.restype, activate.argtypes = ctypes.c_long, (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_long)
    result = Variant()
    ansi = command(interpreter, workbook, pythonpath).encode("mbcs", "replace")
    if activate(ctypes.byref(result), ansi, IN_PROCESS_BY_NAME) or result.kind != DISPATCH:
        raise CallError(1000, ctypes.wstring_at(result.pointer) if result.kind == BSTR else "")
    return Dispatch(result.pointer)


def answered(python, name, arguments):
    """KamCall, without turning names of errors into errors."""
    try:
        answer = python.call("CallUDF", "kam_udfs", name, row(arguments))
    except CallError as error:
        return {"failed": error.args}
    cells = plain(answer)
    oleaut32.VariantClear(ctypes.byref(answer))
    return cells


def main():
    ctypes.WinDLL("ole32").CoInitialize(None)
    lines = iter(sys.stdin.buffer)
    given = json.loads(next(lines))
    begun = time.perf_counter()
    try:
        python = started(**given)
    except CallError as error:
        say({"failed": error.args, "seconds": time.perf_counter() - begun})
        return
    say({"started": time.perf_counter() - begun})
    for line in lines:
        calls = json.loads(line)
        begun = time.perf_counter()
        answers = [answered(python, *call) for call in calls]
        say({"answers": answers, "seconds": time.perf_counter() - begun})


def say(line):
    sys.stdout.buffer.write(json.dumps(line).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
