"""The packaged template workbook: the sheets that a user's book lacks are copied from it.

It is drawn when the project is built (`workbook/source`), not when a plan is made.
"""

from __future__ import annotations

from pathlib import Path

BUILT = Path(__file__).parent / "built"
"""What the project's build puts into the package."""


def template_book(lang: str) -> bytes:
    """The template workbook in one language, as the bytes of an .xlsx file.

    Parameters
    ----------
    lang : str
        One of `kam_xl.locale.LANGUAGES`.

    Returns
    -------
    bytes
        A book with the plan template, key accounts, portfolio, operational dashboard, data check and settings. Every
        field of `kam_xl.plan.fields`, `report_fields` and `dashboard_fields` is a defined name of its sheet.

    Examples
    --------
    >>> template_book("en")[:2]
    b'PK'
    """
    return (BUILT / f"template_{lang}.xlsx").read_bytes()
