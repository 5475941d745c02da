"""The table of commands, from which every host makes its ribbon, menu or toolbar. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kam_xl.locale import Text
from kam_xl.locale.languages import RECORDS

Ask = Literal["", "file"]
"""What the host asks the user for before it presses, and passes on as the argument: nothing, or a file to read."""

TAB = Text("Key accounts")
"""The name of the ribbon tab, the menu and the toolbar."""

LANGUAGE_LABEL = Text(" / ".join(each.word for each in RECORDS))
"""The button that switches the language, in all of them: who needs it may read only one."""

FILE_TYPES = ("xlsx", "xlsm", "csv", "parquet")
"""Endings of the files to offer where a command asks for one."""


@dataclass(frozen=True)
class Command:
    """One button, with all that belongs to it.

    What it does is the function of its name in `kam_xl/buttons/tasks.py`; its pictures in LibreOffice stand under its
    code in `addins/calc/icons`. Tests name what is missing.

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
    icon : str
        Office's own picture: the id of one of its controls.
    large : bool
        Whether it is large on the ribbon.
    ask : {"", "file"}
        What the host must ask for first.
    changes_work : bool
        Whether it may change what people have typed, so that a copy of the workbook is kept before.
    on_start : bool
        Whether the sheet Start has it among the further buttons.
    """

    code: str
    group: str
    label: Text
    tip: Text
    icon: str
    large: bool = False
    ask: Ask = ""
    changes_work: bool = False
    on_start: bool = True


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
        icon="SheetInsert",
        large=True,
        changes_work=True,
        on_start=False,
    ),
    Command(
        "build_selected",
        "plans",
        Text("Plans of selected"),
        Text(
            "Builds or updates the plans of the clients whose rows you selected in the client table. Selected "
            "clients that are not key accounts are named; no plan is built for them."
        ),
        icon="SheetRowsInsert",
        changes_work=True,
        on_start=False,
    ),
    Command(
        "refresh",
        "plans",
        Text("Refresh"),
        Text(
            "Brings the plans and lists that are in the workbook up to date with the client table. "
            "Adds no sheet; what you typed stays."
        ),
        icon="RefreshAll",
        changes_work=True,
    ),
    Command(
        "agenda",
        "plans",
        Text("This week"),
        Text(
            "Lists every open action, review, milestone and contract date of all plans, overdue first. "
            "A date, an owner or a state changed there goes back to its plan at the next press."
        ),
        icon="OpenAttachedCalendar",
        large=True,
        changes_work=True,
    ),
    Command(
        "changes",
        "analysis",
        Text("What changed"),
        Text(
            "Lists what changed since the last build: who became a key account or ceased to be one and why, "
            "figures before and after, alarms first."
        ),
        icon="ReviewTrackChanges",
    ),
    Command(
        "check",
        "analysis",
        Text("Check data"),
        Text("Lists every doubtful cell of the client table, with a link to it and what to do."),
        icon="DataValidation",
        large=True,
        on_start=False,
    ),
    Command(
        "portfolio",
        "analysis",
        Text("Portfolio"),
        Text("Shows position against potential, the concentration of revenue, and how well budgets are known."),
        icon="ChartTypeXYScatterInsertGallery",
        large=True,
    ),
    Command(
        "dashboard",
        "analysis",
        Text("Plan and actual"),
        Text(
            "Shows plan and actual figures of the year by manager, territory and month, from the sheet Operational "
            "plan."
        ),
        icon="ChartTypeColumnInsertGallery",
        large=True,
    ),
    Command(
        "whitespace",
        "analysis",
        Text("Whitespace"),
        Text(
            "Draws a map of product groups by client from the sheet Products, and lists what similar clients buy and a "
            "key account does not. Proposals that you mark with yes become opportunities of their plans."
        ),
        icon="ConditionalFormattingColorScalesGallery",
        changes_work=True,
    ),
    Command(
        "import_table",
        "data",
        Text("Import clients"),
        Text(
            "Imports clients from a workbook, csv or parquet file: existing ones are updated by ID, new ones "
            "are added. Clients that the file lacks stay as they are."
        ),
        icon="ImportExcel",
        large=True,
        ask="file",
        changes_work=True,
    ),
    Command(
        "import_opportunities",
        "data",
        Text("Import opportunities"),
        Text(
            "Imports a CRM's deals from a workbook, csv or parquet file into the opportunities of the plans. "
            "What you typed stays; what is left out is reported with its amounts."
        ),
        icon="ImportTextFile",
        ask="file",
        changes_work=True,
    ),
    Command(
        "export_pdf",
        "output",
        Text("Export PDF"),
        Text("On a plan: writes this plan as a PDF beside the workbook. On any other sheet: all plans, a file each."),
        icon="FileSaveAsPdfOrXps",
        large=True,
    ),
    Command(
        "deck",
        "output",
        Text("Review deck"),
        Text(
            "Writes a presentation (.pptx) beside the workbook: portfolio, goals, ranking, what changed, and a slide "
            "for each key account with charts, arguments and next steps."
        ),
        icon="SlideNew",
    ),
    Command(
        "split_by_manager",
        "output",
        Text("Split by manager"),
        Text("Writes a workbook for each manager, with the list and plans of their key accounts only."),
        icon="DistributionListSelectMembers",
    ),
    Command(
        "collect",
        "output",
        Text("Collect"),
        Text(
            'Brings back what the managers typed into the workbooks that "Split by manager" wrote. '
            "Cells that both sides changed are listed with both texts."
        ),
        icon="MergeCenter",
        changes_work=True,
    ),
    Command(
        "settings",
        "setup",
        Text("Settings"),
        Text("Shows every bound that the rules use, yours to change."),
        icon="PropertySheet",
    ),
    Command(
        "language",
        "setup",
        LANGUAGE_LABEL,
        Text(
            "Switches the workbook's language ({names}). What you typed stays.", names=[each.name for each in RECORDS]
        ),
        icon="Translate",
        changes_work=True,
        on_start=False,
    ),
    Command(
        "help",
        "setup",
        Text("Help"),
        Text("Opens the user guide; no internet is needed."),
        icon="Help",
    ),
)
"""All buttons in order, by group."""


def command_of(code: str) -> Command | None:
    """The button of a code; None where there is none."""
    return next((command for command in COMMANDS if command.code == code), None)
