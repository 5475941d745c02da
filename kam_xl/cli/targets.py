"""Where results go: nothing that a person has is overwritten unasked, and a file is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from kam_xl.errors import KamError
from kam_xl.locale import Text

WORKBOOKS = (".xlsx", ".xlsm")


class TargetError(KamError):
    """The output cannot be written there."""

    exit_code = 4


def workbook_target(source: Path, wanted: Path | None, *, overwrite: bool) -> Path:
    """The workbook to write; the source itself may be named, and is updated then.

    Raises
    ------
    TargetError
        Where another file stands there already, or its type does not suit.
    """
    suffix = source.suffix.lower() if source.suffix.lower() in WORKBOOKS else ".xlsx"
    target = wanted or source.with_name(f"{source.stem}-plans{suffix}")
    if target.suffix.lower() != suffix:
        raise TargetError(
            Text("the type of the output does not suit the input's"),
            where=str(target),
            got=target.suffix,
            remedy=Text("Use a name that ends with {suffix}.", suffix=suffix),
        )
    if not (target.exists() and source.exists() and target.samefile(source)):
        _refuse_existing(
            target,
            overwrite,
            Text(
                "To update the plans in it, run: kam-xl plan {path}. To replace it, add --overwrite.", path=str(target)
            ),
        )
    return target


def table_target(wanted: Path, *, overwrite: bool) -> Path:
    """The csv or xlsx file to write a table to."""
    if wanted.suffix.lower() not in (".csv", ".xlsx"):
        raise TargetError(
            Text("a table is written as .csv or .xlsx"), where=str(wanted), got=wanted.suffix or wanted.name
        )
    _refuse_existing(wanted, overwrite, Text("Choose another name, or add --overwrite."))
    return wanted


def template_target(wanted: Path, *, overwrite: bool) -> Path:
    """The workbook to write a template to."""
    if wanted.suffix.lower() != ".xlsx":
        raise TargetError(Text("a template is written as .xlsx"), where=str(wanted), got=wanted.suffix or wanted.name)
    _refuse_existing(wanted, overwrite, Text("Choose another name, or add --overwrite."))
    return wanted


def _refuse_existing(target: Path, overwrite: bool, remedy: Text) -> None:
    if target.is_dir():
        raise TargetError(Text("the output is a folder"), where=str(target), remedy=Text("Name a file."))
    if not target.parent.is_dir():
        raise TargetError(Text("there is no such folder"), where=str(target.parent), remedy=Text("Make it first."))
    if target.exists() and target.stat().st_size and not overwrite:
        raise TargetError(Text("the file exists already"), where=str(target), remedy=remedy)
