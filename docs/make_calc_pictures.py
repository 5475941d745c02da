"""Makes the pictures of LibreOffice Calc in the guides: ``python docs/make_calc_pictures.py [en|ru ...]``.

A LibreOffice with windows runs on a screen that nobody sees (Xvfb); keys are pressed by xdotool, pictures taken by
ImageMagick. Russian pictures need LibreOffice's Russian texts. Runs itself in the Python that has `uno`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kam_xl.calc_addin.configuration import PROTOCOL
from kam_xl.engines.calc.bridge import has_uno, office_python, service, struct
from kam_xl.engines.calc.process import Office, start
from kam_xl.install import bundled, calc
from kam_xl.locale import LANGUAGES, language_named
from kam_xl.plan.commands import COMMANDS

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs/pictures"
SCREEN, WIDTH, HEIGHT = ":97", 1240, 780
NEEDED = ("Xvfb", "openbox", "xdotool", "import", "soffice")
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooLocale" oor:op="fuse"><value>{ui}</value></prop>
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{locale}</value></prop></item>
<item oor:path="/org.openoffice.Office.Linguistic/General"><prop oor:name="UILocale" oor:op="fuse">
<value>{ui}</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="ShowTipOfTheDay" oor:op="fuse">
<value>false</value></prop><prop oor:name="FirstRun" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Setup/Product"><prop oor:name="ooSetupLastVersion" oor:op="fuse">
<value>25.2</value></prop><prop oor:name="LastTimeDonateShown" oor:op="fuse"><value>4000000000</value></prop>
<prop oor:name="LastTimeGetInvolvedShown" oor:op="fuse"><value>4000000000</value></prop></item>
</oor:items>
"""


def run(*command: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, check=False, stderr=subprocess.DEVNULL)  # noqa: S603 (our own words)


@contextmanager
def screen() -> Iterator[None]:
    """A screen in memory, with somebody who arranges windows."""
    os.environ["DISPLAY"] = SCREEN
    processes = []
    try:
        for command in (["Xvfb", SCREEN, "-screen", "0", f"{WIDTH}x{HEIGHT}x24"], ["openbox"]):
            processes.append(subprocess.Popen(command, stderr=subprocess.DEVNULL))  # noqa: S603 (our own words)
            time.sleep(1)
        yield
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait()


def keys(*names: str) -> None:
    for name in names:
        run("xdotool", "key", name)
        time.sleep(0.25)


def shoot(name: str, lang: str) -> None:
    """The whole screen, as a PNG of few colours."""
    target = PICTURES / f"{name}_{lang}.png"
    run("import", "-window", "root", "+dither", "-colors", "200", "-strip", f"PNG8:{target}")
    print(f"{target.name}: {target.stat().st_size // 1024} KB")


class Window:
    """Calc with the workbook, its window as large as the screen."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.document: Any = None
        while self.document is None or self.document.getCurrentController() is None:
            time.sleep(1)  # the office opens the file by itself: asked from outside, with windows, it may wait for ever
            self.document = office.desktop.getCurrentComponent()
        self.settle(3)
        self.controller = self.document.getCurrentController()
        self.frame = self.controller.getFrame()
        self.settle(3)
        run("xdotool", "search", "--onlyvisible", "--class", "soffice", "windowsize", str(WIDTH), str(HEIGHT - 24))
        run("xdotool", "search", "--onlyvisible", "--class", "soffice", "windowmove", "0", "0")
        if self.controller.hasInfobar("macro"):
            self.controller.removeInfobar("macro")
        self.settle()

    def settle(self, seconds: float = 2) -> None:
        time.sleep(seconds)

    def show(self, sheet: str, cell: str) -> None:
        self.controller.setActiveSheet(self.document.Sheets.getByName(sheet))
        self.controller.select(self.document.Sheets.getByName(sheet).getCellRangeByName(cell))
        self.settle()

    def send(self, address: str) -> threading.Thread:
        """Send a command without waiting for its windows to close."""
        _, parsed = service(self.office.context, "util.URLTransformer").parseStrict(
            struct("util.URL", Complete=address)
        )
        dispatch = self.frame.queryDispatch(parsed, "_self", 0)
        thread = threading.Thread(target=dispatch.dispatch, args=(parsed, ()), daemon=True)
        thread.start()
        return thread


def pictures(office: Office, lang: str) -> None:
    window = Window(office)
    sheets = window.document.Sheets.ElementNames
    window.show(sheets[1], "J6")
    keys("F10", *["Left"] * 3, "Down")
    window.settle(1)
    shoot("calc_menu", lang)
    keys("Escape", "Escape", "Escape")
    window.show(sheets[1], "A6")
    pressed = window.send(PROTOCOL + COMMANDS[0].code)
    while len(window.document.Sheets.ElementNames) < len(sheets) + 10:
        time.sleep(1)
    window.settle(12)
    shoot("calc_built", lang)
    keys("Return")
    pressed.join(60)
    plans = [name for name in window.document.Sheets.ElementNames if name not in sheets]
    window.show(plans[0], "A1")
    shoot("calc_plan", lang)
    window.show(sheets[6], "B14")
    window.send(".uno:FunctionDialog")
    window.settle(4)
    run("xdotool", "getactivewindow", "windowsize", "840", "660", "windowmove", "200", "60")
    window.settle()
    shoot("calc_wizard", lang)
    keys("Escape")
    window.settle()
    window.document.close(True)


def main(languages: list[str]) -> None:
    missing = [program for program in NEEDED if shutil.which(program) is None]
    if missing:
        sys.exit(f"Needed for the pictures, but not here: {', '.join(missing)}.")
    for lang in languages:
        with tempfile.TemporaryDirectory() as folder, screen():
            profile = Path(folder) / "profile"
            (profile / "user").mkdir(parents=True)
            region = language_named(lang).region
            ui, locale = lang if region else "en-US", region or "en-US"
            settings = SETTINGS.format(ui=ui, locale=locale)
            (profile / "user/registrymodifications.xcu").write_text(settings, encoding="utf-8")
            calc.install(profile)
            path = Path(shutil.copy(bundled.workbook(lang), folder))
            with start(visible=True, profile=profile, options=(str(path),)) as office:
                pictures(office, lang)


if __name__ == "__main__":
    if has_uno():
        main(sys.argv[1:] or list(LANGUAGES))
    else:
        paths = os.pathsep.join([str(ROOT), str(ROOT / ".venv/calc")])
        os.environ["PYTHONPATH"] = paths
        sys.exit(run(str(office_python()), __file__, *sys.argv[1:]).returncode)
