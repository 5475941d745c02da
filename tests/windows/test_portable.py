"""A release, and its folder for Windows from the zip to the first plans: a Russian name, blanks, nothing installed."""

import shutil
import subprocess
import time
import zipfile

import pytest

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from tests.windows.excel_side import Excel
from tests.windows.excel_window import open_book
from windows.release import release
from windows.wine import TOP, empty, windows_path

pytestmark = pytest.mark.slow
USER = "Пётр Иванов"
PLACE = f"users/{USER}/Мои программы"
IN_WINDOWS = "C:\\" + PLACE.replace("/", "\\")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The files of a release."""
    return release(None, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def wine(wine, screen, tmp_path_factory):
    """A Windows of somebody else's, on which nothing was ever installed."""
    new = empty(tmp_path_factory.mktemp("windows"), USER, screen)
    yield new
    new.stop()


@pytest.fixture(scope="module")
def seconds():
    """What each step from the zip to the first plans took."""
    return {}


@pytest.fixture(scope="module")
def folder(wine, made, seconds):
    """The zip, unpacked where its user would."""
    made = made[2]
    place = wine.drive / PLACE
    assert (wine.drive / "users" / USER).is_dir()
    assert not (wine.drive / "python").exists()
    place.mkdir(parents=True)
    begun = time.monotonic()
    with zipfile.ZipFile(made) as archive:
        archive.extractall(place)
    seconds["unzip"] = time.monotonic() - begun
    return place / made.stem


def test_a_release_is_a_wheel_an_extension_a_folder_for_windows_and_their_checksums(made):
    names = [path.name for path in made]
    version = made[0].name.split("-")[1]
    wheel, folder = f"kam_xl-{version}-py3-none-any.whl", f"kam_xl-{version}-windows.zip"
    assert names == [wheel, "kam_xl.oxt", folder, "SHA256SUMS"]
    assert sorted(names) == sorted(path.name for path in made[0].parent.iterdir())
    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=made[0].parent, capture_output=True, text=True)
    assert (checked.returncode, checked.stdout) == (0, "".join(f"{name}: OK\n" for name in names[:3]))
    assert made[2].stat().st_size < 120_000_000


def said(wine, folder, *command):
    """Run a program of the folder as a double click would, without variables that lead to another Python."""
    done = wine.run("cmd.exe", "/c", *command, cwd=folder, env={"PYTHONPATH": ""})
    return done.returncode, (done.stdout + done.stderr).decode("cp1251")


def configured(book):
    import xlwings as xw

    app = xw.engines["file"].apps.add()
    try:
        rows = app.books.open(book).sheets["xlwings.conf"]["A1:B20"].value
        return {key: value for key, value in rows if key}
    finally:
        app.quit()


def test_set_up_tells_both_workbooks_where_their_python_is(wine, folder, seconds):
    begun = time.monotonic()
    code, out = said(wine, folder, "Set up.cmd", "--quiet")
    seconds["Set up.cmd"] = time.monotonic() - begun
    assert (code, "KeyAccounts_ru.xlsm" in out) == (0, True), out
    python = f"%USERPROFILE%\\Мои программы\\{folder.name}\\python\\pythonw.exe"  # which the macros expand
    for name in ("KeyAccounts.xlsm", "KeyAccounts_ru.xlsm"):
        assert configured(folder / name)["INTERPRETER_WIN"] == python


def test_after_a_move_it_is_set_up_again(wine, folder):
    moved = folder.with_name("Другое место")
    folder.rename(moved)
    try:
        assert said(wine, moved, "Set up.cmd", "--quiet")[0] == 0
        assert "Другое место" in configured(moved / "KeyAccounts.xlsm")["INTERPRETER_WIN"]
    finally:
        moved.rename(folder)


def test_set_up_from_within_the_zip_asks_to_unpack_it(wine, folder):
    """Explorer shows a zip as a folder, and unpacks no more of it than is clicked."""
    alone = folder.with_name("Temp1_kam_xl.zip")
    alone.mkdir()
    shutil.copy(folder / "Set up.cmd", alone)
    code, out = said(wine, alone, "Set up.cmd")
    assert (code, "Unpack the whole zip file first" in out) == (1, True), out


def test_formulas_calculate_with_the_python_of_the_folder(wine, folder):
    home = f"{IN_WINDOWS}\\{folder.name}"
    options = {"interpreter": f"{home}\\python\\pythonw.exe", "workbook": f"{home}\\KeyAccounts_ru.xlsm"}
    options["python"] = f"{home}\\python\\python.exe"
    with Excel.running(wine, **options, folders="") as excel:
        assert excel(["KAM_PENETRATION", [[[30], [None]], 120]]) == [[[0.25], ["#N/A"]]]


def test_a_button_builds_the_first_plans(wine, folder, seconds, tmp_path):
    home = f"{IN_WINDOWS}\\{folder.name}"
    shutil.copytree(TOP / "windows", tmp_path / "windows")  # the stand-in alone: kam_xl is the folder's
    begun = time.monotonic()
    options = {"python": f"{home}\\python\\python.exe", "folders": windows_path(tmp_path)}
    with open_book(wine, f"{home}\\KeyAccounts_ru.xlsm", **options) as book:
        done = book.press("build_plans")
    seconds["Build plans"] = time.monotonic() - begun
    print({step: round(taken) for step, taken in seconds.items()})
    assert done["error"] == ""
    assert (done["code"], done["faults"], done["unknown"]) == (0, {}, [])
    assert "Планы: 15 новых" in done["shown"][-1]


@pytest.fixture(scope="module")
def plans(wine, folder):
    """Plans, made by the command line of the folder."""
    shutil.copy(TOP / "examples" / "clients_ru.xlsx", folder / "клиенты.xlsx")
    code, out = said(wine, folder, "kam-xl.cmd", "plan", "клиенты.xlsx", "-o", "планы.xlsx")
    assert code == 0, out
    return folder / "планы.xlsx"


def test_the_command_line_makes_plans(plans):
    assert plans.exists()


@pytest.mark.parametrize("command", [["deck", "{}", "-o", "обзор.pptx"], ["agenda", "{}", "--ics", "дела.ics"]])
def test_a_deck_and_a_calendar_need_nothing_to_be_installed(wine, plans, command):
    code, out = said(wine, plans.parent, "kam-xl.cmd", *(each.format(plans.name) for each in command))
    assert (code, (plans.parent / command[-1]).exists()) == (0, True), out
