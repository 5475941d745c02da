"""One press of a button, from its code to the message at the end; the same in every spreadsheet program."""

from __future__ import annotations

import xlwings as xw

import kam_xl.engines.excel_processes  # noqa: F401 (ends no Excel on exit)
from kam_xl.buttons import log, safety
from kam_xl.buttons.hosts import calling_book, explained
from kam_xl.buttons.screen import quiet
from kam_xl.buttons.tasks import ButtonCall, Outcome, task_of
from kam_xl.errors import KamError
from kam_xl.locale import Text, system_language
from kam_xl.plan.commands import TAB, Command, command_of


class NoSuchButtonError(KamError):
    """A workbook made for another version."""

    exit_code = 2

    def __init__(self, code: str) -> None:
        super().__init__(
            Text("this version has no such button"),
            got=code,
            remedy=Text("Install the version of kam_xl that the workbook was made for, or make a new workbook."),
        )


def press(code: str, argument: str = "", book: xw.Book | None = None) -> None:
    """Do what a button is for; every host's button calls this, and nothing is ever raised out of it.

    While it works the screen is still and the status bar tells how far it is; afterwards both are as they were, and one
    message says what was done. A failure is told in one sentence; one that is not the user's to mend is written to
    the log as well.

    Parameters
    ----------
    code : str
        Of a command in `kam_xl.plan.commands.COMMANDS`.
    argument : str
        What the command asks for first: the path of a file; blank where the user gave none.
    book : xlwings.Book, optional
        The workbook; by default the one whose macro calls.
    """
    book = book or calling_book()
    lang = system_language()
    before: list[Text] = []  # what is to be said about the copy from before
    try:
        lang = _language(book)
        outcome = _done(_command(code), argument, book, lang, before)
        lang = outcome.lang or lang
    except KamError as error:
        _say(book, error.render(lang), lang, "critical")
    except KeyboardInterrupt:
        _say(book, Text("Interrupted.").render(lang), lang, "critical")
    except Exception as error:  # noqa: BLE001 (nobody above could tell the user anything)
        lines = [_unexpected(code, book, error, lang), *(text.render(lang) for text in before)]
        _say(book, "\n".join(lines), lang, "critical")
    else:
        if outcome.lines:
            lines = [*outcome.lines, *(text.render(lang) for text in before)]
            _say(book, "\n".join(lines), lang, "info")


def _command(code: str) -> Command:
    command = command_of(code)
    if command is None:
        raise NoSuchButtonError(code)
    return command


def _language(book: xw.Book) -> str:
    from kam_xl.actions.setup import book_language

    return book_language(book)


def _done(command: Command, argument: str, book: xw.Book, lang: str, before: list[Text]) -> Outcome:
    with quiet(book.app, lang) as status:
        status(Text("{label} …", label=command.label))
        if command.changes_work:
            before.append(_copied(book))
        call = ButtonCall(book, argument, lang, status, lambda question: _asked(book, question, lang))
        outcome = task_of(command)(call)
    if outcome.show:
        book.sheets[outcome.show].activate()
    return outcome


def _copied(book: xw.Book) -> Text:
    """Keep a copy from before; a full disk is told and stops nobody's work."""
    try:
        return Text("Backup from before: {path}", path=str(safety.keep_copy(book)))
    except (KamError, OSError):
        return Text("No backup of the workbook could be kept.")


def _unexpected(code: str, book: xw.Book, error: Exception, lang: str) -> str:
    path = log.write(f"{code} in {book.name}", error)
    known = explained(error)
    if known:
        return known.render(lang)
    return Text(
        "The button failed ({kind}). The log says more; please send it to whoever looks after kam_xl: {path}",
        kind=f"{type(error).__name__}: {error}"[:200],
        path=str(path or "–"),
    ).render(lang)


def _say(book: xw.Book, message: str, lang: str, mode: str) -> None:
    book.app.alert(message, title=TAB.render(lang), mode=mode)


def _asked(book: xw.Book, question: str, lang: str) -> bool:
    return bool(book.app.alert(question, title=TAB.render(lang), buttons="yes_no", mode="info") == "yes")
