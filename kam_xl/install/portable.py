"""A double click on Set up.cmd of the folder for Windows: ``python -m kam_xl.install.portable FOLDER``."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import fill

from kam_xl.errors import KamError
from kam_xl.install.bundled import WORKBOOKS
from kam_xl.install.machine import Machine, this_machine
from kam_xl.install.setting_up import advice, install_for_workbook
from kam_xl.locale import LANGUAGES, Text, language_named, system_language

_QUIET = "--quiet"  # neither asks nor opens


def set_up(folder: Path, machine: Machine) -> Iterator[Text]:
    """Set the workbooks of the folder up for the Python in it; tells what was done."""
    for name in WORKBOOKS.values():
        if (workbook := folder / Path(name).name).exists():
            yield from install_for_workbook(workbook, machine, unblocked=True)
    yield from advice(machine)


def make_shortcut(workbook: Path) -> Text:
    """Put a shortcut to a workbook on the desktop; tells where."""
    from pywintypes import com_error
    from win32com.client import Dispatch

    try:
        shell = Dispatch("WScript.Shell")
        place = Path(shell.SpecialFolders("Desktop"), f"{workbook.stem}.lnk")
        shortcut = shell.CreateShortcut(str(place))
        shortcut.TargetPath, shortcut.WorkingDirectory = str(workbook), str(workbook.parent)
        shortcut.Save()
    except com_error:  # it takes no letters of other alphabets than that of Windows
        return Text("Windows could not make the shortcut.")
    return Text("Shortcut: {path}", path=str(place))


def told(message: str, columns: int | None = None) -> None:
    """Print a message; a window of so many columns gets no line that would break inside a word.

    >>> told("Read 1.\\nDo what C:\\\\KAM says there.", 17)
    Read 1.
    Do what C:\\KAM
    says there.
    """
    if columns is None and sys.stdout.isatty():
        columns = shutil.get_terminal_size().columns
    for line in message.splitlines():
        print(fill(line, columns - 1, break_long_words=False, break_on_hyphens=False) if columns else line)


def main(ask: Callable[[str], str] = input) -> int:
    """Set up, then offer a shortcut and open the workbook of the system's language."""
    lang = system_language()
    folder = Path(sys.argv[1]).resolve()
    workbook = folder / Path(WORKBOOKS[lang]).name
    try:
        for text in set_up(folder, this_machine()):
            told(text.render(lang))
    except KamError as error:
        told(error.render(lang))
        return error.exit_code
    if _QUIET in sys.argv or sys.platform != "win32":
        return 0
    question = Text("A shortcut on the desktop? y/n").render(lang)
    if ask(f"{question}: ").strip().casefold() in (*language_named(lang).yes, *language_named(LANGUAGES[0]).yes):
        told(make_shortcut(workbook).render(lang))
    try:
        os.startfile(workbook)  # noqa: S606 (by its own program, as a double click would)
    except OSError:
        told(Text("No program opens this workbook here. Open it in Excel: {path}", path=str(workbook)).render(lang))
        return 1  # which keeps the window open
    return 0


if __name__ == "__main__":
    sys.exit(main())
