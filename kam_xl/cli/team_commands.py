"""Commands of the working week: what managers typed comes back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kam_xl.cli import output
from kam_xl.cli.options import Backup, Json, Lang, Overwrite, argument, checked_language, command, existing_file, option
from kam_xl.cli.reading import TableOptions
from kam_xl.cli.screen import show
from kam_xl.cli.workbook_commands import Output, Workbook
from kam_xl.domain.settings import Settings
from kam_xl.errors import KamError
from kam_xl.locale import Quoted, Text, plural, shown
from kam_xl.plan.reports.conflicts import Choice
from kam_xl.plan.week.agenda import TO_FILL_IN, Item, PlanOfClient
from kam_xl.plan.week.changes import Change, why_text, words
from kam_xl.plan.week.owners import others_named, person_named
from kam_xl.plan.words import some

_PLANS_SHOWN = 10  # plans to fill in, those of the best rank


class DayError(KamError):
    """A day that cannot be read."""

    exit_code = 2


def add_to(app: typer.Typer) -> None:
    """Put the commands into the program's list."""
    for function, text in (
        (agenda, Text("List every open step of the plans in workbooks, overdue first.")),
        (changes, Text("Show what changed among the key accounts since an earlier build.")),
        (collect, Text("Bring back what was typed into the workbooks of a folder since they were handed out.")),
    ):
        command(app, text)(function)


def agenda(
    workbooks: Annotated[list[Path], argument(Text("Workbooks with plans."), metavar="WORKBOOK...")],
    owner: Annotated[
        str, option(Text("Only the steps of this person; a part of the name will do."), metavar="NAME")
    ] = "",
    days: Annotated[
        int | None, option(Text("How many days ahead to list; by default the setting agenda_days."), min=0, metavar="N")
    ] = None,
    ics: Annotated[
        Path | None,
        option(Text("Write all dates into a calendar file, also those not listed."), "--ics", metavar="FILE"),
    ] = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
    lang: Lang = "",
) -> None:
    """Print the agenda."""
    from kam_xl.actions.book.sheets import OurSheets
    from kam_xl.actions.plans.context import NoPlansError
    from kam_xl.actions.reports.agenda import plans_of
    from kam_xl.cli.building import opened
    from kam_xl.cli.targets import calendar_target
    from kam_xl.plan.week.agenda import agenda_items, agenda_record, agenda_summary, folded
    from kam_xl.table import read_settings

    lang = checked_language(lang)
    plans: dict[str, PlanOfClient] = {}
    ahead: list[int] = []
    for path in workbooks:
        with opened(existing_file(path)) as book:
            ahead.append(Settings.from_mapping(read_settings(book) or {}).agenda_days)
            plans_here = {plan.client_id: plan for plan, _ in plans_of(OurSheets(book))}
        if not plans_here:
            raise NoPlansError.at_all(str(path))
        plans |= plans_here
    items = agenda_items(plans.values(), date.today(), max(ahead) if days is None else days)
    if owner:
        items = _of_owner(items, owner, [plan.manager for plan in plans.values()], lang)
    listed = [item for item in items if item.listed]
    if ics:
        from kam_xl.actions.output.calendar import calendar_file

        calendar_target(ics, overwrite=overwrite, inputs=workbooks).write(calendar_file(items, lang))
    if as_json:
        output.print_json([agenda_record(item, lang) for item in listed])
        return
    steps, to_fill_in = [item for item in listed if item.step], folded(item for item in listed if not item.step)
    for item in (*steps, *to_fill_in[:_PLANS_SHOWN]):
        show(agenda_line(item, lang))
    if more := to_fill_in[_PLANS_SHOWN:]:
        text = plural(
            "… and {n:count} more plan to fill in.",
            "… and {n:count} more plans to fill in.",
            n=sum(len(item.alike) or 1 for item in more),
        )
        show(text.render(lang))
    show(agenda_summary(items, lang))
    if ics:
        show(Text("Written: {path}", path=str(ics)).render(lang))


def _of_owner(items: Iterable[Item], wanted: str, managers: Iterable[str], lang: str) -> list[Item]:
    """The steps of the person that is meant; lines on standard error say who, where only a part was typed, and who
    else bears the name."""
    listed = [*items]
    people = [*managers, *(item.owner for item in listed)]
    name, cells = person_named(wanted, people)
    if wanted.casefold() != name.casefold():
        show(Text("The steps of {name}.", name=name).render(lang), err=True)
    elif others := others_named(wanted, people):
        text = Text(
            "Others bear this name, too, and are not listed: {names}. Give the whole name to see their steps.",
            names=some([*map(Quoted, others)]),
        )
        show(text.render(lang), err=True)
    return [item for item in listed if item.owner in cells]


def agenda_line(item: Item, lang: str) -> str:
    """A line of the agenda as text."""
    day = item.step.when if item.step else None
    due = (item.due.label if item.step else TO_FILL_IN).render(lang)
    words = (due, shown(day, "date", lang), item.client(lang), item.what(lang), item.owner)
    return "  ".join(filter(None, words))


def changes(
    workbook: Workbook,
    since: Annotated[
        str, option(Text("Compare with the last build up to this day (2026-03-31)."), metavar="DATE")
    ] = "",
    as_json: Json = False,
    *,
    reading: TableOptions,
) -> None:
    """Print what changed."""
    from kam_xl.actions.book.record import Record
    from kam_xl.actions.book.sheets import OurSheets
    from kam_xl.actions.plans.history import earlier
    from kam_xl.cli.building import opened
    from kam_xl.plan.week.changes import change_record, changes_summary, folded
    from kam_xl.plan.week.changes import changes as compared

    known = reading.read(workbook)
    with opened(workbook) as book:
        day, before = earlier(Record(OurSheets(book)), date.today(), _day(since) if since else None)
    differences = compared(before, known.classification) if day else []
    if as_json:
        output.print_json([change_record(change, known.lang) for change in differences])
        return
    for change in folded(differences, known.classification.settings):
        show(change_line(change, known.lang))
    show(changes_summary(differences, day, known.lang))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DayError(
            Text("this is not a date"), where="--since", got=text, remedy=Text("Write it as 2026-03-31.")
        ) from error


def change_line(change: Change, lang: str) -> str:
    """A change as text."""
    before, after = (words(value, change.format, lang) for value in (change.before, change.after))
    line = [change.kind.label.render(lang), change.client, change.what.render(lang)]
    move = f"{before or '–'} → {after or '–'}" if change.client_id else ""
    return "  ".join(filter(None, (*line, move, why_text(change, lang))))


def collect(
    folder: Annotated[Path, argument(Text("The folder with the workbooks."), metavar="FOLDER")],
    into: Annotated[Path, option(Text("The main workbook, which receives the changes."), metavar="WORKBOOK")],
    dry_run: Annotated[bool, option(Text("Only show what would be brought over."), "--dry-run")] = False,
    prefer: Annotated[
        Choice | None,
        option(
            Text("Whose text wins where both changed a cell; if omitted, these cells are listed and stay as they are."),
            metavar="theirs|ours",
        ),
    ] = None,
    out: Output = None,
    overwrite: Overwrite = False,
    backup: Backup = False,
    *,
    reading: TableOptions,
) -> None:
    """Collect what managers typed."""
    from kam_xl import actions
    from kam_xl.actions.team.collecting import collect as collected
    from kam_xl.cli.building import opened, saved
    from kam_xl.cli.targets import workbook_target

    known = reading.read(into)
    target = workbook_target(into, out or into, overwrite=overwrite, dry_run=dry_run)
    with opened(into) as book:
        options = actions.Options(table=known.table, lang=reading.lang, settings=known.settings)
        done = collected(book, folder, options, confirm=lambda _: not dry_run, prefer=prefer)
        if done.written:
            saved(book, target, backup=backup)
    show("\n".join(done.lines(known.lang)))
    if done.written:
        show(Text("Written: {path}", path=str(target.given)).render(known.lang))
