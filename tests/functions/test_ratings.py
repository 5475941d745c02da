from kam_xl.functions.ratings import KAM_POSITION, KAM_POTENTIAL, KAM_STATUS, KAM_STRATEGY


class TestStatus:
    def test_by_the_plan_before_revenue(self):
        assert KAM_STATUS([10, 10, 9], 1000, [None, 4, 10], 1000, None, "en") == [
            ["Current"],
            ["Potential"],
            ["Current"],
        ]

    def test_of_the_column_itself(self):
        assert KAM_STATUS([99, 1, 0, None], None, None, None, None, "en") == [
            ["Current"],
            ["Current"],
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
        assert KAM_POTENTIAL([40, 30, 20, None], [10, 20, 30, 40, 50, None, -5], None, None, "en") == [
            ["High"],
            ["Medium"],
            ["Low"],
            ["#N/A"],
        ]

    def test_of_the_column_itself(self):
        assert KAM_POTENTIAL([10, 20, 30, 40, 50], None, None, None, "en")[3:] == [["High"], ["High"]]

    def test_by_amounts(self):
        bounds = [["potential_high_from", 40], ["potential_medium_from", 30]]
        assert KAM_POTENTIAL([40, 30, 20, 0, -1], None, None, bounds, "ru") == [
            *(["Высокий"], ["Средний"], ["Низкий"], ["Низкий"], ["#NUM!"]),
        ]

    def test_without_bounds_it_is_not_available(self):
        assert KAM_POTENTIAL(40) == "#N/A"

    def test_budgets_of_nothing_move_no_bound(self):
        assert KAM_POTENTIAL(20, [0, 0, 0, 10, 20, 30, 40, 50], None, None, "en") == "Low"

    def test_is_never_high_below_a_considerable_share_of_our_revenue(self):
        assert KAM_POTENTIAL(50, [10, 20, 30, 40, 50], [2000, 4000], None, "en") == "Medium"

    def test_an_error_in_place_of_the_budgets_comes_through(self):
        assert KAM_POTENTIAL(40, "#DIV/0!") == "#DIV/0!"


class TestStrategy:
    def test_ratings_in_either_language(self):
        assert KAM_STRATEGY(["Strong", "сильная"], ["high", "Высокий"], None, "en") == [["Defend and extend"]] * 2

    def test_a_missing_rating_gives_no_strategy(self):
        assert KAM_STRATEGY("weak", [[None], ["n/a"], ["#N/A"]]) == [["#N/A"]] * 3

    def test_an_unknown_word(self):
        assert KAM_STRATEGY("weak", ["huge", 5.0]) == [["#VALUE!"], ["#VALUE!"]]
        assert KAM_STRATEGY("weak", "low", "huge") == "#VALUE!"

    def test_a_key_account_is_never_left_to_inside_sales(self):
        met = [["", "4", 3.0, "Revenue; Экспертиза"]]
        assert KAM_STRATEGY("weak", "low", met, "en") == [["Leave to inside sales", *["Maintain"] * 3]]

    def test_it_takes_what_the_other_functions_give(self):
        position = KAM_POSITION(0.1, None, "ru")
        potential = KAM_POTENTIAL(40, [10, 20, 30, 40], None, None, "ru")
        assert KAM_STRATEGY(position, potential, None, "en") == "Attack or ally (subcontract, coexist)"
