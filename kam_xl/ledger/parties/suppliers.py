"""Which of a ledger's suppliers are the seller and its competitors: what rules say, and what a user decides.

Rules of the recipe (patterns, company numbers) hold as they are. Names that are only alike are written into a csv file
with a question mark; nobody but the user turns it into a yes or a no.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from kam_xl.ledger.errors import RecipeError
from kam_xl.ledger.packages import required
from kam_xl.ledger.parties.company_names import bare_number, core, fitting, folded_all, matches
from kam_xl.ledger.recipe import Party
from kam_xl.locale import LANGUAGES, Text
from kam_xl.table.sources.csv_text import csv_text
from kam_xl.table.sources.files import open_file
from kam_xl.table.sources.formula_texts import as_before
from kam_xl.table.values.cells import UnreadableError, quoted, read_mark, read_name

# Names less alike than this are not worth a user's look.
_ALIKE = 88
# A name that begins as a longer wanted one, spaces apart ("Insightdirect (UK)"), is as alike as this.
_LONG, _BEGINS = 5, 95
# So many names are compared at a time: there may be a million, with thirty wanted ones each.
_AT_ONCE = 10_000
_COLUMNS = {
    "supplier": Text("Supplier"),
    "number": Text("Company number"),
    "party": Text("Belongs to"),
    "decision": Text("Decision (yes, no)"),
    "why": Text("Why"),
    "likeness": Text("Similarity, %"),
    "rows": Text("Payments"),
    "amount": Text("Amount"),
}
_WHY = {
    "same": Text("the same name, but for the legal form"),
    "alike": Text("the names are alike"),
    "pattern": Text("pattern in the recipe"),
    "number": Text("company number"),
    "decided": Text("your decision"),
}
Key = tuple[str, str]
# The party of each supplier that a user decided on, and whether it belongs to it.
Decisions = Mapping[Key, tuple[str, bool | None]]


class Supplier(NamedTuple):
    """A supplier as the ledger spells it, with its payments."""

    name: str
    number: str
    rows: int
    amount: Decimal

    @property
    def key(self) -> Key:
        """What tells it from others; spaces, zeros and points that a spreadsheet program changes do not count."""
        return " ".join(self.name.split()), self.number and bare_number(self.number)


@dataclass(frozen=True)
class Link:
    """A supplier that is, or may be, one of the parties; `decision` None: to be decided."""

    supplier: Supplier
    party: str
    decision: bool | None
    why: str
    likeness: int = 100

    @property
    def reason(self) -> Text:
        """Why, in words."""
        return _WHY[self.why]


def link(seen: Sequence[Supplier], parties: Sequence[Party], decided: Decisions) -> list[Link]:
    """All suppliers that belong, or may belong, to a party; first what is decided or ruled, then what is alike.

    Of each kind those with most money are first.

    Raises
    ------
    RecipeError
        Where a name fits the patterns of two parties.
    """
    links: list[Link] = []
    rest: list[int] = []
    spelt = folded_all([supplier.name for supplier in seen])
    fits = set(fitting(spelt, _any_rule(parties)))
    numbers = {bare_number(number) for party in parties for number in party.numbers} - {""}
    for at, supplier in enumerate(seen):
        _, number = key = supplier.key
        if key in decided:
            party, decision = decided[key]
            links.append(Link(supplier, party, decision, "decided"))
        elif (number in numbers or at in fits) and (ruled := _by_rule(supplier, parties)):
            links.append(ruled)
        else:
            rest.append(at)
    suggested = [
        _suggestion(seen[rest[row]], parties[party], same, likeness)
        for row, party, same, likeness in _alike([spelt[at] for at in rest], parties)
    ]
    return sorted(links, key=_most_money_first) + sorted(suggested, key=_most_money_first)


def candidates(names: Iterable[str], parties: Sequence[Party], decided: Iterable[Key]) -> list[str]:
    """The names of suppliers that belong, or may belong, to a party by their name: all that `link` takes.

    >>> candidates(["I.B.M.", "IBM UK Ltd", "Miller", "Bakery"], [Party("IBM")], [("Miller", "17")])
    ['I.B.M.', 'IBM UK Ltd', 'Miller']
    """
    known, seen = {name for name, _ in decided}, list(names)
    spelt = folded_all(seen)
    fits = set(fitting(spelt, _any_rule(parties)))
    fits |= {at for at, name in enumerate(seen) if " ".join(name.split()) in known} if known else set()
    rest = [at for at in range(len(seen)) if at not in fits]
    fits |= {rest[row] for row, *_ in _alike([spelt[at] for at in rest], parties)}
    return sorted({seen[at] for at in fits})


def _any_rule(parties: Sequence[Party]) -> tuple[str, ...]:
    return tuple(pattern for party in parties for pattern in party.match)


def _most_money_first(link: Link) -> tuple[Decimal, str, str]:
    return -link.supplier.amount, link.supplier.name, link.supplier.number


def _by_rule(supplier: Supplier, parties: Sequence[Party]) -> Link | None:
    number = bare_number(supplier.number)
    fits = [party for party in parties if number and number in map(bare_number, party.numbers)]
    why = "number"
    if not fits:
        fits, why = [party for party in parties if _fits(supplier.name, party)], "pattern"
    if len(fits) > 1:
        raise RecipeError(
            Text("a supplier matches two parties: {parties}", parties=[party.name for party in fits]),
            got=quoted(supplier.name),
            remedy=Text("Narrow the patterns, or add one to except."),
        )
    return Link(supplier, fits[0].name, True, why) if fits else None


def _fits(name: str, party: Party) -> bool:
    return bool(party.match) and matches(name, party.match) and not matches(name, party.exclude)


def _alike(spelt: Sequence[tuple[str, str]], parties: Sequence[Party]) -> list[tuple[int, int, bool, int]]:
    """The names, each folded and its core, that are like a party's: place, the most like party, the same?, percent."""
    cores, wanted = [bare for _, bare in spelt], [core(party.name) for party in parties]
    by_row: dict[int, list[float]] = {}
    for row, party, likeness in _likenesses(cores, wanted):
        of_row = by_row.setdefault(row, [0.0] * len(wanted))
        of_row[party] = max(of_row[party], likeness)
    found = [(row, max(range(len(wanted)), key=of_row.__getitem__), of_row) for row, of_row in sorted(by_row.items())]
    return [
        (row, party, cores[row] == wanted[party], int(of_row[party]))
        for row, party, of_row in found
        if not fitting([spelt[row]], parties[party].exclude)
    ]


def _likenesses(names: Sequence[str], wanted: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """The pairs of names and wanted ones, by their places, that are alike, in one sense or in several."""
    fuzz = required("rapidfuzz.fuzz")
    glued, short = [name.replace(" ", "") for name in names], [name.replace(" ", "") for name in wanted]
    words = {word for name in wanted for word in name.split()}
    shared = {row: name for row, name in enumerate(names) if not words.isdisjoint(name.split())}
    yield from _scored(shared, wanted, fuzz.token_set_ratio)
    ordered = {row: _ordered(name) for row, name in enumerate(names) if row not in shared}
    yield from _scored(ordered, [_ordered(name) for name in wanted], fuzz.ratio)
    yield from _scored(dict(enumerate(glued)), short, fuzz.ratio)
    long = {party: name for party, name in enumerate(short) if len(name) > _LONG}
    beginnings = tuple(long.values())
    for row in [row for row, name in enumerate(glued) if name.startswith(beginnings)]:
        yield from ((row, party, _BEGINS) for party, name in long.items() if glued[row].startswith(name))


def _scored(texts: Mapping[int, str], wanted: Sequence[str], scorer: Any) -> Iterator[tuple[int, int, float]]:
    """The pairs of texts and wanted ones that are alike enough."""
    cdist, rows, names = required("rapidfuzz.process").cdist, [*texts], [*texts.values()]
    for first in range(0, len(names), _AT_ONCE):
        some = names[first : first + _AT_ONCE]
        scores = cdist(wanted, some, scorer=scorer, score_cutoff=_ALIKE, dtype=required("numpy").float64)
        for party, at in zip(*(places.tolist() for places in scores.nonzero()), strict=True):
            # So many places tell percentages apart: equal ones may come out of several calculations.
            yield rows[first + at], party, round(float(scores[party, at]), 4)


def _ordered(name: str) -> str:
    """The words of a name in the alphabet's order, each once: what names without a common word are compared by."""
    return " ".join(sorted(set(name.split())))


def _suggestion(supplier: Supplier, party: Party, same: bool, likeness: int) -> Link:
    sure = same and not party.has_rules
    return Link(supplier, party.name, True if sure else None, "same" if same else "alike", likeness)


def read_decisions(path: Path, parties: Iterable[Party]) -> dict[Key, tuple[str, bool | None]]:
    """What a user decided, by supplier; every csv that a spreadsheet program saves will do.

    Raises
    ------
    RecipeError
        Naming all rows that cannot be used.
    """
    source = open_file(path)
    head, *body = source.grid(source.sheets()[0]).rows
    titles = {title.render(lang).casefold(): name for name, title in _COLUMNS.items() for lang in LANGUAGES}
    places = {titles[key]: at for at, cell in enumerate(head) if (key := str(cell or "").strip().casefold()) in titles}
    missing = [_COLUMNS[name] for name in ("supplier", "party", "decision") if name not in places]
    if missing:
        raise RecipeError(Text("columns were not found: {names}", names=missing), where=str(path))
    known = {party.name.casefold(): party.name for party in parties}
    decisions: dict[Key, tuple[str, bool | None]] = {}
    faults: list[Text] = []
    for number, cells in enumerate(body, start=2):
        row = {name: read_name(cells[at]) or "" for name, at in places.items() if at < len(cells)}
        if not row.get("supplier"):
            continue
        try:
            decisions[_key(row)] = _decision(row, known)
        except UnreadableError as why:
            faults.append(Text("row {row}: {what}", row=number, what=why.message))
    if faults:
        raise RecipeError(Text("rows cannot be used: {rows}", rows=faults), where=str(path))
    return decisions


def _key(row: Mapping[str, str]) -> Key:
    return as_before(row["supplier"]), bare_number(row.get("number", ""))


def _decision(row: Mapping[str, str], known: Mapping[str, str]) -> tuple[str, bool | None]:
    word = row.get("decision", "")
    decision = None if word in ("", "?") else bool(read_mark(word))
    party = known.get(row.get("party", "").casefold(), "")
    if not party and decision is not False:
        message = Text("{party} is neither the seller nor a competitor", party=quoted(row.get("party", "")))
        raise UnreadableError("", message, Text(""))
    return party, decision


def decisions_text(links: Sequence[Link], lang: str) -> str:
    """The csv of suppliers to be decided on, as the spreadsheet programs of a language read it."""
    words = {True: Text("yes"), False: Text("no")}
    rows: list[list[object]] = []
    for each in links:
        decision = "?" if each.decision is None else words[each.decision].render(lang)
        amount = Decimal(each.supplier.amount).quantize(Decimal("0.01"))
        likeness = each.likeness if each.why != "decided" else ""
        why = each.reason.render(lang)
        supplier = each.supplier
        rows.append([supplier.name, supplier.number, each.party, decision, why, likeness, supplier.rows, amount])
    return csv_text([title.render(lang) for title in _COLUMNS.values()], rows, lang)
