"""No command writes over its own input, over what somebody saved meanwhile, or drops sheets without a word."""

import os
import shutil
import zipfile

import openpyxl
import pytest

from kam_xl import actions
from kam_xl.ooxml.content_types import PART
from tests.table.books import edit_part
from tests.tables import edited

posix = pytest.mark.skipif(os.name != "posix", reason="links are of another kind here")


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def clients_csv(text_file):
    return text_file("clients.csv", "Client ID,Client,Revenue,Budget\nC1,Nord,900,1000\nC2,Süd,100,5000\n")


def test_a_table_is_not_written_over_its_own_input(run, clients_csv):
    before = clients_csv.read_bytes()
    code, out, err = run("classify", clients_csv, "-o", clients_csv, "--overwrite", "--lang", "en")
    assert (code, out, clients_csv.read_bytes()) == (4, "", before)
    assert "the output is an input of the same command" in err


@posix
@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_nor_through_a_link_to_it(run, clients_csv, tmp_path, link):
    before = clients_csv.read_bytes()
    link(clients_csv, tmp_path / "out.csv")
    assert run("classify", clients_csv, "-o", tmp_path / "out.csv", "--overwrite")[0] == 4
    assert clients_csv.read_bytes() == before


@posix
@pytest.mark.parametrize("name", ["clients.xlsx", "sub/../clients.xlsx", "link.xlsx"])
@pytest.mark.parametrize("command", ["plan", "whitespace"])
def test_a_raw_table_becomes_a_workbook_with_plans_only_on_request(run, clients_xlsx, name, command):
    (clients_xlsx.parent / "sub").mkdir()
    (clients_xlsx.parent / "link.xlsx").symlink_to(clients_xlsx)
    before = clients_xlsx.read_bytes()
    groups = clients_xlsx.with_name("sales.csv")
    groups.write_text("client_id,product_group,revenue\nC01,Pumps,90\nC02,Valves,10\n", "utf-8")
    words = [command, clients_xlsx, "-o", clients_xlsx.parent / name, "--lang", "en"]
    words += ["--products", groups] if command == "whitespace" else []
    code, out, err = run(*words)
    assert (code, out, clients_xlsx.read_bytes()) == (4, "", before)
    assert "the output is an input of the same command" in err
    assert "Leave -o out, choose another name, or add --overwrite." in err
    assert run(*words, "--overwrite")[0] == 0
    assert clients_xlsx.read_bytes() != before
    assert run(*words)[0] == 0  # it has sheets of ours now


def test_a_list_never_replaces_a_workbook_with_plans(run, clients_csv, tmp_path):
    plans = tmp_path / "clients-plans.xlsx"
    assert run("plan", clients_csv, "-o", plans)[0] == 0
    before = plans.read_bytes()
    code, out, err = run("classify", clients_csv, "-o", plans, "--overwrite", "--lang", "en")
    assert (code, out, plans.read_bytes()) == (4, "", before)
    assert "this workbook holds plans, which would be lost. Choose another name for the output." in err


def test_neither_does_a_table_nor_a_template(run, clients_csv, tmp_path):
    plans = tmp_path / "clients-plans.xlsx"
    assert run("plan", clients_csv, "-o", plans)[0] == 0
    before = plans.read_bytes()
    code, _, err = run("plan", clients_csv, "-o", plans, "--overwrite", "--lang", "en")
    assert (code, plans.read_bytes()) == (4, before)
    assert f"which would be lost. To update the plans in it, run: kam-xl plan {plans}" in err
    assert run("template", "export", "-o", plans, "--overwrite")[0] == 4
    assert plans.read_bytes() == before
    assert run("plan", plans, "-o", tmp_path / "copy.xlsx")[0] == 0
    assert run("plan", plans, "-o", tmp_path / "copy.xlsx", "--overwrite")[0] == 0


def test_a_template_replaces_a_template(run, tmp_path):
    for option in ([], ["--overwrite"]):
        assert run("template", "export", "-o", tmp_path / "mine.xlsx", *option)[0] == 0


@pytest.mark.parametrize("before", [b"", b"no workbook"])
def test_a_list_replaces_any_other_file_on_request_and_says_where_it_is(run, clients_csv, tmp_path, before):
    out = tmp_path / "list.xlsx"
    out.write_bytes(before)
    for _ in range(2):
        code, said, _ = run("classify", clients_csv, "-o", out, "--overwrite", "--lang", "en")
        assert (code, said, openpyxl.load_workbook(out).active.max_row) == (0, f"Written: {out}\n", 3)


def test_an_import_does_not_write_over_what_it_imports(run, clients_xlsx, tmp_path):
    workbook = shutil.copy(clients_xlsx, tmp_path / "book.xlsx")
    before = clients_xlsx.read_bytes()
    assert run("import", "clients", workbook, clients_xlsx, "-o", clients_xlsx, "--overwrite")[0] == 4
    assert clients_xlsx.read_bytes() == before


@pytest.mark.parametrize("option", ["--settings", "--mapping"])
def test_settings_and_mappings_are_inputs_too(run, text_file, option, clients_csv):
    path = text_file("mine.toml", "key_revenue_share = 0.2\n" if option == "--settings" else 'revenue = ["Revenue"]\n')
    before = path.read_bytes()
    assert run("plan", clients_csv, option, path, "-o", path, "--overwrite")[0] == 4
    assert path.read_bytes() == before


def test_a_workbook_that_appears_while_plans_are_built_stays(run, clients_xlsx, tmp_path, monkeypatch):
    target, build = tmp_path / "plans.xlsx", actions.build_plans

    def slow(book, options):
        target.write_bytes(b"a colleague's")
        return build(book, options)

    monkeypatch.setattr(actions, "build_plans", slow)
    code, out, err = run("plan", clients_xlsx, "-o", target, "--lang", "en")
    assert (code, out, target.read_bytes()) == (4, "", b"a colleague's")
    assert "another file has appeared there meanwhile" in err


@pytest.mark.parametrize("command", ["classify", "settings", "template"])
def test_locks_are_asked_by_all_commands_that_write(run, clients_csv, tmp_path, command):
    name = {"classify": "out.xlsx", "settings": "out.toml", "template": "out.xlsx"}[command]
    (tmp_path / name).write_bytes(b"old")
    (tmp_path / f"~${name}").touch()
    words = {"classify": ["classify", clients_csv], "settings": ["settings"], "template": ["template", "export"]}
    code, _, err = run(*words[command], "-o", tmp_path / name, "--overwrite", "--lang", "en")
    assert (code, (tmp_path / name).read_bytes()) == (4, b"old")
    assert "open in Excel" in err


# --- workbooks under other names --------------------------------------------------------------------------------------

TYPES = {
    ".xltx": b"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
    ".dat": b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}


@pytest.mark.parametrize("suffix", TYPES)
def test_a_workbook_is_carried_whole_whatever_it_is_called(run, clients_xlsx, tmp_path, suffix):
    path = shutil.copy(clients_xlsx, tmp_path / f"mine{suffix}")
    edit_part(path, PART, lambda text: text.replace(TYPES[".dat"], TYPES[suffix]))
    code, _, err = run("plan", path, "--lang", "en")
    assert (code, "carried over" in err) == (0, False)
    made = openpyxl.load_workbook(tmp_path / "mine-plans.xlsx").sheetnames
    assert set(openpyxl.load_workbook(clients_xlsx).sheetnames) < set(made)


def test_plans_in_a_workbook_of_another_name_are_not_lost(run, clients_xlsx, tmp_path):
    run("plan", clients_xlsx, "-o", tmp_path / "plans.xlsx", "--lang", "en")
    with edited(tmp_path / "plans.xlsx") as book:
        book["Alfa"]["B60"] = "typed"
    (tmp_path / "plans.xlsx").rename(tmp_path / "plans.bin")
    assert run("plan", tmp_path / "plans.bin", "--lang", "en")[0] == 0
    assert openpyxl.load_workbook(tmp_path / "plans-plans.xlsx")["Alfa"]["B60"].value == "typed"


def test_what_stays_behind_of_another_format_is_said_first(run, ods, tmp_path):
    code, _, err = run("plan", ods(), "--lang", "en")
    assert code == 0
    assert "From book.ods (.ods) only the client table on sheet Clients is carried over. Other sheets" in err


def test_plans_in_another_format_are_never_rebuilt_from_their_table(run, ods, tmp_path):
    code, out, err = run("plan", ods('<table:named-range table:name="kam_sheet"/>'), "--lang", "en")
    assert (code, out, names_in(tmp_path)) == (4, "", ["book.ods"])
    assert "this workbook holds plans" in err


@pytest.fixture
def ods(tmp_path):
    def make(names=""):
        rows = [["Client ID", "Client", "Revenue", "Budget"], ["C1", "Nord", 900, 1000], ["C2", "Süd", 100, 5000]]
        cells = "".join("<table:table-row>" + "".join(map(cell, row)) + "</table:table-row>" for row in rows)
        urn = "urn:oasis:names:tc:opendocument:xmlns"
        spaces = " ".join(f'xmlns:{prefix}="{urn}:{prefix}:1.0"' for prefix in ("office", "table", "text"))
        content = (
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="Clients">{cells}</table:table>'
            f"<table:named-expressions>{names}</table:named-expressions>"
            "</office:spreadsheet></office:body></office:document-content>"
        )
        with zipfile.ZipFile(tmp_path / "book.ods", "w") as file:
            file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            file.writestr("content.xml", content)
            file.writestr("META-INF/manifest.xml", "<manifest/>")
        return tmp_path / "book.ods"

    def cell(value):
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'

    return make
