import errno
import os

import pytest

from kam_xl.errors import KamError, system_reason
from kam_xl.locale import Text


def test_an_error_says_where_what_got_and_remedy_in_both_languages():
    error = KamError(
        Text("the file is empty"), where="a.csv", got=0, remedy=Text("Choose another name, or add --overwrite.")
    )
    assert error.render("en") == "a.csv: the file is empty, got 0. Choose another name, or add --overwrite."
    assert error.render("ru").startswith("a.csv: ")
    assert error.render("ru") != error.render("en")


@pytest.mark.parametrize("name", ["ENOTCONN", "ESTALE", "ETIMEDOUT", "EHOSTDOWN", "ENODEV", "ENOMEDIUM", "EDQUOT"])
def test_a_share_or_stick_that_went_away_is_told_in_words_of_ours(name):
    if not hasattr(errno, name):
        pytest.skip("this system has no such reason")
    number = getattr(errno, name)
    assert isinstance(system_reason(OSError(number, os.strerror(number))), Text)
