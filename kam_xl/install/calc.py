"""The extension in LibreOffice: built, registered, removed, looked for."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from kam_xl.calc_addin.description import IDENTIFIER, MINIMUM
from kam_xl.calc_addin.extension import FILE_NAME, extension, packages
from kam_xl.engines.calc.bridge import environment, office_python, program_folder
from kam_xl.engines.calc.errors import NoOfficeError, OfficeError
from kam_xl.files.temporary import temporary_folder
from kam_xl.install import bundled
from kam_xl.locale import Text

_SECONDS = 180
_INSTALL = Text("Install LibreOffice {minimum} or later, then run this again.", minimum=".".join(map(str, MINIMUM)))
_FIELD = rb"[\xff\n][^\n\xff]*"  # of LibreOffice's list of packages
_REGISTRAR = "kam_xl.install.extension_manager"


class OldOfficeError(OfficeError):
    """A LibreOffice that neither binds functions of workbooks made for Excel nor writes their names back."""


class RegisterError(OfficeError):
    """LibreOffice did not take the extension, or did not let go of it."""


@dataclass(frozen=True)
class Installed:
    """A LibreOffice of this machine."""

    folder: Path
    version: tuple[int, ...]

    @property
    def is_new_enough(self) -> bool:
        return self.version >= MINIMUM

    @property
    def shown_version(self) -> str:
        return ".".join(map(str, self.version))


def find() -> Installed:
    """The LibreOffice of this machine.

    Raises
    ------
    NoOfficeError
        If there is none.
    """
    folder = program_folder()
    if folder is None:
        raise NoOfficeError(Text("LibreOffice was not found"), remedy=_INSTALL)
    return Installed(folder, version_of(folder))


def version_of(folder: Path) -> tuple[int, ...]:
    """The version of the LibreOffice whose programs are in a folder.

    Raises
    ------
    NoOfficeError
        If it does not tell.
    """
    # Of the two programs on Windows only the .com one writes to where we can read.
    program = next(folder / name for name in ("soffice.com", "soffice") if (folder / name).is_file())
    output = _run(program, "--version").stdout
    numbers = re.search(r"\d+(\.\d+)+", output)
    if numbers is None:
        raise NoOfficeError(Text("LibreOffice does not report its version"), where=str(program), got=output.strip())
    return tuple(map(int, numbers[0].split(".")))


def install(profile: Path | None = None) -> Installed:
    """Build the extension and register it for this user, in the place of an older one.

    Parameters
    ----------
    profile : Path, optional
        The folder of LibreOffice's settings; by default the user's own.

    Raises
    ------
    NoOfficeError, OldOfficeError, RegisterError
    """
    office = find()
    if not office.is_new_enough:
        raise OldOfficeError(Text("this LibreOffice is too old"), got=office.shown_version, remedy=_INSTALL)
    with temporary_folder() as folder:
        file = folder / FILE_NAME
        file.write_bytes(built())
        _register(office, "add", file.as_posix(), profile)
    return office


def built() -> bytes:
    """The extension."""
    return extension(bundled.calc_addin(), bundled.guide())


def uninstall(profile: Path | None = None) -> bool:
    """Remove the extension; whether there was one.

    Raises
    ------
    NoOfficeError, RegisterError
    """
    if registered_version(profile) is None:
        return False
    _register(find(), "remove", IDENTIFIER, profile)
    return True


def _register(office: Installed, action: str, what: str, profile: Path | None) -> None:
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # LibreOffice's own program refuses to work for root
        with temporary_folder() as folder:
            command = (office_python() or sys.executable, "-m", _REGISTRAR, action, what, profile or user_profile())
            done = _run(*command, path=_unpacked(folder))
    else:
        home = [f"-env:UserInstallation={profile.absolute().as_uri()}"] if profile else []
        force = ["--force", "--suppress-license"] if action == "add" else []
        done = _run(_unopkg(office.folder), action, *force, *home, what)
    if done.returncode:
        lines = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise RegisterError(
            Text("LibreOffice refused the extension"),
            got=lines[-1] if lines else done.returncode,
            remedy=Text("Close all LibreOffice windows and its Quickstarter, then run this again."),
        )


def _unpacked(folder: Path) -> Path:
    """Our modules and those they need, for LibreOffice's Python, which need not have any."""
    for name, content in packages():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder


def _unopkg(folder: Path) -> Path:
    return next(folder / name for name in ("unopkg.com", "unopkg") if (folder / name).is_file())


def _run(*command: str | Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a program of LibreOffice; `path` is where its Python finds modules."""
    surroundings = environment() | ({"PYTHONPATH": str(path)} if path else {})
    try:
        return subprocess.run(  # noqa: S603 (programs of LibreOffice)
            [str(each) for each in command],
            env=surroundings,
            cwd=path,  # where Python looks first
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RegisterError(Text("LibreOffice did not answer within {n:count} seconds", n=_SECONDS)) from error


def user_profile() -> Path:
    """The folder of LibreOffice's settings of this user."""
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or Path.home() / "AppData/Roaming") / "LibreOffice"
    elif sys.platform == "darwin":
        base = Path.home() / "Library/Application Support/LibreOffice"
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "libreoffice"
    return base / "4"


def registered_version(profile: Path | None = None) -> str | None:
    """The version of the extension that is registered, None where it is not.

    Read from LibreOffice's own list of active packages: identifier, temporary name, file name, media type, version.
    """
    packages = (profile or user_profile()) / "user/uno_packages/cache/uno_packages.pmap"
    if not packages.is_file():
        return None
    of_ours = re.search(re.escape(IDENTIFIER).encode() + _FIELD * 3 + rb"\xff([^\n\xff]*)", packages.read_bytes())
    return of_ours[1].decode() if of_ours else None
