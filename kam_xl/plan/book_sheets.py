"""The sheets of the workbook KeyAccounts besides those that every book gets: their marks, titles and names."""

from __future__ import annotations

from kam_xl.domain.model import Labelled
from kam_xl.locale import Text


class BookSheet(Labelled):
    """A sheet of the workbook; the code is the value of the name that marks it, the label its title."""

    START = "start", Text("Start")
    CLIENTS = "clients", Text("Clients")
    COMPETITORS = "competitors", Text("Competitors")
    OPERATIONAL = "operational_plan", Text("Operational plan")
    # calculated by formulas alone, in the workbook without macros
    LIVE_LIST = "live_list", Text("Key accounts now")
    LIVE_PORTFOLIO = "live_portfolio", Text("Portfolio now")
    CARD = "card", Text("Plan card")
    FUNCTIONS = "functions", Text("Functions")
    LISTS = "lists", Text("KAM lists")  # hidden: words of drop-downs and of macros, totals that formulas share
    CONF = "conf", Text("xlwings.conf")  # hidden: what xlwings is to know of this workbook; it looks for just this name


DATA_SHEETS = (BookSheet.CLIENTS, BookSheet.COMPETITORS, BookSheet.OPERATIONAL)
"""Sheets with the user's data: marked by `kam_data`, since what bears `kam_sheet` is not read as a table."""

DATA_MARK = "kam_data"

PLAN_MONTHS = "kam_months"
"""The header of the operational plan: the first days of the twelve months of a year."""

CLIENTS_TABLE, COMPETITORS_TABLE = "Clients", "Competitors"
"""Names of the native tables, the same in each language: formulas and macros rely on them."""

LANGUAGE_CELL, SETTINGS_RANGE = "kam_set_language", "kam_settings"
"""Names of the book: the language it speaks; names and values of all settings, as functions take them."""
