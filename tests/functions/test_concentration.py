from kam_xl.functions.concentration import KAM_ABC, KAM_HHI, KAM_TOP_SHARE


class TestHHI:
    def test_of_shares(self):
        assert KAM_HHI([50, 50, None, -5]) == 0.5

    def test_normalised(self):
        assert KAM_HHI([50, 50], True) == 0.0
        assert KAM_HHI([50], True) == "#N/A"

    def test_of_nobody(self):
        assert KAM_HHI([None, 0]) == "#N/A"

    def test_amounts_without_end_do_not_count(self):
        assert KAM_HHI([50, 50, 1e308, 1e308]) == 0.5


class TestTopShare:
    def test_of_the_largest(self):
        assert KAM_TOP_SHARE([50, 30, 20, None, -5]) == 0.5
        assert KAM_TOP_SHARE([50, 30, 20], 2) == 0.8

    def test_several_at_once(self):
        assert KAM_TOP_SHARE([50, 30, 20], [[1, 2, 10]]) == [[0.5, 0.8, 1.0]]

    def test_of_no_whole_number_of_clients(self):
        assert KAM_TOP_SHARE([50, 30], [0, 1.5, "x"]) == [["#NUM!"], ["#NUM!"], ["#VALUE!"]]

    def test_of_nobody(self):
        assert KAM_TOP_SHARE([None, None]) == "#N/A"


class TestABC:
    def test_of_the_column_itself(self):
        assert KAM_ABC([80, 15, 5, None, 0]) == [["A"], ["B"], ["C"], ["#N/A"], ["C"]]

    def test_of_one_among_all(self):
        assert KAM_ABC([15, 7], [80, 15, 5]) == [["B"], ["#N/A"]]

    def test_own_bounds(self):
        assert KAM_ABC([80, 15, 5], None, [["abc_a", 0.5], ["abc_b", 0.7]]) == [["A"], ["C"], ["C"]]


def test_an_error_in_place_of_the_column_comes_through():
    assert (KAM_ABC(30, "#DIV/0!"), KAM_HHI("#DIV/0!"), KAM_TOP_SHARE([5, 6], "#DIV/0!")) == ("#DIV/0!",) * 3
