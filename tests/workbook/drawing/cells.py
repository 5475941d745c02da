"""Finding the cells of a defined name."""

from openpyxl.utils.cell import range_boundaries


def area(sheet, name):
    """The address that a name of the sheet stands for, after a check that it lies on this very sheet."""
    title, _, cells = sheet.defined_names[name].attr_text.rpartition("!")
    assert title.strip("'").replace("''", "'") == sheet.title
    return cells.replace("$", "")


def cells(sheet, name):
    """The cells of a name, from the top or from the left: a column, or a row of years."""
    left, top, right, bottom = range_boundaries(area(sheet, name))
    assert left == right or top == bottom, f"{name} is a block"
    return [sheet.cell(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
