import pytest

from kam_xl.domain.errors import SettingsError
from kam_xl.domain.settings import DEFAULTS, Settings
from kam_xl.functions.arguments import ArgumentError
from kam_xl.functions.options import settings_of, spoken

SHEET = [["Setting", "Value", "Meaning"], ["key_revenue_share", 0.2, "…"], ["abc_a", None, "…"], [None, None, None]]


class TestSettings:
    def test_left_out_they_are_the_defaults(self):
        assert settings_of(None) is DEFAULTS
        assert settings_of([[None, None]]) == settings_of([[None]]) == DEFAULTS

    def test_names_and_values_in_two_columns_of_a_sheet(self):
        assert settings_of(SHEET) == Settings(key_revenue_share=0.2)
        assert settings_of([["key_revenue_amount", "5 mln"]]) == Settings(key_revenue_amount=5_000_000)

    def test_arguments_of_their_own_go_before_the_range(self):
        given = settings_of([["horizon_years", 5.0], ["budget_growth", 0.1]], horizon_years=2.0, budget_growth=None)
        assert (given.horizon_years, given.budget_growth) == (2, 0.1)

    def test_an_unknown_name_is_a_wrong_value(self):
        with pytest.raises(ArgumentError, match="#VALUE!"):
            settings_of([["key_acount_limit", 0.2]])

    def test_a_value_out_of_range_is_refused(self):
        with pytest.raises(SettingsError):
            settings_of([["key_account_limit", 7.0]])

    def test_an_error_among_the_values_comes_through(self):
        with pytest.raises(ArgumentError, match="#NAME"):
            settings_of([["key_account_limit", "#NAME?"]])

    def test_true_is_not_taken_for_one(self):
        assert settings_of([["key_account_limit", 1.0]]).key_account_limit == 1
        with pytest.raises(SettingsError):
            settings_of([["key_account_limit", True]])

    def test_one_column_is_no_range_of_settings(self):
        with pytest.raises(ArgumentError, match="#VALUE!"):
            settings_of([[0.2], [0.3]])


class TestLanguage:
    def test_the_argument_goes_before_the_settings(self):
        assert spoken("en", [["language", "ru"]]) == "en"
        assert spoken(None, [["language", "ru"]]) == "ru"

    def test_it_may_be_named_in_words(self):
        assert [spoken(word) for word in ("RU", "Русский", "english")] == ["ru", "ru", "en"]

    def test_an_unknown_one_is_a_wrong_value(self):
        with pytest.raises(ArgumentError, match="#VALUE!"):
            spoken("fr")

    def test_the_settings_may_hold_it_beside_the_rules(self):
        assert settings_of([["language", "ru"], ["abc_b", 0.9]]) == Settings(abc_b=0.9)
