"""The clients that the user means by what is selected on the screen."""

from __future__ import annotations

from collections.abc import Iterator

import xlwings as xw

from kam_xl.actions.book.lists import List
from kam_xl.actions.book.sheets import NamedSheet, OurSheets, id_text
from kam_xl.engines.abilities import offers
from kam_xl.errors import KamError
from kam_xl.excel.addresses import parse
from kam_xl.excel.references import ROWS
from kam_xl.locale import Text
from kam_xl.plan.fields import OurSheet
from kam_xl.plan.reports import report_fields
from kam_xl.table import ClientTable


class NothingSelectedError(KamError):
    """A selection without a client in it."""

    def __init__(self, where: str, sheet: str) -> None:
        super().__init__(
            Text("no client is selected"),
            where=where,
            remedy=Text("Select one or more rows of clients on the sheet {sheet}, then press again.", sheet=sheet),
        )


def selected_ids(book: xw.Book, table: ClientTable, sheets: OurSheets) -> list[str]:
    """Ids of the clients selected in the client table or in the list of key accounts, or of the plan on the screen.

    Rows that a filter hides are not meant, though the selection reaches over them.

    Raises
    ------
    NothingSelectedError
    """
    selection = book.selection
    if selection is None:  # a chart or a picture
        raise NothingSelectedError(book.name, table.source.sheet)
    sheet = selection.sheet
    ids = _ids(sheet, table, sheets)
    rows = [row for row in ids if any(first <= row <= last for first, last in _areas(selection))]
    shown = [row for row in rows if len(rows) == 1 or not _is_hidden(sheet, row)]
    if not shown:
        raise NothingSelectedError(sheet.name, table.source.sheet)
    return list(dict.fromkeys(ids[row] for row in shown))


def _ids(sheet: xw.Sheet, table: ClientTable, sheets: OurSheets) -> dict[int, str]:
    """Row of the sheet to the id of the client in it."""
    if any(name == sheet.name for name, _ in table.homes):
        homes = zip(table.homes, table.clients(), strict=True)
        return {row: client.client_id for (name, row), client in homes if name == sheet.name}
    ours = NamedSheet(sheet)
    if ours.kind == OurSheet.KEY_ACCOUNTS:
        rows = List(ours, report_fields.KEY_ACCOUNTS).rows()
        return {row.number: client_id for row in rows if (client_id := id_text(row.ours.get("client_id")))}
    plan = next((each for each, plans in sheets.plans.items() if sheet.name in [ours.title for ours in plans]), "")
    return dict.fromkeys(range(1, sheet.used_range.last_cell.row + 1), plan) if plan else {}


def _areas(selection: xw.Range) -> Iterator[tuple[int, int]]:
    """First and last row of each area."""
    if hasattr(selection.api, "Areas"):  # Excel's address of many areas is cut at 255 characters
        for area in selection.api.Areas:
            yield area.Row, area.Row + area.Rows.Count - 1
        return
    for address in selection.address.split(","):
        area = parse(address)
        yield (area.top, area.bottom) if area else (1, ROWS)


def _is_hidden(sheet: xw.Sheet, row: int) -> bool:
    cell = sheet.range((row, 1))
    return offers(cell.impl, "row_height") and cell.row_height == 0
