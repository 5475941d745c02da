"""Open books: documents of Calc."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from kam_xl.engines.bases.apps import BooksBase
from kam_xl.engines.calc import bridge, printing
from kam_xl.engines.calc.document import Document
from kam_xl.engines.calc.errors import LoadError, StoreError
from kam_xl.engines.calc.gaps import named_gaps, refuse
from kam_xl.engines.calc.names import Names
from kam_xl.engines.calc.sheets import Sheets
from kam_xl.engines.errors import NoSuchItemError
from kam_xl.locale import Text

if TYPE_CHECKING:
    from kam_xl.engines.calc.app import App

_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".ods": "calc8",
    ".ots": "calc8_template",
    ".xls": "MS Excel 97",
}


@named_gaps
class Books(BooksBase):
    """The spreadsheets that are open in an office; other documents are none of them."""

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def api(self) -> Any:
        """The desktop of the office."""
        return self.app.office.desktop

    def _models(self) -> list[Any]:
        models, documents = [], self.api.getComponents().createEnumeration()
        while documents.hasMoreElements():
            document = documents.nextElement()
            if hasattr(document, "supportsService") and document.supportsService(_SPREADSHEET):
                models.append(document)
        return models

    @property
    def active(self) -> Book:
        current = self.api.getCurrentComponent()
        if current is not None and current.supportsService(_SPREADSHEET):
            return self.book(current)
        models = self._models()
        if not models:
            raise NoSuchItemError(Text("no workbook is open"))
        latest = self.app.latest  # of hidden documents the desktop knows none to be the current one
        return next((self.book(model) for model in models if model.RuntimeUID == latest), self.book(models[0]))

    def book(self, model: Any) -> Book:
        """The book of a document."""
        return Book(self.app, self.app.document(model))

    def __len__(self) -> int:
        return len(self._models())

    def __iter__(self) -> Iterator[Book]:
        return map(self.book, self._models())

    def add(self) -> Book:
        """A new book with one empty sheet, not in any file yet."""
        return self._opened(self._load("private:factory/scalc"))

    def open(
        self,
        fullname: str,
        update_links: object = None,
        read_only: object = None,
        format: object = None,
        password: str | None = None,
        *options: object,
        **named: object,
    ) -> Book:
        """The book in a file; macros in it do not run. Of Excel's other options none applies."""
        path = Path(fullname)
        if not path.is_file():
            raise LoadError(Text("there is no such file"), where=str(path))
        wanted: dict[str, object] = {"ReadOnly": True} if read_only else {}
        model = self._load(bridge.url(path), **wanted, **({"Password": password} if password else {}))
        if model is None:
            raise LoadError(
                Text("LibreOffice did not open the file"),
                where=str(path),
                remedy=Text("Close it in other programs, and delete a file .~lock.{name}# beside it.", name=path.name),
            )
        if not model.supportsService(_SPREADSHEET):
            self.app.office.run(lambda: _closed(model))
            raise LoadError(Text("the file is not a workbook"), where=str(path))
        return self._opened(model)

    def _load(self, url: str, **options: object) -> Any:
        never = bridge.constant("com.sun.star.document.MacroExecMode.NEVER_EXECUTE")
        wanted = bridge.properties(Hidden=self.app.opens_hidden, MacroExecutionMode=never, **options)
        return self.app.office.run(lambda: self.api.loadComponentFromURL(url, "_blank", 0, wanted))

    def _opened(self, model: Any) -> Book:
        book = self.book(model)
        self.app.latest = model.RuntimeUID
        self.app.quieten(book)
        return book


@named_gaps
class Book(base_classes.Book):
    """A document of Calc."""

    def __init__(self, app: App, document: Document) -> None:
        self.app, self.document = app, document

    app: Any = None  # a value of its own in the place of the property that the base class has

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Book) and other.document is self.document

    def __hash__(self) -> int:
        return id(self.document)

    @property
    def api(self) -> Any:
        """Calc's own object, a ``com.sun.star.sheet.SpreadsheetDocument``."""
        return self.document.model

    @cached_property
    def path(self) -> Path | None:
        """Its file, None while it has none, or none on this machine."""
        url = self.api.getURL()
        return Path(bridge.path(url)) if url.startswith("file:") else None

    @property
    def name(self) -> str:
        """Of its file as it was when somebody asked first: xlwings asks for it all the time."""
        return self.path.name if self.path else str(self.api.getTitle())

    @property
    def fullname(self) -> str:
        return str(self.path or self.api.getURL() or self.name)

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    def activate(self) -> None:
        self.app.latest = self.api.RuntimeUID
        controller = self.api.getCurrentController()
        if controller is not None:
            controller.getFrame().activate()

    def close(self) -> None:
        self.app.forget(self)
        self.app.office.run(lambda: _closed(self.api))

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Write the book; without a path where it came from, a new one into the current folder."""
        if path is None and self.api.hasLocation() and not password:
            self._stored(str(self.path), self.api.store)
            return
        target = Path(path or self.path or self.name).absolute()
        if not target.suffix:
            target = target.with_suffix(".xlsx")
        options = _written_as(target, **({"Password": password} if password else {}))
        self._stored(str(target), lambda: self.api.storeAsURL(bridge.url(target), options))
        self.__dict__.pop("path", None)

    def save_copy(self, path: Path) -> None:
        """Write the book as it is now into another file; the book stays that of its own file, saved or not."""
        options = _written_as(path)
        self._stored(str(path), lambda: self.api.storeToURL(bridge.url(path), options))

    def _stored(self, where: str, store: Any) -> None:
        failed = bridge.uno().getClass("com.sun.star.io.IOException")
        try:
            self.app.office.run(store)
        except failed as error:
            raise StoreError(
                Text("LibreOffice did not save the workbook"),
                where=where,
                remedy=Text("The folder must exist and be writable, and no other program may have the file open."),
            ) from error

    def to_pdf(self, path: str, quality: str) -> None:
        self.app.office.run(lambda: printing.to_pdf(self.api, path, quality))


def _closed(model: Any) -> None:
    """Close a document without a question."""
    model.setModified(False)
    model.close(True)


def _written_as(target: Path, **options: object) -> Any:
    """How a file of this name is written."""
    kind = FILTERS.get(target.suffix.lower())
    if kind is None:
        refuse(f'files of the kind "{target.suffix}"; give one of {", ".join(FILTERS)}')
    return bridge.properties(FilterName=kind, Overwrite=True, **options)
