"""People at work on plans: what they type, and where it is found again."""

from contextlib import contextmanager

import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl import actions
from kam_xl.actions.team.exchange import Side
from kam_xl.actions.team.splitting import split
from kam_xl.engines.values import put
from kam_xl.table import read

CLIENTS = {"C01": "Ann", "C03": "Ann", "C02": "Bob", "C04": "Bob"}
"""The key accounts of the small table, and their managers."""


@contextmanager
def opened(path):
    app = xw.engines["file"].apps.add()
    try:
        yield app.books.open(path)
    finally:
        app.quit()


def type_into(path, work):
    """Type into the plans that a workbook has."""
    with opened(path) as book:
        side = Side(book)
        for (client_id, key), content in work.items():
            plan = side.plan(client_id)
            if plan:
                put(plan.plan.sheet.range(plan.place(key)), [[content]])
        book.save()


def typed(path):
    """Client to everything that people typed into its plan."""
    with opened(path) as book:
        side = Side(book)
        return {client_id: side.plan(client_id).cells for client_id in side.sheets.plans}


def hand_out(path, folder, source=None, **options):
    return split(read(path), "manager", folder, "plans", settings={}, lang="en", source=source or path, **options)


def build(path, **options):
    with opened(path) as book:
        report = actions.build_plans(book, actions.Options(lang="en", **options))
        book.save()
    return report
