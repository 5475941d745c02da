"""The functions say of real tables what the rules say: cell by cell, column by column, and all at once."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import load_workbook

from kam_xl.domain.classify import classify
from kam_xl.domain.concentration import hhi, top_share
from kam_xl.domain.measures import is_faulty, penetration
from kam_xl.functions import FUNCTIONS
from kam_xl.locale import joined
from kam_xl.table import read

EXAMPLES = Path(__file__).parents[2] / "examples"


def call(name, *arguments):
    return FUNCTIONS[f"KAM_{name}"].call(*arguments)


def column(values):
    return [[value] for value in values]


def of(rating):
    return rating and rating.value


def known(cells):
    """Answers with None for what is unknown or impossible: the rules tell both so."""
    return [[None if cell in ("#N/A", "#NUM!") else cell for cell in row] for row in cells]


def is_sound(client):
    """Whether the rules and a single function see the same: a function refuses a number that cannot be right."""
    amounts = client.revenue, client.procurement_budget, client.sales_plan
    return all(amount is None or amount >= 0 for amount in amounts) and not is_faulty(penetration, *amounts[:2])


class Case:
    """A table as the rules see it, and as the functions do."""

    def __init__(self, path, lang):
        self.lang, self.read = lang, read(path)
        self.result = classify(self.read.clients())
        self.accounts, self.clients = self.result.accounts, [each.client for each in self.result.accounts]
        rows = load_workbook(str(path)).get_sheet_by_name(self.read.source.sheet).to_python(skip_empty_area=False)
        self.range = [[None if cell == "" else cell for cell in row] for row in rows]
        self.revenue, self.budget = self.column("revenue"), self.column("procurement_budget")

    def column(self, field):
        return column(getattr(client, field) for client in self.clients)

    def label(self, member):
        return None if member is None else member.label.render(self.lang)

    def criteria(self, account):
        return joined([criterion.label for criterion in account.criteria], ", ", self.lang)

    def sound(self, cells):
        return [row for row, client in zip(cells, self.clients, strict=True) if is_sound(client)]


@pytest.fixture(scope="module", params=["clients_en.xlsx", "clients_ru.xlsx", "public"])
def case(request):
    if request.param == "public":
        return Case(request.getfixturevalue("shared") / "data" / "clients_public_it_2019.xlsx", "en")
    return Case(EXAMPLES / request.param, request.param[-7:-5])


def test_columns_of_measures(case):
    assert known(call("PENETRATION", case.revenue, case.budget)) == column(each.penetration for each in case.accounts)
    assert known(call("REVENUE_SHARE", case.revenue)) == column(each.revenue_share for each in case.accounts)
    assert known(call("HEADROOM", case.revenue, case.budget)) == column(each.headroom for each in case.accounts)


def test_columns_of_competitor_shares(case):
    earned = column(each.competitor_revenue for each in case.accounts)
    told = known(call("COMPETITOR_SHARE", earned, case.budget))
    assert told == column(each.competitor_share for each in case.accounts)


def test_columns_of_ratings(case):
    for argument, answers in (
        ("position", call("POSITION", call("PENETRATION", case.revenue, case.budget), None, case.lang)),
        ("potential", call("POTENTIAL", case.budget, None, case.revenue, None, case.lang)),
    ):
        rated = [getattr(each, argument) for each in case.accounts]
        computed = [rating is None or not rating.manual for rating in rated]
        expected = column(case.label(rating and rating.value) for rating in rated)
        pairs = list(zip(known(answers), expected, computed, map(is_sound, case.clients), strict=True))
        assert [told for told, _, by_us, sound in pairs if by_us and sound] == [
            rule for _, rule, by_us, sound in pairs if by_us and sound
        ]


def test_columns_of_strategies(case):
    ratings = [
        column(case.label(value) for value in values)
        for values in (
            [each.position and each.position.value for each in case.accounts],
            [each.potential and each.potential.value for each in case.accounts],
        )
    ]
    met = column(case.criteria(each) for each in case.accounts)
    expected = column(case.label(each.strategy) for each in case.accounts)
    assert known(call("STRATEGY", *ratings, met, case.lang)) == expected


def test_columns_of_criteria(case):
    potential = column(case.label(each.potential and each.potential.value) for each in case.accounts)
    marks = case.column("reference"), case.column("expertise")
    told = call("CLASSIFY", case.revenue, None, case.budget, potential, *marks, None, None, case.lang)
    assert case.sound([[each or "" for each in row] for row in known(told)]) == case.sound(
        column(map(case.criteria, case.accounts))
    )


def test_columns_of_status_and_class(case):
    told = call("STATUS", case.revenue, None, case.column("sales_plan"), None, None, case.lang)
    assert case.sound(known(told)) == case.sound(
        column(case.label(each.status and each.status.value) for each in case.accounts)
    )
    assert known(call("ABC", case.revenue)) == column(each.abc and str(each.abc) for each in case.accounts)


def test_concentration(case):
    revenues = [revenue for (revenue,) in case.revenue]
    assert call("HHI", case.revenue) == hhi(revenues)
    assert call("TOP_SHARE", case.revenue, [[1, 5, 10]]) == [[top_share(revenues, n) for n in (1, 5, 10)]]


def test_the_whole_table(case):
    codes = "client_id, criteria, rank, above_limit, position, potential, strategy, status, abc"
    answer = call("TABLE", case.range, codes, None, case.lang)
    yes = {"en": "Yes", "ru": "Да"}[case.lang]
    assert known(answer[row - 1] for row in case.read.row_numbers) == [
        [
            each.client.client_id,
            case.criteria(each),
            each.rank or "",
            yes if each.above_limit else "",
            *map(case.label, (of(each.position), of(each.potential), each.strategy, of(each.status))),
            each.abc and str(each.abc),
        ]
        for each in case.accounts
    ]


def test_who_is_key(case):
    ids = case.column("client_id")
    once = [ids.count(each) == 1 for each in ids]
    for answers, rule in (
        (call("IS_KEY", ids, case.range), lambda each: each.is_key),
        (call("IS_KEY", ids, case.range, True), lambda each: each.within_limit),
    ):
        expected = [rule(each) if alone else "#N/A" for each, alone in zip(case.accounts, once, strict=True)]
        assert answers == column(expected)


def test_every_client_is_explained(case):
    ids = case.column("client_id")
    told = call("EXPLAIN", ids, case.range, None, case.lang)
    for client_id, (text,), account in zip(ids, told, case.accounts, strict=True):
        arguments = [each.argument.render(case.lang) for each in (account.position, account.potential) if each]
        assert ids.count(client_id) > 1 or all(argument in text for argument in arguments)


def test_single_cells_and_columns_agree(case):
    columns = call("PENETRATION", case.revenue, case.budget)
    assert columns == [[call("PENETRATION", *pair)] for pair in zip(case.revenue, case.budget, strict=True)]


KOPECKS = st.none() | st.integers(-(10**3), 10**9).map(lambda kopecks: kopecks / 100)
AMOUNTS = st.none() | st.floats(-10, 1e9)


@given(st.lists(st.tuples(KOPECKS, KOPECKS), min_size=2))
def test_what_a_column_answers_the_whole_table_answers(pairs):
    revenues, budgets = (column(cells) for cells in zip(*pairs, strict=True))
    table = [["Client ID", "Client", "Revenue", "Budget"], *([f"C{n}", "Alfa", *pair] for n, pair in enumerate(pairs))]
    criteria = call("CLASSIFY", revenues, None, budgets, None, None, None, True)
    potential = call("POTENTIAL", budgets, None, revenues, None, "en")
    value = call("VALUE_AT_STAKE", revenues, budgets)
    answers = call("TABLE", table, "criteria_codes, potential, value_at_stake", None, "en")[1:]
    for pair, *told, (codes, rated, worth) in zip(pairs, criteria, potential, value, answers, strict=True):
        sound = all(amount is None or amount >= 0 for amount in pair) and not is_faulty(penetration, *pair)
        if sound and pair != (None, None):
            assert told == [[codes], [rated], [worth]]


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=2))
def test_cells_columns_and_the_whole_table_agree(pairs):
    revenues, budgets = (column(cells) for cells in zip(*pairs, strict=True))
    positions = call("POSITION", call("PENETRATION", revenues, budgets), None, "en")
    one_by_one = [[call("POSITION", call("PENETRATION", *pair), None, "en")] for pair in pairs]
    table = [["Client ID", "Client", "Revenue", "Budget"], *([f"C{n}", "Alfa", *pair] for n, pair in enumerate(pairs))]
    assert positions == one_by_one == [*map(list, call("TABLE", table, "position", None, "en")[1:])]
