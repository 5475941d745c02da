"""Builds KeyAccounts.xlsm and KeyAccounts_ru.xlsm, always the same bytes: ``python workbook/source/build_workbook.py``.

Sheets are drawn by `kam_xl.template.workbook`, macros come from `vba/`, `macros.py` and `vba_wrappers.py`, the ribbon
from `ribbon.py`; both workbooks have the same ones.
"""

from __future__ import annotations

from pathlib import Path

from macros import vba_project
from ribbon import ribbon

from kam_xl.locale import LANGUAGES
from kam_xl.template.workbook import Macros, build_workbook

WORKBOOK = Path(__file__).parents[1]


def path(lang: str) -> Path:
    """Where the workbook of a language is kept."""
    return WORKBOOK / ("KeyAccounts.xlsm" if lang == "en" else f"KeyAccounts_{lang}.xlsm")


def build(lang: str) -> bytes:
    """The workbook in one language."""
    return build_workbook(lang, macros=Macros(vba_project(), ribbon()))


if __name__ == "__main__":
    for language in LANGUAGES:
        path(language).write_bytes(build(language))
