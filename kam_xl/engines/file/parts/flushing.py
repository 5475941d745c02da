"""The changes of a workbook's model brought into its package, and what must follow from them."""

from __future__ import annotations

from kam_xl.engines.file.parts import charts, columns, table
from kam_xl.engines.file.parts.workbook import SheetPart, Workbook


def flush(workbook: Workbook) -> None:
    """Bring all changes into the package: columns are called as their headers say, charts keep what cells hold now."""
    renamed: dict[str, dict[str, str]] = {}
    for sheet in workbook.loaded().values():
        if sheet.edits:
            for each in table.tables(sheet):
                renamed[each.name] = each.follow_header()
            _refresh_charts(workbook, sheet)
    columns.rename(workbook, renamed)
    workbook.write_parts()


def pack(workbook: Workbook, sheet: SheetPart) -> None:
    """Bring the changes of one sheet into the package already, and let go of what was read of it.

    Changes of a sheet with tables wait: columns may change their names.
    """
    if sheet.changed and not table.tables(sheet):
        _refresh_charts(workbook, sheet)
        sheet.pack()
    sheet.put_away()


def _refresh_charts(workbook: Workbook, sheet: SheetPart) -> None:
    if sheet.edits and (sheet.entry.fresh or sheet.refresh_charts):
        changed = [(row, column) for row, edits in sheet.edits.items() for column in edits]
        charts.refresh(workbook, sheet.entry, changed)
