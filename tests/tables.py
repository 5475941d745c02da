"""A small client table as people make them, and the day the tests live in."""

from contextlib import contextmanager
from datetime import date

import openpyxl

TODAY = date(2026, 3, 2)

HEADER = ["Client ID", "Client", "Industry", "Manager", "Revenue", "Procurement budget", "Reference", "Notes"]
CLIENTS = [
    ["C01", "Nordwerk", "Energy", "Ann", 600, 1000, None, "call on Mondays"],
    ["C02", "Alfa", "Telecom", "Bob", 10, 900, None, None],
    ["C03", "Северсталь: Юг/Север", "Metals", "Ann", 100, 250, "yes", None],
    ["C04", "=1+1", "Energy", "Bob", 90, None, "yes", None],
    ["C05", "Small", "Energy", "Ann", 5, 20, None, None],
    ["C06", "Tiny", "Telecom", "Ann", 2, 15, None, None],
]
COMPETITORS = [
    ["Client ID", "Competitor", "Revenue", "Strengths", "Weaknesses", "Stance"],
    ["C01", "Rival", 200, "price", "service", "compete"],
    ["C02", "Rival", 500, None, None, "subcontract"],
    ["C02", "Other", 100, None, None, None],
]


def write_table(path, clients=CLIENTS, header=HEADER, competitors=COMPETITORS):
    """A workbook with a client table, as a person would make it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Clients"
    for row in [header, *clients]:
        sheet.append(row)
    for cell in sheet["B"]:
        cell.data_type = "s"  # a name that begins with "=" is a name
    if competitors:
        extra = book.create_sheet("Competitors")
        for row in competitors:
            extra.append(row)
    book.save(path)
    return path


@contextmanager
def edited(path):
    """A workbook to be changed as another program would, and saved."""
    book = openpyxl.load_workbook(path)
    yield book
    book.save(path)
