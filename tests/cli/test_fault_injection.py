"""Every file operation of a command made to fail, one after the other: the target is old or new and whole, always."""

import errno
import io
import os
import re
import shutil
import subprocess
import sys
import textwrap
import zipfile

import pytest
import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)

CLIENTS = """Client ID,Client,Manager,Revenue,Procurement budget
1001,Nordwerk,Ann,900,1000
1002,Baltic,Bob,500,5000
1003,Small,Ann,5,20
"""
PRODUCTS = """Client ID,Client,Product group,Amount
1001,Nordwerk,Pumps,600
1001,Nordwerk,Valves,300
1002,Baltic,Pumps,500
"""
DEALS = """Deal ID,Deal,Company,Amount,Stage,Probability,Close date
7,Pumps for plant 2,Nordwerk,50,Offer,50%,2027-03-01
8,Valves,Baltic,70,Talk,20%,2027-05-01
"""
INVOICES = """Date,Client ID,Client,Amount
2025-01-05,1001,Nordwerk,600
2025-02-07,1002,Baltic,50
"""
MARKET = """Date,Payer,Payee,Amount
2025-01-05,Nordwerk,Us,600
2025-02-07,Nordwerk,Them,50
"""
pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="operations are counted on POSIX")]

# Runs a command in which the n-th operation on a file of its folder fails, or with the code 0 is the last thing before
# the process is killed; with a negative one a colleague saves the file TARGET after it, as programs do: another file
# takes its place (-1), or its bytes are written anew (-2). What replaces a file counts twice: there the colleague saves
# before it, when nothing can be asked any more, and after it. Exit code 77 where there were fewer.
PROGRAM = textwrap.dedent("""
    import builtins, errno, io, os, shutil, signal, sys
    import pathlib
    sys.modules["isal"] = None  # which compresses as suits the processor: files are compared byte by byte
    folder, number, code = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    sys.argv = ["kam-xl", *sys.argv[4:]]
    count = 0

    def save_as_a_colleague(target=os.environ.get("TARGET"), write=pathlib.Path.write_bytes, replace=os.replace):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        made = target if code == -2 else target + ".colleague"
        with open(made, "wb") as stream:
            stream.write(b"of a colleague")
        if code == -1:
            replace(made, target)

    def disturb():
        if code < 0:
            save_as_a_colleague()
        else:
            os.kill(os.getpid(), signal.SIGKILL)

    def is_next():
        global count
        count += 1
        return count == number

    def failing(call, name):
        def wrapped(*arguments, **named):
            paths = [each for each in arguments if isinstance(each, (str, os.PathLike))]
            is_ours = any(os.path.realpath(each).startswith(folder) for each in paths) if paths else name == "fsync"
            writes = name != "open" or any(mark in str(arguments[1:2]) + str(named) for mark in "wxa+")
            if not (is_ours and writes):
                return call(*arguments, **named)
            if is_next() and code > 0:
                raise OSError(code, os.strerror(code))
            if count == number and (name in FINAL or not code):
                disturb()
            is_disturbed = is_next() if name in FINAL and code <= 0 else count == number
            try:
                return call(*arguments, **named)
            finally:
                if is_disturbed:
                    disturb()
        return wrapped

    FINAL = ("exchange", "appear", "rename", "replace", "link")
    from kam_xl.files import destination, swapping
    swapping.exchange = failing(swapping.exchange, "exchange")
    swapping.appear = destination.appear = failing(swapping.appear, "appear")
    for name in ("replace", "rename", "link", "fsync", "unlink", "chmod", "mkdir"):
        setattr(os, name, failing(getattr(os, name), name))
    io.open = builtins.open = failing(io.open, "open")
    os.open = failing(os.open, "create")
    shutil.copystat, shutil.copymode = failing(shutil.copystat, "copystat"), failing(shutil.copymode, "copymode")
    # pathlib binds some of these names when it is imported.
    for name in ("replace", "rename", "unlink", "mkdir", "chmod"):
        if hasattr(pathlib, "_NormalAccessor"):
            setattr(pathlib._NormalAccessor, name, staticmethod(getattr(os, name)))
    from kam_xl import cli
    try:
        cli.main()
    except SystemExit as ended:
        done = ended.code or 0
    sys.exit(77 if count < number else done)
""")

COMMANDS = {
    "new": ["plan", "clients.csv", "-o", "out.xlsx"],
    "update": ["plan", "plans.xlsx", "--backup"],
    "split": ["plan", "clients.csv", "--split-by", "manager", "-o", "managers"],
    "collect": ["collect", "handed", "--into", "plans.xlsx"],
    "import": ["import", "clients", "plans.xlsx", "more.csv"],
    "table": ["classify", "clients.csv", "-o", "table.csv"],
    "list": ["classify", "clients.csv", "-o", "list.xlsx"],
    "workbook": ["new", "made"],
    "settings": ["settings", "-o", "kam.toml"],
    "calendar": ["agenda", "plans.xlsx", "--ics", "dates.ics"],
    "language": ["language", "plans.xlsx", "ru", "--backup"],
    "deck": ["deck", "plans.xlsx", "-o", "deck.pptx"],
    "whitespace": ["whitespace", "plans.xlsx", "--products", "products.csv", "-o", "plans.xlsx", "--overwrite"],
    "opportunities": ["import", "opportunities", "deals.csv", "--into", "plans.xlsx", "-o", "deals.xlsx"],
    "refresh": ["refresh", "plans.xlsx"],
    "reading": ["read", "clients.csv", "-o", "reading.toml"],
    "template": ["template", "export", "-o", "template.xlsx"],
    "invoices": ["import", "invoices", "invoices.csv", "--into", "plans.xlsx", "--backup"],
    "market": ["import", "market", "market.csv", "--seller", "Us", "-o", "market.xlsx"],
}
STAMP = re.compile(rb"(?m)^DTSTAMP:.*$")
# Which take another language than that of the messages as their argument.
WITHOUT_LANG = ("language",)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "clients.csv").write_text(CLIENTS, "utf-8")
    (folder / "more.csv").write_text("Client ID,Client,Revenue\n9001,New one,5\n", "utf-8")
    (folder / "products.csv").write_text(PRODUCTS, "utf-8")
    (folder / "deals.csv").write_text(DEALS, "utf-8")
    (folder / "invoices.csv").write_text(INVOICES, "utf-8")
    (folder / "market.csv").write_text(MARKET, "utf-8")
    for command in (
        ["plan", "clients.csv", "-o", "plans.xlsx"],
        ["plan", "plans.xlsx", "--split-by", "manager", "-o", "handed"],
    ):
        call = [sys.executable, "-m", "kam_xl", *command, "--lang", "en"]
        subprocess.run(call, cwd=folder, check=True, capture_output=True)
    book = xw.engines["file"].apps.add().books.open(next((folder / "handed").glob("*Ann*.xlsx")))
    book.sheets["Nordwerk"].names("kam_action_what").refers_to_range[0].value = "Visit"
    book.save()
    return folder


def contents(folder):
    """What every file holds, but for the moment that a calendar is stamped with."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): STAMP.sub(b"", path.read_bytes()) for path in files}


def run(folder, number, code, command, target=""):
    call = [sys.executable, "-c", PROGRAM, str(folder.resolve()), str(number), str(code), *command]
    call += [] if command[0] in WITHOUT_LANG else ["--lang", "en"]
    environment = {**os.environ, "TARGET": str(folder.resolve() / target)}
    return subprocess.run(call, cwd=folder, env=environment, capture_output=True, text=True, check=False)


TARGETS = {
    "new": "out.xlsx",
    "update": "plans.xlsx",
    "split": "managers/clients Ann.xlsx",
    "collect": "plans.xlsx",
    "import": "plans.xlsx",
    "opportunities": "deals.xlsx",
    "table": "table.csv",
    "list": "list.xlsx",
    "workbook": "made/KeyAccounts.xlsm",
    "settings": "kam.toml",
    "calendar": "dates.ics",
    "language": "plans.xlsx",
    "deck": "deck.pptx",
    "whitespace": "plans.xlsx",
    "refresh": "plans.xlsx",
    "reading": "reading.toml",
    "template": "template.xlsx",
    "invoices": "plans.xlsx",
    "market": "market.xlsx",
}


def each_operation(prepared, tmp_path, name, code, target=""):
    """A command with its first, second ... operation disturbed: number, files before, files of a whole run, outcome."""
    whole = tmp_path / "whole"
    shutil.copytree(prepared, whole)
    assert run(whole, 10**9, errno.EIO, COMMANDS[name]).returncode == 77
    after = contents(whole)
    for number in range(1, 200):
        folder = tmp_path / str(number)
        shutil.copytree(prepared, folder)
        before = contents(folder)
        done = run(folder, number, code, COMMANDS[name], target)
        if done.returncode == 77:  # nothing was left to disturb
            assert number > 1
            print(f"{name}: {number - 1} operations")  # seen with pytest -rP
            return
        yield f"operation {number}: {done.stderr}", before, contents(folder), after, done
        shutil.rmtree(folder)
    raise AssertionError("the command never ends")


@pytest.mark.parametrize("way", [-1, -2], ids=["another file", "the same file"])
@pytest.mark.parametrize("name", TARGETS)
def test_what_a_colleague_saves_meanwhile_stays(prepared, tmp_path, name, way):
    for where, before, now, after, done in each_operation(prepared, tmp_path, name, way, TARGETS[name]):
        assert now.pop(TARGETS[name]) == b"of a colleague", where
        assert "Traceback" not in done.stderr, where
        errors = [line for line in done.stderr.splitlines() if line.startswith("kam-xl: ")]
        assert (done.returncode, len(errors)) in ((3, 1), (4, 1), (0, 0)), where
        for path in now.keys() - {path for path in after if path.startswith("managers")}:
            assert now[path] in (before.get(path), after.get(path), b"of a colleague"), f"{path}, {where}"


@pytest.mark.parametrize("name", ["new", "update", "collect", "table", "calendar", "whitespace"])
def test_a_killed_command_leaves_every_file_old_or_new_and_whole(prepared, tmp_path, name):
    for where, before, now, after, _ in each_operation(prepared, tmp_path, name, 0):
        left = {path for path in now.keys() - after.keys() if not path.endswith(".bak.xlsx")}
        assert all(re.fullmatch(r"\.kam_xl-[0-9a-f]{8}\.tmp", path) for path in left), f"{left}, {where}"
        assert before.keys() <= now.keys(), where
        for path in now.keys() - left:
            assert now[path] in (before.get(path), after.get(path)), f"{path}, {where}"


@pytest.mark.parametrize(
    ("name", "code"), [*((name, errno.ENOSPC) for name in COMMANDS), ("update", errno.EACCES), ("new", errno.EIO)]
)
def test_a_file_operation_that_fails_leaves_old_or_new_and_nothing_else(prepared, tmp_path, name, code):
    for where, before, now, after, done in each_operation(prepared, tmp_path, name, code):
        for path, content in now.items():
            # What a manager is handed has a number of its own each time: there it is enough that the file is whole.
            if path.startswith("managers") and path in after:
                assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None, f"{path}, {where}"
            else:
                assert content in (before.get(path), after.get(path)), f"{path} is neither old nor new, {where}"
        assert before.keys() <= now.keys(), where
        assert "Traceback" not in done.stderr, where
        errors = [line for line in done.stderr.splitlines() if line.startswith("kam-xl: ")]
        assert (done.returncode, len(errors)) in ((4, 1), (0, 0)), where
