"""Builds the LibreOffice extension: ``python addins/calc/build.py [kam_xl.oxt]``; by default into ``dist``."""

import sys
from pathlib import Path

from kam_xl.calc_addin.extension import FILE_NAME
from kam_xl.install.calc import built

ROOT = Path(__file__).parents[2]


def main(arguments: list[str]) -> None:
    """Write the file."""
    target = Path(arguments[0]) if arguments else ROOT / "dist" / FILE_NAME
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(built())
    print(f"{target}: {target.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
