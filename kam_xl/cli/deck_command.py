"""kam-xl deck: the review as a presentation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kam_xl.cli.options import Overwrite, command, existing_file, option
from kam_xl.cli.reading import TableOptions
from kam_xl.cli.screen import show
from kam_xl.cli.workbook_commands import Workbook
from kam_xl.locale import Text, plural


def add_to(app: typer.Typer) -> None:
    """Put the command into the program's list."""
    text = Text("Write a review deck (.pptx): portfolio, ranking, changes, a slide for each key account.")
    command(app, text)(deck)


def deck(
    workbook: Workbook,
    out: Annotated[
        Path | None, option(Text("The presentation; by default beside the workbook."), "--output", "-o")
    ] = None,
    template: Annotated[
        Path | None, option(Text("Your own presentation, whose layouts and placeholders are used."), metavar="FILE")
    ] = None,
    client: Annotated[
        list[str] | None, option(Text("Only this account gets a slide (client ID); may be repeated."), metavar="CLIENT")
    ] = None,
    overwrite: Overwrite = False,
    *,
    reading: TableOptions,
) -> None:
    """Make the review deck."""
    from kam_xl import actions
    from kam_xl.actions.output.deck import deck as made
    from kam_xl.cli.building import opened
    from kam_xl.cli.targets import deck_target

    known = reading.read(workbook)
    inputs = [workbook, existing_file(template) if template else None]
    target = deck_target(out or workbook.with_suffix(".pptx"), overwrite=overwrite, inputs=inputs)
    with opened(workbook) as book:
        options = actions.Options(table=known.table, lang=reading.lang, settings=known.settings)
        done = made(book, options, template=template, only=client or ())
    target.write(done.content)
    for note in done.notes:
        show(note.render(known.lang), err=True)
    line = plural("{n:count} slide: {path}", "{n:count} slides: {path}", n=done.slides, path=str(target.given))
    show(line.render(known.lang))
