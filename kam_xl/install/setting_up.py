"""Setting a machine and a workbook up for each other."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl.actions.book.sheets import NamedSheet
from kam_xl.actions.output.places import PlaceError, filled_folder, made_folder
from kam_xl.engines.values import put
from kam_xl.files.destination import Destination
from kam_xl.install import bundled
from kam_xl.install.book_facts import facts_of, unblock
from kam_xl.install.machine import MACOS, WINDOWS, Machine
from kam_xl.install.xlwings_config import write_book_config, write_user_config
from kam_xl.locale import Text
from kam_xl.plan.book_sheets import PLAN_MONTHS


def install_for_person(machine: Machine, *, replace: bool = False) -> Iterator[Text]:
    """Write this Python into the user's own xlwings configuration; tells what was done.

    A configuration that names another Python serves other workbooks perhaps, and stays unless `replace` says otherwise.
    """
    if machine.system == MACOS:
        yield _enable_on_macos(machine)
    named = machine.config.get(machine.interpreter_key, "")
    if named and machine.expanded(named) != machine.expanded(machine.interpreter) and not replace:
        yield Text(
            "{path} names another Python, {python}, and stays as it is. To have this one in all workbooks, add "
            "--replace; to have it in one, name the workbook.",
            path=str(machine.config_file),
            python=named,
        )
        return
    write_user_config(machine.config_file, configuration(machine))
    yield Text(
        "Excel will now use this Python: {python}. Written: {path}",
        python=machine.python,
        path=str(machine.config_file),
    )


def install_for_workbook(path: Path, machine: Machine, *, unblocked: bool = False) -> Iterator[Text]:
    """Write this Python into a workbook's own configuration; everything else in the file stays as it is."""
    if machine.system == MACOS:
        yield _enable_on_macos(machine)
    if not facts_of(path).has_macros:
        yield Text("{path} has no macros, so nothing is set up in it.", path=path.name)
        return
    if unblocked:
        unblock(path)
        yield Text("{path} now counts as a local file: Excel will not block its macros.", path=path.name)
    app = xw.engines["file"].apps.add()
    try:
        book = app.books.open(path)
        write_book_config(book, configuration(machine))
        book.save()
    finally:
        app.quit()
    yield Text("{path} will now use this Python: {python}", path=path.name, python=machine.python)


def configuration(machine: Machine) -> Mapping[str, str]:
    """What xlwings must know: the interpreter, and where the functions are if it does not find them by itself."""
    values = {machine.interpreter_key: machine.interpreter}
    if importlib.util.find_spec("kam_udfs") is None:
        values["PYTHONPATH"] = str(bundled.udfs())
    return values


def new_workbook(folder: Path, lang: str, machine: Machine, *, example: bool) -> Path:
    """A fresh workbook in a folder, set up for this Python; with the bundled example, or empty tables for this year.

    Raises
    ------
    PlaceError
        Where there is one already.
    """
    app = xw.engines["file"].apps.add()
    try:
        with _new_file(folder, bundled.workbook(lang).name) as target:
            book = app.books.open(bundled.workbook(lang, example=example))
            if machine.system in (WINDOWS, MACOS):
                write_book_config(book, configuration(machine))
            if not example:
                _plan_year(book, date.today().year)
            book.impl.save_to(target)
    finally:
        app.quit()
    return target.given


def new_live_workbook(folder: Path, lang: str, *, example: bool) -> Path:
    """A fresh workbook without macros in a folder: Excel's own formulas do in it what Python does elsewhere.

    Raises
    ------
    PlaceError
        Where there is one already.
    """
    with _new_file(folder, bundled.live_workbook(lang, example=True).name) as target:
        if example:
            target.write(bundled.live_workbook(lang, example=True).read_bytes())
            return target.given
        app = xw.engines["file"].apps.add()
        try:
            book = app.books.open(bundled.live_workbook(lang, example=False))
            _plan_year(book, date.today().year)
            book.impl.save_to(target)
        finally:
            app.quit()
    return target.given


def _plan_year(book: xw.Book, year: int) -> None:
    """Have the operational plan be of a year: an empty one is planned for the year in which it is made."""
    sheet = next(each for each in map(NamedSheet, book.sheets) if PLAN_MONTHS in each)
    put(sheet[PLAN_MONTHS], [[date(year, month, 1) for month in range(1, 13)]])


@contextmanager
def _new_file(folder: Path, name: str) -> Iterator[Destination]:
    """A place for a file in a folder; if writing it fails, no folder made for it stays."""
    if folder.suffix.lower() in (".xlsx", ".xlsm") and not folder.is_dir():
        raise PlaceError(
            Text("a folder is asked for; the workbook in it will be called {name}", name=name),
            where=str(folder),
            remedy=Text("Name a folder, such as {folder}.", folder=folder.with_suffix("").name),
        )
    with filled_folder(folder):
        target = folder / name
        if target.exists():
            raise PlaceError(
                Text("the file exists already"), where=str(target), remedy=Text("Choose another folder, or move it.")
            )
        yield Destination.of(target)


def _enable_on_macos(machine: Machine) -> Text:
    """Put xlwings' script where Excel may start programs from; without it no button works on macOS."""
    name = f"xlwings-{machine.xlwings}.applescript"
    folder = machine.home / "Library" / "Application Scripts" / "com.microsoft.Excel"
    made_folder(folder)
    shutil.copyfile(Path(xw.__file__).with_name(name), folder / name)
    return Text("Excel may start Python now: {path}", path=str(folder / name))


def advice(machine: Machine) -> Iterator[Text]:
    """What a user has to know about macros, once."""
    if machine.system == WINDOWS:
        yield Text(
            "Open the workbook and press Enable Content. If Excel says that macros are blocked, right-click the file, "
            "Properties, tick Unblock. Functions and buttons of the tab Key accounts work then."
        )
    elif machine.system == MACOS:
        yield Text(
            "Open the workbook, press Enable Macros and allow access to files when asked. The buttons work; functions "
            "do not exist in Excel for macOS, and their cells keep the values they were saved with."
        )
    else:
        yield Text(
            "Excel is not available on this system: use the command line, or LibreOffice with the workbook as it is."
        )
