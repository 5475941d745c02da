"""The command line as programs of a Russian Windows: its pipes, its paths, files that others have open."""

import shutil
from contextlib import contextmanager

import pytest

from windows.wine import PYTHON, TOP, windows_path

pytestmark = pytest.mark.slow
FOLDER = "users/Пётр Иванов/Мои таблицы"
HOLD = """
import sys, win32file
handle = win32file.CreateFile(sys.argv[1], win32file.GENERIC_READ, 0, None, win32file.OPEN_EXISTING, 0, None)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(wine):
    """A folder of a Russian user with a client table in it."""
    folder = wine.drive / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(TOP / "examples" / "clients_ru.xlsx", folder / "мои клиенты.xlsx")
    return folder


@pytest.fixture
def kam_xl(wine, folder):
    """Run a command; its exit code, and both streams as another program of this Windows reads them."""

    def run(*arguments):
        done = wine.python("-m", "kam_xl", *arguments, "--lang", "ru", cwd=folder)
        return done.returncode, done.stdout.decode("cp1251"), done.stderr.decode("cp1251")

    return run


@contextmanager
def held(wine, name):
    """A file that another program has open and shares with nobody, as Excel does."""
    path = "C:\\" + f"{FOLDER}/{name}".replace("/", "\\")
    with wine.start(PYTHON, "-c", HOLD, path) as process:
        assert process.stdout.readline().strip() == b"held"
        yield
        process.stdin.close()


def test_plans_are_built_in_a_folder_with_blanks_and_letters_of_other_alphabets(kam_xl, folder):
    code, out, _ = kam_xl("plan", "мои клиенты.xlsx", "-o", "мои планы.xlsx")
    assert (code, (folder / "мои планы.xlsx").exists(), "Записано: мои планы.xlsx" in out) == (0, True, True)


def test_a_pipe_gets_every_letter_and_sign(kam_xl):
    code, out, err = kam_xl("check", "мои клиенты.xlsx")
    assert (code, "?" in out + err, "Клиенты!" in out) == (1, False, True)


@pytest.mark.parametrize(
    ("name", "arguments", "code", "says"),
    [
        ("планы.xlsx", ["plan", "мои клиенты.xlsx", "-o", "планы.xlsx", "--overwrite"], 4, "не удаётся записать файл"),
        ("мои клиенты.xlsx", ["check", "мои клиенты.xlsx"], 3, "не удаётся прочитать файл"),
    ],
)
def test_a_file_that_another_program_has_open_is_told_and_stays(wine, kam_xl, folder, name, arguments, code, says):
    shutil.copy(folder / "мои клиенты.xlsx", folder / "планы.xlsx")
    before = (folder / name).read_bytes()
    with held(wine, name):
        answer = kam_xl(*arguments)
    assert (answer[0], answer[1]) == (code, "")
    assert f"{name}: {says} (файл открыт в другой программе или нет прав доступа)" in answer[2]
    assert (folder / name).read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["мои клиенты.xlsx", "планы.xlsx"]


def test_a_read_only_file_is_told_and_stays(wine, kam_xl, folder):
    (folder / "планы.xlsx").write_bytes(b"mine")
    assert wine.run("cmd.exe", "/c", "attrib +r планы.xlsx", cwd=folder).returncode == 0
    code, _, err = kam_xl("plan", "мои клиенты.xlsx", "-o", "планы.xlsx", "--overwrite")
    assert (code, "файл доступен только для чтения" in err) == (4, True)
    assert (folder / "планы.xlsx").read_bytes() == b"mine"


def test_a_path_that_is_too_long_for_windows_is_told(kam_xl, folder):
    long = "/".join(["Очень длинное название папки отдела продаж"] * 6)
    (folder / long).mkdir(parents=True)
    code, _, err = kam_xl("plan", "мои клиенты.xlsx", "-o", long.replace("/", "\\") + "\\планы.xlsx")
    assert (code, "слишком длинный путь" in err) == (4, True), err


def test_settings_redirected_into_a_file_can_be_read_again(wine, kam_xl, folder):
    """The command interpreter writes them in the code page of Windows."""
    environment = {"PYTHONPATH": windows_path(TOP)}
    line = f"{PYTHON} -m kam_xl settings --toml --lang ru > настройки.toml"
    assert wine.run("cmd.exe", "/c", line, cwd=folder, env=environment).returncode == 0
    assert "выручк" in (folder / "настройки.toml").read_text("cp1251")
    code, _, err = kam_xl("plan", "мои клиенты.xlsx", "-o", "планы.xlsx", "--settings", "настройки.toml")
    assert code == 0, err
