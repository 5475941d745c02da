"""The engine itself, its applications and their open books."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import kam_xl
from kam_xl.engines.bases.apps import AppBase, AppsBase, BooksBase, EngineBase
from kam_xl.engines.file.engine.book import Book
from kam_xl.engines.file.engine.gaps import named_gaps, refuse
from kam_xl.engines.file.engine.selection import Selection, selected
from kam_xl.engines.file.errors import NoSuchItemError
from kam_xl.engines.file.parts.blank import blank_workbook
from kam_xl.engines.file.parts.workbook import Workbook
from kam_xl.engines.inert_setting import InertSetting
from kam_xl.locale import Text
from kam_xl.ooxml.archive import LIMITS, Limits
from kam_xl.ooxml.package import Package


class Engine(EngineBase):
    """The file engine, as ``xlwings.engines["file"].impl``.

    Attributes
    ----------
    limits : Limits
        How much a file may unfold into before it is refused.
    """

    name = "file"

    def __init__(self) -> None:
        self.apps = Apps(self)
        self.limits: Limits = LIMITS


class Apps(AppsBase):
    """The applications of the engine; the active one comes first."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._numbers = itertools.count(1)

    def add(self, spec: object = None, add_book: bool | None = None, xl: object = None, visible: object = None) -> App:
        app = App(self, next(self._numbers))
        self.items.insert(0, app)
        return app


@dataclass(frozen=True)
class Alert:
    """A message that a script had for the user."""

    prompt: str
    title: str
    buttons: str
    mode: str


_FIRST_BUTTON = {"ok": "ok", "ok_cancel": "ok", "yes_no": "yes", "yes_no_cancel": "yes"}


@named_gaps
class App(AppBase):
    """A set of open books.

    Attributes
    ----------
    alerts : list of Alert
        What scripts told the user, oldest first: there is nobody at a screen, so messages are kept instead of shown.
    answers : dict of str to str
        Buttons of an alert ("yes_no") to the one that is pressed; by default the first.
    """

    visible = InertSetting(False)
    screen_updating = InertSetting(True)
    calculation = InertSetting("automatic")
    status_bar = InertSetting(False)

    version = kam_xl.__version__

    def __init__(self, apps: Apps, pid: int) -> None:
        super().__init__(apps, pid)
        self.books = Books(self)
        self.alerts: list[Alert] = []
        self.answers = dict(_FIRST_BUTTON)

    @property
    def api(self) -> App:
        """There is no program behind it that has objects of its own."""
        return self

    @property
    def selection(self) -> Selection | None:
        """The cells that were selected on the active sheet when the book was saved."""
        return selected(self.books.active.sheets.active) if len(self.books) else None

    def alert(self, prompt: str, title: str, buttons: str, mode: str, callback: object) -> str:
        """Keep a message in `alerts`, and answer it as `answers` says."""
        self.alerts.append(Alert(prompt or "", title or "", buttons or "ok", mode or ""))
        return self.answers[buttons or "ok"]

    def quit(self) -> None:
        for book in list(self.books):
            book.close()
        self._leave()

    def kill(self) -> None:
        self.quit()

    def calculate(self) -> None:
        refuse("App.calculate; formulas are calculated when Excel opens the file")


@named_gaps
class Books(BooksBase):
    """The open books of an application; the active one is the one opened or activated last."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.items: list[Book] = []
        self._numbers = itertools.count(1)

    @property
    def api(self) -> Books:
        return self

    @property
    def active(self) -> Book:
        if not self.items:
            raise NoSuchItemError(Text("no workbook is open"))
        return self.items[-1]

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Book]:
        return iter(self.items)

    def add(self) -> Book:
        """A new book with one empty sheet, not in any file yet."""
        return self._opened(Book(self, blank_workbook(), f"Book{next(self._numbers)}"))

    def open(self, fullname: str, *options: object, **named: object) -> Book:
        """The book in a file. Of the options of Excel none applies; one that would matter, the password, is refused."""
        if named.get("password") or (len(options) > _PASSWORD and options[_PASSWORD]):
            refuse("passwords")
        path = Path(fullname)
        return self._opened(Book(self, Workbook.open(path, self.app.engine.limits), path.name, path.absolute()))

    def open_content(self, name: str, content: bytes) -> Book:
        """The book that a file would be with this content; there is none, and nothing to clear away."""
        package = Package.from_bytes(content, name, self.app.engine.limits)
        return self._opened(Book(self, Workbook(package), name))

    def _opened(self, book: Book) -> Book:
        self.items.append(book)
        return book


_PASSWORD = 3  # its place among the arguments that xlwings passes on
