"""Our sheets in a user's book: found by the name that marks them, whatever they are called by now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cached_property, lru_cache
from pathlib import Path

import xlwings as xw

from kam_xl.actions.book.cell_contents import shown
from kam_xl.engines.abilities import names_of, offers
from kam_xl.engines.many_ranges import areas_of, refers_to, rows_of, takes_many
from kam_xl.engines.values import Formula
from kam_xl.errors import KamError, system_reason
from kam_xl.excel.addresses import address
from kam_xl.excel.references import Area, quoted
from kam_xl.excel.sheet_names import unique_sheet_name
from kam_xl.files.temporary import temporary_folder
from kam_xl.gate import admit_whole
from kam_xl.locale import Text
from kam_xl.ooxml.package import read_file
from kam_xl.plan.account.formulas import Computed
from kam_xl.plan.book_sheets import BookSheet
from kam_xl.plan.fields import OurSheet
from kam_xl.template import template_book

MARK = "kam_sheet"
# From left to right: what a user looks at first, then what it is made with, then plans; the user's sheets follow.
ORDER = (
    OurSheet.KEY_ACCOUNTS,
    OurSheet.PORTFOLIO,
    OurSheet.DASHBOARD,
    OurSheet.AGENDA,
    OurSheet.CHANGES,
    OurSheet.WHITESPACE,
    OurSheet.WHITE_SPOTS,
    OurSheet.DATA_CHECK,
    OurSheet.CONFLICTS,
    OurSheet.SETTINGS,
    OurSheet.PLAN,
    OurSheet.RECORD,
)


class NoTemplateError(KamError):
    """A book in which no sheet is marked as a plan template."""

    def __init__(self, book: str) -> None:
        super().__init__(
            Text("no sheet is marked as a plan template"),
            where=book,
            remedy=Text('Get one with "kam-xl template export"; copy its sheet with its names, not just its cells.'),
        )


class NoTemporaryFileError(KamError):
    """The folder for temporary files cannot be written, or its disk is full."""

    exit_code = 4

    def __init__(self, path: Path, error: OSError) -> None:
        why = system_reason(error)
        super().__init__(
            Text("a temporary file cannot be written ({why})", why=why),
            where=str(path.parent),
            remedy=Text("Free up disk space, or set TMP to another folder."),
        )


class NamedSheet:
    """A sheet and its own names: `sheet["kam_revenue"]` is the range that the name stands for.

    A sheet just stamped from another one is `like` it: its names lie where those do, and need not be listed.
    """

    def __init__(self, sheet: xw.Sheet, like: NamedSheet | None = None) -> None:
        self.sheet, self._like = sheet, like
        self._known: Mapping[str, Area | None] = {}

    @cached_property
    def _own(self) -> xw.main.Names:
        return self.sheet.names

    @cached_property
    def _names(self) -> dict[str, str]:
        """Each name with what it refers to. To list them costs a program some calls a name."""
        return names_of(self._own)

    @cached_property
    def kind(self) -> str:
        """What the sheet is to us: "plan", "key_accounts" …, blank for a user's own sheet."""
        return self._like.kind if self._like else self.constant(MARK)

    def constant(self, name: str) -> str:
        """The text that a name stands for, blank where there is no such name."""
        return self.refers_to(name).strip('="')

    def refers_to(self, name: str) -> str:
        """What a name stands for, as a formula; blank where there is no such name."""
        if "_names" in self.__dict__:
            return self._names.get(name, "")
        return refers_to(self._own, name)

    def area(self, name: str) -> Area | None:
        """The cells that a name stands for; None where it has none (any more)."""
        if self._like:
            return self._like.area(name)
        if name in self._known:
            return self._known[name]
        return Area.parse(self.refers_to(name).removeprefix("="))

    def areas(self, names: Iterable[str]) -> dict[str, Area]:
        """The cells of several names, in their order, asked for in as few calls as the program needs.

        Names that have no cells are left out.
        """
        wanted = list(names)
        if self._like or self._known or "_names" in self.__dict__ or not takes_many(self.sheet):
            areas = {name: self.area(name) for name in wanted}
        else:
            places = areas_of(self.sheet, wanted)
            areas = {name: places.get(name) for name in wanted}
        return {name: area for name, area in areas.items() if area}

    def know(self, names: Iterable[str]) -> None:
        """Find out now where names lie, of which many will be asked for; from now on they are taken to lie there."""
        if self._like or self._known:
            return
        wanted = tuple(names)
        if takes_many(self.sheet):
            self._known = dict.fromkeys(wanted) | areas_of(self.sheet, wanted)
        else:
            meanings, own = names_of(self._own), f"={quoted(self.title)}!"
            told = (meanings.get(name, "") for name in wanted)
            # Without the sheet where it is the name's own, so that other sheets have the same ones.
            self._known = _places(wanted, tuple([text[len(own) :] if text.startswith(own) else text for text in told]))

    @property
    def title(self) -> str:
        return str(self.sheet.name)

    def names(self) -> list[str]:
        """All names of the sheet's own."""
        return list(self._names)

    def __contains__(self, name: str) -> bool:
        # A name that lost its cells (a deleted row) refers to #REF!: the field is gone.
        return self.area(name) is not None

    def __getitem__(self, name: str) -> xw.Range:
        area = self.area(name)
        if area is None:
            raise KeyError(name)
        return self.sheet.range(address(area))

    def cells(self, name: str) -> list[object]:
        """The values of a named cell or column, always as a list."""
        return [cell for row in rows_of(self[name]) for cell in row]


@lru_cache(maxsize=8)
def _places(names: tuple[str, ...], meanings: tuple[str, ...]) -> Mapping[str, Area | None]:
    """Names with their areas: one object for many sheets on which they lie alike."""
    return {name: Area.parse(text.removeprefix("=")) for name, text in zip(names, meanings, strict=True)}


def cells_named(book: xw.Book, name: str) -> xw.Range | None:
    """The cells that a name of the whole book stands for; None where it is not there, or its cells were deleted."""
    names = book.names
    if name not in names:
        return None
    defined = names(name)
    return None if "#REF!" in defined.refers_to else defined.refers_to_range


def first_sheet(book: xw.Book, kind: str) -> NamedSheet | None:
    """The first sheet of ours of a kind; those behind it are not asked."""
    return next((ours for ours in map(NamedSheet, book.sheets) if ours.kind == kind), None)


class OurSheets:
    """All sheets of ours in one book."""

    def __init__(self, book: xw.Book) -> None:
        self.book = book
        self._all = [ours for ours in map(NamedSheet, book.sheets) if ours.kind]

    def find(self, kind: str) -> NamedSheet | None:
        """The first sheet of a kind; for "plan" that is the template or a plan: see the next two."""
        return next((ours for ours in self._all if ours.kind == kind), None)

    def built(self) -> list[NamedSheet]:
        """All sheets that builds write into."""
        return [ours for ours in self._all if ours.kind in ORDER]

    def titles(self) -> list[str]:
        return [ours.title for ours in self._all]

    @staticmethod
    def client_id(plan: NamedSheet) -> str:
        """The client that a plan is for, blank where it names none."""
        area = plan.area("kam_client_id")
        return id_text(shown(plan.sheet.range(address(area)))) if area else ""

    @property
    def plan_template(self) -> NamedSheet | None:
        """The plan sheet that names no client; one whose cell for the id got lost is still somebody's plan."""
        blank = (ours for ours in self._all if ours.kind == OurSheet.PLAN and not self.client_id(ours))
        return next((ours for ours in blank if "kam_client" not in ours or not ours.cells("kam_client")[0]), None)

    @cached_property
    def plans(self) -> dict[str, list[NamedSheet]]:
        """Plan sheets by client id: a user may have copied a plan to try something out."""
        plans: dict[str, list[NamedSheet]] = {}
        for ours in self._all:
            client_id = self.client_id(ours) if ours.kind == OurSheet.PLAN else ""
            if client_id:
                plans.setdefault(client_id, []).append(ours)
        return plans

    def add_plans(self, client_ids: Iterable[str], names: Iterable[str], template: NamedSheet) -> None:
        """Take note of plan sheets just stamped from a template."""
        for client_id, name in zip(client_ids, names, strict=True):
            plan = NamedSheet(self.book.sheets[name], like=template)
            self._all.append(plan)
            self.plans.setdefault(client_id, []).append(plan)

    def add_missing(self, lang: str, kinds: Collection[OurSheet], template: Path | None = None) -> None:
        """Add the sheets that a book lacks, ahead of the user's; the plan template may be a user's own file."""
        wanted = [kind for kind in ORDER if kind in kinds]
        missing = [kind for kind in wanted if not (self.plan_template if kind == OurSheet.PLAN else self.find(kind))]
        if template and OurSheet.PLAN in missing:
            self._copy_plan_template(template)
            missing.remove(OurSheet.PLAN)
        if missing:
            name = f"kam_xl template {lang}.xlsx"
            with opened_copy(self.book.app, name, template_book(lang)) as packaged:
                originals = {ours.kind: ours for ours in OurSheets(packaged)._all}
                for kind in missing:
                    self.take(originals[kind])
        if OurSheet.KEY_ACCOUNTS in missing and (first := self.find(OurSheet.KEY_ACCOUNTS)):
            first.sheet.activate()  # whoever opens the book for the first time begins there

    def _copy_plan_template(self, path: Path) -> None:
        with opened_copy(self.book.app, path.name, read_file(path)) as theirs:
            template = OurSheets(theirs).plan_template
            if template is None:
                raise NoTemplateError(path.name)
            self.take(template)

    def take(self, original: NamedSheet) -> NamedSheet:
        """Copy a sheet of ours from another book to its place among the tabs of this one."""
        name = unique_sheet_name(original.title, [sheet.name for sheet in self.book.sheets])
        earlier = {BookSheet.START, *ORDER[: ORDER.index(original.kind) + 1]}
        left = [ours.sheet for ours in self._all if ours.kind in earlier]
        place = {"after": max(left, key=lambda sheet: sheet.index)} if left else {"before": self.book.sheets[0]}
        copy = NamedSheet(original.sheet.copy(**place, name=name))
        self._all.append(copy)
        self.__dict__.pop("plans", None)
        return copy


@contextmanager
def opened_copy(app: xw.App, name: str, content: bytes) -> Iterator[xw.Book]:
    """A workbook file, open for a while in the same program as the user's books.

    An engine on files takes its content. A program opens a copy under a name that no open book has: else it would hand
    out the user's own book, which is not ours to close, or refuse a second one of the name.

    Raises
    ------
    PackageError
        For a file that would harm the program that opens it.
    """
    taken = {book.name.casefold() for book in app.books}
    while name.casefold() in taken:
        name = f"copy of {name}"
    with ExitStack() as stack:
        if offers(app.books.impl, "open_content"):
            book = xw.Book(impl=app.books.impl.open_content(name, content))
        else:
            path = stack.enter_context(temporary_folder()) / name
            try:
                path.write_bytes(content)
            except OSError as error:
                raise NoTemporaryFileError(path, error) from error
            admit_whole(path)
            book = app.books.open(path)
        stack.callback(book.close)
        yield book


def native(value: object) -> object:
    """A value as engines take it; a day that a formula shows stays one: its number is the workbook's to know."""
    if type(value) is not Computed:
        return value
    if type(value.value) is float:
        return Formula(value.formula, value.value)
    return _formula(value.formula, value.value)


@lru_cache(maxsize=1024, typed=True)
def _formula(formula: str, value: object) -> Formula:
    """A formula with a blank, a year or another result of many plans: one object, whose cells are written once."""
    return Formula(formula, value)


def id_text(value: object) -> str:
    """A client id, or another value that names something, as text, also where a program made a number of it.

    >>> id_text("C07"), id_text(17.0), id_text(None)
    ('C07', '17', '')
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)
