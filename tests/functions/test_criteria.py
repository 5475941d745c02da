from itertools import product

from kam_xl.functions.criteria import KAM_CLASSIFY

EN = (None, None, "en")


class TestClassify:
    def test_criteria_of_one_client_in_the_order_of_the_rules(self):
        assert (
            KAM_CLASSIFY(12, 100, 90, "high", "yes", 2, None, None, "en") == "Revenue, Prospect, Reference, Expertise"
        )
        assert KAM_CLASSIFY(12, 100, 90, "высокий", "да", 2, None, None, "ru") == (
            "Выручка, Перспектива, Референс, Экспертиза"
        )

    def test_codes_instead_of_words(self):
        assert KAM_CLASSIFY(12, 100, 20, "high", "yes", None, True) == "1,3"

    def test_exactly_the_bound_is_not_more_than_it(self):
        assert KAM_CLASSIFY([10, 10.01], 100, None, None, None, None, *EN) == [[""], ["Revenue"]]

    def test_columns_are_measured_against_themselves(self):
        codes = KAM_CLASSIFY([60, 5, 35], None, [100, 900, 50], None, None, None, True)
        assert codes == [["1"], ["2"], ["1"]]

    def test_the_potential_may_come_from_the_settings(self):
        bounds = [["potential_high_from", 100], ["potential_medium_from", 50]]
        assert KAM_CLASSIFY([1, 1], 100, [100, 99], None, None, None, True, bounds) == [["2"], [""]]
        assert KAM_CLASSIFY(1, 100, 100, None, None, None, True, [["prospect_min_budget", 100]]) == "2"

    def test_one_client_without_bounds_of_potential_is_no_prospect(self):
        assert KAM_CLASSIFY(1, 100, 900, None, None, None, True) == ""

    def test_a_column_with_a_mark_above_one_holds_levels(self):
        assert KAM_CLASSIFY([0, 0], 100, None, None, [1, 0], None, True) == [["3"], [""]]
        assert KAM_CLASSIFY([0, 0], 100, None, None, [1, 2], None, True) == [[""], ["3"]]

    def test_a_client_of_whom_nothing_is_known(self):
        assert KAM_CLASSIFY([None, 5], 100, [None, None], None, None, None, True) == [["#N/A"], [""]]
        assert KAM_CLASSIFY(None, 100, None, "high") == "#N/A"  # a potential alone says nothing of a criterion

    def test_wrong_numbers_and_words(self):
        answers = KAM_CLASSIFY(
            [-1, 1, 1, "#REF!"], 100, [1, -1, 1, 1], "high", [None, None, "perhaps", None], None, True
        )
        assert answers == [["#NUM!"], ["#NUM!"], ["#VALUE!"], ["#REF!"]]


def test_of_an_unknown_total_nobody_knows_who_is_key_by_revenue():
    assert KAM_CLASSIFY(12) == "#N/A"
    assert KAM_CLASSIFY(12, None, None, None, "yes") == "#N/A"
    assert KAM_CLASSIFY(12, None, None, None, None, None, True, [["key_revenue_amount", 10]]) == "1"
    assert KAM_CLASSIFY(None, None, None, None, "yes", None, True) == "3"

    def test_a_budget_of_0_meets_no_more_criteria_than_an_unknown_one(self):
        rules = [["prospect_min_budget", 0], ["potential_high_from", 0]]
        for revenue, potential, mark in product((0, 5, 50), (None, "high", "low"), (None, "yes", "no")):
            found = [KAM_CLASSIFY(revenue, 100, budget, potential, mark, None, True, rules) for budget in (None, 0)]
            assert found[0] == found[1]
