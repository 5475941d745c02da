import pytest

from kam_xl.domain.model import Competitor, Stance
from kam_xl.table import read
from tests.table.books import make_xlsx

CLIENTS = [["Код", "Клиент", "Выручка", "Бюджет"], ["C1", "Норд", 1.0, 100.0], ["C2", "Зюйд", 2.0, 100.0]]
HEADER = ["Клиент", "Конкурент", "Доход", "Сильные стороны", "Слабые стороны", "Подход", "Источник"]


@pytest.fixture
def table(tmp_path):
    def of(*rows, header=HEADER):
        return read(make_xlsx(tmp_path / "book.xlsx", {"Клиенты": CLIENTS, "Конкуренты": [header, *rows]}))

    return of


def rivals(table):
    return {client.client_id: client.competitors for client in table.clients() if client.competitors}


def codes(table):
    return [(finding.code, finding.address, finding.client_id, finding.client) for finding in table.findings]


def test_competitors_join_by_name_or_id_letter_case_apart(table):
    found = table(["норд", "Альфа", 5.0, "цена", "сервис", "субподряд"], ["C2", "Бета"], ["c1", "Гамма"])
    assert rivals(found) == {
        "C1": (Competitor("Альфа", 5.0, "цена", "сервис", Stance.SUBCONTRACT), Competitor("Гамма")),
        "C2": (Competitor("Бета"),),
    }
    assert found.findings == []


def test_an_id_beside_the_name_of_another_client_is_told(table):
    header = ["Код", *HEADER]
    found = table(["C1", "Зюйд", "Альфа", 5.0], ["C2", "ООО «ЗЮЙД»", "Бета"], ["C1", "Вест", "Гамма"], header=header)
    assert {each: len(rivals) for each, rivals in rivals(found).items()} == {"C1": 2, "C2": 1}  # the id decides
    assert codes(found) == [
        ("other-name", "Конкуренты!B2", "C1", "Норд"),
        ("other-name", "Конкуренты!B4", "C1", "Норд"),
    ]


def test_the_frame_of_competitors_carries_all_columns(table):
    frame = table(["Норд", "Альфа", 5.0, None, None, "Конкурировать", "CRM"], ["Чужой", "Бета"]).competitors
    assert frame.astype(object).where(frame.notna(), None).to_dict("list") == {
        "client_id": ["C1", None],
        "competitor": ["Альфа", "Бета"],
        "revenue": [5.0, None],
        "strengths": [None, None],
        "weaknesses": [None, None],
        "stance": [Stance.COMPETE, None],
        "Источник": ["CRM", None],
    }


def test_rows_that_join_nobody_and_bad_cells_are_told(table):
    found = table(
        ["Чужой", "Альфа", 1.0], ["C1", None, 5.0], ["C1", "Бета", -5.0], ["C2", "Гамма", "?", "", "", "дружить"]
    )
    assert codes(found) == [
        ("unknown-client", "Конкуренты!A2", "", "Чужой"),
        ("missing-competitor", "Конкуренты!B3", "C1", "Норд"),
        ("negative-competitor-revenue", "Конкуренты!C4", "C1", "Норд"),
        ("unknown-word", "Конкуренты!F5", "C2", "Зюйд"),
    ]


def test_totals_among_competitors_are_left_out(table):
    found = table(["C1", "Альфа", 5.0], ["C1", "Бета", 6.0], ["Итого", None, 11.0])
    assert [len(each) for each in rivals(found).values()] == [2]
    assert [finding.code for finding in found.findings] == ["total-row"]


def test_competitors_in_another_unit_are_converted_and_told(tmp_path):
    clients = [["Клиент", "Выручка, тыс. руб."], ["Норд", 1.0]]
    rows = [["Клиент", "Конкурент", "Доход, млн руб."], ["Норд", "Альфа", 5.0]]
    found = read(make_xlsx(tmp_path / "book.xlsx", {"Клиенты": clients, "Конкуренты": rows}))
    assert rivals(found) == {"Норд": (Competitor("Альфа", 5_000_000.0),)}
    assert "units-differ" in [finding.code for finding in found.findings]


@pytest.mark.parametrize(
    "rows",
    [
        [["Конкурент", "Доля рынка, %", "Сильные стороны"], ["Икс", 30.0, "цена"]],
        [["Клиент", "Икс", "Игрек"], ["Норд", 300.0, 200.0]],
    ],
    ids=["no client", "a column each"],
)
def test_a_sheet_called_competitors_that_is_no_list_is_told(tmp_path, rows):
    found = read(make_xlsx(tmp_path / "book.xlsx", {"Клиенты": CLIENTS, "Конкуренты": rows}))
    assert [(each.code, each.address) for each in found.findings] == [("competitors-not-read", "Конкуренты!A1")]


def test_a_second_list_of_competitors_is_told(tmp_path):
    lists = {name: [HEADER[:2], ["Норд", "Альфа"]] for name in ("Конкуренты", "Юг")}
    found = read(make_xlsx(tmp_path / "book.xlsx", {"Клиенты": CLIENTS, **lists}))
    [told] = found.findings
    assert (told.code, told.sheet) == ("competitors-not-read", "Юг")
    assert told.message.render() == 'This list of competitors is not read, because "Конкуренты" is.'


def test_a_blank_sheet_for_competitors_needs_no_word(tmp_path):
    found = read(make_xlsx(tmp_path / "book.xlsx", {"Клиенты": CLIENTS, "Конкуренты": [["Здесь будут конкуренты"]]}))
    assert found.findings == []
