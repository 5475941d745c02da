import pytest

from kam_xl.domain.model import Position, Potential
from kam_xl.domain.strategy import strategy

HIGH, MEDIUM, LOW = Potential


def test_the_matrix_is_that_of_section_4():
    assert [[str(strategy(position, potential)) for potential in Potential] for position in Position] == [
        ["defend and extend", "hold", "harvest"],
        ["invest to grow", "grow selectively", "maintain"],
        ["attack or ally", "test", "leave to inside sales"],
    ]


@pytest.mark.parametrize("ratings", [(None, HIGH), (Position.WEAK, None), (None, None)])
def test_there_is_no_strategy_where_a_rating_is_missing(ratings):
    assert strategy(*ratings) is None
