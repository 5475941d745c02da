"""Our sheets in a person's book: found by the name that marks them, whatever they are called by now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import xlwings as xw

from kam_xl.engines.values import Formula
from kam_xl.errors import KamError
from kam_xl.locale import Text
from kam_xl.plan.fields import OurSheet
from kam_xl.plan.formulas import Computed
from kam_xl.plan.sheet_names import unique_sheet_name
from kam_xl.template import build as build_template

MARK = "kam_sheet"
# From left to right: what a person looks at first, then what it is made with.
ORDER = (
    OurSheet.KEY_ACCOUNTS,
    OurSheet.PORTFOLIO,
    OurSheet.DASHBOARD,
    OurSheet.DATA_CHECK,
    OurSheet.SETTINGS,
    OurSheet.RECORD,
    OurSheet.PLAN,
)


class NoTemplateError(KamError):
    """A book in which no sheet is marked as a plan template."""

    def __init__(self, book: str) -> None:
        super().__init__(
            Text("no sheet is marked as a plan template"),
            where=book,
            remedy=Text('Get one with "kam-xl template export"; copy its sheet with its names, not its cells alone.'),
        )


class NoTemporaryFileError(KamError):
    """The folder for temporary files cannot be written, or its disk is full."""

    exit_code = 4

    def __init__(self, path: Path, error: OSError) -> None:
        why = error.strerror or str(error)
        super().__init__(
            Text("a temporary file cannot be written ({why})", why=why),
            where=str(path.parent),
            remedy=Text("Make room on the disk, or set TMP to another folder."),
        )


class NamedSheet:
    """A sheet and its own names: `sheet["kam_revenue"]` is the range that the name stands for."""

    def __init__(self, sheet: xw.Sheet) -> None:
        self.sheet = sheet

    @cached_property
    def _names(self) -> dict[str, xw.main.Name]:
        # Excel gives a sheet's own names as 'Sheet name'!kam_revenue.
        return {name.name.rpartition("!")[2]: name for name in self.sheet.names}

    @cached_property
    def kind(self) -> str:
        """What the sheet is to us: "plan", "key_accounts" …, blank for a person's own sheet."""
        return self.constant(MARK)

    def constant(self, name: str) -> str:
        """The text that a name stands for, blank where there is no such name."""
        return self.refers_to(name).strip('="')

    def refers_to(self, name: str) -> str:
        """What a name stands for, as a formula; blank where there is no such name."""
        found = self._names.get(name)
        return str(found.refers_to) if found else ""

    @property
    def title(self) -> str:
        return str(self.sheet.name)

    def names(self) -> list[str]:
        """All names of the sheet's own."""
        return list(self._names)

    def __contains__(self, name: str) -> bool:
        # A name that lost its cells (a deleted row) refers to #REF!: the field is gone.
        return name in self._names and "#REF!" not in self._names[name].refers_to

    def __getitem__(self, name: str) -> xw.Range:
        return self._names[name].refers_to_range

    def cells(self, name: str) -> list[object]:
        """The values of a named cell or column, always as a list."""
        return list(self[name].options(ndim=1).value)


def cells_named(book: xw.Book, name: str) -> xw.Range | None:
    """The cells that a name of the whole book stands for; None where it is not there, or its cells were deleted."""
    if name not in book.names or "#REF!" in book.names[name].refers_to:
        return None
    return book.names[name].refers_to_range


class OurSheets:
    """All sheets of ours in one book."""

    def __init__(self, book: xw.Book) -> None:
        self.book = book
        self._all = [ours for ours in map(NamedSheet, book.sheets) if ours.kind]

    def find(self, kind: str) -> NamedSheet | None:
        """The first sheet of a kind; for "plan" that is the template or a plan: see the next two."""
        return next((ours for ours in self._all if ours.kind == kind), None)

    def titles(self) -> list[str]:
        return [ours.title for ours in self._all]

    @property
    def plan_template(self) -> NamedSheet | None:
        """The plan sheet that names no client; one whose cell for the id got lost is still somebody's plan."""
        blank = (ours for ours in self._all if ours.kind == OurSheet.PLAN and not _client_id(ours))
        return next((ours for ours in blank if "kam_client" not in ours or not ours.cells("kam_client")[0]), None)

    @cached_property
    def plans(self) -> dict[str, list[NamedSheet]]:
        """Plan sheets by client id: a person may have copied a plan to try something out."""
        found: dict[str, list[NamedSheet]] = {}
        for ours in self._all:
            client_id = _client_id(ours) if ours.kind == OurSheet.PLAN else ""
            if client_id:
                found.setdefault(client_id, []).append(ours)
        return found

    def add_plans(self, client_ids: Iterable[str], names: Iterable[str]) -> None:
        """Take note of plan sheets just made."""
        for client_id, name in zip(client_ids, names, strict=True):
            plan = NamedSheet(self.book.sheets[name])
            self._all.append(plan)
            self.plans.setdefault(client_id, []).append(plan)

    def add_missing(self, lang: str, kinds: Collection[OurSheet], template: Path | None = None) -> None:
        """Copy the sheets that the book lacks to its end; the plan template may come from a person's own file."""
        present = {kind for kind in ORDER if (self.plan_template if kind == OurSheet.PLAN else self.find(kind))}
        missing = [kind for kind in ORDER if kind in kinds and kind not in present]
        if template and OurSheet.PLAN in missing:
            self._copy_plan_template(template)
            missing.remove(OurSheet.PLAN)
        if missing:
            name = f"kam_xl template {lang}.xlsx"
            with opened_copy(self.book.app, name, build_template(lang)) as packaged:
                originals = {ours.kind: ours for ours in OurSheets(packaged)._all}
                for kind in missing:
                    self._copy(originals[kind])

    def _copy_plan_template(self, path: Path) -> None:
        with opened_copy(self.book.app, path.name, path.read_bytes()) as theirs:
            template = OurSheets(theirs).plan_template
            if template is None:
                raise NoTemplateError(path.name)
            self._copy(template)

    def _copy(self, original: NamedSheet) -> None:
        name = unique_sheet_name(original.title, [sheet.name for sheet in self.book.sheets])
        self._all.append(NamedSheet(original.sheet.copy(after=self.book.sheets[-1], name=name)))


def _client_id(plan: NamedSheet) -> str:
    return id_text(plan.cells("kam_client_id")[0]) if "kam_client_id" in plan else ""


@contextmanager
def opened_copy(app: xw.App, name: str, content: bytes) -> Iterator[xw.Book]:
    """A workbook file, open for a while in the same program as the person's books.

    A copy of it under a name that no open book has: else the program would hand out the person's own book, which is
    not ours to close, or refuse a second one of the name.
    """
    taken = {book.name.casefold() for book in app.books}
    while name.casefold() in taken:
        name = f"copy of {name}"
    with TemporaryDirectory(prefix="kam_xl-") as folder:
        path = Path(folder) / name
        try:
            path.write_bytes(content)
        except OSError as error:
            raise NoTemporaryFileError(path, error) from error
        book = app.books.open(path)
        try:
            yield book
        finally:
            book.close()


def native(value: object) -> object:
    """A value as engines take it."""
    return Formula(value.formula, value.value) if isinstance(value, Computed) else value


def id_text(value: object) -> str:
    """A client id as text, also where a program made a number of it.

    >>> id_text("C07"), id_text(17.0), id_text(None)
    ('C07', '17', '')
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)
