from kam_xl.functions.ratings import KAM_CLASSIFY, KAM_POSITION, KAM_POTENTIAL, KAM_STATUS, KAM_STRATEGY

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


class TestStatus:
    def test_by_the_plan_before_revenue(self):
        assert KAM_STATUS([10, 10, 9], 1000, [None, 4, 10], 1000, None, "en") == [["Actual"], ["Potential"], ["Actual"]]

    def test_of_the_column_itself(self):
        assert KAM_STATUS([99, 1, 0, None], None, None, None, None, "en") == [
            ["Actual"],
            ["Actual"],
            ["Potential"],
            ["#N/A"],
        ]

    def test_own_bound(self):
        assert KAM_STATUS(10, 1000, None, None, [["actual_min_share", 0.02]], "ru") == "Потенциальный"

    def test_numbers_that_cannot_be_right(self):
        assert KAM_STATUS([-1, 1], 1000, [None, -1], 1000) == [["#NUM!"], ["#NUM!"]]


class TestPosition:
    def test_bounds_belong_to_the_better_rating(self):
        answer = KAM_POSITION([0.5, 0.49, 0.2, 0.19, None], None, "en")
        assert answer == [["Strong"], ["Medium"], ["Medium"], ["Weak"], ["#N/A"]]

    def test_own_bounds_and_russian(self):
        bounds = [["position_strong_from", 0.4], ["position_medium_from", 0.1]]
        assert KAM_POSITION([0.4, 0.1], bounds, "ru") == [["Сильная"], ["Средняя"]]

    def test_bounds_in_the_wrong_order(self):
        assert KAM_POSITION(0.4, [["position_strong_from", 0.1], ["position_medium_from", 0.4]]) == "#NUM!"

    def test_a_negative_index(self):
        assert KAM_POSITION([-0.1, 0.5], None, "en") == [["#NUM!"], ["Strong"]]

    def test_an_unknown_language(self):
        assert KAM_POSITION(0.4, None, "fr") == "#VALUE!"


class TestPotential:
    def test_by_the_budgets_of_all(self):
        assert KAM_POTENTIAL([40, 30, 20, None], [10, 20, 30, 40, 50, None, -5], None, "en") == [
            ["High"],
            ["Medium"],
            ["Low"],
            ["#N/A"],
        ]

    def test_of_the_column_itself(self):
        assert KAM_POTENTIAL([10, 20, 30, 40, 50], None, None, "en")[3:] == [["High"], ["High"]]

    def test_by_amounts(self):
        bounds = [["potential_high_from", 40], ["potential_medium_from", 30]]
        assert KAM_POTENTIAL([40, 30, 20, 0, -1], None, bounds, "ru") == [
            *(["Высокий"], ["Средний"], ["Низкий"], ["Низкий"], ["#NUM!"]),
        ]

    def test_without_bounds_it_is_not_available(self):
        assert KAM_POTENTIAL(40) == "#N/A"


class TestStrategy:
    def test_ratings_in_either_language(self):
        assert KAM_STRATEGY(["Strong", "сильная"], ["high", "Высокий"], "en") == [["Defend and extend"]] * 2

    def test_a_missing_rating_gives_no_strategy(self):
        assert KAM_STRATEGY("weak", [[None], ["n/a"], ["#N/A"]]) == [["#N/A"]] * 3

    def test_an_unknown_word(self):
        assert KAM_STRATEGY("weak", ["huge", 5.0]) == [["#VALUE!"], ["#VALUE!"]]

    def test_it_takes_what_the_other_functions_give(self):
        position = KAM_POSITION(0.1, None, "ru")
        potential = KAM_POTENTIAL(40, [10, 20, 30, 40], None, "ru")
        assert KAM_STRATEGY(position, potential, "en") == "Attack or ally (subcontract, coexist)"
