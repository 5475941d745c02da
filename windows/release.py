"""What a release consists of, into dist: the wheel, the LibreOffice extension, the folder for Windows, checksums.

python windows/release.py [--python ARCHIVE]
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from kam_xl.calc_addin.extension import extension
from windows.portable import portable, wheel
from windows.wine import TOP

SUMS = "SHA256SUMS"


def release(python: Path | None, dist: Path) -> list[Path]:
    """Make the files in a folder, in the place of older ones; the last is the list of checksums."""
    dist.mkdir(exist_ok=True)
    for old in dist.iterdir():
        old.unlink()
    built = wheel(dist)
    for_office = dist / "kam_xl.oxt"
    for_office.write_bytes(extension(TOP / "addins" / "calc", TOP / "docs"))
    files = [built, for_office, portable(python, dist, built)]
    sums = [f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.name}\n" for each in files]
    (dist / SUMS).write_text("".join(sums), "ascii")
    return [*files, dist / SUMS]


def main() -> None:
    """Make the files, and tell their sizes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--python", type=Path, metavar="ARCHIVE", help="for the folder; see portable.py")
    for each in release(parser.parse_args().python, TOP / "dist"):
        print(f"{each.name}: {each.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
