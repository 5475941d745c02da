"""Workbooks made for the tests, as Excel would write them."""

import datetime
import zipfile

import xlsxwriter

from kam_xl.table.values.shown import ShownNumber, format_in


def make_xlsx(path, sheets, errors=(), names=(), tables=()):
    """A workbook from {sheet: rows}; `errors` are (sheet, cell, "#N/A"), `names` (name, formula), `tables` options."""
    book = xlsxwriter.Workbook(str(path))
    date = book.add_format({"num_format": "dd.mm.yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                _write(book, sheet, (r, c), value, date)
    for sheet, cell, error in errors:
        book.get_worksheet_by_name(sheet).write_formula(cell, "=1/0", None, error)
    for name, formula in names:
        book.define_name(name, formula)
    for sheet, area, options in tables:
        book.get_worksheet_by_name(sheet).add_table(area, options)
    book.close()
    return path


def _write(book, sheet, place, value, date):
    if isinstance(value, datetime.date):
        sheet.write_datetime(*place, datetime.datetime.combine(value, datetime.time()), date)
    elif isinstance(value, ShownNumber):
        sheet.write_number(*place, value, book.add_format({"num_format": format_in(value.shown.currency)}))
    elif isinstance(value, str):
        sheet.write_string(*place, value)
    elif value is not None:
        sheet.write(*place, value)


def edit_part(path, part, edit):
    """Change one part of a package: `edit` gets its bytes and gives the new ones."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, edit(data) if name == part else data)
