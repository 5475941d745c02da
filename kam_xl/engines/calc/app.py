"""The engine itself, the offices it drives, and what they show."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from kam_xl.engines.bases.apps import AppBase, AppsBase, EngineBase
from kam_xl.engines.calc import process
from kam_xl.engines.calc.alerts import ask
from kam_xl.engines.calc.books import Book, Books
from kam_xl.engines.calc.bridge import program_folder, properties, service
from kam_xl.engines.calc.document import Document
from kam_xl.engines.calc.gaps import named_gaps
from kam_xl.engines.calc.process import Office
from kam_xl.engines.calc.range import Range


class Engine(EngineBase):
    """The Calc engine, as ``xlwings.engines["calc"].impl``."""

    name = "calc"

    def __init__(self) -> None:
        self.apps = Apps(self)


class Apps(AppsBase):
    """The offices that this Python drives; those that we started end with it by themselves."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._numbers = itertools.count(1)

    def add(
        self, spec: str | None = None, add_book: bool | None = None, xl: object = None, visible: bool | None = None
    ) -> App:
        """Start an office of our own, without windows unless they are asked for; or connect to one that runs.

        `spec` is the address of a running one: ``pipe,name=kam`` or ``socket,host=localhost,port=2002``.
        """
        office = process.connect(spec) if spec else process.start(visible=bool(visible))
        app = self.put(office, hidden=not (spec or visible))
        if add_book:
            app.books.add()
        return app

    def put(self, office: Office, hidden: bool = False) -> App:
        """Drive an office that is there already."""
        app = App(self, office, office.pid or -next(self._numbers), hidden)
        self.items.insert(0, app)
        return app

    def within(self, context: Any) -> App:
        """The office in which this Python runs, by the component context that it handed over."""
        known = next((app for app in self.items if app.pid == os.getpid()), None)
        if known is None:
            known = App(self, Office(context, within=True), os.getpid(), hidden=False)
            self.items.insert(0, known)
        return known


@named_gaps
class App(AppBase):
    """An office.

    Attributes
    ----------
    office : Office
    opens_hidden : bool
        Whether books open without a window.
    latest : str
        The document opened or activated last, by its ``RuntimeUID``.
    """

    def __init__(self, apps: Apps, office: Office, pid: int, hidden: bool) -> None:
        super().__init__(apps, pid)
        self.office, self._hidden, self.books = office, hidden, Books(self)
        self.latest = ""
        self._documents: dict[str, Document] = {}
        self._quiet: dict[str, Any] | None = None  # documents whose windows wait, while the screen is not updated
        self._indicator: Any = None
        self._status: str | bool = False

    @property
    def api(self) -> Any:
        """The component context of the office."""
        return self.office.context

    def document(self, model: Any) -> Document:
        """What is known about a document; the same as long as it is open."""
        key = model.RuntimeUID
        if key not in self._documents:
            self._documents[key] = Document(model, self.office.context)
        return self._documents[key]

    def forget(self, book: Book) -> None:
        """Let go of a document that is about to close."""
        key = book.api.RuntimeUID
        self._documents.pop(key, None)
        if self._quiet and (model := self._quiet.pop(key, None)):
            _release(model)

    @property
    def opens_hidden(self) -> bool:
        return self._hidden or self._quiet is not None

    @property
    def version(self) -> str:
        reader = service(self.api, "configuration.ConfigurationProvider").createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationAccess", properties(nodepath="/org.openoffice.Setup/Product")
        )
        return str(reader.getByName("ooSetupVersionAboutBox"))

    @property
    def path(self) -> str:
        return str(program_folder() or Path())

    @property
    def visible(self) -> bool:
        return not self._hidden

    @visible.setter
    def visible(self, value: bool) -> None:
        """Whether books open with a window from now on; those that are open get or lose theirs."""
        if bool(value) == self.visible:
            return
        self._hidden = not value
        for book in self.books:
            controller = book.api.getCurrentController()
            if controller is not None:
                controller.getFrame().getContainerWindow().setVisible(bool(value))

    def quit(self) -> None:
        """Close the books of an office that we started, and end it; of another one let go."""
        self.screen_updating = True
        self._leave()
        self._documents.clear()
        self.office.stop()

    def kill(self) -> None:
        self._leave()
        self._documents.clear()
        self.office.kill()

    # --- calculation -------------------------------------------------------------------------------------------------

    @property
    def calculation(self) -> str:
        books = list(self.books)
        automatic = all(book.api.isAutomaticCalculationEnabled() for book in books)
        return "automatic" if automatic else "manual"

    @calculation.setter
    def calculation(self, value: str) -> None:
        for book in self.books:
            book.api.enableAutomaticCalculation(value != "manual")

    def calculate(self) -> None:
        for book in self.books:
            book.api.calculate()

    # --- what is shown -----------------------------------------------------------------------------------------------

    @property
    def screen_updating(self) -> bool:
        return self._quiet is None

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        if value and self._quiet is not None:
            quiet, self._quiet = self._quiet, None
            for model in quiet.values():
                _release(model)
        elif not value and self._quiet is None:
            self._quiet = {}
            for book in self.books:
                self.quieten(book)

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """Nothing is drawn meanwhile."""
        before = self.screen_updating
        self.screen_updating = False
        try:
            yield
        finally:
            self.screen_updating = before

    def quieten(self, book: Book) -> None:
        """Have a book's window wait, if the screen is not updated."""
        key = book.api.RuntimeUID
        if self._quiet is not None and key not in self._quiet:
            book.api.lockControllers()
            book.api.addActionLock()
            self._quiet[key] = book.api

    @property
    def status_bar(self) -> str | bool:
        return self._status

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        """Show a text in the status bar of the active book; False gives the bar back."""
        if not isinstance(value, str):
            if self._indicator is not None:
                self._indicator.end()
            self._indicator, self._status = None, False
            return
        if self._indicator is None:
            self._indicator = self._new_indicator()
        if self._indicator is not None:
            self._indicator.setText(value)
        self._status = value

    def _new_indicator(self) -> Any:
        frame = self._frame()
        if frame is None:
            return None
        indicator = frame.createStatusIndicator()
        indicator.start("", 1)
        return indicator

    def _frame(self) -> Any:
        """The window of the active book, None where none is open."""
        if not len(self.books):
            return None
        controller = self.books.active.api.getCurrentController()
        return controller.getFrame() if controller is not None else None

    @property
    def selection(self) -> Range | None:
        if not len(self.books):
            return None
        book = self.books.active
        controller = book.api.getCurrentController()
        selected = controller.getSelection() if controller is not None else None
        if selected is None or not hasattr(selected, "getRangeAddress"):
            return None
        address = selected.getRangeAddress()
        return book.sheets(address.Sheet + 1).range_of(address)

    def alert(self, prompt: str, title: str | None, buttons: str, mode: str | None, callback: object) -> str | None:
        """Show a message and wait for an answer; where nobody can see it, print it and take the first button."""
        frame = None if self._hidden or not self.display_alerts else self._frame()
        return ask(self.api, frame, prompt, title or "", buttons, mode)


def _release(model: Any) -> None:
    with suppress(Exception):  # a document that a user closed meanwhile
        model.removeActionLock()
        model.unlockControllers()
