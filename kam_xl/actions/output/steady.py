"""Packages that other libraries write, without the moment at which they were written."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
# The first moment that a zip can name.
_FIRST = rb"\g<1>1980-01-01T00:00:00Z"


def steady(package: bytes, *, inside: bool = False) -> bytes:
    """A package whose bytes follow from its parts alone; those `inside` it say no moment in their properties either.

    >>> made = BytesIO()
    >>> with ZipFile(made, "w") as archive:
    ...     archive.writestr("part.xml", "<part/>")
    >>> [entry.date_time[0] for entry in ZipFile(BytesIO(steady(made.getvalue()))).infolist()]
    [1980]
    """
    made = BytesIO()
    with ZipFile(BytesIO(package)) as source, ZipFile(made, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name.endswith(".xlsx"):
                part = steady(part, inside=True)
            elif inside and name == "docProps/core.xml":
                part = _MOMENT.sub(_FIRST, part)
            target.writestr(ZipInfo(name), part, ZIP_DEFLATED)
    return made.getvalue()
