"""The table of commands, from which every host makes its ribbon, menu or toolbar. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kam_xl.locale import Text

Ask = Literal["", "file"]
"""What the host asks the person for before it presses, and passes on as the argument: nothing, or a file to read."""

TAB = Text("Key accounts")
"""The name of the ribbon tab, the menu and the toolbar."""

FILE_TYPES = ("xlsx", "xlsm", "csv", "parquet")
"""Endings of the files to offer where a command asks for one."""


@dataclass(frozen=True)
class Command:
    """One button.

    Parameters
    ----------
    code : str
        What `press` takes; never changes, because workbooks hold it.
    group : str
        A key of `GROUPS`.
    label : Text
        The words on the button, two or three.
    tip : Text
        What it does, in a sentence or two.
    ask : {"", "file"}
        What the host must ask for first.
    """

    code: str
    group: str
    label: Text
    tip: Text
    ask: Ask = ""


GROUPS: dict[str, Text] = {
    "plans": Text("Plans"),
    "analysis": Text("Analysis"),
    "data": Text("Data"),
    "output": Text("Output"),
    "setup": Text("Setup"),
}
"""Groups of buttons from left to right."""

COMMANDS: tuple[Command, ...] = (
    Command(
        "build_plans",
        "plans",
        Text("Build plans"),
        Text(
            "Builds a perspective plan for every key account, and the lists of key accounts, portfolio and data check. "
            "Plans that exist get new numbers; what you typed stays."
        ),
    ),
    Command(
        "build_selected",
        "plans",
        Text("Plans of selected"),
        Text(
            "Builds or updates the plans of the clients whose rows you selected in the client table. "
            "Selected clients that are no key accounts are named and get none."
        ),
    ),
    Command(
        "refresh",
        "plans",
        Text("Refresh"),
        Text(
            "Brings the plans and lists that are in the workbook up to date with the client table. "
            "Adds no sheet; what you typed stays."
        ),
    ),
    Command(
        "check",
        "analysis",
        Text("Check data"),
        Text("Lists every doubtful cell of the client table, with a link to it and what to do."),
    ),
    Command(
        "portfolio",
        "analysis",
        Text("Portfolio"),
        Text("Shows position against potential, the concentration of revenue, and how well budgets are known."),
    ),
    Command(
        "import_table",
        "data",
        Text("Import clients"),
        Text(
            "Takes clients over from a workbook, csv or parquet file: known ones are updated by their id, new ones are "
            "added. What the file does not have stays as it is."
        ),
        "file",
    ),
    Command(
        "export_pdf",
        "output",
        Text("Export PDF"),
        Text("On a plan: writes this plan as a PDF beside the workbook. On any other sheet: all plans, a file each."),
    ),
    Command(
        "split_by_manager",
        "output",
        Text("Split by manager"),
        Text("Writes a workbook for each manager, with the list and plans of their key accounts only."),
    ),
    Command(
        "settings",
        "setup",
        Text("Settings"),
        Text("Shows every bound that the rules use, yours to change."),
    ),
    Command(
        "language",
        "setup",
        Text("Language / Язык"),
        Text("Switches the workbook between English and Russian. What you typed stays."),
    ),
    Command(
        "help",
        "setup",
        Text("Help"),
        Text("Opens the user guide, without the internet."),
    ),
)
"""All buttons in order, by group."""
