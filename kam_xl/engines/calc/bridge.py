"""The one place where `uno` is imported: types and services of LibreOffice as this package uses them."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any

from kam_xl.engines.calc.errors import NoUnoError
from kam_xl.locale import Text

_PROGRAM_FOLDERS = (
    Path("/usr/lib/libreoffice/program"),
    Path("/usr/lib64/libreoffice/program"),
    Path("/opt/libreoffice/program"),
    Path("/Applications/LibreOffice.app/Contents/MacOS"),
    Path("C:/Program Files/LibreOffice/program"),
    Path("C:/Program Files (x86)/LibreOffice/program"),
)


def uno() -> Any:
    """The module `uno`, which LibreOffice brings for one Python of the machine.

    Raises
    ------
    NoUnoError
        In every other Python; it says which one to use, where that can be found.
    """
    try:
        import uno
    except ImportError as error:
        raise _no_uno() from error
    return uno


def has_uno() -> bool:
    """Whether this Python can talk to LibreOffice."""
    try:
        uno()
    except NoUnoError:
        return False
    return True


def _no_uno() -> NoUnoError:
    python = office_python()
    remedy = (
        Text('Run it with "{python}"; on Debian and Ubuntu the package python3-uno is needed.', python=str(python))
        if python
        else Text("Install LibreOffice 25.2 or later, and run this with the Python that belongs to it.")
    )
    return NoUnoError(
        Text("this Python cannot talk to LibreOffice: it has no module uno"), where=sys.executable, remedy=remedy
    )


def program_folder() -> Path | None:
    """The folder of LibreOffice's programs, None where there is no LibreOffice."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    folders = [Path(program).resolve().parent] if program else []
    return next((folder for folder in (*folders, *_PROGRAM_FOLDERS) if _office_in(folder)), None)


def _office_in(folder: Path) -> Path | None:
    # The binary itself where there is one: scripts and splash screens before it would be other processes.
    names = ("soffice.bin", "soffice.exe", "soffice")
    return next((folder / name for name in names if (folder / name).is_file()), None)


def office_binary() -> Path | None:
    """The program to start, None where there is no LibreOffice."""
    folder = program_folder()
    return _office_in(folder) if folder else None


def office_python() -> Path | None:
    """The Python that has `uno`: LibreOffice's own, or the system's where the distribution builds it so."""
    folder = program_folder()
    own = [folder / "python.exe", folder / "python", folder.parent / "Resources/python"] if folder else []
    system = [Path("/usr/bin/python3")] if sys.platform.startswith("linux") else []
    return next((python for python in (*own, *system) if python.is_file()), None)


def environment() -> dict[str, str]:
    """What a program of LibreOffice finds in its environment: its own Python, never ours.

    The Python within it takes its modules from where ``python3`` is first found on PATH: in an activated virtual
    environment those of another version, and then no extension loads (``std::bad_alloc``).
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    own = office_python()
    if own:
        kept["PATH"] = os.pathsep.join([str(own.parent), *filter(None, [kept.get("PATH")])])
    return kept


def constant(name: str) -> Any:
    """A constant or a value of an enumeration by its full name, ``com.sun.star.sheet.CellFlags.VALUE``."""
    kind, _, member = name.rpartition(".")
    try:
        return uno().getConstantByName(name)
    except uno().getClass("com.sun.star.uno.RuntimeException"):
        return uno().Enum(kind, member)


def struct(name: str, *values: object, **fields: object) -> Any:
    """A struct of LibreOffice, its full name after ``com.sun.star.``."""
    made = uno().createUnoStruct(f"com.sun.star.{name}", *values)
    for field, value in fields.items():
        setattr(made, field, value)
    return made


def properties(**values: object) -> tuple[Any, ...]:
    """Named values as most calls take them."""
    return tuple(struct("beans.PropertyValue", Name=name, Value=value) for name, value in values.items())


def service(context: Any, name: str) -> Any:
    """A service of an office, its full name after ``com.sun.star.``."""
    return context.ServiceManager.createInstanceWithContext(f"com.sun.star.{name}", context)


def url(path: str | Path) -> str:
    """A file as LibreOffice names it."""
    return str(uno().systemPathToFileUrl(str(Path(path).absolute())))


def path(url: str) -> str:
    """The file behind a URL of a document."""
    return str(uno().fileUrlToSystemPath(url))
