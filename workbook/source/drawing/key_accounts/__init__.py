"""The workbook KeyAccounts: everything a user needs, in one file and one language."""

from __future__ import annotations

from drawing.key_accounts.macros import Macros

__all__ = ["CODE_NAMES", "WORKBOOK_CODE_NAME", "XLWINGS_VERSION", "Macros", "build_live_workbook", "build_workbook"]

XLWINGS_VERSION = "0.37.8"
"""The xlwings whose VBA module is in the workbook: it loads a library that bears just this version."""

WORKBOOK_CODE_NAME = "ThisWorkbook"
CODE_NAMES = {
    "start": "shStart",
    "clients": "shClients",
    "competitors": "shCompetitors",
    "operational_plan": "shOperational",
    "settings": "shSettings",
    "plan": "shPlan",
    "functions": "shFunctions",
    "lists": "shLists",
    "conf": "shConf",
}
"""The document module of each sheet, by its mark: in the order of the tabs, the same in every language."""


def build_workbook(lang: str, *, blank: bool = False, macros: Macros | None = None) -> bytes:
    """The workbook KeyAccounts; the same bytes every time.

    Parameters
    ----------
    lang : str
        One of `kam_xl.locale.LANGUAGES`.
    blank : bool
        Without the example: for a user's own clients.
    macros : Macros, optional
        Macros and ribbon, such as `Macros.of(path.read_bytes())` of the bundled KeyAccounts.xlsm; they are the same in
        every language. With them the bytes are those of an .xlsm file, without of an .xlsx file.

    Examples
    --------
    >>> build_workbook("en", blank=True)[:2]
    b'PK'
    """
    from drawing.key_accounts.book import build  # openpyxl is loaded only where a workbook is needed

    return build(lang, blank, macros)


def build_live_workbook(lang: str, *, blank: bool = False) -> bytes:
    """The workbook KeyAccounts without macros: functions are LAMBDA names, and lists and a plan card keep themselves.

    Parameters
    ----------
    lang : str
        One of `kam_xl.locale.LANGUAGES`.
    blank : bool
        Without the example: for the user's own clients.

    Examples
    --------
    >>> build_live_workbook("en", blank=True)[:2]
    b'PK'
    """
    from drawing.key_accounts.book import build_live

    return build_live(lang, blank)
