import pytest

from kam_xl.domain.errors import SettingsError
from kam_xl.domain.settings import Settings
from kam_xl.table import read_settings
from tests.table.books import make_xlsx

ROWS = [
    ["Настройки"],
    [],
    [None, "Имя", "Значение", "По умолчанию", "Что это"],
    [None, "key_account_limit", 0.2, 0.15, "limit of_the clients"],
    [None, "horizon_years", 5.0, 3.0, "horizon"],
    [None, "potential_high_from", "1 000 000", None, ""],
    [None, "abc_a", None, 0.8, "blank: the default"],
    [None, "currency", "₽", None, None],
    [None, "my_own", 1.0, None, None],
]


def test_names_and_values_are_read_wherever_they_stand(tmp_path):
    path = make_xlsx(tmp_path / "book.xlsx", {"Clients": [["x"]], "Настройки KAM": ROWS})
    settings = read_settings(path)
    assert settings == {
        "key_account_limit": 0.2,
        "horizon_years": 5.0,
        "potential_high_from": 1_000_000,
        "currency": "₽",
        "my_own": 1.0,
    }
    del settings["my_own"]
    assert Settings.from_mapping(settings) == Settings(
        key_account_limit=0.2, horizon_years=5, potential_high_from=1_000_000, currency="₽"
    )


def test_amounts_are_read_as_those_of_a_client_table(tmp_path):
    rows = [["key_revenue_amount", "5 млн"], ["prospect_min_budget", "500 тыс."], ["potential_high_from", "1,5 m"]]
    assert read_settings(make_xlsx(tmp_path / "book.xlsx", {"KAM settings": rows})) == {
        "key_revenue_amount": 5_000_000,
        "prospect_min_budget": 500_000,
        "potential_high_from": 1_500_000,
    }


@pytest.mark.parametrize("text", ["5 млн руб.", "1,500 mln", "10%", "about much"])
def test_what_is_no_clear_amount_stays_for_the_settings_to_refuse(tmp_path, text):
    path = make_xlsx(tmp_path / "book.xlsx", {"KAM settings": [["key_revenue_amount", text], ["abc_a", 0.7]]})
    with pytest.raises(SettingsError, match="key_revenue_amount"):
        Settings.from_mapping(read_settings(path))


def test_a_book_without_the_sheet_has_no_settings(tmp_path):
    assert read_settings(make_xlsx(tmp_path / "book.xlsx", {"Clients": ROWS})) is None


def test_a_csv_has_no_settings(text_file):
    path = text_file("a.csv", "Client;Revenue\nA;1\n")
    assert read_settings(path) is None
