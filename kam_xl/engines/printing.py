"""Workbook files to PDF by LibreOffice, for engines that have no printer of their own."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from kam_xl.engines.calc.bridge import environment, office_binary
from kam_xl.errors import KamError, system_reason
from kam_xl.files.temporary import temporary_folder
from kam_xl.locale import Text

_SECONDS = 900
_RESTART = 81  # its exit code after it has set up a new profile: start me again
_OPTIONS = ("--headless", "--norestore", "--nologo", "--nofirststartwizard")
_REGION = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>{region}</value></prop></item></oor:items>
"""


class PrintError(KamError):
    """No PDF could be made."""

    exit_code = 4


def to_pdf(workbooks: Sequence[Path], folder: Path, region: str = "") -> list[Path]:
    """Print all visible sheets of each workbook file into a PDF of its name, by a LibreOffice of its own.

    It runs in a temporary profile: one that the user has open is neither disturbed nor needed.

    Parameters
    ----------
    workbooks : sequence of Path
    folder : Path
        Where the PDF files go.
    region : str
        How numbers and dates are written, such as "ru-RU"; by default as the system does.

    Raises
    ------
    PrintError
        Where there is no LibreOffice, or it makes no PDF.
    """
    binary = office_binary()
    if binary is None:
        raise PrintError(
            Text("PDF files are made by Excel or LibreOffice, and LibreOffice was not found"),
            remedy=Text("Install LibreOffice Calc, or press the button in Excel."),
        )
    made = [folder / f"{workbook.stem}.pdf" for workbook in workbooks]
    with temporary_folder("office") as profile:
        if region:
            _set_region(profile, region)
        job = ["--convert-to", "pdf", "--outdir", str(folder), *map(str, workbooks)]
        output = _run([str(binary), f"-env:UserInstallation={profile.as_uri()}", *_OPTIONS, *job])
    missing = next((path for path in made if not path.is_file()), None)
    if missing:
        raise PrintError(
            Text("LibreOffice could not create the PDF ({why})", why=" ".join(output.split())[-200:] or "?"),
            where=missing.name,
        )
    return made


def _set_region(profile: Path, region: str) -> None:
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(_REGION.format(region=region), encoding="utf-8")


def _run(command: Sequence[str]) -> str:
    try:
        for _ in range(2):
            done = subprocess.run(  # noqa: S603 (our own command)
                command, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False
            )
            if done.returncode != _RESTART:
                break
    except subprocess.TimeoutExpired as error:
        raise PrintError(Text("LibreOffice did not create the PDF within {n:count} seconds", n=_SECONDS)) from error
    except OSError as error:
        raise PrintError(
            Text("LibreOffice does not start ({why})", why=system_reason(error)), where=command[0]
        ) from error
    return (done.stderr or done.stdout).decode(errors="replace")
