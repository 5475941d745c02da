"""Makes the pictures of the documentation from the bundled example: ``python docs/make_pictures.py [PICTURE ...]``.

The program builds the workbooks, LibreOffice prints them, pdftoppm (of poppler) draws the pages. Names of pictures
choose some of them; without any, all are made. The day of the build is fixed, so that pictures change only with the
program.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import openpyxl
import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl import actions
from kam_xl.actions.output.deck import deck
from kam_xl.actions.reports.whitespace import whitespace
from kam_xl.install import bundled
from kam_xl.locale import LANGUAGES, language_named
from kam_xl.plan.book_sheets import BookSheet
from kam_xl.plan.fields import OurSheet
from kam_xl.table import read

HERE = Path(__file__).parent
EXAMPLES, PICTURES = HERE.parent / "examples", HERE / "pictures"
DAY = date(2026, 6, 1)
SHOWN_PLAN = 0  # the first key account
POINTS_PER_INCH, MARGIN = 72, 0.36  # of the printed pages, in inches
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{}</value></prop></item></oor:items>
"""


class Picture(NamedTuple):
    """A page of the printed workbook.

    `page` counts from 0 among the pages that begin with the sheet's title, as the first pages of a wide list do. `dots`
    are dots per inch, `margin` is cut off all around, in inches. `part` is how much of the page is shown, from the top:
    short lists leave the rest blank; `top` is what is left out there.
    """

    name: str
    sheet: str
    page: int = 0
    dots: int = 88
    part: float = 0.93
    top: float = 0.0
    margin: float = MARGIN


PLAN = "a plan"
GUIDE = (
    Picture("data_check", OurSheet.DATA_CHECK, part=0.45),
    Picture("key_accounts", OurSheet.KEY_ACCOUNTS, part=0.56),
    Picture("settings", OurSheet.SETTINGS, dots=76),
    Picture("portfolio", OurSheet.PORTFOLIO, part=0.88),
    Picture("dashboard", OurSheet.DASHBOARD, part=0.9),
    Picture("dashboard_groups", OurSheet.DASHBOARD, page=1, part=0.9),
    Picture("plan", PLAN, dots=80),
    Picture("plan_goal", PLAN, page=1, dots=80, part=0.86),
)

WEEK = (Picture("agenda", OurSheet.AGENDA, part=0.56),)
STEPS = (
    (0, -4, ("Visit the rolling mill", "Посетить прокатный цех")),
    (1, 1, ("Agree on the frame of the new contract", "Согласовать рамки нового договора")),
    (0, 3, ("Offer for line 2", "Предложение по линии 2")),
    (2, 10, ("Show the case of the water utility", "Показать кейс водоканала")),
    (3, 17, ("Find out who decides on the tender", "Выяснить, кто решает по тендеру")),
)
"""What people typed into plans, by the plan's place in the list: days from the build, the action in each language."""

MONTH = (Picture("changes", OurSheet.CHANGES, part=0.42), Picture("whitespace", OurSheet.WHITESPACE, part=0.62))
MONTH_BEFORE = DAY - timedelta(31)
MOVED = {0: 0.78, 1: 1.06, 2: 1.02, 9: 1.31, 15: 0.9}
"""What became of clients' revenue in a month, by their place in the table."""
GROUPS = (
    ("Sensors", "Датчики"),
    ("Controllers", "Контроллеры"),
    ("Drives", "Приводы"),
    ("Cabinets", "Шкафы"),
    ("Service", "Сервис"),
)
HEADERS = (
    ("Client ID", "Client", "Product group", "Revenue"),
    ("Код клиента", "Клиент", "Товарная группа", "Выручка"),
)
PRODUCTS = ("Products", "Товары")
SKIPPED = 7  # of so many product groups, five of which there are, a client buys all but one

DECK = Picture("deck", PLAN, dots=72, part=1.0, margin=0.0)
GOALS = ("Become the first supplier of drives by 2028", "Стать первым поставщиком приводов к 2028 году")

WORKBOOK = (
    Picture("start", BookSheet.START, dots=96, part=0.79),
    Picture("clients", BookSheet.CLIENTS, part=0.62),
    Picture("functions", BookSheet.FUNCTIONS, part=0.6),
)

LIVE = (Picture("card", BookSheet.CARD, dots=80, part=0.8),)
IN_ONLYOFFICE = Picture(
    "card_onlyoffice", BookSheet.CARD, part=0.66, top=0.155
)  # at the top stands who is not registered
ONLYOFFICE = """
import sys, docbuilder
builder = docbuilder.CDocBuilder()
builder.OpenFile(sys.argv[1], "")
builder.GetContext().GetGlobal()["Api"].Call("GetSheet", sys.argv[2]).Call("SetActive")
builder.SaveFile("pdf", sys.argv[3])
builder.CloseFile()
"""


def as_seen(lang: str, folder: Path) -> tuple[Path, dict[str, str]]:
    """KeyAccounts with the values of its formulas in their place, as Excel shows it, and the names of its sheets.

    LibreOffice would calculate some of them anew, and has no functions of ours here.
    """
    source, target = bundled.workbook(lang), folder / f"KeyAccounts_{lang}.xlsx"
    book, values = openpyxl.load_workbook(source), openpyxl.load_workbook(source, data_only=True)
    for sheet in book:
        for cell in (cell for line in sheet.iter_rows() for cell in line):
            if cell.data_type == "f":
                cell.value = values[sheet.title][cell.coordinate].value
    book.save(target)
    return target, {str(each): each.label.render(lang) for each in BookSheet}


def live(lang: str, folder: Path) -> tuple[Path, dict[str, str]]:
    """KeyAccounts without macros as it is, with the names of its sheets."""
    return Path(shutil.copy(bundled.live_workbook(lang, example=True), folder)), {
        str(each): each.label.render(lang) for each in BookSheet
    }


def build(lang: str, folder: Path) -> tuple[Path, dict[str, str]]:
    """The example's workbook with plans, and the names of the sheets to be shown."""
    source, target = EXAMPLES / f"clients_{lang}.xlsx", folder / f"plans_{lang}.xlsx"
    app = xw.engines["file"].apps.add()
    book = app.books.open(source)
    options = actions.Options(table=read(source, today=DAY), lang=lang, today=DAY)
    actions.build_plans(book, options)
    names = [sheet.name for sheet in book.sheets]
    book.save(target)
    app.quit()
    first_plan = names.index(OurSheet.PLAN.label.render(lang)) + 1 + SHOWN_PLAN
    shown = {str(each): each.label.render(lang) for each in OurSheet}
    return target, shown | {PLAN: names[first_plan]}


def in_use(lang: str, folder: Path) -> tuple[Path, dict[str, str]]:
    """The example's workbook with actions in its plans, and its agenda up to date."""
    source, shown = build(lang, folder)
    target = folder / f"week_{lang}.xlsx"
    app = xw.engines["file"].apps.add()
    book = app.books.open(source)
    names = [sheet.name for sheet in book.sheets]
    first = names.index(shown[PLAN]) - SHOWN_PLAN
    rows = dict.fromkeys((place for place, *_ in STEPS), 0)
    for place, days, what in STEPS:
        plan = book.sheets[first + place]
        names_of = {name.name.rpartition("!")[2]: name for name in plan.names}
        written = {
            "what": what[LANGUAGES.index(lang)],
            "who": names_of["kam_manager"].refers_to_range.value,
            "when": DAY + timedelta(days),
        }
        for name, value in written.items():
            column = names_of[f"kam_action_{name}"].refers_to_range
            plan.range((column.row + rows[place], column.column)).value = value
        rows[place] += 1
    actions.agenda(book, actions.Options(lang=lang, today=DAY))
    book.save(target)
    app.quit()
    return target, shown


def a_month_later(lang: str, folder: Path) -> tuple[Path, dict[str, str]]:
    """The example's workbook in its second month: other figures, and who buys which product group."""
    source, target = EXAMPLES / f"clients_{lang}.xlsx", folder / f"month_{lang}.xlsx"
    table = read(source, today=DAY)
    app = xw.engines["file"].apps.add()
    book = app.books.open(source)
    clients = next(sheet for sheet in book.sheets if sheet.name == table.source.sheet)
    actions.build_plans(book, actions.Options(lang=lang, today=MONTH_BEFORE))
    revenues = [client.revenue or 0.0 for client in table.clients()]
    for place, share in MOVED.items():
        revenues[place] = round(revenues[place] * share, -3)
        clients[table.address(place, "revenue").rpartition("!")[2]].value = revenues[place]
    at = LANGUAGES.index(lang)
    rows = [HEADERS[at]]
    for place, (client, revenue) in enumerate(zip(table.clients(), revenues, strict=True)):
        own = [group[at] for number, group in enumerate(GROUPS) if number != place % SKIPPED]
        weights = range(len(own), 0, -1)
        for name, weight in zip(own, weights, strict=True):
            rows.append((client.client_id, client.client, name, round(revenue * weight / sum(weights), 2)))
    products = book.sheets.add(PRODUCTS[at], after=book.sheets[-1])
    products.range("A1").value = rows
    # The example has few clients of one industry and size.
    options = actions.Options(lang=lang, today=DAY, settings={"whitespace_min_peers": 1})
    actions.build_plans(book, options)
    whitespace(book, options)
    book.save(target)
    app.quit()
    return target, {str(each): each.label.render(lang) for each in OurSheet} | {PLAN: ""}


def review(lang: str, folder: Path) -> tuple[Path, str]:
    """The review deck of the workbook in use, and how the slide of the account to be shown begins."""
    source, shown = in_use(lang, folder)
    app = xw.engines["file"].apps.add()
    book = app.books.open(source)
    plan = book.sheets[shown[PLAN]]
    names_of = {name.name.rpartition("!")[2]: name for name in plan.names}
    names_of["kam_goal"].refers_to_range.value = GOALS[LANGUAGES.index(lang)]
    client = str(names_of["kam_client"].refers_to_range.value)
    target = folder / f"review_{lang}.pptx"
    target.write_bytes(deck(book, actions.Options(lang=lang, today=DAY)).content)
    app.quit()
    return target, f"{SHOWN_PLAN + 1}. {client}"


def run(*command: str | Path) -> str:
    """What a program prints."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 (our own words)


def printed(workbook: Path, lang: str) -> Path:
    """The workbook as LibreOffice prints it."""
    profile = workbook.parent / f"profile_{lang}"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    region = language_named(lang).region or "en-US"  # numbers are shown as the language writes them
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE.format(region), encoding="utf-8")
    office = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    run(*office, "--convert-to", "pdf", "--outdir", workbook.parent, workbook)
    return workbook.with_suffix(".pdf")


def pages(pdf: Path, *, titled: bool = True) -> Iterator[tuple[str, int]]:
    """Sheet and number of each page, by its footer; with `titled` only of pages that begin with the sheet's title."""
    texts = run("pdftotext", "-layout", pdf, "-").split("\f")
    for number, text in enumerate(texts[:-1], start=1):
        lines = text.strip().splitlines() or [""]
        sheet = lines[-1].partition("  ")[0].strip()
        if not titled or lines[0].startswith(sheet):
            yield sheet, number


def draw(pdf: Path, number: int, picture: Picture, target: Path) -> None:
    """One page as a PNG."""
    size = run("pdfinfo", "-f", str(number), "-l", str(number), pdf).partition("size:")[2].split()
    width, height = (float(each) * picture.dots / POINTS_PER_INCH for each in (size[0], size[2]))
    margin = picture.margin * picture.dots
    top = height * picture.top + margin
    corner = ["-x", str(round(margin)), "-y", str(round(top))]
    area = [*corner, "-W", str(round(width - 2 * margin)), "-H", str(round(height * picture.part - top))]
    page = ["-f", str(number), "-l", str(number), "-r", str(picture.dots)]
    run("pdftoppm", "-png", "-singlefile", *page, *area, pdf, target.with_suffix(""))


def main(wanted: list[str]) -> None:
    """Make the pictures."""
    missing = [program for program in ("soffice", "pdftoppm") if shutil.which(program) is None]
    if missing:
        sys.exit(f"Needed for the pictures, but not here: {', '.join(missing)}.")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for lang in LANGUAGES:
            made_of = ((build, GUIDE), (in_use, WEEK), (a_month_later, MONTH), (as_seen, WORKBOOK), (live, LIVE))
            for made, pictures in made_of:
                chosen = [each for each in pictures if not wanted or {each.name, f"{each.name}_{lang}"} & set(wanted)]
                if chosen:
                    make(*made(lang, Path(folder)), chosen, lang)
            if not wanted or {DECK.name, f"{DECK.name}_{lang}"} & set(wanted):
                make_slide(*review(lang, Path(folder)), lang)
            if not wanted or IN_ONLYOFFICE.name in wanted:
                make_in_onlyoffice(*live(lang, Path(folder)), lang)


def make_slide(presentation: Path, title: str, lang: str) -> None:
    """The picture of a slide."""
    pdf = printed(presentation, lang)
    slides = run("pdftotext", "-layout", pdf, "-").split("\f")
    number = next(at for at, text in enumerate(slides, start=1) if text.strip().startswith(title))
    finish(pdf, number, DECK, lang)


def make_in_onlyoffice(workbook: Path, sheets: dict[str, str], lang: str) -> None:
    """The picture that ONLYOFFICE's core draws, where `pip install document-builder` has brought it."""
    if find_spec("docbuilder") is None:
        print("Left out without the package document-builder: " + IN_ONLYOFFICE.name)
        return
    pdf = workbook.with_suffix(".onlyoffice.pdf")
    run(sys.executable, "-c", ONLYOFFICE, workbook, sheets[IN_ONLYOFFICE.sheet], pdf)
    draw(pdf, 1, IN_ONLYOFFICE, PICTURES / f"{IN_ONLYOFFICE.name}_{lang}.png")


def make(workbook: Path, sheets: dict[str, str], pictures: list[Picture], lang: str) -> None:
    """Some pictures of a workbook."""
    pdf = printed(workbook, lang)
    numbers: dict[str, list[int]] = {}
    for sheet, number in pages(pdf, titled=sheets.get(PLAN) is not None):
        numbers.setdefault(sheet, []).append(number)
    for picture in pictures:
        finish(pdf, numbers[sheets[picture.sheet]][picture.page], picture, lang)


def finish(pdf: Path, number: int, picture: Picture, lang: str) -> None:
    """Draw a picture into its place."""
    target = PICTURES / f"{picture.name}_{lang}.png"
    draw(pdf, number, picture, target)
    print(f"{target.name}: {target.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
