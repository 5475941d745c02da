"""Every default of the rules, in one frozen object (sections 2 and 3: the house decisions)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from kam_xl.domain.errors import SettingsError
from kam_xl.domain.model import PathShape
from kam_xl.domain.setting_values import is_amount, out_of_range, read_value, setting
from kam_xl.domain.toml_file import read_toml
from kam_xl.errors import system_reason
from kam_xl.locale import Text


class Setting(NamedTuple):
    """One setting as a user sees it; `value` is None where the rule is off."""

    name: str
    value: object
    meaning: Text
    title: Text


@dataclass(frozen=True)
class Settings:
    """What the rules take as granted until a user says otherwise.

    Shares are fractions, amounts are money in the table's currency and period; None switches a bound off.
    The title and the meaning of each field stand in its metadata; `listed` gives them all.

    Raises
    ------
    SettingsError
        For values out of range or bounds in the wrong order, all at once.

    Examples
    --------
    >>> Settings(key_revenue_share=0.05).key_revenue_share
    0.05
    >>> Settings(horizon_years=7, key_account_limit=1.5)
    Traceback (most recent call last):
    kam_xl.domain.errors.SettingsError: key_account_limit must be from 0 to 1, got 1.5: 1.5% is 0.015; horizon_years
    must be a whole number from 2 to 5, got 7.
    """

    key_revenue_share: float = setting(
        0.10,
        Text("Key by revenue: share of all revenue above"),
        Text("A client is key by revenue when its share of all revenue is more than this."),
        high=1,
    )
    key_revenue_amount: float | None = setting(
        None,
        Text("Key by revenue: amount from"),
        Text("A client is also key by revenue when it brings at least this amount; blank: off."),
    )
    prospect_max_penetration: float = setting(
        0.20,
        Text("Prospect: penetration index below"),
        Text("A client can be a prospect while its penetration index is below this."),
        high=1,
    )
    prospect_min_budget: float | None = setting(
        None,
        Text("Prospect: procurement budget from"),
        Text("A prospect's procurement budget is considerable from this amount; blank: where its potential is high."),
    )
    mark_min_level: int = setting(
        2,
        Text("Reference and expertise: level from"),
        Text("A reference or expertise mark given as a level from 0 to 3 counts from this level."),
        1,
        3,
    )
    key_account_limit: float = setting(
        0.15,
        Text("Limit of key accounts, share of all clients"),
        Text("The share of all clients that a company can serve as key accounts."),
        high=1,
    )
    thin_share: float = setting(
        0.20,
        Text("Warn when key accounts bring less than"),
        Text("The list says so if the key accounts together bring less than this share of all revenue."),
        high=1,
    )
    actual_min_share: float = setting(
        0.01,
        Text("Current account: share of the plan from"),
        Text("An account is current from this share of the sales plan (or of revenue)."),
        high=1,
    )
    position_strong_from: float = setting(
        0.50,
        Text("Strong position: penetration index from"),
        Text("The position is strong from this penetration index."),
        high=1,
    )
    position_medium_from: float = setting(
        0.20,
        Text("Medium position: penetration index from"),
        Text("The position is medium from this penetration index."),
        high=1,
    )
    potential_high_from: float | None = setting(
        None,
        Text("High potential: procurement budget from"),
        Text("The potential is high from this procurement budget; blank: from the percentile below."),
    )
    potential_medium_from: float | None = setting(
        None,
        Text("Medium potential: procurement budget from"),
        Text("The potential is medium from this procurement budget; blank: from the percentile below."),
    )
    potential_high_percentile: float = setting(
        0.80,
        Text("High potential: percentile of budgets"),
        Text("The potential is high from this percentile of the known budgets."),
        high=1,
    )
    potential_medium_percentile: float = setting(
        0.50,
        Text("Medium potential: percentile of budgets"),
        Text("The potential is medium from this percentile of the known budgets."),
        high=1,
    )
    considerable_share: float = setting(
        0.01,
        Text("High potential: least share of our revenue"),
        Text("By percentiles the potential is never high below this share of our whole revenue."),
        high=1,
    )
    dominant_share: float = setting(
        0.50,
        Text("Dominant competitor: share of the budget from"),
        Text("A competitor dominates a client from this share of its procurement budget."),
        high=1,
    )
    score_criteria: str = setting(
        "price, quality, range, service, relations, terms",
        Text("Criteria for scoring competitors"),
        Text("The criteria by which competitors and we ourselves are scored from 0 to 5, separated by commas."),
    )
    budget_max_age_months: int = setting(
        12,
        Text("Old budget: older than, months"),
        Text("A procurement budget older than this many months is marked as old."),
        1,
        120,
    )
    money_tolerance: float = setting(
        0.005,
        Text("Rounding: share of an amount"),
        Text("Sums of money that differ by no more than this share differ by rounding only."),
        high=1,
    )
    abc_a: float = setting(
        0.80, Text("ABC: class A up to"), Text("Class A reaches to this share of cumulative revenue."), high=1
    )
    abc_b: float = setting(
        0.95, Text("ABC: class B up to"), Text("Class B reaches to this share of cumulative revenue."), high=1
    )
    horizon_years: int = setting(
        3, Text("Horizon of a plan, years"), Text("The horizon of a perspective plan in years."), 2, 5
    )
    budget_growth: float = setting(
        0.0,
        Text("Growth of a client's budget a year"),
        Text("The yearly growth of a client's procurement budget in a plan."),
        -0.99,
        1,
    )
    strong_step: float = setting(
        0.10,
        Text("Strong position: rise of penetration"),
        Text("With a strong position, by how much the penetration index can rise within the horizon."),
        high=1,
    )
    attainable_max: float = setting(
        0.90,
        Text("Highest attainable penetration index"),
        Text("The penetration index that a strong position can reach at most."),
        high=1,
    )
    max_step: float = setting(
        0.10,
        Text("Highest rise of penetration a year"),
        Text("By how much the penetration index can rise a year, at most."),
        high=1,
    )
    capacity_growth: float = setting(
        0.20,
        Text("Capacity: growth of our revenue a year"),
        Text(
            "By how much our whole revenue can grow a year, compounded over the horizon: the capacity for the goals of "
            "its last year together."
        ),
        high=1,
    )
    alarm_fall: float = setting(
        0.15,
        Text("Alarm: revenue fell by more than"),
        Text("A key account whose revenue fell by more than this share is an alarm."),
        high=1,
    )
    rank_moves: int = setting(
        3,
        Text("What changed: moves of rank from, places"),
        Text("What changed lists a move of rank from this many places; many smaller ones are one line."),
        1,
        1000,
    )
    whitespace_min_peers: int = setting(
        3,
        Text("Whitespace: similar clients at least"),
        Text("A white spot is proposed where at least this many similar clients buy anything."),
        1,
        1000,
    )
    whitespace_min_share: float = setting(
        0.50,
        Text("Whitespace: share of them that buy"),
        Text("A white spot is proposed where at least this share of the similar clients buy the product group."),
        high=1,
    )
    history_builds: int = setting(
        3,
        Text("History: latest builds kept"),
        Text("The workbook keeps what the key accounts were like at this many latest builds, for What changed."),
        1,
        50,
    )
    history_months: int = setting(
        12,
        Text("History: months kept"),
        Text("The last build of each of this many months is kept."),
        0,
        120,
    )
    history_years: int = setting(
        5,
        Text("History: years kept, by quarter"),
        Text("Within this many years the last build of each quarter is kept; what is older is dropped."),
        0,
        30,
    )
    agenda_days: int = setting(
        30,
        Text("Agenda: days ahead"),
        Text("The agenda lists what is overdue, what has no date, and what is due within this many days."),
        7,
        3650,
    )
    target_path: PathShape = setting(  # noqa: RUF009 (it gives a field)
        PathShape.LINEAR,
        Text("Path to the target"),
        Text("How penetration goes from today's to the target: linear or s-shaped."),
    )
    base_year: int | None = setting(
        None,
        Text("Year of the figures"),
        Text(
            "The year of the client table's figures, year 0 of the plans; blank: the year that its "
            "headers name, else the last year whose months all have actual figures in the operational "
            "plan."
        ),
        1990,
        2100,
        whole=True,
    )
    financial_year_start: int = setting(
        1,
        Text("First month of the financial year"),
        Text("The month with which the financial year begins; 1: calendar years."),
        1,
        12,
    )
    currency: str = setting(
        "",
        Text("Currency of the amounts"),
        Text("The currency of the amounts, for headings; of a table with several currencies only this one is read."),
    )
    clients_by: str = setting(
        "",
        Text("What counts as one client"),
        Text("parent: all rows with the same parent company are one client; blank: each row is one."),
        one_of=("", "parent"),
    )

    def __post_init__(self) -> None:
        if faults := [*out_of_range(self), *_out_of_order(self)]:
            raise SettingsError(faults)

    @classmethod
    def from_mapping(cls, values: Mapping[str, object], where: Text | str = "") -> Settings:
        """Settings from names and values as people write them; a blank value leaves the default.

        Parameters
        ----------
        values : mapping
            Setting names to numbers, or to text such as ``"15%"`` or ``"0,15"``; ``"500,000"`` is refused, because it
            may be five hundred or five hundred thousand.
        where : Text or str, optional
            The place the values come from, for the error.

        Raises
        ------
        SettingsError
            For unknown names and for values that are out of range, all at once.

        Examples
        --------
        >>> Settings.from_mapping({"key_account_limit": "20%", "horizon_years": 5.0, "target_path": "S-shaped"})
        ... # doctest: +ELLIPSIS
        Settings(... key_account_limit=0.2, ... horizon_years=5, ... target_path=<PathShape.S_SHAPED: 's-shaped'>, ...)
        >>> Settings.from_mapping({"key_acount_limit": 0.2})
        Traceback (most recent call last):
        kam_xl.domain.errors.SettingsError: there is no setting key_acount_limit, perhaps key_account_limit is meant.
        """
        known = {each.name: each for each in fields(cls)}
        faults = [_unknown(name, known) for name in values if name not in known]
        given: dict[str, Any] = {
            name: read_value(value, known[name].default, known[name].metadata["whole"])
            for name, value in values.items()
            if name in known and value is not None and value != ""
        }
        try:
            settings = cls(**given)
        except SettingsError as error:
            raise SettingsError([*faults, *error.faults], where=where) from None
        if faults:
            raise SettingsError(faults, where=where)
        return settings

    def listed(self) -> list[Setting]:
        """All settings with their values and meanings, in the order of the rules.

        >>> Settings().listed()[0].name
        'key_revenue_share'
        """
        return [
            Setting(each.name, getattr(self, each.name), each.metadata["help"], each.metadata["title"])
            for each in fields(self)
        ]


def same_setting(name: str, one: object, other: object) -> bool:
    """Whether two values as people write them are the same setting.

    >>> same_setting("key_revenue_share", "5%", 0.05), same_setting("key_revenue_share", None, 0.05)
    (True, False)
    """
    field = next((each for each in fields(Settings) if each.name == name), None)
    if field is None:
        return one == other
    return read_value(one, field.default, field.metadata["whole"]) == read_value(
        other, field.default, field.metadata["whole"]
    )


def toml_values(path: str | Path) -> dict[str, object]:
    """The top level of a TOML file with settings, not yet checked: they may override other settings or be overridden.

    Raises
    ------
    SettingsError
        Where the file cannot be read or is not TOML.
    """
    try:
        return read_toml(path)
    except OSError as error:
        raise SettingsError(
            [Text("the settings file cannot be read ({why})", why=system_reason(error))], str(path)
        ) from error
    except ValueError as error:  # TOML and encoding errors alike
        raise SettingsError([Text("the settings file is not valid TOML ({why})", why=str(error))], str(path)) from error


def _unknown(name: str, known: Mapping[str, object]) -> Text:
    if close := get_close_matches(name, known, n=1):
        return Text("there is no setting {name}, perhaps {close} is meant", name=name, close=close[0])
    return Text("there is no setting {name}", name=name)


AMOUNTS = tuple(each.name for each in fields(Settings) if is_amount(each.default, each.metadata["whole"]))
"""The settings that are amounts of money."""

ORDERED = (
    ("position_medium_from", "position_strong_from"),
    ("potential_medium_from", "potential_high_from"),
    ("potential_medium_percentile", "potential_high_percentile"),
    ("abc_a", "abc_b"),
)
"""Pairs of settings of which the first must be below the second."""


def _out_of_order(settings: Settings) -> Iterator[Text]:
    for lower, upper in ORDERED:
        low, high = getattr(settings, lower), getattr(settings, upper)
        if isinstance(low, (int, float)) and isinstance(high, (int, float)) and low >= high:
            yield Text("{lower} ({low}) must be below {upper} ({high})", lower=lower, low=low, upper=upper, high=high)


DEFAULTS = Settings()
