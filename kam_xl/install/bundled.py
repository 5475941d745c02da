"""Files that come with the package: beside it in an installed one, at their usual places in a checkout."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from kam_xl.errors import KamError
from kam_xl.locale import Text

_PACKAGE = Path(__file__).parents[1]
_INSTALLED, _CHECKOUT = _PACKAGE / "bundled", _PACKAGE.parent
# What pyproject.toml puts into the wheel, from the checkout's root.
_WORKBOOKS = {"en": "workbook/KeyAccounts.xlsm", "ru": "workbook/KeyAccounts_ru.xlsm"}


class NotBundledError(KamError):
    """A file that should have come with the package is not there."""

    exit_code = 3

    def __init__(self, name: str) -> None:
        super().__init__(
            Text("the installation is not complete: {name} is missing", name=name),
            where=str(_PACKAGE),
            remedy=Text("Install kam_xl again: pip install --force-reinstall kam_xl"),
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


def workbook(lang: str) -> Path:
    """The macro workbook in a language.

    >>> workbook("ru").name
    'KeyAccounts_ru.xlsm'
    """
    return bundled(_WORKBOOKS[lang])


def udfs() -> Path:
    """The folder of the cell functions' modules: where Python finds them by name, else that of the checkout."""
    found = find_spec("kam_udfs")
    return Path(found.origin).parent if found and found.origin else bundled("udfs/kam_udfs.py").parent


def calc_addin() -> Path:
    """The source of the LibreOffice extension."""
    return bundled("addins/calc")


def guide() -> Path:
    """The folder of the documentation, with its pictures."""
    return bundled("docs/guide_en.md").parent
