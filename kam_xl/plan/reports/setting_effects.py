"""What each setting does to the user's own table: how many would be key with another value, what it makes of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from kam_xl.domain.bounds import more_than
from kam_xl.domain.classify import Account, Classification
from kam_xl.domain.errors import SettingsError
from kam_xl.domain.freshness import is_old
from kam_xl.domain.goals import year_label
from kam_xl.domain.measures import total_of
from kam_xl.domain.model import AbcClass, Labelled, Position, Potential, Status
from kam_xl.domain.what_if import key_accounts_with
from kam_xl.locale import Text, in_context, plural

_NOT_RATED = in_context("ratings", "not rated")

NOTHING = Text("Changes nothing in this table.")
"""Where the table has nothing that a setting could act upon: no budget, no level, no key account."""


def setting_effects(classification: Classification) -> dict[str, Text]:
    """What each setting does to the table, by the name of the setting; of those that change no number, what they do.

    Examples
    --------
    >>> from kam_xl.domain.classify import Client, classify
    >>> table = [Client("1", "Nordwerk", revenue=60), Client("2", "Alpha", revenue=8), Client("3", "Beta", revenue=32)]
    >>> effects = setting_effects(classify(table))
    >>> print(effects["key_revenue_share"].render("en"))
    2 key accounts now; 3 at 5%, 2 at 20%.
    >>> print(effects["key_account_limit"].render("en"))
    The limit allows 1 of 3 clients; 2 qualify.
    """
    nothing = dict.fromkeys((each.name for each in classification.settings.listed()), NOTHING)
    effects = (_changes_no_number, _who_is_key, _what_it_makes, _how_it_is_read)
    return nothing | {name: effect for find in effects for name, effect in find(classification)}


# --- what changes no number, and how the table is read ---------------------------------------------------------------


def _changes_no_number(classification: Classification) -> Iterator[tuple[str, Text]]:
    for names, what in _FOR_TEXTS_ONLY.items():
        yield from ((name, Text("Changes no number: {what}.", what=what)) for name in names)
    yield "alarm_fall", Text("Changes no number: {what}.", what=_falls(classification))


_FOR_TEXTS_ONLY: Mapping[tuple[str, ...], Text] = {
    ("language",): Text("only the words on the sheets"),
    ("money_tolerance",): Text("only which differences between sums the data check lists"),
    ("whitespace_min_peers", "whitespace_min_share"): Text("only which white spots are proposed"),
    ("history_builds", "history_months", "history_years"): Text("only how far back changes can be compared"),
    ("rank_moves",): Text("only which moves of rank What changed lists one by one"),
    ("agenda_days",): Text("only how far ahead This week looks"),
    ("currency",): Text("only headings; of several currencies it picks the one that is read"),
}


def _falls(classification: Classification) -> Text:
    """How many key accounts have fallen by more than the bound since the latest earlier year of the table."""
    known = [
        (account.client.history[-1], account.client.revenue)
        for account in classification.key_accounts
        if account.client.history and account.client.revenue is not None
    ]
    known = [each for each in known if each[0][1] > 0]
    if not known:
        return Text("only which falls What changed calls alarms")
    year = max(before[0] for before, _ in known)
    bound = classification.settings.alarm_fall
    lower = [now for (since, before), now in known if since == year and more_than(1 - now / before, bound)]
    return Text(
        "only which falls What changed calls alarms; key accounts that fell by more than this since {year}: "
        "{fallen:count} of {known:count}",
        year=year_label(year, classification.settings),
        fallen=len(lower),
        known=sum(since == year for (since, _), _ in known),
    )


def _how_it_is_read(classification: Classification) -> Iterator[tuple[str, Text]]:
    settings, clients = classification.settings, len(classification.accounts)
    if settings.clients_by:
        yield "clients_by", plural("{n:count} parent company.", "{n:count} parent companies.", n=clients)
    else:
        yield "clients_by", plural("{n:count} row is a client.", "{n:count} rows are clients.", n=clients)
    year = year_label(classification.base_year, settings)
    if settings.financial_year_start == 1:
        yield "financial_year_start", Text("Calendar years: the figures are those of {year}.", year=year)
    else:
        yield "financial_year_start", Text("Financial years: the figures are those of {year}.", year=year)


# --- who is key ------------------------------------------------------------------------------------------------------

# The other values to tell about; a factor of the one that holds, or steps beside it.
_OTHERS: Mapping[str, Callable[[Any], tuple[Any, ...]]] = {
    "key_revenue_share": lambda share: (share / 2, share * 2),
    "prospect_max_penetration": lambda share: (share / 2, share * 2),
    "potential_high_percentile": lambda share: (round(share - 0.1, 6), round(share + 0.1, 6)),
    "considerable_share": lambda share: (share / 2, share * 2),
}


def _who_is_key(classification: Classification) -> Iterator[tuple[str, Text]]:
    settings = classification.settings
    for name, others in _OTHERS.items():
        yield name, _with_others(classification, name, others(getattr(settings, name)), "share")
    amount = settings.key_revenue_amount
    amounts = (amount / 2, amount * 2) if amount else (_last_within_limit(classification),)
    yield "key_revenue_amount", _with_others(classification, "key_revenue_amount", amounts, "money")
    if budget := settings.prospect_min_budget or classification.potential_bounds.high:
        yield (
            "prospect_min_budget",
            _with_others(classification, "prospect_min_budget", (budget / 2, budget * 2), "money"),
        )
    if any(mark is not None and not isinstance(mark, bool) for mark in _marks(classification)):
        levels = tuple(level for level in (1, 2, 3) if level != settings.mark_min_level)
        yield "mark_min_level", _with_others(classification, "mark_min_level", levels, "count")
    limit = classification.limit
    yield (
        "key_account_limit",
        plural(
            "The limit allows {allowed:count} of {n:count} client; {qualified:count} qualify.",
            "The limit allows {allowed:count} of {n:count} clients; {qualified:count} qualify.",
            n=limit.clients,
            allowed=limit.allowed,
            qualified=limit.qualified,
        ),
    )


def _marks(classification: Classification) -> Iterator[object]:
    for account in classification.accounts:
        yield from (account.client.reference, account.client.expertise)


def _last_within_limit(classification: Classification) -> float | None:
    """The revenue from which there are as many clients as the limit allows."""
    revenues = sorted((each.client.revenue for each in classification.accounts if each.client.revenue), reverse=True)
    allowed = min(classification.limit.allowed, len(revenues))
    return revenues[allowed - 1] if allowed and revenues[allowed - 1] > 0 else None


def _with_others(classification: Classification, name: str, values: tuple[Any, ...], kind: str) -> Text:
    clients = [account.client for account in classification.accounts]
    now = plural("{n:count} key account now", "{n:count} key accounts now", n=classification.limit.qualified)
    others: list[object] = []
    for value in (value for value in values if value is not None):
        try:
            count = key_accounts_with(clients, classification.settings, classification.today, name, value)
        except SettingsError:  # out of its range, or beyond the next bound
            continue
        others.append(_AT[kind](count, value))
    return Text("{now}; {others}.", now=now, others=others) if others else Text("{now}.", now=now)


_AT: Mapping[str, Callable[[int, Any], Text]] = {
    "share": lambda count, value: Text("{count:count} at {value:share}", count=count, value=value),
    "money": lambda count, value: Text("{count:count} from {value:money}", count=count, value=value),
    "count": lambda count, value: Text("{count:count} from level {value:count}", count=count, value=value),
}


# --- what it makes of the clients ------------------------------------------------------------------------------------


def _what_it_makes(classification: Classification) -> Iterator[tuple[str, Text]]:
    accounts, settings = classification.accounts, classification.settings
    positions = _counted(accounts, Position, lambda account: account.position and account.position.value)
    potentials = _counted(accounts, Potential, lambda account: account.potential and account.potential.value)
    classes = _counted(accounts, AbcClass, lambda account: account.abc)
    statuses = _counted(accounts, Status, lambda account: account.status and account.status.value)
    for names, counts in (
        (("position_strong_from", "position_medium_from"), positions),
        (("potential_high_from", "potential_medium_from", "potential_medium_percentile"), potentials),
        (("abc_a", "abc_b"), classes),
        (("actual_min_share",), statuses),
    ):
        yield from ((name, Text("{counts}.", counts=counts)) for name in names)
    if (revenue := classification.total_revenue) > 0:
        key = total_of(account.client.revenue for account in classification.key_accounts)
        yield "thin_share", Text("The key accounts bring {share:share} of all revenue.", share=key / revenue)
    dominated = {account.client.client_id for rival in classification.rivals for account in rival.dominates}
    yield (
        "dominant_share",
        plural(
            "A competitor dominates {n:count} client.", "A competitor dominates {n:count} clients.", n=len(dominated)
        ),
    )
    yield (
        "horizon_years",
        Text("The goals are for {year}.", year=year_label(classification.years[-1], settings)),
    )
    yield "base_year", Text("The figures are for {year}.", year=year_label(classification.base_year, settings))
    gains = total_of(account.attainable_gain for account in classification.key_accounts)
    for name in ("strong_step", "attainable_max", "max_step"):
        yield name, Text("The attainable gains of the key accounts add up to {gains:money}.", gains=gains)
    yield "capacity_growth", _capacity(classification)
    yield from _how_goals_grow(classification)
    yield from _how_sound_the_table_is(classification)


def _how_goals_grow(classification: Classification) -> Iterator[tuple[str, Text]]:
    """What the growth of budgets and the shape of the path make of the goals, in the first and in the last year."""
    goals = classification.goals
    if not classification.key_accounts:
        return
    first, last = (year_label(year, classification.settings) for year in (min(goals), max(goals)))
    values = {"first": first, "one": goals[min(goals)], "last": last, "other": goals[max(goals)]}
    for name in ("budget_growth", "target_path"):
        yield name, Text("The proposed goals add up to {one:money} in {first} and {other:money} in {last}.", **values)


def _how_sound_the_table_is(classification: Classification) -> Iterator[tuple[str, Text]]:
    """How many budgets are old, and how many competitors are scored."""
    clients, settings = [account.client for account in classification.accounts], classification.settings
    dated = [client.budget_date for client in clients if client.budget_date is not None]
    old = sum(is_old(day, classification.today, settings) for day in dated)
    yield (
        "budget_max_age_months",
        Text("Budgets with a date: {dated:count}; older than this: {old:count}.", dated=len(dated), old=old),
    )
    rivals = [rival for client in clients for rival in client.competitors]
    scored = sum(bool(rival.scores) for rival in rivals)
    yield (
        "score_criteria",
        Text("Competitors at clients: {all:count}; with scores: {scored:count}.", all=len(rivals), scored=scored),
    )


def _counted(
    accounts: tuple[Account, ...], scale: type[Labelled], value: Callable[[Account], Labelled | None]
) -> list[object]:
    """How many clients have each value of a scale: "strong: 3"."""
    counts = Counter(map(value, accounts))
    labels = [(member.label, counts[member]) for member in scale] + [(_NOT_RATED, counts[None])]
    return [Text("{label}: {count:count}", label=label, count=count) for label, count in labels if count]


def _capacity(classification: Classification) -> Text:
    capacity = classification.capacity
    if capacity.amount is None:
        return Text("Without revenue there is no ceiling.")
    if capacity.ceiling is None:
        return Text(
            "The goals add {wanted:money}; our revenue can grow by {amount:money}.",
            wanted=capacity.wanted,
            amount=capacity.amount,
        )
    return Text(
        "The goals would add {wanted:money}, our revenue can grow by {amount:money}: no proposal adds more than "
        "{ceiling:money}.",
        wanted=capacity.wanted,
        amount=capacity.amount,
        ceiling=capacity.ceiling,
    )
