import pytest


@pytest.mark.parametrize(
    ("arguments", "english", "russian"),
    [
        (["plan", "--ye", "a.xlsx"], "there is no option --ye. Did you mean --yes?",
         "нет параметра --ye. Возможно, --yes?"),
        (["clasify", "a.xlsx"], "there is no command clasify. Did you mean classify?",
         "нет команды clasify. Возможно, classify?"),
        (["import", "nobody"], "there is no command nobody.", "нет команды nobody."),
        (["classify"], "INPUT is missing.", "не указано: INPUT."),
        (["collect", "a"], "--into is missing.", "не указано: --into."),
        (["plan", "my", "table.xlsx"], "unexpected: table.xlsx. A path with spaces needs quotation marks.",
         "лишнее: table.xlsx. Путь с пробелами пишут в кавычках."),
        (["agenda", "a.xlsx", "--days", "many"], "--days N: this value is not allowed, got many.",
         "--days N: такое значение не допускается, получено: many."),
        (["collect", "a", "--into", "b", "--prefer=mine"], "--prefer theirs|ours: this value is not allowed, got mine.",
         "--prefer theirs|ours: такое значение не допускается, получено: mine."),
        (["agenda", "a.xlsx", "--days"], "--days: this option needs a value.", "--days: нужно значение."),
        (["plan", "a.xlsx", "--yes=1"], "--yes: this option takes no value.", "--yes: значение здесь не нужно."),
        ([], "the command is missing.", "не указана команда."),
    ],
)  # fmt: skip
def test_wrong_usage_is_told_in_the_language_asked_for(run, arguments, english, russian):
    for lang, words in (("en", english), ("ru", russian)):
        code, out, err = run("--lang", lang, *arguments)
        assert (code, out) == (2, "")
        assert err.startswith(f"kam-xl: {words}")
        assert "--help" in err


def test_a_group_of_commands_is_told_to_need_one(run):
    assert [(code, words in err) for code, _, err, words in (
        (*run("import", "--lang", "ru"), "не указана команда"),
        (*run("import"), "opportunities"),
    )] == [(2, True), (2, True)]  # fmt: skip
