"""Plan sheets: new ones are stamped from the template; existing ones get new numbers and keep what people typed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import TypeVar

from kam_xl.actions.book.filling import Contents, Filled, key
from kam_xl.actions.book.sheets import NamedSheet, native
from kam_xl.actions.plans.context import BuildContext
from kam_xl.actions.plans.history import trends
from kam_xl.actions.plans.plan_numbers import number_findings
from kam_xl.actions.plans.proposals import GOAL_FIELDS, budget_findings, proposal_findings
from kam_xl.domain.classify import Account
from kam_xl.engines.charts import refresh_charts
from kam_xl.engines.pages import end_pages
from kam_xl.engines.stamp import Fill, show_some, stamp
from kam_xl.engines.values import Formula
from kam_xl.excel.sheet_names import is_name_for, unique_names, unique_sheet_name
from kam_xl.plan.account.content import proposals
from kam_xl.plan.account.folding import rows_shown
from kam_xl.plan.account.formulas import FORMER, FORMULAS, Computed
from kam_xl.plan.account.plan_fields import PLAN_FIELDS, PLAN_NAMES
from kam_xl.plan.account.printing import SECTIONS
from kam_xl.plan.account.trend import Point
from kam_xl.plan.account.values import with_formulas
from kam_xl.plan.fields import Kind
from kam_xl.plan.reports.lists import FROM_PLAN, FormerAccount, PlanSheet
from kam_xl.plan.reports.portfolio_money import BY_YEAR
from kam_xl.plan.state import account_state
from kam_xl.plan.week.agenda import READ_FIELDS
from kam_xl.plan.words import in_language
from kam_xl.table import Finding

T = TypeVar("T")
Progress = Callable[[int, int], None]
Columns = dict[str, list[object]]
"""Field name -> its cells from the top down."""


@dataclass
class PlanReport:
    """What a build of plans did: clients by fate, and the addresses of cells that people had typed over.

    `renamed` are plan sheets whose client is called otherwise now, with their new names.
    `sheets` are the plans of the build as the list of key accounts shows them, by client id; `cells` what they hold
    that the agenda is made from, so that no sheet is read again.
    """

    new: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    former: list[FormerAccount] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    sheets: dict[str, PlanSheet] = field(default_factory=dict)
    cells: dict[str, Columns] = field(default_factory=dict)


def build(context: BuildContext, progress: Progress, only: Collection[str] | None = None) -> PlanReport:
    """One plan sheet for every key account; accounts that are key no longer are marked, never deleted.

    With `only`, plans of other clients than these are neither made nor touched.
    """
    report = PlanReport()
    accounts, existing = _among(context.key_accounts_by_id, only), _among(context.sheets.plans, only)
    earlier = trends(context.record, context.today)
    total = len(accounts.keys() | existing.keys())
    for done, (client_id, plans) in enumerate(existing.items(), start=1):
        report.renamed |= _rename(context, plans[0], client_id)
        pages = [_update(context, plan, client_id, earlier.get(client_id, ())) for plan in plans]
        report.kept += (address for page in pages for address in page.kept)
        report.sheets[client_id] = PlanSheet.of(plans[0].title, pages[0].shown)
        report.cells[client_id] = {name: cells for name, cells in pages[0].shown.items() if name in READ_FIELDS}
        if client_id in accounts:
            report.updated.append(client_id)
            written = context.record.of(plan_owner(client_id))
            report.findings += proposal_findings(context, accounts[client_id], plans[0], pages[0].shown, written)
            report.findings += number_findings(accounts[client_id].client, plans[0], pages[0])
            report.findings += budget_findings(accounts[client_id].client, plans[0], pages[0].shown)
        else:
            report.former.append(_former(client_id, plans[0]))
        progress(done, total)
    new = [account for client_id, account in accounts.items() if client_id not in existing]
    _stamp(context, new, earlier, report)
    report.new = [account.client.client_id for account in new]
    progress(total, total)
    return report


def _rename(context: BuildContext, plan: NamedSheet, client_id: str) -> dict[str, str]:
    """Name the sheet of a client that got another name after it, where it bears the name that we gave it."""
    account = context.classification.by_id.get(client_id)
    was = str(context.record.of(plan_owner(client_id)).get(key("kam_client", 0)) or "")
    if account is None or not was or account.client.client == was or not is_name_for(old := plan.title, was):
        return {}
    others = {str(sheet.name) for sheet in context.book.sheets} - {old}
    new = unique_sheet_name(account.client.client, others)
    if new == old:
        return {}
    plan.sheet.name = new
    return {old: new}


def _among(items: Mapping[str, T], only: Collection[str] | None) -> dict[str, T]:
    return {client_id: item for client_id, item in items.items() if only is None or client_id in only}


def _former(client_id: str, plan: NamedSheet) -> FormerAccount:
    def text(name: str) -> str:
        return str(plan.cells(name)[0] or "") if name in plan else ""

    return FormerAccount(client_id, text("kam_client"), text("kam_account_state"))


_TOLD = dict.fromkeys((*FROM_PLAN.values(), *BY_YEAR, *READ_FIELDS))
"""What the lists and the agenda report a plan."""


def _stamp(
    context: BuildContext, accounts: Sequence[Account], earlier: Mapping[str, Sequence[Point]], report: PlanReport
) -> None:
    template = context.sheets.plan_template
    if not accounts or template is None:
        return
    template.know(PLAN_NAMES)
    blank = _read(template)
    rows = {name: prod(area.shape) for name, area in template.areas(PLAN_FIELDS).items()}
    keys = {name: [key(name, at) for at in range(count)] for name, count in rows.items()}
    names = unique_names([account.client.client for account in accounts], [sheet.name for sheet in context.book.sheets])
    fills, goals = [], []
    for account, title in zip(accounts, names, strict=True):
        values = context.plan_values(account, earlier=earlier.get(account.client.client_id, ()))
        shown = rows_shown(values)
        cells = {name: _column(value)[: rows[name]] for name, value in values.items() if name in rows}
        ours = {
            field: value
            for name, column in cells.items()
            if name not in FORMULAS
            for field, value in zip(keys[name], column, strict=False)
            if value is not None
        }
        context.record.replace(plan_owner(account.client.client_id), {_ROWS: str(shown), **ours})
        contents = {
            name: [native(value) for value in column] if name in FORMULAS else column for name, column in cells.items()
        }
        fills.append(Fill(title, contents, shown, SECTIONS))
        goals.append({name: _values(cells[name]) for name in GOAL_FIELDS if name in cells})
        client_id, shows = account.client.client_id, {name: _values(cells[name]) for name in _TOLD if name in cells}
        report.sheets[client_id] = PlanSheet.of(title, shows)
        if whole := _written_over(blank, shows):
            report.cells[client_id] = whole
    # By the sheets themselves: Excel counts sheets of charts in their places, but not among the worksheets.
    before = [plan.sheet for plans in context.sheets.plans.values() for plan in plans] or [template.sheet]
    stamp(template.sheet, fills, after=max(before, key=lambda sheet: int(sheet.index)))
    context.sheets.add_plans([account.client.client_id for account in accounts], names, template)
    for account, title, cells in zip(accounts, names, goals, strict=True):
        plan = next(plan for plan in context.sheets.plans[account.client.client_id] if plan.title == title)
        report.findings += budget_findings(account.client, plan, cells)


def _read(template: NamedSheet) -> Columns:
    """What the template itself holds of what the agenda is made from: whoever owns it may propose actions there."""
    areas = template.areas(READ_FIELDS)
    contents = Contents(template, areas.values())
    return {name: contents.of(area) for name, area in areas.items()}


def _written_over(blank: Columns, cells: Columns) -> Columns:
    """What a copy of the template holds; nothing where a formula of the template's own says it: that must be read."""
    whole = {}
    for name, column in blank.items():
        new = cells.get(name, [])
        whole[name] = [*new, *column[len(new) :]] if new else column
    return {} if any(isinstance(cell, Formula) for column in whole.values() for cell in column) else whole


def _values(column: Sequence[object]) -> list[object]:
    return [each.value if isinstance(each, Computed) else each for each in column]


def _update(context: BuildContext, plan: NamedSheet, client_id: str, earlier: Sequence[Point]) -> Filled:
    """Write what is ours and still as we left it; returns the sheet as it is then."""
    plan.know(PLAN_NAMES)
    owner, account = plan_owner(client_id), context.classification.by_id.get(client_id)
    page = Filled(plan, context.record, owner, PLAN_FIELDS)
    page.drop(FORMER)
    values = _new_values(context, account, page.shown, earlier)
    for name in [name for name in values if PLAN_FIELDS[name].kind is Kind.PROPOSAL]:
        for at, value in enumerate(values.pop(name)):
            page.propose(name, at, value)
    page.fill(values)
    page.fill(with_formulas(_shown(page.shown), page.typed(FORMULAS)))
    page.write()
    _fold(context, plan, owner, rows_shown(_shown(page.shown)))
    refresh_charts(plan.sheet)
    return page


_ROWS = "rows shown"


def _fold(context: BuildContext, plan: NamedSheet, owner: str, shown: dict[str, int]) -> None:
    """Show the rows that are filled, where these are others than at the last build: what a user opened stays open."""
    if not context.record.is_ours(owner, _ROWS, str(shown)):
        rows = {name: range(area.top, area.bottom + 1) for name, area in plan.areas(shown).items()}
        show_some(plan.sheet, rows, shown)
        end_pages(plan.sheet, [area.top - SECTIONS[name] for name, area in plan.areas(SECTIONS).items()])
        context.record.note(owner, _ROWS, str(shown))


def _new_values(context: BuildContext, account: Account | None, sheet: Columns, earlier: Sequence[Point]) -> Columns:
    """What the plan should say now, formulas left out."""
    if account is None:
        existing = sheet["kam_account_state"][0] if "kam_account_state" in sheet else None
        values: dict[str, object] = {
            "kam_account_state": account_state(None, lang=context.lang, built=context.today, existing=existing)
        }
    else:
        late = proposals(account, context.classification, context.today)  # some may have lacked a budget until now
        values = {name: in_language(value, context.lang) for name, value in late.items()}
        values |= context.plan_values(account, _shown(sheet), earlier)
    return {name: _column(value)[: len(sheet[name])] for name, value in values.items() if name in sheet}


def _shown(sheet: Columns) -> dict[str, object]:
    return {name: column if PLAN_FIELDS[name].rows > 1 else column[0] for name, column in sheet.items()}


def plan_owner(client_id: str) -> str:
    """Under which the record keeps what was written into the plan of a client."""
    return f"plan:{client_id}"


def _column(value: T | list[T]) -> list[T]:
    return value if isinstance(value, list) else [value]
