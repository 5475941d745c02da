"""The blue columns say what a build says, whatever stands in the row."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from drawing.key_accounts.example_values import Totals, with_values
from kam_xl.domain.classify import classify
from kam_xl.domain.model import Client, Position

AMOUNTS = st.sampled_from([None, -5.0, 0.0, 4.0, 5.0, 60.0, 100.0])
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "client": st.just("x"),
            "revenue": AMOUNTS,
            "procurement_budget": AMOUNTS,
            "sales_plan": AMOUNTS,
            "position": st.sampled_from([None, "Strong"]),
            "reference": st.sampled_from([None, 0, 1, 3]),
        }
    ),
    min_size=1,
    max_size=6,
)


def said(account):
    def label(rating):
        return rating.value.label.render("en") if rating else ""

    return {
        "rated_position": label(account.position),
        "rated_potential": label(account.potential),
        "criteria": ", ".join(each.label.render("en") for each in account.criteria),
        "strategy": account.strategy.label.render("en") if account.strategy else "",
        "status": label(account.status),
    }


@given(ROWS)
def test_a_wrong_number_in_a_row_is_no_error_of_the_columns_that_do_not_need_it(rows):
    clients = [
        Client(str(number), **{**row, "position": Position.STRONG if row["position"] else None})
        for number, row in enumerate(rows)
    ]
    accounts = classify(clients, today=date(2026, 6, 1)).accounts
    totals = Totals.of(rows)
    shown = [with_values(row, totals, "en") for row in rows]
    assert [
        {name: row[name] or "" for name in said(account)} for row, account in zip(shown, accounts, strict=True)
    ] == [said(account) for account in accounts]
