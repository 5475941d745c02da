import pytest

from kam_xl.domain.errors import SettingsError
from kam_xl.domain.model import PathShape
from kam_xl.domain.settings import Settings, toml_values


def faults(**values):
    with pytest.raises(SettingsError) as caught:
        Settings(**values)
    return [fault.render() for fault in caught.value.faults]


def test_defaults_are_those_of_the_rules():
    assert {setting.name: setting.value for setting in Settings().listed()} == {
        "key_revenue_share": 0.10,
        "key_revenue_amount": None,
        "prospect_max_penetration": 0.20,
        "prospect_min_budget": None,
        "mark_min_level": 2,
        "key_account_limit": 0.15,
        "thin_share": 0.20,
        "actual_min_share": 0.01,
        "position_strong_from": 0.50,
        "position_medium_from": 0.20,
        "potential_high_from": None,
        "potential_medium_from": None,
        "potential_high_percentile": 0.80,
        "potential_medium_percentile": 0.50,
        "considerable_share": 0.01,
        "dominant_share": 0.50,
        "score_criteria": "price, quality, range, service, relations, terms",
        "budget_max_age_months": 12,
        "money_tolerance": 0.005,
        "abc_a": 0.80,
        "abc_b": 0.95,
        "horizon_years": 3,
        "budget_growth": 0.0,
        "strong_step": 0.10,
        "attainable_max": 0.90,
        "max_step": 0.10,
        "capacity_growth": 0.20,
        "alarm_fall": 0.15,
        "rank_moves": 3,
        "whitespace_min_peers": 3,
        "whitespace_min_share": 0.5,
        "history_builds": 3,
        "history_months": 12,
        "history_years": 5,
        "agenda_days": 30,
        "target_path": PathShape.LINEAR,
        "base_year": None,
        "financial_year_start": 1,
        "currency": "",
        "clients_by": "",
    }


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_setting_says_what_it_means(lang):
    meanings = [setting.meaning.render(lang) for setting in Settings().listed()]
    assert all(meaning.endswith(".") for meaning in meanings)
    assert len(set(meanings)) == len(meanings)


class TestValidation:
    def test_tells_all_faults_at_once(self):
        assert faults(key_revenue_share=1.5, horizon_years=6, mark_min_level=0, currency=5) == [
            "key_revenue_share must be from 0 to 1, got 1.5: 1.5% is 0.015",
            "mark_min_level must be a whole number from 1 to 3, got 0",
            "horizon_years must be a whole number from 2 to 5, got 6",
            "currency must be text, got 5",
        ]

    @pytest.mark.parametrize("name", ["budget_growth", "capacity_growth"])
    @pytest.mark.parametrize("value", [5, 5.0, "5"])
    def test_a_growth_in_per_cent_is_refused_with_the_share_that_is_meant(self, name, value):
        with pytest.raises(SettingsError, match=rf"{name} must be from .* to 1, got 5(\.0)?: 5% is 0.05"):
            Settings.from_mapping({name: value})
        assert Settings.from_mapping({name: "5%"}) == Settings(**{name: 0.05})

    @pytest.mark.parametrize("value", [-0.01, 1.01, float("nan"), "x", None, True])
    def test_refuses_what_is_no_share(self, value):
        assert len(faults(key_account_limit=value)) == 1

    @pytest.mark.parametrize("value", [-1, float("inf"), "x", False])
    def test_refuses_what_is_no_amount(self, value):
        got = '"x"' if value == "x" else repr(value)
        assert faults(key_revenue_amount=value) == [
            f"key_revenue_amount must be an amount of at least 0, such as 5 mln, without a currency, got {got}"
        ]

    @pytest.mark.parametrize("years", [2, 5])
    def test_takes_the_ends_of_a_range(self, years):
        assert Settings(horizon_years=years).horizon_years == years

    @pytest.mark.parametrize(
        ("lower", "upper"),
        [
            ("position_medium_from", "position_strong_from"),
            ("potential_medium_from", "potential_high_from"),
            ("potential_medium_percentile", "potential_high_percentile"),
            ("abc_a", "abc_b"),
        ],
    )
    def test_refuses_bounds_in_the_wrong_order(self, lower, upper):
        assert faults(**{lower: 0.6, upper: 0.6}) == [f"{lower} (0.6) must be below {upper} (0.6)"]

    def test_is_a_usage_error(self):
        assert SettingsError.exit_code == 2


class TestFromMapping:
    def test_reads_numbers_as_people_write_them(self):
        written = {
            "key_revenue_share": "12,5 %",
            "key_revenue_amount": "1 500 000",
            "horizon_years": 5.0,
            "abc_a": "0.7",
            "target_path": "S-образный",
            "currency": "₽",
        }
        assert Settings.from_mapping(written) == Settings(
            key_revenue_share=0.125,
            key_revenue_amount=1_500_000,
            horizon_years=5,
            abc_a=0.7,
            target_path=PathShape.S_SHAPED,
            currency="₽",
        )

    def test_a_blank_value_leaves_the_default(self):
        assert Settings.from_mapping({"key_account_limit": None, "abc_a": ""}) == Settings()

    def test_an_unknown_name_is_refused_with_the_closest_one(self):
        with pytest.raises(SettingsError) as caught:
            Settings.from_mapping({"horizon_yers": 3, "colour": 1, "abc_a": 2}, where="Settings")
        assert str(caught.value) == (
            "Settings: there is no setting horizon_yers, perhaps horizon_years is meant; there is no setting colour; "
            "abc_a must be from 0 to 1, got 2: 2% is 0.02; abc_a (2) must be below abc_b (0.95)."
        )

    @pytest.mark.parametrize("value", ["soon", "3.5", "-3"])
    def test_a_value_that_cannot_be_read_is_shown(self, value):
        with pytest.raises(SettingsError, match="horizon_years must be a whole number from 2 to 5"):
            Settings.from_mapping({"horizon_years": value})

    @pytest.mark.parametrize("value", ["500,000", " 1,500 ", "-12,345", "1,500 mln", "1.500 млн"])
    def test_a_comma_that_may_be_decimal_or_of_thousands_is_never_guessed(self, value):
        with pytest.raises(SettingsError, match=r'key_revenue_amount can be read in two ways, got ".*": write it'):
            Settings.from_mapping({"key_revenue_amount": value})

    @pytest.mark.parametrize("value", ["10%", "5 mln EUR"])
    def test_an_amount_is_neither_a_share_nor_in_a_currency_of_its_own(self, value):
        with pytest.raises(SettingsError, match="key_revenue_amount must be an amount of at least 0, such as 5 mln"):
            Settings.from_mapping({"key_revenue_amount": value})

    @pytest.mark.parametrize(("value", "read"), [("0,150", 0.15), ("12,5%", 0.125), ("0.150", 0.15)])
    def test_a_comma_that_can_only_be_decimal_is_read(self, value, read):
        assert Settings.from_mapping({"key_account_limit": value}).key_account_limit == read

    def test_a_year_is_a_whole_number(self):
        assert Settings.from_mapping({"base_year": 2025.0}).base_year == 2025
        with pytest.raises(SettingsError, match=r"base_year must be a whole number from 1990 to 2100, got 2025\.5"):
            Settings.from_mapping({"base_year": 2025.5})

    def test_an_unknown_path_shape_is_refused(self):
        with pytest.raises(SettingsError, match='target_path must be linear or s-shaped, got "round"'):
            Settings.from_mapping({"target_path": "round"})


def from_toml(path):
    return Settings.from_mapping(toml_values(path), where=str(path))


class TestFromToml:
    def test_reads_the_top_level(self, text_file):
        path = text_file("kam.toml", 'key_account_limit = 0.2\ncurrency = "€"\ntarget_path = "s-shaped"\n')
        assert from_toml(path) == Settings(key_account_limit=0.2, currency="€", target_path=PathShape.S_SHAPED)

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"key_account_limit = ", "is not valid TOML"),
            (b"\xff\xfe\x00", "is not valid TOML"),
            (b"limit = 1", "there is no setting limit"),
            (None, "cannot be read"),
        ],
    )
    def test_names_the_file_in_its_errors(self, tmp_path, content, message):
        path = tmp_path / "kam.toml"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(SettingsError, match=message) as caught:
            from_toml(path)
        assert str(caught.value).startswith(str(path))
