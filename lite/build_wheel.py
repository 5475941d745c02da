"""Builds the wheel of the functions alone: ``python lite/build_wheel.py FOLDER``.

kam_xl as a whole needs libraries that the Python within Excel (xlwings Lite, on Pyodide) does not have. The functions
use the standard library only; this wheel holds them and what they import, and depends on nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

PACKAGE = Path(__file__).parents[1] / "kam_xl"
NAME = "kam_xl_functions"
VERSION = re.search(r'__version__ = "(.+)"', (PACKAGE / "__init__.py").read_text(encoding="utf-8"))[1]
ROOMS = ("domain", "errors.py", "excel", "files", "functions", "gate", "locale", "ooxml", "plan", "table")
"""What `kam_xl.functions` may import (`tests/test_rooms.py`)."""
_DATA = (".py", ".ini", ".mo")
_METADATA = f"Metadata-Version: 2.1\nName: {NAME}\nVersion: {VERSION}\nRequires-Python: >=3.10\n"
_WHEEL = "Wheel-Version: 1.0\nGenerator: kam_xl\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def build(folder: Path) -> Path:
    """Write the wheel into a folder, which is made where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{NAME}-{VERSION}-py3-none-any.whl"
    info = f"{NAME}-{VERSION}.dist-info"
    with ZipFile(target, "w", ZIP_DEFLATED) as wheel:
        written = [*_files()]
        for path in written:
            wheel.write(path, path.relative_to(PACKAGE.parent).as_posix())
        wheel.writestr(f"{info}/METADATA", _METADATA)
        wheel.writestr(f"{info}/WHEEL", _WHEEL)
        listed = [path.relative_to(PACKAGE.parent).as_posix() for path in written]
        lines = [*listed, f"{info}/METADATA", f"{info}/WHEEL", f"{info}/RECORD"]
        wheel.writestr(f"{info}/RECORD", "".join(f"{line},,\n" for line in lines))
    return target


def _files() -> Iterator[Path]:
    yield PACKAGE / "__init__.py"
    for room in ROOMS:
        place = PACKAGE / room
        found = [place] if place.is_file() else place.rglob("*")
        yield from sorted(path for path in found if path.suffix in _DATA and "__pycache__" not in path.parts)


if __name__ == "__main__":
    sys.stdout.write(f"{build(Path(sys.argv[1]))}\n")
