from kam_xl.errors import KamError
from kam_xl.locale import Text


def test_an_error_says_where_what_got_and_remedy_in_both_languages():
    error = KamError(
        Text("the file is empty"), where="a.csv", got=0, remedy=Text("Choose another name, or add --overwrite.")
    )
    assert error.render("en") == "a.csv: the file is empty, got 0. Choose another name, or add --overwrite."
    assert error.render("ru").startswith("a.csv: ")
    assert error.render("ru") != error.render("en")
