"""Help pages are in the user's language as a whole, the option parser's own words included."""

import subprocess
import sys

import pytest


def page(*arguments):
    """What another process prints: texts of help are in the language of the arguments that it starts with."""
    done = subprocess.run([sys.executable, "-m", "kam_xl", *arguments], capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.parametrize(
    ("command", "headings"),
    [
        (["agenda"], ["Вызов: ", "Аргументы:", "Параметры:", "[обязательно]", "[по умолчанию: no-overwrite]"]),
        (["import"], ["Вызов: ", "Параметры:", "Команды:", "Показать эту справку и выйти."]),
    ],
)
def test_a_russian_page_has_no_english_headings(command, headings):
    text = page(*command, "--help", "--lang", "ru")
    english = ("Usage", "Arguments", "Options:", "Commands", "required", "default", "Show this message")
    assert [each for each in headings if each not in text] == []
    assert [each for each in english if each in text] == []


def test_an_english_page_is_the_parser_s_own():
    text = page("agenda", "--help", "--lang", "en")
    wanted = (
        "Usage: ",
        "Arguments:",
        "Options:",
        "[required]",
        "[default:",
        "Show this message and exit.",
    )
    assert [each for each in wanted if each not in text] == []
