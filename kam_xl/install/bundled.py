"""Files that come with the package: beside it in an installed one, at their usual places in a checkout."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from kam_xl.errors import KamError
from kam_xl.locale import LANGUAGES, Text, language_named
from kam_xl.template import BUILT

_PACKAGE = Path(__file__).parents[1]
_INSTALLED, _CHECKOUT = _PACKAGE / "bundled", _PACKAGE.parent
WORKBOOKS = {each: f"workbook/KeyAccounts{language_named(each).suffix}.xlsm" for each in LANGUAGES}
"""What pyproject.toml puts into the wheel, by language, from the checkout's root."""


class NotBundledError(KamError):
    """A file that should have come with the package is not there."""

    exit_code = 3

    def __init__(self, name: str) -> None:
        super().__init__(
            Text("the installation is incomplete: {name} is missing", name=name),
            where=str(_PACKAGE),
            remedy=Text("Install kam_xl again from its wheel, or unzip the folder for Windows again."),
        )


def bundled(name: str) -> Path:
    """A file or folder that comes with the package, by its place in the checkout.

    Raises
    ------
    NotBundledError
    """
    for root in (_INSTALLED, _CHECKOUT):
        if (root / name).exists():
            return root / name
    raise NotBundledError(name)


def workbook(lang: str, *, example: bool = True) -> Path:
    """The macro workbook in a language, with the example or with nothing of anybody's in it.

    >>> workbook("ru").name
    'KeyAccounts_ru.xlsm'
    """
    return bundled(WORKBOOKS[lang]) if example else BUILT / f"new_{lang}.xlsm"


def live_workbook(lang: str, *, example: bool) -> Path:
    """The workbook without macros in a language, with the example or with empty tables.

    >>> live_workbook("ru", example=True).name
    'KeyAccounts_ru.xlsx'
    """
    return bundled(WORKBOOKS[lang].replace(".xlsm", ".xlsx")) if example else BUILT / f"live_{lang}.xlsx"


def udfs() -> Path:
    """The folder of the cell functions' modules: where Python finds them by name, else that of the checkout."""
    module = find_spec("kam_udfs")
    return Path(module.origin).parent if module and module.origin else bundled("udfs/kam_udfs.py").parent


def calc_addin() -> Path:
    """The source of the LibreOffice extension."""
    return bundled("addins/calc")


def guide() -> Path:
    """The folder of the documentation, with its pictures."""
    return bundled("docs/guide_en.md").parent
