"""Names of parts: how relationships point from one to another.

A part name here is what the zip calls it: ``xl/worksheets/sheet1.xml``, without a leading slash.
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from urllib.parse import quote, unquote

_ODD = re.compile(r"[#%\\]|//|/\.")


def relationships_of(part: str) -> str:
    """The name of the part that holds a part's relationships; "" stands for the package itself.

    >>> relationships_of("xl/workbook.xml"), relationships_of("")
    ('xl/_rels/workbook.xml.rels', '_rels/.rels')
    """
    folder, slash, name = part.rpartition("/")
    return f"{folder}{slash}_rels/{name}.rels"


def owner_of(relationships: str) -> str:
    """The part whose relationships a part holds.

    >>> owner_of("xl/_rels/workbook.xml.rels"), owner_of("_rels/.rels")
    ('xl/workbook.xml', '')
    """
    folder, _, name = relationships.rpartition("_rels/")
    return folder + name[: -len(".rels")]


def resolve(part: str, target: str) -> str:
    """The part a relationship's target names; "" where it names a place in the part itself.

    Takes what files really hold: absolute and relative targets, backslashes, escapes, fragments.

    >>> resolve("xl/worksheets/sheet1.xml", "../drawings/drawing1.xml")
    'xl/drawings/drawing1.xml'
    >>> resolve("xl/workbook.xml", "/xl/My%20sheet.xml"), resolve("xl/workbook.xml", "#Sheet1!A1")
    ('xl/My sheet.xml', '')
    """
    if target.startswith("/") and not _ODD.search(target):  # as most programs write it
        return target[1:]
    path = unquote(target.partition("#")[0]).replace("\\", "/")
    folders = [] if path.startswith("/") else part.split("/")[:-1]
    for step in path.split("/"):
        if step == "..":
            del folders[-1:]
        elif step not in ("", "."):
            folders.append(step)
    return "/".join(folders) if path else ""


def relative(part: str, target: str) -> str:
    """The target that leads from one part to another, as Excel writes it.

    >>> relative("xl/worksheets/sheet1.xml", "xl/drawings/drawing1.xml"), relative("", "xl/workbook.xml")
    ('../drawings/drawing1.xml', 'xl/workbook.xml')
    """
    folder, slash, _ = part.rpartition("/")
    if target.startswith(folder + slash):
        return quote(target[len(folder + slash) :])
    return quote(posixpath.relpath(target, folder))


@lru_cache(maxsize=1024)
def numbered(name: str) -> tuple[str, int, str]:
    """A name cut at the number before its extension (0 where it has none).

    >>> numbered("xl/charts/chart12.xml"), numbered("xl/printerSettings.bin")
    (('xl/charts/chart', 12, '.xml'), ('xl/printerSettings', 0, '.bin'))
    """
    stem, extension = posixpath.splitext(name)
    match = re.search(r"\d*$", stem)
    digits = match[0] if match else ""
    return stem[: len(stem) - len(digits)], int(digits or 0), extension
