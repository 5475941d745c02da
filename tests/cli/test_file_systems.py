"""Commands on memory sticks and network folders: done as on a local disk, or refused in one line with nothing lost."""

import os
import re
import shutil
import signal

import pytest

from kam_xl.files import destination
from kam_xl.files.destination import Destination
from tests.mounts import MOUNTS, bound, exfat, server_of, ssh

pytestmark = MOUNTS
CLIENTS = """Client ID,Client,Manager,Revenue,Procurement budget
1001,Nordwerk,Андрей,900,1000
1002,Baltic,Артём,500,5000
"""
MORE = "Client ID,Client,Revenue\n1001,Nordwerk,950\n"
COMMANDS = [
    ["plan", "Клиенты.csv", "-o", "Планы.xlsx"],
    ["plan", "Планы.xlsx", "--backup"],
    ["plan", "Планы.xlsx", "--split-by", "manager", "-o", "Менеджеры"],
    ["collect", "Менеджеры", "--into", "ПЛАНЫ.xlsx"],
    ["import", "clients", "Планы.xlsx", "more.csv"],
    ["refresh", "Планы.xlsx", "--lang", "en"],
    ["classify", "Клиенты.csv", "-o", "list.xlsx"],
    ["classify", "Клиенты.csv", "-o", "list.xlsx", "--overwrite"],
    ["agenda", "Планы.xlsx", "--ics", "dates.ics"],
    ["deck", "Планы.xlsx", "-o", "deck.pptx"],
    ["template", "export", "-o", "template.xlsx"],
    ["new", "made"],
    ["language", "Планы.xlsx", "en"],
]
DISKS = {
    "stick": exfat,
    "share that replaces nothing": lambda folder: ssh(folder, "posix-rename", "hardlink"),
    "no permissions": lambda folder: bound(folder, "--chmod-deny", "--chown-deny", "--chgrp-deny", "--xattr-none"),
}


@pytest.fixture
def plans(run, tmp_path):
    """A workbook with plans, on the local disk."""
    (tmp_path / "clients.csv").write_text(CLIENTS, "utf-8")
    assert run("plan", tmp_path / "clients.csv", "-o", tmp_path / "plans.xlsx", "--lang", "en")[0] == 0
    return tmp_path / "plans.xlsx"


def names_below(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("kind", DISKS)
def test_every_command_that_writes_does_so_there(run, tmp_path, monkeypatch, kind):
    with DISKS[kind](tmp_path) as disk:
        monkeypatch.chdir(disk.place)
        (disk.place / "Клиенты.csv").write_text(CLIENTS, "utf-8")
        (disk.place / "more.csv").write_text(MORE, "utf-8")
        for command in COMMANDS:
            command = [each if kind == "stick" else each.replace("ПЛАНЫ", "Планы") for each in command]
            lang = [] if command[0] in ("language", "refresh") else ["--lang", "ru"]
            code, _, err = run(*command, *lang)
            assert (code, "kam-xl: " in err) == (0, False), (command, err)
        made = [
            "Клиенты.csv",
            "Менеджеры/Планы Андрей.xlsx",
            "Менеджеры/Планы Артём.xlsx",
            "Планы.bak.xlsx",
            "Планы.xlsx",
        ]
        others = ["dates.ics", "deck.pptx", "list.xlsx", "made/KeyAccounts_ru.xlsm", "more.csv", "template.xlsx"]
        assert names_below(disk.place) == sorted([*made, *others])
        monkeypatch.undo()


def test_an_input_is_not_written_over_under_another_spelling(run, tmp_path):
    with exfat(tmp_path) as disk:
        (table := disk.place / "clients.csv").write_text(CLIENTS, "utf-8")
        code, _, err = run("classify", table, "-o", table.with_name("CLIENTS.csv"), "--overwrite", "--lang", "en")
        assert (code, err.count("\n")) == (4, 1)
        assert "the output is an input of the same command" in err
        assert table.read_text("utf-8") == CLIENTS


@pytest.mark.parametrize("when", ["make_like", "put", "take_place"])
def test_a_share_that_breaks_off_leaves_the_workbook_as_it_was(run, tmp_path, monkeypatch, plans, when):
    with ssh(tmp_path) as disk:
        shutil.copy(plans, disk.behind)
        where = Destination if when == "put" else destination
        server, real = server_of(disk), getattr(where, when)

        def breaks_off(*given):
            os.kill(server, signal.SIGKILL)
            return real(*given)

        monkeypatch.setattr(where, when, breaks_off)
        code, _, err = run("plan", disk.place / plans.name, "--lang", "en")
        assert (code, [line[:8] for line in err.splitlines()]) == (4, ["kam-xl: "])
        assert (disk.behind / plans.name).read_bytes() == plans.read_bytes()
        left = [name for name in names_below(disk.behind) if name != plans.name]
        assert all(re.fullmatch(r"\.kam_xl-[0-9a-f]{8}\.tmp", name) for name in left)  # which a later run removes


def test_a_full_stick_keeps_the_workbook(run, tmp_path, plans):
    with exfat(tmp_path, size=3 << 20) as disk:
        shutil.copy(plans, disk.place)
        with (disk.place / "photos").open("wb") as photos:
            photos.write(bytes(shutil.disk_usage(disk.place).free - 50_000))
        code, _, err = run("plan", disk.place / plans.name, "--lang", "en")
        assert (code, "the disk is full" in err, err.count("\n")) == (4, True, 1)
        assert names_below(disk.place) == ["photos", plans.name]
        assert (disk.place / plans.name).read_bytes() == plans.read_bytes()
