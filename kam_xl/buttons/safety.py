"""A copy of the workbook as it was before a button changed it: macros leave a spreadsheet program nothing to undo."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

import xlwings as xw

import kam_xl.engines.excel_processes  # noqa: F401 (ends no Excel on exit)
from kam_xl.engines.abilities import save_copy
from kam_xl.engines.whereabouts import address_of, web_address
from kam_xl.install.folders import copies_folder

KEPT = 10  # of each workbook


def keep_copy(book: xw.Book, now: datetime | None = None) -> Path:
    """Keep a dated copy in the user's own folder, not in the workbook's, which may be shared; the oldest go.

    Returns
    -------
    Path
        The copy.
    """
    name = Path(book.name)
    # Two workbooks of one name must not push each other's copies out.
    place = hashlib.sha256((web_address(book) or address_of(book)).encode()).hexdigest()[:8]
    folder = copies_folder() / f"{name.stem} {place}"
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / f"{now or datetime.now():%Y-%m-%d %H.%M.%S} {name.stem}{name.suffix or '.xlsx'}"
    if not copy.exists():
        try:
            save_copy(book, copy)
        except BaseException:
            copy.unlink(missing_ok=True)  # half a copy would push a whole one out
            raise
    for old in sorted(folder.glob("????-??-?? *"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return copy
