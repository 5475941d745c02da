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


@pytest.mark.parametrize("title", ["Доля, %", "Доля в закупках", "Доля конкурента, %"])
@pytest.mark.parametrize(("cells", "earned"), [((40, 30.0), 40.0), (("40 %", "30%"), 40.0), ((0.4, 0.3), 40.0)])
def test_a_share_is_that_of_the_clients_budget(table, title, cells, earned):
    found = table(["Норд", "Альфа", cells[0]], ["Зюйд", "Бета", cells[1]], header=["Клиент", "Конкурент", title])
    assert rivals(found)["C1"] == (Competitor("Альфа", earned),)


def test_an_amount_wins_over_a_share_and_what_is_no_share_is_told(table):
    header = ["Клиент", "Конкурент", "Доход", "Доля, %"]
    found = table(["Норд", "Альфа", 7.0, 40], ["Норд", "Бета", None, 140], ["Зюйд", "Гамма", None, 0.5], header=header)
    assert [each.revenue for each in rivals(found)["C1"]] == [7.0, None]
    assert [(code, cell) for code, cell, *_ in codes(found)] == [
        ("not-a-share", "Конкуренты!D3"),
        ("share-unclear", "Конкуренты!D4"),
    ]


def test_a_share_of_an_unknown_budget_is_told(tmp_path):
    clients = [[*CLIENTS[0]], ["C1", "Норд", 1.0, None], CLIENTS[2]]
    sheet = [["Клиент", "Конкурент", "Доля"], ["Норд", "Альфа", "40%"], ["Зюйд", "Альфа", "30%"]]
    found = read(make_xlsx(tmp_path / "book.xlsx", {"Клиенты": clients, "Конкуренты": sheet}))
    assert "share-of-unknown" in [finding.code for finding in found.findings]
    assert [each.revenue for each in rivals(found)["C2"]] == [30.0]


@pytest.mark.parametrize(
    "title", ["Сумма контрактов, руб.", "Контракты на сумму", "Сумма договоров", "Стоимость", "Value"]
)
def test_what_competitors_earn_is_called_in_many_ways(table, title):
    found = table(["Норд", "Альфа", 5.0], header=["Клиент", "Конкурент", title])
    assert rivals(found) == {"C1": (Competitor("Альфа", 5.0),)}


def test_a_column_of_numbers_that_is_not_used_is_named(table):
    header = ["Клиент", "Конкурент", "Баллы тендера", "Телефон"]
    found = table(["Норд", "Альфа", 5.0, "нет"], ["Зюйд", "Бета", 6.0, None], header=header)
    [told] = found.findings
    assert (told.code, told.grade, told.address) == ("numbers-not-used", "warning", "Конкуренты!C1")
    assert told.message.render("en") == '"Баллы тендера" holds numbers and is not used.'


@pytest.mark.parametrize("name", ["ООО Норд", "НОРД, ООО", "«Норд»"])
def test_a_client_is_found_by_another_spelling_of_its_name(table, name):
    assert rivals(table([name, "Альфа", 5.0])) == {"C1": (Competitor("Альфа", 5.0),)}


def test_a_client_of_another_legal_form_is_another_one(tmp_path):
    clients = [CLIENTS[0], ["C1", "ООО Норд", 1.0, 100.0], CLIENTS[2]]
    sheet = [["Клиент", "Конкурент", "Доход"], ["ИП Норд", "Альфа", 4.0]]
    found = read(make_xlsx(tmp_path / "book.xlsx", {"Клиенты": clients, "Конкуренты": sheet}))
    assert rivals(found) == {}
    [told] = [finding for finding in found.findings if finding.code == "unknown-client"]
    assert "or one of another legal form" in told.message.render("en")


@pytest.mark.parametrize(
    ("ours", "theirs", "told"), [("без НДС", "с НДС", 1), ("без НДС", "", 0), ("с НДС", "с НДС", 0)]
)
def test_competitors_with_vat_beside_clients_without_it_are_told(tmp_path, ours, theirs, told):
    clients = [["Клиент", f"Выручка 2025 {ours}, руб.", "Отрасль"], ["Норд", 5.0, "Сталь"]]
    sheet = [["Клиент", "Конкурент", f"Сумма, руб. {theirs}"], ["Норд", "Альфа", 4.0]]
    found = read(make_xlsx(tmp_path / "book.xlsx", {"Клиенты": clients, "Конкуренты": sheet}))
    assert [finding.address for finding in found.findings if finding.code == "vat-differs"] == ["Конкуренты!C1"] * told


def test_earlier_years_with_vat_that_a_reading_names_are_told(tmp_path):
    clients = [["Клиент", "Выручка 2025 без НДС", "Выручка 2024 с НДС"], ["Норд", 5.0, 6.0]]
    reading = tmp_path / "reading.toml"
    reading.write_text('[history]\n2024 = "Выручка 2024 с НДС"\n', "utf-8")
    found = read(make_xlsx(tmp_path / "book.xlsx", {"Клиенты": clients}), mapping=reading)
    assert [finding.address for finding in found.findings if finding.code == "vat-differs"] == ["Клиенты!C1"]
