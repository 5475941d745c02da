"""What people give by mistake, and what other programs read: clear words, the documented code, nothing lost."""

import json
import os
import subprocess
import sys
from typing import Annotated, get_args, get_origin, get_type_hints

import pytest

from tests.tables import CLIENTS, edited, write_table


@pytest.mark.parametrize(
    "arguments", [["plan", "{table}", "--template", "none.xlsx"], ["template", "check", "none.xlsx"]]
)
def test_a_template_that_does_not_exist_is_3_and_said_so(run, clients_xlsx, arguments):
    code, out, err = run(*(each.format(table=clients_xlsx) for each in arguments), "--lang", "en")
    assert (code, out) == (3, "")
    assert err == "kam-xl: none.xlsx: there is no such file. Check the name and the folder.\n"


READING = [
    ["check", "{odd}"],
    ["plan", "{odd}"],
    ["check", "{table}", "--reading", "{odd}"],
    ["classify", "{table}", "--settings", "{odd}"],
    ["plan", "{table}", "--template", "{odd}", "-o", "plans.xlsx"],
    ["agenda", "{odd}"],
    ["refresh", "{odd}"],
    ["collect", "{table.parent}", "--into", "{odd}"],
    ["import", "clients", "{table}", "{odd}"],
    ["import", "clients", "{odd}", "{table}"],
    ["import", "opportunities", "{odd}", "--into", "{table}"],
    ["import", "invoices", "{odd}"],
    ["import", "market", "--database", "duckdb:///{odd}", "--seller", "Us", "payments"],
    ["template", "check", "{odd}"],
    ["doctor", "{odd}"],
]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files here")
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (os.__dict__.get("mkfifo"), "is a pipe or a device"),
        (lambda path: path.symlink_to("/dev/null"), "is a pipe or a device"),
        (lambda path: path.symlink_to(path.name), "its links lead in a circle"),
    ],
    ids=["pipe", "device", "circle"],
)
@pytest.mark.parametrize("arguments", READING, ids=lambda each: " ".join(each))
def test_what_is_not_a_file_is_told_before_anybody_waits_for_it(run, clients_xlsx, tmp_path, arguments, make, words):
    make(odd := tmp_path / "odd.xlsx")
    code, _, err = run(*(each.format(table=clients_xlsx, odd=odd) for each in arguments), "--lang", "en")
    assert (code in (2, 3), err.startswith("kam-xl: "), err.count("\n")) == (True, True, 1)
    assert "odd.xlsx: " in err
    assert words in err


def test_clients_are_imported_into_a_workbook_only(run, clients_xlsx, tmp_path):
    (table := tmp_path / "table.csv").write_text("Client,Revenue\nAlfa,5\n", encoding="utf-8")
    code, _, err = run("import", "clients", table, clients_xlsx, "--lang", "en")
    assert (code, err.splitlines()[-1]) == (
        3,
        f"kam-xl: {table}: this is not an Excel workbook. Open it in Excel and save it as .xlsx or .xlsm.",
    )


def _all_commands(app):
    yield from (each.callback for each in app.registered_commands)
    for group in app.registered_groups:
        yield from _all_commands(group.typer_instance)


def test_no_path_is_refused_by_the_parser_of_options_which_knows_no_russian():
    from kam_xl.cli.all_commands import app_with

    for command in _all_commands(app_with()):
        for name, hint in get_type_hints(command, include_extras=True).items():
            if get_origin(hint) is Annotated and "Path" in str(get_args(hint)[0]):
                assert not get_args(hint)[1].readable, f"{command.__name__}: {name}"


@pytest.mark.parametrize(
    "url", ["postgresql://kam:S3cret@server/sales", "mysql://server/sales?user=kam&password=S3cret"]
)
@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "{url}"],
        ["plan", "{url}", "-o", "plans.xlsx"],
        ["agenda", "{url}"],
        ["import", "clients", "{table}", "{url}"],
        ["import", "invoices", "{url}", "-o", "out.xlsx"],
        ["import", "opportunities", "{url}", "--into", "{table}"],
    ],
)
def test_a_connection_string_in_the_place_of_a_file_keeps_its_password(run, clients_xlsx, arguments, url):
    code, out, err = run(*(each.format(table=clients_xlsx, url=url) for each in arguments), "--lang", "en")
    assert (code, out, err.count("\n")) == (3, "", 1)
    assert "kam" in err
    assert "server" in err
    assert "S3cret" not in err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_3(run, clients_xlsx):
    clients_xlsx.chmod(0)
    code, _, err = run("check", clients_xlsx, "--lang", "en")
    assert (code, err.count("\n")) == (3, 1)


def test_explain_tells_of_every_client_of_one_name(run, tmp_path):
    table = write_table(tmp_path / "clients.xlsx", [*CLIENTS, ["C07", "ALFA", "Gas", "Ann", 7, 10, None, None]])
    code, out, _ = run("explain", table, "alfa", "--lang", "en")
    assert code == 0
    assert [line.split(":")[0] for line in out.splitlines() if line.startswith(("Alfa (", "ALFA ("))] == [
        "Alfa (C02)",
        "ALFA (C07)",
    ]


def test_json_keeps_every_letter_whatever_the_encoding_of_the_output(clients_xlsx):
    done = subprocess.run(
        [sys.executable, "-m", "kam_xl", "classify", str(clients_xlsx), "--json"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
    )
    names = {record["client"] for record in json.loads(done.stdout.decode("ascii"))}
    assert "Северсталь: Юг/Север" in names


def test_a_sheet_named_like_a_number_is_found_where_it_is_written_bare(run, tmp_path):
    table = write_table(tmp_path / "clients.xlsx", [["C01", "1e5", "Energy", "Ann", 600, 1000, None, None]])
    assert run("plan", table, "--lang", "en")[0] == 0
    plans = tmp_path / "clients-plans.xlsx"
    with edited(plans) as book:
        for name in book["1e5"].defined_names.values():  # as LibreOffice writes it
            name.value = name.value.replace("'1e5'!", "1e5!")
    code, out, err = run("plan", plans, "--lang", "en")
    assert (code, err) == (0, "")
    assert "Plans: 0 new, 1 updated, 0 of clients that are no longer key." in out.splitlines()
