from kam_xl.functions.shares import KAM_COMPETITOR_SHARE, KAM_HEADROOM, KAM_PENETRATION, KAM_REVENUE_SHARE


class TestPenetration:
    def test_one_client(self):
        assert KAM_PENETRATION(30, 120) == 0.25

    def test_a_column_in_a_column_out(self):
        assert KAM_PENETRATION([[30], [150]], [[120], [100]]) == [[0.25], [1.5]]

    def test_unknown_budget_and_no_demand_are_not_available(self):
        assert KAM_PENETRATION([[30], [0]], [[None], [0]]) == [["#N/A"], ["#N/A"]]

    def test_numbers_that_cannot_be_right(self):
        assert KAM_PENETRATION([[-1], [5], [5]], [[10], [0], [-10]]) == [["#NUM!"]] * 3


class TestRevenueShare:
    def test_of_the_whole_column(self):
        assert KAM_REVENUE_SHARE([[10], [30]], [[10], [30], [None], [60]]) == [[0.1], [0.3]]

    def test_of_a_total(self):
        assert KAM_REVENUE_SHARE(10, 100) == 0.1

    def test_of_itself_where_the_total_is_left_out(self):
        assert KAM_REVENUE_SHARE([10, None, 30]) == [[0.25], ["#N/A"], [0.75]]
        assert KAM_REVENUE_SHARE(10) == "#N/A"

    def test_an_error_among_the_revenues_is_no_total(self):
        assert KAM_REVENUE_SHARE(10, [[100], ["#REF!"]]) == "#REF!"

    def test_a_header_among_the_revenues_is_an_error(self):
        assert KAM_REVENUE_SHARE(10, [["Revenue"], [100]]) == "#VALUE!"

    def test_amounts_without_end_do_not_count(self):
        assert KAM_REVENUE_SHARE([10, 1e308], [10, 30, 1e308, 1e308]) == [[0.25], ["#NUM!"]]

    def test_a_share_of_nothing(self):
        assert KAM_REVENUE_SHARE(10, 0) == "#NUM!"


def test_competitor_share():
    assert KAM_COMPETITOR_SHARE([30, None, -1, 5], [120, 120, 120, 0]) == [[0.25], ["#N/A"], ["#NUM!"], ["#NUM!"]]


def test_headroom_is_never_below_zero():
    assert KAM_HEADROOM([30, 150, None, 0], [120, 120, 120, 0]) == [[90], [0], ["#N/A"], [0]]
