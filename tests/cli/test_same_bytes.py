"""The same input gives the same bytes, on every machine and in every process."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest
import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl.engines.calc.bridge import office_binary

CLIENTS = Path(__file__).parents[2] / "examples" / "clients_en.xlsx"
COMMANDS = [
    ["plan", "clients.xlsx", "-o", "plans.xlsx"],
    ["plan", "plans.xlsx"],
    ["refresh", "plans.xlsx", "-o", "refreshed.xlsx"],
    ["language", "plans.xlsx", "ru", "-o", "russian.xlsx"],
    ["classify", "clients.xlsx", "-o", "table.xlsx"],
    ["classify", "clients.xlsx", "-o", "table.csv"],
    ["import", "clients", "plans.xlsx", "more.csv", "-o", "imported.xlsx"],
    ["settings", "clients.xlsx", "-o", "settings.toml"],
    ["template", "export", "-o", "template.xlsx"],
    ["agenda", "plans.xlsx", "--ics", "dates.ics"],
    ["deck", "plans.xlsx", "-o", "deck.pptx"],
    ["whitespace", "plans.xlsx", "--products", "products.csv", "-o", "spots.xlsx"],
    ["import", "opportunities", "deals.csv", "--into", "plans.xlsx", "-o", "deals.xlsx"],
    ["read", "clients.xlsx", "-o", "reading.toml"],
    ["plan", "clients.xlsx", "--operational", "operational.csv", "-o", "operational.xlsx"],
    ["plan", "plans.xlsx", "--split-by", "manager", "-o", "handed"],
    ["plan", "clients.xlsx", "--split-by", "manager", "-o", "managers"],
    ["import", "market", "market.csv", "--seller", "Us", "-o", "market.xlsx", "--plan"],
    ["import", "market", "market.csv", "--seller", "Us", "-o", "market_table.csv"],
    ["import", "invoices", "invoices.csv", "-o", "invoices.xlsx"],
    ["import", "invoices", "invoices.csv", "--into", "imported.xlsx", "--plan"],
]
COLLECT = [["collect", "handed", "--into", "plans.xlsx"]]
FILES = {
    "more.csv": "Client ID,Client,Revenue\n1001,Nordwerk,700\n",
    "products.csv": "Client ID,Product group,Amount\n1001,Pumps,7\n1002,Valves,3\n",
    "deals.csv": "Deal,Company,Amount,Close date\nPumps,Nordwerk,50,2027-03-01\n",
    "operational.csv": "Client ID,Client,Month,Plan,Actual\n1001,Nordwerk,2026-01,70,75\n1001,Nordwerk,2026-02,80,\n",
    "market.csv": "Date,Payer,Payee,Amount\n"
    + "".join(
        f"2025-{n % 12 + 1:02}-05,{client},{supplier},{n * 7 % 90 + 10}\n"
        for n, (client, supplier) in enumerate(product(("Nordwerk", "Baltic", "Ost"), ("Us", "Them", "Others") * 5))
    ),
    "invoices.csv": "Date,Client ID,Client,Product group,Amount\n"
    "2025-01-05,1001,Nordwerk,Pumps,600\n2025-02-07,1002,Baltic,Valves,50\n",
}
# ISA-L compresses as suits the processor; what is compressed is the same.
PROGRAM = "import sys; sys.modules['isal'] = None; from kam_xl.cli import main; main()"
# What LibreOffice writes of the moment and of itself.
MOMENT = re.compile(rb"(?m)^DTSTAMP:.*$|/(?:CreationDate|ModDate) ?\([^)]*\)|/ID ?\[[^]]*\]|/DocChecksum ?/[0-9A-F]+")


def written(folder, seed, commands):
    shutil.copy(CLIENTS, folder / "clients.xlsx")
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    run(folder, seed, commands)
    return digests(folder)


def run(folder, seed, commands):
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    for command in commands:
        words = [*command, "--lang", "en"] if command[0] != "language" else command
        call = [sys.executable, "-c", PROGRAM, *words]
        done = subprocess.run(call, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def digests(folder):
    """What every file holds, but for the moment that it was made at."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    contents = {path: MOMENT.sub(b"", path.read_bytes()) for path in files}
    return {str(path.relative_to(folder)): hashlib.sha256(each).hexdigest() for path, each in contents.items()}


def both(tmp_path, commands):
    return [written(made, seed, commands) for seed in "12" if (made := tmp_path / seed).mkdir() is None]


def test_a_build_does_not_depend_on_the_seed_of_hashes(tmp_path):
    one, other = both(tmp_path, COMMANDS[:1])
    assert one == other


@pytest.mark.slow
def test_nothing_written_depends_on_the_seed_of_hashes(tmp_path):
    one, other = both(tmp_path, COMMANDS)
    assert one == other


def typed(folder):
    """A manager types into the workbook that was handed out."""
    book = xw.engines["file"].apps.add().books.open(next((folder / "handed").glob("*.xlsx")))
    plan = next(
        sheet for sheet in book.sheets if "kam_action_what" in {name.name.split("!")[-1] for name in sheet.names}
    )
    plan.names("kam_action_what").refers_to_range[0].value = "Visit"
    book.save()


@pytest.mark.slow
def test_what_is_collected_does_not_depend_on_the_seed_of_hashes(tmp_path):
    folders = [tmp_path / seed for seed in "12"]
    (tmp_path / "1").mkdir()
    written(folders[0], "1", [COMMANDS[0], ["plan", "plans.xlsx", "--split-by", "manager", "-o", "handed"]])
    typed(folders[0])
    shutil.copytree(*folders)
    before = digests(folders[0])
    for folder in folders:
        run(folder, folder.name, COLLECT)
    one, other = map(digests, folders)
    assert one == other
    assert one["plans.xlsx"] != before["plans.xlsx"]


@pytest.mark.slow
@pytest.mark.skipif(office_binary() is None, reason="LibreOffice is not installed")
def test_a_pdf_does_not_depend_on_the_seed_of_hashes(tmp_path):
    one, other = both(tmp_path, [COMMANDS[0], ["pdf", "plans.xlsx", "-o", "pdf"]])
    assert one == other
