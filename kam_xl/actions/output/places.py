"""Where files that belong to a workbook go: beside it, under names that every system takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from unicodedata import normalize

import xlwings as xw

from kam_xl.engines.whereabouts import address_of
from kam_xl.errors import KamError, system_reason
from kam_xl.files.destination import shortened
from kam_xl.files.names import likeness
from kam_xl.locale import Text

_NOT_IN_FILE_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_LONGEST_NAME = 200  # bytes, of 255: room for a number, and for what programs put before and behind
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


class PlaceError(KamError):
    """A workbook without a folder on this computer, or a folder that takes no file."""

    exit_code = 4


def folder_of(book: xw.Book) -> Path:
    """The folder that a workbook lies in.

    Raises
    ------
    PlaceError
        Where it was never saved, or lies in OneDrive or SharePoint and no local folder is known.
    """
    name = address_of(book)
    if "://" in name:
        raise PlaceError(
            Text("the workbook lies in OneDrive or SharePoint and has no folder on this computer"),
            where=book.name,
            remedy=Text(
                "Open it from the folder that OneDrive keeps on your computer, or save a copy to a local folder."
            ),
        )
    path = Path(name)
    if not path.is_absolute():
        raise PlaceError(
            Text("the workbook has not been saved yet"), where=book.name, remedy=Text("Save it, then try again.")
        )
    return path.parent


def made_folder(path: Path) -> Path:
    """A folder, made where it is not there.

    Raises
    ------
    PlaceError
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise PlaceError(Text("a file is in the place of the folder"), where=str(path)) from error
    except OSError as error:
        raise PlaceError(
            Text("the folder cannot be created ({why})", why=system_reason(error)), where=str(path)
        ) from error
    return path


@contextmanager
def filled_folder(path: Path) -> Iterator[Path]:
    """A folder for files that are written in the block; if none can be, no folder that was made for them stays.

    Raises
    ------
    PlaceError
    """
    missing = [each for each in (path, *path.parents) if not each.exists()]
    try:
        yield made_folder(path)
    except BaseException:
        with suppress(OSError):
            for each in missing:
                each.rmdir()
        raise


def unused(path: Path) -> Path:
    """The path, or the first one with a number behind it that is not taken."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem} ({number})")
    return free


def file_names(stem: str, values: Iterable[str], suffix: str) -> dict[str, str]:
    """A file name for each value that every system takes, different from all others.

    >>> file_names("", ["Ost/West", "Ost-West", "CON"], ".pdf")
    {'Ost/West': 'Ost-West.pdf', 'Ost-West': 'Ost-West (2).pdf', 'CON': 'CON-.pdf'}
    >>> file_names("plans", ["Ann"], ".xlsx")
    {'Ann': 'plans Ann.xlsx'}
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for value in values:
        clean = _NOT_IN_FILE_NAMES.sub("-", normalize("NFC", value)).strip(" .-") or "-"
        stem_of = shortened(f"{stem} {clean}".strip(), _LONGEST_NAME).strip(" .")
        stem_of = f"{stem_of}-" if _DEVICES.fullmatch(stem_of) else stem_of
        name, number = f"{stem_of}{suffix}", 1
        while likeness(name) in taken:
            number += 1
            name = f"{stem_of} ({number}){suffix}"
        taken.add(likeness(name))
        names[value] = name
    return names
