"""The commands: each reads, lets the inner rooms work, and shows what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from kam_xl import __version__
from kam_xl.cli import files, import_commands, install_commands, output, targets, template_commands, workbook_commands
from kam_xl.cli.options import (
    EPILOG,
    Input,
    Json,
    Lang,
    Mapping,
    Operational,
    SettingsFile,
    SheetName,
    TableName,
    checked_language,
    existing_file,
    say,
)
from kam_xl.domain.classify import Classification
from kam_xl.domain.classify import classify as classify_clients
from kam_xl.domain.settings import Settings, toml_values
from kam_xl.errors import KamError
from kam_xl.locale import Text
from kam_xl.plan.reports import data_check_summary, key_accounts_summary
from kam_xl.table import ClientTable, read, read_settings

app = typer.Typer(
    name="kam-xl",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog=EPILOG,
    help=say(
        Text(
            "Key-account management: who the key accounts are and why, and a perspective plan for each. "
            "Start with: kam-xl plan clients.xlsx"
        )
    ),
)
app.add_typer(template_commands.app)
app.add_typer(import_commands.app)


class OptionsError(KamError):
    """Options that exclude each other."""

    exit_code = 2


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kam-xl {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=say(Text("Show the version.")))
    ] = False,
) -> None:
    pass


@dataclass(frozen=True)
class _Read:
    """A client table that has been read, with the settings that hold for it."""

    table: ClientTable
    settings: dict[str, object]
    lang: str

    @property
    def classification(self) -> Classification:
        return classify_clients(self.table.clients(), Settings.from_mapping(self.settings))


def _read(
    path: Path,
    sheet: str,
    table: str,
    mapping: Path | None,
    settings: Path | None,
    lang: str,
    operational: Path | None = None,
) -> _Read:
    lang = checked_language(lang)
    known = _settings(path, settings)
    read_table = read(
        path,
        sheet=sheet or None,
        table=table or None,
        mapping=mapping,
        operational=operational,
        settings=Settings.from_mapping(known),
    )
    return _Read(read_table, known, lang)


def _settings(book: Path | None, file: Path | None) -> dict[str, object]:
    """The settings of a workbook with those of a file before them; each is checked where it comes from."""
    from_book = (read_settings(book) or {}) if book else {}
    from_file = toml_values(file) if file else {}
    for values, where in ((from_book, book), (from_file, file)):
        Settings.from_mapping(values, where=str(where or ""))
    return {**from_book, **from_file}


@app.command(
    epilog=EPILOG,
    help=say(
        Text(
            "Build the plans: a copy of INPUT's workbook with the key accounts, the portfolio, the data check and "
            "one perspective plan per key account. Run it again on its own output to update it: "
            "what you typed into the plans stays."
        )
    ),
)
def plan(
    input: Input,
    out: Annotated[
        Path | None,
        typer.Option("--output", "-o", help=say(Text("Where to write; by default beside INPUT, named after it."))),
    ] = None,
    sheet: SheetName = "",
    table: TableName = "",
    mapping: Mapping = None,
    settings: SettingsFile = None,
    operational: Operational = None,
    lang: Lang = "",
    template: Annotated[
        Path | None,
        typer.Option(
            readable=False, help=say(Text("A workbook with your own plan template, see: kam-xl template export"))
        ),
    ] = None,
    split_by: Annotated[
        str,
        typer.Option(
            metavar="COLUMN",
            help=say(
                Text("Write one workbook for each value of a column, such as manager; the output is a folder then.")
            ),
        ),
    ] = "",
    client: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CLIENT",
            help=say(Text("Only the plan of this client (id or name), and no other sheet; may be repeated.")),
        ),
    ] = None,
    overwrite: Annotated[bool, typer.Option(help=say(Text("Replace the output where it exists.")))] = False,
    backup: Annotated[bool, typer.Option(help=say(Text("Keep what the output held before as a .bak file.")))] = False,
    verify: Annotated[bool, typer.Option(help=say(Text("Say which parts of the workbook changed.")))] = False,
) -> None:
    """Build or update the plans."""
    known = _read(input, sheet, table, mapping, settings, lang, operational)
    wanted_lang = known.lang if lang else ""
    template = existing_file(template) if template else None
    from kam_xl.cli.building import build, progress_bar  # xlwings and the engine are heavy, other commands do without

    if split_by:
        _refuse_beside_split({"--client": client, "--overwrite": overwrite, "--verify": verify})
        from kam_xl.actions.splitting import own_template, split

        with progress_bar() as advance:
            done = split(
                known.table,
                split_by,
                out or input.with_name(f"{input.stem}-plans"),
                input.stem,
                settings=known.settings,
                lang=wanted_lang,
                template=template or own_template(input),
                backup=backup,
                progress=advance,
            )
        typer.echo(done.text().render(known.lang))
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
    )
    typer.echo(built.render(known.lang))
    if verify:
        typer.echo(built.parts.render(known.lang))


def _refuse_beside_split(options: dict[str, object]) -> None:
    """Options that would be passed over; what a person asks for is done or refused."""
    for name, given in options.items():
        if given:
            raise OptionsError(
                Text("--split-by and {option} do not go together", option=name), remedy=Text("Leave one of them out.")
            )


def _ids(known: _Read, wanted: Iterable[str]) -> list[str]:
    """Ids of the clients that are meant."""
    clients = [account.client for each in wanted for account in output.find_accounts(known.classification, each)]
    return list(dict.fromkeys(client.client_id for client in clients))


@app.command(
    epilog=EPILOG,
    help=say(Text("Check the client table: every doubtful cell at once, with its address and what to do.")),
)
def check(
    input: Input,
    sheet: SheetName = "",
    table: TableName = "",
    mapping: Mapping = None,
    operational: Operational = None,
    lang: Lang = "",
    as_json: Json = False,
) -> None:
    """Print the findings; exit code 1 where there are errors."""
    known = _read(input, sheet, table, mapping, None, lang, operational)
    findings = known.table.findings
    if as_json:
        output.print_json([output.finding_record(finding, known.lang) for finding in findings])
    else:
        output.print_findings(findings, known.lang)
        typer.echo(data_check_summary(findings, known.lang))
    if any(finding.grade == "error" for finding in findings):
        raise typer.Exit(1)


@app.command(
    epilog=EPILOG,
    help=say(
        Text(
            "Classify all clients: criteria, rank, position, potential, strategy. "
            "Prints a table, or writes csv or xlsx with -o."
        )
    ),
)
def classify(
    input: Input,
    out: Annotated[
        Path | None, typer.Option("--output", "-o", help=say(Text("Write a .csv or .xlsx file instead of printing.")))
    ] = None,
    key_only: Annotated[bool, typer.Option(help=say(Text("Leave out clients that are no key accounts.")))] = False,
    sheet: SheetName = "",
    table: TableName = "",
    mapping: Mapping = None,
    settings: SettingsFile = None,
    operational: Operational = None,
    lang: Lang = "",
    overwrite: Annotated[bool, typer.Option(help=say(Text("Replace the output where it exists.")))] = False,
    as_json: Json = False,
) -> None:
    """Classify all clients."""
    if as_json and out:
        raise OptionsError(
            Text("--json prints, and --output writes csv or xlsx: they do not go together"),
            remedy=Text("Leave one of them out; to keep the JSON, redirect what is printed into a file."),
        )
    known = _read(input, sheet, table, mapping, settings, lang, operational)
    classification = known.classification
    accounts = [account for account in output.ranked(classification) if account.is_key or not key_only]
    if as_json:
        output.print_json([output.account_record(account, known.lang) for account in accounts])
    elif out:
        files.write_accounts(targets.table_target(out, overwrite=overwrite), accounts, known.lang)
    else:
        output.print_accounts(accounts, known.lang)
        typer.echo(key_accounts_summary(classification, known.lang))


@app.command(epilog=EPILOG, help=say(Text("Explain one client: what it is and why, with the numbers behind it.")))
def explain(
    input: Input,
    client: Annotated[
        str, typer.Argument(metavar="CLIENT", show_default=False, help=say(Text("The client's id or name.")))
    ],
    sheet: SheetName = "",
    table: TableName = "",
    mapping: Mapping = None,
    settings: SettingsFile = None,
    operational: Operational = None,
    lang: Lang = "",
) -> None:
    """Explain one client."""
    if not input.exists() and Path(client).exists():  # "explain Nordwerk clients.xlsx" is as clear
        input, client = Path(client), str(input)  # noqa: A001
    known = _read(input, sheet, table, mapping, settings, lang, operational)
    classification = known.classification
    accounts = output.find_accounts(classification, client)
    typer.echo("\n\n".join(output.explanation(account, classification, known.lang) for account in accounts))


@app.command(
    name="settings",
    epilog=EPILOG,
    help=say(Text("Show the settings that hold, with their meaning; --toml prints a file to change and pass on.")),
)
def show_settings(
    input: Annotated[
        Path | None,
        typer.Argument(
            metavar="[INPUT]", show_default=False, help=say(Text("A workbook with a settings sheet of its own."))
        ),
    ] = None,
    settings: SettingsFile = None,
    toml: Annotated[bool, typer.Option("--toml", help=say(Text("Print the settings as a TOML file.")))] = False,
    lang: Lang = "",
) -> None:
    """Show the settings."""
    lang = checked_language(lang)
    listed = Settings.from_mapping(_settings(input, settings)).listed()
    if toml:
        typer.echo(output.settings_toml(listed, lang))
    else:
        output.print_settings(listed, lang)


workbook_commands.add_to(app)
install_commands.add_to(app)
