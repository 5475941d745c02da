"""The commands that set a machine up: install, a new workbook, and what is wrong."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kam_xl.cli.options import Json, Lang, argument, checked_language, command, existing_file, option
from kam_xl.cli.screen import show
from kam_xl.locale import Text

if TYPE_CHECKING:
    from kam_xl.install.doctor import Check

_OptionalWorkbook = Annotated[
    Path | None, argument(Text("A workbook with macros, an xlsm file."), metavar="[WORKBOOK]")
]


def add_to(app: typer.Typer) -> None:
    """Put the commands into the program's list."""
    for function, text in (
        (install, Text("Tell Excel which Python has kam_xl: for all workbooks, or for one.")),
        (new, Text("Make a new workbook with buttons and functions, set up for this Python.")),
        (doctor, Text("Check everything that commonly breaks; exit code 1 where something does not work.")),
    ):
        command(app, text)(function)


def install(
    workbook: _OptionalWorkbook = None,
    replace: Annotated[bool, option(Text("Replace another Python in your own xlwings configuration."))] = False,
    unblock: Annotated[
        bool | None,
        option(
            Text("Windows: remove the mark of a file from the internet, or keep it; by default, you are asked."),
            "--unblock/--no-unblock",
            show_default=False,
        ),
    ] = None,
    calc: Annotated[
        bool, option(Text("Install the functions and the menu in LibreOffice Calc instead."), "--calc")
    ] = False,
    uninstall: Annotated[bool, option(Text("With --calc: remove them from LibreOffice again."), "--uninstall")] = False,
    lang: Lang = "",
) -> None:
    """Set up this machine, or a workbook."""
    from kam_xl.install import setting_up
    from kam_xl.install.machine import MACOS, WINDOWS, this_machine

    lang = checked_language(lang)
    if calc or uninstall:
        _in_calc(lang, remove=uninstall)
        return
    machine = this_machine()
    if machine.system in (WINDOWS, MACOS):
        if workbook:
            wanted = _unblocks(existing_file(workbook), unblock, lang)
            steps = setting_up.install_for_workbook(workbook, machine, unblocked=wanted)
        else:
            steps = setting_up.install_for_person(machine, replace=replace)
        for step in steps:
            show(step.render(lang))
    for line in setting_up.advice(machine):
        show(line.render(lang))
    _tell(_examined(workbook), lang, all_of_them=False)


def _in_calc(lang: str, *, remove: bool) -> None:
    from kam_xl.install import calc

    if remove:
        removed = calc.uninstall()
        text = Text("The extension was removed from LibreOffice. Restart it if it is running.")
        show((text if removed else Text("LibreOffice does not have the extension.")).render(lang))
        return
    office = calc.install()
    outcome = Text(
        "LibreOffice {version} now has the functions and the Key accounts menu. Restart it if it is running.",
        version=office.shown_version,
    )
    show(outcome.render(lang))


def _unblocks(workbook: Path, wanted: bool | None, lang: str) -> bool:
    from kam_xl.install.book_facts import zone_of

    if zone_of(workbook) is None or wanted is not None:
        return bool(wanted)
    question = Text(
        "Windows marks {path} as a file from the internet, and Excel blocks its macros. Do you trust it, and "
        "should the mark be removed?",
        path=workbook.name,
    )
    return sys.stdin.isatty() and typer.confirm(question.render(lang))


def new(
    folder: Annotated[Path, argument(Text("Where to put the workbook."), metavar="FOLDER")],
    example: Annotated[
        bool, option(Text("Include the clients of the bundled example, to try it out."), "--example")
    ] = False,
    no_macros: Annotated[
        bool,
        option(
            Text("Without macros: its functions are formulas for Excel for Microsoft 365 and Excel 2024."),
            "--no-macros",
        ),
    ] = False,
    lang: Lang = "",
) -> None:
    """Make a fresh workbook."""
    from kam_xl.install.machine import this_machine
    from kam_xl.install.setting_up import new_live_workbook, new_workbook

    lang = checked_language(lang)
    if no_macros:
        target = new_live_workbook(folder, lang, example=example)
    else:
        target = new_workbook(folder, lang, this_machine(), example=example)
    show(Text("Written: {path}", path=str(target)).render(lang))


def doctor(workbook: _OptionalWorkbook = None, as_json: Json = False, lang: Lang = "") -> None:
    """Examine the machine, and a workbook on it."""
    from kam_xl.cli.output import print_json

    lang = checked_language(lang)
    checks = _examined(workbook)
    if as_json:
        print_json([check_record(check, lang) for check in checks])
    else:
        _tell(checks, lang, all_of_them=True)
    if any(check.grade == "fault" for check in checks):
        raise typer.Exit(1)


def _examined(workbook: Path | None) -> list[Check]:
    from kam_xl.install.book_facts import facts_of
    from kam_xl.install.calc_checks import calc_checks
    from kam_xl.install.doctor import examine
    from kam_xl.install.machine import this_machine

    machine = this_machine()
    checks = examine(machine, facts_of(existing_file(workbook)) if workbook else None)
    return [*checks, *calc_checks(workbook, needed=machine.excel is None)]


def check_record(check: Check, lang: str) -> dict[str, object]:
    """One check as JSON."""
    return {
        "code": check.code,
        "grade": check.grade,
        "message": check.message.render(lang),
        "remedy": check.remedy.render(lang) if check.remedy else None,
    }


_GRADES = {"ok": Text("ok"), "warning": Text("warning"), "fault": Text("fault")}


def _tell(checks: list[Check], lang: str, *, all_of_them: bool) -> None:
    for check in checks:
        if all_of_them or check.grade != "ok":
            remedy = f" {check.remedy.render(lang)}" if check.remedy else ""
            show(f"{_GRADES[check.grade].render(lang)}: {check.message.render(lang)}.{remedy}")
