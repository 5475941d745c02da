import gc
from datetime import date, datetime
from decimal import Decimal

import pytest

from kam_xl.domain.settings import DEFAULTS
from kam_xl.functions import known_table
from kam_xl.functions.answers import COLUMNS
from kam_xl.functions.clients import KAM_EXPLAIN, KAM_IS_KEY, KAM_TABLE
from kam_xl.locale import LANGUAGES
from kam_xl.table import read_grid

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


class TestTable:
    def test_rows_stand_beside_their_clients(self):
        assert KAM_TABLE(TABLE, None, None, "en") == [
            ("",) * 7,
            ("Criteria met", "Rank", "Above the limit", "Position", "Potential", "Strategy", "Status"),
            ("Revenue", 1, "", "Strong", "Medium", "Hold", "Current"),
            ("Prospect", 3, "Yes", "Weak", "High", "Attack or ally (subcontract, coexist)", "Current"),
            ("",) * 7,
            ("Revenue", 2, "Yes", "#NUM!", "#NUM!", "#NUM!", "Current"),
            ("", "", "", "#N/A", "#N/A", "#N/A", "#N/A"),
            ("",) * 7,
        ]

    def test_columns_by_code_or_by_title_in_either_language(self):
        for named in ("is_key, penetration", "Key account; Индекс проникновения", [["is_key", "Penetration index"]]):
            answer = KAM_TABLE(TABLE, named, None, "en")
            assert answer[1:4] == [("Key account", "Penetration index"), (True, 0.6), (True, pytest.approx(5 / 900))]

    def test_a_blank_title_leaves_its_column_blank(self):
        assert KAM_TABLE(TABLE, [["rank", None, "abc"]], None, "en")[1:3] == [("Rank", "", "ABC class"), (1, "", "A")]

    def test_what_is_done_to_an_answer_changes_no_later_one(self):
        first = KAM_TABLE(TABLE, "rank", None, "en")
        first.clear()
        assert KAM_TABLE(TABLE, "rank", None, "en")[1:3] == [("Rank",), (1,)]

    def test_no_cycles_are_searched_for_among_the_rows_of_an_answer(self):
        table = (("Client", "Revenue"), *((f"Client {at}", float(at)) for at in range(5000)))
        searches = []
        gc.callbacks.append(lambda phase, info: searches.append(info["generation"]) if phase == "start" else None)
        try:
            KAM_TABLE(table, "rank, position", None, "en")
        finally:
            gc.callbacks.pop()
        assert len(searches) < 3

    def test_blank_titles_alone_are_none(self):
        assert KAM_TABLE(TABLE, [[None, ""]], None, "en") == KAM_TABLE(TABLE, None, None, "en")

    def test_an_unknown_column(self):
        assert KAM_TABLE(TABLE, "rank, profit") == "#VALUE!"

    def test_every_column_answers_every_client(self):
        for lang in LANGUAGES:
            answer = KAM_TABLE(TABLE, [list(COLUMNS)], None, lang)
            assert {type(cell) for row in answer for cell in row} <= {str, int, float, bool}
            assert len(set(answer[1])) == len(COLUMNS)

    def test_settings_change_the_rules(self):
        answer = KAM_TABLE(TABLE, None, [["key_revenue_share", 0.6], ["position_strong_from", 0.7]], "en")
        assert [row[0] for row in answer[2:6]] == ["", "Prospect", "", ""]
        assert answer[2][3] == "Medium"

    def test_wrong_settings(self):
        assert KAM_TABLE(TABLE, None, [["key_account_limit", 7]]) == "#NUM!"

    def test_cells_with_a_currency_format_come_as_decimals(self):
        table = [["Client", "Revenue", "Budget"], ["Alfa", Decimal(5), 20.0], ["Beta", 50.0, Decimal(60)]]
        assert KAM_TABLE(table, "position", None, "en") == [("Position",), ("Medium",), ("Strong",)]

    def test_dates_of_budgets_are_read(self):
        table = [["Client", "Revenue", "Budget", "Budget date"], ["Alfa", 5.0, 20.0, datetime(2020, 5, 6)]]
        assert "dated 2020-05-06 (older than 12 months)" in KAM_TABLE(table, "arguments", None, "en")[1][0]

    def test_a_range_that_is_no_client_table(self):
        assert KAM_TABLE([["a", "b"], [1, 2]]) == "#VALUE!"
        assert KAM_TABLE(TABLE[2:]) == "#VALUE!"

    def test_a_range_without_clients(self):
        assert KAM_TABLE(TABLE[:2]) == "#VALUE!"

    def test_true_is_not_taken_for_one_where_marks_are_levels(self):
        def codes(mark):
            table = [["Client", "Revenue", "Reference"], ["Alfa", 1.0, mark], ["Beta", 0.0, 3.0], ["Gamma", 99.0, None]]
            return KAM_TABLE(table, "criteria_codes")[1]

        assert [codes(1.0), codes(True), codes(1.0)] == [("",), ("3",), ("",)]

    def test_a_goal_of_which_nothing_is_known_is_not_available(self):
        table = [["Client", "Reference", "Revenue"], ["Nordwerk", "yes", None], ["Alfa", None, 5]]
        assert [row[0] for row in KAM_TABLE(table, "goal", None, "en")[1:]] == ["#N/A", 5]


class TestIsKey:
    def test_a_client_that_meets_a_criterion_is_key(self):
        assert KAM_IS_KEY([1.0, 2.0, 3.0, 4.0], TABLE) == [[True], [True], [True], [False]]

    def test_one_above_the_limit_is_told_apart(self):
        assert KAM_IS_KEY([1.0, 2.0, 3.0, 4.0], TABLE, True) == [[True], [False], [False], [False]]

    def test_by_name_or_id_without_letter_case(self):
        assert KAM_IS_KEY([["alfa", "2", 2.0, " Alfa "]], TABLE) == [[True] * 4]

    def test_a_wider_limit(self):
        assert KAM_IS_KEY([1.0, 2.0, 3.0], TABLE, True, [["key_account_limit", 0.5]]) == [[True], [False], [True]]

    def test_who_is_not_in_the_table(self):
        assert KAM_IS_KEY(["Delta", None, "#REF!"], TABLE) == [["#N/A"], ["#N/A"], ["#REF!"]]

    def test_a_name_that_several_clients_have(self):
        table = [["Client ID", "Client", "Revenue"], ["A", "Nord", 5.0], ["B", "Nord", 90.0]]
        assert KAM_IS_KEY(["Nord", "B"], table) == [["#N/A"], [True]]

    def test_no_client_table(self):
        assert KAM_IS_KEY("Alfa", [["a", "b"]]) == "#VALUE!"


class TestExplain:
    def test_by_name_or_id(self):
        said = (
            "Revenue: 60% of all revenue (60 of 100) is more than 10%. "
            "Position strong: penetration 60% (60 of 100) is at least 50%. "
            "Potential medium: procurement budget 100 is at least 100 (the 50th percentile of the known budgets) "
            "and below 900 (the 80th percentile of the known budgets). "
            "Current account: 60% of all revenue (60 of 100) is at least 1%. "
            "Protect the income: 60% of all revenue depends on this client. "
            "Watch contract dates, build a second circle of contacts, act as soon as revenue falls."
        )
        assert KAM_EXPLAIN(["nordwerk", 1.0], TABLE, None, "en") == [[said], [said]]

    def test_what_is_wrong_with_the_row_is_told_last(self):
        assert "Procurement budget: " in KAM_EXPLAIN("Beta", TABLE, None, "en")
        told = KAM_EXPLAIN("Gamma", TABLE, None, "en")
        assert told.startswith("Not by revenue: revenue is unknown. Not a prospect: procurement budget is unknown. ")
        assert 'not marked as such. Revenue: "abc" is not a number. ' in told

    def test_no_such_client(self):
        assert KAM_EXPLAIN(["Delta", None], TABLE) == [["#N/A"], ["#N/A"]]

    def test_a_name_that_several_clients_have(self):
        table = [["Client ID", "Client", "Revenue"], ["A", "Nord", 5.0], ["B", "Nord", 90.0]]
        assert KAM_EXPLAIN("Nord", table, None, "en").startswith("Several clients of the table are called nord")

    def test_why_the_table_or_the_settings_cannot_be_used(self):
        assert KAM_EXPLAIN("Alfa", [["a", "b"]], None, "en").startswith(
            "no column of clients was found in row 1 (a, b)."
        )
        assert KAM_EXPLAIN("Alfa", TABLE[:2], None, "en").startswith("the table has no clients. Enter the clients")
        assert KAM_EXPLAIN("Alfa", TABLE, [["key_account_limit", 7]], "en") == (
            "key_account_limit must be from 0 to 1, got 7: 7% is 0.07."
        )


def test_a_table_is_classified_once_and_anew_when_a_cell_changes(monkeypatch):
    read = []
    monkeypatch.setattr(known_table, "read_grid", lambda *given, **more: read.append(1) or read_grid(*given, **more))
    known_table._known_table.cache_clear()
    changed = [*TABLE[:2], [1.0, "Nordwerk", 61.0, 100.0], *TABLE[3:]]
    for table in (TABLE, TABLE, changed):
        KAM_IS_KEY("Alfa", table)
    assert len(read) == 2


def test_tomorrow_the_table_is_classified_anew(monkeypatch):
    class Tomorrow(date):
        @classmethod
        def today(cls):
            return cls(2100, 1, 1)

    table = [["Client", "Revenue", "Budget", "Budget date"], ["Alfa", 5.0, 20.0, datetime.now()]]
    assert "older" not in KAM_EXPLAIN("Alfa", table, None, "en")
    monkeypatch.setattr(known_table, "date", Tomorrow)
    assert "older" in KAM_EXPLAIN("Alfa", table, None, "en")


def test_what_is_known_of_a_table_is_not_searched_for_cycles_as_if_it_were_young():
    known_table._known_table.cache_clear()
    gc.unfreeze()  # what commands that ran in this process froze
    whole = known_table.known_table(TABLE, DEFAULTS).classification
    assert any(each is whole for each in gc.get_objects(generation=2))


def test_what_the_host_spared_the_search_for_cycles_stays_so():
    known_table._known_table.cache_clear()
    gc.freeze()
    try:
        KAM_TABLE(TABLE)
        assert gc.get_freeze_count()
        assert gc.isenabled()
    finally:
        gc.unfreeze()
