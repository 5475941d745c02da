"""Plan sheets: new ones are stamped from the template; existing ones get new numbers and keep what people typed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import xlwings as xw

from kam_xl.actions.job import Job
from kam_xl.actions.record import is_blank, same
from kam_xl.actions.sheets import NamedSheet, id_text, native
from kam_xl.domain.classify import Account
from kam_xl.engines.charts import refresh_charts
from kam_xl.engines.stamp import Fill, stamp
from kam_xl.engines.values import put
from kam_xl.plan.content import plan_values
from kam_xl.plan.fields import PLAN_FIELDS, Kind
from kam_xl.plan.formulas import FORMULAS, Computed
from kam_xl.plan.reports import FormerAccount
from kam_xl.plan.sheet_names import unique_names
from kam_xl.plan.state import account_state
from kam_xl.plan.values import with_formulas

T = TypeVar("T")
Progress = Callable[[int, int], None]
Columns = dict[str, list[object]]
"""Field name -> its cells from the top down."""


@dataclass
class PlanReport:
    """What a build of plans did: clients by fate, and the addresses of cells that people had typed over."""

    new: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    former: list[FormerAccount] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def build(job: Job, progress: Progress, only: Collection[str] | None = None) -> PlanReport:
    """One plan sheet for every key account; accounts that are key no longer are marked, never deleted.

    With `only`, plans of other clients than these are neither made nor touched.
    """
    report = PlanReport()
    accounts, existing = _among(job.key_accounts_by_id, only), _among(job.sheets.plans, only)
    total = len(accounts.keys() | existing.keys())
    for done, (client_id, plans) in enumerate(existing.items(), start=1):
        for plan in plans:
            report.kept += _update(job, plan, job.accounts_by_id.get(client_id))
        if client_id in accounts:
            report.updated.append(client_id)
        else:
            report.former.append(_former(client_id, plans[0]))
        progress(done, total)
    new = [account for client_id, account in accounts.items() if client_id not in existing]
    _stamp(job, new)
    report.new = [account.client.client_id for account in new]
    progress(total, total)
    return report


def _among(items: Mapping[str, T], only: Collection[str] | None) -> dict[str, T]:
    return {client_id: item for client_id, item in items.items() if only is None or client_id in only}


def _former(client_id: str, plan: NamedSheet) -> FormerAccount:
    def said(name: str) -> str:
        return str(plan.cells(name)[0] or "") if name in plan else ""

    return FormerAccount(client_id, said("kam_client"), said("kam_account_state"))


def _stamp(job: Job, accounts: Sequence[Account]) -> None:
    template = job.sheets.plan_template
    if not accounts or template is None:
        return
    rows = {name: len(template.cells(name)) for name in PLAN_FIELDS if name in template}
    names = unique_names([account.client.client for account in accounts], [sheet.name for sheet in job.book.sheets])
    fills = []
    for account, name in zip(accounts, names, strict=True):
        values = plan_values(account, job.classification, lang=job.lang, built=job.today, source=job.source_of(account))
        cells = {name: _column(values[name])[: rows[name]] for name in values.keys() & rows.keys()}
        for key, at, value in _each_cell(cells):
            if not isinstance(value, Computed):
                job.record.note(_owner(account.client.client_id), _cell_key(key, at), value)
        fills.append(Fill(name, {key: [native(value) for value in column] for key, column in cells.items()}))
    last = max(
        (plan.sheet.index for plans in job.sheets.plans.values() for plan in plans), default=template.sheet.index
    )
    stamp(template.sheet, fills, after=job.book.sheets[last - 1])
    job.sheets.add_plans([account.client.client_id for account in accounts], names)


def _update(job: Job, plan: NamedSheet, account: Account | None) -> list[str]:
    """Write what is ours and still as we left it; returns the addresses of cells that a person typed over."""
    sheet = {name: plan.cells(name) for name in PLAN_FIELDS if name in plan}
    owner = _owner(id_text(sheet["kam_client_id"][0]))
    kept = []
    for name, at, value in _each_cell(_new_values(job, account, sheet)):
        current = sheet[name][at]
        changes = not same(value, current)
        if _may_write(job, name, at, value, current, owner) and not (changes and _has_formula(plan[name][at])):
            if changes:
                put(plan[name][at], [[value]])
            sheet[name][at] = value
            job.record.note(owner, _cell_key(name, at), value)
        elif PLAN_FIELDS[name].kind is Kind.COMPUTED:
            kept.append(f"{plan.title}!{plan[name][at].address.replace('$', '')}")
    _refresh_formulas(plan, sheet)
    refresh_charts(plan.sheet)
    return kept


def _new_values(job: Job, account: Account | None, sheet: Columns) -> Columns:
    """What the plan should say now, formulas left out."""
    if account is None:
        existing = sheet["kam_account_state"][0] if "kam_account_state" in sheet else None
        values: dict[str, object] = {
            "kam_account_state": account_state(None, lang=job.lang, built=job.today, existing=existing)
        }
    else:
        values = plan_values(
            account,
            job.classification,
            lang=job.lang,
            built=job.today,
            source=job.source_of(account),
            existing=_shown(sheet),
        )
    return {
        name: _column(value)[: len(sheet[name])]
        for name, value in values.items()
        if name in sheet and name not in FORMULAS
    }


def _shown(sheet: Columns) -> dict[str, object]:
    return {name: column if PLAN_FIELDS[name].rows > 1 else column[0] for name, column in sheet.items()}


def _may_write(job: Job, name: str, at: int, value: object, current: object, owner: str) -> bool:
    if PLAN_FIELDS[name].kind is Kind.PROPOSAL:  # once, and only where nothing stands
        return not is_blank(value) and is_blank(current) and (owner, _cell_key(name, at)) not in job.record
    return same(value, current) or job.record.is_ours(owner, _cell_key(name, at), current)


def _has_formula(cell: xw.Range) -> bool:
    """Whether a person had a cell computed that takes a value of ours."""
    formula = cell.formula
    return isinstance(formula, str) and formula.startswith("=") and formula != cell.value


def _refresh_formulas(plan: NamedSheet, sheet: Columns) -> None:
    """Cache the values of our own formulas; where a person put another formula or a value, that is theirs."""
    for name, computed in with_formulas(_shown(sheet)).items():
        for at, (current, each) in enumerate(zip(sheet.get(name, ()), _column(computed), strict=False)):
            if not same(current, each.value) and plan[name][at].formula == each.formula:
                put(plan[name][at], [[native(each)]])


def _owner(client_id: str) -> str:
    return f"plan:{client_id}"


def _cell_key(name: str, at: int) -> str:
    return f"{name}[{at}]"


def _column(value: T | list[T]) -> list[T]:
    return value if isinstance(value, list) else [value]


def _each_cell(columns: Columns) -> Iterator[tuple[str, int, object]]:
    for name, column in columns.items():
        for at, value in enumerate(column):
            yield name, at, value
