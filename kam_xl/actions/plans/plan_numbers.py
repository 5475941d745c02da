"""Numbers that people type into plans: what the sheet's formulas cannot count with, or would count by mistake."""

from __future__ import annotations

from collections.abc import Iterator

from kam_xl.actions.book.entries import choices_of, finding_at
from kam_xl.actions.book.filling import Filled
from kam_xl.actions.book.record import is_blank
from kam_xl.actions.book.sheets import NamedSheet
from kam_xl.domain.bounds import more_than
from kam_xl.domain.model import Client
from kam_xl.locale import Quoted, Text
from kam_xl.plan.account.formulas import FORMULAS, MAX_GROWTH
from kam_xl.plan.account.plan_fields import PLAN_FIELDS, TRAJECTORY_ROWS
from kam_xl.plan.account.values import as_number
from kam_xl.plan.fields import Kind, Number
from kam_xl.table.finding import Finding

_PERCENT = Text("Enter a percentage, such as 40%.")
_GROWTH = Text("Enter a percentage, such as 5%.")
_Told = tuple[str, Text, Text] | None
"""Code, message and remedy; None where nothing is wrong."""
_NUMBERS = {
    field.name: field.number
    for field in PLAN_FIELDS.values()
    if field.kind is Kind.COMPUTED and field.number in (Number.MONEY, Number.SHARE, Number.COUNT, Number.INDEX)
}


def number_findings(client: Client, plan: NamedSheet, page: Filled) -> Iterator[Finding]:
    """What a plan's goal is drawn from that is not such a number, and text where numbers are computed.

    Parameters
    ----------
    client : Client
    plan : NamedSheet
    page : Filled
        The same sheet as a build leaves it.
    """
    for name, told in (
        ("kam_target_penetration", _target),
        ("kam_horizon", _horizon),
        ("kam_budget_growth", _growth),
        ("kam_margin_rate", _margin_rate),
    ):
        value = page.shown[name][0] if name in page.shown else None
        if not is_blank(value) and (found := told(as_number(value))):
            code, message, remedy = found
            yield finding_at(plan, (name, 0), client, code, message, value, remedy)
    yield from _path(client, plan, page)
    yield from _without_value(client, plan, page)
    yield from _texts(client, plan, page)


def _without_value(client: Client, plan: NamedSheet, page: Filled) -> Iterator[Finding]:
    """Formulas that something else than a spreadsheet program wrote: they count as blank until they are calculated."""
    for place in page.without_value(FORMULAS):
        message = Text(
            "The formula in {name} has never been calculated: it counts as blank.", name=PLAN_FIELDS[place[0]].title
        )
        remedy = Text("Open the workbook in a spreadsheet program, save it, and build again.")
        yield finding_at(plan, place, client, "formula-without-value", message, None, remedy, grade="error")


def _path(client: Client, plan: NamedSheet, page: Filled) -> Iterator[Finding]:
    """A path that is none of the drop-down: formulas know the S-shaped one by its name, and all others are linear."""
    path = page.shown["kam_path"][0] if "kam_path" in page.shown else None
    choices, known = choices_of("kam_path")
    if not is_blank(path) and str(path).casefold() not in known:
        message = Text("{path} is not in the list of paths to the target: the path is linear.", path=Quoted(str(path)))
        remedy = Text("Choose one of the list: {states}.", states=choices)
        yield finding_at(plan, ("kam_path", 0), client, "unknown-path", message, path, remedy)


def _target(share: float | None) -> _Told:
    if share is not None and 0 <= share <= 1:
        return None
    message = (
        Text("The target penetration index is text: the goals leave it out.")
        if share is None
        else Text("The target penetration index is not between 0% and 100%: the goals leave it out.")
    )
    return "not-a-target", message, _PERCENT


def _horizon(years: float | None) -> _Told:
    if years is not None and 1 <= years < TRAJECTORY_ROWS:
        return None
    message = Text(
        "The horizon is not a number of years from 1 to {longest}: the plan has no goal, and list and portfolio count "
        "none for this client.",
        longest=TRAJECTORY_ROWS - 1,
    )
    return "not-a-horizon", message, Text("Enter a number of years, such as 3.")


def _growth(share: float | None) -> _Told:
    if share is None:
        return "not-a-growth", Text("The budget growth is text: it counts as 0%."), _GROWTH
    if abs(share) > MAX_GROWTH:
        return (
            "not-a-growth",
            Text("The budget growth cannot be {share:share} a year: the goals leave the budget out.", share=share),
            _GROWTH,
        )
    if more_than(abs(share), 1.0):
        return (
            "not-a-growth",
            Text("The budget growth is {share:share} a year, and the goals follow it.", share=share),
            _GROWTH,
        )
    return None


def _margin_rate(share: float | None) -> _Told:
    if share is not None and abs(share) <= 1:
        return None
    message = (
        Text("The margin as a share of revenue is text: the years of the plan show no margin.")
        if share is None
        else Text(
            "The margin as a share of revenue is not between -100% and 100%: the years of the plan show no margin."
        )
    )
    return "not-a-margin", message, _PERCENT


def _texts(client: Client, plan: NamedSheet, page: Filled) -> Iterator[Finding]:
    """Text such as "5 million" that somebody typed where the program, or a formula of ours, says a number."""
    typed = page.typed({name: FORMULAS[name] for name in _NUMBERS if name in FORMULAS})
    for name, number in _NUMBERS.items():
        for at, value in enumerate(typed.get(name, page.shown.get(name, ()))):
            if isinstance(value, str) and value.strip():
                yield _text(client, plan, (name, at), value, number)


def _text(client: Client, plan: NamedSheet, place: tuple[str, int], value: str, number: Number) -> Finding:
    message = Text("{name}: text instead of a number, which counts as nothing.", name=PLAN_FIELDS[place[0]].title)
    remedy = (
        Text("Enter the whole amount as a number, such as 5000000, or clear the cell.")
        if number is Number.MONEY
        else Text("Enter a number, or clear the cell.")
    )
    return finding_at(plan, place, client, "text-for-number", message, value, remedy)
