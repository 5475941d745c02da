"""Names of companies as ledgers spell them: patterns that a user writes, and likeness that needs a user's word.

A name is compared by its words, lower case, without punctuation, with or without the legal form. Scripts do not
matter: «ООО "Ромашка"», "OOO ROMASHKA" and "Ромашка" are alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import translate
from functools import lru_cache

_WORDS = re.compile(r"[^\W_]+")
# Points and apostrophes inside stand for nothing: "S.p.A.", "Sotheby's".
_SILENT = re.compile(r"['’.](?:(?<=\w.)(?=\w)|(?<=\w['’])(?=\s|$))")
_FORMS = frozenset(
    [
        "ooo",
        "zao",
        "oao",
        "pao",
        "ao",
        "nao",
        "ip",
        "chp",
        "too",
        "gup",
        "mup",
        "fgup",
        "fgbu",
        "gbu",
        "mbu",
        "ano",
        "nko",
        "fgku",
        "td",
        "ltd",
        "limited",
        "plc",
        "llp",
        "llc",
        "lp",
        "inc",
        "incorporated",
        "corp",
        "corporation",
        "co",
        "company",
        "cic",
        "gmbh",
        "mbh",
        "ag",
        "kg",
        "kgaa",
        "ohg",
        "ug",
        "se",
        "sa",
        "sas",
        "sarl",
        "srl",
        "spa",
        "snc",
        "bv",
        "nv",
        "oy",
        "oyj",
        "ab",
        "as",
        "asa",
        "aps",
        "sro",
        "doo",
        "dd",
        "kft",
        "zrt",
        "sp",
        "zoo",
        "pty",
        "pte",
        "pvt",
        "holdings",
        "holding",
        "group",
        "publichnoe",
        "nepublichnoe",
        "zakrytoe",
        "otkrytoe",
        "aktsionernoe",
        "obshchestvo",
        "ogranichennoy",
        "otvetstvennostyu",
        "individualnyy",
        "predprinimatel",
    ]
)
_ENGLISH_FORMS = ("public limited company", "private limited")
_LONG_FORM = re.compile(
    r"общество с ограниченной ответственностью|(?:(?:не)?публичное |закрытое |открытое )?акционерное общество"
    rf"|индивидуальный предприниматель|{'|'.join(_ENGLISH_FORMS)}|\bsociedad anonima\b"
)
# Without one of these there is nothing silent, which is told faster.
_SIGNS = frozenset("'’.")
# Of ASCII all that is no letter or digit becomes a space, but for the end of a line.
_SPACED = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != "\n"}
_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch # y # e yu ya".replace("#", "").split(" "),
        strict=True,
    )
)
_LATIN = str.maketrans(_CYRILLIC)
# Letters that look alike: a Latin "OOO" before a Russian name, a Russian "С" in "СISCO".
_LOOKALIKES = str.maketrans("аеосрхукмтнв", "aeocpxykmthb")
_LATIN_LOOKALIKES = str.maketrans("aeocpxykmthb", "аеосрхукмтнв")


@lru_cache(maxsize=1 << 16)
def folded(name: str) -> str:
    """A name as patterns see it: its words, lower case, in Latin letters.

    >>> folded('ООО "Ромашка-Юг"'), folded("S.p.A. Sotheby's")
    ('ooo romashka yug', 'spa sothebys')
    """
    text = _silenced(name)
    if text.isascii():
        return " ".join(text.translate(_SPACED).split())
    return " ".join(_one_script(word).translate(_LATIN) for word in _WORDS.findall(text))


def _silenced(text: str) -> str:
    """A name, or lines of names in ASCII, lower case, without silent signs and the long words for legal forms."""
    text = text.casefold()
    if not _SIGNS.isdisjoint(text):
        text = _SILENT.sub("", text)
    if not text.isascii() or "sociedad" in text:
        return _LONG_FORM.sub(" ", text)
    for form in _ENGLISH_FORMS:  # faster than an expression
        text = text.replace(form, " ")
    return text


def _one_script(word: str) -> str:
    """A word of letters of both scripts in the script that most of them are of."""
    russian = sum("а" <= letter <= "я" or letter == "ё" for letter in word)
    latin = sum("a" <= letter <= "z" for letter in word)
    if not (russian and latin):
        return word
    return word.translate(_LOOKALIKES if latin >= russian else _LATIN_LOOKALIKES)


@lru_cache(maxsize=1 << 16)
def core(name: str) -> str:
    """A name without legal forms; all of it where nothing else is in it.

    >>> core("OOO «Ромашка»"), core("Insight Direct (UK) Ltd."), core("AB")
    ('romashka', 'insight direct uk', 'ab')
    """
    return _without_forms(folded(name))


def _without_forms(text: str) -> str:
    words = text.split()
    return text if _FORMS.isdisjoint(words) else " ".join([word for word in words if word not in _FORMS]) or text


def folded_all(names: Sequence[str]) -> list[tuple[str, str]]:
    """Names, each folded and its core: of many at once, those in ASCII as lines of one text.

    >>> folded_all(["Capita Ltd.", "ООО «Ромашка»"])
    [('capita ltd', 'capita'), ('ooo romashka', 'romashka')]
    """
    plain = [name.isascii() and "\n" not in name for name in names]
    lines = _silenced("\n".join(name for name, is_plain in zip(names, plain, strict=True) if is_plain))
    spelt = (" ".join(line.split()) for line in lines.translate(_SPACED).split("\n"))
    whole = [next(spelt) if is_plain else folded(name) for name, is_plain in zip(names, plain, strict=True)]
    return [(name, _without_forms(name)) for name in whole]


@lru_cache
def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], int, frozenset[str]]:
    """One expression for all patterns, `*` and `?` as in file names, and with how many letters they begin, which."""
    folded_ones = [_folded_pattern(each) for each in patterns]
    beginnings = [re.split("[*?]", each)[0] for each in folded_ones]
    length = min(map(len, beginnings))
    return re.compile("|".join(map(translate, folded_ones))), length, frozenset(each[:length] for each in beginnings)


def _folded_pattern(pattern: str) -> str:
    pieces = re.split(r"([*?]+)", pattern)
    return "".join(piece if index % 2 else _spaced(piece) for index, piece in enumerate(pieces))


def _spaced(piece: str) -> str:
    """A piece between asterisks, folded, with the spaces at its ends."""
    begin, end = (" " if piece[:1].isspace() else ""), (" " if piece[-1:].isspace() else "")
    return f"{begin}{folded(piece)}{end}"


def matches(name: str, patterns: tuple[str, ...]) -> bool:
    """Whether a name is as one of the patterns says, with its legal form or without.

    `*` stands for anything, `?` for one character.

    >>> matches("Capita Ltd.", ("capita",)), matches("CAPITA IT SERVICES", ("capita",))
    (True, False)
    >>> matches("Capital", ("capita*",))
    True
    >>> matches("CAPITA IT SERVICES", ("capita *",)), matches("Capital City", ("capita *",))
    (True, False)
    """
    return fitting([(folded(name), core(name))], patterns) != []


def fitting(names: Sequence[tuple[str, str]], patterns: tuple[str, ...]) -> list[int]:
    """The places of names, each folded and its core, that are as one of the patterns says.

    >>> fitting(folded_all(["Capita Ltd.", "Capital"]), ("capita",))
    [0]
    """
    if not patterns:
        return []
    expression, length, beginnings = _compiled(patterns)
    likely = [
        (at, whole, bare)
        for at, (whole, bare) in enumerate(names)
        if whole[:length] in beginnings or bare[:length] in beginnings
    ]
    return [at for at, whole, bare in likely if expression.match(whole) or expression.match(bare)]


@lru_cache(maxsize=1 << 16)
def bare_number(number: str) -> str:
    """A company number without punctuation and leading zeros.

    >>> bare_number("02579852"), bare_number("HRB 12-34")
    ('2579852', 'HRB1234')
    """
    return "".join(_WORDS.findall(number.upper())).lstrip("0")
