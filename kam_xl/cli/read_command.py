"""The command that shows how a table is understood, and writes it down to be changed and given back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import fsum
from pathlib import Path
from typing import Annotated

import typer

from kam_xl.cli.options import (
    Encoding,
    Input,
    Lang,
    Overwrite,
    Reading,
    SheetName,
    TableName,
    checked_language,
    command,
    option,
    show_understood,
)
from kam_xl.cli.output import print_findings
from kam_xl.cli.reading import settings_of
from kam_xl.cli.screen import show
from kam_xl.domain.measures import is_valid_amount, total_of
from kam_xl.domain.model import Client
from kam_xl.domain.sales_plan import calendar_of_clients, planned_revenue, sales_plan_of
from kam_xl.domain.settings import Settings
from kam_xl.locale import Quoted, Text, plural
from kam_xl.table import ClientTable
from kam_xl.table.finding import sums_in_doubt
from kam_xl.table.headers.kinds import DOCUMENTS
from kam_xl.table.interpretation import TITLES, Interpretation
from kam_xl.table.words.vocabulary import KINDS

_LEDGERS = ("invoices", "market")
_KINDS = ("clients", *_LEDGERS)
_WITHOUT_MONEY = Text("Neither our revenue nor procurement budgets were found: kam-xl plan asks before it plans.")
_NO_YEAR = Text("No header gives the year of the revenue: plans assume the last full one.")
Kind = Annotated[
    str, option(Text("What INPUT lists, if that is not detected."), metavar="|".join(_KINDS), show_default=False)
]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    text = Text(
        "Show how INPUT is understood: which column is what, which rows are left out, what the clients add up to. -o "
        "writes it into a file to change and give back with --reading."
    )
    command(app, text)(read)


def read(
    input: Input,
    out: Annotated[
        Path | None, option(Text("Write a reading file (TOML), such as reading.toml."), "--output", "-o")
    ] = None,
    sheet: SheetName = "",
    table: TableName = "",
    kind: Kind = "",
    reading: Reading = None,
    encoding: Encoding = "",
    lang: Lang = "",
    overwrite: Overwrite = False,
) -> None:
    """Show how a table is understood."""
    from kam_xl.cli.targets import settings_target

    lang = checked_language(lang)
    if kind not in ("", *_KINDS):
        raise typer.BadParameter(Text("the kind is one of: {names}", names=_KINDS).render(lang))
    understood = None if kind in _LEDGERS else _clients(input, sheet, table, reading, encoding, lang, asked=kind)
    if understood is None:
        understood = _ledger(input, kind or "invoices", sheet, reading, encoding, lang)
    if out:
        target = settings_target(out, overwrite=overwrite, inputs=[input, reading])
        target.write(f"{understood.toml(lang, target.given.name)}\n".encode())
        show(Text("Written: {path}", path=str(target.given)).render(lang))


def _clients(
    input: Path, sheet: str, table: str, reading: Path | None, encoding: str, lang: str, *, asked: str
) -> Interpretation | None:
    """How a client table is understood, shown; None where it is a list of documents and nobody said otherwise."""
    from kam_xl.table import read as read_table
    from kam_xl.table.errors import NotAClientTableError

    try:
        known = read_table(input, sheet=sheet or None, table=table or None, mapping=reading, encoding=encoding)
    except NotAClientTableError as error:
        if asked or error.what != DOCUMENTS:
            raise
        return None
    show_understood(known, lang, err=False, whole=True)
    if known.assumes_year:
        show(_NO_YEAR.render(lang))
    planned = known.operational_overview
    for line in (_sums(known), *([planned] if planned else []), *_other_totals(known, input)):
        show(line.render(lang))
    for line in _competitors(known):
        show(line.render(lang))
    if not known.has_money:
        show(_WITHOUT_MONEY.render(lang))
    print_findings(sums_in_doubt(known.findings), lang)
    return known.interpretation


def _ledger(input: Path, kind: str, sheet: str, reading: Path | None, encoding: str, lang: str) -> Interpretation:
    """How a ledger is understood, shown."""
    from kam_xl.ledger.counts.overview import overview
    from kam_xl.ledger.counts.reading_notes import how_read
    from kam_xl.ledger.opening import Where, open_ledger
    from kam_xl.ledger.recipe import Recipe, read_recipe

    recipe = read_recipe(reading) if reading else Recipe()
    with open_ledger(Where([str(input)], sheet=sheet, encoding=encoding), kind, recipe) as ledger:
        notes = (finding.message for finding in how_read(ledger))
        for line in (*ledger.understood, *notes, overview(ledger, kind)):
            show(line.render(lang))
        return ledger.interpretations[0]


def _sums(table: ClientTable) -> Text:
    """How many clients there are, and what their amounts add up to; amounts in several currencies never are."""
    fields = {} if table.several_currencies else table.fields
    sums = [
        Text("{field} {amount:money}", field=TITLES[field], amount=fsum(value or 0.0 for value in values))
        for field, values in fields.items()
        if KINDS.get(field) == "money" and field not in ("budget_low", "budget_high")
    ]
    return (
        Text("Clients: {count}. Sums: {sums}.", count=len(table), sums=sums)
        if sums
        else Text("Clients: {count}.", count=len(table))
    )


def _competitors(table: ClientTable) -> Iterator[Text]:
    """How the competitors' sheet was understood, and what it adds up to."""
    if (understood := table.competitors_read) is None:
        return
    earned = [amount for amount in table.competitor_rows if amount is not None]
    yield Text("Competitors, on the sheet {sheet}:", sheet=Quoted(understood.sheets[0]))
    yield from (*understood.summary(whole=True), *understood.notes)
    yield Text(
        "Rows: {rows:count}, of which {known:count} say what competitors earn: {amount:money}.",
        rows=len(table.competitor_rows),
        amount=fsum(earned),
        known=len(earned),
    )


def _other_totals(table: ClientTable, path: Path) -> Iterator[Text]:
    """Where ratings and arguments count another total than the sum of the column."""
    if table.several_currencies:
        return
    for field in ("revenue", "sales_plan"):
        below = [value for value in table.fields.get(field, ()) if value is not None and value < 0]
        if below:
            yield Text(
                "{field}: negative amounts ({amount:money}) do not count in the total that shares are of.",
                field=TITLES[field],
                amount=fsum(below),
            )
    if table.has_operational:
        yield from _planned(table.clients(), Settings.from_mapping(settings_of(path, None)))


def _planned(clients: Sequence[Client], settings: Settings) -> Iterator[Text]:
    """How many clients have their sales plan from the operational plan, and what all sales plans add up to so."""
    calendar = calendar_of_clients(clients, settings, date.today())
    plans = [planned_revenue(client, calendar) for client in clients if client.sales_plan is None]
    taken = [plan for plan in plans if is_valid_amount(plan)]
    if taken and calendar:
        yield plural(
            "Sales plan: {n:count} client without one here has that of the operational plan for {year} "
            "({amount:money}); with it all sales plans are {total:money}.",
            "Sales plan: {n:count} clients without one here have that of the operational plan for {year} "
            "({amount:money}); with it all sales plans are {total:money}.",
            n=len(taken),
            year=str(calendar.plan_year),
            amount=total_of(taken),
            total=total_of(sales_plan_of(client, calendar) for client in clients),
        )
