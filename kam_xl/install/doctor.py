"""What commonly breaks between Excel, its macros and Python: each thing checked, with its remedy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kam_xl import __version__
from kam_xl.calc_addin.description import MINIMUM
from kam_xl.install.book_facts import BookFacts
from kam_xl.install.folders import copies_folder, log_file
from kam_xl.install.machine import MACOS, WINDOWS, Machine, in_cloud
from kam_xl.locale import Text

Grade = Literal["ok", "warning", "fault"]
_ASK = 2  # Excel's VBAWarnings: disable macros with notification; above it those without a signature never run
_FROM_THE_INTERNET = 3
RUN_BY_THEM = frozenset(
    [
        *("INTERPRETER", "INTERPRETER_WIN", "INTERPRETER_MAC", "PYTHONPATH", "CONDA PATH", "CONDA ENV"),
        # These become parts of Python's path.
        *("ONEDRIVE_CONSUMER_WIN", "ONEDRIVE_COMMERCIAL_WIN", "SHAREPOINT_WIN"),
        *("ONEDRIVE_CONSUMER_MAC", "ONEDRIVE_COMMERCIAL_MAC", "SHAREPOINT_MAC"),
    ]
)
"""What decides which programs xlwings runs; KamRunning.bas accepts none of it from a workbook's folder."""


@dataclass(frozen=True)
class Check:
    """One thing that was checked.

    Parameters
    ----------
    code : str
        For programs.
    grade : {"ok", "warning", "fault"}
        With a fault something does not work; with a warning it may not.
    message : Text
    remedy : Text, optional
    """

    code: str
    grade: Grade
    message: Text
    remedy: Text | None = None


def examine(machine: Machine, book: BookFacts | None = None) -> list[Check]:
    """Check a machine, and a workbook on it."""
    checks = [*_of_python(machine), *_of_excel(machine), *_of_configuration(machine)]
    return [*checks, *(_of_book(machine, book) if book else ()), *_of_others(machine)]


def _of_python(machine: Machine) -> Iterator[Check]:
    yield Check(
        "versions",
        "ok",
        Text(
            "kam_xl {kam}, xlwings {xlwings}, Python {python}: {path}",
            kam=__version__,
            xlwings=machine.xlwings,
            python=machine.python_version,
            path=machine.python,
        ),
    )
    if machine.system == WINDOWS and machine.from_store:
        yield Check(
            "store-python",
            "fault",
            Text("this Python is from the Microsoft Store: functions in Excel cannot start it"),
            Text("Install Python from python.org and kam_xl in it, then run its: kam-xl install"),
        )
    if machine.system == WINDOWS and not _fits(machine.python, machine.encoding):
        yield Check(
            "python-path",
            "fault",
            Text(
                "the path of this Python has characters that Excel's macros cannot pass on ({encoding}): {path}",
                encoding=machine.encoding,
                path=machine.python,
            ),
            Text("Install Python into a folder whose path has English letters only."),
        )
    if machine.system == WINDOWS and "win32com" not in machine.modules:
        yield Check(
            "pywin32",
            "fault",
            Text("pywin32 is missing: Python cannot talk to Excel"),
            Text("Run: {python} -m pip install pywin32", python=machine.python),
        )
    if "kam_udfs" in machine.modules:
        yield Check("functions", "ok", Text("the functions' module, kam_udfs, was found"))
    else:
        yield Check(
            "functions",
            "fault",
            Text("the functions' module, kam_udfs, was not found"),
            Text("Run kam-xl install for the workbook: it names the folder; or install kam_xl again with pip."),
        )


def _fits(text: str, encoding: str) -> bool:
    return text.encode(encoding, "ignore").decode(encoding) == text


def _of_excel(machine: Machine) -> Iterator[Check]:
    if machine.system not in (WINDOWS, MACOS):
        yield Check(
            "excel", "ok", Text("Excel is not available on this system; the command line and LibreOffice do the same")
        )
        return
    excel = machine.excel
    if excel is None:
        yield Check(
            "excel",
            "warning",
            Text("Excel was not found"),
            Text("Without Excel, use the command line, kam-xl plan, or LibreOffice."),
        )
        return
    yield Check("excel", "ok", Text("Excel {version}: {path}", version=excel.version, path=excel.path))
    if excel.from_store:
        yield Check(
            "store-excel",
            "fault",
            Text("this Excel is from the Microsoft Store: it cannot start Python for functions"),
            Text("Uninstall it in Windows' settings, and install Office from office.com."),
        )
    if (excel.macros or _ASK) > _ASK:
        who = Text("an administrator") if excel.macros_by_policy else Text("the Trust Center")
        yield Check(
            "macros",
            "fault",
            Text("Excel runs only signed macros, as set by {who}", who=who),
            Text("Ask the administrator to make the workbook's folder a trusted location.")
            if excel.macros_by_policy
            else Text("File, Options, Trust Center, Macro Settings: disable with notification."),
        )
    if machine.system == MACOS:
        yield from _of_macos(machine)


def _of_macos(machine: Machine) -> Iterator[Check]:
    script = f"xlwings-{machine.xlwings}.applescript"
    if script in machine.scripts:
        yield Check("applescript", "ok", Text("Excel may start Python: {script} is in its folder", script=script))
    else:
        yield Check(
            "applescript",
            "fault",
            Text("Excel may not start Python: {script} is not in its folder", script=script),
            Text("Run: kam-xl install"),
        )
    yield Check(
        "functions-macos",
        "warning",
        Text("Excel for macOS has the buttons, but no functions: cells keep the values they were saved with"),
        Text("The sheet Key accounts and the plans show the same; build them with the button."),
    )


def _of_configuration(machine: Machine) -> Iterator[Check]:
    if machine.system not in (WINDOWS, MACOS):
        return
    interpreter = _interpreter(machine.config, machine)
    if not interpreter:
        yield Check(
            "configuration",
            "warning",
            Text("your xlwings configuration names no Python, so the first one found is used"),
            Text("Run: kam-xl install"),
        )
    else:
        yield _of_interpreter("configuration", interpreter, str(machine.config_file), machine, Text("kam-xl install"))


def _interpreter(config: object, machine: Machine) -> str:
    values = dict(config) if isinstance(config, dict) else {}
    return str(values.get(machine.interpreter_key) or values.get("INTERPRETER") or "")


def _of_interpreter(code: str, interpreter: str, where: str, machine: Machine, remedy: Text) -> Check:
    wanted = machine.expanded(machine.interpreter)
    named = machine.expanded(interpreter)
    if _plain(named) == _plain(wanted) or _plain(named) == _plain(machine.python):
        return Check(code, "ok", Text("{where} names this Python", where=where))
    return Check(
        code,
        "fault",
        Text("{where} names another Python: {python}", where=where, python=interpreter),
        Text("Run with the Python that has kam_xl: {command}", command=remedy),
    )


def _plain(path: str) -> str:
    return path.replace("\\", "/").casefold().replace("/pythonw.exe", "/python.exe")


def _of_book(machine: Machine, book: BookFacts) -> Iterator[Check]:
    command = Text("kam-xl install {path}", path=str(book.path))
    if not book.has_macros:
        yield Check(
            "no-macros",
            "warning",
            Text("{path} has no macros: it has no buttons and no functions", path=book.path.name),
            Text("Make one that has: kam-xl new FOLDER. Then import your clients."),
        )
    elif book.xlwings and book.xlwings != machine.xlwings:
        yield Check(
            "xlwings-version",
            "fault",
            Text(
                "the macros of {path} are of xlwings {book}, and {machine} is installed: they must be the same",
                path=book.path.name,
                book=book.xlwings,
                machine=machine.xlwings,
            ),
            Text("Run: {python} -m pip install xlwings=={version}", python=machine.python, version=book.xlwings),
        )
    elif book.xlwings:
        yield Check(
            "xlwings-version", "ok", Text("the workbook's macros are of xlwings {version}", version=book.xlwings)
        )
    if book.switched_off:
        yield Check(
            "configuration-off",
            "warning",
            Text("the workbook's configuration is switched off: xlwings ignores a sheet of that name"),
            Text("Run: {command}", command=command),
        )
    named = _interpreter(dict(book.config or {}), machine)
    if named:
        yield _of_interpreter("workbook-configuration", named, book.path.name, machine, command)
    if keys := sorted(RUN_BY_THEM & {key for key, value in book.folder_config.items() if value}):
        yield Check(
            "folder-configuration",
            "fault",
            Text(
                "the file xlwings.conf beside {path} would choose the programs that are run ({keys}); the workbook's "
                "macros refuse to run with it",
                path=book.path.name,
                keys=keys,
            ),
            Text("Remove the file. To set up this workbook, run: {command}", command=command),
        )
    if (book.zone or 0) >= _FROM_THE_INTERNET:
        yield Check(
            "mark-of-the-web",
            "fault",
            Text("Windows marks {path} as a file from the internet: Excel blocks its macros", path=book.path.name),
            Text("Run: {command} --unblock. Or right-click the file, Properties, and tick Unblock.", command=command),
        )
    if in_cloud(book.path.absolute(), machine):
        yield Check(
            "cloud",
            "warning",
            Text(
                "{path} lies in OneDrive or SharePoint: where its folder is cannot always be found", path=book.path.name
            ),
            Text("If a button says so, keep the workbook in a local folder, or turn AutoSave off while you work."),
        )


def _of_others(machine: Machine) -> Iterator[Check]:
    if not machine.libreoffice:
        yield Check("libreoffice", "ok", Text("LibreOffice was not found; it is needed only without Excel"))
    elif _numbers(machine.libreoffice) < MINIMUM:
        yield Check(
            "libreoffice",
            "warning",
            Text("LibreOffice {version} makes PDF files, but does not know the functions", version=machine.libreoffice),
            Text("Install LibreOffice 25.2 or later."),
        )
    else:
        yield Check("libreoffice", "ok", Text("LibreOffice {version}", version=machine.libreoffice))
    decimal, separator = machine.separators
    example = f"=KAM_TARGET(0{decimal}2{separator}0{decimal}5{separator}3)"
    yield Check("locale", "ok", Text("formulas are typed like this here: {example}", example=example))
    yield Check("log", "ok", Text("failures of buttons are written to {path}", path=str(log_file())))
    yield Check("copies", "ok", Text("backups made before each button are in {path}", path=str(copies_folder())))


def _numbers(version: str) -> tuple[int, ...]:
    """A version to compare; one that could not be found out is taken to be new.

    >>> _numbers("25.2.3.2") > _numbers("7.4.7")
    True
    """
    return tuple(int(part) for part in version.split(".") if part.isdigit()) or (99,)
