"""Builds the workbooks of the project, always the same bytes: ``python workbook/source/build_workbook.py``.

KeyAccounts.xlsx and KeyAccounts_ru.xlsx have no macros: their functions are LAMBDA names (`lambdas`), and their lists
keep themselves. KeyAccounts.xlsm and KeyAccounts_ru.xlsm: sheets are drawn by `drawing.key_accounts`, macros come from
`vba/`, `macros.py` and `vba_wrappers.py`, the ribbon from `ribbon.py`; both have the same ones. The template books of
the package, and the texts by which a workbook changes its language: `drawing.book`, `drawing.texts`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from drawing.book import build_template
from drawing.key_accounts import Macros, build_live_workbook, build_workbook
from drawing.texts import build_texts
from kam_xl.locale import LANGUAGES, language_named
from macros import vba_project
from ribbon import ribbon

WORKBOOK = Path(__file__).parents[1]
PACKAGE_DATA = WORKBOOK.parent / "kam_xl" / "template" / "built"


def path(lang: str) -> Path:
    """Where the workbook of a language is kept."""
    return WORKBOOK / f"KeyAccounts{language_named(lang).suffix}.xlsm"


def live_path(lang: str) -> Path:
    """Where the workbook without macros of a language is kept."""
    return path(lang).with_suffix(".xlsx")


def build(lang: str, *, blank: bool = False) -> bytes:
    """The workbook in one language, with the example or for a user's own clients."""
    return build_workbook(lang, blank=blank, macros=Macros(vba_project(), ribbon()))


def built_files() -> Iterator[tuple[Path, bytes]]:
    """Every file that is made here, with its bytes."""
    for lang in LANGUAGES:
        yield path(lang), build(lang)
        yield live_path(lang), build_live_workbook(lang)
        yield PACKAGE_DATA / f"new_{lang}.xlsm", build(lang, blank=True)
        yield PACKAGE_DATA / f"live_{lang}.xlsx", build_live_workbook(lang, blank=True)
        yield PACKAGE_DATA / f"template_{lang}.xlsx", build_template(lang)
    yield PACKAGE_DATA / "texts.json", build_texts()


if __name__ == "__main__":
    for target, content in built_files():
        target.write_bytes(content)
