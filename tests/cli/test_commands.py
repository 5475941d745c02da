import csv
import io
import json

import openpyxl
import pytest

from tests.tables import CLIENTS, write_table


def classify(run, path, *options):
    code, out, _ = run("classify", path, "--json", "--lang", "en", *options)
    assert code == 0
    return {record["client_id"]: record for record in json.loads(out)}


def test_classify_json_names_every_documented_field(run, clients_xlsx):
    record = classify(run, clients_xlsx)["C02"]
    assert {key: record[key] for key in ("client", "revenue", "procurement_budget", "criteria", "rank", "is_key")} == {
        "client": "Alfa",
        "revenue": 10,
        "procurement_budget": 900,
        "criteria": ["prospect"],
        "rank": 4,
        "is_key": True,
    }
    assert {"revenue_share", "penetration", "headroom", "above_limit", "status", "position", "potential", "strategy",
            "arguments"} <= record.keys()  # fmt: skip


def test_classify_json_says_null_for_unknown(run, clients_xlsx):
    record = classify(run, clients_xlsx)["C04"]
    assert [record[key] for key in ("procurement_budget", "penetration", "headroom", "position")] == [None] * 4


def test_classify_lists_key_accounts_first_by_rank(run, clients_xlsx):
    ranks = [record["rank"] for record in classify(run, clients_xlsx).values()]
    assert ranks == [1, 2, 3, 4, None, None]


def test_settings_file_goes_before_the_defaults(run, clients_xlsx, text_file):
    settings = text_file("kam.toml", "key_revenue_share = 0.9\n")
    assert classify(run, clients_xlsx, "--settings", settings)["C01"]["criteria"] == []


def test_classify_csv_runs_nothing(run, clients_xlsx, tmp_path):
    out = tmp_path / "list.csv"
    assert run("classify", clients_xlsx, "-o", out, "--lang", "en")[0] == 0
    rows = list(csv.reader(io.StringIO(out.read_text("utf-8-sig"))))
    assert "'=1+1" in {cell for row in rows for cell in row}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


def test_classify_xlsx_holds_names_as_text(run, clients_xlsx, tmp_path):
    out = tmp_path / "list.xlsx"
    assert run("classify", clients_xlsx, "-o", out, "--lang", "en")[0] == 0
    cells = [cell for row in openpyxl.load_workbook(out).active for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_classify_json_and_output_exclude_each_other(run, clients_xlsx, tmp_path):
    code, out, err = run("classify", clients_xlsx, "--json", "-o", tmp_path / "list.csv", "--lang", "en")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert not (tmp_path / "list.csv").exists()


def test_classify_prints_a_table_in_russian(run, clients_xlsx):
    code, out, _ = run("classify", clients_xlsx, "--lang", "ru", "--key-only")
    assert code == 0
    assert "Nordwerk" in out
    assert "Сильная" in out
    assert "Small" not in out


def test_check_ends_with_1_where_there_are_errors(run, tmp_path):
    path = write_table(tmp_path / "bad.xlsx", [*CLIENTS, ["C01", "Twice", "Energy", "Ann", "много", -5, None, None]])
    code, out, _ = run("check", path, "--json", "--lang", "en")
    findings = json.loads(out)
    assert code == 1
    assert {"A8", "E8", "F8"} <= {finding["cell"] for finding in findings}
    assert set(findings[0]) >= {"sheet", "cell", "client_id", "code", "grade", "message"}


def test_check_ends_with_0_on_a_clean_table(run, tmp_path):
    code, out, _ = run("check", write_table(tmp_path / "good.xlsx", CLIENTS[:3]), "--lang", "en")
    assert (code, out.splitlines()[-1]) == (0, "Nothing to correct.")


def test_explain_finds_a_client_by_id_name_or_part_of_the_name(run, clients_xlsx):
    said = [run("explain", clients_xlsx, wanted, "--lang", "en")[:2] for wanted in ("C01", "nordwerk", "Nord")]
    assert said == [said[0]] * 3
    assert said[0][0] == 0
    assert "Position strong" in said[0][1]


def test_explain_takes_its_arguments_in_either_order(run, clients_xlsx):
    assert run("explain", "C01", clients_xlsx)[:2] == run("explain", clients_xlsx, "C01")[:2]


def test_explain_ends_with_5_for_an_unknown_client(run, clients_xlsx):
    code, out, err = run("explain", clients_xlsx, "Nordwrk", "--lang", "en")
    assert (code, out) == (5, "")
    assert "Nordwerk" in err


def test_clients_of_one_name_are_named_with_their_ids(run, text_file):
    table = text_file("clients.csv", "Client ID,Client,Revenue\nC1,Nordwerk,600\nC2,Nordwerk,400\nC3,Sud,40\n")
    code, _, err = run("explain", table, "Nordwrk", "--lang", "en")
    assert code == 5
    assert "Did you mean one of these: Nordwerk (C1), Nordwerk (C2)?" in err


def test_settings_toml_can_be_passed_on(run, clients_xlsx, text_file):
    code, out, _ = run("settings", "--toml")
    path = text_file("kam.toml", out)
    assert code == 0
    assert classify(run, clients_xlsx, "--settings", path) == classify(run, clients_xlsx)


def test_settings_are_written_into_a_file_that_can_be_passed_on(run, clients_xlsx, tmp_path):
    path = tmp_path / "kam.toml"
    code, out, _ = run("settings", "-o", path, "--lang", "ru")
    assert (code, out) == (0, f"Записано: {path}\n")
    assert "Клиент" in path.read_text(encoding="utf-8")
    assert classify(run, clients_xlsx, "--settings", path) == classify(run, clients_xlsx)


def test_a_settings_file_of_the_user_is_not_overwritten_unasked(run, text_file):
    path = text_file("kam.toml", "horizon_years = 4\n")
    code, _, err = run("settings", "-o", path, "--lang", "en")
    assert (code, "--overwrite" in err) == (4, True)
    assert path.read_text(encoding="utf-8") == "horizon_years = 4\n"
    assert run("settings", "-o", path, "--overwrite")[0] == 0
    assert "horizon_years = 3" in path.read_text(encoding="utf-8")


def test_settings_shows_what_each_one_means(run):
    code, out, _ = run("settings", "--lang", "ru")
    assert code == 0
    assert "key_account_limit" in out


def test_the_program_alone_shows_its_help(run):
    code, out, err = run()
    assert code == 2
    assert "kam-xl plan" in out + err


@pytest.mark.parametrize("command", ["plan", "check", "classify", "explain", "settings"])
def test_help_documents_every_command_and_the_exit_codes(run, command):
    code, out, _ = run(command, "--help")
    assert code == 0
    assert "130" in out


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.xlsx"),
        (b"no workbook", "text.xlsx"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old.xlsx"),
        (b"", "e.csv"),
    ],
)
@pytest.mark.parametrize("command", ["plan", "check", "classify"])
def test_unreadable_input_is_one_line_and_3(run, tmp_path, command, content, name):
    path = tmp_path / name
    path.write_bytes(content)
    code, out, err = run(command, path, "--lang", "en")
    assert (code, out, err.count("\n")) == (3, "", 1)
    assert name in err
    assert [file.name for file in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["missing.xlsx", "."])
def test_a_missing_file_or_a_folder_is_3(run, tmp_path, name):
    assert run("classify", tmp_path / name)[0] == 3


def test_a_wrong_language_is_2(run, clients_xlsx):
    assert run("classify", clients_xlsx, "--lang", "de")[0] == 2


def test_an_amount_of_a_settings_file_may_name_its_unit(run, text_file):
    settings = text_file("kam.toml", 'key_revenue_amount = "5 млн"\n')
    assert "key_revenue_amount = 5000000.0" in run("settings", "--settings", settings, "--toml", "--lang", "en")[1]


def test_wrong_settings_are_2_and_all_named(run, clients_xlsx, text_file):
    settings = text_file("kam.toml", "key_account_limit = 7\nhorizon_years = 9\n")
    code, _, err = run("classify", clients_xlsx, "--settings", settings, "--lang", "en")
    assert code == 2
    assert all(said in err for said in ("kam.toml", "key_account_limit", "horizon_years"))


def test_the_language_may_be_named_before_the_command(run):
    code, out, _ = run("--lang", "ru", "settings")
    assert (code, out) == (0, run("settings", "--lang", "ru")[1])


def test_the_language_of_the_command_overrides_that_of_its_group(run):
    assert run("--lang", "ru", "settings", "--lang", "en")[1] == run("settings", "--lang", "en")[1]


@pytest.mark.parametrize("group", [(), ("import",), ("template",)])
def test_help_of_groups_takes_a_language(run, group):
    code, out, _ = run(*group, "--help", "--lang", "ru")
    assert (code, "--lang" in out) == (0, True)


@pytest.mark.parametrize("command", [["classify"], ["explain", "C1"]])
def test_revenue_of_a_part_of_a_year_is_told(run, text_file, command):
    table = text_file(
        "part.csv", "Client ID;Client;Jan 2026;Feb 2026;Procurement budget\nC1;Nord;5;6;90\nC2;Alfa;1;1;9\n"
    )
    code, out, _ = run(command[0], table, *command[1:], "--lang", "en")
    assert code == 0
    assert "Revenue of 2 months of 2026 only: positions, shares and goals rest on it." in out.splitlines()
