"""The commands that are called most: each reads, lets the inner rooms work, and shows what came of it.

The others are added in `kam_xl.cli.all_commands`: what they import is not needed here.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from kam_xl.cli import files, output, targets
from kam_xl.cli.about import version
from kam_xl.cli.help_pages import EPILOG, HelpfulGroup, help_text
from kam_xl.cli.options import (
    Backup,
    ForgetReading,
    Input,
    Json,
    Lang,
    Overwrite,
    SettingsFile,
    Verify,
    argument,
    checked_language,
    command,
    existing_file,
    option,
    show_understood,
)
from kam_xl.cli.reading import InputOptions, Known, settings_of
from kam_xl.cli.screen import show
from kam_xl.domain.classify import Classification
from kam_xl.domain.goals import year_label
from kam_xl.domain.ranking import RANKING_RULE
from kam_xl.domain.settings import Settings
from kam_xl.errors import KamError
from kam_xl.locale import Text
from kam_xl.plan.reports.goal_summary import goals_summary, part_of_year
from kam_xl.plan.reports.lists import WITHOUT_MONEY, data_check_summary, key_accounts_summary
from kam_xl.plan.units import TableUnit
from kam_xl.table.errors import NotAClientTableError
from kam_xl.table.finding import months_covered

app = typer.Typer(
    cls=HelpfulGroup,
    name="kam-xl",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog=EPILOG,
    help=help_text(
        Text(
            "Key-account management: who the key accounts are and why, and a perspective plan for each. "
            "Start with: kam-xl plan clients.xlsx"
        )
    ),
)


class OptionsError(KamError):
    """Options that exclude each other."""

    exit_code = 2


def _version(wanted: bool) -> None:
    if wanted:
        show(version())
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[bool, option(Text("Show the version."), "--version", callback=_version, is_eager=True)] = False,
    lang: Lang = "",
) -> None:
    checked_language(lang)


@command(
    app,
    Text(
        "Build the plans: a copy of INPUT's workbook with the key accounts, the portfolio, the data check and "
        "one perspective plan per key account. Run it again on its own output to update it: "
        "what you typed into the plans stays."
    ),
)
def plan(
    input: Input,
    out: Annotated[
        Path | None, option(Text("Where to write; by default beside INPUT, named after it."), "--output", "-o")
    ] = None,
    forget: ForgetReading = False,
    template: Annotated[
        Path | None, option(Text("A workbook with your own plan template, see: kam-xl template export"))
    ] = None,
    split_by: Annotated[
        str,
        option(
            Text("Write one workbook for each value of a column, such as manager; the output is a folder then."),
            metavar="COLUMN",
        ),
    ] = "",
    client: Annotated[
        list[str] | None,
        option(
            Text("Only the plan of this client (ID or name), and no other sheet; may be repeated."), metavar="CLIENT"
        ),
    ] = None,
    overwrite: Overwrite = False,
    backup: Backup = False,
    verify: Verify = False,
    yes: Annotated[bool, option(Text("Build the plans without asking."), "--yes", "-y")] = False,
    *,
    reading: InputOptions,
) -> None:
    """Build or update the plans."""
    known = reading.read(input, forget=forget)
    _ask_without_money(known, yes)
    wanted_lang = known.lang if reading.lang else ""
    template = existing_file(template) if template else None
    from kam_xl.cli.building import build, progress_bar  # xlwings and the engine are heavy, other commands do without

    if split_by:
        _refuse_beside_split({"--client": client, "--overwrite": overwrite, "--verify": verify})
        from kam_xl.actions.report_lines import doubt_lines
        from kam_xl.actions.team.splitting import split

        with progress_bar() as advance:
            done = split(
                known.table,
                split_by,
                out or targets.beside(input, "-plans"),
                input.stem,
                settings=known.settings,
                lang=wanted_lang,
                source=input,
                template=template,
                backup=backup,
                progress=advance,
            )
        show("\n".join([*doubt_lines(known.table.findings, known.lang), *done.lines(known.lang)]))
        return
    built = build(
        input,
        out,
        known.table,
        known.settings,
        wanted_lang,
        template=template,
        overwrite=overwrite,
        backup=backup,
        only=_ids(known, client or ()),
        inputs=reading.files,
    )
    show_understood(known.table, known.lang)
    if known.table.assumes_year and not known.settings.get("base_year"):
        made = built.report.classification
        note = Text(
            "No header gives the year of the revenue; {year} was assumed. The setting base_year changes it.",
            year=year_label(made.base_year, made.settings),
        )
        show(note.render(known.lang), err=True)
    show(built.render(known.lang))
    if verify:
        show(built.parts.render(known.lang))


def _ask_without_money(known: Known, yes: bool) -> None:
    """Without revenue and budget nobody can be said to be a key account: no plan is built without asking."""
    if yes or known.table.has_money:
        return
    if not (sys.stdin.isatty() and typer.confirm(WITHOUT_MONEY.render(known.lang), err=True)):
        raise NotAClientTableError(
            Text("the table has neither our revenue nor procurement budgets, so nothing is planned from it"),
            where=known.table.source.name,
            remedy=Text(
                "Name their columns in a reading file (kam-xl read {name} -o reading.toml), or add --yes.",
                name=known.table.source.name,
            )
            if {"revenue", "procurement_budget"}.isdisjoint(known.table.fields)
            else Text(
                "No amount in their columns can be read: kam-xl check {name} lists why. Correct them, or add --yes.",
                name=known.table.source.name,
            ),
        )


def _refuse_beside_split(options: dict[str, object]) -> None:
    """Options that would be passed over; what a user asks for is done or refused."""
    for name, given in options.items():
        if given:
            raise OptionsError(
                Text("--split-by and {option} do not go together", option=name), remedy=Text("Leave one of them out.")
            )


def _ids(known: Known, wanted: Iterable[str]) -> list[str]:
    """Ids of the clients that are meant."""
    clients = [account.client for each in wanted for account in output.find_accounts(known.classification, each)]
    return list(dict.fromkeys(client.client_id for client in clients))


@command(app, Text("Check the client table: every doubtful cell at once, with its address and what to do."))
def check(input: Input, as_json: Json = False, *, reading: InputOptions) -> None:
    """Print the findings; exit code 1 where there are errors."""
    known = reading.read(input)
    findings = known.table.findings
    show_understood(known.table, known.lang)
    if as_json:
        output.print_json([output.finding_record(finding, known.lang) for finding in findings])
    else:
        output.print_findings(findings, known.lang)
        show(data_check_summary(findings, known.lang))
    if any(finding.grade == "error" for finding in findings):
        raise typer.Exit(1)


@command(
    app,
    Text(
        "Classify all clients: criteria, rank, position, potential, strategy. "
        "Prints a table, or writes csv or xlsx with -o."
    ),
)
def classify(
    input: Input,
    out: Annotated[
        Path | None, option(Text("Write a .csv or .xlsx file instead of printing."), "--output", "-o")
    ] = None,
    key_only: Annotated[bool, option(Text("Leave out clients that are not key accounts."))] = False,
    overwrite: Overwrite = False,
    as_json: Json = False,
    *,
    reading: InputOptions,
) -> None:
    """Classify all clients."""
    if as_json and out:
        raise OptionsError(
            Text("--json prints, and --output writes csv or xlsx: they do not go together"),
            remedy=Text("Leave one of them out; to keep the JSON, redirect what is printed into a file."),
        )
    target = targets.table_target(out, overwrite=overwrite, inputs=[input, *reading.files]) if out else None
    known = reading.read(input)
    show_understood(known.table, known.lang)
    classification = known.classification
    accounts = [account for account in output.ranked(classification) if account.is_key or not key_only]
    if as_json:
        output.print_json([output.account_record(account, classification, known.lang) for account in accounts])
    elif target:
        files.write_accounts(target, accounts, known.lang)
        show(Text("Written: {path}", path=str(target.given)).render(known.lang))
    else:
        output.print_accounts(accounts, known.lang)
        for line in _summary(classification, known):
            show(line)


def _summary(classification: Classification, known: Known) -> list[str]:
    """Below the table: how many, how they were ranked, what all goals add up to, what to do about a wide table."""
    lang = known.lang
    lines = [*_part_of_year(known), key_accounts_summary(classification, lang)]
    if classification.key_accounts:
        lines += [RANKING_RULE.render(lang), goals_summary(classification, lang)]
    if classification.wide:
        lines.append(classification.wide.notice.render(lang))
    return lines


def _part_of_year(known: Known) -> list[str]:
    """What to say first where the revenue is that of a part of a year."""
    part = part_of_year(known.classification, TableUnit(months=months_covered(known.table.findings)))
    return [part.render(known.lang)] if part else []


@command(app, Text("Explain one client: how it is classified and why, with the numbers behind it."))
def explain(
    input: Input,
    client: Annotated[str, argument(Text("The client's ID or name."), metavar="CLIENT")],
    *,
    reading: InputOptions,
) -> None:
    """Explain one client."""
    if not input.exists() and Path(client).exists():  # "explain Nordwerk clients.xlsx" is as clear
        input, client = Path(client), str(input)  # noqa: A001
    known = reading.read(input)
    classification = known.classification
    accounts = output.find_accounts(classification, client)
    show_understood(known.table, known.lang)
    positions = {id(account): position for position, account in enumerate(classification.accounts)}
    show(
        "\n\n".join(
            [
                *_part_of_year(known),
                *(
                    output.explanation(account, classification, known.table.faults(positions[id(account)]), known.lang)
                    for account in accounts
                ),
            ]
        )
    )


@command(
    app, Text("Show the settings in effect, with their meaning; -o writes a file to change and pass on."), "settings"
)
def show_settings(
    input: Annotated[
        Path | None, argument(Text("A workbook with a settings sheet of its own."), metavar="[INPUT]")
    ] = None,
    settings: SettingsFile = None,
    out: Annotated[
        Path | None, option(Text("Write a settings file, .toml, instead of printing."), "--output", "-o")
    ] = None,
    toml: Annotated[bool, option(Text("Print the settings as a TOML file."), "--toml")] = False,
    overwrite: Overwrite = False,
    lang: Lang = "",
) -> None:
    """Show the settings."""
    lang = checked_language(lang)
    listed = Settings.from_mapping(settings_of(input, settings)).listed()
    if out:
        target = targets.settings_target(out, overwrite=overwrite, inputs=[input, settings])
        files.write_settings(target, listed, lang)
        show(Text("Written: {path}", path=str(target.given)).render(lang))
    elif toml:
        show(output.settings_toml(listed, lang))
    else:
        output.print_settings(listed, lang)
