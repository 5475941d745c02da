"""Plans as PDF files: printed by Excel where the book is open in it, else by LibreOffice from a copy."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import xlwings as xw

from kam_xl.actions.book.sheets import NamedSheet, OurSheets
from kam_xl.actions.output.places import file_names, filled_folder, folder_of
from kam_xl.actions.plans.context import NoPlansError
from kam_xl.actions.plans.plan_sheets import Progress
from kam_xl.actions.setup import book_language
from kam_xl.engines.abilities import offers, save_copy
from kam_xl.engines.printing import to_pdf
from kam_xl.errors import KamError
from kam_xl.excel.references import Area
from kam_xl.files.destination import write_whole
from kam_xl.files.names import as_spelt
from kam_xl.files.temporary import temporary_folder
from kam_xl.locale import Text, language_named

_PDF = 0  # xlTypePDF
_AT_ONCE = 40  # files to a run of LibreOffice; a command line on Windows has its limits


def export_pdf(
    book: xw.Book,
    *,
    only: Collection[str] | None = None,
    folder: Path | None = None,
    one_file: bool = False,
    one_page: bool = False,
    progress: Progress = lambda done, total: None,
) -> list[Path]:
    """Write plans as PDF files; no other sheet is printed. Files of an earlier export are replaced.

    Parameters
    ----------
    book : xlwings.Book
    only : collection of str, optional
        Client ids or sheet names; by default all plans.
    folder : Path, optional
        Where to; by default ``<workbook>-pdf`` beside the workbook.
    one_file : bool
        One file of all plans, named after the workbook, instead of one for each.
    one_page : bool
        Only the first page of each plan: the three questions, the goal and the next steps.
    progress : callable, optional
        Called with the number of files done and of all files.

    Returns
    -------
    list of Path
        The files, in the order of the sheets.

    Raises
    ------
    NoPlansError, PlaceError, PrintError, SaveError
    """
    titles = _titles(book, only)
    stem = Path(book.name).stem
    folder = folder or folder_of(book) / f"{stem}-pdf"
    names = dict.fromkeys(titles, f"{stem}.pdf") if one_file else file_names("", titles, ".pdf")
    groups = [titles] if one_file else [[title] for title in titles]
    with filled_folder(folder), temporary_folder() as temporary:
        printer = _by_program if offers(book.impl, "to_pdf") else _by_libreoffice
        made = printer(book, groups, temporary, progress, one_page)
        targets = [as_spelt(folder / names[group[0]]) for group in groups]
        for path, target in zip(made, targets, strict=True):  # by a copy: it may be on another disk
            write_whole(target, path.read_bytes(), remedy=Text("If it is open in a reader, close it there."))
        return targets


def plan_titles(book: xw.Book) -> list[str]:
    """The names of all plan sheets, in their order."""
    return _titles(book, None)


def _titles(book: xw.Book, only: Collection[str] | None) -> list[str]:
    plans = OurSheets(book).plans
    named = {plan.title: client_id for client_id, sheets in plans.items() for plan in sheets}
    wanted = {each.casefold() for each in only or ()}
    known = {text.casefold() for pair in named.items() for text in pair}
    if not named or (missing := [each for each in only or () if each.casefold() not in known]):
        if not named:
            raise NoPlansError.at_all(book.name)
        raise NoPlansError(Text("there is no such plan"), where=book.name, got=", ".join(missing))
    order = [sheet.name for sheet in book.sheets if sheet.name in named]
    return [title for title in order if only is None or {title.casefold(), named[title].casefold()} & wanted]


def _by_program(
    book: xw.Book, groups: Sequence[Sequence[str]], folder: Path, progress: Progress, one_page: bool
) -> list[Path]:
    """Through the program that has the book open."""
    made = []
    for done, group in enumerate(groups):
        progress(done, len(groups))
        path = folder / f"{done}.pdf"
        with _first_pages(book, group if one_page else ()):
            _print(book, group, path)
        made.append(path)
    return made


def _print(book: xw.Book, titles: Sequence[str], path: Path) -> None:
    """Some sheets as a PDF. xlwings hides all the others for that and shows them again; Excel can print one alone."""
    sheet = book.sheets[titles[0]].api
    if len(titles) == 1 and hasattr(sheet, "ExportAsFixedFormat"):  # Excel on Windows
        sheet.ExportAsFixedFormat(Type=_PDF, Filename=str(path), IgnorePrintAreas=False, OpenAfterPublish=False)
    else:
        # Sheets whose names begin with a text are left out, "#" unless another one is given.
        book.to_pdf(str(path), include=list(titles), exclude_start_string="\0")


@contextmanager
def _first_pages(book: xw.Book, titles: Sequence[str]) -> Iterator[None]:
    """Some plans of an open book print their first page only, for a while."""
    before: dict[str, str | None] = {}
    try:
        for title in titles:
            setup = book.sheets[title].page_setup
            before[title] = setup.print_area
            if area := _first_page(book.sheets[title]):
                setup.print_area = area
        yield
    finally:
        for title, printed in before.items():
            book.sheets[title].page_setup.print_area = printed


def _first_page(sheet: xw.Sheet) -> str:
    """The cells of a plan's first page, as wide as it prints, down to what is not filled in; blank without that."""
    plan = NamedSheet(sheet)
    last = plan.area("kam_unfilled")
    if last is None:
        return ""
    if offers(sheet.impl, "page_setup"):
        printed = Area.parse(sheet.page_setup.print_area or "")
    else:
        printed = plan.area("_xlnm.Print_Area")
    left, right = (printed.left, printed.right) if printed else (1, sheet.used_range.last_cell.column)
    return Area("", 1, left, last.bottom, right).address()


def _by_libreoffice(
    book: xw.Book, groups: Sequence[Sequence[str]], folder: Path, progress: Progress, one_page: bool
) -> list[Path]:
    """From copies that show nothing else, several to a run: the program takes its time to start."""
    copy = folder / f"plans{Path(book.name).suffix or '.xlsx'}"
    save_copy(book, copy)
    alone = _copies(copy, groups, one_page)
    made: list[Path] = []
    for first in range(0, len(alone), _AT_ONCE):
        progress(first, len(alone))
        made += to_pdf(alone[first : first + _AT_ONCE], folder, language_named(book_language(book)).region)
    return made


def _copies(path: Path, groups: Sequence[Sequence[str]], one_page: bool) -> list[Path]:
    """A workbook for each group of plans."""
    import kam_xl.engines.file  # noqa: F401 (registers the engine)

    # Two, because an application gives the open book when the same file is opened again.
    reading, writing = (xw.engines["file"].apps.add() for _ in range(2))
    try:
        path = _without_macros(writing, path)
        whole = reading.books.open(path)
        lean = _without_plans(writing, path) if len(groups) > 1 else None
        return [
            _alone(writing, whole, lean, group, path.with_stem(f"{at}"), one_page) for at, group in enumerate(groups)
        ]
    finally:
        reading.quit()
        writing.quit()


def _without_macros(app: xw.App, path: Path) -> Path:
    """The workbook without its macros: paper needs none, and no sheet can be taken out that has a module there."""
    book = app.books.open(path)
    if book.api.has_macros:
        book.api.drop_macros()
        path = path.with_name("no macros.xlsx")
        book.save(path)
    book.close()
    return path


def _without_plans(app: xw.App, path: Path) -> Path | None:
    """The workbook without any plan: a hundred plans must not be loaded a hundred times. None if nothing is left."""
    book = app.books.open(path)
    titles = plan_titles(book)
    lean = path.with_stem("lean")
    if len(titles) == len(book.sheets):
        book.close()
        return None
    book.sheets[next(sheet.name for sheet in book.sheets if sheet.name not in titles)].visible = True
    for title in titles:
        book.sheets[title].delete()
    book.save(lean)
    book.close()
    return lean


def _alone(app: xw.App, whole: xw.Book, lean: Path | None, titles: Sequence[str], target: Path, one_page: bool) -> Path:
    """A copy of the workbook in which these plans alone are to be seen."""
    book = app.books.open(lean or whole.fullname)
    if lean is not None:
        try:
            whole.sheets[titles[0]].copy(after=book.sheets[-1])
        except KamError:  # it refers to other plans, or holds what cannot be taken out: then from the whole
            book.close()
            return _alone(app, whole, None, titles, target, one_page)
    for title in titles:
        book.sheets[title].visible = True
        if one_page and (area := _first_page(book.sheets[title])):
            _print_only(book.sheets[title], area)
    book.sheets[titles[0]].activate()
    for sheet in book.sheets:
        if sheet.name not in titles:
            _hide(sheet)
    book.save(target)
    book.close()
    return target


def _print_only(sheet: xw.Sheet, area: str) -> None:
    for name in sheet.names:
        if name.name.endswith("_xlnm.Print_Area"):
            sheet_name = name.refers_to.removeprefix("=").rpartition("!")[0]
            name.refers_to = f"={sheet_name}!{area}"


def _hide(sheet: xw.Sheet) -> None:
    if sheet.visible:
        sheet.visible = False
    for name in list(sheet.names):  # LibreOffice prints hidden sheets, too, if they have a print area
        if name.name.endswith("_xlnm.Print_Area"):
            name.delete()
