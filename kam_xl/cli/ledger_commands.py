"""The commands that make a client table of a ledger: invoices, and who bought what from whom."""

from __future__ import annotations

import typer

from kam_xl.cli.ledger_options import (
    CompetitorNames,
    Seller,
    SourceOptions,
    Sources,
    Suppliers,
    TargetOptions,
    named,
    options_of,
    recipe_of,
    where_of,
)
from kam_xl.cli.ledger_target import finish, target_of
from kam_xl.cli.options import command
from kam_xl.ledger.invoices import import_invoices
from kam_xl.ledger.market import import_market
from kam_xl.locale import Text

app = typer.Typer()


@command(
    app,
    Text(
        "Turn invoices (date, client, amount, cost or margin, product group) into revenue and margin "
        "by client and period."
    ),
)
def invoices(where: SourceOptions, into: TargetOptions, sources: Sources = None) -> None:
    """Make a client table of invoices."""
    sources = named(sources, where)
    target = target_of(sources, into)
    known = recipe_of(where)
    finish(import_invoices(where_of(sources, where), known, options_of(where, target.lang, target.known)), target)


@command(
    app,
    Text(
        "Turn a market's ledger (date, buyer, supplier, amount, category) into the procurement "
        "budget, our revenue and that of competitors, by client and year."
    ),
)
def market(
    where: SourceOptions,
    into: TargetOptions,
    sources: Sources = None,
    seller: Seller = "",
    competitor: CompetitorNames = [],  # noqa: B006 (typer copies it)
    suppliers: Suppliers = None,
) -> None:
    """Make a client table of what buyers paid to whom."""
    sources = named(sources, where)
    target = target_of(sources, into)
    known = recipe_of(where, seller, competitor)
    decisions = suppliers or target.out.with_name(f"{target.out.stem}-suppliers.csv")
    finish(
        import_market(where_of(sources, where), known, options_of(where, target.lang, target.known, decisions)), target
    )
