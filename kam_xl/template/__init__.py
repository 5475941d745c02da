"""The packaged template workbook: the sheets that a person's book lacks are copied from it."""

from __future__ import annotations

from functools import cache


@cache
def build(lang: str) -> bytes:
    """The template workbook in one language, as the bytes of an .xlsx file; the same bytes every time.

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
    >>> build("en")[:2]
    b'PK'
    """
    from kam_xl.template.book import build_book  # openpyxl is loaded only where a template is needed

    return build_book(lang)
