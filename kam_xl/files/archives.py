"""Files out of archives: never more bytes than allowed, and what is wrong with an archive in one sentence."""

from __future__ import annotations

import gzip
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kam_xl.errors import KamError, system_reason
from kam_xl.locale import Text

_CHUNK = 1 << 20


@contextmanager
def opening(archive: Path, error: type[KamError]) -> Iterator[None]:
    """Turn whatever the readers of a damaged archive raise into one error.

    Examples
    --------
    >>> with opening(Path("s.zip"), KamError):
    ...     raise zipfile.BadZipFile("bad header")
    Traceback (most recent call last):
    kam_xl.errors.KamError: s.zip: the archive is damaged or protected (bad header). Unpack it, and give the files.
    """
    try:
        yield
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as damage:
        why = system_reason(damage) if isinstance(damage, OSError) else str(damage)
        raise error(
            Text("the archive is damaged or protected ({why})", why=why),
            where=str(archive),
            remedy=Text("Unpack it, and give the files."),
        ) from damage


@contextmanager
def naming(unpacked: Path, shown: Path) -> Iterator[None]:
    """Let errors about an unpacked file name the archive: nobody knows our temporary folder.

    Examples
    --------
    >>> with naming(Path("/tmp/kam_xl-1/0/s.csv"), Path("s.zip:s.csv")):
    ...     raise KamError(Text("the file is empty"), where="/tmp/kam_xl-1/0/s.csv")
    Traceback (most recent call last):
    kam_xl.errors.KamError: s.zip:s.csv: the file is empty.
    """
    try:
        yield
    except KamError as error:
        if error.where == str(unpacked):
            error.where = str(shown)
        elif error.where == unpacked.name:
            error.where = shown.name
        raise


def unpack(stream: IO[bytes] | gzip.GzipFile, target: Path, most: int, archive: Path, error: type[KamError]) -> None:
    """Write a packed file out, at most so many bytes, and never the last of the disk."""
    with target.open("wb") as file:
        while chunk := stream.read(_CHUNK):
            file.write(chunk)
            if file.tell() > most or shutil.disk_usage(target.parent).free < _CHUNK:
                raise error(
                    Text("the file expands to more than the allowed size"),
                    where=str(archive),
                    remedy=Text("Unpack it, and give the files."),
                )
