import doctest
import importlib
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kam_cells import rows
from kam_udfs import (
    KAM_CLASSIFY,
    KAM_COMPETITOR_SHARE,
    KAM_EXPLAIN,
    KAM_HEADROOM,
    KAM_HHI,
    KAM_PENETRATION,
    KAM_POSITION,
    KAM_POTENTIAL,
    KAM_REVENUE_SHARE,
    KAM_STRATEGY,
    KAM_TOP_SHARE,
    KAM_TRAJECTORY,
)

UDFS = Path(__file__).parents[2] / "udfs"
TABLE = [
    ["Client table 2025", None, None, None],
    ["Client ID", "Client", "Revenue", "Procurement budget"],
    [1.0, "Nordwerk", 60.0, 100.0],
    [2.0, "Alfa", 5.0, 900.0],
    [None, None, None, None],
    [3.0, "Beta", 35.0, 0.0],
    [4.0, "Gamma", "abc", None],
    ["Total", None, 100.0, 1000.0],
]


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

    def test_an_error_among_the_revenues_is_no_total(self):
        assert KAM_REVENUE_SHARE(10, [[100], ["#REF!"]]) == "#REF!"

    def test_a_header_among_the_revenues_is_an_error(self):
        assert KAM_REVENUE_SHARE(10, [["Revenue"], [100]]) == "#VALUE!"


def test_competitor_share():
    assert KAM_COMPETITOR_SHARE([30, None, -1], 120) == [[0.25], ["#N/A"], ["#NUM!"]]


def test_headroom_is_never_below_zero():
    assert KAM_HEADROOM([30, 150], 120) == [[90.0], [0]]


class TestPosition:
    def test_bounds_belong_to_the_better_rating(self):
        answer = KAM_POSITION([0.5, 0.49, 0.2, 0.19, None], None, None, "en")
        assert answer == [["Strong"], ["Medium"], ["Medium"], ["Weak"], ["#N/A"]]

    def test_own_bounds_and_russian(self):
        assert KAM_POSITION([0.4, 0.1], 0.4, 0.1, "ru") == [["Сильная"], ["Средняя"]]

    def test_bounds_in_the_wrong_order(self):
        assert KAM_POSITION(0.4, 0.1, 0.4) == "#NUM!"

    def test_a_negative_index(self):
        assert KAM_POSITION([-0.1, 0.5], None, None, "en") == [["#NUM!"], ["Strong"]]

    def test_an_unknown_language(self):
        assert KAM_POSITION(0.4, None, None, "fr") == "#VALUE!"


class TestPotential:
    def test_by_the_budgets_of_all(self):
        assert KAM_POTENTIAL([40, 30, 20, None], [10, 20, 30, 40, 50, None, -5], None, None, "en") == [
            ["High"],
            ["Medium"],
            ["Low"],
            ["#N/A"],
        ]

    def test_by_amounts(self):
        assert KAM_POTENTIAL([40, 30, 20], None, 40, 30, "ru") == [["Высокий"], ["Средний"], ["Низкий"]]

    def test_without_bounds_it_is_not_available(self):
        assert KAM_POTENTIAL(40) == "#N/A"


class TestStrategy:
    def test_ratings_in_either_language(self):
        assert KAM_STRATEGY(["Strong", "сильная"], ["high", "Высокий"], "en") == [["Defend and extend"]] * 2

    def test_a_missing_rating_gives_no_strategy(self):
        assert KAM_STRATEGY("weak", [[None], ["n/a"], ["#N/A"]]) == [["#N/A"]] * 3

    def test_an_unknown_word(self):
        assert KAM_STRATEGY("weak", "huge") == "#VALUE!"

    def test_it_takes_what_the_other_functions_give(self):
        position, potential = KAM_POSITION(0.1, None, None, "ru"), KAM_POTENTIAL(40, None, 40, 30, "ru")
        assert KAM_STRATEGY(position, potential, "en") == "Attack or ally (subcontract, coexist)"


class TestClassify:
    def test_rows_stand_beside_their_clients(self):
        assert KAM_CLASSIFY(TABLE, None, "en") == [
            [None] * 7,
            ["Criteria met", "Rank", "Above the limit", "Position", "Potential", "Strategy", "Status"],
            ["Revenue", 2, "Yes", "Strong", "Medium", "Hold", "Actual"],
            ["Prospect", 1, None, "Weak", "High", "Attack or ally (subcontract, coexist)", "Actual"],
            [None] * 7,
            ["Revenue", 3, "Yes", None, None, None, "Actual"],
            [None] * 7,
            [None] * 7,
        ]

    def test_settings_change_the_rules(self):
        answer = KAM_CLASSIFY(TABLE, [["key_revenue_share", 0.6], ["position_strong_from", 0.7]], "en")
        assert [row[0] for row in answer[2:6]] == [None, "Prospect", None, None]
        assert answer[2][3] == "Medium"

    def test_wrong_settings(self):
        assert KAM_CLASSIFY(TABLE, [["key_account_limit", 7]]) == "#NUM!"

    def test_cells_with_a_currency_format_come_as_decimals(self):
        table = [["Client", "Revenue", "Budget"], ["Alfa", Decimal(5), 20.0], ["Beta", 50.0, Decimal(60)]]
        assert [row[3] for row in KAM_CLASSIFY(table, None, "en")] == ["Position", "Medium", "Strong"]

    def test_a_range_that_is_no_client_table(self):
        assert KAM_CLASSIFY([["a", "b"], [1, 2]]) == "#VALUE!"

    def test_a_range_without_clients(self):
        assert KAM_CLASSIFY(TABLE[:2]) == "#VALUE!"


class TestExplain:
    def test_by_name_or_id(self):
        said = [
            ["Revenue: 60% of all revenue (60 of 100) is more than 10%."],
            ["Position strong: penetration 60% (60 of 100) is at least 50%."],
            [
                "Potential medium: procurement budget 100 is at least 100 (percentile 50 of the known budgets) "
                "and below 900 (percentile 80 of the known budgets)."
            ],
            ["Actual account: 60% of all revenue (60 of 100) is at least 1%."],
        ]
        assert KAM_EXPLAIN(TABLE, "nordwerk", None, "en") == said
        assert KAM_EXPLAIN(TABLE, 1.0, None, "en") == said

    def test_what_is_wrong_with_the_row_is_told_last(self):
        assert KAM_EXPLAIN(TABLE, "Beta", None, "en")[-1][0].startswith("Procurement budget: ")
        assert KAM_EXPLAIN(TABLE, "Gamma", None, "en")[-1][0].startswith("Revenue: ")

    def test_no_such_client(self):
        assert KAM_EXPLAIN(TABLE, "Delta") == "#N/A"
        assert KAM_EXPLAIN(TABLE, None) == "#N/A"

    def test_why_the_table_or_the_settings_cannot_be_used(self):
        assert KAM_EXPLAIN([["a", "b"]], "Alfa", None, "en").startswith("no header of a client table was found")
        assert KAM_EXPLAIN(TABLE[:2], "Alfa", None, "en").startswith("the table has no clients. Enter the clients")
        assert KAM_EXPLAIN(TABLE, "Alfa", [["key_acount_limit", 0.2]], "en") == (
            "there is no setting key_acount_limit, perhaps key_account_limit is meant."
        )


class TestConcentration:
    def test_top_share(self):
        assert KAM_TOP_SHARE([50, 30, 20, None, -5]) == 0.5
        assert KAM_TOP_SHARE([50, 30, 20], 2) == 0.8

    def test_top_of_nobody(self):
        assert KAM_TOP_SHARE([50, 30], 0) == "#NUM!"
        assert KAM_TOP_SHARE([None, None]) == "#N/A"

    def test_hhi(self):
        assert KAM_HHI([50, 50]) == 0.5
        assert KAM_HHI([50, 50], True) == 0.0
        assert KAM_HHI([50], True) == "#N/A"

    def test_amounts_without_end_do_not_count(self):
        assert KAM_HHI([50, 50, 1e308, 1e308]) == 0.5
        assert KAM_REVENUE_SHARE([10, 1e308], [10, 30, 1e308, 1e308]) == [[0.25], ["#NUM!"]]


class TestTrajectory:
    def test_one_row_a_year(self):
        assert KAM_TRAJECTORY(1000, 0.1, 0.3, 2, 0.5, "linear", 0.5) == [
            [0, 1000.0, 0.1, 100.0, 50.0],
            [1, 1500.0, 0.2, 300.0, 150.0],
            [2, 2250.0, 0.3, 675.0, 337.5],
        ]

    def test_defaults(self):
        assert KAM_TRAJECTORY(1000, 0.1, 0.4)[-1] == [3, 1000.0, 0.4, 400.0, None]

    def test_unknown_budget_and_wrong_horizon(self):
        assert KAM_TRAJECTORY(None, 0.1, 0.4) == "#N/A"
        assert KAM_TRAJECTORY(1000, 0.1, 0.4, 9) == "#NUM!"

    def test_numbers_that_cannot_be_right(self):
        assert KAM_TRAJECTORY(-1000, 0.1, 0.4) == "#NUM!"
        assert KAM_TRAJECTORY(1000, -0.1, 0.4) == "#NUM!"
        assert KAM_TRAJECTORY(1000, 0.1, 40) == "#NUM!"


AMOUNTS = st.none() | st.floats(-10, 1e9)


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=1))
def test_cells_columns_and_the_whole_table_agree(pairs):
    revenues, budgets = ([[cell] for cell in column] for column in zip(*pairs, strict=True))
    positions = KAM_POSITION(KAM_PENETRATION(revenues, budgets), None, None, "en")
    one_by_one = [KAM_POSITION(KAM_PENETRATION(*pair), None, None, "en") for pair in pairs]
    table = [["Client ID", "Client", "Revenue", "Budget"], *([f"C{n}", "Alfa", *pair] for n, pair in enumerate(pairs))]
    classified = [row[3] for row in KAM_CLASSIFY(table, None, "en")[1:]]
    assert [row[0] for row in rows(positions)] == one_by_one
    assert [None if answer.startswith("#") else answer for answer in one_by_one] == classified


def test_the_functions_need_neither_pandas_nor_a_file_library():
    code = (
        "import sys\n"
        "sys.modules.update(dict.fromkeys(['pandas', 'numpy', 'openpyxl', 'python_calamine', 'pyarrow']))\n"
        f"sys.path.insert(0, {str(UDFS)!r})\n"
        "import kam_udfs\n"
        f"assert kam_udfs.KAM_CLASSIFY({TABLE!r}, None, 'en')[2][0] == 'Revenue'\n"
        "assert kam_udfs.KAM_EXPLAIN([['Client', 'Revenue'], ['A', 1]], 'A') != '#N/A'\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


@pytest.mark.parametrize("name", ["kam_udfs", "kam_cells"])
def test_the_examples_in_the_texts_run(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
