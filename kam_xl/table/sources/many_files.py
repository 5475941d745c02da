"""Several files as one source: a folder, an archive; parts whose header stands in the first file only."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kam_xl.errors import system_reason
from kam_xl.files.archives import naming, opening, unpack
from kam_xl.files.temporary import temporary_folder
from kam_xl.gate.limits import check_table
from kam_xl.locale import Text, plural
from kam_xl.table.errors import FileUnreadableError
from kam_xl.table.grid import Grid, Grids, Source

Open = Callable[[Path], Source]
# No more files are read as one table, and no more bytes are unpacked.
_MOST_FILES, _MOST_BYTES = 1_000, 1_000_000_000


def read_folder(path: Path, open_one: Open) -> Source:
    """All files of a folder, hidden ones and those of spreadsheet programs' own apart.

    Raises
    ------
    FileUnreadableError
        Naming all files that cannot be read.
    """
    try:
        files = sorted(each for each in path.iterdir() if each.is_file() and not each.name.startswith((".", "~")))
    except OSError as error:
        why = system_reason(error)
        raise FileUnreadableError(Text("the folder cannot be read ({why})", why=why), where=str(path)) from error
    if not files or len(files) > _MOST_FILES:
        raise FileUnreadableError(
            Text("the folder holds {count} files", count=len(files)),
            where=str(path),
            remedy=Text("Give a folder with the files of one table, at most {most}.", most=_MOST_FILES),
        )
    return _together(path.name, files, open_one)


def read_gzip(path: Path, open_one: Open) -> Source:
    """A file packed by gzip."""
    with temporary_folder() as folder:
        target = folder / (path.stem or "data")
        with opening(path, FileUnreadableError), gzip.open(path) as stream:
            unpack(stream, target, _MOST_BYTES, path, FileUnreadableError)
        return _together(path.name, [target], lambda each: _unpacked(each, path, open_one))


def read_zip(path: Path, open_one: Open) -> Source:
    """The files of a zip archive."""
    with temporary_folder() as folder, opening(path, FileUnreadableError), zipfile.ZipFile(path) as archive:
        members = [each for each in archive.infolist() if not each.is_dir() and "__MACOSX" not in each.filename]
        if not members or len(members) > _MOST_FILES:
            raise FileUnreadableError(
                Text("the archive holds {count} files", count=len(members)),
                where=str(path),
                remedy=Text("Give an archive with the files of one table, at most {most}.", most=_MOST_FILES),
            )
        files: dict[Path, Path] = {}
        for number, member in enumerate(members):
            target = folder / str(number) / (Path(member.filename).name or "data")
            target.parent.mkdir()
            with archive.open(member) as stream:
                unpack(stream, target, _MOST_BYTES, path, FileUnreadableError)
            files[target] = path.with_name(f"{path.name}:{target.name}")
        return _together(path.name, list(files), lambda each: _unpacked(each, files[each], open_one))


def _unpacked(file: Path, shown: Path, open_one: Open) -> Source:
    with naming(file, shown):
        return open_one(file)


def _together(name: str, files: Sequence[Path], open_one: Open) -> Source:
    """The sheets of all files as those of one workbook; every file that cannot be read is told."""
    grids: list[Grid] = []
    decimals: list[str] = []
    errors: list[FileUnreadableError] = []
    rows = cells = 0
    for file in files:
        try:
            source = open_one(file)
            sheets = [source.grid(sheet) for sheet in source.sheets()]
            rows += sum(len(grid.rows) for grid in sheets)
            cells += sum(len(row) for grid in sheets for row in grid.rows)
            check_table(name, rows, cells)
            _add(grids, sheets)
            decimals.append(source.decimal)
        except FileUnreadableError as error:  # noqa: PERF203 (all are told at once)
            errors.append(error)
    if errors:
        if len(errors) == 1:
            raise errors[0]
        raise FileUnreadableError(
            plural(
                "{n:count} file cannot be read: {why}",
                "{n:count} files cannot be read: {why}",
                n=len(errors),
                why=[error.sentence for error in errors],
            ),
            where=name,
        )
    return Grids(name, list(_named_apart(grids)), decimal=decimals[0] if len(set(decimals)) == 1 else "")


def _add(known: list[Grid], grids: Sequence[Grid]) -> None:
    """Add the grids of a file; one that goes on where the first file ends, without a header, becomes part of that."""
    first, part = known[0] if known else None, grids[0] if len(grids) == 1 else None
    if first and part and first.rows and part.rows:
        header, top = first.rows[0], part.rows[0]
        headed = not any(map(_is_number, header)) and any(map(_is_number, top))
        if headed and len(top) == len(header):
            origins = [grid.place(row) for grid in (first, part) for row in range(len(grid.rows))]
            known[0] = replace(first, rows=[*first.rows, *part.rows], origins=origins, of_files=True)
            return
    known += grids


def _is_number(cell: object) -> bool:
    if isinstance(cell, (int, float)):
        return True
    return isinstance(cell, str) and cell.replace(".", "").replace(",", "").replace(" ", "").isdigit()


def _named_apart(grids: Sequence[Grid]) -> Iterator[Grid]:
    """Grids of different names: a name that is taken gets a number."""
    taken: set[str] = set()
    for grid in grids:
        name, number = grid.sheet, 1
        while name.casefold() in taken:
            number += 1
            name = f"{grid.sheet} ({number})"
        taken.add(name.casefold())
        yield replace(grid, sheet=name)
