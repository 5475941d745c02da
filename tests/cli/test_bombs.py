"""Small files that would take a reader's memory or time, through every command: refused in a line, or harmless."""

import gzip
import os
import re
import subprocess
import sys
import zipfile

import pytest

from tests.table.books import make_xlsx

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="processes are measured on POSIX")]

TABLE = "Client ID,Client,Manager,Revenue,Procurement budget\n1001,Nordwerk,Ann,900,1000\n1002,Baltic,Bob,500,5000\n"
SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>%s]>" % b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)
_PACKED = zipfile.ZIP_DEFLATED
SECONDS, MEGABYTES = 15, 500  # of the processor, at the peak


def before(end, text):
    return lambda content: content.replace(end, text + end, 1)


def with_laughs(content):
    at = content.index(b"?>") + 2
    return content[:at] + LAUGHS + content[at:]


def announcing(content):
    return re.sub(rb'uniqueCount="\d+"', b'uniqueCount="4000000000"', content)


# What is done to a part of a workbook.
EDITS = {
    "texts announced": ("xl/sharedStrings.xml", announcing),
    "a far cell": (SHEET, before(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    "a place beyond numbers": (SHEET, before(b"</sheetData>", b'<row r="9"><c r="A99999999999999"><v>1</v></c></row>')),
    "blanks": (SHEET, lambda text: before(b"</worksheet>", b" " * (400 << 20))(text)),
    "entities": ("xl/workbook.xml", with_laughs),
    "sheets": ("xl/workbook.xml", before(b"</sheets>", b'<sheet name="s" sheetId="9" r:id="rId1"/>' * 200_000)),
}
BOOK = [
    "check BOMB",
    "plan BOMB -o out.xlsx",
    "plan clients.csv --template BOMB -o out.xlsx",
    "plan clients.csv --operational BOMB -o out.xlsx",
    "import clients BOMB clients.csv",
    "import clients plans.xlsx BOMB -o out.xlsx",
    "import opportunities BOMB --into plans.xlsx",
    "import invoices BOMB -o out.xlsx",
    "whitespace plans.xlsx --products BOMB -o out.xlsx",
    "collect handed --into plans.xlsx",
    "refresh BOMB",
    "deck BOMB -o out.pptx",
]
TEXT = [each for each in BOOK if each.split()[0] in ("check", "import", "plan") and "template" not in each]
OPTIONS = ["check clients.csv --reading BOMB", "classify clients.csv --settings BOMB"]


def bomb_of_rows(path):
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", f'<office:x><table:table table:name="Clients">{row}</table:table></office:x>')


def bomb_of_zeros(path):
    with gzip.open(path, "wb") as file:
        file.write(TABLE.encode())
        for _ in range(1100):
            file.write(bytes(1 << 20))


def bomb_of_one_text(path, length=8_000_000, rows=100_000):
    """A text that stands in the file once and in every row."""
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from pyarrow import parquet

    text = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array(["x" * length]))
    titles = ("Client", "Payer", "Payee", "Deal", "Company", "Product group", "Stage")
    table = pa.table({"Client ID": range(rows), **dict.fromkeys(titles, text)})
    for title, value in {"Date": "2025-01-05", "Amount": 5.0, "Revenue": 5.0, "Procurement budget": 9.0}.items():
        table = table.append_column(title, pa.array([value] * rows))
    parquet.write_table(table, path, compression="zstd", dictionary_pagesize_limit=1 << 29)


LEDGERS = ["import invoices BOMB -o out.xlsx", "import market BOMB --seller Us -o out.xlsx"]
FILES = {
    "one_text.parquet": (bomb_of_one_text, [*(each for each in TEXT if "invoices" not in each), *LEDGERS]),
    "short_text.parquet": (lambda path: bomb_of_one_text(path, 30_000), LEDGERS),
    "rows.ods": (bomb_of_rows, ["check BOMB", "import opportunities BOMB --into plans.xlsx", "import invoices BOMB"]),
    "zeros.csv.gz": (bomb_of_zeros, ["check BOMB", "import invoices BOMB"]),
    "arrays.toml": (lambda path: path.write_text("a = " + "[" * 100_000), OPTIONS),
    "dots.toml": (lambda path: path.write_text("a." * 100_000 + "a = 1"), OPTIONS),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("bombs")
    (made / "clients.csv").write_text(TABLE, "utf-8")
    (made / "handed").mkdir()
    done, _, _ = measured(made, "plan clients.csv -o plans.xlsx")
    assert done == (0, [])
    return made


# A child's peak begins with that of the process that makes it, so a small one makes it.
_SMALL = f"""
import os, resource, sys
for limit, most in ((resource.RLIMIT_CPU, {4 * SECONDS}), (resource.RLIMIT_AS, 8 << 30)):
    resource.setrlimit(limit, (most, most))
silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
_, status, used = os.wait4(os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=silent), 0)
print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


def measured(folder, command):
    """Exit code and lines of error of a command, its seconds of CPU and its peak memory."""
    call = [sys.executable, "-m", "kam_xl", *command.split(), "--lang", "en"]
    done = subprocess.run([sys.executable, "-c", _SMALL, *call], cwd=folder, capture_output=True, check=True)
    code, seconds, megabytes = done.stdout.split()
    lines = done.stderr.decode("utf-8", "replace").splitlines()
    told = [line for line in lines if line.startswith(("kam-xl: ", "Traceback"))]
    return (int(code), told), float(seconds), float(megabytes)


def survived(folder, bomb, commands):
    for command in commands:
        (code, told), seconds, megabytes = measured(folder, command.replace("BOMB", bomb))
        assert (code, len(told)) in ((0, 0), (2, 1), (3, 1)), f"{command}: {code} {told}"
        assert "Traceback" not in "".join(told), command
        assert seconds < SECONDS, command
        assert megabytes < MEGABYTES, command
        for path in folder.glob("out.*"):
            path.unlink()
    print(f"{bomb}: {len(commands)} commands")  # seen with pytest -rP


@pytest.mark.parametrize("name", EDITS)
def test_a_hostile_workbook_harms_no_command(folder, name):
    part, change = EDITS[name]
    make_xlsx(folder / "source.xlsx", {"Clients": [line.split(",") for line in TABLE.splitlines()]})
    for path in (folder / "bomb.xlsx", folder / "handed" / "bomb.xlsx"):
        with zipfile.ZipFile(folder / "source.xlsx") as source, zipfile.ZipFile(path, "w", _PACKED) as file:
            for each in source.namelist():
                file.writestr(each, change(source.read(each)) if each == part else source.read(each))
    survived(folder, "bomb.xlsx", BOOK)


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_harms_no_command(folder, name):
    make, commands = FILES[name]
    make(folder / name)
    survived(folder, name, commands)
