"""A table that lost what its plans go by is refused before anything is written."""

import openpyxl
import pytest

from kam_xl import actions
from kam_xl.actions.plans.lost_columns import ChangedIdsError, LostRevenueError
from tests.tables import edited


@pytest.fixture
def without(plans_xlsx):
    """The plans of the small table, a column of which is deleted."""

    def without(letter):
        with edited(plans_xlsx) as book:
            book["Clients"].delete_cols(openpyxl.utils.column_index_from_string(letter))
        return plans_xlsx

    return without


@pytest.mark.parametrize("button", [actions.build_plans, actions.refresh])
def test_plans_whose_ids_are_gone_are_not_doubled(build, without, button):
    path = without("A")
    with pytest.raises(ChangedIdsError) as refused:
        build(path, path, button)
    assert "the plans of 4 clients have other IDs than the client table gives them: Nordwerk (C01, Nordwerk), " in str(
        refused.value
    )


def test_another_id_for_one_client_is_refused_with_both(build, plans_xlsx):
    with edited(plans_xlsx) as book:
        book["Clients"]["A2"] = "X01"
    with pytest.raises(ChangedIdsError, match=r"the plan of 1 client .*: Nordwerk \(C01, X01\)\."):
        build(plans_xlsx, plans_xlsx)


def test_an_old_id_may_go_with_its_client(build, plans_xlsx):
    with edited(plans_xlsx) as book:
        book["Clients"]["A2"], book["Clients"]["B2"] = "X01", "Somebody else"
    assert [each.client_id for each in build(plans_xlsx, plans_xlsx).plans.former] == ["C01"]


@pytest.mark.parametrize("button", [actions.build_plans, actions.refresh, actions.portfolio])
def test_plans_built_with_revenue_are_not_built_without(build, without, button):
    path = without("E")
    with pytest.raises(LostRevenueError):
        build(path, path, button)


def test_the_data_check_still_works_on_such_a_table(build, without):
    path = without("E")
    assert build(path, path, actions.check).findings
