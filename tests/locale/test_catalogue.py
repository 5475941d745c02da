import math
import re
import string
from datetime import date
from io import BytesIO

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from kam_xl.errors import KamError
from kam_xl.locale import (
    LANGUAGES,
    OPEN,
    Beside,
    Form,
    Quoted,
    Repeated,
    Text,
    beside,
    catalogue,
    in_context,
    numbers,
    plural,
    shown,
)

PO = catalogue.place("ru")


@pytest.fixture(scope="module")
def russian():
    with PO.open("rb") as stream:
        return read_po(stream)


def fields(message):
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


def forms(entry):
    return [entry] if isinstance(entry, str) else list(entry)


@pytest.mark.source
def test_every_text_of_the_program_is_in_the_catalogue(russian):
    wanted = {(message.context, str(message.id)) for message in catalogue.extracted()}
    known = {(message.context, str(message.id)) for message in russian}
    assert wanted == known, "collect the texts with: python -m kam_xl.locale.catalogue"


def test_every_text_is_translated_with_the_same_fields(russian):
    faults = [
        (message.id, form)
        for message in russian
        if message.id
        for form in forms(message.string)
        if not form or fields(form) != fields(forms(message.id)[-1])
    ]
    assert not faults


def test_each_language_has_quotation_marks_of_its_own_and_no_others(russian):
    """Straight ones in Russian are of commands and files, which are typed as they stand."""
    english = [str(form) for message in russian for form in forms(message.id)]
    assert [text for text in english if set(text) & set("“”„«»")] == []
    typed = re.compile(r"pip install|--\w|= ?\[?\"")
    told = [form for message in russian if message.id for form in forms(message.string) if not typed.search(form)]
    assert [text for text in told if set(text) & set('"“”„')] == []


def test_a_quoted_value_stands_in_the_marks_of_the_language_alone_and_among_others():
    told = Text("{one}, {all}", one=Quoted("a"), all=[Quoted("b"), Text("{c}", c=Quoted("c"))])
    assert (told.render("en"), told.render("ru")) == ('"a", "b", "c"', "«a», «b», «c»")
    error = KamError(Text("{name} is missing", name=Quoted("a")), got=Quoted("b"))
    assert "«a»" in error.render("ru")
    assert "«b»" in error.render("ru")


def test_the_compiled_catalogue_is_up_to_date(russian):
    compiled = BytesIO()
    write_mo(compiled, russian)
    assert PO.with_suffix(".mo").read_bytes() == compiled.getvalue()


@pytest.mark.parametrize(
    ("spec", "value", "english", "russian"),
    [
        ("money", 1234567.891, "1,234,568", "1\u00a0234\u00a0568"),
        ("money", 12.5, "12.5", "12,5"),
        ("money", -500, "\u2212500", "\u2212500"),
        ("share", 0.125, "12.5%", "12,5\u00a0%"),
        ("share", 0.0004, "0.04%", "0,04\u00a0%"),
        ("share", 0.000053421, "<0.1%", "<0,1\u00a0%"),
        ("share", 0.000491, "<0.1%", "<0,1\u00a0%"),
        ("share", 12 / 1e7 * (1 + 1e-12), "0.00012%", "0,00012\u00a0%"),  # two digits, as a bound may have
        ("share", 0, "0%", "0\u00a0%"),
        ("share", 0.0625, "6.3%", "6,3\u00a0%"),
        ("share", 0.145, "14.5%", "14,5\u00a0%"),
        ("share", 0.1999, "20%", "20\u00a0%"),  # as the cell beside it; what is compared is told apart by `Beside`
        ("share", 0.0098, "1%", "1\u00a0%"),
        ("share", 0.1, "10%", "10\u00a0%"),
        ("count", 1500, "1,500", "1\u00a0500"),
        ("number", 0.25, "0.25", "0,25"),
        ("date", date(2026, 3, 9), "2026-03-09", "09.03.2026"),
    ],
)
def test_values_are_written_as_people_of_the_language_write_them(spec, value, english, russian):
    text = Text("{x:" + spec + "}", x=value)
    assert (text.render("en"), text.render("ru")) == (english, russian)


@given(st.floats(-1e9, 1e9), st.floats(-0.01, 0.01) | st.floats(-2, 2), st.sampled_from(["money", "share", "number"]))
def test_two_numbers_that_are_compared_are_written_differently(one, further, kind):
    other = one + further
    texts = {shown(Beside(one, other), kind, "en"), shown(Beside(other, one), kind, "en")}
    assert len(texts) == 2 or abs(one - other) < 1e-6 or math.isclose(one, other, rel_tol=1e-9)


def test_texts_are_equal_where_they_say_the_same_in_every_language():
    assert Text("{n} client", n=1) == Text("{n} client", n=1) != Text("{n} client", n=2)
    assert in_context("position", "Medium") != in_context("potential", "Medium")
    assert plural("{n} client", "{n} clients", n=3) != Text("{n} client", n=3)


def test_lists_of_texts_are_joined_by_commas():
    assert Text("{items}", items=[Text("Linear"), Text("S-shaped")]).render("ru") == "Линейный, S-образный"


def test_plural_picks_the_form_by_number():
    assert [plural("{n} client", "{n} clients", n=n).render("en") for n in (1, 2)] == ["1 client", "2 clients"]


@given(st.floats(-1e9, 1e9), st.floats(-0.01, 0.01) | st.floats(-2, 2), st.sampled_from(["money", "share"]))
def test_only_numbers_near_others_need_to_know_them(one, further, kind):
    pairs = [(one, one + further), (one + further, one)]
    assert [shown(beside(value, kind, other, None), kind, "en") for value, other in pairs] == [
        shown(Beside(value, other), kind, "en") for value, other in pairs
    ]


def test_a_text_that_is_repeated_equals_it_in_every_language():
    text = plural("{n} client", "{n} clients", n=3)
    kept = Repeated(text)
    assert [kept.render(lang) for lang in ("ru", "en", "ru")] == [text.render(lang) for lang in ("ru", "en", "ru")]
    assert kept == text


def test_a_form_says_what_the_whole_text_says():
    def text(rating, index, client):
        measure = Text("penetration {index:share}", index=index)
        return Text("{rating}: {measure} ({client}).", rating=rating, measure=measure, client=client)

    rating = in_context("position", "Medium")
    form = Form(text(rating, OPEN, OPEN))
    for index in (0.125, Beside(0.2, 0.20001), 1):
        filled, whole = form.filled(index=index, client="Nordwerk"), text(rating, index, "Nordwerk")
        assert [filled.render(lang) for lang in LANGUAGES] == [whole.render(lang) for lang in LANGUAGES]
        assert filled == whole
        assert Text("{it}!", it=filled) == Text("{it}!", it=whole)
    assert form.filled(index=0.1, client="Alfa") != form.filled(index=0.2, client="Alfa")


@given(st.floats(-2e9, 2e9) | st.integers(-(10**7), 10**7) | st.integers(-(10**7), 10**7).map(lambda n: n / 2000))
def test_usual_numbers_are_written_as_all_others_are(value):
    for lang in LANGUAGES:
        assert shown(value, "money", lang) == numbers._any_money(value, lang, 0)
        assert shown(value / 1e6, "share", lang) == numbers._any_share(value / 1e6, lang, 0)
