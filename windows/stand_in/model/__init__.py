"""Excel's object model as far as the buttons use it, over a workbook of the file engine.

Every public member of these classes is one of Excel's, with Excel's names of arguments: `get_Name` and `put_Name` are a
property, `Copy` is a method. What stands here is all there is: a member or an argument that Excel does not know is
answered as Excel answers it. No COM here; `server` hands these objects out.
"""

from windows.stand_in.model.application import Application  # first, because the modules import each other
from windows.stand_in.model.base import Collection, ExcelObject, NotFoundError
from windows.stand_in.model.books import Window, Workbook, Workbooks
from windows.stand_in.model.ranges import Range
from windows.stand_in.model.sheets import Sheets, Worksheet
from windows.stand_in.model.tables import Names

__all__ = [
    "Application",
    "Collection",
    "ExcelObject",
    "Names",
    "NotFoundError",
    "Range",
    "Sheets",
    "Window",
    "Workbook",
    "Workbooks",
    "Worksheet",
]
