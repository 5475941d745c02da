import pickle

from kam_xl.domain.errors import SettingsError
from kam_xl.errors import KamError
from kam_xl.locale import Text


def test_an_error_says_where_what_got_and_remedy_in_both_languages():
    error = KamError(
        Text("the file is empty"), where="a.csv", got=0, remedy=Text("Choose another name, or add --overwrite.")
    )
    assert error.render("en") == "a.csv: the file is empty, got 0. Choose another name, or add --overwrite."
    assert error.render("ru").startswith("a.csv: ")
    assert error.render("ru") != error.render("en")


def test_an_error_survives_the_way_from_another_process():
    for error in (KamError(Text("the file is empty")), SettingsError([Text("the file is empty")], "kam.toml")):
        again = pickle.loads(pickle.dumps(error))  # noqa: S301
        assert (type(again), str(again)) == (type(error), str(error))
