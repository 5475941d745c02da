"""The commands about the plan template: get ours, check one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kam_xl.cli import targets
from kam_xl.cli.help_pages import EPILOG, HelpfulGroup, help_text
from kam_xl.cli.options import (
    Lang,
    Overwrite,
    argument,
    checked_language,
    command,
    existing_file,
    group,
    option,
)
from kam_xl.cli.screen import show
from kam_xl.locale import Text

app = typer.Typer(
    cls=HelpfulGroup,
    name="template",
    no_args_is_help=True,
    epilog=EPILOG,
    help=help_text(Text("Restyle the plan: get our template, change it, check that its fields are all there.")),
)
app.callback()(group)


def add_to(whole: typer.Typer) -> None:
    """Put the group of commands into the program's list."""
    whole.add_typer(app)


@command(app, Text("Write our template workbook, to be restyled and given to plan with --template."))
def export(
    out: Annotated[Path, option(Text("Where to write the template."), "--output", "-o")] = Path("kam_xl-template.xlsx"),
    lang: Lang = "",
    overwrite: Overwrite = False,
) -> None:
    """Write our template workbook."""
    from kam_xl.template import template_book

    target = targets.template_target(out, overwrite=overwrite)
    target.write(template_book(checked_language(lang)))
    show(Text("Written: {path}", path=str(target.given)).render(checked_language(lang)))


@command(
    app,
    Text("List the fields of a workbook's plan template that are missing or misspelt; exit code 1 if any."),
    "check",
)
def check_template(
    path: Annotated[Path, argument(Text("The workbook with the template."), metavar="WORKBOOK")], lang: Lang = ""
) -> None:
    """Check a user's own template."""
    from kam_xl.cli.building import faults_of_template

    lang = checked_language(lang)
    faults = faults_of_template(existing_file(path))
    for fault in faults:
        show(fault.render(lang))
    if faults:
        raise typer.Exit(1)
    show(Text("All fields are there.").render(lang))
