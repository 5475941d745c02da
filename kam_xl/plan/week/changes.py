"""What changed since an earlier build: who became key or ceased to be, figures before and after, alarms first.

A build keeps one line for each client that is key, or was at the build before; the comparison needs nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kam_xl.domain.bounds import more_than
from kam_xl.domain.classify import Account, Classification
from kam_xl.domain.model import Labelled, Position, Potential
from kam_xl.domain.settings import Settings
from kam_xl.locale import Text, in_context, joined, plural, shown
from kam_xl.plan.account.account_states import State, state_of
from kam_xl.plan.fields import Column, Number
from kam_xl.plan.week.change_reasons import Riser, reasons, risers, same

_FEW = 3  # small moves of rank that are listed one by one
CHANGES_TABLE = "kam_changes"

CHANGES = (
    Column("kind", in_context("change", "Kind")),
    Column("client", Text("Client")),
    Column("what", in_context("change", "What")),
    Column("before", Text("Before")),
    Column("after", Text("After")),
    Column("share", Text("Change, %"), Number.SHARE),
    Column("why", in_context("change", "Why"), long=True),
    Column("manager", Text("Manager")),
    Column("client_id", Text("Client ID")),
)


class ChangeKind(Labelled):
    """What a change is, the gravest first."""

    ALARM = "alarm", in_context("change", "Alarm")
    CEASED = "ceased", in_context("change", "No longer key")
    GONE = "gone", in_context("change", "Not in the table")
    BECAME = "became", in_context("change", "New key account")
    CHANGED = "changed", in_context("change", "Changed")


@dataclass(frozen=True)
class Change:
    """A difference between two builds.

    Attributes
    ----------
    kind : ChangeKind
    client_id, client, manager : str
    what : Text
        The figure or fact.
    field : str
        Its name in `State`; blank for facts.
    before, after : object
        Its values; None is unknown.
    format : str
        How they are shown: "money", "share", "count", or blank for words.
    why : tuple of Text
        Why a client became key or ceased to be, why a figure fell; blank where the numbers do not tell.
    """

    kind: ChangeKind
    client_id: str
    client: str
    manager: str
    what: Text
    before: object = None
    after: object = None
    format: str = ""
    why: tuple[Text, ...] = ()
    field: str = ""

    @property
    def share(self) -> float | None:
        """The change as a share of the value before; None where that says nothing."""
        if self.format not in ("money", "share") or not isinstance(self.before, (int, float)) or self.before <= 0:
            return None
        return (self.after - self.before) / self.before if isinstance(self.after, (int, float)) else None


_FIGURES = (
    ("client", Text("Client name"), ""),
    ("revenue", Text("Revenue"), "money"),
    ("budget", Text("Procurement budget"), "money"),
    ("penetration", Text("Penetration index"), "share"),
    ("position", Text("Position"), ""),
    ("potential", Text("Potential"), ""),
    ("goal", Text("Proposed goal"), "money"),
    ("rank", Text("Rank"), "count"),
    ("manager", Text("Manager"), ""),
)


_LABELS: dict[str, dict[str, Text]] = {
    "position": {each.value: each.label for each in Position},
    "potential": {each.value: each.label for each in Potential},
}


def changes(before: Mapping[str, State], classification: Classification, *, part_of_year: bool = False) -> list[Change]:
    """Every difference of the key accounts, then and now: alarms first, then who came and went, then figures.

    Figures that read the same, 0.6% and 0.6%, have not changed.

    Parameters
    ----------
    before : mapping
        Client id to its state at the earlier build.
    classification : Classification
        The clients now.
    part_of_year : bool, optional
        Whether their revenue is that of a part of a year: less than before is no alarm then.

    Examples
    --------
    >>> from kam_xl.domain.classify import Client, classify
    >>> from kam_xl.plan.account.account_states import states
    >>> def listed(revenue, before):
    ...     now = classify([Client("1", "Nordwerk", revenue=revenue), Client("2", "Alfa", revenue=50)])
    ...     return [(each.kind.value, each.client, str(each.what.render())) for each in changes(before, now)], now
    >>> _, first = listed(100, {})
    >>> listed(60, states(first, {}))[0][0]
    ('alarm', 'Nordwerk', 'Revenue')
    """
    accounts = classification.by_id
    key_now = [client_id for client_id, account in accounts.items() if account.is_key]
    rose = risers(before, classification)
    listed = [
        change
        for client_id in dict.fromkeys([*before, *key_now])
        for change in _of_client(client_id, before.get(client_id), accounts.get(client_id), classification, rose)
    ]
    kinds = list(ChangeKind)
    if part_of_year:
        listed = [_no_alarm(change) if change.kind is ChangeKind.ALARM else change for change in listed]
    return sorted(listed, key=lambda change: kinds.index(change.kind))


def folded(listed: Sequence[Change], settings: Settings) -> list[Change]:
    """Changes as people read them: many moves of few ranks are one line at the end.

    Where one account comes or goes, all behind it move by a place: that buries what matters. Who came, went or moved by
    at least `rank_moves` places keeps a line, and so do small moves where they are few.
    """
    small = [change for change in listed if _moved(change) and abs(_moved(change)) < settings.rank_moves]
    if len(small) <= _FEW:
        return [*listed]
    sums = plural(
        "{n:count} key account moved by fewer than {least} places: {up:count} up, {down:count} down",
        "{n:count} key accounts moved by fewer than {least} places: {up:count} up, {down:count} down",
        n=len(small),
        least=settings.rank_moves,
        up=sum(_moved(change) < 0 for change in small),
        down=sum(_moved(change) > 0 for change in small),
    )
    left = {id(change) for change in small}
    line = Change(ChangeKind.CHANGED, "", "", "", small[0].what, why=(sums,))
    return [*(change for change in listed if id(change) not in left), line]


def _moved(change: Change) -> int:
    """By how many places a key account went down in rank, negative for up; 0 for all other changes."""
    if change.field == "rank" and isinstance(change.before, int) and isinstance(change.after, int):
        return change.after - change.before
    return 0


def _no_alarm(change: Change) -> Change:
    """A fall of revenue that only shows that the year is not over."""
    why = Text("no alarm, because the revenue is that of a part of a year")
    return replace(change, kind=ChangeKind.CHANGED, why=(why, *change.why))


def _of_client(
    client_id: str, was: State | None, account: Account | None, classification: Classification, rose: list[Riser]
) -> Iterator[Change]:
    if account is None:
        if was and was.is_key:
            yield Change(ChangeKind.GONE, client_id, was.client, was.manager, Text("Key account"), Text("Yes"))
        return
    now = state_of(account, classification)
    plain = Change(ChangeKind.CHANGED, client_id, now.client, now.manager, Text("Key account"))
    if was is None or not was.is_key:
        if now.is_key:
            why = tuple(criterion.label for criterion in account.criteria)
            yield replace(plain, kind=ChangeKind.BECAME, after=Text("Yes"), why=why)
        if was is None:
            return
    elif not now.is_key:
        why = tuple(account.why_not())
        yield replace(plain, kind=ChangeKind.CEASED, before=Text("Yes"), after=Text("No"), why=why)
    for name, title, shape in _FIGURES:
        one, other = getattr(was, name), getattr(now, name)
        if not same(one, other) and words(one, shape, "en") != words(other, shape, "en"):
            alarm = name == "revenue" and was.is_key and _fell(one, other, classification.settings)
            kind = ChangeKind.ALARM if alarm else ChangeKind.CHANGED
            change = replace(plain, kind=kind, what=title, before=_word(name, one), after=_word(name, other))
            why = tuple(reasons(name, was, now, account, classification, rose))
            yield replace(change, format=shape, why=why, field=name)


def _fell(before: object, after: object, settings: Settings) -> bool:
    """Whether revenue fell by more than the bound of an alarm."""
    if not isinstance(before, (int, float)) or not isinstance(after, (int, float)) or before <= 0:
        return False
    return more_than((before - after) / before, settings.alarm_fall)


def _word(name: str, value: object) -> object:
    return _LABELS.get(name, {}).get(value, value) if isinstance(value, str) else value


def change_row(change: Change, lang: str) -> dict[str, object]:
    """A change as a row of the sheet."""
    return {
        "kind": change.kind.label.render(lang),
        "client": change.client,
        "what": change.what.render(lang),
        "before": words(change.before, change.format, lang) or None,
        "after": words(change.after, change.format, lang) or None,
        "share": change.share,
        "why": why_text(change, lang) or None,
        "manager": change.manager or None,
        "client_id": change.client_id,
    }


def why_text(change: Change, lang: str) -> str:
    """Why something changed: sentences one after the other, shorter reasons apart."""
    return joined(change.why, "; ", lang).replace(".; ", ". ")


def change_record(change: Change, lang: str) -> dict[str, object]:
    """A change for other programs: numbers as numbers, facts in words."""

    def plain(value: object) -> object:
        return value.render(lang) if isinstance(value, Text) else value

    return {
        "kind": change.kind.value,
        "client_id": change.client_id,
        "client": change.client,
        "manager": change.manager or None,
        "what": change.what.render(lang),
        "before": plain(change.before),
        "after": plain(change.after),
        "change": change.share,
        "why": [text.render(lang) for text in change.why],
    }


def words(value: object, shape: str, lang: str) -> str:
    """A value before or after in words."""
    if isinstance(value, Text):
        return value.render(lang)
    return value if isinstance(value, str) else shown(value, shape or "number", lang)


def alarms(listed: Iterable[Change]) -> list[Change]:
    """The changes that are alarms."""
    return [change for change in listed if change.kind is ChangeKind.ALARM]


def alarm_text(change: Change) -> Text:
    """An alarm in a sentence."""
    return Text(
        "revenue of the key account fell by {share:share}, from {before:money} to {after:money}",
        share=-(change.share or 0.0),
        before=change.before,
        after=change.after,
    )


def changes_summary(listed: Sequence[Change], since: date | None, lang: str) -> str:
    """What changed, counted, and against which build.

    >>> changes_summary([], None, "en")
    'There is no earlier build to compare with.'
    """
    if since is None:
        return Text("There is no earlier build to compare with.").render(lang)
    counts = Counter(change.kind for change in listed)
    parts = [
        plural("{n:count} alarm", "{n:count} alarms", n=counts[ChangeKind.ALARM]),
        plural("{n:count} new key account", "{n:count} new key accounts", n=counts[ChangeKind.BECAME]),
        plural(
            "{n:count} no longer key", "{n:count} no longer key", n=counts[ChangeKind.CEASED] + counts[ChangeKind.GONE]
        ),
        plural("{n:count} figure changed", "{n:count} figures changed", n=counts[ChangeKind.CHANGED]),
    ]
    counted = [text for text in parts if text.values["n"]] or [Text("nothing changed")]
    return Text("Since {day}: {what}.", day=since, what=joined(counted, ", ", lang)).render(lang)
