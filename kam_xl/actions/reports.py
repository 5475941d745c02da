"""The report sheets: key accounts, portfolio, data check."""

from __future__ import annotations

from collections.abc import Sequence

from kam_xl.actions.job import Job
from kam_xl.actions.lists import List, Row, refresh
from kam_xl.actions.record import is_blank
from kam_xl.actions.sheets import id_text
from kam_xl.engines.charts import refresh_charts
from kam_xl.plan import report_fields
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
    sheet.fill({"kam_summary": key_accounts_summary(job.classification, job.lang), "kam_built": job.today})
    return kept


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


def portfolio(job: Job) -> None:
    """Position against potential, concentration, coverage."""
    sheet = job.sheets.find(OurSheet.PORTFOLIO)
    if sheet is not None:
        sheet.fill({**portfolio_values(job.classification, job.lang), "kam_built": job.today})
        refresh_charts(sheet.sheet)


def data_check(job: Job, findings: Sequence[Finding]) -> list[str]:
    """List the findings, each with a link to its cell."""
    sheet = job.sheets.find(OurSheet.DATA_CHECK)
    if sheet is None:
        return []
    rows = data_check_rows(findings, job.lang)
    kept = refresh(sheet, report_fields.DATA_CHECK, rows, key=_finding, record=job.record)
    sheet.fill({"kam_summary": data_check_summary(findings, job.lang), "kam_built": job.today})
    return kept


def _finding(row: Row) -> str:
    cell = row.get("cell")
    parts = [row.get("sheet"), cell.value if isinstance(cell, Computed) else cell, row.get("message")]
    return " ".join(str(part) for part in parts if not is_blank(part))
