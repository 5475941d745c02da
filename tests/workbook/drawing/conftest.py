"""The template in each language, as a reader of the file finds it."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from kam_xl.locale import LANGUAGES
from kam_xl.template import template_book


@pytest.fixture(scope="session", params=LANGUAGES)
def lang(request):
    return request.param


@pytest.fixture(scope="session")
def file(lang):
    return template_book(lang)


@pytest.fixture(scope="session")
def book(file):
    return load_workbook(BytesIO(file))


@pytest.fixture(scope="session")
def sheets(book):
    """The sheets by what the name `kam_sheet` says of them."""
    return {sheet.defined_names["kam_sheet"].attr_text.strip('"'): sheet for sheet in book}
