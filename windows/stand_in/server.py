"""Excel from outside: opens a workbook in windows of Excel's classes, and presses its buttons.

Runs under Python for Windows: server.py TYPE_LIBRARY WORKBOOK. Each line of standard input is JSON: a button with
"button", perhaps "argument", and "select", the sheet and cells to select first; or "save", the file to save to. Each is
answered with a line of JSON. A button's tells what the command line of its macro did, what the dialogs said (each is
consented to), which members were used and how often, and every fault.
"""

from __future__ import annotations

import ctypes
import json
import ntpath
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pythoncom
import win32con
import win32event
import win32gui
import win32job
import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from windows.stand_in.com import FAULTS, UNKNOWN, USED, handed_out, load_types
from windows.stand_in.model import Application, Window

NATIVE_OBJECT = 0xFFFFFFF0  # OBJID_NATIVEOM
PATIENCE = 900  # seconds: machines may be slow
FAREWELL = 20  # seconds for programs that a button started
GLANCE = 0.5  # seconds between two looks for dialogs


def windows() -> int:
    """Windows as Excel has them, the innermost of which gives its object; the outermost one's handle."""
    accessibility = ctypes.WinDLL("oleacc")
    accessibility.LresultFromObject.restype = ctypes.c_ssize_t
    accessibility.LresultFromObject.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p)
    dispatch = (ctypes.c_byte * 16)()
    ctypes.oledll.ole32.CLSIDFromString("{00020400-0000-0000-C000-000000000046}", dispatch)
    pointer = int(re.search(r"with obj at 0x([0-9A-Fa-f]+)", repr(handed_out(Window())))[1], 16)  # type: ignore[index]

    def procedure(window: int, message: int, word: int, long: int) -> int:
        if message == win32con.WM_GETOBJECT and long & 0xFFFFFFFF == NATIVE_OBJECT:
            return accessibility.LresultFromObject(dispatch, word, pointer)
        return win32gui.DefWindowProc(window, message, word, long)

    handles = [0]
    for name in ("XLMAIN", "XLDESK", "EXCEL7"):
        kind = win32gui.WNDCLASS()
        kind.lpszClassName, kind.lpfnWndProc = name, procedure
        style = win32con.WS_CHILD if handles[-1] else win32con.WS_OVERLAPPEDWINDOW
        made = win32gui.RegisterClass(kind)
        handles.append(win32gui.CreateWindow(made, name, style, 0, 0, 300, 200, handles[-1], 0, 0, None))
    return handles[1]


def command_line(interpreter: str, book: str, window: int, script: str, log: str) -> str:
    """ExecuteWindows of the module xlwings, line by line; the workbook's configuration says not to add its folder."""
    path = f"false;{book};{book};;;;".replace("&", "^&").replace("\\", "\\\\")
    go_there = f'{interpreter[:2]} & cd "{ntpath.dirname(interpreter)}" & '
    code = f'import xlwings.utils;xlwings.utils.prepare_sys_path(\\"{path}\\"); {script}'
    caller = f'--wb="{ntpath.basename(book)}" --from_xl=1 --app="C:\\Office16\\Microsoft Excel" --hwnd="{window}"'
    return f'cmd.exe /C {go_there}"{interpreter}" -B -c "{code}"  {caller} 2> "{log}" '


def answer_dialogs(texts_shown: list[str]) -> None:
    """Note what a message box says, and consent to it."""

    def each(window: int, _: object) -> bool:
        if win32gui.GetClassName(window) == "#32770" and win32gui.IsWindowVisible(window):
            texts: list[tuple[str, int, str]] = []
            win32gui.EnumChildWindows(window, lambda child, _: texts.append(_described(child)) or True, None)
            texts_shown.append("\n".join(text for kind, _, text in texts if kind != "Button" and text))
            buttons = [number for kind, number, _ in texts if kind == "Button"]
            consent = next((number for number in (6, 1, 2) if number in buttons), 1)
            win32gui.PostMessage(window, win32con.WM_COMMAND, consent, 0)
            time.sleep(0.3)
        return True

    win32gui.EnumWindows(each, None)


def _described(window: int) -> tuple[str, int, str]:
    return win32gui.GetClassName(window), win32gui.GetDlgCtrlID(window), win32gui.GetWindowText(window)


def pressed(script: str, book: str, window: int) -> dict[str, Any]:
    """Run the macro's command line, serving its calls until it ends."""
    interpreter = re.sub(r"python\.exe$", "pythonw.exe", sys.executable, flags=re.IGNORECASE)
    log = Path(os.environ["TEMP"], f"xlwings-{os.getpid()}.log")
    log.unlink(missing_ok=True)
    shown: list[str] = []
    begun = looked = time.perf_counter()
    with subprocess.Popen(command_line(interpreter, book, window, script, str(log)), stdin=subprocess.PIPE) as process:
        family = together(process)
        while process.poll() is None and time.perf_counter() - begun < PATIENCE and not UNKNOWN:
            win32event.MsgWaitForMultipleObjects((), 0, 100, win32event.QS_ALLEVENTS)
            pythoncom.PumpWaitingMessages()
            if time.perf_counter() - looked > GLANCE:  # not after each call: that would cost more than the call
                answer_dialogs(shown)
                looked = time.perf_counter()
        ended = time.perf_counter()
        while _running(family) and time.perf_counter() - ended < FAREWELL:
            time.sleep(0.1)
        win32job.TerminateJobObject(family, 1)  # what is left of it
    error = log.read_text("mbcs", "replace") if log.exists() else ""
    return {"code": process.returncode, "seconds": time.perf_counter() - begun, "shown": shown, "error": error}


def together(process: subprocess.Popen[bytes]) -> Any:
    """A process with all that it starts, to be ended as one."""
    family = win32job.CreateJobObject(None, "")
    win32job.AssignProcessToJobObject(family, int(process._handle))  # type: ignore[attr-defined]
    return family


def _running(family: Any) -> int:
    """How many processes of a family run."""
    kind = win32job.JobObjectBasicAccountingInformation
    return int(win32job.QueryInformationJobObject(family, kind)["ActiveProcesses"])


def main() -> None:
    """Open the workbook and do what the lines say."""
    library, path = sys.argv[1:]
    pythoncom.CoInitialize()
    load_types(library)
    app = xw.engines["file"].apps.add()
    opened = app.books.open(path)
    excel = Application(app)
    excel.window = windows()
    for line in sys.stdin.buffer:
        wanted = json.loads(line)
        if "save" in wanted:
            opened.save(wanted["save"])
            say({"saved": opened.fullname})
        else:
            say(press(excel, opened, **wanted))
    sys.stdout.flush()
    os._exit(0)  # references of dead processes must not be waited for


def press(excel: Application, book: xw.Book, button: str, argument: str = "", select: Any = None) -> dict[str, Any]:
    """Press one button."""
    for each in (USED, FAULTS, UNKNOWN):
        each.clear()
    if select:
        excel.select(*select)
    script = f"import kam_xl.buttons; kam_xl.buttons.press({button!r}, {argument!a})"
    result = pressed(script, book.fullname, excel.window)
    return result | {"state": excel.state, "used": USED, "faults": FAULTS, "unknown": sorted(UNKNOWN)}


def say(answer: dict[str, Any]) -> None:
    """Answer with a line."""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
