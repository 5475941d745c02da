"""Where a workbook lies: Excel calls one of OneDrive or SharePoint by its web address, xlwings looks for its file."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    import xlwings as xw

_TEAM_SITES = "/sites/"


def web_address(book: xw.Book) -> str:
    """The web address by which Excel on Windows knows a workbook; blank for one on this computer."""
    name = str(getattr(getattr(book, "api", None), "FullName", ""))
    return name if "://" in name else ""


def address_of(book: xw.Book) -> str:
    """The path of a workbook's file; its web address where none is known, its bare name where it was never saved."""
    from xlwings import XlwingsError

    web = web_address(book)
    try:
        file = str(book.fullname)
    except (XlwingsError, UnboundLocalError):  # how xlwings says that it knows no file for a web address
        return web or f"https://{book.name}"
    return web if web and not is_at(PurePath(file), web) else file


def is_at(file: PurePath, address: str) -> bool:
    """Whether a file may be the one at a web address: of a team's site, xlwings takes any file of its name.

    The folder that OneDrive keeps for a team is called after the team and the folder that it shows.

    >>> at = "https://firm.sharepoint.com/sites/Sales/Shared Documents/2026/plans.xlsm"
    >>> is_at(PurePath("firm/Sales - 2026/plans.xlsm"), at), is_at(PurePath("firm/Purchase - 2025/plans.xlsm"), at)
    (True, False)
    """
    _, is_of_a_team, place = unquote(address).partition(_TEAM_SITES)
    if not is_of_a_team:
        return True
    *above, folder, _ = place.casefold().split("/")
    is_whole_library = len(above) == 1  # whose folder has another name in each language
    name = file.parent.name.casefold()
    return name.endswith(folder) or (is_whole_library and name.replace(" ", "").startswith(f"{above[0]}-"))
