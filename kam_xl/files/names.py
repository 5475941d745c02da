"""Names of files: two spellings may be one file, and one spelling on the screen two names on the disk.

Memory sticks, macOS and Windows take capitals and small letters for the same. macOS often keeps a letter such as ``й``
as two characters, which keyboards type as one; other systems tell these names apart.
"""

from __future__ import annotations

import os
from pathlib import Path
from unicodedata import normalize


def likeness(name: str) -> str:
    """What all spellings of a name have in common.

    >>> likeness("Й.XLSX") == likeness("и\\u0306.xlsx")
    True
    """
    return normalize("NFC", normalize("NFC", name).casefold())


def is_same_file(one: Path, other: Path) -> bool:
    """Whether two names are of one file, by a link or by spelling; False where one of them has none.

    Some drivers give a file another number for each spelling of its name: so where two names are alike, it is counted
    how many such names the folder has.

    Raises
    ------
    OSError
    """
    if not (one.exists() and other.exists()):
        return False
    if one.samefile(other):
        return True
    return likeness(one.name) == likeness(other.name) and _is_only_spelt_otherwise(one.absolute(), other.absolute())


def _is_only_spelt_otherwise(one: Path, other: Path) -> bool:
    alike = (each for each in one.parent.iterdir() if likeness(each.name) == likeness(one.name))
    return is_same_file(one.parent, other.parent) and len(list(alike)) == 1


def as_spelt(path: Path) -> Path:
    """A path as the disk spells it, where only one file there looks like it; else the path.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> (folder / "и\\u0306.csv").touch()
    >>> as_spelt(folder / "й.csv").name == "и\\u0306.csv", as_spelt(folder / "и.csv").name
    (True, 'и.csv')
    """
    if str(path).isascii() or os.path.lexists(path):
        return path
    folder = as_spelt(path.parent)
    try:
        alike = [each for each in folder.iterdir() if normalize("NFC", each.name) == normalize("NFC", path.name)]
    except OSError:  # whoever reads or writes there tells why
        return path
    return alike[0] if len(alike) == 1 else folder / path.name
