"""What the engine behind a book can do beyond what every engine can, asked before it is tried."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from kam_xl.engines.whereabouts import address_of
from kam_xl.errors import KamError
from kam_xl.locale import Text

if TYPE_CHECKING:
    import xlwings as xw


class NoCopyError(KamError):
    """A book that cannot be copied as it is."""

    exit_code = 4


def offers(impl: object, name: str) -> bool:
    """Whether an engine's object has a method or property of its own for something.

    xlwings' base classes have all methods, most of which only raise; an engine may mark those that refuse as gaps.
    """
    member = getattr(type(impl), name, None)
    member = member.fget if isinstance(member, property) else member
    return (
        member is not None
        and not getattr(member, "is_gap", False)
        and getattr(member, "__module__", "") != "xlwings.base_classes"
    )


def names_of(names: xw.main.Names) -> dict[str, str]:
    """What each of a sheet's own names refers to, by its name without the sheet.

    Excel on Windows is asked itself: xlwings asks it for each name twice.
    """
    if offers(names.impl, "meanings"):
        return dict(names.impl.meanings())
    if offers(names.impl, "snapshot") or not hasattr(names.api, "Item"):
        pairs = [(name.name, name.refers_to) for name in names]
    else:
        pairs = [(each.Name, each.RefersTo) for each in names.api]
    return {name.rpartition("!")[2]: str(refers_to) for name, refers_to in pairs}


def is_protected(sheet: xw.Sheet) -> bool:
    """Whether Excel refuses to change a sheet's cells; engines on files change them all the same."""
    return bool(getattr(sheet.api, "ProtectContents", False)) and not sheet.api.ProtectionMode


def has_fixed_sheets(book: xw.Book) -> bool:
    """Whether Excel refuses to add sheets to a book, or to move and rename them."""
    return bool(getattr(book.api, "ProtectStructure", False))


def save_copy(book: xw.Book, path: Path) -> None:
    """Write a book as it is now, unsaved changes too, into another file; it goes on being the book of its own file.

    Engines with a `save_copy` do it themselves, Excel on Windows by SaveCopyAs. Elsewhere the file is copied as it was
    last saved.

    Raises
    ------
    NoCopyError
        Where there is no file to copy.
    """
    if offers(book.impl, "save_copy"):
        book.impl.save_copy(path)
    elif hasattr(book.api, "SaveCopyAs"):
        book.api.SaveCopyAs(str(path))
    elif Path(address_of(book)).is_file():
        shutil.copy2(address_of(book), path)
    else:
        raise NoCopyError(
            Text("the workbook has not been saved yet"), where=book.name, remedy=Text("Save it, then try again.")
        )
