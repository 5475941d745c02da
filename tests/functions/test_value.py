from kam_xl.functions.value import KAM_CAGR, KAM_GROUP_PENETRATION, KAM_LIMIT, KAM_VALUE_AT_STAKE


class TestValueAtStake:
    def test_is_revenue_and_the_attainable_gain(self):
        assert KAM_VALUE_AT_STAKE([10, 30, 85], 100) == [[20.0], [50.0], [90.0]]

    def test_follows_a_persons_own_position(self):
        assert KAM_VALUE_AT_STAKE(10, 100, ["weak", "Средняя", "strong"]) == [[20.0], [40.0], [20.0]]

    def test_is_the_revenue_where_the_budget_is_unknown(self):
        assert KAM_VALUE_AT_STAKE([10, None, 10], [None, None, "#REF!"]) == [[10.0], ["#N/A"], ["#REF!"]]

    def test_of_amounts_that_cannot_be_right(self):
        assert KAM_VALUE_AT_STAKE([-1, 5, 5], [100, 0, -1]) == [["#NUM!"], ["#NUM!"], ["#NUM!"]]

    def test_follows_the_settings(self):
        assert KAM_VALUE_AT_STAKE(10, 100, None, [["horizon_years", 2], ["budget_growth", 0.5]]) == 45.0


class TestGroupPenetration:
    def test_is_a_ratio_of_sums_over_the_known_budgets(self):
        assert KAM_GROUP_PENETRATION([10, 30, 60], [100, 60, None]) == 0.25

    def test_tells_its_coverage_in_a_row(self):
        assert KAM_GROUP_PENETRATION([10, 30, 60], [100, 60, None], True) == [[0.25, 2, 3, 0.4]]

    def test_the_share_of_a_group_without_revenue_is_unknown(self):
        assert KAM_GROUP_PENETRATION([0, 0], [100, 60], True) == [[0, 2, 2, "#N/A"]]

    def test_of_columns_that_do_not_fit(self):
        assert KAM_GROUP_PENETRATION([10, 30], [100]) == "#VALUE!"

    def test_of_unknown_budgets(self):
        assert KAM_GROUP_PENETRATION([10, 30], [None, None], True) == "#N/A"


class TestGrowth:
    def test_is_compound(self):
        assert KAM_CAGR(100, [[400, 100, 0]], 2) == [[1.0, 0.0, -1.0]]

    def test_of_what_cannot_be(self):
        assert KAM_CAGR([0, 100, 100, None], [5, -5, 5, 5], [1, 1, 0, 1]) == [["#NUM!"], ["#NUM!"], ["#NUM!"], ["#N/A"]]


class TestLimit:
    def test_is_a_share_of_the_clients_and_at_least_one(self):
        assert [KAM_LIMIT(count) for count in (1, 13, 14, 100)] == [1, 1, 2, 15]

    def test_counts_a_column_without_its_blanks(self):
        assert KAM_LIMIT([*["x"] * 14, None, ""]) == 2

    def test_set_to_nothing_allows_none(self):
        assert KAM_LIMIT(40, [["key_account_limit", 0]]) == 0

    def test_of_no_number_of_clients(self):
        assert (KAM_LIMIT(None), KAM_LIMIT(1.5), KAM_LIMIT(-3), KAM_LIMIT(float("nan"))) == ("#N/A", *["#NUM!"] * 3)
