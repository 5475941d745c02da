"""The report sheets: key accounts, portfolio, operational dashboard, data check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kam_xl.actions.cells import Place, contents_of, write
from kam_xl.actions.formulas import refresh_formulas
from kam_xl.actions.job import Job
from kam_xl.actions.lists import List, Row, refresh
from kam_xl.actions.record import is_blank, same
from kam_xl.actions.sheets import NamedSheet, id_text
from kam_xl.engines.charts import refresh_charts
from kam_xl.engines.values import Formula
from kam_xl.plan import report_fields
from kam_xl.plan.dashboard import dashboard_values
from kam_xl.plan.dashboard_fields import DASHBOARD_FIELDS
from kam_xl.plan.dashboard_formulas import DASHBOARD_FORMULAS, with_dashboard_formulas
from kam_xl.plan.fields import OurSheet
from kam_xl.plan.formulas import Computed
from kam_xl.plan.portfolio import portfolio_values
from kam_xl.plan.reports import (
    FormerAccount,
    data_check_rows,
    data_check_summary,
    key_accounts_rows,
    key_accounts_summary,
)
from kam_xl.plan.state import account_state
from kam_xl.table import Finding


def key_accounts(job: Job, former: Sequence[FormerAccount]) -> list[str]:
    """Rank the key accounts; returns the addresses of cells that people typed over."""
    sheet = job.sheets.find(OurSheet.KEY_ACCOUNTS)
    if sheet is None:
        return []
    plans = {client_id: sheets[0].title for client_id, sheets in job.sheets.plans.items()}
    rows = key_accounts_rows(job.classification, plans, [*former, *_listed_before(job, former)], lang=job.lang)
    kept = refresh(
        sheet, report_fields.KEY_ACCOUNTS, rows, key=lambda row: id_text(row.get("client_id")), record=job.record
    )
    return kept + _fill(job, sheet, {"kam_summary": key_accounts_summary(job.classification, job.lang)})


def _listed_before(job: Job, former: Sequence[FormerAccount]) -> list[FormerAccount]:
    """Accounts of the list as it is that are key no longer and have no plan: marked, never deleted."""
    sheet = job.sheets.find(OurSheet.KEY_ACCOUNTS)
    if sheet is None:
        return []
    known = {*job.key_accounts_by_id, *(each.client_id for each in former)}
    rows = [row.ours for row in List(sheet, report_fields.KEY_ACCOUNTS).rows()]
    return [
        FormerAccount(
            client_id,
            str(row.get("client") or ""),
            account_state(
                job.accounts_by_id.get(client_id),
                lang=job.lang,
                built=job.today,
                existing=row.get("account_state"),
            ),
        )
        for row in rows
        if (client_id := id_text(row.get("client_id"))) and client_id not in known
    ]


def portfolio(job: Job) -> list[str]:
    """Position against potential, concentration, coverage; returns the addresses of cells that people typed over."""
    sheet = job.sheets.find(OurSheet.PORTFOLIO)
    if sheet is None:
        return []
    kept = _fill(job, sheet, portfolio_values(job.classification, job.lang))
    refresh_charts(sheet.sheet)
    return kept


def dashboard(job: Job) -> list[str]:
    """Plan and fact of the current year; returns the addresses of cells that people typed over."""
    sheet = job.sheets.find(OurSheet.DASHBOARD)
    if sheet is None:
        return []
    values = dashboard_values(job.classification, job.lang)
    kept = _fill(job, sheet, {name: value for name, value in values.items() if name not in DASHBOARD_FORMULAS})
    current = {name: sheet.cells(name) for name in DASHBOARD_FIELDS if name in sheet}
    refresh_formulas(sheet, with_dashboard_formulas(current), current)
    refresh_charts(sheet.sheet)
    return kept


def data_check(job: Job, findings: Sequence[Finding]) -> list[str]:
    """List the findings, each with a link to its cell."""
    sheet = job.sheets.find(OurSheet.DATA_CHECK)
    if sheet is None:
        return []
    rows = data_check_rows(findings, job.lang)
    kept = refresh(sheet, report_fields.DATA_CHECK, rows, key=_finding, record=job.record)
    return kept + _fill(job, sheet, {"kam_summary": data_check_summary(findings, job.lang)})


def _fill(job: Job, sheet: NamedSheet, values: Mapping[str, object]) -> list[str]:
    """Write into named cells and columns that are still as we left them; returns the addresses of the others."""
    kept = []
    for name, value in {**values, "kam_built": job.today}.items():
        if name in sheet:
            column = value if isinstance(value, list) else [value]
            kept += [f"{sheet.title}!{address}" for address in _fill_column(job, sheet, name, column)]
    return kept


def _fill_column(job: Job, sheet: NamedSheet, name: str, column: Sequence[object]) -> list[str]:
    cells, new, kept = sheet[name], dict[Place, object](), []
    top, left, width = cells.row, cells.column, cells.shape[1]
    current = [each for row in contents_of(cells) for each in row]
    for at, (value, now) in enumerate(zip(column, current, strict=False)):
        key, (down, right) = f"{name}[{at}]", divmod(at, width)
        is_formula = isinstance(now, Formula)  # a person's: ours are not filled in here
        changes = not same(value, now.value if is_formula else now)
        if changes and (is_formula or not job.record.is_ours(sheet.kind, key, now)):
            kept.append(cells[at].address.replace("$", ""))
            continue
        if changes:
            new[top + down, left + right] = value
        job.record.note(sheet.kind, key, value)
    write(sheet.sheet, new)
    return kept


def _finding(row: Row) -> str:
    cell = row.get("cell")
    parts = [row.get("sheet"), cell.value if isinstance(cell, Computed) else cell, row.get("message")]
    return " ".join(str(part) for part in parts if not is_blank(part))
