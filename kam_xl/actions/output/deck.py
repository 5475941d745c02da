"""The review deck of a workbook: what its plans hold and its table says, gathered; nothing is written into the book."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import xlwings as xw

from kam_xl.actions.book.filling import Contents, typed_over
from kam_xl.actions.book.record import is_blank, same, same_formula
from kam_xl.actions.book.sheets import NamedSheet
from kam_xl.actions.building import Options, table_of
from kam_xl.actions.plans.context import BuildContext, NoPlansError
from kam_xl.actions.plans.history import earlier
from kam_xl.actions.setup import own_language
from kam_xl.domain.classify import Account
from kam_xl.engines.values import Formula
from kam_xl.locale import Text
from kam_xl.plan.account.formulas import FORMER, FORMULAS
from kam_xl.plan.account.plan_fields import PLAN_FIELDS, PLAN_NAMES
from kam_xl.plan.account.values import with_formulas
from kam_xl.plan.deck.review import Review, slides, stale_text
from kam_xl.plan.reports.lists import FormerAccount
from kam_xl.plan.week.changes import changes
from kam_xl.table.finding import part_of_year


@dataclass(frozen=True)
class Deck:
    """A deck and what to tell about it.

    Attributes
    ----------
    content : bytes
        The file.
    slides : int
    notes : list of Text
    """

    content: bytes
    slides: int
    notes: list[Text]


def deck(book: xw.Book, options: Options, *, template: Path | None = None, only: Collection[str] = ()) -> Deck:
    """Make the review deck of a workbook.

    Key accounts without a plan sheet are shown with the plan that a build would propose.

    Parameters
    ----------
    book : xlwings.Book
    options : Options
    template : Path, optional
        A presentation whose master, layouts and placeholders are used; see `kam_xl.actions.output.slides`.
    only : collection of str, optional
        Client ids: only these accounts get a slide of their own.

    Raises
    ------
    NoPlansError, MissingPackageError, DeckTemplateError
    """
    from kam_xl.actions.output.slides import presentation

    context = BuildContext(
        book,
        options.table or table_of(book, options),
        lang=own_language(book) or options.lang,
        settings=options.settings,
        today=options.today or date.today(),
    )
    unknown = [each for each in only if each not in context.key_accounts_by_id]
    if unknown:
        raise NoPlansError(Text("not a key account"), where=book.name, got=", ".join(unknown))
    shown = review(context)
    made = slides(shown, context.lang, tuple(only))
    notes = [note for note in (stale_text(shown.stale), *_without_plan(context)) if note]
    return Deck(presentation(made, template), len(made), notes)


def review(context: BuildContext) -> Review:
    """What the deck is about, gathered from the workbook."""
    sheets = {client_id: plan_cells(plans[0]) for client_id, plans in context.sheets.plans.items()}
    since, before = earlier(context.record, context.today)
    plans, stale = {}, []
    for client_id, account in context.key_accounts_by_id.items():
        plans[client_id] = sheets.get(client_id) or context.plan_values(account)
        if client_id in sheets and _is_stale(account, sheets[client_id]):
            stale.append(account.client.client)
    former = [
        FormerAccount(client_id, str(values.get("kam_client") or ""), str(values.get("kam_account_state") or ""))
        for client_id, values in sheets.items()
        if client_id not in context.key_accounts_by_id
    ]
    part = part_of_year(context.table.findings)
    return Review(
        context.classification,
        plans,
        former,
        changes(before, context.classification, part_of_year=part is not None) if since else [],
        since,
        context.today,
        stale,
        context.unit,
    )


def plan_cells(plan: NamedSheet) -> dict[str, object]:
    """What the fields of a plan hold. Our own formulas are calculated anew: no program may have done it since."""
    plan.know(PLAN_NAMES)
    areas = plan.areas(PLAN_FIELDS)
    contents = Contents(plan, areas.values())
    cells = {name: contents.of(area) for name, area in areas.items()}
    values = {name: [_value(cell) for cell in column] for name, column in cells.items()}
    typed = {name: typed_over(column, FORMULAS[name]) for name, column in cells.items() if name in FORMULAS}
    now = {name: _column(value) for name, value in with_formulas(_as_fields(values), typed).items()}
    for name, column in now.items():
        for at, (cell, ours) in enumerate(zip(cells.get(name, ()), _column(FORMULAS[name]), strict=False)):
            if isinstance(cell, Formula) and any(
                same_formula(cell.text, each) for each in (str(ours), FORMER.get(name, ""))
            ):
                values[name][at] = column[at]
    return _as_fields(values)


def _as_fields(columns: Mapping[str, list[object]]) -> dict[str, object]:
    return {name: column if PLAN_FIELDS[name].rows > 1 else column[0] for name, column in columns.items()}


def _column(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _value(cell: object) -> object:
    return cell.value if isinstance(cell, Formula) else cell


def _is_stale(account: Account, values: Mapping[str, object]) -> bool:
    """Whether a plan was built from other figures than the table has now."""
    now = {"kam_was_revenue": account.client.revenue, "kam_was_budget": account.client.procurement_budget}
    return any(name in values and not _equal(values[name], figure) for name, figure in now.items())


def _equal(one: object, other: object) -> bool:
    return (is_blank(one) and is_blank(other)) or same(one, other)


def _without_plan(context: BuildContext) -> list[Text]:
    missing = [
        account.client.client
        for client_id, account in context.key_accounts_by_id.items()
        if client_id not in context.sheets.plans
    ]
    if not missing:
        return []
    return [Text("Key accounts without a plan are shown with what a build would propose: {names}.", names=missing)]
