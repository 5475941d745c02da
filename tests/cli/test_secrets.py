"""No command shows a password, wherever a connection string was put by mistake."""

import pytest

TABLE = "Client ID,Client,Manager,Revenue,Procurement budget\n1001,Nordwerk,Ann,900,1000\n1002,Baltic,Bob,500,5000\n"
FORMS = [
    "postgresql://kam:S3cret@127.0.0.1:1/sales",
    "mysql://127.0.0.1:1/sales?user=kam&password=S3cret",
    "kam:S3cret@127.0.0.1/sales",
    "host=127.0.0.1 port=1 user=kam password=S3cret",
    "postgresql://kam:S3cret#and@more@127.0.0.1:1/sales",
]
COMMANDS = [
    "check URL",
    "classify URL",
    "classify clients.csv -o URL",
    "explain URL Nordwerk",
    "read URL",
    "plan URL",
    "plan clients.csv -o URL",
    "plan clients.csv --operational URL -o out.xlsx",
    "plan clients.csv --template URL -o out.xlsx",
    "check clients.csv --reading URL",
    "check clients.csv --settings URL",
    "import clients clients.csv URL",
    "import opportunities URL --into clients.csv",
    "import invoices URL -o out.xlsx",
    "import invoices sales --database URL -o out.xlsx",
    "import market URL --seller Us -o out.xlsx",
    "whitespace clients.csv --products URL -o out.xlsx",
    "collect . --into URL",
    "refresh URL",
    "deck URL",
    "agenda URL",
    "template check URL",
    "settings --settings URL",
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_password_is_shown_by_no_command(run, tmp_path, monkeypatch, command, form):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clients.csv").write_text(TABLE, "utf-8")
    code, out, err = run(*(form if each == "URL" else each for each in command.split()), "--lang", "en")
    assert code in (2, 3, 4), err
    assert "cret" not in out + err
    assert "…" in err
    assert [path.name for path in tmp_path.iterdir()] == ["clients.csv"]
