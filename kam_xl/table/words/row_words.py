"""What the label of a row says: a total and whose, others, a signature, a statistic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice, repeat

from kam_xl.table.words.patterns import any_of
from kam_xl.table.words.vocabulary import (
    CLIENT_FIELDS,
    DOCUMENTS,
    OTHERS,
    PARTS,
    SIGNATURES,
    STATISTICS,
    SURE_TOTALS,
    TOTALS,
    section,
)

_SURE = re.compile(rf"\s*(?:(?:{any_of(SURE_TOTALS)})(?!\w)|(?:{any_of(TOTALS)})\s*[:.]?\s*$)", re.IGNORECASE)
_LIKELY = re.compile(rf"\s*(?:{any_of((*SURE_TOTALS, *TOTALS))})(?!\w)", re.IGNORECASE)
# How a pivot table calls the total of a group: "North Total", "Осин Итог".
_ENDING = re.compile(rf"(.*\w.*?)[\s:-]+(?:{any_of((*SURE_TOTALS, *TOTALS))})\s*[:.]?\s*$", re.IGNORECASE)
# Others may stand between marks: "- No customer -".
_OTHERS = re.compile(
    rf"[\s*<\u2013\u2014-]*(?:{any_of(OTHERS)})\s*(?:[:.]|[(\[].*[)\]]|\d+.*|[\s*>\u2013\u2014-]*)\s*$", re.IGNORECASE
)
_SIGNATURE = re.compile(rf"\s*(?:(?:{any_of(SIGNATURES)})(?!\w)|[*\u2020\u2021\u00b9\u00b2\u00b3])", re.IGNORECASE)
_STATISTIC = re.compile(rf"\s*(?:{any_of(STATISTICS)})\s*[:.]?\s*$", re.IGNORECASE)
# What a client has below it in a report: contracts, documents, accounts of the ledger.
_DOCUMENT = re.compile(rf"\s*(?:(?:{any_of(DOCUMENTS)})(?!\w)|\d\d(?:\.\d+)*\s*$)", re.IGNORECASE)
# "of which: North": a part of the client above.
_PART = re.compile(rf"\s*[-\u2013]?\s*(?:{any_of(PARTS)})(?!\w)", re.IGNORECASE)
# "Customers: 3" below a table counts its rows.
_COUNT = re.compile(r"\s*([^:=]+?)\s*[:=]\s*\d+\s*")
# What the head of a group begins with: the header of a field before a colon, fewer words without it.
_SHORT_HEADS = section("group_heads")
_HEADS = {word.casefold(): field for field in _SHORT_HEADS for word in (*_SHORT_HEADS[field], *CLIENT_FIELDS[field])}
_SHORT_HEAD = re.compile(
    rf"\s*({any_of([word for each in _SHORT_HEADS.values() for word in each])})\s+(\S.*)", re.IGNORECASE
)
_CLIENTS = frozenset(CLIENT_FIELDS["client"])
_SUSPECT = (_LIKELY, _OTHERS, _SIGNATURE, _STATISTIC, _ENDING, _PART)
# By their first or last words most names can be told to be none of these at once.
_WORD = re.compile(r"[^\W\u00b9\u00b2\u00b3]+")
_ENDS = frozenset(_WORD.findall(each.casefold())[-1] for each in (*SURE_TOTALS, *TOTALS))
_FIRST_WORDS = frozenset(
    each_words[0]
    for each in (*SURE_TOTALS, *TOTALS, *OTHERS, *SIGNATURES, *STATISTICS, *PARTS)
    if (each_words := _WORD.findall(each.casefold()))
)
_SUSPECTED = _FIRST_WORDS | _ENDS
_RAISED = frozenset("\u00b9\u00b2\u00b3")
_TOGETHER = 100
_FILLERS = ("по ", "for ", "of ", "за ")


def is_total(label: str) -> bool:
    """Whether a text labels a total.

    >>> is_total("Итого по Москве"), is_total("Total Energies")
    (True, False)
    """
    return bool(_SURE.match(label))


def is_bare_total(label: str) -> bool:
    """Whether a text is nothing but a word for totals that is nobody's name.

    >>> is_bare_total("Subtotal:"), is_bare_total("Total"), is_bare_total("Итого по Москве")
    (True, False, False)
    """
    return plain(label) in SURE_TOTALS


def may_be_total(label: str) -> bool:
    """Whether a text begins as totals do.

    >>> may_be_total("Total Energies"), may_be_total("North Total")
    (True, False)
    """
    return bool(_LIKELY.match(label))


def owner_of_total(label: str) -> str:
    """Whose total a row is, as `plain` writes names; blank where it is nobody's.

    >>> owner_of_total("Total City Hospital"), owner_of_total("Осин Итог"), owner_of_total("Total")
    ('city hospital', 'осин', '')
    """
    if match := _LIKELY.match(label):
        return plain(label[match.end() :])
    return plain(match[1]) if (match := _ENDING.match(label)) else ""


def stands_for_others(label: str) -> bool:
    """Whether a name stands for several clients.

    >>> stands_for_others("Прочие (312 клиентов)"), stands_for_others("- No customer -")
    (True, True)
    >>> stands_for_others("Other Worlds Ltd")
    False
    """
    return bool(_OTHERS.match(label))


def is_signature(label: str) -> bool:
    """Whether a text begins as signatures and notes below a report do.

    >>> is_signature("Prepared by: sales"), is_signature("* estimated"), is_signature("Nord")
    (True, True, False)
    """
    return bool(_SIGNATURE.match(label))


def is_part(label: str) -> bool:
    """Whether a text names a part of the client above it.

    >>> is_part("в т.ч. филиал Север"), is_part("- of which: North"), is_part("Including Ltd")
    (True, True, False)
    """
    return bool(_PART.match(label))


def is_statistic(label: str) -> bool:
    """Whether a text labels an average, a count or a share of all clients.

    >>> is_statistic("Average:"), is_statistic("Средневолжский завод")
    (True, False)
    """
    counted = _COUNT.fullmatch(label)
    return bool(_STATISTIC.match(label) or (counted and counted[1].casefold() in _CLIENTS))


def is_document(label: str) -> bool:
    """Whether a text names a contract, a document or an account of the ledger.

    >>> is_document("Договор № 5 от 01.02.2024"), is_document("62.01"), is_document("Договорный центр")
    (True, True, False)
    """
    return bool(_DOCUMENT.match(label))


def is_suspect(label: str) -> bool:
    """Whether a text is any of these, or begins or ends as a total does.

    >>> is_suspect("Осин Итог"), is_suspect("(blank)"), is_suspect("Nord Ltd")
    (True, True, False)
    """
    if not label or label.isspace():
        return False
    words = _words(label)
    if words and words[0].casefold() not in _FIRST_WORDS and (len(words) == 1 or words[-1].casefold() not in _ENDS):
        return False
    return any(pattern.match(label) for pattern in _SUSPECT)


def suspects(labels: Iterable[object]) -> Iterator[bool]:
    """Whether each label is a text that `is_suspect`; many at once, where none is, take a third of the time.

    >>> list(suspects(["Nord Ltd", None, "Total"]))
    [False, False, True]
    """
    rest = iter(labels)
    while together := list(islice(rest, _TOGETHER)):
        texts = [label for label in together if isinstance(label, str)]
        solid = "".join(texts).replace(" ", "")
        if solid.isalnum() and _RAISED.isdisjoint(solid) and _SUSPECTED.isdisjoint(" ".join(texts).casefold().split()):
            yield from repeat(False, len(together))
        else:
            yield from (isinstance(label, str) and is_suspect(label) for label in together)


def _words(label: str) -> list[str]:
    """The words of a text that begins with one."""
    if label[:1].isalpha() and label.replace(" ", "").isalnum():  # most names are, and are cut into words at once
        return label.split()
    return _WORD.findall(label) if _WORD.match(label) else []


def plain(name: object) -> str:
    """A name without what stands around it: "по Иванов И.И." is "иванов и.и"."""
    text = " ".join(str(name).split()).casefold().strip(" :.-\u2013\u2014\"'\u00ab\u00bb()")
    for filler in _FILLERS:
        text = text.removeprefix(filler)
    return text


def group_of(label: object) -> tuple[str, object]:
    """The field that the head of a group names, blank where it names none, and what it says of it.

    >>> group_of("Менеджер: Иванова М."), group_of("Region North"), group_of("Ann Lee"), group_of("Regional sales")
    (('manager', 'Иванова М.'), ('territory', 'North'), ('', 'Ann Lee'), ('', 'Regional sales'))
    """
    if not isinstance(label, str):
        return "", label
    if names_group(label):
        head, _, value = label.partition(":")
        return _HEADS[head.strip().casefold()], value.strip()
    named = _SHORT_HEAD.fullmatch(label)
    return (_HEADS[named[1].casefold()], named[2].strip()) if named else ("", label)


def names_group(label: object) -> bool:
    """Whether a text names a field and, after a colon, its value, as no client is called.

    >>> names_group("Region: North"), names_group("Region North"), names_group("Nord: Hamburg")
    (True, False, False)
    """
    head, _, value = label.partition(":") if isinstance(label, str) else ("", "", "")
    return head.strip().casefold() in _HEADS and bool(value.strip())
