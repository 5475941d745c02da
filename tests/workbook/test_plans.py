"""Plans built into the workbook on the file engine leave macros, ribbon and all other sheets as they are."""

from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import pytest
import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from build_workbook import path
from kam_xl import actions
from kam_xl.locale import LANGUAGES
from kam_xl.plan.fields import OurSheet
from tests.tables import TODAY

# What may differ: the list of sheets, styles of added sheets, whether to calculate on opening.
MAY_CHANGE = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
# Start is no longer the sheet in front; the settings say what each does to the table.
START, SETTINGS = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet5.xml"


def parts(file):
    with ZipFile(file) as package:
        return {name: package.read(name) for name in package.namelist()}


def built(source, target):
    app = xw.engines["file"].apps.add()
    book = app.books.open(source)
    report = actions.build_plans(book, actions.Options(today=TODAY))
    book.save(target)
    app.quit()
    return report


class Twice(NamedTuple):
    """The workbook built once, and that built once more, with what was reported."""

    once: Path
    twice: Path
    first: actions.Report
    second: actions.Report


@pytest.fixture(scope="module", params=LANGUAGES)
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def plans(lang, tmp_path_factory):
    once, twice = (tmp_path_factory.mktemp("plans") / name for name in ("once.xlsm", "twice.xlsm"))
    return Twice(once, twice, built(path(lang), once), built(once, twice))


def test_the_workbook_s_own_parts_are_byte_identical_after_building_twice(lang, plans):
    before = parts(path(lang))
    for after in (parts(plans.once), parts(plans.twice)):
        assert {name for name in before if after.get(name) != before[name]} <= MAY_CHANGE | {START, SETTINGS}
    first, second = plans.first, plans.second
    assert (len(first.plans.new), len(second.plans.new), len(second.plans.updated)) == (15, 0, 15)
    assert second.kept == []


def test_a_second_build_changes_nothing_that_the_first_one_wrote(lang, plans):
    books = xw.engines["file"].apps.add().books
    before, after = (
        {sheet.name: sheet.used_range.value for sheet in books.open(file).sheets} for file in (plans.once, plans.twice)
    )
    # The first build has none to compare with.
    compared = before.keys() - {"KAM record", OurSheet.CHANGES.label.render(lang)}
    assert {name: after[name] for name in compared} == {name: before[name] for name in compared}
