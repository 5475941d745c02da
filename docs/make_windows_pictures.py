"""Makes the pictures of Windows in the installation pages: ``python docs/make_windows_pictures.py [en|ru ...]``.

The folder for Windows is made and set up under Wine, which `./dev windows` sets up, on a screen that nobody sees
(Xvfb); ImageMagick takes the picture of the text.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from kam_xl.locale import LANGUAGES, language_named
from windows.portable import portable
from windows.wine import TOP, Wine, installed

PICTURES = TOP / "docs/pictures"
SCREEN = ":96"
NEEDED = ("Xvfb", "import", "convert")
COLUMNS, LINES = 120, 16  # as wide as a console of Windows 10 and 11
TEXT = f"{COLUMNS * 8}x{LINES * 16}+4+23"  # inside the frame of the window
LOOKS = 20
PAUSE = 15  # seconds without new text, which tell that a question waits for its answer
EMPTY = 1500  # bytes of a picture without text


def run(*command: str, given: bytes = b"") -> bytes:
    return subprocess.run(command, check=True, input=given, stdout=subprocess.PIPE).stdout  # noqa: S603 (our own words)


@contextmanager
def screen() -> Iterator[None]:
    """A screen in memory."""
    command = ["Xvfb", SCREEN, "-screen", "0", "1000x300x24"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:  # noqa: S603 (our own words)
        try:
            time.sleep(1)
            yield
        finally:
            server.terminate()


@contextmanager
def unpacked(wine: Wine) -> Iterator[Path]:
    """The folder for Windows, unpacked where a user would, until the pictures are made."""
    home = wine.drive / "kam_xl"
    try:
        with tempfile.TemporaryDirectory() as scratch:
            made = portable(None, Path(scratch))
            with zipfile.ZipFile(made) as archive:
                archive.extractall(wine.drive)
        yield (wine.drive / made.stem).rename(home)
    finally:
        wine.stop()
        shutil.rmtree(home, ignore_errors=True)


def shown() -> bytes:
    """The text of the window, once no more comes."""
    before = b""
    for _ in range(LOOKS):
        now = run("import", "-display", SCREEN, "-window", "root", "-crop", TEXT, "+repage", "-strip", "png:-")
        if now == before and len(now) > EMPTY:
            return now
        before = now
        time.sleep(PAUSE)
    sys.exit("Set up.cmd showed nothing.")


def set_up(wine: Wine, home: Path, lang: str) -> None:
    """What Set up.cmd says, until it asks whether a shortcut is wanted; as a PNG of few colours."""
    wine.stop()  # whose programs speak another language
    region = language_named(lang).region.replace("-", "_") or "C"
    env = {"LC_ALL": f"{region}.UTF-8"}
    for name in ("ScreenBufferSize", "WindowSize"):
        size = str((LINES << 16) + COLUMNS)
        wine.run("reg", "add", r"HKCU\Console", "/v", name, "/t", "REG_DWORD", "/d", size, "/f", env=env)
    with wine.start("wineconsole", "cmd.exe", "/c", "Set up.cmd", cwd=home, env=env) as process:
        try:
            text = shown()
        finally:
            process.kill()
            wine.stop()
    frame = ("-bordercolor", "black", "-trim", "+repage", "-border", "10", "+dither", "-colors", "16", "-strip")
    target = PICTURES / f"setup_{lang}.png"
    target.write_bytes(run("convert", "png:-", *frame, "PNG8:-", given=text))
    print(f"{target.name}: {target.stat().st_size // 1024} KB")


def main(languages: list[str]) -> None:
    ready = installed()
    missing = [program for program in NEEDED if shutil.which(program) is None]
    if ready is None or missing:
        sys.exit(f"Needed for the pictures, but not here: {', '.join(missing) or 'Wine (./dev windows)'}.")
    wine = replace(ready, display=SCREEN)
    wine.stop()
    with screen(), unpacked(wine) as home:
        for lang in languages:
            set_up(wine, home, lang)


if __name__ == "__main__":
    main(sys.argv[1:] or list(LANGUAGES))
