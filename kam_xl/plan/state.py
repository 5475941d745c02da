"""Whether a plan's client is a key account, and since when no longer: it is marked, never deleted."""

from __future__ import annotations

from datetime import date

from kam_xl.domain.classify import Account
from kam_xl.locale import LANGUAGES, Text

KEY_ACCOUNT = Text("Key account")


def _former(day: date | str) -> Text:
    return Text("No longer a key account since {day}", day=day)


def _gone(day: date | str) -> Text:
    return Text("Not in the client table since {day}", day=day)


def account_state(account: Account | None, *, lang: str, built: date, existing: object = None) -> str:
    """What a plan says about its client's state.

    Parameters
    ----------
    account : Account or None
        None where the client is no longer in the table.
    built : date
        The day of this build.
    existing : object
        What the plan says now: a state that has not changed keeps its day.

    Examples
    --------
    >>> account_state(None, lang="en", built=date(2026, 3, 1))
    'Not in the client table since 2026-03-01'
    >>> account_state(None, lang="en", built=date(2026, 9, 1), existing="Not in the client table since 2026-03-01")
    'Not in the client table since 2026-03-01'
    """
    if account is not None and account.is_key:
        return KEY_ACCOUNT.render(lang)
    state = _gone if account is None else _former
    beginnings = tuple(state("").render(each) for each in LANGUAGES)
    if isinstance(existing, str) and existing.startswith(beginnings):
        return existing
    return state(built).render(lang)
