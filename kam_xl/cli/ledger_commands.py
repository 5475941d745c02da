"""The commands that make a client table of a ledger: invoices, and who bought what from whom."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import typer

from kam_xl.cli import files, output, targets
from kam_xl.cli import ledger_options as options
from kam_xl.cli.options import EPILOG, Lang, SheetName, checked_language, existing_file, say
from kam_xl.engines.whole import write_whole
from kam_xl.errors import KamError
from kam_xl.ledger.invoices import import_invoices
from kam_xl.ledger.market import Options, import_market
from kam_xl.ledger.opening import Where
from kam_xl.ledger.result import CLIENTS, Imported
from kam_xl.locale import Text, plural

app = typer.Typer()


class ImportOptionsError(KamError):
    """Options that exclude each other."""

    exit_code = 2


@dataclass(frozen=True)
class _Goal:
    """Where an import goes: a new table, or a person's workbook; with plans or without."""

    out: Path
    into: Path | None
    dry_run: bool
    backup: bool
    plan: bool
    lang: str


def _goal(
    sources: list[str],
    out: Path | None,
    into: Path | None,
    *,
    dry_run: bool,
    backup: bool,
    plan: bool,
    overwrite: bool,
    lang: str,
) -> _Goal:
    """The goal, refused before a long reading where it cannot be reached."""
    lang = checked_language(lang)
    if into is not None:
        if out is not None:
            raise ImportOptionsError(
                Text("--into updates a workbook, and --output writes a new one: choose one of them")
            )
        return _Goal(existing_file(into), into, dry_run, backup, plan, lang)
    first = Path(sources[0])
    beside = first.with_name(f"{first.stem}-clients.xlsx") if first.is_file() else Path("clients.xlsx")
    target = targets.table_target(out or beside, overwrite=overwrite)
    if plan and target.suffix.lower() != ".xlsx":
        raise ImportOptionsError(
            Text("plans go into a workbook"), got=target.name, remedy=Text("Use a name that ends with .xlsx.")
        )
    return _Goal(target, None, dry_run, backup, plan, lang)


@app.command(
    epilog=EPILOG,
    help=say(
        Text(
            "From invoices (date, client, amount, cost or margin, product group) to revenue and margin "
            "by client and period."
        )
    ),
)
def invoices(
    sources: options.Sources,
    out: options.Out = None,
    into: options.Into = None,
    dry_run: options.DryRun = False,
    backup: options.Backup = False,
    plan: options.Plan = False,
    recipe: options.RecipeFile = None,
    period: options.Period = "",
    by: options.By = "",
    category: options.Category = [],  # noqa: B006 (typer copies it)
    currency: options.Currency = "",
    vat: options.Vat = "",
    decimal: options.Decimal = "",
    dates: options.Dates = "",
    sheet: SheetName = "",
    database: options.Database = "",
    memory: options.Memory = "",
    temporary: options.Temporary = None,
    drop_duplicates: options.DropDuplicates = False,
    leave_out_bad: options.LeaveOutBad = False,
    overwrite: options.Overwrite = False,
    lang: Lang = "",
) -> None:
    """Make a client table of invoices."""
    goal = _goal(sources, out, into, dry_run=dry_run, backup=backup, plan=plan, overwrite=overwrite, lang=lang)
    known = options.recipe_of(
        recipe, categories=category, period=period, by=by, currency=currency, vat=vat, decimal=decimal, dates=dates
    )
    where = Where(sources, database, sheet, memory, temporary)
    how = Options(drop_duplicates=drop_duplicates, leave_out_bad=leave_out_bad, lang=goal.lang)
    _finish(import_invoices(where, known, how), goal)


@app.command(
    epilog=EPILOG,
    help=say(
        Text(
            "From a market's ledger (date, buyer, supplier, amount, category) to the procurement budget, our revenue "
            "and that of competitors, by client and year."
        )
    ),
)
def market(
    sources: options.Sources,
    seller: options.Seller = "",
    competitor: options.CompetitorNames = [],  # noqa: B006
    suppliers: options.Suppliers = None,
    out: options.Out = None,
    into: options.Into = None,
    dry_run: options.DryRun = False,
    backup: options.Backup = False,
    plan: options.Plan = False,
    recipe: options.RecipeFile = None,
    period: options.Period = "",
    by: options.By = "",
    category: options.Category = [],  # noqa: B006
    currency: options.Currency = "",
    vat: options.Vat = "",
    decimal: options.Decimal = "",
    dates: options.Dates = "",
    sheet: SheetName = "",
    database: options.Database = "",
    memory: options.Memory = "",
    temporary: options.Temporary = None,
    drop_duplicates: options.DropDuplicates = False,
    leave_out_bad: options.LeaveOutBad = False,
    overwrite: options.Overwrite = False,
    lang: Lang = "",
) -> None:
    """Make a client table of what buyers paid to whom."""
    goal = _goal(sources, out, into, dry_run=dry_run, backup=backup, plan=plan, overwrite=overwrite, lang=lang)
    known = options.recipe_of(
        recipe,
        seller=seller,
        competitors=competitor,
        categories=category,
        period=period,
        by=by,
        currency=currency,
        vat=vat,
        decimal=decimal,
        dates=dates,
    )
    where = Where(sources, database, sheet, memory, temporary)
    decisions = suppliers or goal.out.with_name(f"{goal.out.stem}-suppliers.csv")
    how = Options(decisions, drop_duplicates, leave_out_bad, goal.lang)
    _finish(import_market(where, known, how), goal)


def _finish(imported: Imported, goal: _Goal) -> None:
    """Show what was found, write it, and build the plans where they are wanted."""
    _tell(imported, goal.lang)
    if goal.into:
        from kam_xl.actions.incoming import incoming, with_competitors  # xlwings and the engine are heavy
        from kam_xl.cli.importing import merge

        table = imported.table(goal.lang)
        come = with_competitors(incoming(table), table)
        if not merge(come, goal.into, goal.lang, dry_run=goal.dry_run, backup=goal.backup):
            return
    else:
        _write(imported, goal)
    typer.echo(Text("Written: {path}", path=str(goal.out)).render(goal.lang))
    if goal.plan:
        from kam_xl.cli.importing import plans

        typer.echo(plans(goal.out, goal.lang).render(goal.lang))


def _tell(imported: Imported, lang: str) -> None:
    count = plural("{n:count} client", "{n:count} clients", n=len(imported.clients))
    line = Text(
        "{clients} of {period}, from {used:count} of {rows:count} rows.",
        clients=count,
        period=imported.period.name,
        used=imported.used.rows,
        rows=imported.read.rows,
    )
    typer.echo(line.render(lang))
    for each in imported.left_out:
        left = Text("Left out: {rows:count} rows, {reason}", rows=each.rows, reason=each.reason)
        money = (
            Text("{line} ({amount:money})", line=left, amount=float(each.amount)) if each.amount is not None else left
        )
        typer.echo(money.render(lang))
    output.print_findings(imported.findings, lang)


def _write(imported: Imported, goal: _Goal) -> None:
    sheets = imported.sheets(goal.lang)
    if goal.out.suffix.lower() == ".csv":
        header, *rows = sheets[CLIENTS.render(goal.lang)]
        write_whole(goal.out, files.csv_text(list(map(str, header)), rows, goal.lang).encode("utf-8-sig"))
        return
    from kam_xl.template.plain_book import build_plain_book

    write_whole(goal.out, build_plain_book(sheets, goal.lang))
