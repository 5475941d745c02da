"""What comes into the client table from elsewhere: clients with the values of some fields, checked as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kam_xl.domain.model import Competitor
from kam_xl.errors import KamError
from kam_xl.locale import Text, plural
from kam_xl.table import ClientTable, Finding
from kam_xl.table.basis import Basis, basis_of
from kam_xl.table.words.matching import Unit
from kam_xl.table.words.vocabulary import KINDS

# What cannot be taken over as the user meant it; everything else is, and the data check refers to it afterwards.
UNUSABLE = frozenset(
    (
        "cell-error",
        "currencies-differ",
        "duplicate-id",
        "formula-without-value",
        "not-a-date",
        "not-a-number",
        "unknown-mark",
        "unknown-rating",
        "unknown-word",
    )
)
# Cells of these that cannot be read say that nothing is known, as "to be checked" does: what stands there stays.
_MAY_BE_UNKNOWN = ("procurement_budget", "budget_low", "budget_high", "budget_date", "competitor_revenue")
# Their remedies say which words are known.
_OF_WORDS = ("unknown-mark", "unknown-rating", "unknown-word")
_TOLD = 12  # bad cells in one message


class ImportRefusedError(KamError):
    """Rows that cannot be taken over; nothing was written.

    Attributes
    ----------
    findings : tuple of Finding
        All of them.
    """

    def __init__(self, where: str, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        cells = Text("")
        for each in findings[:_TOLD]:
            known = Text("{remedy} ", remedy=each.remedy) if each.code in _OF_WORDS else ""
            message = {"cell": each.address, "message": each.message, "known": known}
            cells = Text("{before}{cell}: {message} {known}", before=cells, **message)
        more = len(findings) - _TOLD
        super().__init__(
            plural("{n:count} cell cannot be imported", "{n:count} cells cannot be imported", n=len(findings)),
            where=where,
            remedy=Text(
                "{told}{more}Correct the file and import it again; nothing was changed.",
                told=cells,
                more=Text("And {n:count} more. ", n=more) if more > 0 else "",
            ),
        )


@dataclass(frozen=True)
class Incoming:
    """Clients and values, one list per column, all of one length.

    Attributes
    ----------
    name : str
        Where they come from, for messages: a file's name.
    ids : sequence of str
        Client ids; None in a source that has none and knows clients by name.
    names : sequence of str
        Client names, blank where unknown.
    columns : mapping
        Field of `kam_xl.domain.model.Client`, or the header of another column, to its values; None is unknown, and
        never erases anything.
    units : mapping
        Money field to the unit that its values are in.
    titles : mapping
        Field to its header.
    passed : sequence of Finding
        On cells that cannot be read and may be unknown: they change nothing.
    nameless : sequence of Finding
        On rows without a name or id, which will do for a client that is known already.
    bases : mapping
        Money field to the year and part of a year that its amounts are of, and whether they include VAT.
    competitors : Incoming, optional
        A row for each competitor of each client, `ids` and `names` being those of the clients, for the book's own list
        of competitors; None leaves that alone.
    adds : bool
        Whether amounts are added to those that stand there, as those of a further month are.
    other_year : bool
        Whether amounts that stand there are for another year: none of them may stay beside those that come.
    of_ledger : bool
        Whether the table was made of a ledger, whose file has other headers.
    """

    name: str
    ids: Sequence[str] | None
    names: Sequence[str]
    columns: Mapping[str, Sequence[object]]
    units: Mapping[str, Unit] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    nameless: Sequence[Finding] = ()
    passed: Sequence[Finding] = ()
    bases: Mapping[str, Basis] = field(default_factory=dict)
    competitors: Incoming | None = None
    adds: bool = False
    other_year: bool = False
    of_ledger: bool = False

    def __len__(self) -> int:
        return len(self.names)


def incoming(table: ClientTable, *, adds: bool = False) -> Incoming:
    """The clients of a table that was read from a file; `adds` where their amounts are added to those of the book.

    Raises
    ------
    ImportRefusedError
        Where cells cannot be read, or ids stand twice: all of them at once.
    """
    source = table.source
    bad = [each for each in table.findings if each.code in UNUSABLE and each.sheet == source.sheet]
    letters = {source.columns[name] for name in _MAY_BE_UNKNOWN if name in source.columns and not adds}
    passed = [each for each in bad if each.code in ("not-a-number", "not-a-date") and each.column in letters]
    bad = [each for each in bad if each not in passed]
    if bad:
        raise ImportRefusedError(source.name, bad)
    fields = dict(table.fields)
    money = {name: table.as_written(name) for name in fields if KINDS.get(name) == "money"}
    fields |= {name: values for name, (values, _) in money.items()}
    titles = table.block.header.titles
    return Incoming(
        source.name,
        fields.get("client_id"),
        fields.get("client", [""] * len(table)),
        {
            name: values
            for name, values in {**fields, **table.extra, **_parts(table)}.items()
            if name not in ("client_id", "client")
        },
        {name: unit for name, (_, unit) in money.items()},
        {name: titles[at] for name, at in table.block.header.fields.items() if at < len(titles)},
        [each for each in table.findings if each.code in ("missing-id", "missing-name") and each.grade == "error"],
        passed=passed,
        bases={name: _basis(table, name) for name in money},
        adds=adds,
    )


def _basis(table: ClientTable, name: str) -> Basis:
    basis = basis_of(table.block, name)
    return basis._replace(year=table.source.year) if name == "revenue" else basis


def _parts(table: ClientTable) -> dict[str, Sequence[object]]:
    """The columns that fields are computed from, such as months, as numbers also where a text file has them."""
    titles, parts = table.block.header.titles, table.block.parts
    return {titles[part]: amounts for part, amounts in parts.items() if titles[part] in table.extra}


def with_competitors(clients: Incoming, table: ClientTable, rivals: Sequence[str] = ()) -> Incoming:
    """Clients together with the competitors that their table lists.

    Of `rivals` the source knows everything: where one has nothing with a client, that is 0 and replaces what was known.
    """
    rows = [(at, each) for at, client in enumerate(table.clients()) for each in client.competitors]
    known = {(at, each.name) for at, each in rows}
    rows += [
        (at, Competitor(name, revenue=0.0)) for at in range(len(clients)) for name in rivals if (at, name) not in known
    ]
    if not rows:
        return clients
    fields = {"competitor": "name", **{name: name for name in ("revenue", "strengths", "weaknesses", "stance")}}
    columns = {name: [getattr(each, attribute) for _, each in rows] for name, attribute in fields.items()}
    competitors = Incoming(
        clients.name,
        [clients.ids[at] for at, _ in rows] if clients.ids is not None else None,
        [clients.names[at] for at, _ in rows],
        {name: values for name, values in columns.items() if name in ("competitor", "revenue") or any(values)},
        {"revenue": table.unit("revenue")},
        adds=clients.adds,
    )
    return replace(clients, competitors=competitors)


def unit_between(source: Unit, wanted: Unit) -> float | None:
    """The factor that brings an amount to the unit of a column; None where the two do not go together.

    Where nothing names a unit, amounts are plain, unless the other side names thousands or a currency that would then
    be a guess.

    >>> from kam_xl.table.words.matching import unit_of
    >>> euros, thousands, plain = unit_of("Revenue, EUR"), unit_of("Revenue, kEUR"), unit_of("Revenue")
    >>> unit_between(thousands, euros), unit_between(plain, thousands)
    (1000.0, None)
    >>> unit_between(euros, plain), unit_between(unit_of("Revenue, USD"), euros)
    (1.0, None)
    """
    if source.currency and wanted.currency and source.currency != wanted.currency:
        return None
    if (source.scale or 1) != (wanted.scale or 1) and not (source.scale and wanted.scale):
        return None
    return (source.scale or 1) / (wanted.scale or 1)
