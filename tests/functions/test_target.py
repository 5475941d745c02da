from kam_xl.functions.target import KAM_TARGET


def test_one_row_a_year():
    assert KAM_TARGET(1000, 0.1, 0.3, 2, 0.5, "linear", 0.5) == [
        [0, 1000.0, 0.1, 100.0, 50.0],
        [1, 1500.0, 0.2, 300.0, 150.0],
        [2, 2250.0, 0.3, 675.0, 337.5],
    ]


def test_without_a_margin_rate_there_is_no_margin():
    assert KAM_TARGET(1000, 0.1, 0.4)[-1] == [3, 1000.0, 0.4, 400.0]


def test_settings_count_where_arguments_are_left_out():
    settings = [["horizon_years", 5], ["budget_growth", 1]]
    assert KAM_TARGET(1000, 0.1, 0.4, 2, None, None, None, settings)[-1] == [2, 4000.0, 0.4, 1600.0]


def test_the_path_is_named_in_either_language():
    paths = [KAM_TARGET(1000, 0, 0.5, 2, None, path)[1][2] for path in ("S-shaped", "S-образный", "linear")]
    assert paths[0] == paths[2] == 0.25
    assert KAM_TARGET(1000, 0, 0.5, 2, None, "steep") == "#VALUE!"


def test_what_is_unknown_and_what_cannot_be():
    assert KAM_TARGET(None, 0.1, 0.4) == "#N/A"
    assert [
        KAM_TARGET(*given) for given in ((1000, 0.1, 0.4, 9), (-1, 0.1, 0.4), (1000, -0.1, 0.4), (1000, 0.1, 40))
    ] == ["#NUM!"] * 4
    assert KAM_TARGET([1000, 2000], 0.1, 0.4) == "#VALUE!"


def test_a_margin_rate_of_25_is_no_fraction():
    assert KAM_TARGET(1000, 0.1, 0.3, 2, 0, None, 25) == "#NUM!"
    assert KAM_TARGET(1000, 0.1, 0.3, 2, 0, None, 0.25)[0] == [0, 1000.0, 0.1, 100.0, 25.0]
