"""The report sheets: key accounts, portfolio, operational dashboard, data check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kam_xl.actions.book.filling import Filled
from kam_xl.actions.book.lists import List, Row, refresh
from kam_xl.actions.book.record import is_blank
from kam_xl.actions.book.sheets import NamedSheet, id_text
from kam_xl.actions.plans.context import BuildContext
from kam_xl.actions.plans.plan_sheets import PlanReport
from kam_xl.engines.charts import refresh_charts
from kam_xl.engines.rows import show_rows
from kam_xl.engines.stamp import show_some
from kam_xl.locale import Quoted
from kam_xl.plan.account.folding import dashboard_rows_shown, portfolio_rows_shown
from kam_xl.plan.account.formulas import Computed, words
from kam_xl.plan.fields import OurSheet
from kam_xl.plan.reports import report_fields
from kam_xl.plan.reports.dashboard import dashboard_values
from kam_xl.plan.reports.dashboard_fields import DASHBOARD_FIELDS
from kam_xl.plan.reports.dashboard_formulas import DASHBOARD_FORMULAS, with_dashboard_formulas
from kam_xl.plan.reports.lists import (
    FROM_PLAN,
    ID_NOT_UNIQUE,
    FormerAccount,
    PlanSheet,
    data_check_rows,
    data_check_summary,
    freshness,
    goals_unit,
    key_accounts_rows,
    key_accounts_summary,
    notice,
    ranking_rule,
    years_of,
)
from kam_xl.plan.reports.portfolio import portfolio_values
from kam_xl.plan.reports.portfolio_money import BY_YEAR
from kam_xl.plan.reports.setting_effects import setting_effects
from kam_xl.plan.state import account_state
from kam_xl.plan.units import amounts_in
from kam_xl.plan.words import in_language
from kam_xl.table import Finding


def key_accounts(context: BuildContext, built: PlanReport) -> list[str]:
    """Rank the key accounts; returns the addresses of cells that people typed over."""
    sheet = context.sheets.find(OurSheet.KEY_ACCOUNTS)
    if sheet is None:
        return []
    the_list, plans = List(sheet, report_fields.KEY_ACCOUNTS), _plans(context, built)
    former = [*built.former, *_listed_before(context, the_list, built.former)]
    rows = key_accounts_rows(context.classification, plans, former, lang=context.lang)
    kept = refresh(the_list, rows, key=_account, record=context.record)
    head = {
        "kam_summary": key_accounts_summary(context.classification, context.lang),
        "kam_unit": goals_unit(context.classification, context.unit),
        "kam_rule": ranking_rule(context.classification, plans, context.lang),
    }
    return kept + _fill_head(context, sheet, head)


_SHARED = words(ID_NOT_UNIQUE)


def _account(row: Row) -> str:
    """The client of a row: its id, with its name where the plan of the id is that of another."""
    client_id = id_text(row.get("client_id"))
    return f"{client_id}: {row.get('client')}" if row.get("plan") in _SHARED else client_id


def settings(context: BuildContext) -> list[str]:
    """Say beside each setting what it does to the table; returns the addresses of cells that people typed over."""
    sheet = context.sheets.find(OurSheet.SETTINGS)
    if sheet is None or "kam_setting_effect" not in sheet:
        return []
    effects = setting_effects(context.classification)
    names = [str(name or "") for name in sheet.cells("kam_setting_name")]
    values = {
        "kam_setting_effect": [in_language(effects.get(name), context.lang) for name in names],
        "kam_freshness": in_language(freshness(_source(context)), context.lang),
    }
    return _fill(context, sheet, values)


def _plans(context: BuildContext, built: PlanReport) -> dict[str, PlanSheet]:
    """The plans of the book by client id: as they were just built, or as they are."""
    return {
        client_id: built.sheets.get(client_id) or _as_it_is(context, sheets[0])
        for client_id, sheets in context.sheets.plans.items()
    }


def _source(context: BuildContext) -> str:
    """The sheet with the client table, else its file."""
    return Quoted(context.table.source.sheet) if context.table.source.sheet else context.table.source.name


def _as_it_is(context: BuildContext, plan: NamedSheet) -> PlanSheet:
    """A plan that this press does not touch."""
    return PlanSheet.of(plan.title, Filled(plan, context.record, "", [*FROM_PLAN.values(), *BY_YEAR]).shown)


def _fill_head(context: BuildContext, sheet: NamedSheet, head: Mapping[str, object]) -> list[str]:
    """What stands above a list; the notice only where there is something to say."""
    notice_text = notice(context.classification, context.unit)
    values = {**head, "kam_notice": notice_text, "kam_freshness": freshness(_source(context))}
    kept = _fill(context, sheet, {name: in_language(value, context.lang) for name, value in values.items()})
    if "kam_notice" in sheet:
        show_rows(sheet["kam_notice"], shown=notice_text is not None)
    return kept


def _listed_before(context: BuildContext, the_list: List, former: Sequence[FormerAccount]) -> list[FormerAccount]:
    """Accounts of the list as it is that are key no longer and have no plan: marked, never deleted."""
    known = {*context.key_accounts_by_id, *(each.client_id for each in former)}
    rows = [row.ours for row in the_list.rows()]
    return [
        FormerAccount(
            client_id,
            str(row.get("client") or ""),
            account_state(
                context.classification.by_id.get(client_id),
                lang=context.lang,
                built=context.today,
                existing=row.get("account_state"),
            ),
        )
        for row in rows
        if (client_id := id_text(row.get("client_id"))) and client_id not in known
    ]


def portfolio(context: BuildContext, built: PlanReport) -> list[str]:
    """Where the money is: position against potential, goals, concentration; returns the addresses of cells that people
    typed over."""
    sheet = context.sheets.find(OurSheet.PORTFOLIO)
    if sheet is None:
        return []
    plans = years_of(_plans(context, built))
    values = portfolio_values(context.classification, context.lang, plans, context.unit)
    kept = _fill(context, sheet, {**values, "kam_unit": _amounts(context)})
    _show(sheet, portfolio_rows_shown(values))
    refresh_charts(sheet.sheet)
    return kept


def dashboard(context: BuildContext) -> list[str]:
    """Plan and actual of the current year; returns the addresses of cells that people typed over."""
    sheet = context.sheets.find(OurSheet.DASHBOARD)
    if sheet is None:
        return []
    values = dashboard_values(context.classification, context.lang)
    page = Filled(sheet, context.record, sheet.kind, [*DASHBOARD_FIELDS, *values, "kam_unit", "kam_built"])
    page.fill({name: value for name, value in values.items() if name not in DASHBOARD_FORMULAS})
    head = {"kam_unit": _amounts(context), "kam_built": context.today}
    page.fill({**with_dashboard_formulas(page.shown), **head})
    page.write()
    _show(sheet, dashboard_rows_shown(page.shown))
    refresh_charts(sheet.sheet)
    return page.kept


def _show(sheet: NamedSheet, shown: Mapping[str, int]) -> None:
    """Show so many rows of each named column, and fold the others away."""
    areas = {name: area for name in shown if (area := sheet.area(name))}
    show_some(sheet.sheet, {name: range(area.top, area.bottom + 1) for name, area in areas.items()}, shown)


def data_check(context: BuildContext, findings: Sequence[Finding]) -> list[str]:
    """List the findings, each with a link to its cell."""
    sheet = context.sheets.find(OurSheet.DATA_CHECK)
    if sheet is None:
        return []
    rows = data_check_rows(findings, context.lang)
    kept = refresh(List(sheet, report_fields.DATA_CHECK), rows, key=_finding, record=context.record)
    reading = "\n".join(line.render(context.lang) for line in context.table.interpretation.summary())
    return kept + _fill_head(
        context, sheet, {"kam_summary": data_check_summary(findings, context.lang), "kam_reading": reading}
    )


def _fill(context: BuildContext, sheet: NamedSheet, values: Mapping[str, object]) -> list[str]:
    """Write into named cells and columns that are still as we left them; returns the addresses of the others."""
    values = {**values, "kam_built": context.today}
    page = Filled(sheet, context.record, sheet.kind, values)
    page.fill(values)
    page.write()
    return page.kept


def _amounts(context: BuildContext) -> str:
    return amounts_in(context.unit, context.classification.settings.currency).render(context.lang)


def _finding(row: Row) -> str:
    cell = row.get("cell")
    parts = [row.get("sheet"), cell.value if isinstance(cell, Computed) else cell, row.get("message")]
    return " ".join(str(part) for part in parts if not is_blank(part))
