"""xlwings on Windows, without its habit of ending other people's Excel.

On import xlwings registers an exit handler that runs ``taskkill /F`` for every EXCEL.EXE without a workbook window: an
Excel that has just started, or runs for another program. A process of ours never may. Whatever imports xlwings imports
this module as well; the order does not matter.
"""

from __future__ import annotations

import atexit
import sys

import xlwings  # noqa: F401 (registers the handler)

_windows = sys.modules.get("xlwings._xlwindows")  # loaded on Windows only
if _windows is not None:
    atexit.unregister(_windows.cleanup)
