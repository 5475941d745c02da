"""A press: the work done, one message, the screen as it was, failures told and logged."""

from datetime import datetime

import openpyxl
import pytest

from kam_xl.buttons import log, press, safety, tasks
from kam_xl.engines.file.engine.app import App
from tests.table.books import make_xlsx
from tests.tables import write_table


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setattr("kam_xl.actions.setup.system_language", lambda: "en")


def messages(book):
    return [alert.prompt for alert in book.app.impl.alerts]


def screen(app):
    return app.screen_updating, app.calculation, app.status_bar


def test_one_message_says_what_was_done_and_where_the_copy_is(book, state):
    press("build_plans", book=book)
    (said,) = messages(book)
    (copy,) = state.rglob("*.xlsx")
    assert said.splitlines() == [
        "6 clients, 4 key accounts; the limit allows 1, 3 are above it.",
        "Proposed goals of the key accounts: 2026: 898.33, 2027: 996.67, 2028: 1,095; their revenue is 800 today.",
        "Plans: 4 new, 0 updated, 0 of clients that are no longer key.",
        "Data check: Nothing to correct.",
        f"Backup from before: {copy}",
    ]
    assert book.sheets.active.name == "Key accounts"


def test_the_copy_is_the_workbook_before_the_press(book, clients_xlsx, state):
    book.sheets["Clients"]["E2"].value = 601  # not saved yet
    press("build_plans", book=book)
    (copy,) = state.rglob("*.xlsx")
    assert openpyxl.load_workbook(copy).sheetnames == ["Clients", "Competitors"]
    assert openpyxl.load_workbook(copy)["Clients"]["E2"].value == 601
    assert openpyxl.load_workbook(clients_xlsx)["Clients"]["E2"].value == 600


def test_the_screen_is_as_it_was_after_success_and_failure(opened, clients_xlsx, tmp_path):
    for path in (clients_xlsx, write_table(tmp_path / "empty.xlsx", [], ["x"], None)):
        book = opened(path)
        book.app.calculation = "semiautomatic"
        press("check", book=book)
        assert screen(book.app) == (True, "semiautomatic", False)


def test_the_screen_is_still_while_a_button_works(book, monkeypatch):
    seen = []
    monkeypatch.setattr(tasks, "check", lambda call: seen.append(screen(call.book.app)) or tasks.Outcome())
    press("check", book=book)
    assert seen == [(False, "manual", "Check data …")]


def test_an_error_that_a_person_can_mend_is_one_sentence_and_no_log(opened, tmp_path, state):
    book = opened(write_table(tmp_path / "none.xlsx", [], competitors=None))
    press("check", book=book)
    assert messages(book) == [
        "none.xlsx (Clients): the table has no clients. Enter the clients below the header in row 1, one a row; totals "
        "and footnotes do not count."
    ]
    assert not (state / "kam_xl.log").exists()


def test_any_other_error_is_one_sentence_with_the_log_which_has_the_traceback(book, state, monkeypatch):
    def broken(call):
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(tasks, "check", broken)
    press("check", book=book)
    (said,) = messages(book)
    assert "ZeroDivisionError: by zero" in said
    assert said.endswith(str(state / "kam_xl.log"))
    assert "in broken" in (state / "kam_xl.log").read_text("utf-8")
    assert screen(book.app) == (True, "automatic", False)


def test_what_fails_half_way_says_where_the_workbook_from_before_is(book, state, monkeypatch):
    def broken(call):
        call.book.sheets["Clients"]["A2"].value = "half"
        raise ZeroDivisionError

    monkeypatch.setattr(tasks, "build_plans", broken)
    press("build_plans", book=book)
    (copy,) = state.rglob("*.xlsx")
    assert messages(book)[0].splitlines()[1:] == [f"Backup from before: {copy}"]
    assert openpyxl.load_workbook(copy)["Clients"]["A2"].value == "C01"


class com_error(Exception):  # noqa: N801, N818 (as pywin32 calls it)
    pass


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (com_error(-2147418111, "Call was rejected by callee.", None, None), "the spreadsheet program is busy."),
        (
            com_error(
                -2147352567, "Exception occurred.", (0, "Microsoft Excel", "The sheet is protected.", "", 0, 0), None
            ),
            "the spreadsheet program refused (The sheet is protected).",
        ),
    ],
)
def test_what_excel_refuses_is_told_in_its_words(book, monkeypatch, error, said):
    def refused(call):
        raise error

    monkeypatch.setattr(tasks, "check", refused)
    press("check", book=book)
    assert messages(book)[0].startswith(said)


def test_an_interrupted_press_says_so(book, monkeypatch):
    def interrupted(call):
        raise KeyboardInterrupt

    monkeypatch.setattr(tasks, "check", interrupted)
    press("check", book=book)
    assert messages(book) == ["Interrupted."]


def test_a_button_of_another_version_is_refused(book):
    press("fly", book=book)
    assert messages(book)[0].startswith("this version has no such button, got fly.")


def test_one_that_cannot_be_restored_keeps_nothing_else_from_being_restored(book, monkeypatch):
    class Stubborn:
        def __get__(self, app, owner=None):
            return "automatic"

        def __set__(self, app, value):
            if value != "manual":
                raise OSError

    monkeypatch.setattr(App, "calculation", Stubborn())
    press("check", book=book)
    assert (book.app.screen_updating, book.app.status_bar) == (True, False)


def test_without_room_for_a_copy_the_work_is_done_and_the_message_says_so(book, state):
    state.parent.mkdir(exist_ok=True)
    state.write_text("a file where the folder is to be")
    press("build_plans", book=book)
    assert messages(book)[0].splitlines()[-1] == "No backup of the workbook could be kept."
    assert "Nordwerk" in [sheet.name for sheet in book.sheets]


def test_half_a_copy_is_not_kept(book, state, monkeypatch):
    def full(book, path):
        path.write_bytes(b"PK")
        raise OSError(28, "no space left")

    monkeypatch.setattr(safety, "save_copy", full)
    press("build_plans", book=book)
    assert messages(book)[0].splitlines()[-1] == "No backup of the workbook could be kept."
    assert list(state.rglob("*.xlsx")) == []


def test_ten_copies_of_a_workbook_are_kept(book, state):
    days = [datetime(2026, 1, day) for day in range(1, 13)]
    for day in days:
        safety.keep_copy(book, day)
    kept = sorted(path.name for path in state.rglob("*.xlsx"))
    assert kept == [f"{day:%Y-%m-%d} 00.00.00 clients.xlsx" for day in days[2:]]


def test_workbooks_of_one_name_keep_their_copies_apart(opened, tmp_path, state):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        book = opened(write_table(tmp_path / folder / "clients.xlsx"))
        safety.keep_copy(book)
        book.close()
    assert len(list((state / "copies").iterdir())) == 2


def test_a_long_log_is_put_aside(state):
    state.mkdir(parents=True)
    (state / "kam_xl.log").write_text("x" * 1_100_000)
    log.write("check", ValueError("new"))
    assert "ValueError: new" in (state / "kam_xl.log").read_text("utf-8")
    assert (state / "kam_xl.log.1").stat().st_size == 1_100_000


def test_of_several_currencies_nothing_is_built_and_the_check_still_reports(opened, tmp_path):
    rows = {"Nord": (10.0, "EUR"), "Süd": (900.0, "RUB")}
    path = make_xlsx(
        tmp_path / "mixed.xlsx", {"Clients": [["Client", "Revenue", "Currency"], *([k, *v] for k, v in rows.items())]}
    )
    book = opened(path)
    press("build_plans", book=book)
    assert [sheet.name for sheet in book.sheets] == ["Clients"]
    press("check", book=book)
    refused, checked = messages(book)
    assert refused.startswith("mixed.xlsx: the amounts are in several currencies (Revenue: EUR 10, RUB 900)")
    assert checked.startswith("Data check: 1 error")


@pytest.mark.parametrize("answer", ["yes", "no"])
@pytest.mark.parametrize("code", ["build_plans", "build_selected", "split_by_manager"])
def test_without_revenue_and_budgets_plans_are_built_only_after_a_yes(opened, tmp_path, code, answer):
    rows = [["Client ID", "Client", "Manager", "Reference"], ["C1", "Nord", "Ada", "yes"]]
    book = opened(make_xlsx(tmp_path / "contacts.xlsx", {"Clients": rows}))
    book.app.impl.answers["yes_no"] = answer
    press(code, book=book)
    asked, *told = messages(book)
    assert asked == "The table has neither revenue nor procurement budgets. Build plans all the same?"
    assert bool(told) == (answer == "yes")
    built = len(book.sheets) > 1 or any(tmp_path.glob("*managers"))
    assert built == (answer == "yes" and code != "build_selected")  # the header is selected: no client


def test_the_scores_of_the_table_reach_the_plan(opened, tmp_path):
    clients = [["Client", "Revenue", "Budget", "Our score: price", "Our score: terms"], ["Nord", 10.0, 100.0, 3, 4]]
    competitors = [["Client", "Competitor", "Revenue", "Price", "Terms"], ["Nord", "Rival", 60.0, 5, 4]]
    book = opened(make_xlsx(tmp_path / "scored.xlsx", {"Clients": clients, "Competitors": competitors}))
    press("build_plans", book=book)
    cells = {
        name: book.sheets["Nord"].range(f"kam_competitor_{name}").value for name in ("score", "difference", "stance")
    }
    assert {name: values[0] for name, values in cells.items()} == {
        "score": 9.0,
        "difference": -2.0,
        "stance": "Subcontract",
    }


@pytest.mark.parametrize(("before", "after"), [("FALSE", False), ("False", False), ("", False), ("Mine", "Mine")])
def test_excel_s_own_status_bar_comes_back_and_no_word_false(book, before, after):
    book.app.status_bar = before  # Excel gives the word where the bar is its own
    press("check", book=book)
    assert book.app.status_bar is after if after is False else book.app.status_bar == after
