"""Months that headers and titles name are counted in the words of the language."""

import pytest

from kam_xl.table import read


@pytest.mark.parametrize(
    ("months", "words"),
    [
        ("Jan-Mar", ("3 months", "3 месяца")),
        ("YTD Jan", ("1 month", "1 месяц")),
        ("Jan-May", ("5 months", "5 месяцев")),
    ],
)
@pytest.mark.parametrize("is_title", [True, False])
def test_months_are_counted_in_words(tmp_path, months, words, is_title):
    path = tmp_path / "report.csv"
    title, header = (f"Sales by client, {months} 2026\n", "Revenue") if is_title else ("", f"Revenue {months} 2026")
    path.write_text(f"{title}Client;{header};Procurement budget\nNord;5;90\nSüd;7;80\n", "utf-8")
    grade, message = next((each.grade, each.message) for each in read(path).findings if each.code == "part-of-year")
    english, russian = words
    assert grade == ("error" if int(english[0]) <= 3 else "warning")
    assert f"The revenue is that of {english}{':' if is_title else ';'} " in message.render("en")
    assert f"Выручка взята за {russian}{':' if is_title else ','} " in message.render("ru")
