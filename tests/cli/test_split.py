"""One workbook per manager."""

import openpyxl
import pytest

from tests.tables import CLIENTS, edited, write_table


def plans_of(path):
    return [name for name in openpyxl.load_workbook(path).sheetnames if name in {"Nordwerk", "Alfa", "=1+1"}]


def test_each_manager_gets_the_plans_of_their_key_accounts_with_ranks_of_the_whole_table(run, clients_xlsx, tmp_path):
    code, out, err = run("plan", clients_xlsx, "--split-by", "manager", "-o", tmp_path / "out", "--lang", "en")
    assert (code, err) == (0, "")
    assert out.startswith("2 workbooks with 4 plans")
    ann, bob = tmp_path / "out" / "clients Ann.xlsx", tmp_path / "out" / "clients Bob.xlsx"
    assert (plans_of(ann), plans_of(bob)) == (["Nordwerk"], ["=1+1", "Alfa"])
    rows = [row[:2] for row in openpyxl.load_workbook(bob)["Key accounts"].values if {"C02", "C04"} & set(row)]
    assert rows == [(3, "=1+1"), (4, "Alfa")]


def test_nobody_s_other_clients_are_in_a_manager_s_workbook(run, clients_xlsx, tmp_path):
    run("plan", clients_xlsx, "--split-by", "manager", "-o", tmp_path / "out", "--lang", "en")
    book = openpyxl.load_workbook(tmp_path / "out" / "clients Bob.xlsx")
    assert not [cell for sheet in book for row in sheet.values for cell in row if cell == "Nordwerk"]


def test_a_second_run_keeps_what_the_manager_typed(run, clients_xlsx, tmp_path):
    folder = tmp_path / "out"
    run("plan", clients_xlsx, "--split-by", "manager", "-o", folder, "--lang", "en")
    path = folder / "clients Bob.xlsx"
    with edited(path) as book:
        ((_, cell),) = book["Alfa"].defined_names["kam_goal"].destinations
        book["Alfa"][cell.split(":")[0]] = "Win them"
    write_table(clients_xlsx, [[*row[:4], 500, *row[5:]] if row[0] == "C02" else row for row in CLIENTS])
    assert run("plan", clients_xlsx, "--split-by", "manager", "-o", folder, "--lang", "en")[0] == 0
    sheet = openpyxl.load_workbook(path)["Alfa"]
    assert sheet[cell.split(":")[0]].value == "Win them"
    assert 500 in [value for row in sheet.values for value in row]


def test_a_second_run_keeps_copies_from_before_on_request(run, clients_xlsx, tmp_path):
    again = ("plan", clients_xlsx, "--split-by", "manager", "-o", tmp_path / "out", "--backup")
    assert (run(*again)[0], run(*again)[0]) == (0, 0)
    names = [f"clients {name}" for name in ("Ann.bak.xlsx", "Ann.xlsx", "Bob.bak.xlsx", "Bob.xlsx")]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == names


@pytest.mark.parametrize("option", ["--overwrite", "--verify", "--client=C01"])
def test_an_option_that_split_does_not_know_is_refused_not_passed_over(run, clients_xlsx, tmp_path, option):
    code, _, err = run("plan", clients_xlsx, "--split-by", "manager", "-o", tmp_path / "out", option, "--lang", "en")
    assert (code, (tmp_path / "out").exists()) == (2, False)
    assert f"--split-by and {option.partition('=')[0]} do not go together" in err


def test_a_stranger_s_file_is_not_touched(run, clients_xlsx, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    write_table(folder / "clients Ann.xlsx")
    before = (folder / "clients Ann.xlsx").read_bytes()
    assert run("plan", clients_xlsx, "--split-by", "manager", "-o", folder)[0] == 4
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [("clients Ann.xlsx", before)]


def test_a_field_that_the_table_does_not_have_is_no_column_to_split_by(run, tmp_path, text_file):
    table = text_file("clients.csv", "Client ID,Client,Revenue,Budget\nC1,Nord,900,1000\nC2,Alfa,100,5000\n")
    code, _, err = run("plan", table, "--split-by", "manager", "-o", tmp_path / "out", "--lang", "en")
    assert (code, (tmp_path / "out").exists()) == (2, False)
    assert "there is no such column to split by" in err


def test_a_column_that_may_be_meant_is_named(run, clients_xlsx):
    code, _, err = run("plan", clients_xlsx, "--split-by", "Manger", "--lang", "en")
    assert (code, 'got Manger. Did you mean "Manager"? Available: "Manager", ' in err) == (2, True)


def test_of_many_columns_the_most_similar_are_named_and_how_to_see_all(run, tmp_path):
    table = tmp_path / "clients.csv"
    titles = [f"Remark {number}" for number in range(30)]
    table.write_text(",".join(["Client,Revenue,Region", *titles]) + "\nNord,900,North" + ",x" * 30 + "\n", "utf-8")
    code, _, err = run("plan", table, "--split-by", "Territory region", "--lang", "en")
    named = err.partition("Available: ")[2]
    assert code == 2
    assert named.startswith('"Region", ')
    assert named.endswith(", 27 more. All columns: kam-xl read INPUT\n")


def test_an_unknown_column_is_2_and_the_columns_are_named(run, clients_xlsx):
    code, _, err = run("plan", clients_xlsx, "--split-by", "Boss", "--lang", "en")
    assert code == 2
    assert "Manager" in err
