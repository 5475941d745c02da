"""kam-xl whitespace: what similar clients buy and a key account does not."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kam_xl.cli import output
from kam_xl.cli.options import Backup, Json, Overwrite, command, option
from kam_xl.cli.product_sources import ProductOptions, read_sales
from kam_xl.cli.reading import TableOptions
from kam_xl.cli.screen import show
from kam_xl.cli.workbook_commands import Workbook
from kam_xl.domain.whitespace import Spot
from kam_xl.locale import Text, shown
from kam_xl.table.sources.files import is_workbook


def add_to(app: typer.Typer) -> None:
    """Put the command into the program's list."""
    text = Text("Find product groups that similar clients buy and a key account does not.")
    command(app, text)(whitespace)


def whitespace(
    workbook: Workbook,
    source: ProductOptions,
    out: Annotated[
        Path | None,
        option(
            Text(
                "The workbook to write with the sheets Whitespace and White spots; may be WORKBOOK itself where it "
                "has sheets of ours."
            ),
            "--output",
            "-o",
        ),
    ] = None,
    as_json: Json = False,
    overwrite: Overwrite = False,
    backup: Backup = False,
    *,
    reading: TableOptions,
) -> None:
    """List the white spots."""
    from kam_xl.actions import Options
    from kam_xl.actions.reports.whitespace import whitespace as filled
    from kam_xl.cli.building import opened_source, saved
    from kam_xl.cli.targets import workbook_target
    from kam_xl.domain import whitespace as rules
    from kam_xl.gate import kind_of
    from kam_xl.plan.reports.whitespace import spots_summary

    known = reading.read(workbook)
    read = read_sales(source, workbook, known.table, known.classification.settings)
    show(Text("Product groups: {where}", where=read.where).render(known.lang), err=True)
    for note in read.notes:
        show(note.render(known.lang), err=True)
    target = report = None
    if out:
        kind = kind_of(workbook) if is_workbook(workbook) else None
        inputs = [source.products]
        target = workbook_target(workbook, out, overwrite=overwrite, kind=kind, inputs=inputs, keep_table=True)
        with opened_source(workbook, known.table, reading.lang) as book:
            report = filled(book, Options(table=known.table, lang=reading.lang, settings=known.settings), read)
            saved(book, target, backup=backup)
    spots = (report.spaces if report else rules.whitespace(read.sales, known.classification)).spots
    if as_json:
        output.print_json([spot_record(spot, known.lang) for spot in spots])
        return
    taken = report.taken.lines() if report and report.taken else []
    lines = [line.render(known.lang) for line in (spots_summary(spots), *taken)]
    show("\n".join([*(spot_line(spot, known.lang) for spot in spots), *lines]))
    if target:
        show(Text("Written: {path}", path=str(target.given)).render(known.lang))


def spot_line(spot: Spot, lang: str) -> str:
    """A white spot as text."""
    amount = shown(spot.amount, "money", lang)
    return "  ".join((spot.account.client.client, spot.product, amount, spot.argument.render(lang)))


def spot_record(spot: Spot, lang: str) -> dict[str, object]:
    """A white spot for other programs."""
    client = spot.account.client
    return {
        "client_id": client.client_id,
        "client": client.client,
        "manager": client.manager or None,
        "product": spot.product,
        "amount": spot.amount,
        "argument": spot.argument.render(lang),
    }
