import pytest

from kam_xl.domain.bounds import at_least, more_than, whole_down, whole_up


@pytest.mark.parametrize(
    ("value", "reached", "exceeded"),
    [
        (0.09999, False, False),
        (0.1, True, False),
        (1 - 0.9, True, False),
        (0.1 + 1e-17, True, False),
        (0.10001, True, True),
    ],
)
def test_a_bound_is_met_as_a_person_reads_it(value, reached, exceeded):
    assert (at_least(value, 0.1), more_than(value, 0.1)) == (reached, exceeded)


def test_a_bound_of_zero_is_exact():
    assert (at_least(0, 0), more_than(0, 0), more_than(1e-300, 0), at_least(-1e-300, 0)) == (True, False, True, False)


@pytest.mark.parametrize(
    ("number", "down", "up"), [(29.0, 29, 29), (0.29 * 100, 29, 29), (0.07 * 100, 7, 7), (2.4, 2, 3)]
)
def test_whole_numbers_are_free_of_floating_point_noise(number, down, up):
    assert (whole_down(number), whole_up(number)) == (down, up)
