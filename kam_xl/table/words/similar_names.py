"""Names that may be one company: legal forms, quotation marks, letter case and look-alike letters set aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kam_xl.table.words.vocabulary import section

# Latin letters that look like Cyrillic ones, as people mistype them.
_LOOK_ALIKES = tuple(zip("aceopxykmthbё", "асеорхукмтнве", strict=True))
_WORDS = re.compile(r"[^\W_]+")
_TOGETHER = 100
# Two letters with points behind a name are somebody's initials, even where they look like a legal form: "Петров А.О."
_INITIALS = re.compile(r"(?<=\S )([а-яё])\.([а-яё])(?!\.?\w)")
_JOINTS = re.compile(r"(?<=\b\w)[./](?=\w\b)")


def _plain(name: str) -> str:
    """A name without letter case, initials apart, look-alike letters as Cyrillic ones."""
    name = name.casefold()
    return _as_cyrillic(_INITIALS.sub(r"\1 \2", name) if "." in name else name)


def _as_cyrillic(word: str) -> str:
    for latin, cyrillic in _LOOK_ALIKES:  # a tenth of what str.translate takes
        word = word.replace(latin, cyrillic)
    return word


_LEGAL_FORMS = frozenset(
    _as_cyrillic(word)
    for variant in section("names")["legal_form"]
    for word in _WORDS.findall(_JOINTS.sub("", variant))
    if len(word) > 1
)


def name_key(name: str) -> str:
    """What two spellings of one company have in common; blank where nothing but a legal form is left.

    >>> {name_key(name) for name in ('ООО "Ромашка"', "Ромашка ООО", "ООО «РОМАШКА»", "ooo Ромашка ")}
    {'ромашка'}
    >>> name_key("Nord Ltd.") == name_key("NORD, L.T.D"), name_key("Nord 1") == name_key("Nord 2")
    (True, False)
    >>> name_key("Nord A/S") == name_key("Nord"), name_key("Firm A") == name_key("Firm C")
    (True, False)
    >>> len({name_key(name) for name in ("ИП Петров А.В.", "ИП Петров И.П.", "ИП Петров А.О.", "ИП Петров")})
    4
    >>> name_key("Ромашка О.О.О.") == name_key("А.О. Ромашка") == name_key("Ромашка")
    True
    """
    return _key(_plain(name))


def contradict(one: str, other: str) -> bool:
    """Whether two names give different legal forms, as of two companies of one name.

    >>> contradict('ИП "Ромашка"', "ООО «Ромашка»"), contradict("Ромашка", "ООО Ромашка")
    (True, False)
    """
    forms, others = _forms(one), _forms(other)
    return bool(forms and others and forms != others)


def unlike(one: str, other: str) -> bool:
    """Whether two names have no word in common but a legal form: then an id may have come to stand for somebody else.

    >>> unlike("Nord GmbH", "NORD"), unlike("Nord GmbH", "Südwind GmbH")
    (False, True)
    >>> unlike("", "Nord"), unlike("NordBau", "Nord Bau")
    (False, False)
    """
    mine, theirs = ({*_WORDS.findall(_as_cyrillic(name.casefold()))} - _LEGAL_FORMS for name in (one, other))
    return bool(mine and theirs) and mine.isdisjoint(theirs) and name_key(one) != name_key(other)


def _forms(name: str) -> frozenset[str]:
    return _LEGAL_FORMS.intersection(_WORDS.findall(_JOINTS.sub("", _plain(name))))


def _key(plain: str) -> str:
    solid = plain.replace(" ", "")
    if solid.isalnum() and _LEGAL_FORMS.isdisjoint(plain.split(" ")):  # as most names are
        return solid
    words = _WORDS.findall(_JOINTS.sub("", plain))
    return "".join([word for at, word in enumerate(words) if word not in _LEGAL_FORMS and not _joins(words, at)])


def _joins(words: Sequence[str], at: int) -> bool:
    """Whether a word is a letter within a legal form: "Sp. z o.o."."""
    around = {*words[max(at - 1, 0) : at], *words[at + 1 : at + 2]}
    return len(words[at]) == 1 and len(around) == 2 and around <= _LEGAL_FORMS


def all_differ(names: Sequence[str]) -> bool:
    """Whether any two names are those of different companies, as is the rule.

    >>> all_differ(["Nord Ltd", "South"]), all_differ(["Nord Ltd", "NORD"])
    (True, False)
    """
    return len(set(map(hash, _keys(names)))) == len(names)


def similar_names(names: Sequence[str]) -> list[list[int]]:
    """Positions of names that are spelt differently and may be one company.

    >>> similar_names(["Nord Ltd", "South", "NORD", "South"])
    [[0, 2]]
    >>> similar_names(["ИП Петров А.В.", "ИП Петров И.П.", "Петров А. В., ИП"])
    [[0, 2]]
    """
    keys = list(_keys(names))
    often = {key for key, times in Counter(keys).items() if times > 1 and key}
    groups: dict[str, dict[str, int]] = {}
    for position, key in enumerate(keys) if often else ():
        if key in often:
            groups.setdefault(key, {}).setdefault(names[position].casefold(), position)
    return [list(spellings.values()) for spellings in groups.values() if len(spellings) > 1]


def _keys(names: Sequence[str]) -> Iterator[str]:
    """What `name_key` says of each name; many at once cost a third."""
    for start in range(0, len(names), _TOGETHER):
        plain = _plain("\n".join(names[start : start + _TOGETHER]))
        solid = plain.replace(" ", "")
        if solid.replace("\n", "").isalnum() and _LEGAL_FORMS.isdisjoint(plain.split()):
            yield from solid.split("\n")
        else:
            yield from map(_key, plain.split("\n"))
