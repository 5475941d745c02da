"""Where results go: nothing of the user's is overwritten unasked, no input, and nothing that was saved meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kam_xl.errors import KamError
from kam_xl.files.destination import Destination, reported, shortened
from kam_xl.files.names import as_spelt, is_same_file
from kam_xl.gate import FileKind, times_named
from kam_xl.locale import Text
from kam_xl.ooxml.errors import PackageError

WORKBOOKS = (".xlsx", ".xlsm")
_LONGEST_STEM = 200  # bytes: room for what programs put before and behind a file's name


class OutputError(KamError):
    """The output cannot be written there."""

    exit_code = 4


def workbook_target(
    source: Path,
    wanted: Path | None,
    *,
    overwrite: bool,
    kind: FileKind | None = FileKind.XLSX,
    inputs: Iterable[Path | None] = (),
    keep_table: bool = False,
    dry_run: bool = False,
) -> Destination:
    """The workbook to write; the source itself may be named if it is a workbook, and is updated then.

    Parameters
    ----------
    source : Path
        The workbook or table that it is made from.
    wanted : Path, optional
        The output asked for; by default one beside the source, named after it.
    overwrite : bool
        Whether another file may be replaced.
    kind : FileKind, optional
        What the source is by its content; None where it is not a workbook that can be carried whole.
    inputs : iterable of Path
        What else is read, and must not be written over.
    keep_table : bool
        Whether a source without any sheet of ours is only replaced where `overwrite` says so.
    dry_run : bool
        Whether nothing will be written, so that the file may be open or read-only.

    Raises
    ------
    OutputError, SaveError
        Where another file stands there already, its type does not suit, or it cannot be written.
    """
    suffix = ".xlsm" if kind and kind.has_macros else ".xlsx"
    target = wanted or beside(source, f"-plans{suffix}")
    in_place = kind is not None and source.suffix.lower() in WORKBOOKS and is_same_file(target, source)
    if target.suffix.lower() != suffix and not in_place:
        raise OutputError(
            Text("the type of the output does not suit the input's"),
            where=str(target),
            got=target.suffix,
            remedy=Text("Use a name that ends with {suffix}.", suffix=suffix),
        )
    _refuse_inputs(target, inputs if in_place else (source, *inputs))
    if in_place and keep_table and not overwrite and not _times_named(source, "kam_sheet"):
        _refuse_inputs(target, (source,), Text("Leave -o out, choose another name, or add --overwrite."))
    if not in_place:
        _refuse_existing(
            target,
            overwrite,
            Text(
                "To update the plans in it, run: kam-xl plan {path}. To replace it, add --overwrite.", path=str(target)
            ),
        )
        if target.is_file() and not _times_named(source, "kam_sheet"):
            _refuse_plans(target, Text("To update the plans in it, run: kam-xl plan {path}", path=str(target)))
    return Destination.seen(target) if dry_run else Destination.of(target)


def beside(source: Path, end: str) -> Path:
    """An output named after an input, in its folder; what comes by /dev/stdin has none.

    >>> str(beside(Path("sales.csv"), "-plans.xlsx")), str(beside(Path("/dev/stdin"), "-plans.xlsx"))
    ('sales-plans.xlsx', 'stdin-plans.xlsx')
    """
    name = f"{shortened(source.stem, _LONGEST_STEM)}{end}"
    return as_spelt(Path(name) if source.is_relative_to("/dev") else source.with_name(name))


def table_target(wanted: Path, *, overwrite: bool, inputs: Iterable[Path | None] = ()) -> Destination:
    """The csv or xlsx file to write a table to."""
    if wanted.suffix.lower() not in (".csv", ".xlsx"):
        raise OutputError(
            Text("a table is written as .csv or .xlsx"), where=str(wanted), got=wanted.suffix or wanted.name
        )
    destination = _new_or_replaced(wanted, overwrite, inputs)
    _refuse_plans(wanted)
    return destination


def template_target(wanted: Path, *, overwrite: bool) -> Destination:
    """The workbook to write a template to."""
    if wanted.suffix.lower() != ".xlsx":
        raise OutputError(Text("a template is written as .xlsx"), where=str(wanted), got=wanted.suffix or wanted.name)
    destination = _new_or_replaced(wanted, overwrite)
    _refuse_plans(wanted, name="kam_client_id", beyond=1)  # a template of the user's own has one
    return destination


def settings_target(wanted: Path, *, overwrite: bool, inputs: Iterable[Path | None] = ()) -> Destination:
    """The TOML file to write settings or a reading to."""
    if wanted.suffix.lower() != ".toml":
        raise OutputError(Text("this is written as .toml"), where=str(wanted), got=wanted.suffix or wanted.name)
    return _new_or_replaced(wanted, overwrite, inputs)


def calendar_target(wanted: Path, *, overwrite: bool, inputs: Iterable[Path | None] = ()) -> Destination:
    """The calendar file to write dates to."""
    if wanted.suffix.lower() != ".ics":
        raise OutputError(Text("a calendar is written as .ics"), where=str(wanted), got=wanted.suffix or wanted.name)
    return _new_or_replaced(wanted, overwrite, inputs)


def deck_target(wanted: Path, *, overwrite: bool, inputs: Iterable[Path | None] = ()) -> Destination:
    """The presentation to write a review to."""
    if wanted.suffix.lower() != ".pptx":
        raise OutputError(
            Text("a review deck is written as .pptx"), where=str(wanted), got=wanted.suffix or wanted.name
        )
    return _new_or_replaced(wanted, overwrite, inputs)


def _new_or_replaced(wanted: Path, overwrite: bool, inputs: Iterable[Path | None] = ()) -> Destination:
    _refuse_inputs(wanted, inputs)
    _refuse_existing(wanted, overwrite, Text("Choose another name, or add --overwrite."))
    return Destination.of(wanted)


def _refuse_inputs(target: Path, inputs: Iterable[Path | None], remedy: Text | None = None) -> None:
    for each in inputs:
        if each is not None and is_same_file(target, each):
            raise OutputError(
                Text("the output is an input of the same command"),
                where=str(target),
                remedy=remedy or Text("Choose another name for the output."),
            )


def _refuse_plans(target: Path, remedy: Text | None = None, name: str = "kam_sheet", beyond: int = 0) -> None:
    """Nothing new ever replaces a workbook with plans, not even with --overwrite."""
    with reported(target):  # Windows does not even let an open file be looked at
        times = _times_named(target, name)
    if times > beyond:
        raise OutputError(
            Text("this workbook holds plans, which would be lost"),
            where=str(target),
            remedy=remedy or Text("Choose another name for the output."),
        )


def _times_named(path: Path, name: str) -> int:
    if path.suffix.lower() not in WORKBOOKS or not path.is_file():
        return 0
    try:
        return times_named(path, name)
    except PackageError:  # no workbook at all
        return 0


def _refuse_existing(target: Path, overwrite: bool, remedy: Text) -> None:
    if target.is_dir():
        raise OutputError(Text("the output is a folder"), where=str(target), remedy=Text("Name a file."))
    if not target.parent.is_dir():
        raise OutputError(Text("there is no such folder"), where=str(target.parent), remedy=Text("Make it first."))
    if target.exists() and target.stat().st_size and not overwrite:
        raise OutputError(Text("the file exists already"), where=str(target), remedy=remedy)
