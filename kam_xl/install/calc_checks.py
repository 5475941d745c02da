"""What commonly breaks between LibreOffice and the extension."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kam_xl import __version__
from kam_xl.engines.calc.bridge import program_folder
from kam_xl.install import calc
from kam_xl.install.doctor import Check
from kam_xl.locale import Text

_INSTALL = Text("Run: kam-xl install --calc")


def calc_checks(workbook: Path | None = None, *, needed: bool = True) -> Iterator[Check]:
    """Check the extension, and a workbook that LibreOffice is to open.

    Parameters
    ----------
    workbook : Path, optional
    needed : bool
        Whether LibreOffice is the only spreadsheet program: a missing extension is a warning then.
    """
    folder = program_folder()
    if folder is None:
        return
    yield from _of_python(folder)
    yield _of_extension(calc.registered_version(), needed)
    if workbook is not None:
        yield from _of_lock(workbook)


def _of_python(folder: Path) -> Iterator[Check]:
    # The loader of extensions in Python lies beside the programs, or is the distribution's package of its own.
    if (folder / "pythonloader.py").is_file() or (folder.parent / "Resources/pythonloader.py").is_file():
        return
    yield Check(
        "calc-python",
        "fault",
        Text("LibreOffice cannot run extensions in Python: its Python is missing"),
        Text("On Debian and Ubuntu: apt install python3-uno. Elsewhere reinstall LibreOffice with all its parts."),
    )


def _of_extension(version: str | None, needed: bool) -> Check:
    if version is None:
        missing = Text("LibreOffice does not have the extension")
        return Check("calc-extension", "warning" if needed else "ok", missing, _INSTALL)
    if version != __version__:
        return Check(
            "calc-extension",
            "warning",
            Text("the extension in LibreOffice is {found}, and kam_xl is {ours}", found=version, ours=__version__),
            _INSTALL,
        )
    return Check("calc-extension", "ok", Text("LibreOffice has the extension, version {version}", version=version))


def _of_lock(workbook: Path) -> Iterator[Check]:
    lock = workbook.with_name(f".~lock.{workbook.name}#")
    if lock.is_file():
        who, _, rest = lock.read_text("utf-8", errors="replace").partition(",")
        yield Check(
            "calc-lock",
            "warning",
            Text(
                "{path} is marked as open in LibreOffice: {who}",
                path=workbook.name,
                who=who.strip() or rest.split(",")[0],
            ),
            Text("If nobody has it open, delete the file {lock} beside it.", lock=lock.name),
        )
